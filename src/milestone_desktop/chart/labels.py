"""Placing labels so that none is clipped, overlaps another or is crossed by a line.

The milestone lane: all marks on one line, their labels on levels above and below it. Level 1 lies next to the line,
above it positive, below negative. A label is centred over its mark, or hangs like a flag beside its leader line, so
that several milestones of one day can stand on top of each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from milestone_desktop.chart.shapes import SPARE, Box, Measure, TextStyle, shortened_to

GAP = 4.0
"""Clear pixels between two labels, and between a label and another label's leader line."""

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
    """ "+12": the milestones whose labels did not fit around here."""

    entries: tuple[Entry, ...]
    level: int
    left: float
    right: float

    @property
    def text(self) -> str:
        return f"+{len(self.entries)}"


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
    entries: Iterable[Entry],
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
    seen = sorted((entry for entry in entries if 0 <= entry.x <= width), key=lambda entry: (entry.x, entry.id))
    hopeless = _hopeless(seen, levels)
    texts = {
        entry.id: "" if entry.id in hopeless else shortened_to(entry.text, min(widest, width), style, measure) for entry in seen
    }
    widths = {row_id: measure(text, style) * SPARE if text else 0.0 for row_id, text in texts.items()}
    labels: list[LaneLabel] = []
    markers: list[LaneMarker] = []
    for crowd in _crowds(seen, widths):
        filling = _best_filling(crowd, _Room(width, levels, texts, widths), avoid)
        layout = filling.finished(style, measure)
        labels += layout.labels
        markers += layout.markers
    return LaneLayout(tuple(labels), tuple(markers))


@dataclass(frozen=True, slots=True)
class _Room:
    """What all attempts have in common."""

    width: float
    levels: int
    texts: dict[int, str]
    widths: dict[int, float]


def _crowds(entries: Sequence[Entry], widths: dict[int, float]) -> list[list[Entry]]:
    """Runs of entries whose labels could get in each other's way; what stands in different runs never can."""
    spans = {entry.id: max(widths[entry.id], WIDEST_MARKER) + POLE_GAP + GAP for entry in entries}
    found: list[list[Entry]] = []
    reach = 0.0
    # By how far back each label can reach: a long one may reach back over a short one to the run before.
    for entry in sorted(entries, key=lambda entry: (entry.x - spans[entry.id], entry.id)):
        if found and entry.x - spans[entry.id] < reach:
            found[-1].append(entry)
        else:
            found.append([entry])
        reach = max(reach, entry.x + spans[entry.id])
    return [sorted(run, key=lambda entry: (entry.x, entry.id)) for run in found]


def _best_filling(crowd: Sequence[Entry], room: _Room, avoid: Sequence[float]) -> _Filling:
    """The first of several ways of filling that leaves fewest labels out.

    Flags that all point back the way one came never block a leader to come, they only need higher levels; the last way
    is that for each half of the lane on a side of its own, so that with levels enough everything finds a place.
    """
    middle = room.width / 2
    halves = [*(entry for entry in crowd[::-1] if entry.x < middle), *(entry for entry in crowd if entry.x >= middle)]
    tried = []
    for order, flags in ((crowd, ""), (crowd, "left"), (crowd[::-1], "right"), (halves, "halves")):
        filling = _Filling(room)
        for entry in order:
            filling.place(entry, flags, avoid)
        tried.append(filling)
        if not filling.missing or len(filling.missing) > max(len(crowd) / 2, THICK):
            break  # all placed, or a crowd so thick that another order would hardly show more
        if len(crowd) > QUICK and room.levels <= FEW_LEVELS:
            break  # on the screen, where the next frame waits; a few labels more are not worth a halt
    return min(tried, key=lambda filling: len(filling.missing))


