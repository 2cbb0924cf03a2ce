"""The fourteen points of the DCMA schedule assessment, each with what was counted.

Source: DCMA-EA PAM 200.1 (October 2012), section 4. Tasks are the work items without items below them; milestones are not
counted. Points 2 to 4 count links, all others tasks. Where a figure is missing (no baseline, no schedule) a point says so
instead of passing or failing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.checks import Check, Finding, Found, Remedy
from milestone_desktop.domain.durations import format_duration
from milestone_desktop.domain.enums import ConstraintType, LinkType, StateGroup
from milestone_desktop.domain.instants import Day, Instant, at, day_of
from milestone_desktop.domain.lint import lint
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import ancestors
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState
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


class _Counted:
    """What is counted: the tasks of the project, those of them that are not done, and the links that lead to them and to its
    milestones."""

    def __init__(self, order: Order) -> None:
        plan, project = order.plan, order.project.id
        rows = plan.where(WorkItem, "project", project)
        parents = {row.parent for row in plan.activities_where("project", project)}
        states = {row.id for row in plan.all(WorkflowState) if row.group is StateGroup.DONE}
        self.tasks = [row for row in rows if row.id not in parents]
        self.done = {row.id for row in self.tasks if row.actual_finish is not None or row.status in states}
        self.still = [row for row in self.tasks if row.id not in self.done]
        own = {row.id for row in self.tasks} | {row.id for row in plan.where(Milestone, "project", project)}
        self.links = sorted(
            (link for link in plan.all(Dependency) if link.successor in own), key=lambda link: (link.successor, link.id)
        )
        self.with_predecessor = {link.successor for link in plan.all(Dependency)}
        self.with_successor = {link.predecessor for link in plan.all(Dependency)}
        self.assigned = {row.item for row in plan.all(Assignment)}


def checked(order: Order) -> list[Check]:
    """The fourteen points, and then what milestones lack."""
    return [*fourteen_points(order), *lint(order.plan, order.project, order.times)]


def fourteen_points(order: Order) -> list[Check]:
    """The fourteen points, in their order."""
    counted = _Counted(order)
    still, links = counted.still, counted.links
    return [
        _logic(order, counted),
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
        _invalid_dates(order, counted),
        _resources(order, counted),
        _missed(order, counted),
        _critical_path(order, still),
        _path_length(order),
        _execution(order, counted),
    ]  # fmt: skip


def _logic(order: Order, counted: _Counted) -> Check:
    def linked(row: Activity, ids: set[int]) -> bool:
        return row.id in ids or (row.parent is not None and any(above.id in ids for above in ancestors(order.plan, row)))

    def told(found: tuple[WorkItem, bool]) -> Finding:
        row, before = found
        if before:
            return Finding(row.id, message(N_("“{title}” has no predecessor"), title=row.title), Remedy.ADD_PREDECESSOR)
        return Finding(row.id, message(N_("“{title}” has no successor"), title=row.title), Remedy.ADD_SUCCESSOR)

    loose = []
    for row in counted.still:
        if not linked(row, counted.with_predecessor):
            loose.append((row, True))
        elif not linked(row, counted.with_successor):
            loose.append((row, False))
    return _made("dcma-1", N_("1 Logic: no predecessor or successor"), Found(loose, told), len(counted.still), FIVE_PERCENT)


def _types(links: Sequence[Dependency]) -> Check:
    other = [link for link in links if link.type is not LinkType.FS]

    def told(link: Dependency) -> Finding:
        return Finding(link.successor, message(N_("the link is {type}"), type=link.type.value), Remedy.MAKE_FS, link.id)

    found = Found(other, told)
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
    rows = [row for row, slack in _slacks(order, still) if slack > limit]
    return _tasks("dcma-6", title, still, rows, FIVE_PERCENT, N_("“{title}” has much slack"), Remedy.ADD_SUCCESSOR)


def _negative_float(order: Order, still: Sequence[WorkItem]) -> Check:
    title = N_("7 Negative float")
    if order.schedule is None:
        return _unknown("dcma-7", title, _at_most(0.0), N_("the plan cannot be scheduled"))
    rows = [row for row, slack in _slacks(order, still) if slack < 0]
    return _tasks("dcma-7", title, still, rows, 0.0, N_("“{title}” has negative slack"), Remedy.OPEN)


def _high_duration(order: Order, still: Sequence[WorkItem]) -> Check:
    limit = LONG_DAYS * order.project.minutes_per_day
    long = [
        (row, left)
        for row in still
        if (left := row.remaining if row.remaining is not None else row.duration) > limit
        and not row.duration_unit.startswith("e")
    ]

    def told(found: tuple[WorkItem, int]) -> Finding:
        row, left = found
        text = message(N_("“{title}” takes {days}"), title=row.title, days=format_duration(left, "d", order.project))
        return Finding(row.id, text, Remedy.OPEN)

    return _made("dcma-8", N_("8 High duration: over 44 days"), Found(long, told), len(still), FIVE_PERCENT)


def _invalid_dates(order: Order, counted: _Counted) -> Check:
    ahead = at(order.status_date + 1)

    def told(found: tuple[WorkItem, bool]) -> Finding:
        row, actual = found
        if actual:
            text = N_("“{title}” has an actual date after the status date")
            return Finding(row.id, message(text, title=row.title), Remedy.NO_ACTUAL)
        text = N_("“{title}” is planned before the status date and has not happened")
        return Finding(row.id, message(text, title=row.title), Remedy.TO_STATUS_DATE)

    wrong = []
    for row in counted.tasks:
        if (row.actual_start or 0) >= ahead or (row.actual_finish or 0) >= ahead:
            wrong.append((row, True))
        elif row.id not in counted.done and _is_forecast_in_the_past(order, row):
            wrong.append((row, False))
    return _made("dcma-9", N_("9 Invalid dates"), Found(wrong, told), len(counted.tasks), 0.0)


def _is_forecast_in_the_past(order: Order, row: WorkItem) -> bool:
    begun = row.actual_start is not None or row.progress > 0
    moment = row.end if begun else row.start
    return moment is not None and day_of(moment) < order.status_date


def _resources(order: Order, counted: _Counted) -> Check:
    rows = [row for row in counted.still if row.duration >= order.project.minutes_per_day]
    idle = [row for row in rows if row.id not in counted.assigned]
    return _tasks("dcma-10", N_("10 Resources: nobody assigned"), rows, idle, 0.0, N_("nobody works on “{title}”"),
                  Remedy.ASSIGN_ME)  # fmt: skip


def _missed(order: Order, counted: _Counted) -> Check:
    title = N_("11 Missed tasks")
    if order.baseline is None:
        return _unknown("dcma-11", title, _at_most(FIVE_PERCENT), N_("no baseline is in force"))
    due = [row for row in counted.tasks if row.id in order.baseline and day_of(order.baseline[row.id]) <= order.status_date]
    missed = [row for row in due if row.id not in counted.done or not _finished_by(row, order.baseline[row.id])]
    return _tasks("dcma-11", title, due, missed, FIVE_PERCENT, N_("“{title}” missed its baseline finish"), Remedy.OPEN)


def _finished_by(row: WorkItem, when: Instant) -> bool:
    finish = row.actual_finish if row.actual_finish is not None else row.end
    return finish is not None and day_of(finish) <= day_of(when)


def _critical_path(order: Order, still: Sequence[WorkItem]) -> Check:
    """600 working days more on a critical task must move the project's finish by as much."""
    title, limit = N_("12 Critical path test"), message(N_("the finish moves by all 600 days"))
    project = order.project.id
    try:
        known = None if order.schedule is None else order.schedule.network
        before = compute(order.plan, projects=[project], as_computed=True, known=known)
        critical = next((row for row in still if row.id in before.row_of and before.critical[before.row_of[row.id]]), None)
        if critical is None or project not in before.project_finish:
            return _unknown("dcma-12", title, limit, N_("no open task is critical"))
        twin = order.plan.copy()
        longer = TEST_DAYS * order.project.minutes_per_day
        remaining = None if critical.remaining is None else critical.remaining + longer
        twin.put(replace(critical, duration=critical.duration + longer, remaining=remaining))
        after = compute(twin, projects=[project], as_computed=True, known=before.network)
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


