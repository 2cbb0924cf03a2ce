"""Placing labels so that none is clipped, overlaps another or is crossed by a line.

The milestone lane: all marks on one line, their labels on levels above and below it; `lane_filling` is one attempt at that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.lane_filling import (
    CLUSTER_GAP,
    EDGE,
    GAP,
    POLE_GAP,
    WIDEST_CLUSTER,
    WIDEST_MARKER,
    Entry,
    Filling,
    LaneLabel,
    LaneLayout,
    LaneMarker,
    Room,
)
from milestone_desktop.chart.shapes import SPARE, Box, Measure, TextStyle, shortened_to

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NARROW, WIDE, MANY = 32.0, 96.0, 120
"""Width in px of the columns in which labels are counted to tell a hopeless crowd; wide ones where there are many labels,
of which only some could ever be shown."""

THICK = 40
"""With more labels than this left out, and most of a crowd, no other way of filling is tried."""

QUICK, FEW_LEVELS = 24, 4
"""Larger crowds on so few levels are filled in one way only."""


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


def fewest_levels(
    levels: Sequence[int],
    entries: Entries,
    width: float,
    style: TextStyle,
    measure: Measure,
    widest: float = 180.0,
    avoid: Sequence[float] = (),
) -> tuple[int, LaneLayout]:
    """The first of some numbers of levels on which all labels have room, or the last one; and the labels on them."""
    for count in levels:
        layout = lane_layout(entries, width, style, measure, count, widest, avoid)
        if not layout.markers:
            break
    return count, layout


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
    filling = Filling(room, missing=[*missing, *fresh[~promising].tolist()])
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


def _room(seen: Entries, tried: Ints, frame: _Frame, style: TextStyle, measure: Measure) -> Room:
    """The labels of the places `tried` in their widths."""
    cut = {at: shortened_to(seen.texts[at], frame.widest, style, measure) for at in tried.tolist()}
    texts = {at: text for at, text in cut.items() if text}
    widths = {at: measure(text, style) * SPARE for at, text in texts.items()}
    return Room(frame.width, frame.levels, seen.ids.tolist(), seen.xs.tolist(), texts, widths, frame.avoid)


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


def _best_filling(crowd: Sequence[int], room: Room) -> Filling:
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
        filling = Filling(room, missing=list(hopeless))
        for at in order:
            filling.place(at, flags)
        tried.append(filling)
        if not filling.missing or len(filling.missing) > max(len(crowd) / 2, THICK):
            break  # all placed, or a crowd so thick that another order would hardly show more
        if len(crowd) > QUICK and room.levels <= FEW_LEVELS:
            break  # on the screen, where the next frame waits; a few labels more are not worth a halt
    return min(tried, key=lambda filling: len(filling.missing))


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
