"""The roadmap's body: the rows in view as one scene. Header and lane are in `bands`, whole pictures in `pictures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import header_ticks
from milestone_desktop.chart.labels import beside, label_box
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.outline import MILESTONE_KINDS, NO_INSTANT
from milestone_desktop.chart.routes import TYPES, End, LinkIndex, arrow, route
from milestone_desktop.chart.rows import RowKind, Rows
from milestone_desktop.chart.shapes import (
    SPARE,
    Box,
    Layer,
    Line,
    Measure,
    Polygon,
    Polyline,
    Rect,
    Scene,
    Shape,
    Shortened,
    Text,
    TextStyle,
    baseline_in,
    broken_vertical,
    shortened_to,
)
from milestone_desktop.chart.timescale import TimeScale, free_stretches
from milestone_desktop.chart.words import working_days_text
from milestone_desktop.domain.enums import LinkType, Placement
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.plan import Plan

DATE_STYLE = TextStyle(11.5, 500, "text")
SLIP_STYLE = TextStyle(11.5, 500, "slip")
EARLY_STYLE = TextStyle(11.5, 500, "text-muted")
TITLE_STYLE = TextStyle(11.5, 400, "text-muted")
WORD_GAP = 4.0
BEYOND = 12.0
"""How far outside the view (px) a bar is still drawn, so that its edge and outline stay out of sight."""

MOST_LINKS = 1500
"""Links drawn at once; where more are in view, those with both ends in it come first."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row in view, in pixels. left, right: of its bar; for a milestone both are the x of its mark."""

    at: int
    id: int
    kind: RowKind
    top: float
    left: float
    right: float
    target: float | None
    look: glyphs.Look
    mark: int
    percent: int


@dataclass(slots=True)
class _Canvas:
    """What is drawn so far, by layer."""

    rows: Rows
    plan: Plan
    scale: TimeScale
    view: View
    options: Options
    measure: Measure
    bars: list[Shape] = field(default_factory=list)
    marks: list[Shape] = field(default_factory=list)
    labels: list[Shape] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    shortened: list[Shortened] = field(default_factory=list)

    @property
    def half(self) -> float:
        """Half the height of a bar, and the radius of a mark."""
        return self.view.row_height / 4


def roadmap(
    rows: Rows,
    plan: Plan,
    scale: TimeScale,
    view: View,
    options: Options,
    measure: Measure,
    links: LinkIndex | None = None,
) -> Scene:
    """The rows in view as a scene of view.width × view.height px.

    Layers from back to front: shading, selection, grid, links, bars, lines (today, status date), marks, labels.
    Cost goes by the rows in view, not by the plan.
    """
    canvas = _Canvas(rows, plan, scale, view, options, measure)
    lines = _line_xs(canvas)
    for row in _rows_in_view(canvas):
        _draw_row(canvas, row, lines)
    layers = (
        Layer("shading", tuple(_shading(canvas))),
        Layer("selection", tuple(_selection(canvas))),
        Layer("grid", tuple(_grid(canvas))),
        Layer("links", tuple(_links(canvas, links)) if links is not None and options.links else ()),
        Layer("bars", tuple(canvas.bars)),
        Layer("lines", tuple(_lines(canvas))),
        Layer("marks", tuple(canvas.marks)),
        Layer("labels", tuple(canvas.labels)),
    )
    return Scene(view.width, view.height, layers, tuple(canvas.shortened))


def _bottom(canvas: _Canvas) -> float:
    """The lower edge of the last row, or of the view."""
    return min(canvas.view.top(len(canvas.rows)), canvas.view.height)


def _rows_in_view(canvas: _Canvas) -> list[_Row]:
    rows, view = canvas.rows, canvas.view
    first, last = max(view.first_row, 0), min(view.last_row, len(rows) - 1)
    at = rows.shown[first : last + 1]
    outline = rows.outline
    left, right, target = (canvas.scale.xs(column[at]).tolist() for column in (outline.start, outline.end, outline.target))
    found = []
    for n, where in enumerate(at.tolist()):
        if outline.end[where] == NO_INSTANT:
            continue
        row_id = int(outline.ids[where])
        look = glyphs.Look(bool(outline.completed[where]), row_id in canvas.options.critical, bool(outline.dropped[where]))
        promised = None if outline.target[where] == NO_INSTANT or look.dropped else target[n]
        kind = RowKind(int(outline.kind[where]))
        begin = right[n] if kind is RowKind.MILESTONE else min(left[n], right[n])
        found.append(
            _Row(first + n, row_id, kind, view.top(first + n), begin, right[n], promised, look,
                 int(outline.milestone_kind[where]), int(outline.progress[where]))
        )  # fmt: skip
    return found


