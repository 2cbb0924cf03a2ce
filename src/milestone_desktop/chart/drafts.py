"""A row that is not in the plan yet: it stands among the others while its title is typed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from milestone_desktop.chart.outline import Outline, RowKind
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.chart.rows import Rows

DRAFT = -(1 << 60)
"""The id of the row."""

_DATES = frozenset({"own_start", "own_end", "start", "end", "target"})


@dataclass(frozen=True, slots=True)
class Draft:
    """near: the activity that the row stands after, with all that is under it; None for the end. inside: as its last
    child rather than beside it. milestone: what it will be. head: the group that it stands in, by the id of its head: after
    `near` there, or at its end."""

    near: int | None = None
    inside: bool = False
    milestone: bool = False
    head: int | None = None


def drafted(rows: Rows, draft: Draft) -> Rows:
    """The rows with one more among them. What would hide it is opened."""
    outline = rows.outline
    count = len(outline.ids)
    near, head = _near(outline, draft), None if draft.head is None else outline.place(draft.head)
    if near is None and head is not None:
        at, parent, level = head + int(outline.size[head]), head, int(outline.level[head]) + 1
    elif near is None:
        at, parent, level = count, -1, 0
        if outline.with_heads and count:
            parent, level = int(np.flatnonzero(outline.level == 0)[-1]), 1
    else:
        at = near + int(outline.size[near])
        parent = near if draft.inside else int(outline.parent[near])
        level = int(outline.level[near]) + (1 if draft.inside else 0)
    grown = _inserted(outline, at, parent, level, RowKind.MILESTONE if draft.milestone else RowKind.ITEM)
    above = grown.above(at)
    grown.size[above] += 1
    opened = rows.collapsed - {int(grown.ids[place]) for place in above}
    return replace(rows, outline=grown, _rows_by_id={}).with_collapsed(opened)


def _near(outline: Outline, draft: Draft) -> int | None:
    """The place to stand after: of several that an activity has, the one in the draft's group."""
    places = [] if draft.near is None else outline.places(draft.near).tolist()
    return next((at for at in places if int(outline.ids[outline.parent[at]]) == draft.head), places[0] if places else None)


def _inserted(outline: Outline, at: int, parent: int, level: int, kind: RowKind) -> Outline:
    """A copy of every column with one more value; positions behind it are one further on."""
    own = {"ids": DRAFT, "parent": parent, "level": level, "size": 1, "kind": int(kind), "origin": -1}
    columns: dict[str, Any] = {}
    for field in fields(outline):
        column = getattr(outline, field.name)
        if not isinstance(column, np.ndarray) or field.name.startswith("_"):
            continue
        if field.name == "parent":
            column = np.where(column >= at, column + 1, column)
        value = own.get(field.name, NO_INSTANT if field.name in _DATES else 0)
        columns[field.name] = np.insert(column, at, value)
    return replace(outline, heads={**outline.heads, DRAFT: ""}, _by_id=None, **columns)
