"""The journal in the file: one row for each edit, with what it changed and the receipts of what it moved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import ChangeSet, JournalLine, Receipt, Recorded
from milestone_desktop.domain.instants import Instant, instant_from_iso, instant_to_iso
from milestone_desktop.domain.messages import from_data, to_data
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.codecs import canonical_json
from milestone_desktop.store.engine import raw_connection
from milestone_desktop.store.packing import FORMAT, Group, groups_of, groups_of_plan, pack, unpack, unpack_many, upgraded
from milestone_desktop.store.schema import CHECKPOINT, JOURNAL, JOURNAL_MILESTONE

HEAD = (JOURNAL.c.sequence, JOURNAL.c.time, JOURNAL.c.label, JOURNAL.c.undoes)


def last_sequence(connection: sa.Connection) -> int:
    """The number of the newest entry, 0 for none."""
    return connection.scalar(sa.select(sa.func.max(JOURNAL.c.sequence))) or 0


def undoable_from(connection: sa.Connection) -> int:
    """The first entry after the last whose content was compacted away."""
    return 1 + (connection.scalar(sa.select(sa.func.max(JOURNAL.c.sequence)).where(JOURNAL.c.content.is_(None))) or 0)


def write_entry(
    connection: sa.Connection,
    sequence: int,
    change_set: ChangeSet,
    receipts: Sequence[Receipt],
    time: datetime,
    undoes: int | None,
) -> None:
    """Adds an entry."""
    entry = {
        "sequence": sequence,
        "time": time.isoformat(),
        "format": FORMAT,
        "undoes": undoes,
        "label": canonical_json(to_data(change_set.label)),
        "content": pack(groups_of(change_set.changes)),
        "receipts": pack([_receipt_data(receipt) for receipt in receipts]) if receipts else None,
    }
    connection.execute(JOURNAL.insert(), entry)
    dates = {receipt.milestone: (receipt.old, receipt.new) for receipt in receipts if receipt.what == "planned"}
    milestones = sorted({receipt.milestone for receipt in receipts} | _concerned(change_set))
    if milestones:
        connection.execute(JOURNAL_MILESTONE.insert(), [_concern(each, sequence, dates.get(each)) for each in milestones])


def _concern(milestone: int, sequence: int, dates: tuple[Instant | None, Instant | None] | None) -> dict[str, Any]:
    old, new = (None if moment is None else instant_to_iso(moment) for moment in dates or (None, None))
    return {"milestone": milestone, "sequence": sequence, "moved_from": old, "moved_to": new}


def _concerned(change_set: ChangeSet) -> set[int]:
    """The milestones that an edit changes, or of which it changes what belongs to them."""
    found = change_set.ids(Milestone)
    for change in change_set.changes:
        row = change.new if change.new is not None else change.old
        owner = getattr(row, "milestone", None)
        if isinstance(owner, int):
            found.add(owner)
    return found


def concerning(connection: sa.Connection, milestone: int) -> set[int]:
    """The numbers of the entries that concern a milestone."""
    query = sa.select(JOURNAL_MILESTONE.c.sequence).where(JOURNAL_MILESTONE.c.milestone == milestone)
    return set(connection.scalars(query))


def lines(connection: sa.Connection) -> list[JournalLine]:
    """The heads of all entries, oldest first."""
    return [_line(*row) for row in connection.execute(sa.select(*HEAD).order_by(JOURNAL.c.sequence))]


def line(connection: sa.Connection, sequence: int) -> JournalLine:
    """The head of one entry. Raises LookupError where there is none."""
    row = connection.execute(sa.select(*HEAD).where(JOURNAL.c.sequence == sequence)).one_or_none()
    if row is None:
        raise LookupError(sequence)
    return _line(*row)


def groups(connection: sa.Connection, sequence: int) -> list[Group]:
    """The packed changes of one entry. Raises KeyError where there are none (compacted or never there)."""
    row = connection.execute(sa.select(JOURNAL.c.format, JOURNAL.c.content).where(JOURNAL.c.sequence == sequence)).one_or_none()
    if row is None or row.content is None:
        raise KeyError(sequence)
    return upgraded(unpack(row.content), row.format)


def sequences_after(connection: sa.Connection, sequence: int) -> list[int]:
    """The numbers of the entries after `sequence`, oldest first."""
    query = sa.select(JOURNAL.c.sequence).where(JOURNAL.c.sequence > sequence).order_by(JOURNAL.c.sequence)
    return list(connection.scalars(query))


def receipts(connection: sa.Connection, milestone: int | None) -> list[tuple[JournalLine, Receipt]]:
    """Every receipt (of one milestone) with the head of its entry, oldest first."""
    query = sa.select(*HEAD, JOURNAL.c.receipts).where(JOURNAL.c.receipts.is_not(None)).order_by(JOURNAL.c.sequence)
    if milestone is not None:
        of_it = sa.select(JOURNAL_MILESTONE.c.sequence).where(JOURNAL_MILESTONE.c.milestone == milestone)
        query = query.where(JOURNAL.c.sequence.in_(of_it))
    rows = connection.execute(query).all()
    found = []
    for (*head, _), told in zip(rows, unpack_many(row.receipts for row in rows), strict=True):
        line = _line(*head)
        found += [(line, receipt) for receipt in _receipts(told) if milestone in (None, receipt.milestone)]
    return found


def moves(connection: sa.Connection, lines: Iterable[JournalLine]) -> list[Recorded]:
    """Every change of a planned date, oldest first: what receipts say, without their causes, many times faster.

    lines: the heads of all entries, which know the days.
    """
    of = JOURNAL_MILESTONE.c
    query = sa.select(of.sequence, of.milestone, of.moved_from, of.moved_to).where(
        sa.or_(of.moved_from.is_not(None), of.moved_to.is_not(None))
    )
    # The driver's own rows, unsorted: ten thousand of them come three times as fast as by way of joins and Row objects.
    rows = raw_connection(connection).execute(str(query.compile(connection))).fetchall()
    rows.sort()
    days = {line.sequence: line.time.toordinal() for line in lines}
    moments: dict[str | None, Instant | None] = {None: None}
    for text in {text for row in rows for text in row[2:]} - {None}:
        moments[text] = instant_from_iso(text)
    return [Recorded(entry, days[entry], milestone, moments[old], moments[new]) for entry, milestone, old, new in rows]


def write_checkpoint(connection: sa.Connection, sequence: int, plan: Plan, time: datetime) -> None:
    """Keeps the whole plan as it stands after entry `sequence`, in place of an older checkpoint of that number."""
    values = {"sequence": sequence, "time": time.isoformat(), "format": FORMAT, "content": pack(groups_of_plan(plan))}
    connection.execute(CHECKPOINT.insert().prefix_with("OR REPLACE"), values)


def newest_checkpoint(connection: sa.Connection) -> tuple[int, list[Group]]:
    """The number and groups of the newest checkpoint. Raises LookupError where there is none."""
    row = connection.execute(sa.select(CHECKPOINT).order_by(CHECKPOINT.c.sequence.desc()).limit(1)).one_or_none()
    if row is None:
        raise LookupError("no checkpoint")
    return row.sequence, upgraded(unpack(row.content), row.format)


def _line(sequence: int, time: str, label: str, undoes: int | None) -> JournalLine:
    return JournalLine(sequence, datetime.fromisoformat(time), from_data(json.loads(label)), undoes)


def _receipt_data(receipt: Receipt) -> list[Any]:
    old, new = (None if moment is None else instant_to_iso(moment) for moment in (receipt.old, receipt.new))
    causes = [[to_data(cause), days] for cause, days in receipt.causes]
    data = [receipt.milestone, receipt.what, old, new, receipt.working_days, causes]
    return [*data, receipt.reason] if receipt.reason else data


def _receipts(data: Iterable[Any]) -> Iterator[Receipt]:
    for milestone, what, old, new, days, causes, *reason in data:
        before, after = (None if text is None else instant_from_iso(text) for text in (old, new))
        told = tuple((from_data(cause), share) for cause, share in causes)
        yield Receipt(milestone, what, before, after, days, told, *reason)
