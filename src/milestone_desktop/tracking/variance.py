"""What a baseline says against the plan, or against another baseline: row by row, start, end, duration and slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, BaselineRepair, Calendar
from milestone_desktop.domain.worktime import WorkTime, WorkTimes
from milestone_desktop.tracking.baselines import BaselineContent, BaselineRow


@dataclass(frozen=True, slots=True)
class Variance:
    """One activity in two states of the plan; a side is None where it is not in that state.

    start, end: signed working days from the first state to the second, later is positive; duration: the change in minutes;
    slip: of a milestone the same as `end`; repaired: the reasons given for the baseline's row.
    """

    activity: int
    title: str
    is_milestone: bool
    before: BaselineRow | None
    after: BaselineRow | None
    start: int | None
    end: int | None
    duration: int | None
    slip: int | None
    repaired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that putting a baseline in force would set. working_days: from the old to the new one, signed."""

    milestone: int
    title: str
    old: Instant | None
    new: Instant
    working_days: int | None


def rows_of(content: BaselineContent, repairs: Iterable[BaselineRepair]) -> dict[int, BaselineRow]:
    """The rows of a baseline with its repairs; the later repair of a row counts."""
    rows = dict(content.rows)
    for repair in sorted(repairs, key=lambda row: row.id):
        rows[repair.activity] = BaselineRow(repair.start, repair.end, repair.duration)
    return rows


def against_plan(plan: Plan, baseline: Baseline, content: BaselineContent) -> list[Variance]:
    """A baseline against the plan as it stands: its rows, those deleted since among them, then those added since."""
    repairs = plan.where(BaselineRepair, "baseline", baseline.id)
    now = {row.id: _row(row) for row in plan.activities_where("project", baseline.project)}
    return _compared(plan, rows_of(content, repairs), now, content, content.titles, _reasons(repairs))


def against_each_other(
    plan: Plan, first: tuple[Baseline, BaselineContent], second: tuple[Baseline, BaselineContent]
) -> list[Variance]:  # fmt: skip
    """Two baselines of a project, counted on the calendar of the first."""
    found = [rows_of(content, plan.where(BaselineRepair, "baseline", baseline.id)) for baseline, content in (first, second)]
    reasons = _reasons(plan.where(BaselineRepair, "baseline", first[0].id))
    return _compared(plan, found[0], found[1], first[1], {**second[1].titles, **first[1].titles}, reasons)


def work_time_of_content(content: BaselineContent) -> WorkTime | None:
    """The working time of the project's calendar as the baseline kept it; None where it kept none."""
    kept = content.calendar_plan()
    calendar = content.calendar
    if calendar is None or kept.get(Calendar, calendar) is None:
        calendar = min((row.id for row in content.calendars), default=None)
    return WorkTimes(kept).of_calendar(calendar) if calendar is not None else None


def targets_of(plan: Plan, baseline: Baseline, content: BaselineContent) -> list[TargetChange]:
    """The targets that putting a baseline in force would set or change, in the order of the new ones."""
    rows = rows_of(content, plan.where(BaselineRepair, "baseline", baseline.id))
    work = work_time_of_content(content)
    found = []
    for row_id, row in rows.items():
        milestone = plan.get(Milestone, row_id)
        if milestone is None or row.end is None or milestone.dropped is not None or milestone.target == row.end:
            continue
        days = _days(work, milestone.target, row.end)
        found.append(TargetChange(row_id, milestone.title, milestone.target, row.end, days))
    return sorted(found, key=lambda change: (change.new, change.milestone))


def _row(row: Activity) -> BaselineRow:
    return BaselineRow(row.start, row.end, row.duration)


def _reasons(repairs: Iterable[BaselineRepair]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for repair in sorted(repairs, key=lambda row: row.id):
        found[repair.activity] = (*found.get(repair.activity, ()), repair.reason)
    return found


def _compared(
    plan: Plan,
    before: Mapping[int, BaselineRow],
    after: Mapping[int, BaselineRow],
    content: BaselineContent,
    titles: Mapping[int, str],
    reasons: Mapping[int, tuple[str, ...]],
) -> list[Variance]:
    work = work_time_of_content(content)
    found = []
    for row_id in sorted({*before, *after}):
        old, new = before.get(row_id), after.get(row_id)
        row = plan.activity(row_id)
        title = row.title if row is not None else titles.get(row_id, "")
        milestone = isinstance(row, Milestone) if row is not None else bool(old and old.duration == 0)
        start = end = duration = None
        if old is not None and new is not None:
            start, end = _days(work, old.start, new.start), _days(work, old.end, new.end)
            duration = new.duration - old.duration
        slip = end if milestone else None
        found.append(Variance(row_id, title, milestone, old, new, start, end, duration, slip, reasons.get(row_id, ())))
    return found


def _days(work: WorkTime | None, old: Instant | None, new: Instant | None) -> int | None:
    if work is None or old is None or new is None:
        return None
    return work.working_days(day_of(old), day_of(new))
