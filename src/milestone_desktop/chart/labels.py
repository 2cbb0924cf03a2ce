"""Placing labels so that none is clipped, overlaps another or is crossed by a line.

The milestone lane: all marks on one line, their labels on levels above and below it. Level 1 lies next to the line,
above it positive, below negative. A label is centred over its mark, or hangs like a flag beside its leader line, so
that several milestones of one day can stand on top of each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.shapes import SPARE, Box, Measure, TextStyle, shortened_to

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

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

NARROW, WIDE, MANY = 32.0, 96.0, 120
"""Width in px of the columns in which labels are counted to tell a hopeless crowd; wide ones where there are many labels,
of which only some could ever be shown."""

THICK = 40
"""With more labels than this left out, and most of a crowd, no other way of filling is tried."""

QUICK, FEW_LEVELS = 24, 4
"""Larger crowds on so few levels are filled in one way only."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A milestone on the lane: its id, the x of its mark and its label."""

    id: int
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Entries:
    """Milestones on the lane as columns, in order of x and of id where they share one: thousands of them cost hardly more
    than those whose labels are tried."""

    ids: Ints
    xs: Floats
    texts: Sequence[str]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Entries:
        """The columns of some entries in any order."""
        rows = sorted(entries, key=lambda entry: (entry.x, entry.id))
        xs = np.array([row.x for row in rows], np.float64)
        return cls(np.array([row.id for row in rows], np.int64), xs, [row.text for row in rows])

    def between(self, left: float, right: float) -> Entries:
        """Those whose mark stands at left … right, edges included."""
        low, high = int(np.searchsorted(self.xs, left, "left")), int(np.searchsorted(self.xs, right, "right"))
        return Entries(self.ids[low:high], self.xs[low:high], self.texts[low:high])


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


def lane_layout(
    entries: Entries,
    width: float,
    style: TextStyle,
    measure: Measure,
    levels: int = 4,
    widest: float = 180.0,
    avoid: Sequence[float] = (),
) -> LaneLayout:
    """Places the labels of all entries whose mark lies in 0 … width, on `levels` levels, half of them above the line.

    widest: longer labels are shortened with "…"; avoid: x of vertical lines that a label keeps clear of where it can.
    Several ways of filling are tried and the one that shows most labels is taken; the same input gives the same layout.
    """
    seen = entries.between(0, width)
    promising = np.flatnonzero(_promising(seen.xs, levels))
    room = _room(seen, promising, _Frame(width, levels, min(widest, width - 2 * EDGE), avoid), style, measure)
    labels: list[LaneLabel] = []
    markers: list[LaneMarker] = []
    for crowd in _crowds(seen.xs, room.widths):
        layout = _best_filling(crowd.tolist(), room).finished(seen.texts, style, measure)
        labels += layout.labels
        markers += layout.markers
    return LaneLayout(tuple(labels), tuple(markers))


def panned_layout(
    before: LaneLayout,
    dx: float,
    entries: Entries,
    width: float,
    style: TextStyle,
    measure: Measure,
    levels: int = 4,
    widest: float = 180.0,
    avoid: Sequence[float] = (),
) -> LaneLayout:
    """The layout `before` seen `dx` px later: what is still in view moves along and stays where it stands between the others,
    and only what has come into view, or stands at an edge, looks for a place. So nothing jumps under the eye, and a step costs
    what it brings into view."""
    seen = entries.between(0, width)
    place_of = dict(zip(seen.ids.tolist(), range(len(seen.ids)), strict=True))
    labels = [label for label in before.labels if label.entry.id in place_of and _stays(label, dx, width)]
    markers = [marker for marker in before.markers if _stays_counted(marker, dx, width, place_of, seen.xs)]
    named = [place_of[label.entry.id] for label in labels]
    counted = [[place_of[row_id] for row_id in marker.ids] for marker in markers]
    told = {row_id for marker in before.markers for row_id in marker.ids}
    loose = np.ones(len(seen.ids), np.bool_)
    loose[named] = False
    for members in counted:
        loose[members] = False
    at = np.flatnonzero(loose)
    missing = [place for place in at.tolist() if int(seen.ids[place]) in told]  # counted before, and so again
    fresh = np.setdiff1d(at, np.array(missing, np.int64), assume_unique=True)
    promising = _promising(seen.xs[fresh], levels)
    room = _room(seen, fresh[promising], _Frame(width, levels, min(widest, width - 2 * EDGE), avoid), style, measure)
    for place, label in zip(named, labels, strict=True):
        room.texts[place], room.widths[place] = label.shown, label.right - label.left
    filling = _Filling(room, missing=[*missing, *fresh[~promising].tolist()])
    for place, label in zip(named, labels, strict=True):
        filling.keep(place, label, dx)
    found = {}
    for members, marker in zip(counted, markers, strict=True):
        found[-1 - members[0]] = (members, marker.level, marker.left - dx, marker.right - dx)
        filling.rows[marker.level].add(marker.left - dx, marker.right - dx, -1 - members[0])
    for place in fresh[promising].tolist():
        if place in room.texts:
            filling.place(place, "")
        else:
            filling.missing.append(place)
    return filling.finished(seen.texts, style, measure, found)


