"""Approvals are kept as they were given: superseded, never edited, and not taken out of the plan by an undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.gates import SignOff, SignOffCondition
from milestone_desktop.domain.kinds import ACTIVITY_KINDS, references
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan

_KEPT = (SignOff, SignOffCondition)


def check_approvals(plan: Plan, change_set: ChangeSet) -> None:
    """Raises PlanError where an edit alters an approval or a condition of one, or deletes it from a milestone that stays."""
    for change in change_set.of(SignOff):
        old, new = change.old, change.new
        if old is None or (new is None and plan.get(Milestone, old.milestone) is None):
            continue
        if new is None or replace(old, superseded=True) != replace(new, superseded=True) or old.superseded > new.superseded:
            raise PlanError(
                N_("An approval is kept as {approver} gave it and cannot be changed."),
                N_("Record another one; it supersedes this one."),
                approver=old.approver,
            )
    for change in change_set.of(SignOffCondition):
        old, new = change.old, change.new
        if old is None or (new is None and plan.get(SignOff, old.sign_off) is None):
            continue
        if new is None or (old.text, old.sign_off) != (new.text, new.sign_off):
            raise PlanError(
                N_("The condition “{text}” is part of an approval and cannot be changed."),
                N_("Tick it off once it is met, or record another approval."),
                text=old.text,
            )


def taken_back(plan: Plan, change_set: ChangeSet) -> ChangeSet:
    """The change-set that undoes another. An approval that was recorded stays, superseded, with its conditions.

    Where it belongs to a milestone that the undo takes out of the plan, it goes with it.
    """
    made = {change.id for change in change_set.of(Milestone) if change.old is None}
    found: list[Change] = []
    for change in change_set.inverted().changes:
        if change.new is None and _is_kept(change, made, change_set):
            if isinstance(change.old, SignOff):
                found.append(Change(change.old, replace(change.old, superseded=True)))
            continue
        found.append(change)
    found += _what_hangs_on(plan, found)
    return ChangeSet(change_set.label, tuple(found))


def _is_kept(change: Change, made: set[int], change_set: ChangeSet) -> bool:
    if isinstance(change.old, SignOff):
        return change.old.milestone not in made
    if isinstance(change.old, SignOffCondition):
        owner = next((row.new for row in change_set.of(SignOff) if row.id == change.old.sign_off), None)
        return owner is not None and owner.milestone not in made
    return False


def _what_hangs_on(plan: Plan, changes: list[Change]) -> list[Change]:
    """What an earlier undo left in the plan and this one would leave without its milestone or its person."""
    gone = {(_name(change), change.id) for change in changes if change.new is None}
    known = {(change.kind, change.id) for change in changes}
    found: list[Change] = []
    for kind in _KEPT:
        rows: list[Any] = list(plan.all(kind)) if gone else []
        for row in rows:
            if (kind, row.id) in known:
                continue
            lost = [name for name, reference in references(kind).items() if (reference.kind, getattr(row, name)) in gone]
            if any(references(kind)[name].on_delete is OnDelete.CASCADE for name in lost):
                found.append(Change(row, None))
                gone.add((kind.__name__, row.id))
            elif lost:
                found.append(Change(row, replace(row, **dict.fromkeys(lost))))
    return found


def _name(change: Change) -> str:
    return "Milestone" if change.kind is Milestone else "Activity" if change.kind in ACTIVITY_KINDS else change.kind.__name__
