"""One attempt at placing the labels of a milestone lane, and what comes out of it.

Level 1 lies next to the line, above it positive, below negative. A label is centred over its mark, or hangs like a flag
beside its leader line, so that several milestones of one day can stand on top of each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from milestone_desktop.chart.shapes import SPARE, Measure, TextStyle

GAP = 4.0
"""Clear pixels between two labels, and between a label and another label's leader line."""

EDGE = 5.0
"""Clear pixels at both ends of the lane."""

POLE_GAP = 3.0
MARKER_PADDING = 5.0
WIDEST_MARKER = 48.0
CLUSTER_GAP = 48.0
WIDEST_CLUSTER = 140.0
"""Labels that do not fit and lie nearer than CLUSTER_GAP px share one counted marker, over WIDEST_CLUSTER px at most."""


@dataclass(slots=True, unsafe_hash=True)
class Entry:
    """A milestone on the lane: its id, the x of its mark and its label."""

    id: int
    x: float
    text: str


@dataclass(slots=True, unsafe_hash=True)
class LaneLabel:
    """A placed label: left … right on a level. pole: the label hangs beside its leader, else it is centred over it."""

    entry: Entry
    shown: str
    level: int
    left: float
    right: float
    pole: bool

    @property
    def reach(self) -> int:
        """The outermost level that the leader line passes: a pole runs along its own label."""
        return abs(self.level) if self.pole else abs(self.level) - 1


@dataclass(slots=True, unsafe_hash=True)
class LaneMarker:
    """ "+12": the ids of the milestones whose labels did not fit around here, in order of time."""

    ids: tuple[int, ...]
    level: int
    left: float
    right: float

    @property
    def text(self) -> str:
        return f"+{len(self.ids)}"


@dataclass(frozen=True, slots=True)
class LaneLayout:
    labels: tuple[LaneLabel, ...]
    markers: tuple[LaneMarker, ...]

    @property
    def above(self) -> int:
        """How many levels above the line are in use."""
        return max(self._levels(), default=0)

    @property
    def below(self) -> int:
        """How many levels below the line are in use."""
        return max((-level for level in self._levels()), default=0)

    def _levels(self) -> list[int]:
        return [label.level for label in self.labels] + [marker.level for marker in self.markers]


@dataclass(frozen=True, slots=True)
class Room:
    """What all attempts have in common. Entries are known by their place in the columns; texts and widths: of the labels
    that are tried, by place."""

    width: float
    levels: int
    ids: list[int]
    xs: list[float]
    texts: dict[int, str]
    widths: dict[int, float]
    avoid: Sequence[float]


def _signed(levels: int) -> tuple[int, ...]:
    """The levels from the line outwards, above before below: 1, -1, 2, -2, …"""
    above, below = (levels + 1) // 2, levels // 2
    return tuple(sign * level for level in range(1, above + 1) for sign in ((1, -1) if level <= below else (1,)))


@dataclass(slots=True)
class _Level:
    """What stands on one level, from left to right, as columns: nothing on a level overlaps, so both edges are sorted."""

    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def meeting(self, left: float, right: float) -> list[int]:
        """Keys of what overlaps left … right."""
        return self.keys[bisect_right(self.rights, left) : bisect_left(self.lefts, right)]

    def is_taken(self, left: float, right: float) -> bool:
        """Whether anything overlaps left … right."""
        at = bisect_right(self.rights, left)
        return at < len(self.lefts) and self.lefts[at] < right

    def add(self, left: float, right: float, key: int) -> None:
        at = bisect_left(self.lefts, left)
        self.lefts.insert(at, left)
        self.rights.insert(at, right)
        self.keys.insert(at, key)

    def remove(self, key: int) -> None:
        at = self.keys.index(key)
        del self.lefts[at], self.rights[at], self.keys[at]


@dataclass(slots=True)
class _Leaders:
    """The leader lines on one side of the line, from left to right, as columns: x, the outermost level that each passes, and
    the place of its label in the columns."""

    xs: list[float] = field(default_factory=list)
    reaches: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def add(self, x: float, reach: int, key: int) -> None:
        at = bisect_right(self.xs, x)
        self.xs.insert(at, x)
        self.reaches.insert(at, reach)
        self.keys.insert(at, key)

    def remove(self, key: int) -> None:
        at = self.keys.index(key)
        del self.xs[at], self.reaches[at], self.keys[at]

    def run_through(self, left: float, right: float, outwards: int) -> Iterator[int]:
        """Where those stand in the columns that run through left … right on a level."""
        for at in range(bisect_left(self.xs, left), bisect_right(self.xs, right)):
            if self.reaches[at] >= outwards:
                yield at