def _draw_row(canvas: _Canvas, row: _Row, lines: Sequence[float]) -> None:
    view = canvas.view
    middle = row.top + view.row_height / 2
    if row.kind is RowKind.MILESTONE:
        _draw_milestone(canvas, row, middle, lines)
        return
    if row.right < -BEYOND or row.left > view.width + BEYOND:
        return
    left, right = max(row.left, -BEYOND), min(row.right, view.width + BEYOND)
    if row.kind is RowKind.ITEM:
        percent = _percent_in(row, left, right) if canvas.options.progress else None
        canvas.bars += glyphs.bar(row.id, left, right, middle - canvas.half, 2 * canvas.half, percent, row.look)
    else:
        canvas.bars += glyphs.bracket(row.id, left, right, middle, row.look)
    _draw_pin(canvas, row, row.left, middle - canvas.half - 6)
    if canvas.options.titles and row.right >= 0:
        _label(canvas, row, (left, max(right, left + glyphs.THINNEST_BAR)), [], lines, [])


def _percent_in(row: _Row, left: float, right: float) -> int:
    """The progress of a bar that was cut at the view's edges, as percent of what is left of it."""
    if right <= left:
        return row.percent
    done = row.left + (row.right - row.left) * row.percent / 100
    return round(100 * min(max((done - left) / (right - left), 0.0), 1.0))


def _draw_milestone(canvas: _Canvas, row: _Row, middle: float, lines: Sequence[float]) -> None:
    options, radius = canvas.options, canvas.half
    kind = MILESTONE_KINDS[row.mark]
    obstacles: list[tuple[float, float]] = []
    if options.targets and row.target is not None:
        shapes = glyphs.target(row.id, kind, row.target, row.right, middle, radius)
        canvas.bars += shapes
        if shapes:
            obstacles.append((min(row.target - radius, row.right), max(row.target + radius, row.right)))
    dates = options.forecast.get(row.id)
    if dates is not None and not row.look.completed:
        canvas.bars += glyphs.forecast(row.id, dates, canvas.scale, middle + radius + 4)
    if not -BEYOND <= row.right <= canvas.view.width + BEYOND:
        return
    canvas.marks.append(glyphs.mark(row.id, kind, row.right, middle, radius, row.look))
    _draw_pin(canvas, row, row.right, middle - radius - 6.5)
    if options.dates and 0 <= row.right <= canvas.view.width:
        _label(canvas, row, (row.right - radius, row.right + radius), obstacles, lines, _date_words(canvas, row))


def _date_words(canvas: _Canvas, row: _Row) -> list[tuple[str, TextStyle]]:
    """`4 Dec` and, where it slipped, `+10 wd`."""
    options = canvas.options
    words = [(options.date_text(int(canvas.rows.outline.end[canvas.rows.shown[row.at]])), DATE_STYLE)]
    slip = options.slip(row.id) if options.slip is not None and options.targets and row.target is not None else None
    if slip:
        words.append((working_days_text(slip, options.words), SLIP_STYLE if slip > 0 else EARLY_STYLE))
    if row.look.dropped:
        words = [(text, replace(style, token="text-muted")) for text, style in words]
    return words


