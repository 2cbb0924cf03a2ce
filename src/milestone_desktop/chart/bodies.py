"""Bars, brackets and marks with what belongs to them, of all rows in view together: hundreds are drawn in every frame, so they
are worked out as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.baseline_bars import item_ghost, milestone_ghost
from milestone_desktop.chart.canvas import BEYOND, Canvas
from milestone_desktop.chart.row_values import MILESTONE_KINDS, NO_INSTANT
from milestone_desktop.chart.rows import RowKind
from milestone_desktop.chart.shapes import Boxes, Floats, Polygon, Repeated, Segments, Shape, side_by_side
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import Placement

Ints = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]

PIN_RADIUS = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """The dated items of the rows in view as columns, in pixels. left, right: of the bar, for a milestone both the x of its
    mark; middle: of the row; target: NaN where none is promised; place: indexes into the outline."""

    place: Ints
    ids: Ints
    kind: npt.NDArray[np.int8]
    left: Floats
    right: Floats
    middle: Floats
    target: Floats
    completed: Chosen
    critical: Chosen
    dropped: Chosen
    activities: Sequence[Activity | None]

    def owners(self, chosen: Chosen) -> tuple[int, ...]:
        """The ids of some of them."""
        return tuple(self.ids[chosen].tolist())


def body_shapes(canvas: Canvas) -> tuple[list[Shape], list[Shape]]:
    """What stands in the layer of bars, and in that of marks."""
    bodies = _bodies(canvas)
    seen = (bodies.right >= -BEYOND) & (bodies.left <= canvas.view.width + BEYOND)
    is_mark, is_item = bodies.kind == RowKind.MILESTONE, bodies.kind == RowKind.ITEM
    bars = _ghosts(canvas, bodies) if canvas.options.baseline else []
    if canvas.rows.lines is None:
        bars += _bars(canvas, bodies, seen & is_item)
    else:
        bars += _lane_bars(canvas, bodies, seen & is_item)
    only_a_point = (bodies.ids <= 0) & (bodies.right <= bodies.left)  # a group around one date: its mark stands below
    bars += _brackets(canvas, bodies, seen & ~is_item & ~is_mark & ~only_a_point)
    bars += _promises(canvas, bodies, is_mark)
    bars += _pins(canvas, bodies, seen)
    return bars, [*_deadlines(canvas, bodies), *_marks(canvas, bodies, seen & is_mark)]


def _bodies(canvas: Canvas) -> Bodies:
    """The items of the rows in view; of those that share a row only what reaches into the view."""
    rows, outline, scale, seen = canvas.rows, canvas.rows.outline, canvas.scale, canvas.in_view
    if rows.lines is None:
        place, row = rows.shown[seen.start : seen.stop], np.arange(seen.start, seen.stop)
    else:
        place = rows.lines.places[rows.lines.first[seen.start] : rows.lines.first[seen.stop]] if seen else rows.shown[:0]
        first, last = scale.instant(-BEYOND), scale.instant(canvas.view.width + BEYOND)
        target = np.where(outline.target[place] == NO_INSTANT, outline.end[place], outline.target[place])
        low, high = np.minimum(outline.start[place], target), np.maximum(outline.end[place], target)
        place = place[(high >= first) & (low <= last)]
        row = rows.lines.row[place]
    dated = outline.end[place] != NO_INSTANT
    place, row = place[dated], row[dated]
    ids, kind, dropped, target = outline.ids[place], outline.kind[place], outline.dropped[place], outline.target[place]
    right = scale.xs(outline.end[place])
    left = np.where(kind == RowKind.MILESTONE, right, np.minimum(scale.xs(outline.start[place]), right))
    listed, critical, activity = ids.tolist(), canvas.options.critical, canvas.plan.activity
    return Bodies(
        place, ids, kind, left, right, canvas.view.tops(row) + canvas.view.row_height / 2,
        np.where((target == NO_INSTANT) | dropped, np.nan, scale.xs(target)), outline.completed[place],
        np.array([row_id in critical for row_id in listed], np.bool_), dropped,
        [activity(row_id) if row_id > 0 else None for row_id in listed],
    )  # fmt: skip


def _ghosts(canvas: Canvas, bodies: Bodies) -> list[Shape]:
    """The dates that the baseline keeps, behind everything else."""
    found: list[Shape | None] = []
    mark = canvas.rows.outline.milestone_kind[bodies.place].tolist()
    ids, kinds, middle, x = (column.tolist() for column in (bodies.ids, bodies.kind, bodies.middle, bodies.right))
    for at in np.flatnonzero(~bodies.dropped).tolist():
        if kinds[at] == RowKind.ITEM:
            found.append(item_ghost(canvas, ids[at], middle[at]))
        elif kinds[at] == RowKind.MILESTONE:
            target = float(bodies.target[at])
            promised = None if np.isnan(target) or not canvas.options.targets else target
            found.append(milestone_ghost(canvas, ids[at], MILESTONE_KINDS[mark[at]], middle[at], x[at], promised))
    return [shape for shape in found if shape is not None]


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """Bars as they are cut at the view's edges, where their progress still ends where it did."""

    left: Floats
    width: Floats
    done: Floats
    """Pixels from the left edge up to which each is filled."""


