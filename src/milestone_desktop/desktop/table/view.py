"""The roadmap's table: a flat table over the visible rows that is edited like a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.bubble import Bubble
from milestone_desktop.desktop.table.delegate import CellDelegate
from milestone_desktop.desktop.table.header import RoadmapHeader
from milestone_desktop.desktop.table.keys import FAR, step_of
from milestone_desktop.desktop.table.look import ROW_HEIGHT, ROWS_PER_NOTCH, WHEEL_STEP, TableLook
from milestone_desktop.desktop.table.painter import triangle_box
from milestone_desktop.desktop.table.ranges import ids_in, ranges_of
from milestone_desktop.desktop.table.span import ColumnSpan
from milestone_desktop.desktop.table.widths import Widths
from milestone_desktop.desktop.words import _, say_error
from milestone_desktop.domain.messages import PlanError

Command = Callable[[], object]
Index = QModelIndex | QPersistentModelIndex
Select = QItemSelectionModel.SelectionFlag
MOST_ASKED = 1000
"""Of so many selected rows at most each is asked whether it takes an edit, before the edit."""

TITLE = 0
"""The section of the title, which is always the first."""


class RoadmapTable(QTableView):
    """activated_id: a row was asked to be shown in the inspector; menu_wanted: the menu of a cell; range_changed: another
    range of cells, in columns rather than rows; laid_out: the columns have other widths.

    keys: what a key does that is about rows rather than cells, by key and modifiers.
    """

    activated_id = Signal(int)
    menu_wanted = Signal(QPoint)
    range_changed = Signal()
    laid_out = Signal()

    def __init__(self, model: RoadmapModel, look: TableLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: Mapping[tuple[int, Qt.KeyboardModifier], Command] = {}
        self.rows = model
        self.span = ColumnSpan()
        self.widths = Widths(model)
        self._look = look
        self._anchor: QPersistentModelIndex | None = None
        self._hovered = -1
        self._dragging = False
        self._header = RoadmapHeader(look, model, self)
        self.setModel(model)
        self.setHorizontalHeader(self._header)
        self.delegate = CellDelegate(self, look)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Roadmap table"))
        self.setObjectName("roadmapTable")
        self._bubble = Bubble(look.theme, self.viewport())
        self._set_up_rows()
        self._connect()
        self.lay_out()

    @property
    def header(self) -> RoadmapHeader:
        return self._header

    # the range of cells

    def in_range(self, row: int, section: int) -> bool:
        """Whether a cell of a selected row belongs to the range; a range of one cell needs no sign but its frame."""
        return section in self.span and (len(self.span) > 1 or self._several_rows())

    def selected_rows(self) -> list[int]:
        """The rows of the range, from top to bottom."""
        return [row for top, bottom in ranges_of(self.selectionModel()) for row in range(top, bottom + 1)]

    def selected_ids(self) -> list[int]:
        """The milestones and work items of the range, from top to bottom; heads are left out."""
        return [row_id for row_id in ids_in(ranges_of(self.selectionModel()), self.rows.ids) if row_id > 0]

    def edited_ids(self, row: int, section: int, *, every: bool = False) -> list[int]:
        """The rows that an edit of a cell is for: all selected ones that take it, if this is one of them. every: also in a
        column that is usually for one row only."""
        own = self.rows.id_at(row)
        if self.rows.column(section).single and not every:
            return [own]
        chosen = self.selected_ids()
        if own not in chosen:
            return [own]
        if len(chosen) > MOST_ASKED:
            return chosen
        return [one for one in chosen if (at := self.rows.row_of(one)) is not None and self.rows.refusal(at, section) is None]

    def go_to(self, row: int, section: int, *, extend: bool = False) -> None:
        """Makes a cell the one in hand; extend: the range reaches to it from where it was begun."""
        rows, columns = self.rows.rowCount(), self.rows.columnCount()
        if not rows:
            return
        row, section = max(0, min(rows - 1, row)), max(0, min(columns - 1, section))
        index = self.rows.index(row, section)
        model = self.selectionModel()
        if extend and self._anchor is not None and self._anchor.isValid():
            self.span.reach(section)
            model.setCurrentIndex(index, Select.NoUpdate)
            self._select_rows(min(self._anchor.row(), row), max(self._anchor.row(), row))
        else:
            self.span.begin(section)
            self._anchor = QPersistentModelIndex(index)
            model.setCurrentIndex(index, Select.ClearAndSelect | Select.Rows)
        self.scrollTo(index)
        self._range_changed()

    def select_columns(self) -> None:
        """The range covers every row of its columns."""
        if self.rows.rowCount():
            self._select_rows(0, self.rows.rowCount() - 1)
            self._range_changed()

    def select_whole_rows(self) -> None:
        """The range covers every column of its rows."""
        self.span.cover(0, self.rows.columnCount() - 1)
        self._range_changed()

    def selectAll(self) -> None:
        self.span.cover(0, self.rows.columnCount() - 1)
        self.select_columns()

    def note(self, problem: PlanError) -> None:
        """Says at the cell in hand why something cannot be done; it goes with the next key or click."""
        self._bubble.say(say_error(problem), wrong=True)
        self._bubble.show_at(self.visualRect(self.currentIndex()))

    def edit_cell(self, row: int, section: int) -> None:
        """Opens a cell for typing."""
        self.go_to(row, section)
        self.edit(self.currentIndex())

    def can_drag(self) -> bool:
        """Whether rows may be dragged."""
        return not self.rows.session.document.read_only

    def dragged_progress(self, row: int, section: int) -> int | None:
        """What a drag of the bar in a cell would set; None where none is dragged."""
        return None

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
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = self.keys.get((event.key(), held))
        if command is not None:
            command()
        elif not (self._fold_by_key(event.key(), held) or self._go_by_key(event.key(), held) or self._select_by_key(event)):
            self._begin_by_key(event, held)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bubble.hide()
        row = self._row_of_triangle(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            self._press_for_menu(event)
        elif not self.delegate.leave():
            return
        elif row is not None:
            self.rows.toggle(row)
        else:
            self._press(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        self._hover(self.indexAt(place).row())
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            index = self.indexAt(self._within(place))
            if index.isValid() and index != self.currentIndex():
                self.go_to(index.row(), index.column(), extend=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._row_of_triangle(event.position()) is None and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._begin(index)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft() if by_key else event.pos()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.surface)
        painter.end()
        super().paintEvent(event)
        if self._header.offset() > 0:
            self._paint_frozen(event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._bubble.hide()
        super().scrollContentsBy(dx, dy)
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

    # the title stays at the left

    def indexAt(self, place: QPoint) -> QModelIndex:
        found = super().indexAt(place)
        if self._header.offset() > 0 and 0 <= place.x() < self._header.sectionSize(TITLE):
            row = self.rowAt(place.y())
            return self.rows.index(row, TITLE) if row >= 0 else QModelIndex()
        return found

    def visualRect(self, index: Index) -> QRect:
        box = super().visualRect(index)
        if index.isValid() and index.column() == TITLE and self._header.offset() > 0:
            box.moveLeft(0)
        return box

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Brings a cell into view; the title is always there, and no other cell is left behind it."""
        if not index.isValid():
            return
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == TITLE:
            bar.setValue(before)
            return
        hidden = self._header.sectionSize(TITLE) - self._header.sectionViewportPosition(index.column())
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    def _paint_frozen(self, area: QRect) -> None:
        """The titles over what is scrolled beneath them."""
        width = self._header.sectionSize(TITLE)
        if area.left() > width:
            return
        painter = QPainter(self.viewport())
        first, last = self.rowAt(max(area.top(), 0)), self.rowAt(area.bottom())
        if first < 0:
            return
        last = self.rows.rowCount() - 1 if last < 0 else last
        current, model = self.currentIndex(), self.selectionModel()
        for row in range(first, last + 1):
            box = QRectF(0, self.rowViewportPosition(row), width, ROW_HEIGHT)
            painter.fillRect(box, self._look.surface)
            self.delegate.paint_cell(
                painter, box, row, TITLE,
                selected=model.isRowSelected(row, QModelIndex()), hovered=row == self._hovered,
                focused=self.hasFocus() and current.row() == row and current.column() == TITLE,
            )  # fmt: skip
        painter.setPen(self._look.hairline)
        painter.drawLine(width - 1, area.top(), width - 1, min(area.bottom(), self.rowViewportPosition(last) + ROW_HEIGHT))
        painter.end()

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
            section = self._section_beside(section, step.right)
        self.go_to(current.row() + rows, section, extend=bool(held & Qt.KeyboardModifier.ShiftModifier))
        return True

    def _section_beside(self, section: int, right: int) -> int:
        """The next shown section on one side, or the last one there."""
        shown = [n for n in range(self.rows.columnCount()) if not self.isColumnHidden(n)]
        if abs(right) == FAR or section not in shown:
            return shown[-1] if right > 0 else shown[0]
        return shown[max(0, min(len(shown) - 1, shown.index(section) + right))]

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
            self.edit(index)

    def _refused(self, index: QModelIndex) -> bool:
        """Says why a cell cannot be edited, where it cannot."""
        problem = self.rows.refusal(index.row(), index.column())
        if problem is not None:
            self.note(problem)
        return problem is not None

    def _leave_field(self, down: int, right: int, opens: bool) -> None:
        """Enter goes on to the cell below; Tab opens the one to the right, where it leaves lists closed."""
        self.setFocus()
        current = self.currentIndex()
        section = self._section_beside(current.column(), right) if right else current.column()
        if (down, section) == (0, current.column()):
            return
        self.go_to(current.row() + down, section)
        if opens and self.rows.refusal(self.currentIndex().row(), section) is None:
            self.delegate.opens_lists = False
            self.edit(self.currentIndex())
            self.delegate.opens_lists = True

    # the mouse

    def _press(self, event: QMouseEvent) -> None:
        """Selects as everywhere: Ctrl adds or takes away a row, Shift reaches up to one."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.span.begin(index.column())
            self._anchor = QPersistentModelIndex(index)
            self.selectionModel().setCurrentIndex(index, Select.Toggle | Select.Rows)
            self._range_changed()
        else:
            self.go_to(index.row(), index.column(), extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            self._dragging = True

    def _press_for_menu(self, event: QMouseEvent) -> None:
        """The right button takes a row in hand, unless it is among the selected ones."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.RightButton:
            if self.selectionModel().isRowSelected(index.row(), QModelIndex()):
                self.selectionModel().setCurrentIndex(index, Select.NoUpdate)
            else:
                self.go_to(index.row(), index.column())

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            if self._header.offset() > 0:
                self.viewport().update(0, 0, self._header.sectionSize(TITLE), self.viewport().height())

    def _within(self, place: QPoint) -> QPoint:
        """The place nearest to another that lies over a row."""
        room = self.viewport().rect()
        last = self.rowViewportPosition(self.rows.rowCount() - 1) + ROW_HEIGHT - 1
        return QPoint(max(0, min(place.x(), room.right())), max(0, min(place.y(), room.bottom(), last)))

    def _row_of_triangle(self, position: QPointF) -> int | None:
        index: QModelIndex = self.indexAt(QPoint(int(position.x()), int(position.y())))
        if not index.isValid() or index.column() != TITLE or not self.rows.is_parent(index.row()):
            return None
        cell = self.visualRect(index)
        box = triangle_box(cell.left(), cell.top(), self.rows.level(index.row()))
        return index.row() if box.contains(position) else None

    # parts

    def _select_rows(self, top: int, bottom: int) -> None:
        from milestone_desktop.desktop.table.ranges import as_selection

        self.selectionModel().select(as_selection(self.rows, [(top, bottom)]), Select.ClearAndSelect)

    def _several_rows(self) -> bool:
        chosen = self.selectionModel().selection()
        return chosen.count() > 1 or (chosen.count() == 1 and chosen.at(0).height() > 1)

    def _range_changed(self) -> None:
        self.viewport().update()
        self.range_changed.emit()

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
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)

    def _connect(self) -> None:
        self.rows.rows_changed.connect(self._fit_dates)
        self.rows.modelReset.connect(self._on_reset)
        self.delegate.moved.connect(self._leave_field)
        self._with_years = self.rows.dates_carry_years()

    def _on_reset(self) -> None:
        self._anchor = None
        self.span.begin(TITLE)
        self._with_years = self.rows.dates_carry_years()
        self.lay_out()

    def _fit_dates(self) -> None:
        """Date columns are wider where dates carry their year."""
        if self.rows.dates_carry_years() != self._with_years:
            self._with_years = not self._with_years
            self.lay_out()


_WITHOUT_TEXT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