@dataclass(slots=True, unsafe_hash=True)
class _Place:
    """Where a label stands."""

    level: int
    left: float
    pole: bool

    @property
    def reach(self) -> int:
        return abs(self.level) if self.pole else abs(self.level) - 1


Counted = tuple[list[int], int, float, float]
"""A counted marker: places in the columns, level, left, right."""


@dataclass(slots=True)
class Filling:
    """One attempt at a layout. rows: by signed level; leaders: by side."""

    room: Room
    missing: list[int]
    placed: dict[int, _Place] = field(default_factory=dict)
    levels: tuple[int, ...] = ()
    rows: dict[int, _Level] = field(default_factory=dict)
    leaders: dict[int, _Leaders] = field(default_factory=lambda: {1: _Leaders(), -1: _Leaders()})

    def __post_init__(self) -> None:
        self.levels = _signed(self.room.levels)
        self.rows = {level: _Level() for level in self.levels}

    def place(self, at: int, flags: str) -> None:
        """Puts a label on the first place that is free, or onto the list of the missing."""
        x, width = self.room.xs[at], self.room.widths[at]
        near = [line for line in self.room.avoid if abs(line - x) <= width + POLE_GAP + 2]
        for clear in (near, ()) if near else ((),):
            for left, pole, levels in self._candidates(x, width, flags):
                right = left + width
                if clear and any(left - 2 <= line <= right + 2 for line in clear):
                    continue
                level = self._free_level(levels, left, right, x, pole)
                if level:
                    self._take(at, _Place(level, left, pole), right)
                    return
        self.missing.append(at)

    def _candidates(self, x: float, width: float, flags: str) -> Iterator[tuple[float, bool, Sequence[int]]]:
        """(left edge, hangs beside its leader, levels) in the order in which they are tried."""
        if flags == "halves":
            yield from self._half(x, width)
            return
        centred = min(max(x - width / 2, EDGE), self.room.width - EDGE - width)
        right_flag, left_flag = x + POLE_GAP, x - POLE_GAP - width
        if not flags:
            yield centred, False, self.levels
        for left in (right_flag, left_flag) if flags == "right" else (left_flag, right_flag):
            if left >= EDGE and left + width <= self.room.width - EDGE:
                yield left, True, self.levels
        if flags:
            yield centred, False, self.levels

    def _half(self, x: float, width: float) -> Iterator[tuple[float, bool, Sequence[int]]]:
        """Towards the middle: above from the left half, below from the right half."""
        side, left = (1, x + POLE_GAP) if x < self.room.width / 2 else (-1, x - POLE_GAP - width)
        if left >= EDGE and left + width <= self.room.width - EDGE:
            yield left, True, [level for level in self.levels if level * side > 0]

    def _free_level(self, levels: Sequence[int], left: float, right: float, x: float, pole: bool) -> int:
        """The first level on which a label would stand on nothing, cross no leader, and its own leader no label; else 0."""
        rows, low, high = self.rows, left - GAP, right + GAP
        for level in levels:
            row = rows[level]
            rights = row.rights
            if rights and rights[-1] > low:  # labels come from left to right: what is in the way mostly is the last one
                if row.lefts[-1] < high:
                    continue
                at = bisect_right(rights, low)
                if at < len(rights) and row.lefts[at] < high:
                    continue
            side, outwards = (1, level) if level > 0 else (-1, -level)
            xs = self.leaders[side].xs
            if xs and xs[-1] >= left - 2 and self._crosses_leader(side, outwards, left, right, x if pole else None):
                continue
            for passed in range(1, outwards + 1 if pole else outwards):
                if rows[side * passed].is_taken(x - GAP / 2, x + GAP / 2):
                    break
            else:
                return level
        return 0

    def _crosses_leader(self, side: int, outwards: int, left: float, right: float, own: float | None) -> bool:
        """Whether a leader line runs through left … right on a level. own: the x of a pole, which others may share."""
        xs, reaches = self.leaders[side].xs, self.leaders[side].reaches
        for at in range(bisect_left(xs, left - 2), bisect_right(xs, right + 2)):
            if reaches[at] >= outwards and (own is None or abs(xs[at] - own) >= 0.5):
                return True
        return False

    def _in_the_way(self, level: int, left: float, right: float) -> list[int]:
        """Keys of the labels and markers that overlap left … right on a level, or whose leader line would cross it."""
        found = self.rows[level].meeting(left - GAP, right + GAP)
        leaders = self.leaders[1 if level > 0 else -1]
        return found + [leaders.keys[at] for at in leaders.run_through(left - 2, right + 2, abs(level))]

    def _take(self, at: int, place: _Place, right: float) -> None:
        self.rows[place.level].add(place.left, right, at)
        if place.reach > 0:
            self.leaders[1 if place.level > 0 else -1].add(self.room.xs[at], place.reach, at)
        self.placed[at] = place

    def keep(self, at: int, label: LaneLabel, dx: float) -> None:
        """Puts a label where it stood before everything moved left by `dx` px."""
        self._take(at, _Place(label.level, label.left - dx, label.pole), label.right - dx)

    def _remove(self, at: int) -> None:
        place = self.placed.pop(at)
        self.rows[place.level].remove(at)
        if place.reach > 0:
            self.leaders[1 if place.level > 0 else -1].remove(at)

    # counted markers

    def finished(
        self, texts: Sequence[str], style: TextStyle, measure: Measure, known: Mapping[int, Counted] | None = None
    ) -> LaneLayout:
        """The layout, with counted markers for what is missing. A marker may push labels out, which it then counts. known:
        markers that stand already."""
        waiting = _clusters(sorted(self.missing), self.room.xs)
        markers: dict[int, Counted] = dict(known or {})  # by a negative key, which no label has
        while waiting:
            members = waiting.pop()
            level, left, right, in_the_way = self._marker_place(members, style, measure)
            if in_the_way:
                members = list(members)
                for key in in_the_way:
                    if key in self.placed:
                        self._remove(key)
                        members.append(key)
                    elif key in markers:
                        merged = markers.pop(key)
                        self.rows[merged[1]].remove(key)
                        members += merged[0]
                waiting.append(sorted(members))
                continue
            markers[-1 - members[0]] = (members, level, left, right)
            self.rows[level].add(left, right, -1 - members[0])
        ids = self.room.ids
        found = [
            LaneMarker(tuple([ids[at] for at in members]), level, left, right) for members, level, left, right in markers.values()
        ]
        return LaneLayout(tuple(self._labels(texts)), tuple(sorted(found, key=lambda marker: marker.left)))

    def _labels(self, texts: Sequence[str]) -> Iterator[LaneLabel]:
        room = self.room
        for at, place in sorted(self.placed.items()):
            entry = Entry(room.ids[at], room.xs[at], texts[at])
            yield LaneLabel(entry, room.texts[at], place.level, place.left, place.left + room.widths[at], place.pole)

    def _marker_place(self, members: Sequence[int], style: TextStyle, measure: Measure) -> tuple[int, float, float, list[int]]:
        """The place with the fewest labels in the way: level, left, right and who stands there."""
        width = measure(f"+{len(members)}", style) * SPARE + 2 * MARKER_PADDING
        first, last = self.room.xs[members[0]], self.room.xs[members[-1]]
        best: tuple[int, float, float, list[int]] | None = None
        for centre in ((first + last) / 2, first, last):
            left = min(max(centre - width / 2, EDGE), max(self.room.width - EDGE - width, 0.0))
            for level in self.levels:
                in_the_way = list(dict.fromkeys(self._in_the_way(level, left, left + width)))
                if not in_the_way:
                    return level, left, left + width, []
                if best is None or len(in_the_way) < len(best[3]):
                    best = (level, left, left + width, in_the_way)
        if best is None:
            raise ValueError("a lane needs at least one level")
        return best


def _clusters(places: list[int], xs: list[float]) -> list[list[int]]:
    """What lies near enough to share a counted marker, the last first. places: ascending, into xs."""
    across = np.array([xs[at] for at in places], np.float64)
    gaps = (np.flatnonzero(np.diff(across) > CLUSTER_GAP) + 1).tolist()
    found: list[list[int]] = []
    first = 0
    for stop in (*gaps, len(places)):
        while first < stop:
            end = min(stop, int(np.searchsorted(across, across[first] + WIDEST_CLUSTER, "right")))
            found.append(places[first:end])
            first = end
    return found[::-1]
