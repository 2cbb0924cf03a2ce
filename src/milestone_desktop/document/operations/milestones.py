"""Milestones: making, completing, reopening, duplicating them, and their checklist."""

from __future__ import annotations

from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.document.operations.order import order_after, order_before
from milestone_desktop.document.operations.projects import project_with_key
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import open_points
from milestone_desktop.domain.enums import CriterionPriority, CriterionResult, Health, MilestoneStatus
from milestone_desktop.domain.gates import ChecklistEntry, Criterion, GateOverride
from milestone_desktop.domain.health import status_date
from milestone_desktop.domain.instants import Day, Instant
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, Workspace
from milestone_desktop.domain.scenarios import scenario_ids


def milestone(plan: Plan, milestone_id: int) -> Milestone:
    """The milestone with that id. Raises PlanError where it is gone or is a work item."""
    row = existing(plan, milestone_id)
    if not isinstance(row, Milestone):
        raise PlanError(N_("“{title}” is a work item, not a milestone."), title=row.title)
    return row


def milestone_with_code(plan: Plan, text: str, project_key: str | None = None) -> Milestone:
    """The milestone that a person names by `CODE` or, where several projects have that code, by `KEY:CODE`.

    project_key: looks in that project only, unless the text itself names one. A project's former keys are understood;
    capitals make no difference where only one code can be meant. Scenarios are not looked into. Raises PlanError naming the
    milestones that could be meant.
    """
    wanted = text.strip()
    key, colon, code = wanted.partition(":")
    tried = scenario_ids(plan)
    inside = [row for row in plan.all(Milestone) if row.project not in tried]
    if colon and not any(row.code == wanted for row in inside):  # unless a code has a colon in it
        project_key, wanted = key, code.strip()
    if project_key is not None:
        inside = plan.where(Milestone, "project", project_with_key(plan, project_key).id)
    found = [row for row in inside if row.code == wanted] or [row for row in inside if row.code.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    names = sorted(f"{plan[Project, row.project].key}:{row.code}" for row in found)
    if names:
        raise PlanError(
            N_("“{code}” is the code of several milestones."),
            N_("Name one of them: {names}."),
            code=wanted,
            names=", ".join(names),
        )
    raise PlanError(
        N_("There is no milestone with the code “{code}”."), N_("The Milestones page and the list show all codes."), code=wanted
    )


def free_code(plan: Plan, project: int) -> str:
    """The next code `M1`, `M2` … that no milestone of the project has."""
    taken = {row.code for row in plan.where(Milestone, "project", project)}
    number = len(taken) + 1
    while f"M{number}" in taken:
        number += 1
    return f"M{number}"


def create(
    edit: Edit, project: int, title: str, end: Instant | None = None, *, parent: int | None = None,
    after: int | None = None, before: int | None = None, **fields: Any,
) -> Milestone:  # fmt: skip
    """Adds a milestone at the end of `parent`, or right after or before one of its children."""
    edit.label = message(N_("Add milestone “{title}”"), title=title.strip())
    order = order_before(edit, project, parent, before)[0] if before is not None else order_after(edit, project, parent, after)[0]
    fields.setdefault("code", free_code(edit.plan, project))
    row = Milestone(edit.new_id(), project, title.strip(), parent=parent, order=order, end=end, **fields)
    edit.add(row)
    roll_up(edit, [parent])
    return row


def complete(edit: Edit, milestone_id: int, on: Instant, *, override: str = "") -> Milestone:
    """Marks a milestone as reached at `on`.

    override: why it counts as reached although something of its gate is open; the reason is kept with what was open.
    Raises PlanError where something is open and no reason is given; one that is completed already only gets another day.
    """
    row = milestone(edit.plan, milestone_id)
    if not override.strip():
        _require_open_gate(edit.plan, row)
    still_open = open_points(edit.plan, row)
    if still_open and row.status is not MilestoneStatus.COMPLETED:
        points = tuple(str(point) for point in still_open)
        edit.add(GateOverride(edit.new_id(), row.id, override.strip(), edit.today, points))
    edit.label = message(N_("Complete “{title}”"), title=row.title)
    return edit.update(row, status=MilestoneStatus.COMPLETED, actual_finish=on)


def reopen(edit: Edit, milestone_id: int) -> Milestone:
    """Takes a milestone's completion back."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Reopen “{title}”"), title=row.title)
    return edit.update(row, status=MilestoneStatus.IN_PROGRESS, actual_finish=None)


def set_status(edit: Edit, milestone_id: int, status: MilestoneStatus, on: Instant) -> Milestone:
    """Sets the status; Completed takes `on` as the actual date, any other takes the actual date away.

    Raises PlanError where the gate of a milestone to be completed is not open: that takes `complete` with a reason.
    """
    row = milestone(edit.plan, milestone_id)
    if status is MilestoneStatus.COMPLETED:
        return complete(edit, milestone_id, on)
    edit.label = message(N_("Change status of “{title}”"), title=row.title)
    return edit.update(row, status=status, actual_finish=None)


def _require_open_gate(plan: Plan, row: Milestone) -> None:
    still_open = open_points(plan, row)
    if row.status is MilestoneStatus.COMPLETED or not still_open:
        return
    hint = N_("To complete it all the same, choose Track, Complete milestone, and give a reason.")
    if len(still_open) == 1:
        raise PlanError(N_("“{title}” is not ready to be completed: {point}."), hint, title=row.title, point=still_open[0])
    raise PlanError(
        N_("“{title}” is not ready to be completed: {point}, and {count} more."),
        hint,
        title=row.title,
        point=still_open[0],
        count=len(still_open) - 1,
    )


def drop(edit: Edit, milestone_id: int, reason: str) -> Milestone:
    """Takes a milestone out of progress and health because it is no longer wanted. Raises PlanError without a reason, and
    for one that was reached."""
    row = milestone(edit.plan, milestone_id)
    if not reason.strip():
        raise PlanError(N_("Dropping “{title}” needs a reason."), N_("Type why it is no longer wanted."), title=row.title)
    if row.status is MilestoneStatus.COMPLETED:
        raise PlanError(N_("“{title}” was reached and cannot be dropped."), N_("Reopen it first."), title=row.title)
    edit.label = message(N_("Drop “{title}”"), title=row.title)
    return edit.update(row, dropped=edit.today, dropped_reason=reason.strip())


JUDGED_FOR = 14
"""Days that a health set by hand holds where no end is given."""


def judge(edit: Edit, milestone_id: int, health: Health | None, reason: str, until: Day | None = None) -> Milestone:
    """Sets a milestone's health by hand until a day (default: two weeks after the status date); None: it is worked out again.

    Raises PlanError where there is no reason, and where the end lies before the status date.
    """
    row = milestone(edit.plan, milestone_id)
    if health is None:
        edit.label = message(N_("Work out health of “{title}” again"), title=row.title)
        return edit.update(row, health_override=None, health_reason="", health_until=None)
    if not reason.strip():
        raise PlanError(N_("A health set by hand needs a reason."), N_("Type the reason above first."))
    day = status_date(edit.plan[Project, row.project], edit.today)
    end = until if until is not None else day + JUDGED_FOR
    if end < day:
        raise PlanError(N_("A health set by hand cannot have ended already."), N_("Type a later day."))
    edit.label = message(N_("Set health of “{title}” to {health}"), title=row.title, health=health.value)
    return edit.update(row, health_override=health, health_reason=reason.strip(), health_until=end)


def take_up(edit: Edit, milestone_id: int) -> Milestone:
    """Wants a dropped milestone again."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Take up “{title}” again"), title=row.title)
    return edit.update(row, dropped=None, dropped_reason="")