def _label(
    canvas: _Canvas,
    row: _Row,
    body: tuple[float, float],
    obstacles: list[tuple[float, float]],
    lines: Sequence[float],
    words: list[tuple[str, TextStyle]],
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
        place = beside(body, width, obstacles, lines, canvas.view.width) if form else None
        if place is None:
            continue
        baseline = baseline_in(row.top, canvas.view.row_height, form[0][1].size)
        x = place.left
        for (text, style), text_width in zip(form, widths, strict=True):
            canvas.labels.append(Text(x, baseline, text, style, "start", row.id, "label"))
            x += text_width + WORD_GAP
        canvas.boxes.append(label_box(place.left, place.left + width, baseline, form[0][1].size))
        shown = " ".join(text for text, _ in form)
        if shown != whole:
            canvas.shortened.append(Shortened(row.id, whole, shown))
        return
    if whole:
        canvas.shortened.append(Shortened(row.id, whole, ""))


def _title(canvas: _Canvas, row: _Row) -> str:
    if row.id < 0:
        title = canvas.rows.title_of_head(row.id)
        return title if isinstance(title, str) else canvas.options.words.say(title)
    activity = canvas.plan.activity(row.id)
    return activity.title if activity is not None else ""


def _draw_pin(canvas: _Canvas, row: _Row, x: float, top: float) -> None:
    activity = canvas.plan.activity(row.id) if row.id > 0 else None
    if activity is not None and activity.placement is Placement.PINNED and -BEYOND <= x <= canvas.view.width + BEYOND:
        canvas.bars += glyphs.pin(row.id, x, top)


def _shading(canvas: _Canvas) -> list[Shape]:
    options, bottom = canvas.options, _bottom(canvas)
    if options.calendar is None or not options.shading or bottom <= 0:
        return []
    stretches = free_stretches(canvas.scale, options.calendar, 0, canvas.view.width)
    return [Rect(left, 0, right - left, bottom, fill="weekend", role="weekend") for left, right in stretches]


def _selection(canvas: _Canvas) -> list[Shape]:
    view = canvas.view
    found = (row for row_id in canvas.options.selection for row in canvas.rows.rows_of(row_id))
    rows = sorted(row for row in found if view.first_row <= row <= view.last_row)
    return [Rect(0, view.top(row), view.width, view.row_height, fill="selection", role="selection") for row in rows]


def _grid(canvas: _Canvas) -> list[Shape]:
    """A hairline under each row, and one where each unit of the header's upper level begins, broken at labels."""
    view, bottom = canvas.view, _bottom(canvas)
    shapes: list[Shape] = []
    for row in range(max(view.first_row, 0), min(view.last_row, len(canvas.rows) - 1) + 1):
        y = view.top(row + 1) - 0.5
        shapes.append(Line(0, y, view.width, y, "grid", role="grid"))
    upper, _ = header_ticks(canvas.scale, view.width, canvas.options.words, canvas.measure)
    for tick in upper:
        if 0 < tick.x0 < view.width:
            x = round(tick.x0) - 0.5
            line = Line(x, 0, x, bottom, "grid-major", 1.25 if tick.opens_year else 1.0, role="grid")
            shapes += broken_vertical(x, 0, bottom, canvas.boxes, line)
    return shapes


def _line_xs(canvas: _Canvas) -> list[float]:
    return [x for x, _, _ in _date_lines(canvas.scale, canvas.options)]


def _date_lines(scale: TimeScale, options: Options) -> list[tuple[float, str, tuple[float, ...]]]:
    """(x, token, dash) of the status date, at the end of its day, and of today."""
    found: list[tuple[float, str, tuple[float, ...]]] = []
    if options.status_date is not None:
        found.append((scale.x((options.status_date + 1) * MINUTES_PER_DAY), "status-date", (5.0, 3.0)))
    if options.today is not None:
        found.append((scale.x(options.today), "today", ()))
    return found


def _lines(canvas: _Canvas) -> list[Shape]:
    bottom = _bottom(canvas)
    shapes: list[Shape] = []
    for x, token, dash in _date_lines(canvas.scale, canvas.options):
        if 0 <= x <= canvas.view.width:
            shapes += broken_vertical(x, 0, bottom, canvas.boxes, Line(x, 0, x, bottom, token, 1.5, dash, role=token))
    return shapes


def _links(canvas: _Canvas, index: LinkIndex) -> list[Shape]:
    """The dependency lines in view; critical ones in front."""
    view = canvas.view
    chosen = index.between(view.first_row, view.last_row)
    if len(chosen) > MOST_LINKS:
        inside = (index.predecessor[chosen] >= view.first_row) & (index.predecessor[chosen] <= view.last_row)
        inside &= (index.successor[chosen] >= view.first_row) & (index.successor[chosen] <= view.last_row)
        chosen = chosen[(~inside).argsort(kind="stable")][:MOST_LINKS]
    plain: list[Shape] = []
    critical: list[Shape] = []
    for at in chosen.tolist():
        link_type = TYPES[int(index.type[at])]
        start = _end(canvas, int(index.predecessor[at]), at_start=link_type in (LinkType.SS, LinkType.SF))
        end = _end(canvas, int(index.successor[at]), at_start=link_type in (LinkType.FS, LinkType.SS))
        if start is None or end is None or max(start.x, end.x) < -BEYOND or min(start.x, end.x) > view.width + BEYOND:
            continue
        ends = canvas.rows.id_at(int(index.predecessor[at])), canvas.rows.id_at(int(index.successor[at]))
        is_critical = all(row_id in canvas.options.critical for row_id in ends)
        (critical if is_critical else plain).extend(_link_shapes(int(index.id[at]), start, end, canvas.boxes, is_critical))
    return plain + critical


def _end(canvas: _Canvas, row: int, *, at_start: bool) -> End | None:
    """Where a link meets a row: just inside the bar's edge, or the middle of a mark. None where the row has no dates."""
    outline, where, view = canvas.rows.outline, int(canvas.rows.shown[row]), canvas.view
    if outline.end[where] == NO_INSTANT:
        return None
    kind = RowKind(int(outline.kind[where]))
    top = view.top(min(max(row, view.first_row - 2), view.last_row + 2))
    right = canvas.scale.x(int(outline.end[where]))
    if kind is RowKind.MILESTONE:
        return End(right, top, top + view.row_height, canvas.half)
    left = min(canvas.scale.x(int(outline.start[where])), right)
    inset = min(4.0, (right - left) / 2)
    half = canvas.half if kind is RowKind.ITEM else 5.0
    return End(left + inset if at_start else right - inset, top, top + view.row_height, half)


def _link_shapes(link: int, start: End, end: End, boxes: Sequence[Box], critical: bool) -> list[Shape]:
    token = "link-critical" if critical else "link"
    points = route(start, end, boxes)
    tip, before = points[-1], points[-2]
    head = arrow(tip, before)
    shaft = (*points[:-1], (tip[0], (tip[1] + head[1][1]) / 2))
    return [
        Polyline(shaft, token, 1.5 if critical else 1.25, 3.0, owner=link, role="link"),
        Polygon(head, fill=token, owner=link, role="link"),
    ]
