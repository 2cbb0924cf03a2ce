"""Big things, kept once under the SHA-256 of their bytes: evidence, signed files, packed baselines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from milestone_desktop.store.schema import BLOB


def keep(connection: sa.Connection, contents: Mapping[str, bytes]) -> None:
    """Adds contents that are not there yet."""
    if contents:
        rows = [{"sha256": name, "content": content} for name, content in contents.items()]
        connection.execute(BLOB.insert().prefix_with("OR IGNORE"), rows)


def content(connection: sa.Connection, sha256: str) -> bytes | None:
    """The bytes kept under a digest, or None."""
    found: bytes | None = connection.scalar(sa.select(BLOB.c.content).where(BLOB.c.sha256 == sha256))
    return found


def digests(connection: sa.Connection) -> list[str]:
    """The names of all that is kept."""
    return list(connection.scalars(sa.select(BLOB.c.sha256).order_by(BLOB.c.sha256)))


def wrong_digests(connection: sa.Connection) -> Iterator[str]:
    """The names under which other bytes are kept than those they name."""
    for name in digests(connection):
        if hashlib.sha256(content(connection, name) or b"").hexdigest() != name:
            yield name
