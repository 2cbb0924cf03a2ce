"""How a record describes its fields, so that storing, indexing and deleting need no code per kind.

A record is a slotted dataclass whose first field is `id`. It is immutable by convention: a change makes a new record
with `dataclasses.replace` (a frozen class would double the time to load a plan; a test holds the convention).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OnDelete(StrEnum):
    """What deleting a record does to those that refer to it."""

    CASCADE = "cascade"  # they go too
    CLEAR = "clear"  # their reference becomes None
    REFUSE = "refuse"  # it cannot be deleted while they are there


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that holds the id of another record; `kind` is that record's class name.

    It stands in the field's annotation: `project: Annotated[int, belongs_to("Project")]`.
    """

    kind: str
    on_delete: OnDelete


def belongs_to(kind: str) -> Reference:
    """A required reference to an owner: deleted with it."""
    return Reference(kind, OnDelete.CASCADE)


def child_of(kind: str) -> Reference:
    """An optional reference to an owner (None = top level): deleted with it."""
    return Reference(kind, OnDelete.CASCADE)


def refers_to(kind: str) -> Reference:
    """An optional reference, cleared when the other record is deleted."""
    return Reference(kind, OnDelete.CLEAR)


def needs(kind: str) -> Reference:
    """A required reference; the other record cannot be deleted while this one uses it."""
    return Reference(kind, OnDelete.REFUSE)
