"""Bringing back rows, or a whole project, as they stood earlier: an edit like any other, which can be undone.

What was signed, overridden or said since then is not taken back with it: approvals, overrides and reasons stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Activity, Milestone, MoveReason
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.gates import GateOverride, SignOff, SignOffCondition
from milestone_desktop.domain.instants import Day, day_to_iso
from milestone_desktop.domain.kinds import kind_named, references, referring
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import KeptCalendar, Project

STAYING = (SignOff, SignOffCondition, GateOverride, MoveReason)
"""What happened and is not undone by going back: removed only with the milestone that it belongs to."""

Key = tuple[type, int]
HasContent = Callable[[str], bool]


def restore_row(edit: Edit, then: Plan, activity_id: int, day: Day, has_content: HasContent = lambda _digest: True) -> None:
    """Makes one activity what it was; one that was deleted comes back with what was below it and belonged to it.

    has_content: whether the file still holds the bytes under a digest; records whose content was compacted away stay away.
    Raises PlanError where the activity was not there then, or its project is gone.
    """
    row = then.activity(activity_id)
    if row is None:
        raise PlanError(N_("This row was not there on {date}."), N_("Choose a later day."), date=day_to_iso(day))
    if edit.plan.get(Project, row.project) is None:
        raise PlanError(N_("The project of “{title}” was deleted."), N_("Restore the whole project."), title=row.title)
    there = edit.plan.activity(activity_id) is not None
    keys = {(type(row), row.id)} if there else _belonging(then, row)
    _become(edit, then, keys, has_content)
    edit.label = edit.cause = message(N_("Restore “{title}” as of {date}"), title=row.title, date=day_to_iso(day))
    roll_up(edit, [row.parent, row.id])


def restore_project(edit: Edit, then: Plan, project_id: int, day: Day, has_content: HasContent = lambda _digest: True) -> None:
    """Makes a project with everything in it what it was; what was added since goes.

    Raises PlanError where the project was not there then.
    """
    row = then.get(Project, project_id)
    if row is None:
        raise PlanError(N_("This project was not there on {date}."), N_("Choose a later day."), date=day_to_iso(day))
    now = edit.plan.get(Project, project_id)
    keys = _belonging(then, row) | (_belonging(edit.plan, now) if now is not None else set())
    _become(edit, then, keys, has_content)
    edit.label = edit.cause = message(N_("Restore “{title}” as of {date}"), title=row.title, date=day_to_iso(day))


def _belonging(plan: Plan, root: Any) -> set[Key]:
    """A record and all that is deleted with it."""
    found: set[Key] = set()
    waiting = [root]
    while waiting:
        row = waiting.pop()
        if (type(row), row.id) in found:
            continue
        found.add((type(row), row.id))
        for kind, field, reference in referring(type(row)):
            if reference.on_delete is OnDelete.CASCADE:
                waiting += plan.where(kind, field, row.id)
    return found


def _become(edit: Edit, then: Plan, keys: Iterable[Key], has_content: HasContent) -> None:
    wanted = {key: then.get(*key) for key in keys}
    coming = {key for key, row in wanted.items() if row is not None}
    needed: set[Key] = set()
    for (kind, row_id), row in wanted.items():
        if row is not None and _may_come(edit.plan, row, coming, has_content):
            if not (kind in STAYING and edit.plan.get(kind, row_id) is not None):
                edit.put_back(_without_lost_references(edit.plan, row, coming))
            needed |= _kept_with(then, row)
        elif row is None and not (kind in STAYING and _owner_stays(edit.plan, kind, row_id, then)):
            edit.take_out(kind, row_id)
    for kind, row_id in needed:
        if edit.plan.get(kind, row_id) is None:
            edit.put_back(then.get(kind, row_id))


def _may_come(plan: Plan, row: Any, coming: set[Key], has_content: HasContent) -> bool:
    """Whether what a record cannot be without is there, or comes along."""
    names = ("file_sha256", "content") if getattr(row, "link", "") else ("sha256", "file_sha256", "content")
    for digest in (getattr(row, name, "") for name in names):  # of a linked file only the digest is kept
        if digest and not has_content(digest):
            return False
    return all(
        _is_there(plan, reference.kind, getattr(row, name), coming)
        for name, reference in references(type(row)).items()
        if reference.on_delete is not OnDelete.CLEAR and getattr(row, name) is not None and not _optional(row, name)
    )


def _without_lost_references(plan: Plan, row: Any, coming: set[Key]) -> Any:
    lost = {
        name: None
        for name, reference in references(type(row)).items()
        if getattr(row, name) is not None
        and (reference.on_delete is OnDelete.CLEAR or _optional(row, name))
        and not _is_there(plan, reference.kind, getattr(row, name), coming)
    }
    return replace(row, **lost) if lost else row


def _optional(row: Any, name: str) -> bool:
    """A parent may be missing: the row then stands at the top."""
    return isinstance(row, Activity) and name == "parent"


def _is_there(plan: Plan, kind: str, row_id: int, coming: set[Key]) -> bool:
    if kind == "Activity":
        return plan.activity(row_id) is not None or any(key[1] == row_id and issubclass(key[0], Activity) for key in coming)
    return plan.get(kind_named(kind), row_id) is not None or (kind_named(kind), row_id) in coming


def _kept_with(then: Plan, row: Any) -> set[Key]:
    """The calendar that a milestone's target was counted on."""
    if not isinstance(row, Milestone) or not row.target_calendar:
        return set()
    return {(KeptCalendar, kept.id) for kept in then.where(KeptCalendar, "digest", row.target_calendar)}


def _owner_stays(plan: Plan, kind: type, row_id: int, then: Plan) -> bool:
    row: Any = plan.get(kind, row_id)
    if isinstance(row, SignOffCondition):
        row = plan.get(SignOff, row.sign_off)
    return row is not None and then.get(Milestone, row.milestone) is not None
