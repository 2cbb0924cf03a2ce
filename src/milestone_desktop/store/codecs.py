"""How one field of a record stands in the file, derived from its annotation.

There are two forms. The *plain* form is what a journal entry and a checkpoint hold: JSON values, instants as
`YYYY-MM-DDTHH:MM`, days as `YYYY-MM-DD`, enums as their text. The *column* form is the same with lists and objects
as JSON text, so that a table, a journal entry and a JSON export can be read side by side.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from milestone_desktop.domain.fields import Reference
from milestone_desktop.domain.instants import day_from_iso, day_to_iso, instant_from_iso, instant_to_iso
from milestone_desktop.domain.kinds import field_names

Convert = Callable[[Any], Any]

_decode = json.JSONDecoder().raw_decode

canonical_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def read_json(text: str) -> Any:
    """What `canonical_json` wrote: faster than `json.loads`, which allows white space around. Raises ValueError."""
    value, end = _decode(text)
    if end != len(text):
        raise ValueError(f"not JSON: {text[:40]!r}")
    return value


@dataclass(frozen=True, slots=True)
class FieldCodec:
    """One field of a kind. `to_plain` and `from_plain` are None where a value stands as it is; neither is asked about None.

    column: SQLite's type; as_text: the plain form is a list or object, which a column holds as JSON text.
    `from_plain` raises ValueError or TypeError for what cannot be a value of the field.
    """

    name: str
    column: str
    optional: bool
    boolean: bool
    as_text: bool
    reference: Reference | None
    to_plain: Convert | None
    from_plain: Convert | None

    def plain(self, value: Any) -> Any:
        """The plain form of a field's value."""
        return value if value is None or self.to_plain is None else self.to_plain(value)

    def value(self, plain: Any) -> Any:
        """The field's value of a plain form."""
        return plain if plain is None or self.from_plain is None else self.from_plain(plain)

    def cell(self, value: Any) -> Any:
        """The column form of a field's value."""
        plain = self.plain(value)
        return canonical_json(plain) if self.as_text else plain

    def from_cell(self, cell: Any) -> Any:
        """The field's value of a column form."""
        return self.value(read_json(cell) if self.as_text else cell)


@cache
def codecs(kind: type) -> tuple[FieldCodec, ...]:
    """The codecs of a kind's fields, in the order of its constructor."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_codec(name, hints[name]) for name in field_names(kind))


@cache
def codec_by_name(kind: type) -> dict[str, FieldCodec]:
    """The codecs of a kind's fields by name."""
    return {codec.name: codec for codec in codecs(kind)}


def _codec(name: str, hint: Any) -> FieldCodec:
    core, optional, tags = _unwrapped(hint)
    reference = next((tag for tag in tags if isinstance(tag, Reference)), None)
    form = _form(core, tags)
    return FieldCodec(name, form.column, optional, core is bool, form.as_text, reference, form.to_plain, form.from_plain)


@dataclass(frozen=True, slots=True)
class _Form:
    column: str
    to_plain: Convert | None = None
    from_plain: Convert | None = None
    as_text: bool = False


def _unwrapped(hint: Any) -> tuple[Any, bool, list[Any]]:
    """The bare type of an annotation, whether None is allowed, and the tags found around it."""
    optional = False
    tags: list[Any] = []
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            tags += hint.__metadata__
            hint = get_args(hint)[0]
        elif origin in (Union, UnionType):
            optional = True
            (hint,) = (part for part in get_args(hint) if part is not type(None))
        else:
            return hint, optional, tags


def _form(core: Any, tags: list[Any]) -> _Form:
    if "instant" in tags:
        return _Form("TEXT", instant_to_iso, instant_from_iso)
    if "day" in tags:
        return _Form("TEXT", day_to_iso, day_from_iso)
    if core is bool:
        return _Form("INTEGER", int, bool)
    if core is int:
        return _Form("INTEGER")
    if core is float:
        return _Form("REAL")
    if core is str:
        return _Form("TEXT")
    if isinstance(core, type) and issubclass(core, StrEnum):
        return _Form("TEXT", _enum_text, core)
    if get_origin(core) is tuple:
        return _Form("TEXT", None, partial(_checked, list, _as_tuple), as_text=True)
    if get_origin(core) is dict:
        return _Form("TEXT", None, partial(_checked, dict, _as_it_is), as_text=True)
    raise TypeError(f"the file has no form for a field of type {core}")


def _enum_text(value: StrEnum) -> str:
    return value.value


def _checked(expected: type, convert: Convert, plain: Any) -> Any:
    if not isinstance(plain, expected):
        raise TypeError(f"{expected.__name__} expected, not {type(plain).__name__}")
    return convert(plain)


def _as_tuple(plain: Any) -> Any:
    return tuple(_as_tuple(part) for part in plain) if isinstance(plain, list) else plain


def _as_it_is(plain: Any) -> Any:
    return plain