def _cut(canvas: Canvas, bodies: Bodies, chosen: Chosen) -> _Cut:
    begin, end = bodies.left[chosen], bodies.right[chosen]
    left, right = np.maximum(begin, -BEYOND), np.minimum(end, canvas.view.width + BEYOND)
    percent = canvas.rows.outline.progress[bodies.place[chosen]]
    done, room = begin + (end - begin) * percent / 100, right - left
    with np.errstate(divide="ignore", invalid="ignore"):
        shown = np.where(room > 0, 100 * np.clip((done - left) / room, 0.0, 1.0), percent)
    width = np.maximum(room, glyphs.THINNEST_BAR)
    return _Cut(left, width, width * np.minimum(shown, 100) / 100)


def _bars(canvas: Canvas, bodies: Bodies, chosen: Chosen) -> list[Shape]:
    """Bars with their progress: filled when completed, red outline when critical."""
    cut, half = _cut(canvas, bodies, chosen), canvas.half
    top, height = bodies.middle[chosen] - half, 2 * half
    ids, critical, completed = bodies.ids[chosen], bodies.critical[chosen], bodies.completed[chosen]
    body = side_by_side(cut.left, top, cut.width, height)
    part = np.where(completed, cut.width, cut.done if canvas.options.progress else 0.0)
    radius = np.minimum(glyphs.RADIUS, cut.width / 2)
    filled = side_by_side(cut.left, top, part, height)
    # The edge inside the bar is square: only the bar's own corners are round.
    square = side_by_side(cut.left + radius, top, part - radius, height)
    inside = (part > radius) & (part < cut.width) & ~completed
    shapes: list[Shape] = []
    for token, mine in (("bar", ~critical), ("bar-critical", critical)):
        shapes += _boxes(body, ids, mine, fill=token, radius=glyphs.RADIUS, role="bar")
    looks = (
        ("bar-progress", ~critical & ~completed), ("bar-done", ~critical & completed), ("bar-critical-progress", critical),
    )  # fmt: skip
    for token, mine in looks:
        shapes += _boxes(filled, ids, mine & (part > 0), fill=token, radius=glyphs.RADIUS, role="progress")
        shapes += _boxes(square, ids, mine & inside, fill=token, role="progress")
    shapes += _boxes(body, ids, critical, stroke="critical", stroke_width=1.5, radius=glyphs.RADIUS, role="outline")
    return shapes


def _lane_bars(canvas: Canvas, bodies: Bodies, chosen: Chosen) -> list[Shape]:
    """Bars that a name can be written on: the progress is a strip along the lower edge, so that the ground of the words is of
    one colour; filled when completed."""
    cut, half = _cut(canvas, bodies, chosen), canvas.bar_half
    top, height = bodies.middle[chosen] - half, 2 * half
    ids, critical, completed = bodies.ids[chosen], bodies.critical[chosen], bodies.completed[chosen]
    body = side_by_side(cut.left, top, cut.width, height)
    strip = side_by_side(cut.left, top + height - glyphs.STRIP, cut.done, glyphs.STRIP)
    begun = ~completed & (cut.done > 0) if canvas.options.progress else np.zeros(len(ids), np.bool_)
    shapes = _boxes(body, ids, completed, fill="bar-done", radius=glyphs.RADIUS, role="bar")
    looks = (
        ("lane-bar", "bar-progress", "lane-bar-edge", 1.0, ~critical & ~completed),
        ("lane-bar-critical", "bar-critical-progress", "critical", 1.5, critical & ~completed),
    )
    for fill, done, edge, thick, mine in looks:
        shapes += _boxes(body, ids, mine, fill=fill, radius=glyphs.RADIUS, role="bar")
        shapes += _boxes(strip, ids, mine & begun, fill=done, radius=1.5, role="progress")
        shapes += _boxes(body, ids, mine, stroke=edge, stroke_width=thick, radius=glyphs.RADIUS, role="outline")
    return shapes


