"""The roadmap's table: a flat table over the visible rows that is edited like a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from milestone_desktop.desktop.models.roadmap_cells import Column
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.delegate import CellDelegate, triangle_box
from milestone_desktop.desktop.table.header import RoadmapHeader
from milestone_desktop.desktop.table.look import ROW_HEIGHT, ROWS_PER_NOTCH, WHEEL_STEP, Look
from milestone_desktop.desktop.words import _

Command = Callable[[], object]
WIDTHS = {Column.TITLE: 176, Column.STATUS: 104, Column.PROGRESS: 100, Column.START: 78, Column.END: 78, Column.TAGS: 84}
DATE_WITH_YEAR = 98
NARROWEST_TITLE = 150
GIVEN_UP = (Column.TAGS, Column.START, Column.PROGRESS, Column.STATUS)
"""Columns that make way, in this order, where the table is narrow. Title and End always stay."""


class RoadmapTable(QTableView):
    """activated_id: a row was asked to be shown in the inspector.

    keys: what a key does that is about rows rather than cells, by key and modifiers.
    """

    activated_id = Signal(int)

    def __init__(self, model: RoadmapModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: Mapping[tuple[int, Qt.KeyboardModifier], Command] = {}
        self._rows = model
        self._header = RoadmapHeader(look, self)
        self.setModel(model)
        self.setHorizontalHeader(self._header)
        self._delegate = CellDelegate(model, look, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Roadmap table"))
        self.setObjectName("roadmapTable")
        self._look = look
        self._set_up_rows()
        self._set_up_columns()

    @property
    def header(self) -> RoadmapHeader:
        return self._header

    def edit_title(self, row: int) -> None:
        """Opens the title of a row for typing."""
        index = self._rows.index(row, Column.TITLE)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = self.keys.get((event.key(), modifiers))
        if command is not None and self.state() != QAbstractItemView.State.EditingState:
            command()
            event.accept()
        elif modifiers == Qt.KeyboardModifier.NoModifier and self._fold_by_key(event.key()):
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier:
            if self.state() != QAbstractItemView.State.EditingState and self.currentIndex().isValid():
                self.activated_id.emit(self._rows.id_at(self.currentIndex().row()))
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_of_triangle(event.position())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self._rows.toggle(row)
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._row_of_triangle(event.position()) is None:
            super().mouseDoubleClickEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the cell below; Tab to the right, where it leaves lists closed."""
        self._delegate.opens_lists = False
        super().closeEditor(editor, hint)
        self._delegate.opens_lists = True
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.surface)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room(event.size().width())
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """As over the timeline: three rows a notch."""
        turned = event.pixelDelta().y() or round(event.angleDelta().y() / WHEEL_STEP * ROWS_PER_NOTCH * ROW_HEIGHT)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - turned)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid() and self._rows.data(index, Qt.ItemDataRole.ToolTipRole) is None:
                return True
        return super().viewportEvent(event)

    # parts

    def _set_up_rows(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        self.setShowGrid(False)
        # Qt shifts what is painted already instead of painting it again only where the viewport says that it is opaque.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)

    def _set_up_columns(self) -> None:
        self._widths = dict(WIDTHS)
        self._set_widths()
        self._rows.rows_changed.connect(self._fit_dates)
        self._rows.modelReset.connect(self._fit_dates)
        self._fit_dates()
        self._header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)

    def _set_widths(self) -> None:
        for column, width in self._widths.items():
            self.setColumnWidth(column, width)

    def _fit_dates(self) -> None:
        """Date columns are wider where dates carry their year."""
        wanted = DATE_WITH_YEAR if self._rows.dates_carry_years() else WIDTHS[Column.END]
        if wanted != self._widths[Column.END]:
            self._widths[Column.START] = self._widths[Column.END] = wanted
            self._set_widths()
            self._make_room(self.viewport().width())

    def _make_room(self, width: int) -> None:
        """Hides columns until the title has room."""
        left = width - sum(self._widths[column] for column in Column if column is not Column.TITLE)
        for column in GIVEN_UP:
            hidden = left < NARROWEST_TITLE
            self.setColumnHidden(column, hidden)
            left += self._widths[column] if hidden else 0

    def _fold_by_key(self, key: int) -> bool:
        """Left and Right on a title fold and unfold; Left on a row that cannot be folded goes to its parent."""
        index = self.currentIndex()
        if index.column() != Column.TITLE or self.state() == QAbstractItemView.State.EditingState:
            return False
        row = index.row()
        foldable, expanded = self._rows.is_parent(row), self._rows.expanded(row)
        if key == Qt.Key.Key_Right and foldable and not expanded:
            self._rows.set_expanded(row, True)
            return True
        if key != Qt.Key.Key_Left:
            return False
        if foldable and expanded:
            self._rows.set_expanded(row, False)
            return True
        above = self._rows.parent_row(row)
        if above is not None:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._rows.index(above, Column.TITLE), flags)
        return above is not None

    def _row_of_triangle(self, position: QPointF) -> int | None:
        index: QModelIndex = self.indexAt(QPoint(int(position.x()), int(position.y())))
        if not index.isValid() or index.column() != Column.TITLE or not self._rows.is_parent(index.row()):
            return None
        cell = self.visualRect(index)
        box = triangle_box(cell.left(), cell.top(), self._rows.level(index.row()))
        return index.row() if box.contains(position) else None
