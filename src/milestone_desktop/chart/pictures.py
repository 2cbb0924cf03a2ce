"""Complete pictures: the roadmap of some projects fitted into a size, and that of a window, with all its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import (
    HEADER_HEIGHT,
    LANE_STYLE,
    date_line_xs,
    header_scene,
    lane_height,
    lane_marks,
    lane_scene,
)
from milestone_desktop.chart.labels import fewest_levels
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.packed import Packer
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

ROOM_FOR_DATES, ROOM_FOR_NAMES = 48.0, 110.0
"""Pixels kept clear right of the last date, for what is written beside marks."""

WIDEST_COLUMN = 420.0
MOST_ROWS = 400
"""Pixels of titles, and rows, that the picture of a window has at most: some screens can still be looked at as one."""


def picture(
    plan: Plan, project_ids: Sequence[int], size: tuple[float, float], options: Options, measure: Measure, *, lanes: bool = False
) -> Scene:
    """A roadmap that stands alone, exactly `size` = (width, height) px: titles, header, lane and rows, fitted in time.

    Rows get lower, and deeper levels are folded, until all fit; what still does not fit is said in a last line. lanes:
    several items stand on one row, wherever they do not overlap. Where `options` bring no slip or calendar, those of the
    plan are taken.
    """
    options = with_plan_facts(plan, project_ids, options)
    width, height = size
    rows, room = build(plan, project_ids), height - HEADER_HEIGHT - lane_height(4)
    most, widest = int(room // LOWEST_ROW), width * WIDEST_TITLES
    if lanes:
        left = _Titles(plan, rows, len(rows), measure, options, packed=True).width(widest)
        zoom = fit_rows(rows, max(width - left, 1.0), options, right=ROOM_FOR_NAMES).pixels_per_day
        packer = Packer(measure)
        packer.targets = options.targets
        rows = fitting_rows(rows, most, lambda some: packer.packed(some, plan, zoom))
    else:
        rows = fitting_rows(rows, most)
    row_height = float(int(min(max(room / len(rows) if len(rows) else TALLEST_ROW, LOWEST_ROW), TALLEST_ROW)))
    shown = min(len(rows), max(int(room // row_height), 0))
    if shown < len(rows):
        shown = max(shown - 1, 0)
    if not lanes:
        left = _Titles(plan, rows, shown, measure, options).width(widest)
    right = ROOM_FOR_NAMES if lanes else ROOM_FOR_DATES
    scale = fit_rows(rows, max(width - left, 1.0), options, right=right)
    return _assembled(_Part(rows, shown, row_height), plan, scale, (left, width, height), options, measure)


def rows_picture(rows: Rows, plan: Plan, scale: TimeScale, width: float, options: Options, measure: Measure) -> Scene:
    """The rows of a window from the first to the last, `width` px of time wide as they are seen through `scale`, and as high
    as they need; of more than MOST_ROWS the rest is counted in a last line."""
    shown = len(rows) if len(rows) <= MOST_ROWS else MOST_ROWS - 1
    left = _Titles(plan, rows, shown, measure, options, packed=rows.lines is not None).width(WIDEST_COLUMN)
    part = _Part(rows, shown, TALLEST_ROW)
    return _assembled(part, plan, scale, (left, left + width, None), options, measure)


@dataclass(frozen=True, slots=True)
class _Part:
    """The first rows of some, as many as are shown."""

    rows: Rows
    shown: int
    row_height: float

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """The ids of all that stands on the rows shown."""
        lines = self.rows.lines
        places = self.rows.shown[: self.shown] if lines is None else lines.places[: lines.first[self.shown]]
        return self.rows.outline.ids[places]


def _assembled(
    part: _Part, plan: Plan, scale: TimeScale, size: tuple[float, float, float | None], options: Options, measure: Measure
) -> Scene:
    """The whole picture. size: the width of the titles, of everything, and the height; None for as high as it needs."""
    left, width, height = size
    rows, shown, row_height = part.rows, part.shown, part.row_height
    projects, chart_width = rows.base.projects, max(width - left, 1.0)
    links = LinkIndex(Links.of(plan).among(part.ids), rows) if options.links else None
    view = View(0, shown - 1, chart_width, shown * row_height, row_height)
    marks = lane_marks(plan, projects, options)
    avoid = [x for x in date_line_xs(scale, options) if 0 <= x <= chart_width]
    levels, layout = fewest_levels((2, 4), marks.entries(scale), chart_width, LANE_STYLE, measure, avoid=avoid)
    lane = lane_scene(marks, scale, chart_width, options, measure, levels, layout=layout)
    top = HEADER_HEIGHT + lane.height
    bottom = top + shown * row_height
    titles = _Titles(plan, rows, shown, measure, options, packed=rows.lines is not None)
    parts = [
        placed(roadmap(rows, plan, scale, view, options, measure, links), left, top),
        placed(lane, left, HEADER_HEIGHT),
        placed(header_scene(scale, chart_width, options, measure), left, 0),
        titles.scene(_heading(plan, projects, options), left, top, row_height),
        _frame(width, left, top, bottom),
    ]
    if shown < len(rows):
        parts.append(_more(len(rows) - shown, bottom, row_height, options))
        bottom += row_height
    return merged(width, bottom if height is None else height, parts)


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


def fit_rows(rows: Rows, width: float, options: Options, left: float = 24.0, right: float = ROOM_FOR_DATES) -> TimeScale:
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


def fitting_rows(rows: Rows, most: int, pack: Callable[[Rows], Rows] = lambda rows: rows) -> Rows:
    """The rows with deeper levels folded until they are `most`; still more where all levels are folded. pack: what puts several
    items on a row."""
    packed = pack(rows)
    for depth in range(int(rows.outline.level.max(initial=0)), 0, -1):
        if len(packed) <= most:
            break
        at_depth = (rows.outline.level == depth - 1) & (rows.outline.size > 1)
        rows = rows.with_collapsed(rows.collapsed | set(rows.outline.ids[at_depth].tolist()))
        packed = pack(rows)
    return packed


def _heading(plan: Plan, project_ids: Sequence[int], options: Options) -> str:
    titles = [plan[Project, project].title for project in project_ids]
    if len(titles) == 1:
        return titles[0]
    return options.words.say(message(N_("{count} projects"), count=len(titles)))


@dataclass(frozen=True, slots=True)
class _Titles:
    """The column of titles at the left of a picture. packed: items share rows and have their names in the chart; here stand
    only the names of heads and parents, and of what has no dates to be drawn at."""

    plan: Plan
    rows: Rows
    shown: int
    measure: Measure
    options: Options
    packed: bool = False

    def width(self, most: float) -> float:
        """As wide as the widest title, at least 160 px where there is room, at most `most`."""
        widest = 0.0
        for row in range(self.shown):
            text, style = self._text(row)
            widest = max(widest, self._left(row) + self.measure(text, style) * 1.03 + SIDE)
        return min(max(widest, 160.0), most)

    def scene(self, heading: str, width: float, top: float, row_height: float) -> Scene:
        """The column with the heading beside the time header and a name for the lane."""
        shapes: list[Shape] = []
        shortened: list[Shortened] = []
        lane = self.options.words.say(message(N_("All milestones on one line")))
        middle_of_lane = HEADER_HEIGHT + (top - HEADER_HEIGHT) / 2
        self._write(shapes, shortened, heading, HEADING_STYLE, SIDE, HEADER_HEIGHT / 2, width, None)
        shapes.append(Rect(0, HEADER_HEIGHT, width, top - HEADER_HEIGHT, fill="lane"))
        self._write(shapes, shortened, lane, NOTE_STYLE, SIDE, middle_of_lane, width, None)
        for row in range(self.shown):
            y = top + row * row_height
            text, style = self._text(row)
            shapes.append(Line(0, y + row_height - 0.5, width, y + row_height - 0.5, "grid", role="grid"))
            shapes += self._sign(row, y + row_height / 2)
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

    def _sign(self, row: int, middle: float) -> list[Shape]:
        """The small mark before a milestone's title, the small bar before an item's; nothing before a parent's."""
        if self.packed:
            return []
        outline, at, owner = self.rows.outline, int(self.rows.shown[row]), self.rows.id_at(row)
        x = self._left(row) - 11
        look = glyphs.Look(bool(outline.completed[at]), owner in self.options.critical, bool(outline.dropped[at]))
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
        row_id, outline = self.rows.id_at(row), self.rows.outline
        if row_id < 0:
            return self.options.words.say(self.rows.title_of_head(row_id)), PARENT_STYLE
        if self.rows.kind_at(row) is RowKind.PARENT:
            return self._title(row_id), PARENT_STYLE
        if not self.packed:
            return self._title(row_id), ROW_STYLE
        places = self.rows.places_at(row)
        undated = outline.ids[places[outline.end[places] == NO_INSTANT]].tolist()
        return ", ".join(self._title(one) for one in undated), NOTE_STYLE

    def _title(self, row_id: int) -> str:
        activity = self.plan.activity(row_id)
        return activity.title if activity is not None else ""


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
