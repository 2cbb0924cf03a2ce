"""Widths of text and coverage of fonts, read straight from TrueType and OpenType files.

The screen measures with Qt; a report or a picture made without a window measures with this. Only the tables `head`,
`hhea`, `hmtx`, `cmap` and `GPOS` (pair kerning, see `kerning.py`) are read; a font is a file of someone else's, so
every number in it is distrusted.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from milestone_desktop.chart.kerning import PairKerning
from milestone_desktop.chart.shapes import Measure, TextStyle

WEIGHT_FILES: Mapping[int, str] = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}

_COLOUR_TABLES = frozenset({"CBDT", "sbix", "COLR", "SVG "})
_OUTLINE_TABLES = frozenset({"glyf", "CFF ", "CFF2"})
_LAST_CODE = 0x10FFFF
_UNKNOWN_WIDTH = 0.62  # em, for a character that no given font has
_WIDE_WIDTH = 1.0


class UnreadableFont(ValueError):  # noqa: N818  # reads as what it is where it is raised and caught
    """The file is no font that can be read; it is treated as having no glyphs."""


def text_measure(fonts: Path, fallbacks: Sequence[FontMetrics] = ()) -> Measure:
    """Returns a measure over the four upright `Inter-*.ttf` in the folder `fonts`.

    fallbacks: fonts asked in order for characters that Inter lacks. Raises UnreadableFont or OSError if the shipped
    fonts are damaged.
    """
    faces = {weight: FontMetrics(fonts / f"Inter-{name}.ttf") for weight, name in WEIGHT_FILES.items()}

    def measure(text: str, style: TextStyle) -> float:
        weight = min(faces, key=lambda known: (abs(known - style.weight), known))
        return faces[weight].width(text, style.size, fallbacks)

    return measure


class FontMetrics:
    """One face of a font file. index: which one of a collection (.ttc). Raises UnreadableFont or OSError."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        try:
            with path.open("rb") as file:
                self._tables = _table_directory(file.read(16), lambda at, n: _read_at(path, at, n), index)
            self._units = struct.unpack_from(">H", self._table("head"), 18)[0] or 1000
        except (struct.error, IndexError, KeyError) as error:
            raise UnreadableFont(f"{path} cannot be read as a font") from error

    def has(self, code: int) -> bool:
        """Tells whether the font has a glyph of its own for the code point."""
        return code in self._glyphs

    def coverage(self) -> frozenset[int]:
        """Returns every code point that the font has a glyph for."""
        return frozenset(self._glyphs)

    @property
    def coloured(self) -> bool:
        """Whether the glyphs are pictures or layers of colours rather than plain outlines."""
        return bool(_COLOUR_TABLES & self._tables.keys()) or not _OUTLINE_TABLES & self._tables.keys()

    def width(self, text: str, size: float, fallbacks: Sequence[FontMetrics] = ()) -> float:
        """Returns the width of one line of text set at `size` (same unit), pair kerning included.

        A character that neither this font nor a fallback has counts as 0.62 em, a wide East Asian one as 1 em, a
        combining or formatting one as nothing.
        """
        total = 0.0
        before = 0
        for character in unicodedata.normalize("NFC", text):
            glyph = self._glyphs.get(ord(character), 0)
            if glyph:
                total += (self._advance(glyph) + self._kern(before, glyph)) / self._units
            else:
                total += _foreign_width(character, fallbacks)
            before = glyph
        return total * size

    def em_width(self, character: str) -> float | None:
        """Returns the advance of one character in em, or None if the font has no glyph for it."""
        glyph = self._glyphs.get(ord(character))
        return None if glyph is None else self._advance(glyph) / self._units

    def _advance(self, glyph: int) -> int:
        advances = self._advances
        return advances[glyph if glyph < len(advances) else -1] if advances else self._units

    def _kern(self, left: int, right: int) -> int:
        if self._kerning is None or not left:
            return 0
        try:
            return self._kerning.between(left, right)
        except (struct.error, IndexError):
            return 0

    def _table(self, tag: str) -> bytes:
        start, length = self._tables[tag]
        return _read_at(self.path, start, length)

    @cached_property
    def _advances(self) -> tuple[int, ...]:
        """Advance widths by glyph; glyphs past the end have the last one's."""
        try:
            count = struct.unpack_from(">H", self._table("hhea"), 34)[0]
            return struct.unpack(f">{'Hh' * count}", self._table("hmtx")[: count * 4])[::2]
        except (struct.error, IndexError, KeyError, OSError):
            return ()

    @cached_property
    def _glyphs(self) -> dict[int, int]:
        try:
            return _character_map(self._table("cmap"))
        except (struct.error, IndexError, KeyError, OSError):
            return {}

    @cached_property
    def _kerning(self) -> PairKerning | None:
        try:
            return PairKerning(self._table("GPOS"))
        except (struct.error, IndexError, KeyError, OSError):
            return None