def _execution(order: Order, counted: _Counted) -> Check:
    """BEI: completed tasks / tasks that the baseline wanted finished by now; tasks missing in the baseline count as wanted."""
    title, limit = N_("14 Baseline execution index"), message(N_("at least 0.95"))
    if order.baseline is None:
        return _unknown("dcma-14", title, limit, N_("no baseline is in force"))
    due = at(order.status_date + 1)
    wanted = [row for row in counted.tasks if order.baseline.get(row.id, 0) < due]
    if not wanted:
        return _unknown("dcma-14", title, limit, N_("the baseline wants nothing finished by now"))

    def told(row: WorkItem) -> Finding:
        return Finding(row.id, message(N_("“{title}” should be finished"), title=row.title), Remedy.OPEN)

    found = Found([row for row in wanted if row.id not in counted.done], told)
    done = len(counted.done)
    return Check("dcma-14", message(title), done, len(wanted), limit, done / len(wanted) >= INDEX, found)


# making checks


def _slacks(order: Order, rows: Iterable[WorkItem]) -> Iterator[tuple[WorkItem, int]]:
    """The rows that are in the schedule, each with its total slack in working minutes."""
    if order.schedule is not None:
        places, slack = order.schedule.row_of, order.schedule.total_slack.tolist()
        yield from ((row, slack[places[row.id]]) for row in rows if row.id in places)


def _tasks(
    name: str, title: str, of: Sequence[WorkItem], rows: Sequence[WorkItem], share: float, text: str, remedy: Remedy
) -> Check:
    found = Found(rows, lambda row: Finding(row.id, message(text, title=row.title), remedy))
    return _made(name, title, found, len(of), share)


def _of_links(
    name: str, title: str, links: Sequence[Dependency], rows: Sequence[Dependency], share: float, text: str, remedy: Remedy
) -> Check:
    found = Found(rows, lambda link: Finding(link.successor, message(text), remedy, link.id))
    return _made(name, title, found, len(links), share)


def _made(name: str, title: str, found: Sequence[Finding], of: int, share: float) -> Check:
    if of == 0:
        return _unknown(name, title, _at_most(share), N_("there is nothing to count"))
    return Check(name, message(title), len(found), of, _at_most(share), len(found) <= share * of, found)


def _at_most(share: float) -> Message:
    return message(N_("none")) if share == 0 else message(N_("at most {percent} %"), percent=round(100 * share))


def _unknown(name: str, title: str, limit: Message, why: str | Message) -> Check:
    told = why if isinstance(why, Message) else message(why)
    return Check(name, message(title), 0, 0, limit, None, (), told)
