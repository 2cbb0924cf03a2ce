"""The fourteen points of the DCMA schedule assessment, each with what was counted.

Source: DCMA-EA PAM 200.1 (October 2012), section 4. Tasks are the work items without items below them; milestones are not
counted. Points 2 to 4 count links, all others tasks. Where a figure is missing (no baseline, no schedule) a point says so
instead of passing or failing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.blockers import is_done
from milestone_desktop.domain.checks import Check, Finding, Remedy
from milestone_desktop.domain.durations import format_duration
from milestone_desktop.domain.enums import ConstraintType, LinkType
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import ancestors, is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.scheduling.schedule import Schedule, compute

HARD = (ConstraintType.MSO, ConstraintType.MFO, ConstraintType.SNLT, ConstraintType.FNLT)
LONG_DAYS = 44
TEST_DAYS = 600
FIVE_PERCENT, INDEX = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Order:
    """What is checked. baseline: planned finishes by activity in the baseline in force, None without one; schedule: of the
    whole plan as it stands, None where it cannot be scheduled."""

    plan: Plan
    project: Project
    status_date: Day
    times: WorkTimes
    schedule: Schedule | None
    baseline: Mapping[int, Instant] | None


def fourteen_points(order: Order) -> list[Check]:
    """The fourteen points, in their order."""
    tasks = [row for row in order.plan.where(WorkItem, "project", order.project.id) if not is_parent(order.plan, row.id)]
    still = [row for row in tasks if not is_done(order.plan, row)]
    links = _links(order, tasks)
    return [
        _logic(order, still),
        _of_links("dcma-2", N_("2 Leads"), links, [link for link in links if link.lag < 0], 0.0,
                  N_("the link has a lead"), Remedy.NO_LAG),
        _of_links("dcma-3", N_("3 Lags"), links, [link for link in links if link.lag > 0], FIVE_PERCENT,
                  N_("the link has a lag"), Remedy.NO_LAG),
        _types(links),
        _tasks("dcma-5", N_("5 Hard constraints"), still, [row for row in still if row.constraint in HARD], FIVE_PERCENT,
               N_("“{title}” is held by a hard constraint"), Remedy.NO_CONSTRAINT),
        _high_float(order, still),
        _negative_float(order, still),
        _high_duration(order, still),
        _invalid_dates(order, tasks),
        _resources(order, still),
        _missed(order, tasks),
        _critical_path(order, still),
        _path_length(order),
        _execution(order, tasks),
    ]  # fmt: skip


def _links(order: Order, tasks: Sequence[WorkItem]) -> list[Dependency]:
    own = {row.id for row in tasks} | {row.id for row in order.plan.where(Milestone, "project", order.project.id)}
    return [link for row_id in sorted(own) for link in order.plan.where(Dependency, "successor", row_id)]


def _logic(order: Order, still: Sequence[WorkItem]) -> Check:
    def linked(row: Activity, end: str) -> bool:
        return any(order.plan.where(Dependency, end, one.id) for one in (row, *ancestors(order.plan, row)))

    found = []
    for row in still:
        if not linked(row, "successor"):
            found.append(Finding(row.id, message(N_("“{title}” has no predecessor"), title=row.title), Remedy.ADD_PREDECESSOR))
        elif not linked(row, "predecessor"):
            found.append(Finding(row.id, message(N_("“{title}” has no successor"), title=row.title), Remedy.ADD_SUCCESSOR))
    return _made("dcma-1", N_("1 Logic: no predecessor or successor"), found, len(still), FIVE_PERCENT)


def _types(links: Sequence[Dependency]) -> Check:
    other = [link for link in links if link.type is not LinkType.FS]
    found = tuple(
        Finding(link.successor, message(N_("the link is {type}"), type=link.type.value), Remedy.MAKE_FS, link.id)
        for link in other
    )
    finish_start = len(links) - len(other)
    limit = message(N_("at least 90 %"))
    if not links:
        return _unknown("dcma-4", N_("4 Finish to start"), limit, N_("there are no links"))
    return Check(
        "dcma-4", message(N_("4 Finish to start")), finish_start, len(links), limit, finish_start >= 0.9 * len(links), found
    )


def _high_float(order: Order, still: Sequence[WorkItem]) -> Check:
    title, limit = N_("6 High float: over 44 days"), LONG_DAYS * order.project.minutes_per_day
    if order.schedule is None:
        return _unknown("dcma-6", title, _at_most(FIVE_PERCENT), N_("the plan cannot be scheduled"))
    rows = [row for row in still if (_slack(order, row) or 0) > limit]
    return _tasks("dcma-6", title, still, rows, FIVE_PERCENT, N_("“{title}” has much slack"), Remedy.ADD_SUCCESSOR)


def _negative_float(order: Order, still: Sequence[WorkItem]) -> Check:
    title = N_("7 Negative float")
    if order.schedule is None:
        return _unknown("dcma-7", title, _at_most(0.0), N_("the plan cannot be scheduled"))
    rows = [row for row in still if (_slack(order, row) or 0) < 0]
    return _tasks("dcma-7", title, still, rows, 0.0, N_("“{title}” has negative slack"), Remedy.OPEN)


def _high_duration(order: Order, still: Sequence[WorkItem]) -> Check:
    limit = LONG_DAYS * order.project.minutes_per_day
    found = []
    for row in still:
        left = row.remaining if row.remaining is not None else row.duration
        if left > limit and not row.duration_unit.startswith("e"):
            told = message(N_("“{title}” takes {days}"), title=row.title, days=format_duration(left, "d", order.project))
            found.append(Finding(row.id, told, Remedy.OPEN))
    return _made("dcma-8", N_("8 High duration: over 44 days"), found, len(still), FIVE_PERCENT)


def _invalid_dates(order: Order, tasks: Sequence[WorkItem]) -> Check:
    found = []
    for row in tasks:
        actual = [moment for moment in (row.actual_start, row.actual_finish) if moment is not None]
        if any(day_of(moment) > order.status_date for moment in actual):
            text = message(N_("“{title}” has an actual date after the status date"), title=row.title)
            found.append(Finding(row.id, text, Remedy.NO_ACTUAL))
        elif not is_done(order.plan, row) and _is_forecast_in_the_past(order, row):
            text = message(N_("“{title}” is planned before the status date and has not happened"), title=row.title)
            found.append(Finding(row.id, text, Remedy.TO_STATUS_DATE))
    return _made("dcma-9", N_("9 Invalid dates"), found, len(tasks), 0.0)


def _is_forecast_in_the_past(order: Order, row: WorkItem) -> bool:
    begun = row.actual_start is not None or row.progress > 0
    moment = row.end if begun else row.start
    return moment is not None and day_of(moment) < order.status_date


def _resources(order: Order, still: Sequence[WorkItem]) -> Check:
    rows = [row for row in still if row.duration >= order.project.minutes_per_day]
    idle = [row for row in rows if not order.plan.where(Assignment, "item", row.id)]
    return _tasks("dcma-10", N_("10 Resources: nobody assigned"), rows, idle, 0.0, N_("nobody works on “{title}”"),
                  Remedy.ASSIGN_ME)  # fmt: skip


def _missed(order: Order, tasks: Sequence[WorkItem]) -> Check:
    title = N_("11 Missed tasks")
    if order.baseline is None:
        return _unknown("dcma-11", title, _at_most(FIVE_PERCENT), N_("no baseline is in force"))
    due = [row for row in tasks if row.id in order.baseline and day_of(order.baseline[row.id]) <= order.status_date]
    missed = [row for row in due if not _finished_by(order, row, order.baseline[row.id])]
    return _tasks("dcma-11", title, due, missed, FIVE_PERCENT, N_("“{title}” missed its baseline finish"), Remedy.OPEN)


def _finished_by(order: Order, row: WorkItem, when: Instant) -> bool:
    finish = row.actual_finish if row.actual_finish is not None else row.end
    return is_done(order.plan, row) and finish is not None and day_of(finish) <= day_of(when)


def _critical_path(order: Order, still: Sequence[WorkItem]) -> Check:
    """600 working days more on a critical task must move the project's finish by as much."""
    title, limit = N_("12 Critical path test"), message(N_("the finish moves by all 600 days"))
    project = order.project.id
    try:
        before = compute(order.plan, projects=[project], as_computed=True)
        critical = next((row for row in still if row.id in before.row_of and before.critical[before.row_of[row.id]]), None)
        if critical is None or project not in before.project_finish:
            return _unknown("dcma-12", title, limit, N_("no open task is critical"))
        twin = order.plan.copy()
        longer = TEST_DAYS * order.project.minutes_per_day
        remaining = None if critical.remaining is None else critical.remaining + longer
        twin.put(replace(critical, duration=critical.duration + longer, remaining=remaining))
        after = compute(twin, projects=[project], as_computed=True)
    except PlanError as error:
        return _unknown("dcma-12", title, limit, error.message)
    work = order.times.of_project(project)
    moved = work.working_days(day_of(before.project_finish[project]), day_of(after.project_finish[project]))
    told = message(N_("the finish moved by {days} working days with “{title}”"), days=moved, title=critical.title)
    passed = moved >= TEST_DAYS
    found = () if passed else (Finding(critical.id, told, Remedy.ADD_SUCCESSOR),)
    return Check("dcma-12", message(title), moved, TEST_DAYS, limit, passed, found)


