"""The header over the roadmap's table: column titles, and below them the words beside the milestone lane.

A click sorts, with Shift it adds to the sorting; dragging a title moves its column, dragging its edge resizes it, and a
double click on the edge fits it to what it holds. The first column, the title, stays where it is.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import TEXT_MARGIN, TableLook
from milestone_desktop.desktop.words import _

EDGE = 5
"""So near to the edge between two columns (px) the pointer takes hold of it."""

DRAG = 5
NARROWEST = 40
SIGN = 9
ABOVE = 15


class RoadmapHeader(QHeaderView):
    """As high as the timeline's two header lines and its lane together, so that rows stand level on both sides.

    sort_wanted: a title was clicked, with whether it adds to the sorting; move_wanted: a column was dragged before
    another section; resized: a column was given a width; fit_wanted: its edge was double-clicked; menu_wanted: its menu.
    """

    sort_wanted = Signal(int, bool)
    move_wanted = Signal(int, int)
    resized = Signal(int, int)
    fit_wanted = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, look: TableLook, rows: RoadmapModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._rows = rows
        self._titles = 46
        self._lane = 0
        self._pressed: tuple[int, int] | None = None  # the section and the x where it was pressed
        self._resizing: tuple[int, int, int] | None = None  # the section, its width, the x where it was pressed
        self._before: int | None = None  # a dragged column would stand before this section
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(NARROWEST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(_("Columns of the roadmap"))

    def set_heights(self, titles: int, lane: int) -> None:
        """titles: px of the column titles; lane: px of the milestone lane beneath them."""
        if (titles, lane) != (self._titles, self._lane):
            self._titles, self._lane = titles, lane
            self.setFixedHeight(titles + lane)
            self.geometriesChanged.emit()  # the table moves its rows along

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._titles + self._lane)

    # what is where

    def box_of(self, section: int) -> QRect:
        """Where the title of a column stands; the first one stays at the left however far the others are scrolled."""
        left = 0 if section == 0 else self.sectionViewportPosition(section)
        return QRect(left, 0, self.sectionSize(section), self._titles)

    def section_at(self, x: int) -> int:
        """The column at an x of the viewport; -1 beyond the last."""
        return 0 if x < self.sectionSize(0) else self.logicalIndexAt(x)

    def edge_at(self, x: int) -> int | None:
        """The column whose right edge is near an x."""
        frozen = self.sectionSize(0)
        for section in range(self.count()):
            if self.isSectionHidden(section):
                continue
            edge = self.box_of(section).right() + 1
            if abs(edge - x) <= EDGE and (section == 0 or edge > frozen):
                return section
        return None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = self._look
        width = self.viewport().width()
        painter.fillRect(0, 0, width, self._titles, look.header)
        painter.fillRect(0, self._titles, width, self._lane, look.lane)
        for section in range(1, self.count()):
            if not self.isSectionHidden(section):
                self._paint_title(painter, section)
        if self.count():
            painter.fillRect(self.box_of(0), look.header)
            self._paint_title(painter, 0)
        if self.offset() > 0:
            painter.setPen(look.hairline)
            painter.drawLine(self.sectionSize(0) - 1, 0, self.sectionSize(0) - 1, self._titles)
        painter.setPen(look.hairline)
        painter.drawLine(0, self._titles - 1, width, self._titles - 1)
        painter.drawLine(0, self._titles + self._lane - 1, width, self._titles + self._lane - 1)
        self._paint_lane_words(painter, width)
        if self._before is not None:
            painter.setPen(QPen(look.accent, 2))
            x = self._edge_before(self._before)
            painter.drawLine(x, 4, x, self._titles - 4)

    def _paint_title(self, painter: QPainter, section: int) -> None:
        font = QFont(self._look.small.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._look.muted)
        column = self._rows.column(section)
        box = self.box_of(section).adjusted(0, 0, 0, -8)
        painter.save()
        painter.setClipRect(self.box_of(section))
        if column.right:
            box.adjust(2, 0, -TEXT_MARGIN, 0)
        else:
            box.adjust(TEXT_MARGIN, 0, -2, 0)
        words = elided(painter.fontMetrics(), column.heading, max(box.width(), 12))
        taken = painter.fontMetrics().horizontalAdvance(words)
        left = box.right() - taken if column.right else box.left()
        place = QRect(left, box.top(), taken + 2, box.height())
        sign = self._sort_sign(section)
        if sign is not None:
            needed = SIGN + 5 + painter.fontMetrics().horizontalAdvance(sign[1])
            if taken + needed <= box.width():
                place.translate(-needed if column.right else 0, 0)
                self._paint_sort_sign(painter, place.left() + taken + 4, box.bottom(), *sign)
            else:  # above the title where there is no room beside it
                self._paint_sort_sign(painter, left + taken - needed + 4, box.bottom() - ABOVE, *sign)
            painter.setPen(self._look.muted)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), words)
        painter.restore()

    def _sort_sign(self, section: int) -> tuple[bool, str] | None:
        """Whether the largest comes first, and the place among several columns; None where it is not sorted by."""
        keys = self._rows.sorting
        name = self._rows.column(section).id
        for number, (key, descending) in enumerate(keys, 1):
            if key == name:
                return descending, str(number) if len(keys) > 1 else ""
        return None

    def _paint_sort_sign(self, painter: QPainter, left: int, bottom: int, descending: bool, number: str) -> None:
        middle = QPointF(left + SIGN / 2, bottom - 5)
        side = 1 if descending else -1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._look.accent)
        painter.setPen(Qt.PenStyle.NoPen)
        points = [QPointF(-3.5, -2 * side), QPointF(3.5, -2 * side), QPointF(0, 2.5 * side)]
        painter.drawPolygon(QPolygonF([middle + point for point in points]))
        painter.setPen(self._look.accent)
        painter.drawText(QPoint(left + SIGN, bottom - 2), number)

    def _paint_lane_words(self, painter: QPainter, width: int) -> None:
        if self._lane < 20:
            return
        painter.setFont(self._look.small.font)
        painter.setPen(self._look.muted)
        box = QRect(TEXT_MARGIN, self._titles, width - TEXT_MARGIN, self._lane)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), _("All milestones on one line"))

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = round(event.position().x())
        if event.button() != Qt.MouseButton.LeftButton or event.position().y() >= self._titles:
            return
        edge = self.edge_at(x)
        if edge is not None:
            self._resizing = (edge, self.sectionSize(edge), x)
        elif (section := self.section_at(x)) >= 0:
            self._pressed = (section, x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = round(event.position().x())
        if self._resizing is not None:
            section, width, pressed = self._resizing
            self.resizeSection(section, max(NARROWEST, width + x - pressed))
            self.viewport().update()
        elif (
            self._pressed is not None and self._pressed[0] > 0 and (abs(x - self._pressed[1]) > DRAG or self._before is not None)
        ):
            self._before = self._target(x)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()
        elif event.position().y() < self._titles and self.edge_at(x) is not None:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        resizing, pressed, before = self._resizing, self._pressed, self._before
        self._let_go()
        if resizing is not None:
            if self.sectionSize(resizing[0]) != resizing[1]:
                self.resized.emit(resizing[0], self.sectionSize(resizing[0]))
        elif pressed is not None and before is not None:
            self.move_wanted.emit(pressed[0], before)
        elif pressed is not None:
            self.sort_wanted.emit(pressed[0], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        edge = self.edge_at(round(event.position().x()))
        if edge is not None and event.position().y() < self._titles:
            self.fit_wanted.emit(edge)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(max(0, self.section_at(event.pos().x())), event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.section_at(event.pos().x())
            if section >= 0 and event.pos().y() < self._titles:
                QToolTip.showText(event.globalPos(), self._tip(section), self.viewport(), self.box_of(section))
            return True
        return super().viewportEvent(event)

    def cancel_drag(self) -> bool:
        """Esc while a column is dragged or resized: it stays as it was. False where nothing is dragged."""
        if self._resizing is not None:
            self.resizeSection(self._resizing[0], self._resizing[1])
        busy = self._resizing is not None or self._before is not None
        if busy:
            self._let_go()
        return busy

    def _drags(self, section: int, pressed: int, x: int) -> bool:
        """Whether the pointer has gone so far that a column is dragged; the title is not."""
        return section > 0 and (abs(x - pressed) > DRAG or self._before is not None)

    def _let_go(self) -> None:
        self._resizing = self._pressed = self._before = None
        self.unsetCursor()
        self.viewport().update()

    def _target(self, x: int) -> int:
        """The section before which a column dropped at x would stand; the title keeps the first place."""
        for section in range(1, self.count()):
            if not self.isSectionHidden(section) and x < self.box_of(section).center().x():
                return section
        return self.count()

    def _edge_before(self, section: int) -> int:
        if section < self.count():
            return max(self.box_of(section).left(), self.sectionSize(0))
        return self.box_of(self.count() - 1).right()

    def _tip(self, section: int) -> str:
        heading = self._rows.column(section).heading
        return _("{heading}\nClick to sort, Shift+click to sort by it too").format(heading=heading)
