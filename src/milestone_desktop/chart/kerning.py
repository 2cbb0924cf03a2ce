"""Pair kerning from a font's `GPOS` table: how much nearer or further two neighbouring glyphs stand.

Structure after the OpenType specification, chapters "GPOS" and "Common table formats": the lookups of the feature
`kern`, pair adjustment of formats 1 and 2, also behind an extension. Only the first glyph's advance is read; that is
where kerning of horizontal text is kept.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator

PairAdjustment = Callable[[int, int], int | None]
"""Font units to add between a left and a right glyph; None where the subtable says nothing about the left one."""

_PAIR, _EXTENSION = 2, 9
_X_ADVANCE = 0x0004


class PairKerning:
    """The kerning of one face. Raises struct.error or IndexError on a damaged table."""

    def __init__(self, gpos: bytes) -> None:
        self._lookups = [list(_pair_subtables(gpos, offset)) for offset in _kern_lookups(gpos)]
        self._known: dict[tuple[int, int], int] = {}

    def between(self, left: int, right: int) -> int:
        """Returns the adjustment of the pair in font units, 0 where there is none."""
        value = self._known.get((left, right))
        if value is None:
            value = sum(self._first_that_speaks(lookup, left, right) for lookup in self._lookups)
            self._known[left, right] = value
        return value

    @staticmethod
    def _first_that_speaks(lookup: list[PairAdjustment], left: int, right: int) -> int:
        for adjustment in lookup:
            value = adjustment(left, right)
            if value is not None:
                return value
        return 0


def _kern_lookups(gpos: bytes) -> list[int]:
    """Offsets of the lookups of the feature `kern`, in the order in which they apply."""
    features, lookups = struct.unpack_from(">HH", gpos, 6)
    wanted: set[int] = set()
    for tag, offset in struct.iter_unpack(">4sH", _records(gpos, features, 6)):
        if tag == b"kern":
            count = struct.unpack_from(">H", gpos, features + offset + 2)[0]
            wanted.update(struct.unpack_from(f">{count}H", gpos, features + offset + 4))
    count = struct.unpack_from(">H", gpos, lookups)[0]
    offsets = struct.unpack_from(f">{count}H", gpos, lookups + 2)
    return [lookups + offsets[index] for index in sorted(wanted)]


def _pair_subtables(gpos: bytes, lookup: int) -> Iterator[PairAdjustment]:
    kind, _flag, count = struct.unpack_from(">HHH", gpos, lookup)
    for offset in struct.unpack_from(f">{count}H", gpos, lookup + 6):
        start, actual = lookup + offset, kind
        if kind == _EXTENSION:
            actual, distance = struct.unpack_from(">HI", gpos, start + 2)
            start += distance
        if actual == _PAIR:
            yield _pair_adjustment(gpos[start:])


def _pair_adjustment(table: bytes) -> PairAdjustment:
    form, coverage, first_format, second_format = struct.unpack_from(">HHHH", table)
    covered = _coverage(table[coverage:])
    value_at = 2 * (first_format & (_X_ADVANCE - 1)).bit_count() if first_format & _X_ADVANCE else None
    size = 2 * (first_format.bit_count() + second_format.bit_count())
    if form == 1:
        return _listed_pairs(table, covered, value_at, size)
    if form == 2:
        return _class_pairs(table, covered, value_at, size)
    raise struct.error(f"pair adjustment of unknown format {form}")


def _listed_pairs(table: bytes, covered: dict[int, int], value_at: int | None, size: int) -> PairAdjustment:
    """Format 1: for each left glyph a list of right glyphs."""
    count = struct.unpack_from(">H", table, 8)[0]
    sets = struct.unpack_from(f">{count}H", table, 10)
    read: dict[int, dict[int, int]] = {}

    def pairs_of(place: int) -> dict[int, int]:
        if place not in read:
            start = sets[place]
            number = struct.unpack_from(">H", table, start)[0]
            found = {}
            for at in range(start + 2, start + 2 + number * (2 + size), 2 + size):
                right = struct.unpack_from(">H", table, at)[0]
                found[right] = 0 if value_at is None else struct.unpack_from(">h", table, at + 2 + value_at)[0]
            read[place] = found
        return read[place]

    def adjustment(left: int, right: int) -> int | None:
        place = covered.get(left)
        return None if place is None else pairs_of(place).get(right)

    return adjustment


def _class_pairs(table: bytes, covered: dict[int, int], value_at: int | None, size: int) -> PairAdjustment:
    """Format 2: a matrix over classes of left and right glyphs."""
    first, second, first_count, second_count = struct.unpack_from(">HHHH", table, 8)
    lefts, rights = _classes(table[first:]), _classes(table[second:])

    def adjustment(left: int, right: int) -> int | None:
        if left not in covered:
            return None
        row, column = lefts(left), rights(right)
        if value_at is None or row >= first_count or column >= second_count:
            return 0
        value: int = struct.unpack_from(">h", table, 16 + (row * second_count + column) * size + value_at)[0]
        return value

    return adjustment


def _coverage(table: bytes) -> dict[int, int]:
    """Place of each covered glyph."""
    form, count = struct.unpack_from(">HH", table)
    if form == 1:
        return {glyph: place for place, glyph in enumerate(struct.unpack_from(f">{count}H", table, 4))}
    found: dict[int, int] = {}
    last = -1
    for start, end, place in struct.iter_unpack(">HHH", table[4 : 4 + 6 * count]):
        if not last < start <= end:
            raise struct.error("ranges of glyphs overlap")
        found.update(zip(range(start, end + 1), range(place, place + end - start + 1), strict=True))
        last = end
    return found


def _classes(table: bytes) -> Callable[[int], int]:
    """Class of a glyph; 0 for those that the table does not name."""
    if struct.unpack_from(">H", table)[0] == 1:
        first, count = struct.unpack_from(">HH", table, 2)
        values = struct.unpack_from(f">{count}H", table, 6)
        return lambda glyph: values[glyph - first] if 0 <= glyph - first < count else 0
    ranges = list(struct.iter_unpack(">HHH", _records(table, 2, 6)))
    starts = [start for start, _, _ in ranges]

    def class_of(glyph: int) -> int:
        at = bisect_right(starts, glyph) - 1
        return int(ranges[at][2]) if at >= 0 and glyph <= ranges[at][1] else 0

    return class_of


def _records(table: bytes, start: int, size: int) -> bytes:
    """The records of a counted array."""
    count = struct.unpack_from(">H", table, start)[0]
    found = table[start + 2 : start + 2 + size * count]
    if len(found) != size * count:
        raise struct.error("a table ends early")
    return found
