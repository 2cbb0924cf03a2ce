"""The roadmap's body: the rows in view as one scene. Header and lane are in `bands`, whole pictures in `pictures`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import header_ticks
from milestone_desktop.chart.baseline_bars import item_ghost, milestone_ghost
from milestone_desktop.chart.canvas import BEYOND, Canvas, Drawn, RowShapes
from milestone_desktop.chart.date_lines import date_lines, unit_lines, vertical_lines
from milestone_desktop.chart.labels import beside, label_box
from milestone_desktop.chart.link_lines import link_shapes
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.packed import APART, BESIDE, INSIDE, NAME_STYLE, WIDEST_NAME
from milestone_desktop.chart.routes import LinkIndex
from milestone_desktop.chart.row_values import MILESTONE_KINDS, NO_INSTANT
from milestone_desktop.chart.rows import RowKind, Rows
from milestone_desktop.chart.shapes import (
    SPARE,
    Box,
    Layer,
    Line,
    Measure,
    Rect,
    Scene,
    Shape,
    Shortened,
    Text,
    TextStyle,
    baseline_in,
    shortened_to,
)
from milestone_desktop.chart.timescale import TimeScale, free_stretches
from milestone_desktop.chart.words import working_days_text
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import Placement
from milestone_desktop.domain.plan import Plan

DATE_STYLE = TextStyle(11.5, 500, "text")
SLIP_STYLE = TextStyle(11.5, 500, "slip")
EARLY_STYLE = TextStyle(11.5, 500, "text-muted")
TITLE_STYLE = TextStyle(11.5, 400, "text-muted")
WORD_GAP = 4.0
SHORTEST_NAME = 28.0
"""In less room (px) than this no shortened name is written."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row in view, in pixels, or one item of a row that several share. place: its index into the outline; left, right: of
    its bar; for a milestone both are the x of its mark; since, until: where what came before on the same row ends and
    what follows begins."""

    at: int
    place: int
    id: int
    activity: Activity | None
    kind: RowKind
    top: float
    left: float
    right: float
    target: float | None
    look: glyphs.Look
    mark: int
    percent: int
    since: float = -math.inf
    until: float = math.inf


def roadmap(
    rows: Rows,
    plan: Plan,
    scale: TimeScale,
    view: View,
    options: Options,
    measure: Measure,
    links: LinkIndex | None = None,
    drawn: Drawn | None = None,
) -> Scene:
    """The rows in view as a scene of view.width × view.height px.

    Layers from back to front: shading, selection, grid, links, bars, lines (today, status date, guides), marks, labels.
    Cost goes by the rows in view, not by the plan. drawn: what was drawn before with the same rows, scale, width and
    options; it is taken from there and added to.
    """
    canvas = canvas_of(rows, plan, scale, view, options, measure, Drawn() if drawn is None else drawn)
    shown = [row_shapes(canvas, row) for row in canvas.in_view]
    boxes = [box for row in shown for box in row.boxes]
    layers = (
        Layer("shading", tuple(_shading(canvas))),
        Layer("selection", tuple(_selection(canvas))),
        Layer("grid", tuple(_grid(canvas, boxes))),
        Layer("links", tuple(link_shapes(canvas, links, boxes, row_shapes)) if links is not None and options.links else ()),
        Layer("bars", tuple(shape for row in shown for shape in row.bars)),
        Layer("lines", tuple(vertical_lines(canvas, boxes))),
        Layer("marks", tuple(_lines_first(shape for row in shown for shape in row.marks))),
        Layer("labels", tuple(shape for row in shown for shape in row.labels)),
    )
    return Scene(view.width, view.height, layers, tuple(cut for row in shown for cut in row.shortened))


def canvas_of(rows: Rows, plan: Plan, scale: TimeScale, view: View, options: Options, measure: Measure, drawn: Drawn) -> Canvas:
    """What the parts of a roadmap are drawn on."""
    drawn.tidy()
    return Canvas(rows, plan, scale, view, options, measure, drawn, [x for x, _, _ in date_lines(scale, options)])


def words_moved(canvas: Canvas, before: Drawn, dx: float) -> list[int]:
    """The rows in view whose words do not simply move along where everything has moved left by `dx` px since `before` was
    drawn: at the edges of the view words look for other places."""
    found = []
    for row in canvas.in_view:
        old, new = before.rows.get(row), row_shapes(canvas, row)
        if (
            old is None
            or len(old.boxes) != len(new.boxes)
            or any(
                abs(was.left - dx - box.left) > 0.01 or abs(was.right - dx - box.right) > 0.01
                for was, box in zip(old.boxes, new.boxes, strict=True)
            )
        ):
            found.append(row)
    return found


def _lines_first(shapes: Iterable[Shape]) -> list[Shape]:
    """The lines of all rows, then the rest: in a row a line never lies over a mark, and many can so be painted at one go."""
    return sorted(shapes, key=lambda shape: not isinstance(shape, Line))


def row_shapes(canvas: Canvas, row: int) -> RowShapes:
    """What is drawn in a row, in view or not."""
    found = canvas.drawn.rows.get(row)
    if found is None:
        found = canvas.drawn.rows[row] = RowShapes()
        for item in _items(canvas, row):
            _draw_row(canvas, item, found)
    return found


def _items(canvas: Canvas, row: int) -> list[_Row]:
    """What is to be drawn in a row: of the items that share it those in view, with one more on each side."""
    rows, scale = canvas.rows, canvas.scale
    places = rows.places_at(row)
    if len(places) > 1:
        early, late = scale.instant(-BEYOND), scale.instant(canvas.view.width + BEYOND)
        first = int(np.searchsorted(rows.outline.end[places], early)) - 1
        last = int(np.searchsorted(rows.outline.start[places], late, "right")) + 1
        places = places[max(first, 0) : last]
    found = [item for place in places.tolist() if (item := _row(canvas, row, place)) is not None]
    reaches = [_reach(canvas, item) for item in found] if len(found) > 1 else []
    for number in range(len(reaches)):
        since = reaches[number - 1][1] if number else -math.inf
        until = reaches[number + 1][0] if number + 1 < len(reaches) else math.inf
        found[number] = replace(found[number], since=since, until=until)
    return found


def _reach(canvas: Canvas, row: _Row) -> tuple[float, float]:
    """From where to where an item's bar or marks reach."""
    if row.kind is not RowKind.MILESTONE:
        return row.left, max(row.right, row.left + glyphs.THINNEST_BAR)
    left, right = row.left - canvas.half, row.right + canvas.half
    if row.target is not None and canvas.options.targets:
        left, right = min(left, row.target - canvas.half + 1.5), max(right, row.target + canvas.half - 1.5)
    return left, right


