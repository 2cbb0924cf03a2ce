"""The Roadmap page: table and timeline side by side over the same rows, with one vertical scroll bar and one selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from milestone_desktop.chart.timescale import Scale, TimeScale
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.pages.halves import TABLE, Halves
from milestone_desktop.desktop.pages.page import Page, rows_text
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.arranging import Arranging
from milestone_desktop.desktop.table.cell_menu import cell_menu
from milestone_desktop.desktop.table.cell_work import PROGRESS_STEP, CellWork
from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.look import TableLook
from milestone_desktop.desktop.table.ranges import RowRange, as_selection, ids_in, ranges_from_rows, ranges_of
from milestone_desktop.desktop.table.row_work import RowWork
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.body import TimelineBody
from milestone_desktop.desktop.timeline.head import TimelineHead
from milestone_desktop.desktop.timeline.jump import JumpField
from milestone_desktop.desktop.timeline.scenes import Scenes
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.grouping import is_tree
from milestone_desktop.domain.instants import MINUTES_PER_DAY, at
from milestone_desktop.domain.messages import N_

TABLE_WIDTH = 620
NARROWEST_TABLE = 240
HALF_A_DAY = MINUTES_PER_DAY // 2


class RoadmapPage(Page):
    """activated: a milestone or item is to be shown in the inspector; scale_changed: another view mode or zoom."""

    finds = (Milestone, WorkItem)
    activated = Signal(int)
    scale_changed = Signal()
    filterable = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._axes: dict[int | None, TimeScale] = {}
        self._axis_of: int | None = session.project_id
        self._to_fit = True
        self._selecting = False
        self.look = TableLook(session.theme)
        self.model = RoadmapModel(session, self)
        self.axis = Axis(TimeScale(at(session.today()), 3.5), self)
        self.scenes = Scenes(self.model, self.axis, session)
        self.table = RoadmapTable(self.model, self.look)
        self.head = TimelineHead(self.model, self.axis, self.scenes)
        self.body = TimelineBody(self.model, self.axis, self.scenes)
        self.jump_field = JumpField(session, self.axis, self.head)
        kept = session.document.storage.view_state().get(shown.STATE)
        if isinstance(kept, list):
            self.scenes.show(shown.known(kept))
        self.cells = CellWork(self.table)
        self.row_work = RowWork(self.table)
        self.arranging = Arranging(self.table)
        self._lay_out()
        self._connect()
        self._use_view()
        self._take_keys()
        self._place_heights()
        self._show_selection()

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
        if span is not None:
            self.axis.fit(*span)

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
        self.session.document.storage.keep_view_state({shown.STATE: sorted(wanted)})
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
        if str(definition.get("scale", "")).capitalize() in set(Scale):
            self.set_scale(str(definition["scale"]))
        if "show" in definition:
            self.set_shown(str(name) for name in definition["show"])

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

    def enter(self) -> None:
        """The page has come to the front."""
        self._fit_once()
        (self.table if self.splitter.shows(TABLE) else self.body).setFocus()

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
        self.splitter = Halves(rows, timeline, self.session.document.storage, TABLE_WIDTH)
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
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._take_selection)
        selection.currentChanged.connect(self._take_selection)
        session.selection_changed.connect(self._follow_selection)
        session.changed.connect(self._place_heights)
        session.project_changed.connect(self._take_project)
        session.shown.view_changed.connect(self._leave_view)
        session.theme_changed.connect(self._recolour)
        session.marked_changed.connect(self.table.viewport().update)
        self.model.rows_changed.connect(self._take_rows)
        self.axis.changed.connect(self.scale_changed)
        self.axis.changed.connect(self._place_heights)
        self.axis.panned.connect(self._place_heights)
        self.body.sized.connect(self._take_size)
        self.body.clicked.connect(self._click_row)
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

    # one selection

    def _take_selection(self) -> None:
        """The table's selection becomes the session's, and the timeline shows it."""
        if self._selecting or self.model.rearranging:
            return
        ranges = ranges_of(self.table.selectionModel())
        current = self.table.currentIndex()
        if current.isValid() and self.model.is_draft(current.row()):
            return  # what was selected before stays in the inspector while a new row is named
        hand = self.model.id_at(current.row()) if current.isValid() else -1
        ids = [row_id for row_id in ids_in(ranges, self.model.ids) if row_id > 0]
        if current.isValid() and hand in ids and not any(top <= current.row() <= bottom for top, bottom in ranges):
            ids.remove(hand)  # one of its rows was taken out of the selection: the others go with it
        self._selecting = True
        self.session.select(ids, hand if hand in ids else None)
        if not is_tree(self.model.grouping):
            self._select_twins(ranges)
        self._selecting = False
        self.body.set_selected(ranges_of(self.table.selectionModel()))

    def _select_twins(self, ranges: list[RowRange]) -> None:
        """An activity that stands in several groups is one thing: all its rows are selected, or none."""
        model = self.model
        rows = model.rows.rows_among(self.session.selection)
        chosen = [np.arange(top, bottom + 1) for top, bottom in ranges]
        heads = [part[model.ids[part] < 0] for part in chosen]
        wanted = ranges_from_rows(np.unique(np.concatenate((rows, *heads))))
        if wanted != ranges:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().select(as_selection(model, wanted), flags)

    def _rows_selected(self) -> list[RowRange]:
        """The rows of what is selected in the session, all of them where an activity has several."""
        return ranges_from_rows(self.model.rows.rows_among(self.session.selection))

    def _follow_selection(self) -> None:
        """Something else was selected elsewhere: its row and its dates come into view."""
        if self._selecting:
            return
        self._show_selection()
        activity = self.session.plan.activity(self.session.current)
        if activity is not None and activity.end is not None and not self._to_fit:
            self.axis.reveal(activity.start if activity.start is not None else activity.end, activity.end)

    def _show_selection(self, column: int | None = None) -> None:
        """The session's selection becomes the table's."""
        if self._selecting:
            return
        session = self.session
        if session.current is not None:
            self.model.reveal(session.current)
        ranges = self._rows_selected()
        selection, flags = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        self._selecting = True
        rows = () if session.current is None else self.model.rows_of(session.current)
        if rows:
            here = self.table.currentIndex().row()
            row = here if here in rows else rows[0]
            keep = self.table.currentIndex().column() if column is None else column
            index = self.model.index(row, max(keep, 0))
            selection.setCurrentIndex(index, flags.NoUpdate)
            self.table.scrollTo(index)
        selection.select(as_selection(self.model, ranges), flags.ClearAndSelect)
        self._selecting = False
        self.body.set_selected(ranges_of(selection))

    def _click_row(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """A click in the timeline selects as one in the table does: Ctrl adds, Shift reaches up to."""
        flags, selection = QItemSelectionModel.SelectionFlag, self.table.selectionModel()
        current = self.table.currentIndex()
        index = self.model.index(row, TITLE)
        if modifiers & Qt.KeyboardModifier.ShiftModifier and current.isValid():
            reach = (min(current.row(), row), max(current.row(), row))
            selection.select(as_selection(self.model, [reach]), flags.ClearAndSelect)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            selection.setCurrentIndex(index, flags.Toggle | flags.Rows)
        else:
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _choose(self, milestone_id: int) -> None:
        """A milestone of the lane: its row is shown and selected."""
        if self.model.reveal(milestone_id) is not None:
            self.session.select([milestone_id])

    # following

    def _take_rows(self) -> None:
        """Other rows are visible. The lane is about the plan, so it stays; see `Scenes` for what an edit changes of it."""
        self.body.set_span(self.scenes.span())
        self._show_selection()
        self.rows_changed.emit()

    def _take_project(self) -> None:
        self._axes[self._axis_of] = self.axis.scale
        self._axis_of = self.session.project_id
        self._use_view()
        kept = self._axes.get(self._axis_of)
        self._to_fit = kept is None
        self.scenes.start_anew()
        self.body.set_span(self.scenes.span())
        if kept is not None:
            self.axis.show(replace(kept))
        self._fit_once()

    def _project_in_hand(self) -> int | None:
        activity = self.session.plan.activity(self.session.current)
        return activity.project if activity is not None else self.session.project_id

    def _fit_rows(self, rows: Iterable[Activity]) -> None:
        dates = [moment for row in rows for moment in (row.start, row.end) if moment is not None]
        if dates:
            self.axis.fit(min(dates), max(dates))

    def _view_name(self) -> str:
        """What columns, widths and sorting are kept for: the view that is chosen, else the project shown."""
        project, view = self.session.project_id, self.session.shown.view
        if view:
            return f"view {view}"
        return "portfolio" if project is None else f"project {project}"

    def _use_view(self) -> None:
        """Columns, widths and sorting as they were chosen before."""
        self.arranging.use(self._view_name())

    def _leave_view(self) -> None:
        """No view is chosen any more: the project's own columns come back."""
        if not self.session.shown.view:
            self._use_view()

    def _take_size(self) -> None:
        self._fit_once()
        self._place_heights()

    def _fit_once(self) -> None:
        """Shows the whole plan when a project is first opened, once the page knows how wide it is."""
        if self._to_fit and self.isVisible() and self.axis.width > 1:
            self._to_fit = False
            self.body.set_span(self.scenes.span())
            self.fit()

    def _place_heights(self) -> None:
        """Table header and timeline head are equally high, whatever the lane needs."""
        titles, lane = self.scenes.header_height, self.scenes.lane_height
        self.table.header.set_heights(titles, lane)
        if self.head.height() != titles + lane:
            self.head.setFixedHeight(titles + lane)

    def _recolour(self) -> None:
        self.look.take(self.session.theme)
        self.scenes.take_theme(self.session.theme)
        for part in (self.table.viewport(), self.table.header.viewport(), self.head, self.body.viewport()):
            part.update()
