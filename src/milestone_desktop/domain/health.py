"""Health of a milestone and of a project, with its reasons in words.

Dates inside the reasons are ISO text (`YYYY-MM-DD`) under the argument names `date` and `target`; the edge may write
them as the reader is used to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from milestone_desktop.domain.activities import Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.durations import format_duration
from milestone_desktop.domain.enums import (
    CriterionPriority,
    CriterionResult,
    Health,
    MilestoneStatus,
    ProjectStatus,
    StateGroup,
)
from milestone_desktop.domain.gates import Criterion
from milestone_desktop.domain.instants import Day, day_of, day_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes

_RESTING = (ProjectStatus.ON_HOLD, ProjectStatus.ARCHIVED)
_WORST_FIRST = (Health.LATE, Health.AT_RISK, Health.ON_TRACK)
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """What others have found out about a milestone; unknown figures count neither way.

    slack: working minutes; chance: percent to make the target; moves: receipts of the 30 days before the status date,
    oldest first, none from before the target was set, and none that was undone.
    """

    slack: int | None = None
    chance: float | None = None
    moves: Sequence[Receipt] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A health and why. overridden: a person said so; the reasons are then that person's."""

    health: Health
    reasons: tuple[Message, ...] = ()
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class _Findings:
    late: list[Message] = field(default_factory=list)
    at_risk: list[Message] = field(default_factory=list)


def status_date(project: Project, today: Day) -> Day:
    """The day at which late and due are judged: the project's status date, today where it has none."""
    return project.status_date if project.status_date is not None else today


def assess(plan: Plan, milestone: Milestone, times: WorkTimes, today: Day, figures: Figures | None = None) -> Assessment:
    """The health of a milestone at its project's status date (`today` where that is not set)."""
    project = plan[Project, milestone.project]
    day = status_date(project, today)
    if milestone.dropped is not None:
        reason = message(N_("dropped on {date}: {reason}"), date=day_to_iso(milestone.dropped), reason=milestone.dropped_reason)
        return Assessment(Health.NONE, (reason,))
    if project.status in _RESTING:
        return Assessment(Health.NONE, (_resting(project),))
    if milestone.status is MilestoneStatus.COMPLETED:
        reached = day_to_iso(day_of(milestone.actual_finish)) if milestone.actual_finish is not None else "—"
        return Assessment(Health.COMPLETED, (message(N_("reached on {date}"), date=reached),))
    override = milestone.health_override
    if override is not None and (milestone.health_until is None or day <= milestone.health_until):
        return Assessment(override, (_override_reason(milestone),), overridden=True)
    found = _Findings()
    _judge_dates(found, milestone, project, slip(plan, milestone, times), day)
    _judge_figures(found, milestone, project, figures or Figures())
    _judge_criteria(found, plan, milestone)
    _judge_items(found, plan, milestone, day)
    if found.late:
        return Assessment(Health.LATE, (*found.late, *found.at_risk))
    if found.at_risk:
        return Assessment(Health.AT_RISK, tuple(found.at_risk))
    return Assessment(Health.ON_TRACK, (_good_reason(milestone),))


def of_project(
    plan: Plan, project: Project, times: WorkTimes, today: Day, figures: Mapping[int, Figures] | None = None
) -> Assessment:
    """The worst health among a project's open milestones. figures: by id of the milestone, as far as known."""
    known = figures or {}
    return summed_up(plan, project, lambda row: assess(plan, row, times, today, known.get(row.id)))


def summed_up(plan: Plan, project: Project, judge: Callable[[Milestone], Assessment]) -> Assessment:
    """The same for one who has the health of each milestone at hand already."""
    if project.status in _RESTING:
        return Assessment(Health.NONE, (_resting(project),))
    milestones = plan.where(Milestone, "project", project.id)
    if not milestones:
        return Assessment(Health.NONE, (message(N_("the project has no milestones")),))
    open_ones = [row for row in milestones if row.dropped is None and row.status is not MilestoneStatus.COMPLETED]
    if not open_ones:
        return Assessment(Health.COMPLETED, (message(N_("all its milestones are completed or dropped")),))
    found = [(row, judge(row).health) for row in open_ones]
    for health in _WORST_FIRST:
        titles = [row.title for row, its_health in found if its_health is health]
        if titles:
            return Assessment(health, (_project_reason(health, titles),))
    return Assessment(Health.NONE, (message(N_("none of its open milestones has a health")),))


# judging one milestone


