"""Whether a workspace file is sound: the database, its references, and the journal leading to the plan it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.kinds import ACTIVITY_KINDS, KINDS
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store import blobs, journal
from milestone_desktop.store.engine import close_connection, connect, raw_cursor, transaction
from milestone_desktop.store.failures import UNREADABLE, DamagedError, reading
from milestone_desktop.store.loading import load_plan
from milestone_desktop.store.packing import MismatchError, apply_forward, unpack, upgraded
from milestone_desktop.store.recognise import recognise
from milestone_desktop.store.schema import JOURNAL, JOURNAL_BLOCK, SCHEMA_NUMBER, TABLES, create_tables, described

MOST_OF_A_KIND = 20
"""Findings of one kind that are listed; a file that is damaged through and through has thousands."""


def check(path: Path) -> list[Message]:
    """What is wrong with a file; nothing, if it is sound. Reads only, also while another window has it open.

    Raises PlanError where it is no workspace, or cannot be read at all.
    """
    path = path.resolve()
    schema = recognise(path).schema
    with reading(path):
        connection = connect(path, read_only=True)
    try:
        with reading(path), transaction(connection):
            return _findings(connection, schema)
    except DamagedError as error:
        return [error.message]
    finally:
        close_connection(connection)


def _findings(connection: sa.Connection, schema: int) -> list[Message]:
    findings = [*_database(connection), *_references(connection)]
    if findings:
        return findings
    if schema < SCHEMA_NUMBER:
        return [message(N_("The file is of an older version; opening it brings it up to date."))]
    findings += _schema(connection)
    if findings:
        return findings
    findings += [*_activities(connection), *_blobs(connection), *_sequence(connection), *_compacted(connection)]
    try:
        plan = load_plan(connection)
    except UNREADABLE as error:
        return [*findings, message(N_("A record cannot be read ({reason})."), reason=str(error))]
    return [*findings, *_counters(plan), *_replay(connection, plan)]


def _database(connection: sa.Connection) -> Iterator[Message]:
    for (text,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_OF_A_KIND})"):
        if text != "ok":
            yield message(N_("The database is damaged: {reason}."), reason=text)


def _references(connection: sa.Connection) -> Iterator[Message]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST_OF_A_KIND)
    for table, row_id, target, _ in rows:
        yield message(
            N_("A row of “{table}” (id {id}) refers to one of “{target}” that is not there."),
            table=table,
            id=row_id,
            target=target,
        )


def _schema(connection: sa.Connection) -> Iterator[Message]:
    expected, found = _expected_schema(), described(connection)
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield message(N_("“{table}” is not as this version makes it."), table=name)


def _expected_schema() -> dict[str, str]:
    engine = sa.create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            create_tables(connection)
            return described(connection)
    finally:
        engine.dispose()


def _activities(connection: sa.Connection) -> Iterator[Message]:
    """Each id of `activity` names one row, in the table that it says."""
    kinds = dict(raw_cursor(connection).execute("SELECT id, kind FROM activity"))
    real = {row_id: kind.__name__ for kind in ACTIVITY_KINDS for row_id in connection.scalars(sa.select(TABLES[kind].c.id))}
    wrong = sorted(row_id for row_id in kinds.keys() | real.keys() if kinds.get(row_id) != real.get(row_id))
    for row_id in wrong[:MOST_OF_A_KIND]:
        yield message(N_("Activity {id} is not of the kind that its entry says."), id=row_id)


def _blobs(connection: sa.Connection) -> Iterator[Message]:
    for name in blobs.wrong_digests(connection):
        yield message(N_("The content kept as {digest} is no longer what it was."), digest=name)


def _sequence(connection: sa.Connection) -> Iterator[Message]:
    count, last = connection.execute(sa.select(sa.func.count(), sa.func.max(JOURNAL.c.sequence)).select_from(JOURNAL)).one()
    if count != (last or 0):
        yield message(N_("The journal has gaps: {count} entries, the last is number {last}."), count=count, last=last)


def _compacted(connection: sa.Connection) -> Iterator[Message]:
    """What an entry without content changed stands in a block that can be read."""
    missing = set(connection.scalars(sa.select(JOURNAL.c.sequence).where(JOURNAL.c.content.is_(None))))
    for block in connection.execute(sa.select(JOURNAL_BLOCK)):
        try:
            missing -= {sequence for sequence, number, groups in unpack(block.content) if upgraded(groups, number) is not None}
        except UNREADABLE as error:
            yield message(
                N_("The block of journal entry {number} cannot be read ({reason})."), number=block.first, reason=str(error)
            )
    for sequence in sorted(missing)[:MOST_OF_A_KIND]:
        yield message(N_("What journal entry {number} changed is not there."), number=sequence)


def _counters(plan: Plan) -> Iterator[Message]:
    """A counter below what was given out would give an id or number a second time."""
    highest = {"id": max((row_id for kind in KINDS for row_id in _ids(plan, kind)), default=0)}
    for item in plan.all(WorkItem):
        name = f"item:{item.project}"
        highest[name] = max(highest.get(name, 0), item.number)
    for name, value in highest.items():
        if plan.counters.get(name, 0) < value:
            yield message(
                N_("Counter “{name}” stands at {count}, below {highest}, which was given out."),
                name=name,
                count=plan.counters.get(name, 0),
                highest=value,
            )


def _replay(connection: sa.Connection, plan: Plan) -> Iterator[Message]:
    """The newest checkpoint and the journal after it give the plan that the tables hold."""
    try:
        number, groups = journal.newest_checkpoint(connection)
    except UNREADABLE as error:
        yield message(N_("There is no checkpoint that can be read ({reason})."), reason=str(error))
        return
    replayed = Plan()
    try:
        apply_forward(groups, replayed)
        for sequence in journal.sequences_after(connection, number):
            number = sequence
            apply_forward(journal.groups(connection, sequence), replayed)
    except (*UNREADABLE, MismatchError) as error:
        yield message(N_("Journal entry {number} cannot be replayed ({reason})."), number=number, reason=str(error))
        return
    yield from _differences(replayed, plan)


def _differences(replayed: Plan, plan: Plan) -> Iterator[Message]:
    for kind in KINDS:
        ids = _ids(plan, kind) | _ids(replayed, kind)
        wrong = sorted(row_id for row_id in ids if plan.get(kind, row_id) != replayed.get(kind, row_id))
        for row_id in wrong[:MOST_OF_A_KIND]:
            yield message(N_("{kind} {id} is not what the journal says."), kind=kind.__name__, id=row_id)


def _ids(plan: Plan, kind: type) -> set[int]:
    rows: Iterable[Any] = plan.all(kind)
    return {row.id for row in rows}
