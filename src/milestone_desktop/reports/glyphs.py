"""Text that can be printed: what no font can draw becomes a visible code such as `[U+65E5]`, and is listed.

A tagged archive file (PDF/A-3a, PDF/UA-1) may hold no glyph that is missing, no control character and no
private-use code. A report must never fail because of a title, so such characters are replaced before layout.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Drawable = Callable[[int], bool]
"""Tells whether a font at hand has a glyph for a code point."""

_LINE_BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_WHERE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Replaced:
    """A character that could not be printed. code: as in `U+65E5`; where: the text it stood in, as it is printed now."""

    code: str
    where: str


class Printable:
    """Makes texts printable and remembers what it had to replace, each character once for each text.

    refused: code points to replace although a font has them or they need no glyph.
    """

    def __init__(self, drawable: Drawable, refused: Container[int] = ()) -> None:
        self._drawable = drawable
        self._refused = refused
        self._replaced: dict[Replaced, None] = {}

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        return tuple(self._replaced)

    def text(self, text: str) -> str:
        """Returns the text with a visible code for each character that cannot be printed; line breaks stay."""
        shown, codes = visible(text, self._drawable, self._refused)
        where = shown if len(shown) <= _WHERE_LENGTH else shown[: _WHERE_LENGTH - 1] + "…"
        self._replaced.update((Replaced(code, " ".join(where.split())), None) for code in codes)
        return shown

    def line(self, text: str) -> str:
        """Returns the text as one line: every run of blanks and line breaks is one space."""
        return " ".join(self.text(text).split())

    def data(self, value: Any) -> Any:
        """Returns plain JSON data with every text in it made printable; keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.data(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [self.data(entry) for entry in value]
        return value


def visible(text: str, drawable: Drawable, refused: Container[int] = ()) -> tuple[str, tuple[str, ...]]:
    """Returns the printable text and the codes of what was replaced, in order.

    Joiners and variation selectors that only shaped a replaced character go with it.
    """
    parts: list[str] = []
    codes: list[str] = []
    after_code = False
    for character in text.replace("\r\n", "\n").translate(_LINE_BREAKS):
        if after_code and character in _JOINERS:
            continue
        after_code = ord(character) in refused or not can_be_printed(character, drawable)
        if after_code:
            codes.append(code_of(character))
            parts.append(f"[{codes[-1]}]")
        else:
            parts.append(character)
    return "".join(parts), tuple(codes)


def can_be_printed(character: str, drawable: Drawable) -> bool:
    """Tells whether the character may stand in the file: drawn, or invisible by its nature."""
    category = unicodedata.category(character)
    if category in ("Co", "Cs", "Cn"):
        return False
    if category == "Cc":
        return character == "\n"
    return is_invisible(character) or drawable(ord(character))


def is_invisible(character: str) -> bool:
    """Tells whether the character needs no glyph: spaces, joiners, direction marks, variation selectors."""
    if unicodedata.category(character) in ("Cf", "Zs"):
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef" or character == "\u034f"


def code_of(character: str) -> str:
    """Returns the usual name of a code point, as in `U+65E5`."""
    return f"U+{ord(character):04X}"


def texts_in(value: Any) -> Iterator[str]:
    """Yields every text in plain JSON data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from texts_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts_in(entry)


def characters_beyond(texts: Iterable[str], drawable: Drawable) -> frozenset[int]:
    """Returns the code points that would need another font: those that a font could draw but this one cannot."""
    found = {character for text in texts for character in text}
    kinds = ("Co", "Cs", "Cn", "Cc")
    return frozenset(
        ord(character)
        for character in found
        if unicodedata.category(character) not in kinds and not is_invisible(character) and not drawable(ord(character))
    )
