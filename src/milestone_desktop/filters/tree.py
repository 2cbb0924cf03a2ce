"""A filter as a tree: conditions, and what binds them. Values are text in one canonical form, so that a tree can be
printed, read back and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Operator(StrEnum):
    """How a condition compares. NEXT and LAST: within so many days from, or up to, the reference day."""

    EQUALS = "equals"
    NOT_EQUALS = "not equals"
    IN = "in"
    NOT_IN = "not in"
    LIKE = "like"
    NOT_LIKE = "not like"
    EMPTY = "is empty"
    NOT_EMPTY = "is not empty"
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    BETWEEN = "between"
    NEXT = "in the next"
    LAST = "in the last"
    OVERLAPS = "overlaps"


OPPOSITES = {
    Operator.EQUALS: Operator.NOT_EQUALS,
    Operator.IN: Operator.NOT_IN,
    Operator.LIKE: Operator.NOT_LIKE,
    Operator.EMPTY: Operator.NOT_EMPTY,
    Operator.NOT_EMPTY: Operator.EMPTY,
}
"""Operators that have one for the opposite."""

NEGATIVES = frozenset({Operator.NOT_EQUALS, Operator.NOT_IN, Operator.NOT_LIKE})
VALUELESS = frozenset({Operator.EMPTY, Operator.NOT_EMPTY})
PAIRED = frozenset({Operator.BETWEEN, Operator.OVERLAPS})
"""Operators that take two values, both included."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a field, named as in `filters.fields`."""

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no parts: everything is kept."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


Node: TypeAlias = Condition | All | Some | Not

EVERYTHING = All()


def every(parts: Iterable[Node]) -> Node:
    """All of the parts, groups of the same sort opened, a single part as it is."""
    return _joined(All, parts)


def some(parts: Iterable[Node]) -> Node:
    """At least one of the parts, groups of the same sort opened, a single part as it is."""
    return _joined(Some, parts)


def _joined(sort: type[All] | type[Some], parts: Iterable[Node]) -> Node:
    found: list[Node] = []
    for part in parts:
        if isinstance(part, sort):
            found += part.parts
        else:
            found.append(part)
    return found[0] if len(found) == 1 else sort(tuple(found))


def tops(node: Node) -> tuple[Node, ...]:
    """The conditions that stand next to each other at the top: what can be taken away one by one."""
    return node.parts if isinstance(node, All) else (node,)


def conditions(node: Node) -> Iterator[Condition]:
    """Every condition of a tree."""
    waiting: list[Node] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Condition):
            yield part
        elif isinstance(part, Not):
            waiting.append(part.part)
        else:
            waiting += reversed(part.parts)
