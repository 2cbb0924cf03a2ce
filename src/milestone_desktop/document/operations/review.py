"""The answers of a review, each one edit."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, items, log, milestones
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import Health, LogType, MilestoneStatus, StateGroup
from milestone_desktop.domain.health import status_date
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.projects import Project, Workspace
from milestone_desktop.domain.review import WINDOW_DAYS, Question, Topic

LATER = 3
"""Working days that “+3 d” moves."""

ASK_AGAIN = 7
"""Days until an action that a “no” makes is due."""


def yes(edit: Edit, question: Question) -> None:
    """Reached or done: it is completed on the status date. Coming up, or without slack: it is under way. No owner: it is
    mine. Raises PlanError where the gate is not open, and where nobody is “me”."""
    row = existing(edit.plan, question.activity)
    project = edit.plan[Project, row.project]
    if question.topic is Topic.NO_OWNER:
        me = edit.plan[Workspace, 1].me
        if me is None:
            raise PlanError(N_("The workspace does not know who you are."), N_("Choose “This is me” on the People page first."))
        activities.set_fields(edit, [row.id], owner=me)
        edit.label = message(N_("Take on “{title}”"), title=row.title)
    elif question.topic in (Topic.ENTERING, Topic.SLACK):
        _go_on(edit, question)
        edit.label = message(N_("Confirm the date of “{title}”"), title=row.title)
    elif isinstance(row, WorkItem):
        items.set_progress(edit, row.id, 100)
        edit.label = message(N_("Complete “{title}”"), title=row.title)
    else:
        milestones.complete(edit, row.id, at(status_date(project, edit.today), project.day_end))


def no(edit: Edit, question: Question) -> None:
    """Not reached or done: it is under way. Coming up, or without slack: at risk until its date, as said in the review.
    Not approved: an action to ask for it. No owner: a note that one is wanted."""
    row = existing(edit.plan, question.activity)
    day = status_date(edit.plan[Project, row.project], edit.today)
    if question.topic in (Topic.ENTERING, Topic.SLACK):
        until = max(day + WINDOW_DAYS, row.end // 1440 if row.end is not None else 0)
        reason = "will not be reached in time, as said in the review"
        activities.set_fields(edit, [row.id], health_override=Health.AT_RISK, health_reason=reason, health_until=until)
        edit.label = message(N_("Set health of “{title}” to At risk"), title=row.title)
    elif question.topic is Topic.SIGN_OFF:
        text = f"Ask for the approval of “{row.title}”"
        log.create(edit, row.project, text, LogType.ACTION, [row.id], due=day + ASK_AGAIN, owner=edit.plan[Workspace, 1].me)
    elif question.topic is Topic.NO_OWNER:
        log.create(edit, row.project, f"Find an owner for “{row.title}”", LogType.ACTION, [row.id], due=day + ASK_AGAIN)
    else:
        _go_on(edit, question)
        edit.label = message(N_("“{title}” goes on"), title=row.title)


def later(edit: Edit, question: Question) -> None:
    """Puts its end three working days later. Raises PlanError where its date is not its own to move."""
    row = existing(edit.plan, question.activity)
    if isinstance(row, Milestone):
        dates.move(edit, [row.id], LATER)
    else:
        dates.stretch(edit, [row.id], LATER)


def note(edit: Edit, question: Question, text: str) -> None:
    """Keeps a note: the dated comment of a milestone, a line in the notes of a work item. Raises PlanError for none."""
    row = existing(edit.plan, question.activity)
    said = text.strip()
    if not said:
        raise PlanError(N_("A note without text says nothing."), N_("Type what is to be kept, or skip the question."))
    if isinstance(row, Milestone):
        activities.set_fields(edit, [row.id], comment=said, comment_date=edit.today)
    else:
        activities.set_fields(edit, [row.id], notes="\n".join(part for part in (row.notes, said) if part))
    edit.label = message(N_("Note on “{title}”"), title=row.title)


def _go_on(edit: Edit, question: Question) -> None:
    row = existing(edit.plan, question.activity)
    if isinstance(row, Milestone):
        if row.status is MilestoneStatus.NEW:
            edit.update(row, status=MilestoneStatus.IN_PROGRESS)
    elif isinstance(row, WorkItem):
        state = items.state_in(edit.plan, row.project, StateGroup.IN_PROGRESS)
        edit.update(row, status=state.id)