def _path_length(order: Order) -> Check:
    """CPLI: (critical path length + total float against the baseline) / critical path length, in working days."""
    title, limit = N_("13 Critical path length index"), message(N_("at least 0.95"))
    finish = _last_finish(order, {row.id: row.end for row in order.plan.activities_where("project", order.project.id)})
    promised = _last_finish(order, order.baseline or {})
    if finish is None or promised is None:
        return _unknown("dcma-13", title, limit, N_("no baseline is in force"))
    work = order.times.of_project(order.project.id)
    length = work.working_days(order.status_date, day_of(finish))
    if length <= 0:
        return _unknown("dcma-13", title, limit, N_("the finish is not ahead of the status date"))
    ahead = work.working_days(day_of(finish), day_of(promised))
    return Check("dcma-13", message(title), length + ahead, length, limit, (length + ahead) / length >= INDEX)


def _last_finish(order: Order, ends: Mapping[int, Instant | None]) -> Instant | None:
    own = {row.id for row in order.plan.activities_where("project", order.project.id)}
    return max((end for row_id, end in ends.items() if end is not None and row_id in own), default=None)


def _execution(order: Order, tasks: Sequence[WorkItem]) -> Check:
    """BEI: completed tasks / tasks that the baseline wanted finished by now; tasks missing in the baseline count as wanted."""
    title, limit = N_("14 Baseline execution index"), message(N_("at least 0.95"))
    if order.baseline is None:
        return _unknown("dcma-14", title, limit, N_("no baseline is in force"))
    wanted = [row for row in tasks if row.id not in order.baseline or day_of(order.baseline[row.id]) <= order.status_date]
    done = [row for row in tasks if is_done(order.plan, row)]
    if not wanted:
        return _unknown("dcma-14", title, limit, N_("the baseline wants nothing finished by now"))
    found = tuple(
        Finding(row.id, message(N_("“{title}” should be finished"), title=row.title), Remedy.OPEN)
        for row in wanted if not is_done(order.plan, row)
    )  # fmt: skip
    return Check("dcma-14", message(title), len(done), len(wanted), limit, len(done) / len(wanted) >= INDEX, found)


