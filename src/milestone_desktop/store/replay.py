"""Going from one state of a plan to another along the journal, forwards or backwards, also through what was compacted.

The entries in between are first added up field by field, and each record is made once: a thousand edits of one row cost
one new record.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.kinds import kind_named, with_fields
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.codecs import codec_by_name
from milestone_desktop.store.packing import Group, changes_before, unpack, unpack_many, upgraded
from milestone_desktop.store.schema import JOURNAL, JOURNAL_BLOCK

_AS_IT_WAS, _MADE, _GONE = 0, 1, 2


def between(connection: sa.Connection, plan: Plan, at: int, to: int) -> list[Change]:
    """What leads from the plan as it stood after entry `at` (`plan`) to how it stood after entry `to`, each record once.

    Raises LookupError where the journal lacks an entry in between, ValueError where one cannot be read.
    """
    forwards = to > at
    net: dict[tuple[str, int], list[Any]] = {}
    for _, groups in entries(connection, min(at, to) + 1, max(at, to), forwards=forwards):
        for group in groups if forwards else reversed(groups):
            _add_up(net, group, forwards)
    found = (_settled(plan, kind_named(name), row_id, *done) for (name, row_id), done in net.items())
    return [change for change in found if change.old is not change.new]


def steps(connection: sa.Connection, plan: Plan, first: int, last: int) -> list[tuple[Change, ...]]:
    """The changes of the entries `first` … `last`, each as whole records; `plan` stands as after `last`.

    Raises LookupError, ValueError or MismatchError where the journal does not lead there.
    """
    state = _Overlaid(plan)
    found = []
    for _, groups in entries(connection, first, last, forwards=False):
        changes = tuple(changes_before(groups, state))
        for change in changes:
            state.take(change.kind, change.id, change.old)
        found.append(changes)
    return found[::-1]


class _Overlaid:
    """A plan with some records otherwise than they are in it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows: dict[tuple[type, int], Any] = {}

    def get(self, kind: type, row_id: int) -> Any:
        key = (kind, row_id)
        return self._rows[key] if key in self._rows else self._plan.get(kind, row_id)

    def take(self, kind: type, row_id: int, row: Any) -> None:
        self._rows[kind, row_id] = row


def entries(connection: sa.Connection, first: int, last: int, *, forwards: bool = True) -> Iterator[tuple[int, list[Group]]]:
    """The changes of the entries `first` … `last`, in their order or the other way round.

    Raises LookupError where one is missing.
    """
    sequence = JOURNAL.c.sequence
    query = sa.select(sequence, JOURNAL.c.format, JOURNAL.c.content).where(
        sequence.between(first, last), JOURNAL.c.content.is_not(None)
    )
    rows = connection.execute(query.order_by(sequence if forwards else sequence.desc())).all()
    alone = zip(rows, unpack_many(row.content for row in rows), strict=True)
    packed = dict(_of_blocks(connection, first, last))
    numbers = iter(range(first, last + 1) if forwards else range(last, first - 1, -1))
    for row, groups in alone:
        for number in numbers:
            if number == row.sequence:
                break
            yield number, packed[number]
        yield row.sequence, upgraded(groups, row.format)
    for number in numbers:
        yield number, packed[number]


def _of_blocks(connection: sa.Connection, first: int, last: int) -> Iterator[tuple[int, list[Group]]]:
    query = sa.select(JOURNAL_BLOCK).where(JOURNAL_BLOCK.c.last >= first, JOURNAL_BLOCK.c.first <= last)
    for row in connection.execute(query):
        for sequence, number, groups in unpack(row.content):
            if first <= sequence <= last:
                yield sequence, upgraded(groups, number)


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


def _settled(plan: Plan, kind: type, row_id: int, state: int, fields: dict[str, Any]) -> Change:
    current: Any = plan.get(kind, row_id)
    if state == _GONE:
        return Change(current, None)
    known = codec_by_name(kind)
    values = {name: known[name].value(plain) for name, plain in fields.items()}
    if state == _MADE:
        return Change(current, kind(id=row_id, **values))
    if current is None:
        raise LookupError(f"{kind.__name__} {row_id}")
    return Change(current, with_fields(current, values))