def _stays(label: LaneLabel, dx: float, width: float) -> bool:
    """Whether a label stays where it stands as its mark moves left by `dx` px: in view, and not put aside by an edge."""
    middle = (label.left + label.right) / 2
    inside = label.left - dx >= EDGE and label.right - dx <= width - EDGE
    return inside and (label.pole or abs(middle - label.entry.x) < 0.01)


def _stays_counted(marker: LaneMarker, dx: float, width: float, place_of: dict[int, int], xs: Floats) -> bool:
    """Whether a counted marker stays as it is: all that it counts is in view, and nothing that comes into view could join."""
    first, last = place_of.get(marker.ids[0]), place_of.get(marker.ids[-1])
    if first is None or last is None or marker.left - dx < EDGE or marker.right - dx > width - EDGE:
        return False
    near = WIDEST_CLUSTER + CLUSTER_GAP
    return bool(xs[first] >= near if dx < 0 else xs[last] <= width - near)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What labels are placed in: px of width, levels, px of the widest label, and the lines that they keep clear of."""

    width: float
    levels: int
    widest: float
    avoid: Sequence[float]


def _room(seen: Entries, tried: Ints, frame: _Frame, style: TextStyle, measure: Measure) -> _Room:
    """The labels of the places `tried` in their widths."""
    cut = {at: shortened_to(seen.texts[at], frame.widest, style, measure) for at in tried.tolist()}
    texts = {at: text for at, text in cut.items() if text}
    widths = {at: measure(text, style) * SPARE for at, text in texts.items()}
    return _Room(frame.width, frame.levels, seen.ids.tolist(), seen.xs.tolist(), texts, widths, frame.avoid)


@dataclass(frozen=True, slots=True)
class _Room:
    """What all attempts have in common. Entries are known by their place in the columns; texts and widths: of the labels
    that are tried, by place."""

    width: float
    levels: int
    ids: list[int]
    xs: list[float]
    texts: dict[int, str]
    widths: dict[int, float]
    avoid: Sequence[float]


def _promising(xs: Floats, levels: int) -> npt.NDArray[np.bool_]:
    """Which labels are tried at all, so that thousands of milestones cost no more than hundreds: two labels a level is the
    most that can start within a few pixels."""
    column = np.floor(xs / (NARROW if len(xs) <= MANY else WIDE))
    return np.arange(len(xs)) - np.searchsorted(column, column) < 2 * levels


def _crowds(xs: Floats, widths: dict[int, float]) -> list[Ints]:
    """Runs of entries whose labels could get in each other's way; what stands in different runs never can."""
    wide = np.full(len(xs), WIDEST_MARKER)
    wide[list(widths)] = np.maximum(list(widths.values()), WIDEST_MARKER)
    spans = wide + POLE_GAP + GAP
    # By how far back each label can reach: a long one may reach back over a short one to the run before.
    order = np.argsort(xs - spans, kind="stable")
    reach = np.maximum.accumulate((xs + spans)[order])
    apart = np.flatnonzero((xs - spans)[order][1:] >= reach[:-1]) + 1
    return [np.sort(run) for run in np.split(order, apart) if len(run)]


