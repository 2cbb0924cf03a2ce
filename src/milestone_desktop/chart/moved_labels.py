"""The labels of the milestone lane while one pans and zooms: they stay with their marks, so that nothing jumps under the eye,
and a step costs what it brings into view."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.labels import Entries, Frame, Ints, promising, room_for
from milestone_desktop.chart.lane_filling import (
    CLUSTER_GAP,
    EDGE,
    WIDEST_CLUSTER,
    Counted,
    Filling,
    LaneLabel,
    LaneLayout,
    LaneMarker,
)
from milestone_desktop.chart.shapes import Measure, TextStyle

NONE: Ints = np.zeros(0, np.int64)


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
    and only what has come into view, or stands at an edge, looks for a place. entries: the same ones as before."""
    seen = entries.between(0, width)
    frame = Frame(width, levels, min(widest, width - 2 * EDGE), avoid)
    labels = _in_view(before.labels, seen, width)
    markers = [marker for marker in before.markers if _stays_counted(marker, dx, width, seen)]
    told = np.concatenate([NONE, *(marker.places for marker in before.markers)]) - seen.first
    again = np.zeros(len(seen.ids), np.bool_)  # counted before, and so again
    again[told[(told >= 0) & (told < len(again))]] = True
    loose = np.ones(len(seen.ids), np.bool_)
    loose[[label.place - seen.first for label in labels]] = False
    for marker in markers:
        loose[marker.places - seen.first] = False
    fresh = np.flatnonzero(loose & ~again)
    tried = fresh[promising(seen.xs[fresh], levels, seen.xs[~loose])]
    filling = _begun(seen, tried, labels, frame, style, measure)
    for label in labels:
        filling.keep(label.place - seen.first, label, _left(label, filling))
    known: dict[int, Counted] = {}
    for marker in markers:
        key, left, right = -1 - int(marker.places[0] - seen.first), marker.left - dx, marker.right - dx
        known[key] = (marker.places - seen.first, marker.level, left, right)
        filling.rows[marker.level].add(left, right, key)
    _place(filling, tried, loose)
    return filling.finished(seen.texts, style, measure, known)


def zoomed_layout(
    before: LaneLayout,
    entries: Entries,
    width: float,
    style: TextStyle,
    measure: Measure,
    levels: int = 4,
    widest: float = 180.0,
    avoid: Sequence[float] = (),
) -> LaneLayout:
    """The layout `before` after a step of zooming: each label stays beside its mark on its level as long as it has room there.
    What has lost its place, or had none, looks for one among those that stay. entries: the same ones as before."""
    seen = entries.between(0, width)
    frame = Frame(width, levels, min(widest, width - 2 * EDGE), avoid)
    labels = _in_view(before.labels, seen, width)
    loose = np.ones(len(seen.ids), np.bool_)
    loose[[label.place - seen.first for label in labels]] = False
    at = np.flatnonzero(loose)
    tried = at[promising(seen.xs[at], levels, seen.xs[~loose])]
    filling = _begun(seen, tried, labels, frame, style, measure)
    lost: list[int] = []
    for label in labels:
        place, left = label.place - seen.first, _left(label, filling)
        if filling.has_room(place, label, left):
            filling.keep(place, label, left)
        else:
            lost.append(place)
    loose[lost] = True
    _place(filling, np.sort(np.concatenate((tried, np.array(lost, np.int64)))), loose)
    return filling.finished(seen.texts, style, measure)


def _in_view(labels: Sequence[LaneLabel], seen: Entries, width: float) -> list[LaneLabel]:
    """The labels that stay where they stand beside their marks: in view, and not put aside by an edge."""
    found = []
    for label in labels:
        at = label.place - seen.first
        if not 0 <= at < len(seen.ids):
            continue
        by = float(seen.xs[at]) - label.entry.x
        inside = label.left + by >= EDGE and label.right + by <= width - EDGE
        if inside and (label.pole or abs((label.left + label.right) / 2 - label.entry.x) < 0.01):
            found.append(label)
    return found


def _stays_counted(marker: LaneMarker, dx: float, width: float, seen: Entries) -> bool:
    """Whether a counted marker stays as it is: all that it counts is in view, and nothing that comes into view could join."""
    first, last = int(marker.places[0]) - seen.first, int(marker.places[-1]) - seen.first
    if first < 0 or last >= len(seen.ids) or marker.left - dx < EDGE or marker.right - dx > width - EDGE:
        return False
    near = WIDEST_CLUSTER + CLUSTER_GAP
    return bool(seen.xs[first] >= near if dx < 0 else seen.xs[last] <= width - near)


def _begun(seen: Entries, tried: Ints, labels: Sequence[LaneLabel], frame: Frame, style: TextStyle, measure: Measure) -> Filling:
    """A filling in which nothing stands yet, for labels that look for a place and some that have one."""
    room = room_for(seen, tried, frame, style, measure)
    for label in labels:
        at = label.place - seen.first
        room.at[at], room.texts[at], room.widths[at] = float(seen.xs[at]), label.shown, label.right - label.left
    return Filling(room, NONE)


def _left(label: LaneLabel, filling: Filling) -> float:
    """Where a label begins that stands beside its mark as before."""
    return label.left - label.entry.x + filling.room.at[label.place - filling.room.first]


def _place(filling: Filling, tried: Ints, loose: npt.NDArray[np.bool_]) -> None:
    """Looks for places among what stands already. loose: all that has none; tried: those of them for which it is worth while."""
    options = filling.options(tried[[at in filling.room.texts for at in tried.tolist()]])
    loose[list(options)] = False
    filling.hopeless = np.flatnonzero(loose)
    for at, places in options.items():
        filling.choose(at, places)