def _judge_dates(found: _Findings, milestone: Milestone, project: Project, slipped: int | None, day: Day) -> None:
    due = milestone.target if milestone.target is not None else milestone.end
    if due is not None and day_of(due) < day:
        passed = (
            N_("its target, {date}, has passed") if milestone.target is not None else N_("its planned date, {date}, has passed")
        )
        found.late.append(message(passed, date=day_to_iso(day_of(due))))
    if milestone.target is None or milestone.end is None:
        return
    target = day_to_iso(day_of(milestone.target))
    if slipped is not None and slipped > project.tolerance:
        one, many = (
            N_("planned 1 working day after its target, {target}; {tolerance} are tolerated"),
            N_("planned {days} working days after its target, {target}; {tolerance} are tolerated"),
        )
        sentence = one if slipped == 1 else many
        found.late.append(message(sentence, days=slipped, target=target, tolerance=project.tolerance))
    elif slipped == 1:
        found.at_risk.append(message(N_("planned 1 working day after its target, {target}"), target=target))
    elif slipped is not None and slipped > 0:
        sentence = N_("planned {days} working days after its target, {target}")
        found.at_risk.append(message(sentence, days=slipped, target=target))
    elif milestone.end > milestone.target:
        found.at_risk.append(message(N_("planned less than a working day after its target, {target}"), target=target))


def _judge_figures(found: _Findings, milestone: Milestone, project: Project, figures: Figures) -> None:
    slack = figures.slack
    if slack is not None:
        figure = format_duration(slack, "d", project)
        if slack < 0:
            found.at_risk.append(message(N_("its slack is negative: {slack}"), slack=figure))
        elif milestone.deadline is not None and slack < project.slack_threshold * project.minutes_per_day:
            sentence = N_("only {slack} of slack, and it has a deadline; the threshold is {threshold}d")
            found.at_risk.append(message(sentence, slack=figure, threshold=project.slack_threshold))
    if figures.chance is not None and figures.chance < project.chance_threshold:
        sentence = N_("the chance to make its target is {chance} %; the threshold is {threshold} %")
        found.at_risk.append(message(sentence, chance=_short(figures.chance), threshold=project.chance_threshold))
    dated = [(move.old, move.new) for move in figures.moves if move.what == "planned"]
    moves = [(old, new) for old, new in dated if old is not None and new is not None]
    later = sum(new > old for old, new in moves)
    if later >= 2 and moves[-1][1] > moves[0][0]:
        found.at_risk.append(message(N_("it moved later {times} times in the 30 days before the status date"), times=later))


def _judge_criteria(found: _Findings, plan: Plan, milestone: Milestone) -> None:
    for row in plan.where(Criterion, "milestone", milestone.id):
        if row.priority is not CriterionPriority.MUST or row.waived_reason:
            continue
        if row.result is CriterionResult.FAIL:
            found.at_risk.append(message(N_("criterion {code} failed"), code=row.code))
        elif row.result is CriterionResult.BLOCKED:
            found.at_risk.append(message(N_("criterion {code} is blocked"), code=row.code))


def _judge_items(found: _Findings, plan: Plan, milestone: Milestone, day: Day) -> None:
    for item in blocking_items(plan, milestone):
        if item.end is not None and day_of(item.end) < day:
            key = f"{plan[Project, item.project].key}-{item.number}"
            sentence = N_("{key} “{title}” should have ended on {date} and is still open")
            found.at_risk.append(message(sentence, key=key, title=item.title, date=day_to_iso(day_of(item.end))))


def blocking_items(plan: Plan, milestone: Milestone) -> list[WorkItem]:
    """The open work items that a milestone waits for: linked to it, or its predecessors. By id."""
    wanted = {link.item for link in plan.where(MilestoneLink, "milestone", milestone.id)}
    wanted |= {link.predecessor for link in plan.where(Dependency, "successor", milestone.id)}
    items = [item for row_id in sorted(wanted) if (item := plan.get(WorkItem, row_id)) is not None]
    return [item for item in items if item.actual_finish is None and _group(plan, item) is not StateGroup.DONE]


def _group(plan: Plan, item: WorkItem) -> StateGroup | None:
    state = plan.get(WorkflowState, item.status)
    return state.group if state is not None else None


# words


def _resting(project: Project) -> Message:
    if project.status is ProjectStatus.ON_HOLD:
        return message(N_("its project is on hold"))
    return message(N_("its project is archived"))


def _override_reason(milestone: Milestone) -> Message:
    if milestone.health_until is None:
        return message(N_("set by hand: {reason}"), reason=milestone.health_reason)
    until = day_to_iso(milestone.health_until)
    return message(N_("set by hand until {date}: {reason}"), date=until, reason=milestone.health_reason)


def _good_reason(milestone: Milestone) -> Message:
    if milestone.target is None:
        return message(N_("nothing speaks against its planned date; it has no target"))
    if milestone.end is None:
        return message(N_("nothing speaks against its target, {target}"), target=day_to_iso(day_of(milestone.target)))
    return message(N_("planned no later than its target, {target}"), target=day_to_iso(day_of(milestone.target)))


def _project_reason(health: Health, titles: list[str]) -> Message:
    names = ", ".join(titles[:_NAMED]) + (" …" if len(titles) > _NAMED else "")
    match health:
        case Health.LATE:
            return message(N_("late: {titles}"), titles=names)
        case Health.AT_RISK:
            return message(N_("at risk: {titles}"), titles=names)
        case _:
            return message(N_("all its open milestones are on track"))


def _short(figure: float) -> str:
    """At most one decimal, none where it is zero."""
    return f"{figure:.1f}".removesuffix(".0")
