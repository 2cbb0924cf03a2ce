"""Placing labels so that none is clipped, overlaps another or is crossed by a line.

The milestone lane: all marks on one line, their labels on levels above and below it; `lane_filling` is one attempt at that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.lane_filling import (
    EDGE,
    GAP,
    POLE_GAP,
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

NOWHERE: Floats = np.zeros(0)

THICK = 40
"""With more of the tried labels than this left out, and most of them, no other way of filling is tried."""

QUICK, FEW_LEVELS = 24, 4
"""More tried labels on so few levels are placed in one way only. Of many milestones on one day only some are tried."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Milestones on the lane as columns, in order of x and of id where they share one: thousands of them cost hardly more
    than those whose labels are tried."""

    ids: Ints
    xs: Floats
    texts: Sequence[str]
    first: int = 0
    """Where the first of them stands among all."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Entries:
        """The columns of some entries in any order."""
        rows = sorted(entries, key=lambda entry: (entry.x, entry.id))
        xs = np.array([row.x for row in rows], np.float64)
        return cls(np.array([row.id for row in rows], np.int64), xs, [row.text for row in rows])

    def between(self, left: float, right: float) -> Entries:
        """Those whose mark stands at left … right, edges included."""
        low, high = int(np.searchsorted(self.xs, left, "left")), int(np.searchsorted(self.xs, right, "right"))
        return Entries(self.ids[low:high], self.xs[low:high], self.texts[low:high], self.first + low)


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
    room = room_for(
        seen,
        np.flatnonzero(promising(seen.xs, levels)),
        Frame(width, levels, min(widest, width - 2 * EDGE), avoid),
        style,
        measure,
    )
    labels: list[LaneLabel] = []
    markers: list[LaneMarker] = []
    for crowd in _crowds(seen.xs, room.widths):
        layout = _best_filling(crowd, room).finished(seen.texts, style, measure)
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


@dataclass(frozen=True, slots=True)
class Frame:
    """What labels are placed in: px of width, levels, px of the widest label, and the lines that they keep clear of."""

    width: float
    levels: int
    widest: float
    avoid: Sequence[float]


def room_for(seen: Entries, tried: Ints, frame: Frame, style: TextStyle, measure: Measure) -> Room:
    """The labels of the places `tried` in their widths."""
    texts: dict[int, str] = {}
    widths: dict[int, float] = {}
    for at in tried.tolist():
        text = seen.texts[at]
        width = measure(text, style) * SPARE
        if width > frame.widest or not text:
            text = shortened_to(text, frame.widest, style, measure)
            width = measure(text, style) * SPARE
        if text:
            texts[at], widths[at] = text, width
    xs = dict(zip(tried.tolist(), seen.xs[tried].tolist(), strict=True))
    return Room(frame.width, frame.levels, seen.first, seen.ids, seen.xs, xs, texts, widths, frame.avoid)


def promising(xs: Floats, levels: int, there: Floats = NOWHERE) -> npt.NDArray[np.bool_]:
    """Which labels are tried at all, so that thousands of milestones cost no more than hundreds: two labels a level is the
    most that can start within a few pixels. there: the x of those that have a place."""
    wide = NARROW if len(xs) <= MANY else WIDE
    column = np.floor(xs / wide)
    taken = np.floor(there / wide)
    before = np.searchsorted(taken, column, "right") - np.searchsorted(taken, column, "left")
    return np.arange(len(xs)) - np.searchsorted(column, column) + before < 2 * levels


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


def _best_filling(crowd: Ints, room: Room) -> Filling:
    """The first of several ways of filling that leaves fewest labels out.

    Flags that all point back the way one came never block a leader to come, they only need higher levels; the last way
    is that for each half of the lane on a side of its own, so that with levels enough everything finds a place.
    """
    tried_at_all = np.isin(crowd, list(room.texts))
    wanted, hopeless = crowd[tried_at_all].tolist(), crowd[~tried_at_all]
    middle = room.width / 2
    halves = [*(at for at in wanted[::-1] if room.at[at] < middle), *(at for at in wanted if room.at[at] >= middle)]
    tried = []
    for order, flags in ((wanted, ""), (wanted, "left"), (wanted[::-1], "right"), (halves, "halves")):
        filling = Filling(room, hopeless)
        for at in order:
            filling.place(at, flags)
        tried.append(filling)
        if not filling.missing or len(filling.missing) > max(len(wanted) / 2, THICK):
            break  # all placed, or a crowd so thick that another order would hardly show more
        if len(wanted) > QUICK and room.levels <= FEW_LEVELS:
            break  # on the screen, where the next frame waits; a few labels more are not worth a halt
    return min(tried, key=lambda filling: filling.left_out)


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
