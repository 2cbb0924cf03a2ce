"""Going from one state of a plan to another along the journal, forwards or backwards, also through what was compacted.

The entries in between are first added up field by field, and each record is made once: a thousand edits of one row cost
one new record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.kinds import kind_named
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.codecs import codec_by_name
from milestone_desktop.store.packing import Group, unpack, upgraded
from milestone_desktop.store.schema import JOURNAL, JOURNAL_BLOCK

_AS_IT_WAS, _MADE, _GONE = 0, 1, 2


def replayed(connection: sa.Connection, plan: Plan, at: int, to: int) -> Plan:
    """The plan as it stood after entry `to`, given the plan as it stood after entry `at`, which is left as it is.

    Raises LookupError where the journal lacks an entry in between, ValueError where one cannot be read.
    """
    forwards = to > at
    net: dict[tuple[str, int], list[Any]] = {}
    for _, groups in entries(connection, min(at, to) + 1, max(at, to), forwards=forwards):
        for group in groups if forwards else reversed(groups):
            _add_up(net, group, forwards)
    twin = plan.copy()
    for (name, row_id), (state, fields) in net.items():
        _settle(twin, kind_named(name), row_id, state, fields)
    return twin


def entries(connection: sa.Connection, first: int, last: int, *, forwards: bool = True) -> Iterator[tuple[int, list[Group]]]:
    """The changes of the entries `first` … `last`, in their order or the other way round.

    Raises LookupError where one is missing.
    """
    found = dict(_of_blocks(connection, first, last))
    query = sa.select(JOURNAL.c.sequence, JOURNAL.c.format, JOURNAL.c.content).where(
        JOURNAL.c.sequence.between(first, last), JOURNAL.c.content.is_not(None)
    )
    found |= {sequence: (number, content) for sequence, number, content in connection.execute(query)}
    for sequence in range(first, last + 1) if forwards else range(last, first - 1, -1):
        number, content = found[sequence]
        yield sequence, upgraded(unpack(content) if isinstance(content, bytes) else content, number)


def _of_blocks(connection: sa.Connection, first: int, last: int) -> Iterator[tuple[int, tuple[int, Any]]]:
    query = sa.select(JOURNAL_BLOCK).where(JOURNAL_BLOCK.c.last >= first, JOURNAL_BLOCK.c.first <= last)
    for row in connection.execute(query):
        for sequence, number, groups in unpack(row.content):
            if first <= sequence <= last:
                yield sequence, (number, groups)


def _add_up(net: dict[tuple[str, int], list[Any]], group: Group, forwards: bool) -> None:
    """Takes one group of changes into what is to be done to each record: [state, fields by name in their plain form]."""
    name, names = group["kind"], group["fields"]
    before, after = ("old", "new") if forwards else ("new", "old")
    ids = accumulate(group["ids"])
    if after not in group:
        for row_id in ids:
            net[name, row_id] = [_GONE, {}]
        return
    rows = zip(*group[after], strict=True) if names else ([()] * len(group["ids"]))
    comes = before not in group
    for row_id, values in zip(ids, rows, strict=True):
        known = net.get((name, row_id))
        if comes or known is None:
            net[name, row_id] = [_MADE if comes else _AS_IT_WAS, dict(zip(names, values, strict=True))]
        else:
            known[1].update(zip(names, values, strict=True))


def _settle(plan: Plan, kind: type, row_id: int, state: int, fields: dict[str, Any]) -> None:
    current: Any = plan.get(kind, row_id)
    if state == _GONE:
        if current is not None:
            plan.discard(kind, row_id)
        return
    known = codec_by_name(kind)
    values = {name: known[name].value(plain) for name, plain in fields.items()}
    if state == _MADE:
        plan.put(kind(id=row_id, **values))
    elif current is None:
        raise LookupError(f"{kind.__name__} {row_id}")
    else:
        plan.put(replace(current, **values))