def _row(canvas: Canvas, row: int, at: int) -> _Row | None:
    """An item of a row in pixels; None where it has no dates."""
    rows, scale = canvas.rows, canvas.scale
    outline = rows.outline
    end = int(outline.end[at])
    if end == NO_INSTANT:
        return None
    row_id = int(outline.ids[at])
    look = glyphs.Look(bool(outline.completed[at]), row_id in canvas.options.critical, bool(outline.dropped[at]))
    promised = int(outline.target[at])
    kind = RowKind(int(outline.kind[at]))
    right = scale.x(end)
    left = right if kind is RowKind.MILESTONE else min(scale.x(int(outline.start[at])), right)
    return _Row(
        row, at, row_id, canvas.plan.activity(row_id) if row_id > 0 else None, kind, canvas.view.top(row), left, right,
        None if promised == NO_INSTANT or look.dropped else scale.x(promised), look, int(outline.milestone_kind[at]),
        int(outline.progress[at]),
    )  # fmt: skip


def _draw_row(canvas: Canvas, row: _Row, out: RowShapes) -> None:
    view = canvas.view
    middle = row.top + view.row_height / 2
    obstacles = _draw_deadline(canvas, row, out)
    if row.kind is RowKind.MILESTONE:
        _draw_milestone(canvas, row, middle, obstacles, out)
        return
    ghost = item_ghost(canvas, row.id, middle) if row.kind is RowKind.ITEM and not row.look.dropped else None
    if ghost is not None:
        out.bars.append(ghost)
    if row.right < -BEYOND or row.left > view.width + BEYOND:
        return
    left, right = max(row.left, -BEYOND), min(row.right, view.width + BEYOND)
    if row.kind is not RowKind.ITEM:
        out.bars += glyphs.bracket(row.id, left, right, middle, row.look)
    elif canvas.rows.lines is not None:
        _draw_lane_bar(canvas, row, (left, right), middle, out)
    else:
        percent = _percent_in(row, left, right) if canvas.options.progress else None
        out.bars += glyphs.bar(row.id, left, right, middle - canvas.half, 2 * canvas.half, percent, row.look)
    _draw_pin(canvas, row, row.left, middle - canvas.half - 6, out)
    if canvas.options.titles and row.right >= 0 and not (row.kind is RowKind.ITEM and canvas.rows.lines is not None):
        _label(canvas, row, (left, max(right, left + glyphs.THINNEST_BAR)), obstacles, [], out)


