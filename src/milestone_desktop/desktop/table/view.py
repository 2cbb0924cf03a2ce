"""The roadmap's table: a flat table over the visible rows that is edited like a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from milestone_desktop.desktop.bubble import Bubble
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.delegate import CellDelegate
from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.header import RoadmapHeader
from milestone_desktop.desktop.table.keys import step_of
from milestone_desktop.desktop.table.look import ROW_HEIGHT, ROWS_PER_NOTCH, WHEEL_STEP, TableLook
from milestone_desktop.desktop.table.mouse import TableMouse
from milestone_desktop.desktop.table.range_table import RangeTable
from milestone_desktop.desktop.table.row_painter import RowPainter
from milestone_desktop.desktop.table.widths import Widths
from milestone_desktop.desktop.words import _, say_error
from milestone_desktop.domain.messages import PlanError

Command = Callable[[], object]
Select = QItemSelectionModel.SelectionFlag


class RoadmapTable(RangeTable):
    """activated_id: a row was asked to be shown in the inspector; menu_wanted: the menu of a cell; laid_out: the columns
    have other widths; progress_dragged: the bar of a row was dragged to a percentage; rows_dropped: the dragged rows go to
    a `Drop`; scrolled: it shows other rows; add_wanted: the person has gone beyond the last row; stepped: a row that several
    share is to show the next of them (1), or the one before (−1).

    keys: what a key does that is about rows or ranges, by key and modifiers; progress_keys: the same in the progress column
    alone, whatever is held; why_not_moved: what keeps rows from
    changing their places.
    """

    activated_id = Signal(int)
    menu_wanted = Signal(QPoint)
    laid_out = Signal()
    progress_dragged = Signal(int, int)
    rows_dropped = Signal(object)
    scrolled = Signal()
    add_wanted = Signal()
    stepped = Signal(int, int)

    def __init__(self, model: RoadmapModel, look: TableLook, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.keys: Mapping[tuple[int, Qt.KeyboardModifier], Command] = {}
        self.progress_keys: Mapping[int, Command] = {}
        self.why_not_moved: Callable[[], PlanError | None] | None = None
        self.widths = Widths(model, look.strong_figures.metrics.horizontalAdvance)
        self.look = look
        self._mouse = TableMouse(self)
        self._painting = RowPainter(self, look)
        self._header = RoadmapHeader(look, model, self)
        self._set_up_rows()  # before there are any: Qt would give each of them its height by itself
        self.setModel(model)
        self.setHorizontalHeader(self._header)
        self.delegate = CellDelegate(self, look)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Roadmap table"))
        self.setObjectName("roadmapTable")
        self._bubble = Bubble(self.viewport())
        self._connect()
        self.lay_out()

    @property
    def header(self) -> RoadmapHeader:
        return self._header

    def note(self, problem: PlanError) -> None:
        """Says at the cell in hand why something cannot be done; it goes with the next key or click."""
        self._bubble.say(say_error(problem), wrong=True)
        self._bubble.show_at(self.visualRect(self.currentIndex()))

    def edit_cell(self, row: int, section: int) -> None:
        """Opens a cell for typing."""
        self.go_to(row, section)
        self._open(self.currentIndex())

    def can_drag(self) -> bool:
        """Whether rows may be dragged at all."""
        return self.rows.session.only_read() is None

    def why_not_dragged(self) -> PlanError | None:
        """Why rows cannot change their places now."""
        return None if self.why_not_moved is None else self.why_not_moved()

    def dragged_ids(self) -> list[int]:
        """The rows that a drag takes along."""
        return self.selected_ids()

    def dragged_progress(self, section: int) -> tuple[int, int] | None:
        """The row whose bar in a column is dragged, and what that would set; None where none is."""
        percent = self._mouse.percent
        return (self._mouse.row, percent) if percent is not None and self.rows.column(section).id == "progress" else None

    # the columns

    def lay_out(self) -> None:
        """Gives the columns their widths, and those that make way none."""
        widths, hidden = self.widths.laid_out(self.viewport().width())
        for section, width in enumerate(widths):
            self.setColumnHidden(section, section in hidden)
            if section not in hidden:
                self.setColumnWidth(section, width)
        self._header.viewport().update()
        self.laid_out.emit()

    # Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._bubble.hide()
        if event.key() == Qt.Key.Key_Escape and (self._mouse.dragging or self._header.cancel_drag()):
            self._mouse.cancel()
            event.accept()
            return
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = self.keys.get((event.key(), held))
        section = self.currentIndex().column()
        if command is None and section >= 0 and self.rows.column(section).id == "progress":
            command = self.progress_keys.get(event.key())
        if command is not None:
            command()
        elif not (self._fold_by_key(event.key(), held) or self._go_by_key(event.key(), held) or self._select_by_key(event)):
            self._begin_by_key(event, held)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bubble.hide()
        row = self._mouse.triangle_row(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            self._press_for_menu(event)
        elif not self.delegate.leave():
            self.delegate.focus_field()
        elif row is not None:
            self.rows.toggle(row)
        else:
            self._mouse.press(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._mouse.triangle_row(event.position()) is None and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._begin(index)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """What was refused stays to be mended, whatever else is taken in hand; Esc gives it up."""
        if not self.delegate.holds(editor):
            super().closeEditor(editor, hint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.delegate.is_waiting():
            self.delegate.focus_field()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if by_key else event.pos()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def paintEvent(self, event: QPaintEvent) -> None:
        """All cells in one go: Qt's own way asks the model and makes an option for each of them."""
        painter = QPainter(self.viewport())
        self._painting.paint(painter, event.rect())
        self._mouse.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._bubble.hide()
        super().scrollContentsBy(dx, dy)
        self.scrolled.emit()
        if dx:
            self.viewport().update()
            self._header.viewport().update()
            self.updateEditorGeometries()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """As over the timeline: three rows a notch; with Shift, or by a sideways wheel, from column to column."""
        delta, exact = event.angleDelta(), event.pixelDelta()
        sideways = delta.x() or (delta.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if sideways:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (exact.x() or round(sideways / WHEEL_STEP * ROWS_PER_NOTCH * ROW_HEIGHT)))
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - (exact.y() or round(delta.y() / WHEEL_STEP * ROWS_PER_NOTCH * ROW_HEIGHT)))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid() and self.rows.data(index, Qt.ItemDataRole.ToolTipRole) is None:
                return True
        return super().viewportEvent(event)

    # keys

    def _go_by_key(self, key: int, held: Qt.KeyboardModifier) -> bool:
        step, current = step_of(key, held), self.currentIndex()
        if step is None:
            return False
        rows = step.down
        if step.pages:
            rows = step.pages * max(1, self.viewport().height() // ROW_HEIGHT - 1)
        section = current.column()
        if step.right:
            section = self.section_beside(section, step.right)
        extend = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if step.down == 1 and not extend and current.row() == self.rows.rowCount() - 1:
            self.add_wanted.emit()
        else:
            self.go_to(current.row() + rows, section, extend=extend)
        return True

    def _select_by_key(self, event: QKeyEvent) -> bool:
        held = event.modifiers()
        if event.key() == Qt.Key.Key_Space and held == Qt.KeyboardModifier.ControlModifier:
            self.select_columns()
        elif event.key() == Qt.Key.Key_Space and held == Qt.KeyboardModifier.ShiftModifier:
            self.select_whole_rows()
        elif event.key() == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        else:
            return False
        return True

    def _begin_by_key(self, event: QKeyEvent, held: Qt.KeyboardModifier) -> None:
        """F2 and typing open the cell in hand; Enter shows its row in the inspector."""
        index = self.currentIndex()
        types = bool(event.text()) and event.text().isprintable() and not held & _WITHOUT_TEXT
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier:
            if index.isValid():
                self.activated_id.emit(self.rows.id_at(index.row()))
            event.accept()
        elif index.isValid() and (event.key() == Qt.Key.Key_F2 or types) and self._refused(index):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fold_by_key(self, key: int, held: Qt.KeyboardModifier) -> bool:
        """Left and Right on a title fold and unfold; Left on a row that cannot be folded goes to its parent."""
        index = self.currentIndex()
        if held != Qt.KeyboardModifier.NoModifier or index.column() != TITLE:
            return False
        row = index.row()
        foldable, expanded = self.rows.is_parent(row), self.rows.expanded(row)
        if key == Qt.Key.Key_Right and foldable and not expanded:
            self.rows.set_expanded(row, True)
            return True
        if key != Qt.Key.Key_Left:
            return False
        if foldable and expanded:
            self.rows.set_expanded(row, False)
            return True
        above = self.rows.parent_row(row)
        if above is not None:
            self.go_to(above, TITLE)
        return above is not None

    def _begin(self, index: QModelIndex) -> None:
        if not self._refused(index):
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        """Opens a field, unless another one waits to be mended."""
        if self.delegate.is_waiting():
            self.delegate.focus_field()
        else:
            self.edit(index)

    def _refused(self, index: QModelIndex) -> bool:
        """Says why a cell cannot be edited, where it cannot."""
        problem = self.rows.refusal(index.row(), index.column())
        if problem is not None:
            self.note(problem)
        return problem is not None

    def go_right_and_edit(self) -> None:
        """Goes on to the next cell and opens it."""
        self._leave_field(0, 1, True)

    def updateGeometries(self) -> None:
        """There is room below the last row for adding one, as in the timeline."""
        super().updateGeometries()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, (self.rows.rowCount() + 1) * ROW_HEIGHT - self.viewport().height()))

    def _leave_field(self, down: int, right: int, opens: bool) -> None:
        """Enter goes on to the cell below; Tab opens the one to the right, where it leaves lists closed."""
        self.setFocus()
        current = self.currentIndex()
        section = self.section_beside(current.column(), right) if right else current.column()
        if (down, section) == (0, current.column()):
            return
        self.go_to(current.row() + down, section)
        if opens and self.rows.refusal(self.currentIndex().row(), section) is None:
            self.delegate.opens_lists = False
            self._open(self.currentIndex())
            self.delegate.opens_lists = True

    # the mouse

    def _press_for_menu(self, event: QMouseEvent) -> None:
        """The right button takes a row in hand, unless it is among the selected ones."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.RightButton:
            if self.is_selected(index.row()):
                self.selectionModel().setCurrentIndex(index, Select.NoUpdate)
            else:
                self.go_to(index.row(), index.column())

    def _hover(self, row: int) -> None:
        before, self._painting.hovered = self._painting.hovered, row
        for changed in {row, before} if row != before else ():
            if changed >= 0:
                self.viewport().update(0, self.rowViewportPosition(changed), self.viewport().width(), ROW_HEIGHT)

    # parts

    def _set_up_rows(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
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
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)

    def _connect(self) -> None:
        self.rows.rows_changed.connect(self._fit_dates)
        self.rows.modelReset.connect(self._on_reset)
        self.delegate.moved.connect(self._leave_field)
        self._with_years = self.rows.dates_carry_years()

    def _on_reset(self) -> None:
        self.forget_range()
        self._with_years = self.rows.dates_carry_years()
        self.lay_out()

    def _fit_dates(self) -> None:
        """Date columns are wider where dates carry their year."""
        if self.rows.dates_carry_years() != self._with_years:
            self._with_years = not self._with_years
            self.lay_out()


_WITHOUT_TEXT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
