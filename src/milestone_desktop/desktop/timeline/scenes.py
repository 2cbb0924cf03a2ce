"""The chart's scenes for what the timeline shows now. A scene is made once and kept until what it depends on changes."""

from __future__ import annotations

from functools import cache

import numpy as np
from PySide6.QtCore import QLocale, QPointF

from milestone_desktop.chart.bands import HEADER_HEIGHT, LaneMark, header_scene, lane_height, lane_marks, lane_scene
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.roadmap import roadmap
from milestone_desktop.chart.routes import TYPES, LinkIndex, Links
from milestone_desktop.chart.shapes import Scene, bounds, merged, placed
from milestone_desktop.chart.words import GettextWords
from milestone_desktop.desktop.models.roadmap_cells import date_words
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.theme import Theme
from milestone_desktop.desktop.timeline.axis import Axis
from milestone_desktop.desktop.timeline.painting import Inks
from milestone_desktop.desktop.words import _
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Dependency, Milestone
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Instant, at
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

FEWEST_LEVELS, MOST_LEVELS = 2, 4
NOON = MINUTES_PER_DAY // 2


class Scenes:
    """Scenes of the time header, the lane and the rows, and the inks that they are drawn with."""

    def __init__(self, model: RoadmapModel, axis: Axis, session: Session) -> None:
        self._model = model
        self._axis = axis
        self._session = session
        self.take_theme(session.theme)
        self._links: Links | None = None
        self._index: tuple[object, Links, LinkIndex] | None = None
        self._levels = FEWEST_LEVELS
        self._zoom = 0.0
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
        return round(lane_height(self._levels)) if self._marks_now() else 0

    @property
    def head_height(self) -> int:
        return self.header_height + self.lane_height

    def take_theme(self, theme: Theme) -> None:
        """Draws in another theme's colours."""
        self.colours = theme
        self.inks = Inks(theme)
        self.forget()

    def forget(self) -> None:
        """The plan has changed: every scene is made anew when next asked for."""
        self._options: Options | None = None
        self._marks: list[LaneMark] | None = None
        self._lane: tuple[object, Scene] | None = None
        self._rows: tuple[object, Scene] | None = None

    def head(self, width: int, axis_width: int) -> Scene:
        """Header and lane one below the other, `axis_width` px wide in a head of `width` px."""
        header = header_scene(self._axis.scale, axis_width, self._options_now(), self.inks.measure)
        if not self._marks_now():
            return header
        return merged(width, self.head_height, (header, placed(self._lane_now(), 0, self.header_height)))

    def rows(self, top: int, width: int, height: int) -> Scene:
        """The rows that show in a viewport whose upper edge stands at `top` px of the content."""
        key = (self._axis.scale, top, width, height)
        if self._rows is None or self._rows[0] != key:
            first = top // ROW_HEIGHT
            last = min((top + height - 1) // ROW_HEIGHT, len(self._model.ids) - 1)
            view = View(first, last, width, height, ROW_HEIGHT, first * ROW_HEIGHT - top)
            scene = roadmap(
                self._model.rows,
                self._session.plan,
                self._axis.scale,
                view,
                self._options_now(),
                self.inks.measure,
                self._index_now(),
            )
            self._rows = (key, scene)
        return self._rows[1]

    def span(self) -> tuple[Instant, Instant] | None:
        """The first and last date of all rows, shown or folded away."""
        return self._model.stretch()

    def lane_ids_at(self, position: QPointF) -> tuple[int, ...]:
        """The milestones at a place of the head: one under a mark or label, several under a counted marker."""
        x, y = position.x(), position.y() - self.header_height
        scene = self._lane_now()
        for marker in scene.markers:
            if marker.box.contains(x, y):
                return marker.ids
        for shape in (*scene.layer("labels"), *scene.layer("marks")):
            if shape.owner is not None and shape.role != "leader" and bounds(shape, self.inks.measure).grown(2).contains(x, y):
                return (shape.owner,)
        return ()

    def date_words(self, moment: Instant | None) -> str:
        """A date for a tip."""
        return date_words(moment, self._session.today())

    # what they are made of

    def _options_now(self) -> Options:
        if self._options is None:
            session, project = self._session, self._session.project
            today = session.today()
            status = None if project is None or project.status_date == today else project.status_date
            self._options = Options(
                words=GettextWords(cache(_), (QLocale().firstDayOfWeek().value - 1) % 7),
                today=at(today, NOON),
                status_date=status,
                calendar=None if project is None else session.facts.times.of_project(project.id),
                slip=self._slip,
                critical=session.critical(),
            )
        return self._options

    def _slip(self, milestone_id: int) -> int | None:
        milestone = self._session.plan.get(Milestone, milestone_id)
        return None if milestone is None else self._session.facts.slip(milestone)

    def _marks_now(self) -> list[LaneMark]:
        if self._marks is None:
            projects = [p for p in self._model.rows.outline.projects if self._session.plan.get(Project, p) is not None]
            self._marks = lane_marks(self._session.plan, projects, self._options_now())
        return self._marks

    def _lane_now(self) -> Scene:
        """The lane on as few levels as hold all labels. Levels are added while panning and given back when zooming."""
        scale, width = self._axis.scale, self._axis.width
        key = (scale, width)
        if self._lane is None or self._lane[0] != key:
            if self._zoom != scale.pixels_per_day:
                self._levels, self._zoom = FEWEST_LEVELS, scale.pixels_per_day
            while True:
                scene = lane_scene(self._marks_now(), scale, width, self._options_now(), self.inks.measure, self._levels)
                if not scene.markers or self._levels == MOST_LEVELS:
                    break
                self._levels += 1
            self._lane = (key, scene)
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