def _percent_in(row: _Row, left: float, right: float) -> float:
    """The progress of a bar that was cut at the view's edges, as percent of what is left of it."""
    if right <= left:
        return row.percent
    done = row.left + (row.right - row.left) * row.percent / 100
    return 100 * min(max((done - left) / (right - left), 0.0), 1.0)


def _draw_milestone(canvas: Canvas, row: _Row, middle: float, obstacles: list[tuple[float, float]], out: RowShapes) -> None:
    options, radius = canvas.options, canvas.half
    kind = MILESTONE_KINDS[row.mark]
    _draw_milestone_ghost(canvas, row, middle, obstacles, out)
    if options.targets and row.target is not None:
        shapes = glyphs.target(row.id, kind, row.target, row.right, middle, radius)
        out.bars += shapes
        if shapes:
            obstacles.append((min(row.target - radius, row.right), max(row.target + radius, row.right)))
    dates = options.forecast.get(row.id)
    if dates is not None and not row.look.completed:
        out.bars += glyphs.forecast(row.id, dates, canvas.scale, middle + radius + 4)
    if not -BEYOND <= row.right <= canvas.view.width + BEYOND:
        return
    out.marks.append(glyphs.mark(row.id, kind, row.right, middle, radius, row.look))
    _draw_pin(canvas, row, row.right, middle - radius - 6.5, out)
    if canvas.rows.lines is not None:
        if row.right >= 0:
            _name_beside(canvas, row, _reach(canvas, row), out)
    elif (options.dates or options.titles) and 0 <= row.right <= canvas.view.width:
        words = _date_words(canvas, row) if options.dates else []
        _label(canvas, row, (row.right - radius, row.right + radius), obstacles, words, out)


def _draw_lane_bar(canvas: Canvas, row: _Row, bar: tuple[float, float], middle: float, out: RowShapes) -> None:
    """A bar that shares its row: its name inside where it fits, else beside it in the room before what follows."""
    left, right = bar
    percent = _percent_in(row, left, right) if canvas.options.progress else None
    out.bars += glyphs.lane_bar(row.id, left, right, middle - canvas.bar_half, 2 * canvas.bar_half, percent, row.look)
    name, seen = _title(canvas, row), (max(left, 0.0), min(right, canvas.view.width))
    style = replace(NAME_STYLE, token="bar-done-text" if row.look.completed else "text")
    width, room = canvas.measure(name, style) * SPARE, seen[1] - seen[0] - 2 * INSIDE
    beside = min(row.until - APART, canvas.view.width) - row.right - BESIDE
    if 0 < width <= room or (room >= SHORTEST_NAME and room >= min(beside, width)):
        lift = 0.0 if row.look.completed or not percent else glyphs.STRIP / 2
        before = len(out.boxes)
        _write_name(canvas, row, seen[0] + INSIDE, room, style, middle - lift, out)
        if len(out.boxes) > before:  # no line begins or ends inside a bar, right at its name
            box = out.boxes[-1]
            out.boxes[-1] = Box(box.left, middle - canvas.bar_half, box.right, middle + canvas.bar_half)
    elif row.right >= 0:
        _name_beside(canvas, row, (row.left, max(row.right, row.left + glyphs.THINNEST_BAR)), out)


