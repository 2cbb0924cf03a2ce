"""Where rows stand in the outline once a file was read again: new ones beside their neighbours in the file, others where they
stood, unless the file itself has put them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.order import order_after, order_before, place
from milestone_desktop.domain.outline import children, descendants
from milestone_desktop.exchange.said import Known, Record

Rows = Mapping[str, Record]
"""What a file says of its rows, in their order; `parent` is the key of the row above."""


def place_rows(edit: Edit, here: Known, new: Rows, old: Rows | None, added: set[str]) -> None:
    """Puts the rows that came in (`added`), and those that the file has moved since it said `old`, where it has them now."""
    before = _by_parent(old) if old is not None else {}
    for parent, keys in _by_parent(new).items():
        above = here.activities.get(parent) if parent is not None else None
        present = [key for key in keys if key in here.activities]
        come = {key for key in present if key in added or (old is not None and key in old and old[key]["parent"] != parent)}
        if come:
            _put_in(edit, here, above, present, come)
        stayed = [key for key in present if key not in come]
        earlier = [key for key in before.get(parent, ()) if key in set(stayed)]
        if earlier != [key for key in stayed if key in set(earlier)]:
            rows = [edit.plan.activity(here.activities[key]) for key in present]
            place(edit, [row for row in rows if row is not None and row.parent == above], above)


def _by_parent(rows: Rows) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for key, record in rows.items():
        found.setdefault(record["parent"], []).append(key)
    return found


def _put_in(edit: Edit, here: Known, above: int | None, keys: Sequence[str], come: set[str]) -> None:
    """Puts the rows that come under a parent after those that stand before them in the file. One that holds the parent stays."""
    neighbour: int | None = None
    waiting: list[int] = []
    for key in [*keys, None]:
        row = edit.plan.activity(here.activities[key]) if key is not None else None
        if row is not None and key in come:
            if above is None or above not in {below.id for below in descendants(edit.plan, row.id)}:
                waiting.append(row.id)
            continue
        if waiting:
            _put(edit, here.project, above, waiting, neighbour)
            neighbour, waiting = waiting[-1], []
        if row is not None and row.parent == above:
            neighbour = row.id


def _put(edit: Edit, project: int, above: int | None, ids: Sequence[int], after: int | None) -> None:
    """Rows right after a sibling, or before all others."""
    there = [row for row in children(edit.plan, project, above) if row.id not in set(ids)]
    if after is not None:
        orders = order_after(edit, project, above, after, len(ids))
    elif there:
        orders = order_before(edit, project, above, there[0].id, len(ids))
    else:
        orders = [float(place + 1) for place in range(len(ids))]
    for row_id, order in zip(ids, orders, strict=True):
        row = edit.plan.activity(row_id)
        if row is not None:
            edit.update(row, parent=above, order=order)
