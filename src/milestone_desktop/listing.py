"""What `milestone-desktop list` tells of a workspace: as data for other programs, and as lines for people."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.health import Figures, assess
from milestone_desktop.domain.instants import Day, Instant, instant_to_iso
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.progress import Progress
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.domain.scenarios import listed_projects
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.figures import Entry, figures_of

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule


def listing(
    plan: Plan, receipts: Iterable[tuple[Entry, Receipt]], today: Day, schedule: Schedule | None = None
) -> dict[str, Any]:
    """`{"projects": [{"key", "title", "mode", "work_items", "milestones": […]}]}`, all words in product English.

    receipts: every move, oldest first; today: judges health in a project without a status date; schedule: that of the
    plan, for slack.
    """
    judge = _Judge(plan, Progress(plan), WorkTimes(plan), figures_of(plan, receipts, today, schedule), today)
    return {"projects": [_project(judge, row) for row in listed_projects(plan)]}


def lines(data: Mapping[str, Any]) -> list[str]:
    """The same as a table in plain text: code, title, planned date, status, progress, health.

    A code that milestones of several projects have is written `KEY:CODE`, as commands that take a milestone want it.
    """
    used = Counter(row["code"] for project in data["projects"] for row in project["milestones"])
    found: list[str] = []
    for project in data["projects"]:
        rows = [_cells(row, project["key"] if used[row["code"]] > 1 else "") for row in project["milestones"]]
        widths = [max((_columns(row[n]) for row in rows), default=0) for n in range(6)]
        found.append(f"{project['key']}  {' '.join(project['title'].split())}")
        found += ["  " + "  ".join(map(_padded, row, widths)).rstrip() for row in rows]
        found.append("")
    return found[:-1]


def _cells(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return (
        f"{key}:{row['code']}" if key else row["code"],
        " ".join(row["title"].split()),
        (row["to"] or "—")[:10],
        row["status"],
        "—" if row["progress"] is None else f"{row['progress']} %",
        row["health"],
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese and most emoji two, marks that join the letter before none."""
    return sum(
        0 if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
        else 2 if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Judge:
    """What progress and health are computed from, each made once for the whole workspace."""

    plan: Plan
    progress: Progress
    times: WorkTimes
    figures: Mapping[int, Figures]
    today: Day


def _project(judge: _Judge, project: Project) -> dict[str, Any]:
    rows = (row for _, row in walk(judge.plan, project.id))
    return {
        "key": project.key,
        "title": project.title,
        "mode": project.mode.value,
        "work_items": len(judge.plan.where(WorkItem, "project", project.id)),
        "milestones": [_milestone(judge, row) for row in rows if isinstance(row, Milestone)],
    }


def _milestone(judge: _Judge, row: Milestone) -> dict[str, Any]:
    owner = judge.plan.get(Person, row.owner)
    return {
        "code": row.code,
        "title": row.title,
        "type": row.type,
        "kind": row.kind.value,
        "owner": owner.name if owner is not None else None,
        "status": row.status.value,
        "from": _iso(row.start),
        "to": _iso(row.end),
        "target": _iso(row.target),
        "actual": _iso(row.actual_finish),
        "progress": judge.progress.of_milestone(row.id),
        "health": assess(judge.plan, row, judge.times, judge.today, judge.figures.get(row.id)).health.value,
    }


def _iso(moment: Instant | None) -> str | None:
    return None if moment is None else instant_to_iso(moment)
