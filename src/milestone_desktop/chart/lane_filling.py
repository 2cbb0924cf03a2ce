"""One attempt at placing the labels of a milestone lane, and what comes out of it.

Level 1 lies next to the line, above it positive, below negative. A label is centred over its mark, or hangs like a flag
beside its leader line, so that several milestones of one day can stand on top of each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.lane_levels import Leaders, Level
from milestone_desktop.chart.shapes import SPARE, Floats, Measure, TextStyle

Ints = npt.NDArray[np.int64]

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
    """A placed label: left … right on a level. pole: the label hangs beside its leader, else it is centred over it. place:
    where its milestone stands among all."""

    place: int
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


@dataclass(slots=True, eq=False)
class LaneMarker:
    """ "+12": the milestones whose labels did not fit around here, in order of time: their ids, and their places among all."""

    members: Ints
    places: Ints
    level: int
    left: float
    right: float

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(self.members.tolist())

    @property
    def text(self) -> str:
        return f"+{len(self.members)}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LaneMarker) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        return self.ids, self.level, self.left, self.right


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
    """What all attempts have in common. Entries are known by their place in the columns ids and xs, the first of which is
    number `first` of all; at, texts and widths: of the labels that are tried, by place."""

    width: float
    levels: int
    first: int
    ids: Ints
    xs: Floats
    at: dict[int, float]
    texts: dict[int, str]
    widths: dict[int, float]
    avoid: Sequence[float]


def _signed(levels: int) -> tuple[int, ...]:
    """The levels from the line outwards, above before below: 1, -1, 2, -2, …"""
    above, below = (levels + 1) // 2, levels // 2
    return tuple(sign * level for level in range(1, above + 1) for sign in ((1, -1) if level <= below else (1,)))


@dataclass(slots=True, unsafe_hash=True)
class _Place:
    """Where a label stands."""

    level: int
    left: float
    pole: bool

    @property
    def reach(self) -> int:
        return abs(self.level) if self.pole else abs(self.level) - 1


Option = tuple[float, bool, int]
"""Where a label could stand: left edge, whether it hangs beside its leader, level."""

Counted = tuple[Ints, int, float, float]
"""A counted marker: places in the columns, level, left, right."""


@dataclass(slots=True)
class Filling:
    """One attempt at a layout. hopeless: what is not tried at all; missing: what found no place; rows: by signed level;
    leaders: by side."""

    room: Room
    hopeless: Ints
    missing: list[int] = field(default_factory=list)
    placed: dict[int, _Place] = field(default_factory=dict)
    levels: tuple[int, ...] = ()
    rows: dict[int, Level] = field(default_factory=dict)
    leaders: dict[int, Leaders] = field(default_factory=lambda: {1: Leaders(), -1: Leaders()})

    def __post_init__(self) -> None:
        self.levels = _signed(self.room.levels)
        self.rows = {level: Level() for level in self.levels}

    @property
    def left_out(self) -> int:
        """How many labels have no place."""
        return len(self.hopeless) + len(self.missing)

    def place(self, at: int, flags: str) -> None:
        """Puts a label on the first place that is free, or onto the list of the missing."""
        x, width = self.room.at[at], self.room.widths[at]
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
        crossing = self.leaders[1 if level > 0 else -1].run_through(left - 2, right + 2, abs(level))
        return list(dict.fromkeys(found + crossing)) if crossing else found

    def _take(self, at: int, place: _Place, right: float) -> None:
        self.rows[place.level].add(place.left, right, at)
        if place.reach > 0:
            self.leaders[1 if place.level > 0 else -1].add(self.room.at[at], place.reach, at)
        self.placed[at] = place

    def keep(self, at: int, label: LaneLabel, left: float) -> None:
        """Puts a label on the level on which it stood before."""
        self._take(at, _Place(label.level, left, label.pole), left + self.room.widths[at])

    def has_room(self, at: int, label: LaneLabel, left: float) -> bool:
        """Whether a label can stand on the level on which it stood before."""
        right = left + self.room.widths[at]
        return self._free_level((label.level,), left, right, self.room.at[at], label.pole) != 0

    def options(self, tried: Ints) -> dict[int, list[Option]]:
        """Where labels could stand among those that stand already, if the others were not there, in the order in which places
        are tried. In a crowd hardly any could, and asking for all together costs no more than trying a few."""
        room = self.room
        x = room.xs[tried]
        wide = np.array([room.widths[at] for at in tried.tolist()], np.float64)
        centred = np.minimum(np.maximum(x - wide / 2, EDGE), room.width - EDGE - wide)
        lefts = np.array((centred, x - POLE_GAP - wide, x + POLE_GAP))
        rights = lefts + wide
        inside = (lefts >= EDGE) & (rights <= room.width - EDGE)
        inside[0] = True
        free = np.zeros((len(x), len(lefts), len(self.levels)), np.bool_)
        for side in (1, -1):
            leaders = self.leaders[side]
            xs, reaches = np.array(leaders.xs), np.array(leaders.reaches)
            passed = np.zeros(len(x), np.bool_)  # its own leader line would run through a label further in
            for number, level in enumerate(self.levels):
                if level * side < 0:
                    continue
                row = self.rows[level]
                ends, begins = np.array(row.rights), np.array([*row.lefts, np.inf])
                fits = inside & (begins[np.searchsorted(ends, lefts - GAP, "right")] >= rights + GAP)
                if len(xs):
                    running = xs[reaches >= abs(level)]
                    fits &= np.searchsorted(running, rights + 2, "right") <= np.searchsorted(running, lefts - 2, "left")
                fits[0] &= ~passed
                passed |= begins[np.searchsorted(ends, x - GAP / 2, "right")] < x + GAP / 2
                fits[1:] &= ~passed
                free[:, :, number] = fits.T
        found: dict[int, list[Option]] = {}
        rows, ways, levels = np.nonzero(free)
        where = zip(tried[rows].tolist(), lefts[ways, rows].tolist(), ways.tolist(), levels.tolist(), strict=True)
        for at, left, way, number in where:
            found.setdefault(at, []).append((left, way > 0, self.levels[number]))
        return found

    def choose(self, at: int, options: Sequence[Option]) -> None:
        """Puts a label on the first of some places that is still free, or onto the list of the missing."""
        x, width = self.room.at[at], self.room.widths[at]
        near = [line for line in self.room.avoid if abs(line - x) <= width + POLE_GAP + 2]
        for clear in (near, ()) if near else ((),):
            for left, pole, level in options:
                right = left + width
                if clear and any(left - 2 <= line <= right + 2 for line in clear):
                    continue
                if self._free_level((level,), left, right, x, pole):
                    self._take(at, _Place(level, left, pole), right)
                    return
        self.missing.append(at)

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
        missing = np.sort(np.concatenate((self.hopeless, np.array(self.missing, np.int64))))
        waiting = _clusters(missing, self.room.xs)
        markers: dict[int, Counted] = dict(known or {})  # by a negative key, which no label has
        while waiting:
            members = waiting.pop()
            level, left, right, in_the_way = self._marker_place(members, style, measure)
            if in_the_way:
                pushed = [key for key in in_the_way if key in self.placed]
                merged = [markers.pop(key) for key in in_the_way if key in markers]
                for key in pushed:
                    self._remove(key)
                for counted in merged:
                    self.rows[counted[1]].remove(_key(counted[0]))
                more = [np.array(pushed, np.int64), *(counted[0] for counted in merged)]
                waiting.append(np.sort(np.concatenate((members, *more))))
                continue
            markers[_key(members)] = (members, level, left, right)
            self.rows[level].add(left, right, _key(members))
        ids, first = self.room.ids, self.room.first
        found = [
            LaneMarker(ids[members], members + first, level, left, right) for members, level, left, right in markers.values()
        ]
        return LaneLayout(tuple(self._labels(texts)), tuple(sorted(found, key=lambda marker: marker.left)))

    def _labels(self, texts: Sequence[str]) -> Iterator[LaneLabel]:
        room = self.room
        for at, place in sorted(self.placed.items()):
            entry = Entry(int(room.ids[at]), room.at[at], texts[at])
            right = place.left + room.widths[at]
            yield LaneLabel(room.first + at, entry, room.texts[at], place.level, place.left, right, place.pole)

    def _marker_place(self, members: Ints, style: TextStyle, measure: Measure) -> tuple[int, float, float, list[int]]:
        """The place with the fewest labels in the way: level, left, right and who stands there."""
        width = measure(f"+{len(members)}", style) * SPARE + 2 * MARKER_PADDING
        first, last = float(self.room.xs[members[0]]), float(self.room.xs[members[-1]])
        best: tuple[int, float, float, list[int]] | None = None
        for centre in ((first + last) / 2, first, last):
            left = min(max(centre - width / 2, EDGE), max(self.room.width - EDGE - width, 0.0))
            for level in self.levels:
                in_the_way = self._in_the_way(level, left, left + width)
                if not in_the_way:
                    return level, left, left + width, []
                if best is None or len(in_the_way) < len(best[3]):
                    best = (level, left, left + width, in_the_way)
        if best is None:
            raise ValueError("a lane needs at least one level")
        return best


def _key(members: Ints) -> int:
    """What a counted marker is known by: negative, as no label's place is."""
    return -1 - int(members[0])


def _clusters(places: Ints, xs: Floats) -> list[Ints]:
    """What lies near enough to share a counted marker, the last first. places: ascending, into xs."""
    across = xs[places]
    gaps = (np.flatnonzero(np.diff(across) > CLUSTER_GAP) + 1).tolist()
    found: list[Ints] = []
    first = 0
    for stop in (*gaps, len(places)):
        while first < stop:
            end = min(stop, int(np.searchsorted(across, across[first] + WIDEST_CLUSTER, "right")))
            found.append(places[first:end])
            first = end
    return found[::-1]