def _best_filling(crowd: Sequence[int], room: _Room) -> _Filling:
    """The first of several ways of filling that leaves fewest labels out.

    Flags that all point back the way one came never block a leader to come, they only need higher levels; the last way
    is that for each half of the lane on a side of its own, so that with levels enough everything finds a place.
    """
    wanted = [at for at in crowd if at in room.texts]
    hopeless = [at for at in crowd if at not in room.texts] if len(wanted) < len(crowd) else []
    middle = room.width / 2
    halves = [*(at for at in wanted[::-1] if room.xs[at] < middle), *(at for at in wanted if room.xs[at] >= middle)]
    tried = []
    for order, flags in ((wanted, ""), (wanted, "left"), (wanted[::-1], "right"), (halves, "halves")):
        filling = _Filling(room, missing=list(hopeless))
        for at in order:
            filling.place(at, flags)
        tried.append(filling)
        if not filling.missing or len(filling.missing) > max(len(crowd) / 2, THICK):
            break  # all placed, or a crowd so thick that another order would hardly show more
        if len(crowd) > QUICK and room.levels <= FEW_LEVELS:
            break  # on the screen, where the next frame waits; a few labels more are not worth a halt
    return min(tried, key=lambda filling: len(filling.missing))


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

    def add(self, left: float, right: float, key: int) -> None:
        at = bisect_left(self.lefts, left)
        self.lefts.insert(at, left)
        self.rights.insert(at, right)
        self.keys.insert(at, key)

    def remove(self, key: int) -> None:
        at = self.keys.index(key)
        del self.lefts[at], self.rights[at], self.keys[at]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label stands."""

    level: int
    left: float
    pole: bool

    @property
    def reach(self) -> int:
        return abs(self.level) if self.pole else abs(self.level) - 1


_Counted = tuple[list[int], int, float, float]
"""A counted marker: places in the columns, level, left, right."""


@dataclass(slots=True)
class _Filling:
    """One attempt at a layout. rows: by signed level; leaders: by side, sorted (x, reach, place in the columns)."""

    room: _Room
    missing: list[int]
    placed: dict[int, _Place] = field(default_factory=dict)
    levels: tuple[int, ...] = ()
    rows: dict[int, _Level] = field(default_factory=dict)
    leaders: dict[int, list[tuple[float, int, int]]] = field(default_factory=lambda: {1: [], -1: []})

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
        for level in levels:
            row = self.rows[level]
            if bisect_right(row.rights, left - GAP) < bisect_left(row.lefts, right + GAP):
                continue
            side, outwards = (1, level) if level > 0 else (-1, -level)
            if self._crosses_leader(side, outwards, left, right, x if pole else None):
                continue
            for passed in range(1, outwards + 1 if pole else outwards):
                row = self.rows[side * passed]
                if bisect_right(row.rights, x - GAP / 2) < bisect_left(row.lefts, x + GAP / 2):
                    break
            else:
                return level
        return 0

    def _crosses_leader(self, side: int, outwards: int, left: float, right: float, own: float | None) -> bool:
        """Whether a leader line runs through left … right on a level. own: the x of a pole, which others may share."""
        leaders = self.leaders[side]
        for at in range(bisect_left(leaders, (left - 2, -1, -1)), len(leaders)):
            x, reach, _ = leaders[at]
            if x > right + 2:
                return False
            if reach >= outwards and (own is None or abs(x - own) >= 0.5):
                return True
        return False

    def _in_the_way(self, level: int, left: float, right: float) -> list[int]:
        """Keys of the labels and markers that overlap left … right on a level, or whose leader line would cross it."""
        found = self.rows[level].meeting(left - GAP, right + GAP)
        leaders = self.leaders[1 if level > 0 else -1]
        for x, reach, at in leaders[bisect_left(leaders, (left - 2, -1, -1)) :]:
            if x > right + 2:
                break
            if reach >= abs(level):
                found.append(at)
        return found

    def _take(self, at: int, place: _Place, right: float) -> None:
        self.rows[place.level].add(place.left, right, at)
        if place.reach > 0:
            insort(self.leaders[1 if place.level > 0 else -1], (self.room.xs[at], place.reach, at))
        self.placed[at] = place

    def keep(self, at: int, label: LaneLabel, dx: float) -> None:
        """Puts a label where it stood before everything moved left by `dx` px."""
        self._take(at, _Place(label.level, label.left - dx, label.pole), label.right - dx)

    def _remove(self, at: int) -> None:
        place = self.placed.pop(at)
        self.rows[place.level].remove(at)
        if place.reach > 0:
            self.leaders[1 if place.level > 0 else -1].remove((self.room.xs[at], place.reach, at))

    # counted markers

    def finished(
        self, texts: Sequence[str], style: TextStyle, measure: Measure, known: Mapping[int, _Counted] | None = None
    ) -> LaneLayout:
        """The layout, with counted markers for what is missing. A marker may push labels out, which it then counts. known:
        markers that stand already."""
        waiting = _clusters(sorted(self.missing), self.room.xs)
        markers: dict[int, _Counted] = dict(known or {})  # by a negative key, which no label has
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


# Beside bars and marks


@dataclass(frozen=True, slots=True)
class Beside:
    """A free place beside a bar or mark: where the text begins, and whether a vertical line has to make way."""

    left: float
    breaks_line: bool


def beside(
    body: tuple[float, float],
    width: float,
    obstacles: Sequence[tuple[float, float]],
    lines: Sequence[float],
    view_width: float,
    gap: float = 6.0,
) -> Beside | None:
    """Where a label of `width` px stands beside a body (left, right) in the same row: right of it, else left.

    obstacles: other shapes of the row as (left, right); the label goes past them if it has to. lines: x of vertical
    lines to keep clear of where possible. None where the label fits nowhere inside 0 … view_width.
    """
    far_right = max([body[1], *(right for _, right in obstacles)])
    far_left = min([body[0], *(left for left, _ in obstacles)])
    fitting = []
    for left in (body[1] + gap, far_right + gap, body[0] - gap - width, far_left - gap - width):
        if left < 0 or left + width > view_width:
            continue
        if any(left < right + 2 and start - 2 < left + width for start, right in obstacles):
            continue
        fitting.append(left)
    for left in fitting:
        if not any(left - 3 <= x <= left + width + 3 for x in lines):
            return Beside(left, breaks_line=False)
    return Beside(fitting[0], breaks_line=True) if fitting else None


def label_box(left: float, right: float, baseline: float, size: float) -> Box:
    """The area of a one-line label."""
    return Box(left, baseline - 0.78 * size, right, baseline + 0.24 * size)
