"""The words on a roadmap's rows: dates and slips beside marks, names beside bars or on them; what does not fit is listed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.baseline_bars import milestone_ghost
from milestone_desktop.chart.canvas import BEYOND, Canvas, RowWords
from milestone_desktop.chart.labels import beside, label_box
from milestone_desktop.chart.packed import APART, BESIDE, INSIDE, NAME_STYLE, WIDEST_NAME
from milestone_desktop.chart.row_values import MILESTONE_KINDS, NO_INSTANT
from milestone_desktop.chart.rows import RowKind
from milestone_desktop.chart.shapes import SPARE, Box, Shortened, Text, TextStyle, baseline_in, shortened_to
from milestone_desktop.chart.words import working_days_text
from milestone_desktop.domain.activities import Activity

DATE_STYLE = TextStyle(11.5, 500, "text")
SLIP_STYLE = TextStyle(11.5, 500, "slip")
EARLY_STYLE = TextStyle(11.5, 500, "text-muted")
TITLE_STYLE = TextStyle(11.5, 400, "text-muted")
WORD_GAP = 4.0
SHORTEST_NAME = 28.0
"""In less room (px) than this no shortened name is written."""

NO_WORDS = RowWords()

_MILESTONE = int(RowKind.MILESTONE)  # to compare a plain number with it costs a tenth


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


def row_words(canvas: Canvas, row: int) -> RowWords:
    """What is written on a row, in view or not."""
    found = canvas.drawn.rows.get(row)
    if found is None:
        found = RowWords() if _may_speak(canvas, row) else NO_WORDS
        canvas.drawn.rows[row] = found
        for item in _items(canvas, row) if found is not NO_WORDS else ():
            _write(canvas, item, found)
    return found


def _may_speak(canvas: Canvas, row: int) -> bool:
    """Whether anything can be written on a row."""
    options, rows = canvas.options, canvas.rows
    if options.titles or rows.lines is not None:
        return True
    return options.dates and int(rows.outline.kind[rows.shown[row]]) == _MILESTONE


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


def _write(canvas: Canvas, row: _Row, out: RowWords) -> None:
    """The words of one item."""
    view, options, shares = canvas.view, canvas.options, canvas.rows.lines is not None
    middle = row.top + view.row_height / 2
    if row.kind is RowKind.MILESTONE:
        if shares and row.right >= 0 and row.right <= view.width + BEYOND:
            _name_beside(canvas, row, _reach(canvas, row), out)
        elif not shares and (options.dates or options.titles) and 0 <= row.right <= view.width:
            words = _date_words(canvas, row) if options.dates else []
            _label(canvas, row, (row.right - canvas.half, row.right + canvas.half), _obstacles(canvas, row), words, out)
        return
    if row.right < -BEYOND or row.left > view.width + BEYOND:
        return
    left, right = max(row.left, -BEYOND), min(row.right, view.width + BEYOND)
    if row.kind is RowKind.ITEM and shares:
        _name_bar(canvas, row, (left, right), middle, out)
    elif options.titles and row.right >= 0:
        _label(canvas, row, (left, max(right, left + glyphs.THINNEST_BAR)), _obstacles(canvas, row), [], out)


def _obstacles(canvas: Canvas, row: _Row) -> list[tuple[float, float]]:
    """What words keep clear of beside bar or mark: a deadline, and a milestone's target and ghost, as stretches of x."""
    options, half, found = canvas.options, canvas.half, []
    moment = row.activity.deadline if row.activity is not None and options.deadlines and not row.look.dropped else None
    if moment is not None:
        x = canvas.scale.x(moment)
        if -BEYOND <= x <= canvas.view.width + BEYOND:
            found.append((x - 4, x + 4))
    if row.kind is not RowKind.MILESTONE:
        return found
    kind, promised = MILESTONE_KINDS[row.mark], row.target if options.targets else None
    ghost = milestone_ghost(canvas, row.id, kind, row.top + canvas.view.row_height / 2, row.right, promised)
    if ghost is not None and not row.look.dropped:
        across = [x for x, _ in ghost.points]
        found.append((min(across), max(across)))
    if promised is not None and glyphs.is_apart(promised, row.right):
        found.append((min(promised - half, row.right), max(promised + half, row.right)))
    return found


def _name_bar(canvas: Canvas, row: _Row, bar: tuple[float, float], middle: float, out: RowWords) -> None:
    """The name of a bar that shares its row: inside where it fits, else beside it in the room before what follows."""
    left, right = bar
    name, seen = _title(canvas, row), (max(left, 0.0), min(right, canvas.view.width))
    style = replace(NAME_STYLE, token="bar-done-text" if row.look.completed else "text")
    width, room = canvas.measure(name, style) * SPARE, seen[1] - seen[0] - 2 * INSIDE
    beside = min(row.until - APART, canvas.view.width) - row.right - BESIDE
    if 0 < width <= room or (room >= SHORTEST_NAME and room >= min(beside, width)):
        begun = row.left + (row.right - row.left) * row.percent / 100 > left
        lift = glyphs.STRIP / 2 if begun and canvas.options.progress and not row.look.completed else 0.0
        before = len(out.boxes)
        _write_name(canvas, row, seen[0] + INSIDE, room, style, middle - lift, out)
        if len(out.boxes) > before:  # no line begins or ends inside a bar, right at its name
            box = out.boxes[-1]
            out.boxes[-1] = Box(box.left, middle - canvas.bar_half, box.right, middle + canvas.bar_half)
    elif row.right >= 0:
        _name_beside(canvas, row, (row.left, max(row.right, row.left + glyphs.THINNEST_BAR)), out)


def _name_beside(canvas: Canvas, row: _Row, body: tuple[float, float], out: RowWords) -> None:
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


def _write_name(canvas: Canvas, row: _Row, left: float, room: float, style: TextStyle, middle: float, out: RowWords) -> None:
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
    out: RowWords,
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
