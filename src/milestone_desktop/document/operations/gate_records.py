"""What a kind's panel holds beside its registers: the kickoff's meeting, the launch's go or no-go, achievements, follow-ups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items
from milestone_desktop.document.operations.milestones import milestone
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.enums import GoDecisionValue
from milestone_desktop.domain.gates import Achievement, Feedback, GoDecision, Lesson, Meeting
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError, message


def set_meeting(edit: Edit, milestone_id: int, **fields: Any) -> Meeting:
    """Sets when and where a milestone's meeting is held, or its notes."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Change the meeting of “{title}”"), title=row.title)
    there = edit.plan.where(Meeting, "milestone", row.id)
    meeting = there[0] if there else edit.add(Meeting(edit.new_id(), row.id))
    return edit.update(meeting, **fields)


def decide(
    edit: Edit, milestone_id: int, decision: GoDecisionValue, by: str, note: str = "", on: Day | None = None
) -> GoDecision:
    """Records a go or a no-go. The latest one counts; earlier ones stay on record. Raises PlanError where nobody is named."""
    row = milestone(edit.plan, milestone_id)
    if not by.strip():
        raise PlanError(N_("A go or no-go names who decided."), N_("Type who decided."))
    day = on if on is not None else edit.today
    if day > edit.today:
        raise PlanError(N_("A decision cannot have been taken in the future."), N_("Type the day on which it was taken."))
    edit.label = message(N_("Record “{decision}” for “{title}”"), decision=decision.value, title=row.title)
    return edit.add(GoDecision(edit.new_id(), row.id, decision, day, by.strip(), note.strip()))


def follow_up(edit: Edit, lesson_id: int) -> WorkItem:
    """Makes a work item out of what a lesson recommends, for its owner. Raises PlanError where it has one already."""
    lesson = edit.plan[Lesson, lesson_id]
    if lesson.follow_up is not None:
        raise PlanError(N_("“{text}” has a follow-up already."), N_("Go to its work item."), text=lesson.text)
    row = milestone(edit.plan, lesson.milestone)
    title = lesson.recommendation.strip() or lesson.text
    made = items.create(edit, row.project, title.splitlines()[0][:200], description=lesson.text)
    if lesson.owner is not None:
        items.assign(edit, made.id, [lesson.owner])
    edit.update(lesson, follow_up=made.id)
    edit.label = message(N_("Follow up “{text}”"), text=lesson.text)
    return made


def item_from_feedback(edit: Edit, feedback_id: int) -> WorkItem:
    """Makes a work item out of a piece of feedback. Raises PlanError where it has one already."""
    feedback = edit.plan[Feedback, feedback_id]
    if feedback.item is not None:
        raise PlanError(N_("“{text}” has a work item already."), N_("Choose “none” first."), text=feedback.text)
    row = milestone(edit.plan, feedback.milestone)
    made = items.create(edit, row.project, feedback.text.splitlines()[0][:200], description=feedback.decision)
    edit.update(feedback, item=made.id)
    edit.label = message(N_("Make a work item of “{text}”"), text=feedback.text)
    return made


def note_achievement(edit: Edit, milestone_id: int, text: str, people: Iterable[str] = ()) -> Achievement | None:
    """Writes down what was achieved with a milestone and who is to be thanked; nothing at all deletes it.

    There is one a milestone; its day is the one on which it was reached.
    """
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Note what was achieved with “{title}”"), title=row.title)
    names = tuple(dict.fromkeys(name.strip() for name in people if name.strip()))
    there = next(iter(edit.plan.where(Achievement, "milestone", row.id)), None)
    if not text.strip() and not names:
        if there is not None:
            edit.remove(there)
        return None
    reached = row.actual_finish // 1440 if row.actual_finish is not None else edit.today
    if there is None:
        return edit.add(Achievement(edit.new_id(), row.id, text.strip(), reached, names))
    return edit.update(there, text=text.strip(), reached=reached, people=names)