def _name_beside(canvas: Canvas, row: _Row, body: tuple[float, float], out: RowShapes) -> None:
    """The name of an item that shares its row, between it and what follows; where the view ends, between it and what came
    before if it is shortened less there."""
    style = replace(NAME_STYLE, token="text-muted") if row.look.dropped else NAME_STYLE
    left, middle = max(body[1] + BESIDE, 0.0), row.top + canvas.view.row_height / 2
    room = min(row.until - APART, canvas.view.width) - left
    name = _title(canvas, row)
    wanted = min(canvas.measure(name, style) * SPARE if name else 0.0, WIDEST_NAME)
    before = max([0.0, row.since + APART, *(box.right + 2 * APART for box in out.boxes)])
    spare = body[0] - BESIDE - before
    if room < wanted and spare > room and body[0] <= canvas.view.width:
        shown = shortened_to(name, min(spare, WIDEST_NAME), style, canvas.measure)
        left = body[0] - BESIDE - (canvas.measure(shown, style) * SPARE if shown else 0.0)
        room = body[0] - BESIDE - left + 0.01
    _write_name(canvas, row, left, room, style, middle, out)


def _write_name(canvas: Canvas, row: _Row, left: float, room: float, style: TextStyle, middle: float, out: RowShapes) -> None:
    """A name from `left` on, shortened to WIDEST_NAME and to the room there is; what is left out is listed."""
    name = _title(canvas, row)
    shown = shortened_to(name, min(room, WIDEST_NAME), style, canvas.measure) if name else ""
    width = canvas.measure(shown, style) * SPARE if shown else 0.0
    if shown and width <= room and (shown == name or room >= SHORTEST_NAME):
        baseline = baseline_in(middle - style.size / 2, style.size, style.size)
        out.labels.append(Text(left, baseline, shown, style, "start", row.id, "label"))
        out.boxes.append(label_box(left, left + width, baseline, style.size))
    else:
        shown = ""
    if shown != name:
        out.shortened.append(Shortened(row.id, name, shown))


def _draw_milestone_ghost(canvas: Canvas, row: _Row, middle: float, obstacles: list[tuple[float, float]], out: RowShapes) -> None:
    """The baseline's mark behind the others; words keep clear of it."""
    promised = row.target if canvas.options.targets else None
    ghost = milestone_ghost(canvas, row.id, MILESTONE_KINDS[row.mark], middle, row.right, promised)
    if ghost is not None and not row.look.dropped:
        out.bars.append(ghost)
        across = [x for x, _ in ghost.points]
        obstacles.append((min(across), max(across)))


def _draw_deadline(canvas: Canvas, row: _Row, out: RowShapes) -> list[tuple[float, float]]:
    """The mark of a deadline; gives where it stands, for words to keep clear of."""
    moment = row.activity.deadline if row.activity is not None and canvas.options.deadlines else None
    if moment is None or row.look.dropped:
        return []
    x = canvas.scale.x(moment)
    if not -BEYOND <= x <= canvas.view.width + BEYOND:
        return []
    out.marks += glyphs.deadline(row.id, x, row.top, canvas.view.row_height, late=row.right > x + 0.5)
    return [(x - 4, x + 4)]


def _date_words(canvas: Canvas, row: _Row) -> list[tuple[str, TextStyle]]:
    """`4 Dec` and, where it slipped, `+10 wd`."""
    options = canvas.options
    words = [(options.date_text(int(canvas.rows.outline.end[row.place])), DATE_STYLE)]
    slip = options.slip(row.id) if options.slip is not None and options.targets and row.target is not None else None
    if slip:
        words.append((working_days_text(slip, options.words), SLIP_STYLE if slip > 0 else EARLY_STYLE))
    if row.look.dropped:
        words = [(text, replace(style, token="text-muted")) for text, style in words]
    return words


