"""Complete pictures: the roadmap as an image of its own, and the compact one inside a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import (
    HEADER_HEIGHT,
    header_scene,
    lane_height,
    lane_marks,
    lane_scene,
)
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.roadmap import roadmap
from milestone_desktop.chart.routes import LinkIndex, Links
from milestone_desktop.chart.row_values import MILESTONE_KINDS, NO_INSTANT
from milestone_desktop.chart.rows import RowKind, Rows, build
from milestone_desktop.chart.shapes import (
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
    merged,
    placed,
    shortened_to,
)
from milestone_desktop.chart.timescale import TimeScale, fit
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes

HEADING_STYLE = TextStyle(14, 600, "text")
ROW_STYLE = TextStyle(12, 400, "text")
PARENT_STYLE = TextStyle(12, 600, "text")
NOTE_STYLE = TextStyle(11, 400, "text-muted")
INDENT = 16.0
SIDE = 14.0
TALLEST_ROW, LOWEST_ROW = 32.0, 20.0
WIDEST_TITLES = 0.32
"""The most of a picture's width that titles may take."""


def picture(plan: Plan, project_ids: Sequence[int], size: tuple[float, float], options: Options, measure: Measure) -> Scene:
    """A roadmap that stands alone, exactly `size` = (width, height) px: titles, header, lane and rows, fitted in time.

    Rows get lower, and deeper levels are folded, until all fit; what still does not fit is said in a last line.
    Where `options` bring no slip or calendar, those of the plan are taken.
    """
    options = with_plan_facts(plan, project_ids, options)
    width, height = size
    marks = lane_marks(plan, project_ids, options)
    rows, row_height = _fitting_rows(build(plan, project_ids), height - HEADER_HEIGHT - lane_height(4))
    shown = min(len(rows), max(int((height - HEADER_HEIGHT - lane_height(4)) // row_height), 0))
    if shown < len(rows):
        shown = max(shown - 1, 0)
    links = LinkIndex(Links.of(plan).among(rows.ids[:shown]), rows) if options.links else None
    titles = _Titles(plan, rows, shown, measure)
    left = titles.width(width * WIDEST_TITLES)
    chart_width = max(width - left, 1.0)
    scale = fit_rows(rows, chart_width, options)
    view = View(0, shown - 1, chart_width, shown * row_height, row_height)
    lane = lane_scene(marks, scale, chart_width, options, measure, levels=2)
    if lane.markers:
        lane = lane_scene(marks, scale, chart_width, options, measure, levels=4)
    top = HEADER_HEIGHT + lane.height
    parts = [
        placed(roadmap(rows, plan, scale, view, options, measure, links), left, top),
        placed(lane, left, HEADER_HEIGHT),
        placed(header_scene(scale, chart_width, options, measure), left, 0),
        titles.scene(_heading(plan, project_ids, options), left, top, row_height, options),
        _frame(width, left, top, top + shown * row_height),
    ]
    if shown < len(rows):
        parts.append(_more(len(rows) - shown, top + shown * row_height, row_height, options))
    return merged(width, height, parts)


def with_plan_facts(plan: Plan, project_ids: Sequence[int], options: Options) -> Options:
    """The options with the plan's own slip and the first project's calendar where none were given."""
    times = WorkTimes(plan)
    if options.slip is None:
        options = replace(options, slip=lambda row_id: _slip_of(plan, row_id, times))
    if options.calendar is None and project_ids:
        options = replace(options, calendar=times.of_project(project_ids[0]))
    return options


def _slip_of(plan: Plan, row_id: int, times: WorkTimes) -> int | None:
    milestone = plan.get(Milestone, row_id)
    return slip(plan, milestone, times) if milestone is not None else None


def fit_rows(rows: Rows, width: float, options: Options, left: float = 24.0, right: float = 48.0) -> TimeScale:
    """The time scale that shows everything in `rows` in `width` px: bars, marks, targets and forecasts, and today or
    the status date where they lie near. Without any date: the month around today or the status date."""
    outline = rows.outline
    columns = [outline.start, outline.end, outline.target if options.targets else outline.end[:0]]
    dates = [[f.low, f.high] for row_id, f in options.forecast.items() if outline.place(row_id) is not None]
    known = np.concatenate([*columns, np.array(dates, np.int64).reshape(-1)])
    known = known[known != NO_INSTANT]
    extra = [] if options.today is None else [options.today]
    extra += [] if options.status_date is None else [(options.status_date + 1) * MINUTES_PER_DAY]
    if not len(known):
        middle = extra[-1] if extra else _SOME_DAY
        return fit(middle - 15 * MINUTES_PER_DAY, middle + 15 * MINUTES_PER_DAY, width)
    first, last = int(known.min()), int(known.max())
    slack = max((last - first) // 6, 7 * MINUTES_PER_DAY)
    near = [moment for moment in extra if first - slack <= moment <= last + slack]
    return fit(min([first, *near]), max([last, *near]), width, left, right)


_SOME_DAY = 739_000 * MINUTES_PER_DAY
"""Stands in the middle of an empty picture that was given no date at all (2024-04-18)."""


def _fitting_rows(rows: Rows, room: float) -> tuple[Rows, float]:
    """The rows and their height: lower rows first, then deeper levels folded; the last resort is cutting."""
    deepest = int(rows.outline.level.max(initial=0))
    for depth in range(deepest, 0, -1):
        if len(rows) * LOWEST_ROW <= room:
            break
        at_depth = (rows.outline.level == depth - 1) & (rows.outline.size > 1)
        rows = rows.with_collapsed(rows.collapsed | set(rows.outline.ids[at_depth].tolist()))
    height = room / len(rows) if len(rows) else TALLEST_ROW
    return rows, float(int(min(max(height, LOWEST_ROW), TALLEST_ROW)))


def _heading(plan: Plan, project_ids: Sequence[int], options: Options) -> str:
    titles = [plan[Project, project].title for project in project_ids]
    if len(titles) == 1:
        return titles[0]
    return options.words.say(message(N_("{count} projects"), count=len(titles)))


@dataclass(frozen=True, slots=True)
class _Titles:
    """The column of titles at the left of a picture."""

    plan: Plan
    rows: Rows
    shown: int
    measure: Measure

    def width(self, most: float) -> float:
        """As wide as the widest title, at least 160 px where there is room, at most `most`."""
        widest = 0.0
        for row in range(self.shown):
            text, style = self._text(row)
            widest = max(widest, self._left(row) + self.measure(text, style) * 1.03 + SIDE)
        return min(max(widest, 160.0), most)

    def scene(self, heading: str, width: float, top: float, row_height: float, options: Options) -> Scene:
        """The column with the heading beside the time header and a name for the lane."""
        shapes: list[Shape] = []
        shortened: list[Shortened] = []
        lane = options.words.say(message(N_("All milestones on one line")))
        middle_of_lane = HEADER_HEIGHT + (top - HEADER_HEIGHT) / 2
        self._write(shapes, shortened, heading, HEADING_STYLE, SIDE, HEADER_HEIGHT / 2, width, None)
        shapes.append(Rect(0, HEADER_HEIGHT, width, top - HEADER_HEIGHT, fill="lane"))
        self._write(shapes, shortened, lane, NOTE_STYLE, SIDE, middle_of_lane, width, None)
        for row in range(self.shown):
            y = top + row * row_height
            text, style = self._text(row)
            shapes.append(Line(0, y + row_height - 0.5, width, y + row_height - 0.5, "grid", role="grid"))
            shapes += self._sign(row, y + row_height / 2, options)
            self._write(shapes, shortened, text, style, self._left(row), y + row_height / 2, width, self.rows.id_at(row))
        return Scene(width, top, (Layer("titles", tuple(shapes)),), tuple(shortened))

    def _write(
        self, shapes: list[Shape], shortened: list[Shortened], text: str, style: TextStyle,
        x: float, middle: float, width: float, owner: int | None,
    ) -> None:  # fmt: skip
        shown = shortened_to(text, width - x - 8, style, self.measure)
        if shown != text:
            shortened.append(Shortened(owner, text, shown))
        if shown:
            shapes.append(Text(x, baseline_in(middle, 0, style.size), shown, style, owner=owner, role="title"))

    def _sign(self, row: int, middle: float, options: Options) -> list[Shape]:
        """The small mark before a milestone's title, the small bar before an item's; nothing before a parent's."""
        outline, at, owner = self.rows.outline, int(self.rows.shown[row]), self.rows.id_at(row)
        x = self._left(row) - 11
        look = glyphs.Look(bool(outline.completed[at]), owner in options.critical, bool(outline.dropped[at]))
        match self.rows.kind_at(row):
            case RowKind.MILESTONE:
                return [glyphs.mark(owner, MILESTONE_KINDS[int(outline.milestone_kind[at])], x, middle, 5, look)]
            case RowKind.ITEM:
                return [Rect(x - 4, middle - 4, 8, 8, fill="bar", radius=2, owner=owner, role="sign")]
            case _:
                return []

    def _left(self, row: int) -> float:
        at = int(self.rows.shown[row])
        is_leaf = self.rows.kind_at(row) in (RowKind.ITEM, RowKind.MILESTONE)
        return SIDE + INDENT * min(int(self.rows.outline.level[at]), 8) + (INDENT if is_leaf else 0)

    def _text(self, row: int) -> tuple[str, TextStyle]:
        row_id = self.rows.id_at(row)
        if row_id < 0:
            return str(self.rows.title_of_head(row_id)), PARENT_STYLE
        activity = self.plan.activity(row_id)
        style = PARENT_STYLE if self.rows.kind_at(row) is RowKind.PARENT else ROW_STYLE
        return (activity.title if activity is not None else ""), style


def _frame(width: float, left: float, top: float, bottom: float) -> Scene:
    """Hairlines between header, lane, rows and the column of titles."""
    lines: Iterable[Shape] = (
        Line(0, HEADER_HEIGHT - 0.5, width, HEADER_HEIGHT - 0.5, "hairline"),
        Line(0, top - 0.5, width, top - 0.5, "hairline"),
        Line(left - 0.5, 0, left - 0.5, bottom, "hairline"),
    )
    return Scene(width, bottom, (Layer("frame", tuple(lines)),))


def _more(count: int, top: float, row_height: float, options: Options) -> Scene:
    text = options.words.say(message(N_("and {count} more rows"), count=count))
    note = Text(SIDE, baseline_in(top, row_height, NOTE_STYLE.size), text, NOTE_STYLE, role="note")
    return Scene(0, 0, (Layer("note", (note,)),))
