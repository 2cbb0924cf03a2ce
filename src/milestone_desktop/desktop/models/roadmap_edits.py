"""What editing a cell of the roadmap does: value in, one edit out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from milestone_desktop.desktop import typed_dates
from milestone_desktop.desktop.models.roadmap_cells import Column, status_words
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import long_day_text, time_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, items, milestones
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.dates import read_day as read_typed_day
from milestone_desktop.domain.enums import MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import Day, Instant, at, day_of, day_to_iso
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState

GROUP_OF = {
    MilestoneStatus.NEW: StateGroup.NEW,
    MilestoneStatus.IN_PROGRESS: StateGroup.IN_PROGRESS,
    MilestoneStatus.COMPLETED: StateGroup.DONE,
}
STATUS_OF = {group: status for status, group in GROUP_OF.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a status field: what it stands for and what is shown."""

    value: Any
    text: str


def is_editable(session: Session, activity: Activity, column: Column, parent: bool) -> bool:
    """Whether a cell can be edited: what follows from a row's children or items is not typed."""
    if session.document.read_only:
        return False
    if isinstance(activity, Milestone):
        return column is not Column.PROGRESS
    return not (parent and column in (Column.STATUS, Column.PROGRESS, Column.START, Column.END))


def edited_value(session: Session, activity: Activity, column: Column) -> Any:
    """What a cell's editor begins with."""
    match column:
        case Column.TITLE:
            return activity.title
        case Column.STATUS:
            return activity.status.value if isinstance(activity, Milestone) else getattr(activity, "status", 0)
        case Column.PROGRESS:
            return str(activity.progress)
        case Column.START:
            return _moment_text(session, activity, column, activity.start)
        case Column.END:
            return _moment_text(session, activity, column, activity.end)
        case Column.TAGS:
            return ", ".join(activity.tags)


def status_choices(session: Session, activity: Activity) -> list[Choice]:
    """The states that an activity may have."""
    if isinstance(activity, Milestone):
        return [Choice(status.value, status_words(status)) for status in MilestoneStatus]
    return [Choice(state.id, state.name) for state in session.facts.states_for(activity.project)]


def read_day(session: Session, activity: Activity, column: Column, text: str) -> Day | None:
    """The day that a typed date means; None for an empty field. Raises PlanError."""
    moment = read_moment(session, activity, column, text)
    return None if moment is None else day_of(moment)


def read_moment(session: Session, activity: Activity, column: Column, text: str) -> Instant | None:
    """The instant that a typed date means in a start or end cell. `+2w` counts from the date that stands there."""
    if not text.strip():
        return None
    current = activity.start if column is Column.START else activity.end
    day, minute = read_typed_day(
        text,
        session.today(),
        day_of(current) if current is not None else None,
        day_first=typed_dates.day_first(),
        names=typed_dates.names(),
        add_days=session.facts.times.of_activity(activity).add_working_days,
    )
    meaning = dates.start_instant if column is Column.START else dates.end_instant
    return meaning(session.plan, activity, day, minute)


def write(session: Session, activity: Activity, column: Column, value: Any) -> bool:
    """Makes the edit of one cell; status and tags go to every selected row if this is one of them."""
    chosen = session.selection
    ids = chosen if activity.id in chosen and column in (Column.STATUS, Column.TAGS) else (activity.id,)
    match column:
        case Column.TITLE:
            return session.attempt(N_("Rename"), lambda edit: activities.rename(edit, activity.id, str(value)))
        case Column.STATUS:
            return session.attempt(N_("Change status"), lambda edit: _set_status(edit, session, ids, activity, value))
        case Column.PROGRESS:
            return _write_progress(session, activity, str(value))
        case Column.START | Column.END:
            return _write_moment(session, activity, column, str(value))
        case Column.TAGS:
            tags = str(value).split(",")
            return session.attempt(N_("Change tags"), lambda edit: activities.set_tags(edit, ids, tags))


def _write_progress(session: Session, activity: Activity, text: str) -> bool:
    digits = text.strip().rstrip("%").strip()
    if not digits.isdecimal() or int(digits) > 100:
        session.fail(PlanError(N_("“{text}” is no progress."), N_("Type a number from 0 to 100."), text=text))
        return False
    return session.attempt(N_("Change progress"), lambda edit: items.set_progress(edit, activity.id, int(digits)))


def _write_moment(session: Session, activity: Activity, column: Column, text: str) -> bool:
    try:
        moment = read_moment(session, activity, column, text)
    except PlanError as error:
        session.fail(error)
        return False
    if column is Column.START:
        return session.attempt(N_("Change start"), lambda edit: dates.set_start(edit, activity.id, moment))
    return session.attempt(N_("Change end"), lambda edit: dates.set_end(edit, activity.id, moment))


def _set_status(edit: Edit, session: Session, ids: Sequence[int], edited: Activity, value: Any) -> None:
    """One status for all: each row takes the state of its own kind and project that counts as the chosen one."""
    label = edit.label
    for activity_id in ids:
        row = activities.existing(edit.plan, activity_id)
        if isinstance(row, Milestone):
            on = at(session.facts.status_day(row.project, session.today()), edit.plan[Project, row.project].day_end)
            milestones.set_status(edit, row.id, STATUS_OF[_group(edit.plan, value)], on)
        elif isinstance(row, WorkItem):
            items.set_status(edit, row.id, _state_for(edit.plan, row, edited, value))
    if len(ids) > 1:
        edit.label = label


def _state_for(plan: Plan, row: WorkItem, edited: Activity, value: Any) -> int:
    if isinstance(edited, WorkItem) and row.project == edited.project:
        return int(value)
    return items.state_in(plan, row.project, _group(plan, value)).id


def _group(plan: Plan, value: Any) -> StateGroup:
    """What a chosen status counts as: a milestone's status by its word, an item's by its id."""
    if isinstance(value, str):
        return GROUP_OF[MilestoneStatus(value)]
    return plan[WorkflowState, int(value)].group


def _moment_text(session: Session, activity: Activity, column: Column, moment: Instant | None) -> str:
    """The date as it can be typed; the time of day only where it is not the usual one."""
    if moment is None:
        return ""
    meaning = dates.start_instant if column is Column.START else dates.end_instant
    usual = meaning(session.plan, activity, day_of(moment)) == moment
    words = long_day_text(day_of(moment))
    text = words if usual else f"{words} {time_text(moment)}"
    try:
        understood = read_moment(session, activity, column, text) == moment
    except PlanError:
        understood = False
    iso = day_to_iso(day_of(moment))
    return text if understood else iso if usual else f"{iso} {time_text(moment)}"