def _label(
    canvas: Canvas,
    row: _Row,
    body: tuple[float, float],
    obstacles: list[tuple[float, float]],
    words: list[tuple[str, TextStyle]],
    out: RowShapes,
) -> None:
    """Writes a row's words beside its body; the longest form that fits is taken, and what is left out is listed."""
    title = _title(canvas, row) if canvas.options.titles else ""
    full = ([(title, TITLE_STYLE)] if title else []) + words
    whole = " ".join(text for text, _ in full)
    forms = [full]
    if title:
        forms += [[(shortened_to(title, 160, TITLE_STYLE, canvas.measure), TITLE_STYLE), *words], words]
    forms += [words[:1]] if len(words) > 1 else []
    for form in forms:
        widths = [canvas.measure(text, style) for text, style in form]
        width = SPARE * sum(widths) + WORD_GAP * (len(form) - 1)
        place = beside(body, width, obstacles, canvas.lines, canvas.view.width) if form else None
        if place is None:
            continue
        baseline = baseline_in(row.top, canvas.view.row_height, form[0][1].size)
        x = place.left
        for (text, style), text_width in zip(form, widths, strict=True):
            out.labels.append(Text(x, baseline, text, style, "start", row.id, "label"))
            x += text_width + WORD_GAP
        out.boxes.append(label_box(place.left, place.left + width, baseline, form[0][1].size))
        shown = " ".join(text for text, _ in form)
        if shown != whole:
            out.shortened.append(Shortened(row.id, whole, shown))
        return
    if whole:
        out.shortened.append(Shortened(row.id, whole, ""))


def _title(canvas: Canvas, row: _Row) -> str:
    if row.id < 0:
        title = canvas.rows.title_of_head(row.id)
        return title if isinstance(title, str) else canvas.options.words.say(title)
    return row.activity.title if row.activity is not None else ""


def _draw_pin(canvas: Canvas, row: _Row, x: float, top: float, out: RowShapes) -> None:
    pinned = row.activity is not None and row.activity.placement is Placement.PINNED
    if pinned and -BEYOND <= x <= canvas.view.width + BEYOND:
        out.bars += glyphs.pin(row.id, x, top)


def _shading(canvas: Canvas) -> list[Shape]:
    options, top, bottom = canvas.options, canvas.view.upper, canvas.bottom
    if options.calendar is None or not options.shading or bottom <= top:
        return []
    if canvas.drawn.free is None:
        canvas.drawn.free = free_stretches(canvas.scale, options.calendar, 0, canvas.view.width)
    return [Rect(left, top, right - left, bottom - top, fill="weekend", role="weekend") for left, right in canvas.drawn.free]


def _selection(canvas: Canvas) -> list[Shape]:
    view = canvas.view
    found = (row for row_id in canvas.options.selection for row in canvas.rows.rows_of(row_id))
    rows = sorted(row for row in found if view.first_row <= row <= view.last_row)
    return [Rect(0, view.top(row), view.width, view.row_height, fill="selection", role="selection") for row in rows]


def _grid(canvas: Canvas, boxes: Sequence[Box]) -> list[Shape]:
    """A hairline under each row, and one where each unit of the header's upper level begins, broken at labels."""
    view = canvas.view
    shapes: list[Shape] = []
    for row in canvas.in_view:
        y = view.top(row + 1) - 0.5
        shapes.append(Line(0, y, view.width, y, "grid", role="grid"))
    if canvas.drawn.ticks is None:
        canvas.drawn.ticks = header_ticks(canvas.scale, view.width, canvas.options.words, canvas.measure)[0]
    return shapes + unit_lines(canvas.drawn.ticks, view.width, (view.upper, canvas.bottom), boxes)
