"""Making a workspace file smaller: entries of the journal are packed together, and what nothing refers to any more goes.

What was compacted can no longer be undone. Labels, receipts and the plan of every day stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.kinds import KINDS
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.codecs import canonical_json, codecs
from milestone_desktop.store.packing import FORMAT, pack, unpack
from milestone_desktop.store.schema import BLOB, CHECKPOINT, JOURNAL, JOURNAL_BLOCK

BLOCK = 250
"""Entries packed together: enough to compress well, few enough to read one block for a step of history."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def pack_entries(connection: sa.Connection) -> int:
    """Packs the contents of all entries that stand by themselves into blocks; returns how many there were."""
    query = sa.select(JOURNAL.c.sequence, JOURNAL.c.format, JOURNAL.c.content).where(JOURNAL.c.content.is_not(None))
    rows = connection.execute(query.order_by(JOURNAL.c.sequence)).all()
    for begin in range(0, len(rows), BLOCK):
        members = rows[begin : begin + BLOCK]
        content = pack([[sequence, number, unpack(content)] for sequence, number, content in members])
        block = {"first": members[0].sequence, "last": members[-1].sequence, "format": FORMAT, "content": content}
        connection.execute(JOURNAL_BLOCK.insert(), block)
    connection.execute(JOURNAL.update().where(JOURNAL.c.content.is_not(None)).values(content=None))
    return len(rows)


def drop_checkpoints_before(connection: sa.Connection, sequence: int) -> None:
    """Removes the older copies of the whole plan: the journal leads back from the newest one."""
    connection.execute(CHECKPOINT.delete().where(CHECKPOINT.c.sequence < sequence))


def drop_unreferenced(connection: sa.Connection, plan: Plan) -> int:
    """Removes the contents that no record of the plan refers to; returns how many there were."""
    known = set(connection.scalars(sa.select(BLOB.c.sha256)))
    unneeded = known - digests_in(plan)
    for name in unneeded:
        connection.execute(BLOB.delete().where(BLOB.c.sha256 == name))
    return len(unneeded)


def digests_in(plan: Plan) -> set[str]:
    """Everything in the texts of a plan that looks like a digest, wherever a record may refer to contents."""
    found: set[str] = set()
    for kind in KINDS:
        names = [codec.name for codec in codecs(kind) if codec.column == "TEXT"]
        found.update(digest for text in _texts(plan.all(kind), names) for digest in _DIGEST.findall(text))
    return found


def _texts(rows: Iterable[Any], names: list[str]) -> Iterator[str]:
    for row in rows:
        for name in names:
            value = getattr(row, name)
            if isinstance(value, str) and len(value) >= 64:
                yield value
            elif value and isinstance(value, (dict, tuple)):
                yield canonical_json(value)
