"""Where a row stands among its siblings. Order is a number between its neighbours', so that placing one row changes one row."""

from __future__ import annotations

from collections.abc import Sequence

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.outline import children, descendants

SMALLEST_GAP = 1e-6


def order_after(edit: Edit, project: int, parent: int | None, after: int | None, count: int = 1) -> list[float]:
    """`count` order numbers for rows placed right after the sibling `after` (None: at the end)."""
    siblings = children(edit.plan, project, parent)
    if not siblings:
        return [float(n + 1) for n in range(count)]
    position = next((n for n, row in enumerate(siblings) if row.id == after), len(siblings) - 1)
    low = siblings[position].order
    if position + 1 == len(siblings):
        return [low + n + 1 for n in range(count)]
    return _between(edit, siblings, position + 1, count)


def order_before(edit: Edit, project: int, parent: int | None, before: int, count: int = 1) -> list[float]:
    """`count` order numbers for rows placed right before the sibling `before`."""
    siblings = children(edit.plan, project, parent)
    position = next((n for n, row in enumerate(siblings) if row.id == before), 0)
    if position == 0:
        first = siblings[0].order if siblings else 1.0
        return [first - count + n for n in range(count)]
    return _between(edit, siblings, position, count)


def place(
    edit: Edit, rows: Sequence[Activity], parent: int | None, *, after: int | None = None, before: int | None = None
) -> None:
    """Moves rows (with what is below them) under `parent`, right after or before one of its children, or to its end.

    Raises PlanError where a row would come to stand below itself.
    """
    if not rows:
        return
    moved = {row.id for row in rows}
    below = set().union(*({child.id for child in descendants(edit.plan, row.id)} for row in rows))
    if parent is not None and (parent in moved or parent in below):
        raise PlanError(N_("“{title}” cannot be moved below itself."), N_("Choose a row outside of it."), title=rows[0].title)
    project = rows[0].project
    if before is not None:
        orders = order_before(edit, project, parent, before, len(rows))
    else:
        orders = order_after(edit, project, parent, after, len(rows))
    for row, order in zip(rows, orders, strict=True):
        edit.update(row, parent=parent, order=order)


def _between(edit: Edit, siblings: list[Activity], position: int, count: int) -> list[float]:
    """Numbers between the siblings at `position` - 1 and `position`; renumbers all where there is no room left."""
    low, high = siblings[position - 1].order, siblings[position].order
    step = (high - low) / (count + 1)
    if step > SMALLEST_GAP:
        return [low + step * (n + 1) for n in range(count)]
    for n, row in enumerate(siblings):
        edit.update(row, order=float(n + 1 if n < position else n + 1 + count))
    return [float(position + 1 + n) for n in range(count)]