def _hopeless(entries: Sequence[Entry], levels: int) -> set[int]:
    """Entries that are not even tried, so that thousands of milestones cost no more than hundreds: two labels a level
    is the most that can start within a few pixels."""
    tried: dict[int, int] = {}
    found = set()
    width = NARROW if len(entries) <= MANY else WIDE
    for entry in entries:
        column = int(entry.x // width)
        tried[column] = tried.get(column, 0) + 1
        if tried[column] > 2 * levels:
            found.add(entry.id)
    return found


@dataclass(slots=True)
class _Level:
    """What stands on one level, from left to right, as columns: nothing on a level overlaps, so both edges are sorted."""

    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)

    def meeting(self, left: float, right: float) -> list[int]:
        """Ids of what overlaps left … right."""
        return self.ids[bisect_right(self.rights, left) : bisect_left(self.lefts, right)]

    def add(self, left: float, right: float, row_id: int) -> None:
        at = bisect_left(self.lefts, left)
        self.lefts.insert(at, left)
        self.rights.insert(at, right)
        self.ids.insert(at, row_id)

    def remove(self, row_id: int) -> None:
        at = self.ids.index(row_id)
        del self.lefts[at], self.rights[at], self.ids[at]


@dataclass(slots=True)
class _Filling:
    """One attempt at a layout. Levels are keyed by their signed number."""

    room: _Room
    placed: dict[int, LaneLabel] = field(default_factory=dict)
    missing: list[Entry] = field(default_factory=list)
    rows: dict[int, _Level] = field(default_factory=dict)
    leaders: dict[int, list[tuple[float, int, int]]] = field(default_factory=lambda: {1: [], -1: []})
    """By side: sorted (x, reach, id)."""

    def place(self, entry: Entry, flags: str, avoid: Sequence[float]) -> None:
        """Puts a label on the first place that is free, or onto the list of the missing."""
        if not self.room.texts[entry.id]:
            self.missing.append(entry)
            return
        span = self.room.widths[entry.id] + POLE_GAP + 2
        near = [x for x in avoid if abs(x - entry.x) <= span]
        for clear in (near, []) if near else ([],):
            for level, left, pole in self._candidates(entry, flags):
                label = LaneLabel(entry, self.room.texts[entry.id], level, left, left + self.room.widths[entry.id], pole)
                if not any(label.left - 2 <= x <= label.right + 2 for x in clear) and self._free(label):
                    self._take(label)
                    return
        self.missing.append(entry)

    def _candidates(self, entry: Entry, flags: str) -> Iterator[tuple[int, float, bool]]:
        """(level, left edge, hangs beside its leader) in the order in which they are tried."""
        width = self.room.widths[entry.id]
        if flags == "halves":
            yield from self._half(entry, width)
            return
        centred = min(max(entry.x - width / 2, 0.0), self.room.width - width)
        right_flag, left_flag = entry.x + POLE_GAP, entry.x - POLE_GAP - width
        if not flags:
            yield from ((level, centred, False) for level in self._signed())
        for left in (right_flag, left_flag) if flags == "right" else (left_flag, right_flag):
            if left >= 0 and left + width <= self.room.width:
                yield from ((level, left, True) for level in self._signed())
        if flags:
            yield from ((level, centred, False) for level in self._signed())

    def _half(self, entry: Entry, width: float) -> Iterator[tuple[int, float, bool]]:
        """Towards the middle: above from the left half, below from the right half."""
        if entry.x < self.room.width / 2:
            side, left = 1, entry.x + POLE_GAP
        else:
            side, left = -1, entry.x - POLE_GAP - width
        if left >= 0 and left + width <= self.room.width:
            yield from ((level, left, True) for level in self._signed() if level * side > 0)

    def _signed(self) -> Iterator[int]:
        above, below = (self.room.levels + 1) // 2, self.room.levels // 2
        for level in range(1, above + 1):
            yield level
            if level <= below:
                yield -level

    def _free(self, label: LaneLabel) -> bool:
        side = 1 if label.level > 0 else -1
        if self._in_the_way(label.level, label.left, label.right, label.entry.x if label.pole else None):
            return False
        return all(
            not self._row(side * level).meeting(label.entry.x - GAP / 2, label.entry.x + GAP / 2)
            for level in range(1, label.reach + 1)
        )

    def _in_the_way(self, level: int, left: float, right: float, own_pole: float | None = None) -> list[int]:
        """Ids of the labels that overlap left … right on a level, or whose leader line would cross it."""
        found = self._row(level).meeting(left - GAP, right + GAP)
        side = 1 if level > 0 else -1
        leaders = self.leaders[side]
        for x, reach, row_id in leaders[bisect_left(leaders, (left - 2, -1, -1)) :]:
            if x > right + 2:
                break
            shared = own_pole is not None and abs(x - own_pole) < 0.5
            if reach >= abs(level) and not shared:
                found.append(row_id)
        return found

    def _take(self, label: LaneLabel) -> None:
        self._row(label.level).add(label.left, label.right, label.entry.id)
        if label.reach > 0:
            insort(self.leaders[1 if label.level > 0 else -1], (label.entry.x, label.reach, label.entry.id))
        self.placed[label.entry.id] = label

    def _remove(self, row_id: int) -> Entry:
        label = self.placed.pop(row_id)
        self._row(label.level).remove(row_id)
        if label.reach > 0:
            self.leaders[1 if label.level > 0 else -1].remove((label.entry.x, label.reach, row_id))
        return label.entry

    def _row(self, level: int) -> _Level:
        return self.rows.setdefault(level, _Level())

    # counted markers

    def finished(self, style: TextStyle, measure: Measure) -> LaneLayout:
        """The layout, with counted markers for what is missing. A marker may push labels out, which it then counts."""
        waiting = _clusters(self.missing)
        markers: dict[int, LaneMarker] = {}  # by a negative id, so that a marker and a label never share one
        while waiting:
            entries = waiting.pop()
            level, left, right, in_the_way = self._marker_place(entries, style, measure)
            for row_id in in_the_way:
                if row_id in self.placed:
                    entries.append(self._remove(row_id))
                elif row_id in markers:
                    merged = markers.pop(row_id)
                    self._row(merged.level).remove(row_id)
                    entries += merged.entries
            if in_the_way:
                waiting.append(sorted(entries, key=lambda entry: (entry.x, entry.id)))
                continue
            key = -1 - min(entry.id for entry in entries)
            markers[key] = LaneMarker(tuple(entries), level, left, right)
            self._row(level).add(left, right, key)
        labels = sorted(self.placed.values(), key=lambda label: (label.entry.x, label.entry.id))
        return LaneLayout(tuple(labels), tuple(sorted(markers.values(), key=lambda marker: marker.left)))

    def _marker_place(self, entries: Sequence[Entry], style: TextStyle, measure: Measure) -> tuple[int, float, float, list[int]]:
        """The place with the fewest labels in the way: level, left, right and who stands there."""
        width = measure(f"+{len(entries)}", style) * SPARE + 2 * MARKER_PADDING
        best: tuple[int, float, float, list[int]] | None = None
        for centre in ((entries[0].x + entries[-1].x) / 2, entries[0].x, entries[-1].x):
            left = min(max(centre - width / 2, 0.0), max(self.room.width - width, 0.0))
            for level in self._signed():
                in_the_way = list(dict.fromkeys(self._in_the_way(level, left, left + width)))
                if best is None or len(in_the_way) < len(best[3]):
                    best = (level, left, left + width, in_the_way)
        if best is None:
            raise ValueError("a lane needs at least one level")
        return best


def _clusters(entries: Iterable[Entry]) -> list[list[Entry]]:
    found: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: (entry.x, entry.id)):
        near = bool(found) and entry.x - found[-1][-1].x <= CLUSTER_GAP and entry.x - found[-1][0].x <= WIDEST_CLUSTER
        if near:
            found[-1].append(entry)
        else:
            found.append([entry])
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