def _read_at(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


def _table_directory(head: bytes, read: Callable[[int, int], bytes], index: int) -> dict[str, tuple[int, int]]:
    """Returns offset and length of each table of the face."""
    offset = 0
    if head[:4] == b"ttcf":
        if not 0 <= index < struct.unpack_from(">I", head, 8)[0]:
            raise IndexError(index)
        offset = struct.unpack(">I", read(12 + 4 * index, 4))[0]
        head = read(offset, 12)
    if head[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise KeyError("signature")
    count = struct.unpack_from(">H", head, 4)[0]
    records = struct.iter_unpack(">4s4xII", read(offset + 12, 16 * count))
    return {tag.decode("latin-1"): (start, length) for tag, start, length in records}


_CMAP_ORDER = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


def _character_map(cmap: bytes) -> dict[int, int]:
    """Returns glyph by code point from the best Unicode subtable of format 12 or 4."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    found = {}
    for at in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * at)
        if struct.unpack_from(">H", cmap, offset)[0] in (4, 12):
            found[platform, encoding] = offset
    for wanted in _CMAP_ORDER:
        if wanted in found:
            subtable = cmap[found[wanted] :]
            return _segmented_map(subtable) if subtable[:2] == b"\0\4" else _grouped_map(subtable)
    return {}


def _grouped_map(table: bytes) -> dict[int, int]:
    """Format 12: groups of consecutive codes with consecutive glyphs."""
    count = struct.unpack_from(">I", table, 12)[0]
    glyphs: dict[int, int] = {}
    before = -1
    for first, last, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * count]):
        if not before < first <= last <= _LAST_CODE:
            raise IndexError(first)
        before = last
        glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return {code: glyph for code, glyph in glyphs.items() if glyph}


def _segmented_map(table: bytes) -> dict[int, int]:
    """Format 4: segments of the Basic Multilingual Plane with a delta or an array of glyphs."""
    length, doubled = struct.unpack_from(">HxxH", table, 2)
    segments = doubled // 2
    count = (min(length, len(table)) - 14) // 2
    units = struct.unpack_from(f">{count}H", table, 14)
    ends, starts = units[:segments], units[segments + 1 : 2 * segments + 1]
    deltas, offsets = units[2 * segments + 1 : 3 * segments + 1], units[3 * segments + 1 : 4 * segments + 1]
    glyphs: dict[int, int] = {}
    for at in range(segments):
        if at and starts[at] <= ends[at - 1]:
            raise IndexError(at)
        for code in range(starts[at], ends[at] + 1):
            if offsets[at] == 0:
                glyph = (code + deltas[at]) & 0xFFFF
            else:
                place = 3 * segments + 1 + at + offsets[at] // 2 + code - starts[at]
                raw = units[place] if place < len(units) else 0
                glyph = (raw + deltas[at]) & 0xFFFF if raw else 0
            if glyph and code != 0xFFFF:
                glyphs[code] = glyph
    return glyphs


def _foreign_width(character: str, fallbacks: Sequence[FontMetrics]) -> float:
    for font in fallbacks:
        width = font.em_width(character)
        if width is not None:
            return width
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return _WIDE_WIDTH if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN_WIDTH