def _boxes(
    places: Floats,
    ids: Ints,
    chosen: Chosen,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    stroke_width: float = 1.0,
    radius: float = 0.0,
    role: str,
) -> list[Shape]:
    """Rectangles of one look; none where nothing is chosen."""
    if not chosen.any():
        return []
    return [Boxes(places[chosen], fill, stroke, stroke_width, radius, tuple(ids[chosen].tolist()), role)]


def _brackets(canvas: Canvas, bodies: Bodies, chosen: Chosen) -> Iterator[Shape]:
    """The brackets that span what lies beneath a row."""
    left, right = np.maximum(bodies.left, -BEYOND), np.minimum(bodies.right, canvas.view.width + BEYOND)
    for at in np.flatnonzero(chosen).tolist():
        look = glyphs.Look(dropped=bool(bodies.dropped[at]))
        yield from glyphs.bracket(int(bodies.ids[at]), float(left[at]), float(right[at]), float(bodies.middle[at]), look)


def _promises(canvas: Canvas, bodies: Bodies, chosen: Chosen) -> Iterator[Shape]:
    """Targets with the way from there, and forecasts."""
    options, kinds = canvas.options, canvas.rows.outline.milestone_kind
    if options.targets:
        for at in np.flatnonzero(chosen & ~np.isnan(bodies.target)).tolist():
            kind, middle = MILESTONE_KINDS[int(kinds[bodies.place[at]])], float(bodies.middle[at])
            target, x = float(bodies.target[at]), float(bodies.right[at])
            yield from glyphs.target(int(bodies.ids[at]), kind, target, x, middle, canvas.half)
    for at in np.flatnonzero(chosen & ~bodies.completed).tolist() if options.forecast else ():
        dates = options.forecast.get(int(bodies.ids[at]))
        if dates is not None:
            yield from glyphs.forecast(int(bodies.ids[at]), dates, canvas.scale, float(bodies.middle[at]) + canvas.half + 4)


def _pins(canvas: Canvas, bodies: Bodies, seen: Chosen) -> list[Shape]:
    """The pins of dates that a person holds in place."""
    pinned = [row is not None and row.placement is Placement.PINNED for row in bodies.activities]
    chosen = np.array(pinned, np.bool_) & seen & (bodies.left >= -BEYOND)
    if not chosen.any():
        return []
    x, owners = bodies.left[chosen], bodies.owners(chosen)
    lift = np.where(bodies.kind[chosen] == RowKind.MILESTONE, 6.5, 6.0)
    top = bodies.middle[chosen] - canvas.half - lift
    size = 2 * PIN_RADIUS
    return [
        Segments(side_by_side(x, top + 3, x, top + 8), "pin", 1.25, owners, "pin"),
        Boxes(side_by_side(x - PIN_RADIUS, top, size, size), fill="pin", radius=PIN_RADIUS, owners=owners, role="pin"),
    ]


def _deadlines(canvas: Canvas, bodies: Bodies) -> list[Shape]:
    """The walls at deadlines, in the colour of what is critical where the activity ends after its own."""
    if not canvas.options.deadlines:
        return []
    given = [NO_INSTANT if row is None or row.deadline is None else row.deadline for row in bodies.activities]
    moments, view = np.array(given, np.int64), canvas.view
    x = canvas.scale.xs(moments)
    chosen = (moments != NO_INSTANT) & ~bodies.dropped & (x >= -BEYOND) & (x <= view.width + BEYOND)
    late, top = bodies.right > x + 0.5, bodies.middle - view.row_height / 2
    walls: list[Shape] = []
    heads: list[Shape] = []
    for token, mine in (("deadline", chosen & ~late), ("critical", chosen & late)):
        if mine.any():
            across, down, owners = x[mine], top[mine], bodies.owners(mine)
            ends = side_by_side(across, down + 3, across, down + view.row_height - 3)
            walls.append(Segments(ends, token, 1.5, owners, "deadline"))
            heads.append(Repeated(Polygon(glyphs.WALL_HEAD, token, role="deadline"), side_by_side(across, down), owners))
    return walls + heads


def _marks(canvas: Canvas, bodies: Bodies, chosen: Chosen) -> Iterable[Shape]:
    """The marks of milestones."""
    kinds = canvas.rows.outline.milestone_kind[bodies.place]
    faces = kinds * 8 + bodies.completed * 4 + bodies.critical * 2 + bodies.dropped
    for face in np.unique(faces[chosen]).tolist():
        mine = chosen & (faces == face)
        look = glyphs.Look(bool(face & 4), bool(face & 2), bool(face & 1))
        pattern = glyphs.mark(0, MILESTONE_KINDS[face // 8], 0.0, 0.0, canvas.half, look)
        yield Repeated(pattern, side_by_side(bodies.right[mine], bodies.middle[mine]), bodies.owners(mine))
