"""What the cells of one row of the roadmap's table say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from milestone_desktop.chart.drafts import DRAFT
from milestone_desktop.chart.options import needs_year
from milestone_desktop.desktop.amounts import money_text
from milestone_desktop.desktop.facts import Facts
from milestone_desktop.desktop.models.group_sums import GroupSums
from milestone_desktop.desktop.signs import health_word
from milestone_desktop.desktop.words import _, day_text, long_day_text, number_text, percent_text, working_days_text
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import Health, MilestoneKind, MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.projects import Project


class Cells(NamedTuple):
    """What all cells of a row share. row: its number among the visible rows; kind: None for what is no milestone; parent:
    rows lie below it; summary: it stands for what is below it in the plan, shown or not; group: what its status counts as,
    None where it says nothing; record: None for a head; share: `2/5` where it is the second of five on
    its row, of a parent in lanes how much stands below it."""

    row: int
    id: int
    record: Activity | None
    kind: MilestoneKind | None
    parent: bool
    summary: bool
    title: str
    group: StateGroup | None = None
    dropped: bool = False
    share: str = ""


class Cell(NamedTuple):
    """What a cell says, and what its look draws."""

    text: str
    raw: Any = None


NO_CELL = Cell("")


def status_words(status: MilestoneStatus) -> str:
    """A milestone's status in the person's language."""
    return {
        MilestoneStatus.NEW: _("New"),
        MilestoneStatus.IN_PROGRESS: _("In Progress"),
        MilestoneStatus.COMPLETED: _("Completed"),
    }[status]


def cells_of(facts: Facts, activity: Activity, row: int, *, parent: bool, summary: bool) -> Cells:
    """The row of an activity. A parent work item says nothing of its own state: its children do."""
    milestone = activity if isinstance(activity, Milestone) else None
    dropped = milestone is not None and milestone.dropped is not None
    summary = summary and milestone is None
    return Cells(
        row=row,
        id=activity.id,
        record=activity,
        kind=None if milestone is None else milestone.kind,
        parent=parent,
        summary=summary,
        title=activity.title,
        group=None if dropped or summary else facts.group(activity),
        dropped=dropped,
    )


def date_words(moment: Instant | None, today: Day) -> str:
    """A date as the timeline writes it: with its year only where it is far from today; nothing where there is none."""
    if moment is None:
        return ""
    day = day_of(moment)
    return long_day_text(day) if needs_year(day, today) else day_text(day, day)


class DateWords:
    """`date_words`, each day's worked out once as long as today is the same."""

    def __init__(self, today: Callable[[], Day]) -> None:
        self._today = today
        self._kept: dict[Day, str] = {}
        self._kept_on: Day | None = None

    def __call__(self, moment: Instant | None) -> str:
        if moment is None:
            return ""
        today = self._today()
        if today != self._kept_on:
            self._kept.clear()
            self._kept_on = today
        day = day_of(moment)
        words = self._kept.get(day)
        if words is None:
            words = self._kept[day] = date_words(moment, today)
        return words


def cells_of_head(row: int, head: int, title: str) -> Cells:
    """The row of a project's head (its id is the project's, negative) or of a group's."""
    return Cells(row, head, None, None, parent=True, summary=True, title=title)


def cells_of_draft(row: int, *, milestone: bool) -> Cells:
    """The row whose title is being typed."""
    kind = MilestoneKind.GENERIC if milestone else None
    return Cells(row, DRAFT, None, kind, parent=False, summary=False, title="", group=StateGroup.NEW)


def cell_of_head(facts: Facts, head: int, title: str, column: str) -> Cell:
    """What a head says in a column."""
    if column == "title":
        return Cell(title)
    if column == "progress" and facts.plan.get(Project, -head) is not None:
        percent = facts.progress.of_project(-head)
        return Cell(percent_text(percent), percent)
    return NO_CELL


def cell_of_group(sums: GroupSums, title: str, column: str, today: Day) -> Cell:
    """What the head of a group says in a column."""
    match column:
        case "title":
            return Cell(title)
        case "progress":
            return Cell(percent_text(sums.progress), sums.progress)
        case "start":
            return Cell(date_words(sums.start, today))
        case "end":
            return Cell(date_words(sums.end, today))
        case "estimate":
            return Cell(_("{hours} h").format(hours=number_text(sums.estimate / 60))) if sums.estimate else NO_CELL
        case "amount":
            return Cell(" + ".join(f"{money_text(amount)} {currency}".strip() for currency, amount in sums.amounts))
    return NO_CELL


def milestone_tip(facts: Facts, activity: Activity, today: Day) -> str:
    """What the timeline tells of a milestone beside its date: target, slip, actual date and health."""
    if not isinstance(activity, Milestone):
        return ""
    parts = []
    if activity.target is not None:
        parts.append(_("Target {date}").format(date=date_words(activity.target, today)))
        parts.append(_("slip {days}").format(days=working_days_text(facts.slip(activity))))
    if activity.actual_finish is not None:
        parts.append(_("reached {date}").format(date=date_words(activity.actual_finish, today)))
    health = facts.assessment(activity).health
    if health is not Health.NONE:
        parts.append(health_word(health))
    return ", ".join(parts)


def spoken_title(cells: Cells, level: int, expanded: bool) -> str:
    """What a screen reader says of a row's title: what it is, its level and whether it is open."""
    if cells.id == DRAFT:
        what = _("new row")
    elif cells.kind is not None:
        what = _("milestone")
    else:
        what = _("summary") if cells.summary else _("work item")
    words = _("{title}, {what}, level {level}").format(title=cells.title, what=what, level=level + 1)
    if cells.parent:
        words = _("{words}, expanded").format(words=words) if expanded else _("{words}, collapsed").format(words=words)
    return words
