"""What `milestone-desktop schedule` and `explain` tell: a project as the scheduler would place it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.scheduling.explain import Kind, explain
from milestone_desktop.scheduling.schedule import DATES, Schedule, settled

NAMED = 12
"""A loop longer than this is named by its first titles."""

SHOWN_DATES = tuple(name for name in DATES if name.startswith(("early", "late")))

WORDS: dict[str, str] = {
    Kind.WORK: N_("work"),
    Kind.WEEKEND: N_("weekend"),
    Kind.HOLIDAY: N_("holiday"),
    Kind.LAG: N_("lag"),
    Kind.WAITING: N_("waiting"),
}


def scheduled(plan: Plan, project: Project) -> tuple[dict[str, Any], list[Message]]:
    """`{"project": {"start", "finish"}, "items": […]}` for one project in computed mode, the others standing fixed; and the
    loops in it, whose links are left out.

    Instants are `YYYY-MM-DDTHH:MM`, slack is in working minutes. Raises PlanError where it cannot be scheduled.
    """
    schedule = settled(plan, projects={project.id}, as_computed=True)
    rows = [row for _, row in walk(plan, project.id)]
    parents = {row.parent for row in rows}
    items = [_item(plan, schedule, row, row.id in parents) for row in rows]
    starts = [item["early_start"] for item in items]
    finishes = [item["early_finish"] for item in items]
    own = {row.id for row in rows}
    loops = [_loop(plan, ids) for ids in schedule.cycles if own & set(ids)]
    return {"project": {"start": min(starts, default=None), "finish": max(finishes, default=None)}, "items": items}, loops


def _loop(plan: Plan, ids: Sequence[int]) -> Message:
    titles = [row.title for row_id in ids if (row := plan.activity(row_id)) is not None]
    if len(titles) > NAMED:
        titles = [*titles[: NAMED - 1], "…"]
    return message(N_("These wait for each other, and their links were left out: {loop}."), loop=" → ".join([*titles, titles[0]]))


def explained(plan: Plan, project: Project, activity: Activity) -> tuple[Message, list[dict[str, Any]]]:
    """The sentence that says why an activity is when it is, and the strip of its calendar days."""
    found = explain(plan, settled(plan, projects={project.id}), activity.id)
    strip = []
    for segment in found.segments:
        about = plan.activity(segment.activity)
        strip.append(
            {
                "kind": segment.kind.value,
                "days": segment.days,
                "name": segment.name,
                "activity": None if about is None else about.title,
            }
        )
    return found.sentence, strip


def lines(strip: Sequence[dict[str, Any]], say: Callable[[Message], str]) -> list[str]:
    """The strip as text: days, what they are spent on, and whose they are. Neighbours of the same kind and activity are
    one line, with all their names; a name that only repeats the kind is left out."""
    merged: list[tuple[str, str, int, list[str]]] = []
    for segment in strip:
        kind, title, days, name = segment["kind"], segment["activity"] or "", segment["days"], say(segment["name"])
        if merged and merged[-1][:2] == (kind, title) and (merged[-1][2] < 0) == (days < 0):
            before = merged.pop()
            merged.append((kind, title, before[2] + days, before[3] + [name] * (name not in before[3])))
        else:
            merged.append((kind, title, days, [name]))
    found = []
    for kind, title, days, names in merged:
        telling = [title] + [name for name in names if name != say(message(WORDS[kind]))]
        found.append(f"{days:>5}  {say(message(WORDS[kind])):<8}  {' · '.join(filter(None, telling))}".rstrip())
    return found


def uid(plan: Plan, row: Activity | None) -> str | None:
    """The source file's id of an activity where there is one, else its key or code."""
    if row is None:
        return None
    if row.source:
        return row.source.partition(":")[2] or row.source
    return f"{plan[Project, row.project].key}-{row.number}" if isinstance(row, WorkItem) else row.code


def _item(plan: Plan, schedule: Schedule, row: Activity, has_children: bool) -> dict[str, Any]:
    place = schedule.row_of[row.id]
    dates = {name: instant_to_iso(int(getattr(schedule, name)[place])) for name in SHOWN_DATES}
    return {
        "uid": uid(plan, row),
        "title": row.title,
        "parent": uid(plan, plan.activity(row.parent)),
        "milestone": isinstance(row, Milestone),
        "summary": has_children and isinstance(row, WorkItem),
        **dates,
        "total_slack_minutes": int(schedule.total_slack[place]),
        "free_slack_minutes": int(schedule.free_slack[place]),
        "critical": bool(schedule.critical[place]),
        "driver": uid(plan, plan.activity(int(schedule.driver[place]) or None)),
    }
