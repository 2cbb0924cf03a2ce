"""The chart's scenes for what the timeline shows now. A scene is made once and kept until what it depends on changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from milestone_desktop.chart.bands import (
    HEADER_HEIGHT,
    LOWER_BAND,
    LaneMarks,
    LanePlaces,
    Ticks,
    header_scene,
    header_ticks,
    lane_height,
    lane_marks,
    lane_places,
    lane_scene,
)
from milestone_desktop.chart.canvas import Drawn
from milestone_desktop.chart.hit import Hit, hit
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.pictures import rows_picture
from milestone_desktop.chart.roadmap import canvas_of, roadmap, words_moved
from milestone_desktop.chart.routes import TYPES, LinkIndex, Links
from milestone_desktop.chart.rows import Rows
from milestone_desktop.chart.shapes import Box, Layer, Polygon, Polyline, Scene, Shape, bounds, singly
from milestone_desktop.chart.timescale import KnownDays, TimeScale
from milestone_desktop.desktop.models.roadmap_cells import date_words
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.theme import Theme
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.desktop.timeline.axis import Axis
from milestone_desktop.desktop.timeline.baseline_rows import BaselineRows
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.kept_dates import KeptDates
from milestone_desktop.document.document import Changed
from milestone_desktop.document.past import PastDocument
from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Instant, at
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.tracking.baselines import BaselineRow

FEWEST_LEVELS, MOST_LEVELS = 2, 4
NOON = MINUTES_PER_DAY // 2


@dataclass(frozen=True, slots=True)
class LaneStop:
    """A place of the lane that the keyboard can be on: a milestone, or the several of a counted marker."""

    ids: tuple[int, ...]
    box: QRectF


class KeptRows(Protocol):
    """Other dates of the rows, by activity, and what they say in words; "" for none."""

    def of(self, projects: Iterable[int]) -> Mapping[int, BaselineRow]: ...

    def words(self, activity: Activity) -> str: ...


class Scenes:
    """Scenes of the time header, the lane and the rows, and the inks that they are drawn with."""

    def __init__(self, model: RoadmapModel, axis: Axis, session: Session, kept: KeptRows | None = None) -> None:
        self._model = model
        self._axis = axis
        self._session = session
        self.take_theme(session.theme)
        self.shown = shown.USUAL
        self.marked_link: int | None = None
        self._pointed: int | None = None
        self._guided: frozenset[int] = frozenset()
        self._links: Links | None = None
        self._index: tuple[object, Links, LinkIndex] | None = None
        self._levels = FEWEST_LEVELS
        self._most_levels = MOST_LEVELS
        self._dates = KeptDates()
        self._baselines: KeptRows = kept if kept is not None else BaselineRows(session)
        session.changed.connect(self._take_change)
        self.forget()

    # what is asked

    @property
    def header_height(self) -> int:
        """Pixels of the two lines of dates."""
        return round(HEADER_HEIGHT)

    @property
    def lane_height(self) -> int:
        """Pixels of the lane with all milestones; nothing where there are none."""
        self._lane_now()
        return round(lane_height(self._levels)) if self._shows_lane() else 0

    @property
    def head_height(self) -> int:
        return self.header_height + self.lane_height

    def keep_low(self, low: bool) -> None:
        """Whether the lane stays as low as it can be, since there is little room for rows below it."""
        most = FEWEST_LEVELS if low else MOST_LEVELS
        if most != self._most_levels:
            self._most_levels = most
            self._levels = min(self._levels, most)
            self.forget()

    def take_theme(self, theme: Theme) -> None:
        """Draws in another theme's colours."""
        self.colours = theme
        self.inks = Inks(theme)
        self.forget()

    def start_anew(self) -> None:
        """Another project is shown: the lane is as low as it can be again."""
        self._levels = FEWEST_LEVELS
        self.forget()

    def forget(self) -> None:
        """The plan has changed: every scene is made anew when next asked for."""
        self._options: Options | None = None
        self._ticks: tuple[tuple[TimeScale, int], Ticks] | None = None
        self._marks: LaneMarks | None = None
        self._lane: tuple[object, Scene] | None = None
        self._places: LanePlaces | None = None
        self._drawn: tuple[tuple[TimeScale, int, Rows], Drawn] | None = None

    def header(self) -> Scene:
        """The two lines of dates."""
        return header_scene(self._axis.scale, self._axis.width, self._options_now(), self.inks.measure, self._ticks_now())

    def lane(self) -> Scene | None:
        """The lane with all milestones, its upper edge at 0; None where there is none."""
        return self._lane_now() if self._shows_lane() else None

    def rows(self, top: int, height: int) -> Scene:
        """The rows between two heights of the content, `top` and `top + height`, on the whole width of the axis. The scene's
        y counts from the top of the content, whatever is asked for."""
        drawn = self._drawn_now()
        first = max(top // ROW_HEIGHT, 0)
        last = min((top + height - 1) // ROW_HEIGHT, len(self._model.ids) - 1)
        view = View(first, last, self._axis.width, height, ROW_HEIGHT, first * ROW_HEIGHT, top)
        options = replace(self._options_now(), guides=self._guides())
        scale, measure = self._axis.scale, self.inks.measure
        scene = roadmap(self._model.rows, self._session.plan, scale, view, options, measure, self._index_now(), drawn)
        return scene if self.marked_link is None else _with_marked(scene, self.marked_link)

    def picture(self) -> Scene:
        """All rows with their titles, header and lane, as they are shown now: for a file."""
        options, scale = self._options_now(), self._axis.scale
        return rows_picture(self._model.rows, self._session.plan, scale, self._axis.width, options, self.inks.measure)

    def words_moved(self, first: int, last: int, dx: int) -> list[int] | None:
        """The rows first … last in which words stand elsewhere after everything has moved left by `dx` px; None where
        more than that is different."""
        before = self._drawn
        drawn = self._drawn_now()
        if before is None or drawn is before[1] or before[0][2] is not self._model.rows or before[0][1] != self._axis.width:
            return None
        if before[0][0].pixels_per_day != self._axis.scale.pixels_per_day:
            return None
        view = View(first, last, self._axis.width, (last - first + 1) * ROW_HEIGHT, ROW_HEIGHT, first * ROW_HEIGHT)
        plan, scale, measure = self._session.plan, self._axis.scale, self.inks.measure
        canvas = canvas_of(self._model.rows, plan, scale, view, self._options_now(), measure, drawn)
        return words_moved(canvas, before[1], dx)

    def show(self, names: frozenset[str]) -> None:
        """Draws what these names stand for, and nothing else beside bars and diamonds."""
        self.shown = names
        self.forget()

    def point_at(self, activity: int | None) -> None:
        """The activity that the pointer or the keyboard is on: a milestone has its guide drawn."""
        self._pointed = activity

    def guides_changed(self) -> bool:
        """Whether other guides are to be drawn than when this was asked last."""
        before, self._guided = self._guided, self._guides()
        return before != self._guided

    def hit(self, row: int, x: float, y: float) -> Hit | None:
        """What lies under a point of a row; y counts from the top of the content."""
        top = row * ROW_HEIGHT
        return hit(self.rows(top, ROW_HEIGHT), x, y, self.inks.measure)

    def span(self) -> tuple[Instant, Instant] | None:
        """The first and last date of all rows, shown or folded away."""
        return self._model.stretch()

    def lane_ids_at(self, position: QPointF) -> tuple[int, ...]:
        """The milestones at a place of the head: one under a mark or label, several under a counted marker."""
        x, y = position.x(), position.y() - self.header_height
        if not self._shows_lane():
            return ()
        scene = self._lane_now()
        for marker in scene.markers:
            if marker.box.contains(x, y):
                return marker.ids
        for shape in (*scene.layer("labels"), *scene.layer("marks")):
            if shape.owner is not None and shape.role != "leader" and bounds(shape, self.inks.measure).grown(2).contains(x, y):
                return (shape.owner,)
        return ()

    def lane_stops(self) -> list[LaneStop]:
        """What the keyboard goes along in the lane: its marks and counted markers, in order of time, in the head's pixels."""
        if not self._shows_lane():
            return []
        scene, top = self._lane_now(), self.header_height
        counted = {row_id for marker in scene.markers for row_id in marker.ids}
        found: list[tuple[float, tuple[int, ...], Box]] = [
            (box.left, (shape.owner,), box)
            for shape in scene.layer("marks")
            if shape.role == "mark" and shape.owner is not None and shape.owner not in counted
            for box in [bounds(shape, self.inks.measure)]
        ]
        found += [(marker.box.left, marker.ids, marker.box) for marker in scene.markers]
        found.sort(key=lambda stop: (stop[0], stop[1]))
        return [LaneStop(ids, QRectF(b.left, b.top + top, b.right - b.left, b.bottom - b.top)) for _, ids, b in found]

    def unit_at(self, position: QPointF) -> tuple[Instant, Instant] | None:
        """The month, week, day … of the header under a place of the head; None below the dates."""
        if position.y() >= self.header_height:
            return None
        upper, lower = self._ticks_now()
        ticks = upper if position.y() < LOWER_BAND[0] else lower
        tick = next((tick for tick in ticks if tick.x0 <= position.x() < tick.x1), None)
        return None if tick is None else (self._axis.scale.instant(tick.x0), self._axis.scale.instant(tick.x1))

    def date_words(self, moment: Instant | None) -> str:
        """A date for a tip."""
        return date_words(moment, self._session.today())

    def baseline_words(self, activity: Activity) -> str:
        """What the baseline in force keeps of a row, for its tip; "" where that is not shown."""
        return self._baselines.words(activity) if shown.BASELINE in self.shown else ""

    # what they are made of

    def _options_now(self) -> Options:
        if self._options is None:
            session, project = self._session, self._session.project
            today = session.today()
            status = None if project is None or project.status_date == today else project.status_date
            self._options = Options(
                words=self._dates,
                today=at(today, NOON),
                today_words=self._dates.full_date(today) if isinstance(session.document, PastDocument) else "",
                status_date=status,
                calendar=None if project is None else KnownDays(session.facts.times.of_project(project.id)),
                slip=self._slip,
                critical=session.critical() if shown.CRITICAL in self.shown else frozenset(),
                shading=shown.WEEKENDS in self.shown,
                links=shown.LINKS in self.shown,
                targets=shown.TARGETS in self.shown,
                dates=shown.DATES in self.shown,
                titles=shown.NAMES in self.shown,
                progress=shown.PROGRESS in self.shown,
                deadlines=shown.DEADLINES in self.shown,
                zigzag=shown.ZIGZAG in self.shown,
                baseline=self._baselines.of(self._model.rows.outline.projects) if shown.BASELINE in self.shown else {},
            )
        return self._options

    def _ticks_now(self) -> Ticks:
        """The ticks of the header, which stand in the grid of the rows, too."""
        key = (self._axis.scale, self._axis.width)
        if self._ticks is None or self._ticks[0] != key:
            self._ticks = (key, header_ticks(*key, self._options_now().words, self.inks.measure))
        return self._ticks[1]

    def _drawn_now(self) -> Drawn:
        """The rows drawn since the scale, the width or the rows were last others."""
        key = (self._axis.scale, self._axis.width, self._model.rows)
        if self._drawn is None or self._drawn[0][:2] != key[:2] or self._drawn[0][2] is not key[2]:
            self._drawn = (key, Drawn(ticks=self._ticks_now()[0]))
        return self._drawn[1]

    def _guides(self) -> frozenset[int]:
        if self._pointed is None or shown.GUIDES not in self.shown:
            return frozenset()
        return frozenset({self._pointed}) if self._session.plan.get(Milestone, self._pointed) is not None else frozenset()

    def _shows_lane(self) -> bool:
        return shown.LANE in self.shown and bool(self._marks_now())

    def _slip(self, milestone_id: int) -> int | None:
        milestone = self._session.plan.get(Milestone, milestone_id)
        return None if milestone is None else self._session.facts.slip(milestone)

    def _marks_now(self) -> LaneMarks:
        if self._marks is None:
            projects = [p for p in self._model.rows.outline.projects if self._session.plan.get(Project, p) is not None]
            self._marks = lane_marks(self._session.plan, projects, self._options_now())
        return self._marks

    def _lane_now(self) -> Scene:
        """The lane on as few levels as hold all labels. Levels are only added, until another project is shown: rows that
        jump up and down while one pans and zooms are no help."""
        scale, width = self._axis.scale, self._axis.width
        key = (scale, width)
        if self._lane is None or self._lane[0] != key:
            marks, options, measure = self._marks_now(), self._options_now(), self.inks.measure
            while True:
                layout = lane_places(marks, scale, width, options, measure, self._levels, self._places)
                if not layout.markers or self._levels == self._most_levels:
                    break
                self._levels += 1
            self._places = LanePlaces(marks, scale, width, self._levels, layout)
            self._lane = (key, lane_scene(marks, scale, width, options, measure, self._levels, layout=layout))
        return self._lane[1]

    def _index_now(self) -> LinkIndex:
        """The links between shown rows; rebuilt only where rows or links came, went or were folded away."""
        if self._links is None:
            self._links = Links.of(self._session.plan)
        shown = self._model.rows.shown
        if self._index is None or self._index[0] is not shown or self._index[1] is not self._links:
            self._index = (shown, self._links, LinkIndex(self._links, self._model.rows))
        return self._index[2]

    def _take_change(self, event: Changed) -> None:
        if self._links is not None and event.change_set.ids(Dependency):
            self._links = patched_links(self._links, self._session.plan, event.change_set)
        self.forget()


def _with_marked(scene: Scene, link: int) -> Scene:
    """The scene with one dependency line in the colour of what is chosen, in front of the others."""
    layers = []
    for layer in scene.layers:
        if layer.name == "links":
            lines = list(singly(layer.shapes))
            mine = [_marked(shape) for shape in lines if shape.owner == link]
            layer = Layer(layer.name, (*(shape for shape in lines if shape.owner != link), *mine))
        layers.append(layer)
    return replace(scene, layers=tuple(layers))


def _marked(shape: Shape) -> Shape:
    if isinstance(shape, Polyline):
        return replace(shape, stroke="focus", stroke_width=2.5)
    return replace(shape, fill="focus") if isinstance(shape, Polygon) else shape


def patched_links(links: Links, plan: Plan, change_set: ChangeSet) -> Links:
    """The links after a change-set that the plan has already taken: only the changed ones are looked at."""
    changed = sorted(change_set.ids(Dependency))
    kept = ~np.isin(links.id, np.array(changed, np.int64))
    fresh = [row for row_id in changed if (row := plan.get(Dependency, row_id)) is not None]
    return Links(
        np.concatenate((links.id[kept], np.array([row.id for row in fresh], np.int64))),
        np.concatenate((links.predecessor[kept], np.array([row.predecessor for row in fresh], np.int64))),
        np.concatenate((links.successor[kept], np.array([row.successor for row in fresh], np.int64))),
        np.concatenate((links.type[kept], np.array([TYPES.index(row.type) for row in fresh], np.int8))),
    )
