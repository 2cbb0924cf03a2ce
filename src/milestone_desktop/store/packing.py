"""Changes as compressed JSON: what a journal entry and a checkpoint hold.

The text is a list of groups. A group holds changes of the same fields of one kind, as columns, because columns of like
values compress best (an edit of 1 000 rows takes some 20 bytes a row):

    {"kind": "WorkItem", "fields": ["start"], "ids": [7, 1, 1], "old": [["…", "…", "…"]], "new": [["…", "…", "…"]]}

"ids" are ascending, each as its distance from the one before. Where "old" is missing the records were added, where
"new" is missing they were removed; then "fields" leaves out the fields that had their default. Values stand in their
plain form (see `codecs`). "derived": true marks changes that the scheduler made.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from itertools import accumulate, islice, pairwise
from types import MappingProxyType
from typing import Any, Protocol

from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.kinds import KINDS, kind_named, with_fields
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.codecs import canonical_json, codec_by_name, codecs
from milestone_desktop.store.records import changed_fields

Group = dict[str, Any]
Upgrade = Callable[[list[Group]], list[Group]]

FORMAT = 1
"""The number of the form described above. A migration that alters records raises it and adds an upgrade."""

UPGRADES: Mapping[int, Upgrade] = MappingProxyType({})
"""Format number → function that turns groups of that format into groups of the next."""

READ_TOGETHER = 500
"""Contents that are read as one text."""

LARGEST_CONTENT = 1 << 30
"""Bytes after unpacking; more than any plan holds, and a bound for a file made to exhaust memory."""


class MismatchError(Exception):
    """The journal and the plan contradict each other: the file was altered from outside or is damaged."""


def pack(data: Any) -> bytes:
    """JSON, compressed."""
    return zlib.compress(canonical_json(data).encode("utf-8"), 6)


def unpack(content: bytes) -> Any:
    """What `pack` was given. Raises ValueError where that cannot be."""
    return json.loads(_text(content))


def unpack_many(contents: Iterable[bytes]) -> Iterator[Any]:
    """What `pack` was given, one after the other: thousands of small ones several times faster than by `unpack`.

    Raises ValueError where one of them cannot be read.
    """
    waiting = iter(contents)
    while texts := [_text(content) for content in islice(waiting, READ_TOGETHER)]:
        found = json.loads(b"[" + b",".join(texts) + b"]")
        if len(found) != len(texts):
            raise ValueError("not one value each")
        yield from found


def _text(content: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(content, LARGEST_CONTENT)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("cut off or too large")
    return text


def groups_of(changes: Iterable[Change]) -> list[Group]:
    """Changes as groups, in the order in which the first of each group comes."""
    found: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        key = (change.kind, _fields_to_keep(change), change.old is None, change.new is None, change.derived)
        found.setdefault(key, []).append(change)
    return [_group(kind, names, members, derived) for (kind, names, _, _, derived), members in found.items()]


def groups_of_plan(plan: Plan) -> list[Group]:
    """A whole plan as groups of added records, one for each kind that has any."""
    groups = []
    for kind in KINDS:
        rows: list[Any] = sorted(plan.all(kind), key=lambda row: row.id)
        if rows:
            names = tuple(codec.name for codec in codecs(kind) if codec.name != "id")
            groups.append(_group(kind, names, [Change(None, row) for row in rows], False))
    return groups


def upgraded(groups: list[Group], number: int, upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = FORMAT) -> list[Group]:
    """Groups written in format `number`, in today's format. Raises KeyError where no upgrade leads there."""
    while number < newest:
        groups = upgrades[number](groups)
        number += 1
    return groups


class Rows(Protocol):
    """What has records by kind and id: a plan, or one with some of them replaced."""

    def get(self, kind: type[Any], row_id: int, /) -> Any: ...


def changes_before(groups: Iterable[Group], plan: Rows) -> list[Change]:
    """The changes as whole records, given the plan as it stands right after them.

    Raises MismatchError where the plan does not hold what the groups say.
    """
    changes = []
    for group in groups:
        kind = kind_named(group["kind"])
        derived = bool(group.get("derived"))
        for row_id, before, after in _rows(group, kind):
            current: Any = plan.get(kind, row_id)
            if after is None:
                _agree(current is None, kind, row_id)
                changes.append(Change(_record(kind, row_id, before), None, derived))
                continue
            _agree(current is not None and _holds(current, after), kind, row_id)
            changes.append(Change(None if before is None else with_fields(current, before), current, derived))
    return changes


def apply_forward(groups: Iterable[Group], plan: Plan) -> None:
    """Makes the changes in a plan that stands as it did before them. Raises MismatchError where it does not."""
    for group in groups:
        kind = kind_named(group["kind"])
        for row_id, before, after in _rows(group, kind):
            current: Any = plan.get(kind, row_id)
            if before is None:
                _agree(current is None, kind, row_id)
                plan.put(_record(kind, row_id, after))
                continue
            _agree(current is not None and _holds(current, before), kind, row_id)
            if after is None:
                plan.discard(kind, row_id)
            else:
                plan.put(with_fields(current, after))


def _group(kind: type, names: tuple[str, ...], members: Sequence[Change], derived: bool) -> Group:
    members = sorted(members, key=lambda change: change.id)
    ids = [change.id for change in members]
    group: Group = {"kind": kind.__name__, "fields": list(names), "ids": ids[:1] + [b - a for a, b in pairwise(ids)]}
    if members[0].old is not None:
        group["old"] = _columns(kind, names, [change.old for change in members])
    if members[0].new is not None:
        group["new"] = _columns(kind, names, [change.new for change in members])
    if derived:
        group["derived"] = True
    return group


def _columns(kind: type, names: tuple[str, ...], rows: Sequence[Any]) -> list[list[Any]]:
    chosen = [codec_by_name(kind)[name] for name in names]
    return [[codec.plain(getattr(row, codec.name)) for row in rows] for codec in chosen]


def _fields_to_keep(change: Change) -> tuple[str, ...]:
    if change.old is not None and change.new is not None:
        return changed_fields(change)
    row = change.new if change.new is not None else change.old
    return tuple(name for name, default in _defaults(change.kind).items() if getattr(row, name) != default)


@cache
def _defaults(kind: type) -> dict[str, Any]:
    """The default of each field but `id`; MISSING, which equals nothing, where there is none."""
    found = {}
    for field in fields(kind):
        if field.name != "id":
            found[field.name] = field.default if field.default_factory is MISSING else field.default_factory()
    return found


def _rows(group: Group, kind: type) -> Iterable[tuple[int, dict[str, Any] | None, dict[str, Any] | None]]:
    """Each change of a group: id, field values before, field values after."""
    ids = list(accumulate(group["ids"]))
    before = _values(group, kind, "old", len(ids))
    after = _values(group, kind, "new", len(ids))
    return zip(ids, before, after, strict=True)


def _values(group: Group, kind: type, side: str, count: int) -> Iterable[dict[str, Any] | None]:
    if side not in group:
        return [None] * count
    names = group["fields"]
    if not names:
        return [{} for _ in range(count)]
    chosen = [codec_by_name(kind)[name] for name in names]
    columns = [[codec.value(plain) for plain in column] for codec, column in zip(chosen, group[side], strict=True)]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _record(kind: type, row_id: int, values: dict[str, Any] | None) -> Any:
    return kind(id=row_id, **(values or {}))


def _holds(row: Any, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _agree(holds: bool, kind: type, row_id: int) -> None:
    if not holds:
        raise MismatchError(f"{kind.__name__} {row_id}")
