"""What `milestone-desktop history`, `trend`, `baseline` and `health` tell of a workspace, as data for other programs.

All words are product English; days are `YYYY-MM-DD`, instants `YYYY-MM-DDTHH:MM`, working days signed, later is positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import JournalLine, Receipt, Recorded
from milestone_desktop.domain.health import Assessment, Figures, assess, summed_up
from milestone_desktop.domain.instants import Day, Instant, day_to_iso, instant_to_iso
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import listed_projects
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.trend import Series, disorders, report_days, trend
from milestone_desktop.tracking.variance import Variance
from milestone_desktop.tracking.waterfall import Waterfall, reasons_of

Moves = Iterable[tuple[JournalLine, Receipt]]


def history(plan: Plan, lines: Iterable[JournalLine], receipts: Moves) -> dict[str, Any]:
    """`{"entries": [{"sequence", "time", "label", "undoes", "moves": […]}]}`, oldest first."""
    moves: dict[int, list[dict[str, Any]]] = {}
    for line, receipt in receipts:
        moves.setdefault(line.sequence, []).append(_move(plan, line, receipt))
    return {"entries": [_entry(line, moves.get(line.sequence, [])) for line in lines]}


def told_waterfall(found: Waterfall | None) -> dict[str, Any] | None:
    """`{"target", "date", "slip", "steps": [{"cause", "working_days", "entry", "reason"}]}`; the steps add up to the slip."""
    if found is None:
        return None
    steps = [
        {"cause": str(step.text), "working_days": step.days, "entry": step.entry, "reason": step.reason} for step in found.steps
    ]
    return {"target": _iso(found.target), "date": _iso(found.date), "slip": found.total, "steps": steps}


def _entry(line: JournalLine, moves: Sequence[dict[str, Any]]) -> dict[str, Any]:
    time = line.time.replace(microsecond=0).isoformat()
    return {"sequence": line.sequence, "time": time, "label": str(line.label), "undoes": line.undoes, "moves": list(moves)}


def _move(plan: Plan, line: JournalLine, receipt: Receipt) -> dict[str, Any]:
    row = plan.get(Milestone, receipt.milestone)
    later = reasons_of(plan, receipt.milestone).get(line.sequence)
    return {
        "milestone": row.code if row is not None else None,
        "title": row.title if row is not None else None,
        "what": receipt.what,
        "from": _iso(receipt.old),
        "to": _iso(receipt.new),
        "working_days": receipt.working_days,
        "causes": [{"cause": str(cause), "working_days": days} for cause, days in receipt.causes],
        "reason": later or receipt.reason,
    }


def reports_of(moves: Iterable[Recorded], milestones: Iterable[int], last: Day) -> list[Day]:
    """Report dates that need no saved reports: every week back from `last`, and each day on which a milestone moved. Where the
    clock was set back after a move, the reports end on the day of the move."""
    wanted = set(milestones)
    days = {move.day for move in moves if move.milestone in wanted}
    last = max({last, *days})
    return sorted({*report_days(min(days, default=last), last), *days})


def trends(plan: Plan, projects: Iterable[Project], moves: Sequence[Recorded], today: Day) -> dict[str, Any]:
    """`{"projects": [{"key", "reports", "milestones": [{"code", "pattern", "points": […]}], "disorders": […]}]}`."""
    found = []
    for project in projects:
        rows = [row for _, row in walk(plan, project.id) if isinstance(row, Milestone)]
        reports = reports_of(moves, (row.id for row in rows), today)
        series = trend(plan, moves, [row.id for row in rows], reports)
        wrong = [
            {
                "milestone": plan[Milestone, each.before].code,
                "before": plan[Milestone, each.after].code,
                "reports": [day_to_iso(day) for day in each.reports],
            }
            for each in disorders(plan, series)
        ]
        found.append(
            {
                "key": project.key,
                "reports": [day_to_iso(day) for day in reports],
                "milestones": [_series(plan[Milestone, each.milestone], each) for each in series],
                "disorders": wrong,
            }
        )
    return {"projects": found}


def _series(row: Milestone, series: Series) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "pattern": series.pattern.value,
        "slope": None if series.slope is None else round(series.slope, 3),
        "arrival": None if series.arrival is None else day_to_iso(series.arrival),
        "reached": None if series.reached is None else day_to_iso(series.reached),
        "points": [
            {"report": day_to_iso(point.report), "date": _iso(point.date), "outlier": place in series.outliers}
            for place, point in enumerate(series.points)
        ],
    }


def variances(rows: Iterable[Variance]) -> list[dict[str, Any]]:
    """One row each: `{"title", "milestone", "before": {"start", "end", "duration"}, "after": {…}, "start", "end", "duration",
    "slip", "repaired"}`; start, end and slip are differences in working days, duration in working minutes."""
    return [
        {
            "title": row.title,
            "milestone": row.is_milestone,
            "before": _dates(row.before),
            "after": _dates(row.after),
            "start": row.start,
            "end": row.end,
            "duration": row.duration,
            "slip": row.slip,
            "repaired": list(row.repaired),
        }
        for row in rows
    ]


def _dates(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"start": _iso(row.start), "end": _iso(row.end), "duration": row.duration}


def healths(plan: Plan, figures: Mapping[int, Figures], today: Day) -> dict[str, Any]:
    """`{"projects": [{"key", "title", "health", "reasons", "milestones": [{"code", "title", "health", "reasons", …}]}]}`."""
    times = WorkTimes(plan)
    found = []
    for project in listed_projects(plan):
        rows = [row for _, row in walk(plan, project.id) if isinstance(row, Milestone)]
        judged = {row.id: assess(plan, row, times, today, figures.get(row.id)) for row in rows}
        told = [{"code": row.code, "title": row.title, **_health(judged[row.id]), "slip": slip(plan, row, times)} for row in rows]
        overall = summed_up(plan, project, lambda row, judged=judged: judged[row.id])  # type: ignore[misc]
        found.append({"key": project.key, "title": project.title, **_health(overall), "milestones": told})
    return {"projects": found}


def _health(found: Assessment) -> dict[str, Any]:
    return {
        "health": found.health.value,
        "reasons": [str(reason) for reason in found.reasons],
        "overridden": found.overridden,
    }


def _iso(moment: Instant | None) -> str | None:
    return None if moment is None else instant_to_iso(moment)
