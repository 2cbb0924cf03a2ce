"""The Roadmap page: table and timeline side by side over the same rows, with one vertical scroll bar and one selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from milestone_desktop.chart.pictures import ROOM_FOR_NAMES
from milestone_desktop.chart.shapes import Scene
from milestone_desktop.chart.timescale import Scale, TimeScale
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.pages.halves import TABLE, Halves
from milestone_desktop.desktop.pages.page import Page, rows_text
from milestone_desktop.desktop.pages.roadmap_places import Place, Places
from milestone_desktop.desktop.pages.roadmap_selection import RoadmapSelection
from milestone_desktop.desktop.reading_ahead import ReadingAhead
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.arranging import Arranging
from milestone_desktop.desktop.table.cell_menu import cell_menu
from milestone_desktop.desktop.table.cell_work import PROGRESS_STEP, CellWork
from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.look import TableLook
from milestone_desktop.desktop.table.row_work import RowWork
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.desktop.timeline.axis import EDGE, ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.body import TimelineBody
from milestone_desktop.desktop.timeline.head import TimelineHead
from milestone_desktop.desktop.timeline.jump import JumpField
from milestone_desktop.desktop.timeline.lanes import Lanes
from milestone_desktop.desktop.timeline.scenes import KeptRows, Scenes
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Instant, at
from milestone_desktop.domain.messages import N_

TABLE_WIDTH = 620
NARROWEST_TABLE = 240
HALF_A_DAY = MINUTES_PER_DAY // 2
LOW_PAGE = 300
"""Height in px below which each row that shows counts for more than labels of the lane."""


class RoadmapPage(Page):
    """activated: a milestone or item is to be shown in the inspector; scale_changed: another view mode or zoom."""

    finds = (Milestone, WorkItem)
    activated = Signal(int)
    scale_changed = Signal()
    filterable = True

    def __init__(self, session: Session, parent: QWidget | None = None, kept: KeptRows | None = None) -> None:
        """kept: other dates of the rows, drawn below them; by default those of the baselines in force."""
        super().__init__(session, parent)
        self._view = ""
        self._goal = Place({})
        self._arriving = True
        self._staying = QTimer(self)
        self._staying.setSingleShot(True)
        self._staying.timeout.connect(self._stay)
        self.look = TableLook(session.theme)
        self.model = RoadmapModel(session, self)
        self.axis = Axis(TimeScale(at(session.today()), 3.5), self)
        self.scenes = Scenes(self.model, self.axis, session, kept)
        self.table = RoadmapTable(self.model, self.look)
        self.head = TimelineHead(self.model, self.axis, self.scenes)
        self.body = TimelineBody(self.model, self.axis, self.scenes)
        self.jump_field = JumpField(session, self.axis, self.head)
        kept = session.kept(shown.STATE)
        if isinstance(kept, list):
            self.scenes.show(shown.known(kept))
        self.lanes = Lanes(self.body, self.scenes)
        self.cells = CellWork(self.table)
        self.row_work = RowWork(self.table)
        self.arranging = Arranging(self.table)
        self.places = Places(self.model, self.table, self.axis)
        self.selection = RoadmapSelection(self.table, self.body)
        self._ahead = ReadingAhead(session.plan, self._read_ahead, lambda: self.body.tool.busy, self)
        self._lay_out()
        self._connect()
        self._take_keys()
        self._place_heights()
        self._come_to_view()
        self.selection.show()

    # what the window asks

    @property
    def scale(self) -> str:
        """The view mode by name: "day" … "year"."""
        return self.axis.scale.scale.value.lower()

    def set_scale(self, name: str) -> None:
        """Chooses a view mode; what stands in the middle stays there."""
        self.axis.set_mode(Scale(name.capitalize()))

    def zoom_in(self) -> None:
        self.axis.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self.axis.zoom(1 / ZOOM_STEP)

    def go_to_today(self) -> None:
        """Brings today to the middle."""
        self.axis.centre(at(self.session.today()) + HALF_A_DAY)

    def fit(self) -> None:
        """Shows everything in the rows, from the first to the last date."""
        span = self.scenes.span()
        if span is None:
            self.go_to_today()
        else:
            self._fit_span(*span)

    def fit_project(self) -> None:
        """Shows the whole project of the row in hand, whatever is filtered out."""
        self._fit_rows(self.session.plan.activities_where("project", self._project_in_hand()))

    def fit_selection(self) -> None:
        """Shows what is selected, from its first to its last date."""
        rows = (self.session.plan.activity(row_id) for row_id in self.session.selection)
        self._fit_rows(row for row in rows if row is not None)

    def pan(self, share: float) -> None:
        """Shows what lies later, by a share of the width; earlier where it is negative."""
        self.axis.pan(round(share * self.axis.width))

    def jump(self) -> None:
        """Opens the field in which a date to go to is typed."""
        self.jump_field.open()

    @property
    def shown(self) -> frozenset[str]:
        """What the timeline shows beside bars and diamonds: names of `timeline.shown`."""
        return self.scenes.shown

    def set_shown(self, names: Iterable[str]) -> None:
        """Shows what these names stand for, and keeps that with the workspace."""
        wanted = shown.known(names)
        if wanted == self.scenes.shown:
            return
        self.scenes.show(wanted)
        self.session.keep(shown.STATE, sorted(wanted))
        self._place_heights()
        self.head.update()
        self.body.viewport().update()
        self.scale_changed.emit()

    def expand_all(self) -> None:
        self.model.expand_all()

    def collapse_all(self) -> None:
        self.model.collapse_all()

    def rows_text(self) -> str:
        """How many rows there are, and how many the filter hides."""
        return rows_text(self.session, len(self.model.ids), self.hidden_rows())

    def view_definition(self) -> dict[str, Any]:
        return {
            "columns": list(self.model.columns),
            "sort": [list(key) for key in self.model.sorting],
            "scale": self.scale,
            "show": sorted(self.shown),
        }

    def show_view(self, definition: Mapping[str, Any]) -> None:
        self.arranging.use(self._view_name(), definition)
        place, mode = self.places.of(self._view_name()), str(definition.get("scale", "")).capitalize()
        if place.times is not None:
            self.axis.show(place.times)
        if mode in set(Scale) and mode != self.axis.scale.scale:
            self.set_scale(mode)
        self.places.return_to(place)
        if "show" in definition:
            self.set_shown(str(name) for name in definition["show"])

    def as_picture(self) -> Scene:
        return self.scenes.picture()

    def hidden_rows(self) -> int:
        return self.model.hidden_by_filter()

    def reveal(self, row_id: int) -> bool:
        return self.model.reveal(row_id) is not None

    def filtered_out(self, ids: Sequence[int]) -> int:
        wanted, rows = np.fromiter(ids, np.int64, len(ids)), self.model.rows
        return int((np.isin(wanted, rows.base.ids) & ~np.isin(wanted, rows.outline.ids)).sum())

    def name_row(self, row_id: int) -> None:
        """Opens the title of a new row for typing."""
        row = self.model.reveal(row_id)
        if row is not None:
            self.table.edit_cell(row, TITLE)

    @property
    def reads_ahead(self) -> bool:
        """Whether something is still to be read for filters and sorting, once the page stands still."""
        return self._ahead.waiting

    def _read_ahead(self) -> bool:
        """Reads a little of what a filter or sorting will ask for."""
        return self.isVisible() and (self.session.shown.read_ahead() or self.model.read_ahead())

    def enter(self) -> None:
        """The page has come to the front."""
        self._arrive()
        self._ahead.start()
        self.setFocusProxy(self.table if self.splitter.shows(TABLE) else self.body)
        self.setFocus()

    # building

    def _lay_out(self) -> None:
        rows = QWidget()
        left = QVBoxLayout(rows)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(self._sideways())
        timeline = QWidget()
        column = QVBoxLayout(timeline)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.body, 1)
        rows.setMinimumWidth(NARROWEST_TABLE)
        self.splitter = Halves(rows, timeline, self.session, TABLE_WIDTH)
        self.splitter.setAccessibleName(_("Width of the table"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)

    def _sideways(self) -> QWidget:
        """The table's horizontal scroll bar, below it and as high as the timeline's, also while there is nothing to scroll."""
        own = self.table.horizontalScrollBar()
        bar = QScrollBar(Qt.Orientation.Horizontal)
        bar.setFixedHeight(self.body.horizontalScrollBar().sizeHint().height())
        bar.setAccessibleName(_("Scroll the table sideways"))
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        bar.setSizePolicy(policy)

        def take_range(low: int, high: int) -> None:
            bar.setPageStep(own.pageStep())
            bar.setSingleStep(40)
            bar.setRange(low, high)
            bar.setVisible(high > low)

        own.rangeChanged.connect(take_range)
        own.valueChanged.connect(bar.setValue)
        bar.valueChanged.connect(own.setValue)
        take_range(own.minimum(), own.maximum())
        return bar

    def _connect(self) -> None:
        session, left, right = self.session, self.table.verticalScrollBar(), self.body.verticalScrollBar()
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        right.rangeChanged.connect(lambda: right.setValue(left.value()))
        session.selection_changed.connect(self._reveal_dates)
        session.changed.connect(self._place_heights)
        session.project_changed.connect(self._take_project)
        session.shown.leaving.connect(self._leave_view)
        session.shown.view_changed.connect(self._take_view)
        session.theme_changed.connect(self._recolour)
        session.marked_changed.connect(self.table.viewport().update)
        self.model.rows_changed.connect(self._take_rows)
        self.axis.changed.connect(self.scale_changed)
        self.axis.changed.connect(self._place_heights)
        self.axis.panned.connect(self._place_heights)
        moves = (session.changed, session.selection_changed, self.axis.changed, self.axis.panned, self.model.rows_changed)
        for moved in (*moves, right.valueChanged):
            moved.connect(self._ahead.start)
        self.body.sized.connect(self._take_size)
        self.body.clicked.connect(self.selection.click)
        self.body.picked.connect(self._pick)
        self.table.stepped.connect(self.lanes.step)
        self.scale_changed.connect(self.lanes.refresh)
        self.body.activated.connect(self.activated)
        self.body.framed.connect(session.select)
        self.body.made.connect(self.name_row)
        self.head.chosen.connect(self._choose)
        self.head.activated.connect(self.activated)
        self.table.activated_id.connect(self.activated)
        self.table.menu_wanted.connect(lambda place: cell_menu(self).popup(place))

    def _take_keys(self) -> None:
        """What keys do to rows and ranges. The window's actions have some of them too; whoever comes first does the same."""
        key, alt, none = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        rows, cells = self.row_work, self.cells
        self.table.keys = {
            (key.Key_Insert, none): rows.insert,
            (key.Key_Insert, control): lambda: rows.insert(child=True),
            (key.Key_Insert, shift): lambda: rows.insert(milestone=True),
            (key.Key_Delete, none): self.delete,
            (key.Key_Delete, control): rows.delete,
            (key.Key_Up, alt): lambda: rows.rearrange(N_("Move up"), activities.move_up),
            (key.Key_Down, alt): lambda: rows.rearrange(N_("Move down"), activities.move_down),
            (key.Key_Right, alt): lambda: rows.rearrange(N_("Indent"), activities.indent),
            (key.Key_Left, alt): lambda: rows.rearrange(N_("Outdent"), activities.outdent),
            (key.Key_C, control): cells.copy,
            (key.Key_C, control | shift): lambda: cells.copy(headings=True),
            (key.Key_X, control): cells.cut,
            (key.Key_V, control): cells.paste,
            (key.Key_D, control): cells.fill_down,
            (key.Key_F7, none): self.arranging.sort_by_current,
            (key.Key_F7, shift): lambda: self.arranging.sort_by_current(add=True),
            (key.Key_F8, none): self.arranging.choose,
        }
        self.table.progress_keys = {
            key.Key_Plus: lambda: cells.step_progress(PROGRESS_STEP),
            key.Key_Minus: lambda: cells.step_progress(-PROGRESS_STEP),
        }

    # rows

    def deletes_rows(self) -> bool:
        """Whether Delete means the selected rows: where the range holds their titles. Else it clears the cells."""
        return TITLE in self.table.span

    def delete(self) -> None:
        """Deletes the selected rows, or clears the cells of the range."""
        if self.deletes_rows():
            self.row_work.delete()
        else:
            self.cells.clear()

    # following

    def _take_rows(self) -> None:
        """Other rows are visible. The lane is about the plan, so it stays; see `Scenes` for what an edit changes of it."""
        self.body.set_span(self.scenes.span())
        self.selection.follow_rows()
        self.rows_changed.emit()

    def _pick(self, activity_id: int, modifiers: Qt.KeyboardModifier) -> None:
        """A click in the timeline on one of those that share a row."""
        self.selection.take(*self.lanes.picked(activity_id, modifiers))

    def _choose(self, milestone_id: int) -> None:
        """A milestone of the lane: its row is shown and selected."""
        if self.model.reveal(milestone_id) is not None:
            self.session.select([milestone_id])

    def _reveal_dates(self) -> None:
        """Something was selected elsewhere: its dates come into view."""
        activity = self.session.plan.activity(self.session.current)
        if self.selection.busy or activity is None or activity.end is None or self._arriving:
            return
        self.axis.reveal(activity.start if activity.start is not None else activity.end, activity.end)

    def _take_project(self) -> None:
        self.scenes.start_anew()
        self.body.set_span(self.scenes.span())
        self._come_to_view()

    def _project_in_hand(self) -> int | None:
        activity = self.session.plan.activity(self.session.current)
        return activity.project if activity is not None else self.session.project_id

    def _fit_rows(self, rows: Iterable[Activity]) -> None:
        dates = [moment for row in rows for moment in (row.start, row.end) if moment is not None]
        if dates:
            self._fit_span(min(dates), max(dates))

    def _fit_span(self, first: Instant, last: Instant) -> None:
        """Shows a span; in lanes there stand names after the last bars and diamonds."""
        self.axis.fit(first, last, ROOM_FOR_NAMES if self.model.packed else EDGE)

    def _view_name(self) -> str:
        """What columns, widths and sorting are kept for: the view that is chosen, else the project shown."""
        project, view = self.session.project_id, self.session.shown.view
        if view:
            return f"view {view}"
        return "portfolio" if project is None else f"project {project}"

    def _come_to_view(self) -> None:
        """Columns, widths, sorting, folds and scrolling as they were left in the view that is shown now; everything from
        the first to the last date where nobody has been there before."""
        self._view = self._view_name()
        self.arranging.use(self._view)
        self._goal = self.places.of(self._view)
        self._arriving = True
        self._arrive()

    def _leave_view(self) -> None:
        """Another project or view is about to be shown."""
        if not self._arriving:
            self.places.leave(self._view)

    def _take_view(self) -> None:
        """Another view is chosen, or what is shown has been kept as one; or none is chosen any more, and the project's own
        columns come back."""
        self._view = self._view_name()
        if self.session.shown.view:
            self.arranging.go_on_as(self._view)
        else:
            self.arranging.use(self._view)
            self.places.return_to(self.places.of(self._view))

    def _take_size(self) -> None:
        self._arrive()
        self._place_heights()

    def _arrive(self) -> None:
        """Goes to where the person was, or shows the whole plan, as soon as the page knows how wide it is; a window that
        opens comes to its size in several steps."""
        if not self._arriving or not self.isVisible() or self.axis.width <= 1:
            return
        if not self._staying.isActive():
            self._staying.start()
        self.body.set_span(self.scenes.span())
        if self._goal.times is None:
            self.fit()
        else:
            self.axis.show(self._goal.times)

    def _stay(self) -> None:
        """Everything has its size now; so far the rows could be scrolled only as far as an unfinished page let them."""
        self._arriving = False
        self.places.return_to(self._goal)

    def _place_heights(self) -> None:
        """Table header and timeline head are equally high, whatever the lane needs; on a low page it leaves room for rows."""
        self.scenes.keep_low(self.height() < LOW_PAGE)
        titles, lane = self.scenes.header_height, self.scenes.lane_height
        self.table.header.set_heights(titles, lane)
        if self.head.height() != titles + lane:
            self.head.setFixedHeight(titles + lane)

    def _recolour(self) -> None:
        self.look.take(self.session.theme)
        self.scenes.take_theme(self.session.theme)
        for part in (self.table.viewport(), self.table.header.viewport(), self.head, self.body.viewport()):
            part.update()