# making checks


def _slack(order: Order, row: WorkItem) -> int | None:
    if order.schedule is None or row.id not in order.schedule.row_of:
        return None
    return int(order.schedule.total_slack[order.schedule.row_of[row.id]])


def _tasks(
    name: str, title: str, of: Sequence[WorkItem], rows: Iterable[WorkItem], share: float, text: str, remedy: Remedy
) -> Check:
    found = [Finding(row.id, message(text, title=row.title), remedy) for row in rows]
    return _made(name, title, found, len(of), share)


def _of_links(
    name: str, title: str, links: Sequence[Dependency], rows: Iterable[Dependency], share: float, text: str, remedy: Remedy
) -> Check:
    found = [Finding(link.successor, message(text), remedy, link.id) for link in rows]
    return _made(name, title, found, len(links), share)


def _made(name: str, title: str, found: Sequence[Finding], of: int, share: float) -> Check:
    if of == 0:
        return _unknown(name, title, _at_most(share), N_("there is nothing to count"))
    return Check(name, message(title), len(found), of, _at_most(share), len(found) <= share * of, tuple(found))


def _at_most(share: float) -> Message:
    return message(N_("none")) if share == 0 else message(N_("at most {percent} %"), percent=round(100 * share))


def _unknown(name: str, title: str, limit: Message, why: str | Message) -> Check:
    told = why if isinstance(why, Message) else message(why)
    return Check(name, message(title), 0, 0, limit, None, (), told)