def add_checklist_entry(edit: Edit, milestone_id: int, text: str, **fields: Any) -> ChecklistEntry:
    """Adds a line to the end of a milestone's checklist."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Add “{text}” to the checklist of “{title}”"), text=text.strip(), title=row.title)
    last = max((entry.order for entry in edit.plan.where(ChecklistEntry, "milestone", row.id)), default=0.0)
    return edit.add(ChecklistEntry(edit.new_id(), row.id, text.strip(), order=last + 1, **fields))


def tick(edit: Edit, entry_id: int, done: bool, on: Day) -> ChecklistEntry:
    """Ticks a checklist line off, or takes the tick away."""
    entry = edit.plan[ChecklistEntry, entry_id]
    edit.label = message(N_("Tick off “{text}”") if done else N_("Take back tick of “{text}”"), text=entry.text)
    return edit.update(entry, done=done, done_on=on if done else None)


def change_checklist_entry(edit: Edit, entry_id: int, text: str) -> ChecklistEntry:
    """Gives a checklist line another text. Raises PlanError for an empty one."""
    entry = edit.plan[ChecklistEntry, entry_id]
    edit.label = message(N_("Change checklist line “{text}”"), text=entry.text)
    return edit.update(entry, text=_some_text(text))


def remove_checklist_entry(edit: Edit, entry_id: int) -> None:
    """Deletes a checklist line."""
    entry = edit.plan[ChecklistEntry, entry_id]
    edit.label = message(N_("Delete checklist line “{text}”"), text=entry.text)
    edit.remove(entry)


def add_criterion(
    edit: Edit, milestone_id: int, text: str, priority: CriterionPriority = CriterionPriority.MUST, **fields: Any
) -> Criterion:
    """Adds an acceptance criterion; its code counts up within the milestone."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Add criterion “{text}” to “{title}”"), text=text.strip(), title=row.title)
    there = edit.plan.where(Criterion, "milestone", row.id)
    taken = {criterion.code for criterion in there}
    number = len(there) + 1
    while f"C-{number}" in taken:
        number += 1
    last = max((criterion.order for criterion in there), default=0.0)
    return edit.add(Criterion(edit.new_id(), row.id, f"C-{number}", text.strip(), order=last + 1, priority=priority, **fields))


def change_criterion(edit: Edit, criterion_id: int, **fields: Any) -> Criterion:
    """Changes fields of an acceptance criterion. A result that is set is dated today and is "me"'s where no tester is
    named; one that is taken away has neither.

    Raises PlanError for an empty text.
    """
    row = edit.plan[Criterion, criterion_id]
    edit.label = message(N_("Change criterion {code}"), code=row.code)
    if "text" in fields:
        fields["text"] = _some_text(fields["text"])
    if "result" in fields:
        run = fields["result"] is not CriterionResult.NOT_RUN
        fields.setdefault("tested", edit.today if run else None)
        if run and row.tester is None:
            fields.setdefault("tester", edit.plan[Workspace, 1].me)
        elif not run:
            fields.setdefault("tester", None)
    return edit.update(row, **fields)


def remove_criterion(edit: Edit, criterion_id: int) -> None:
    """Deletes an acceptance criterion with its earlier results; its evidence stays with the milestone."""
    row = edit.plan[Criterion, criterion_id]
    edit.label = message(N_("Delete criterion {code}"), code=row.code)
    edit.remove(row)


def _some_text(text: str) -> str:
    trimmed = text.strip()
    if not trimmed:
        raise PlanError(N_("A line without text says nothing."), N_("Type what is to be done, or delete the line."))
    return trimmed
