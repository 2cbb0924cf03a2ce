"""Dependencies between activities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import LagUnit, LinkType
from milestone_desktop.domain.messages import N_, Message, PlanError, message


def add(
    edit: Edit, predecessor: int, successor: int, kind: LinkType = LinkType.FS, lag: int = 0, lag_unit: LagUnit = LagUnit.WORKING
) -> Dependency:
    """Links two activities. Raises PlanError (when the edit ends) where that closes a loop, which it names."""
    before, after = existing(edit.plan, predecessor), existing(edit.plan, successor)
    edit.label = message(N_("Link “{before}” to “{after}”"), before=before.title, after=after.title)
    return edit.add(Dependency(edit.new_id(), before.id, after.id, kind, lag, lag_unit))


def change(edit: Edit, dependency_id: int, **fields: Any) -> Dependency:
    """Sets type, lag or lag unit."""
    row = _existing(edit, dependency_id)
    edit.label = _about(edit, row, N_("Change link “{before}” to “{after}”"))
    return edit.update(row, **fields)


def remove(edit: Edit, dependency_id: int) -> None:
    """Removes a dependency."""
    row = _existing(edit, dependency_id)
    edit.label = _about(edit, row, N_("Remove link “{before}” to “{after}”"))
    edit.remove(row)


def _existing(edit: Edit, dependency_id: int) -> Dependency:
    row = edit.plan.get(Dependency, dependency_id)
    if row is None:
        raise PlanError(N_("This link is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return row


def _about(edit: Edit, row: Dependency, text: str) -> Message:
    before, after = existing(edit.plan, row.predecessor), existing(edit.plan, row.successor)
    return message(text, before=before.title, after=after.title)


def set_links(edit: Edit, activity_id: int, wanted: Sequence[tuple[int, LinkType, int, LagUnit]], *, predecessors: bool) -> None:
    """Makes exactly these the predecessors (or successors) of an activity: other end, type, lag, lag unit. Links that
    are there already are changed rather than made anew."""
    row = existing(edit.plan, activity_id)
    text = N_("Change predecessors of “{title}”") if predecessors else N_("Change successors of “{title}”")
    here, there = ("successor", "predecessor") if predecessors else ("predecessor", "successor")
    old = {getattr(link, there): link for link in edit.plan.where(Dependency, here, row.id)}
    for other, kind, lag, lag_unit in wanted:
        link = old.pop(other, None)
        if link is not None:
            edit.update(link, type=kind, lag=lag, lag_unit=lag_unit)
        elif predecessors:
            add(edit, other, row.id, kind, lag, lag_unit)
        else:
            add(edit, row.id, other, kind, lag, lag_unit)
    for link in old.values():
        edit.remove(link)
    edit.label = message(text, title=row.title)
