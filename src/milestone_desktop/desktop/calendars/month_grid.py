"""A month of a calendar: working days, days off and other hours, with a stretch of days chosen by keys or mouse.

The days are the cells of a table, so that a screen reader reads each one; how they are chosen and drawn is our own, since
a stretch of days runs on from the end of one week to the beginning of the next.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from milestone_desktop.desktop.calendars.rules import weekday_name
from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import semibold
from milestone_desktop.desktop.words import LocaleDates, _, length_text, long_day_text
from milestone_desktop.domain.calendar_days import DayTold, days_told
from milestone_desktop.domain.hours import hours_text, minutes_of
from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.projects import Calendar
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY

Index = QModelIndex | QPersistentModelIndex
WEEKS = 6
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class MonthModel(QAbstractTableModel):
    """Six weeks around a month; every cell is a day."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.calendar: int | None = None
        self.month = date.fromordinal(session.today()).replace(day=1)
        self._days: list[DayTold] = []
        self._first: Day = FIRST_DAY

    def show(self, calendar: int | None, month: date) -> None:
        """Shows a month of a calendar, as it stands in the plan."""
        self.beginResetModel()
        self.calendar, self.month = calendar, month.replace(day=1)
        begin = self.month.toordinal()
        self._first = begin - (weekday(begin) - LocaleDates().first_weekday) % 7
        there = calendar is not None and self._session.plan.get(Calendar, calendar) is not None
        last = self._first + 7 * WEEKS - 1
        self._days = days_told(self._session.plan, calendar, self._first, last) if there and calendar is not None else []
        self.endResetModel()

    def day(self, index: Index) -> Day:
        """The day of a cell."""
        return self._first + 7 * index.row() + index.column()

    def cell(self, day: Day) -> QModelIndex:
        """The cell of a day; an invalid one where it is not shown."""
        place = day - self._first
        return self.index(place // 7, place % 7) if 0 <= place < 7 * WEEKS else QModelIndex()

    def told(self, index: Index) -> DayTold | None:
        """What the calendar says of the day of a cell."""
        place = 7 * index.row() + index.column()
        return self._days[place] if place < len(self._days) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and 0 <= section < 7:
            return weekday_name(weekday(self._first + section), short=True)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(date.fromordinal(self.day(index)).day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(index)
        return None

    def text(self, index: Index) -> str:
        """A day in words: `Tue 24 Dec 2026: off, Christmas Eve`."""
        day, told = self.day(index), self.told(index)
        name = _("{weekday} {date}").format(weekday=weekday_name(weekday(day)), date=long_day_text(day))
        if told is None:
            return name
        state = hours_text(told.shifts) or _("off")
        if told.exception is None:
            return _("{day}: {state}").format(day=name, state=state)
        return _("{day}: {state}, {name}").format(day=name, state=state, name=told.exception.name or "—")


class MonthGrid(QTableView):
    """Shows the month and lets a stretch of days be chosen.

    month_changed: another month is shown; wanted: the chosen days are to be changed (Enter, double click); a key among
    `KEYS` asks for something at once and is sent as `asked` with its name; menu_wanted: where to show what can be done.
    """

    month_changed = Signal()
    wanted = Signal()
    asked = Signal(str)
    menu_wanted = Signal(QPoint)

    KEYS = {Qt.Key.Key_O: "off", Qt.Key.Key_W: "work", Qt.Key.Key_Delete: "week", Qt.Key.Key_Backspace: "week"}

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.days = MonthModel(session, self)
        self._anchor = self._hand = session.today()
        self.setModel(self.days)
        self.setItemDelegate(DayDelegate(self))
        self.setAccessibleName(_("Days of the month"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(30)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | MIDDLE)
        self.setMinimumHeight(6 * 40 + 30)
        session.theme_changed.connect(self.viewport().update)

    # what is shown and chosen

    def show_calendar(self, calendar: int | None) -> None:
        """Shows a calendar, or the same one as it stands now; month and chosen days stay."""
        self.days.show(calendar, self.days.month)
        self._show_chosen()

    def chosen(self) -> tuple[Day, Day]:
        """The first and the last of the chosen days."""
        return min(self._anchor, self._hand), max(self._anchor, self._hand)

    def choose(self, first: Day, last: Day | None = None) -> None:
        """Chooses days, and shows the month of the last one."""
        self._anchor, self._hand = first, last if last is not None else first
        self._show_month_of(self._hand)
        self._show_chosen()

    def turn(self, months: int) -> None:
        """Goes on by some months; the day in hand comes along."""
        wanted = date.fromordinal(self._hand)
        place = wanted.year * 12 + wanted.month - 1 + months
        year, month = divmod(place, 12)
        if date.fromordinal(FIRST_DAY).year <= year <= date.fromordinal(LAST_DAY).year:
            self.choose(date(year, month + 1, min(wanted.day, 28)).toordinal())

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step(event.key())
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if step is not None:
            self._go_to(self._hand + step, extend=extend)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            years = 12 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
            self.turn(years if event.key() == Qt.Key.Key_PageDown else -years)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Insert):
            self.wanted.emit()
        elif Qt.Key(event.key()) in self.KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit(self.KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _step(self, key: int) -> int | None:
        """By how many days a key goes on."""
        place = (weekday(self._hand) - LocaleDates().first_weekday) % 7
        mirrored = -1 if self.isRightToLeft() else 1
        return {
            int(Qt.Key.Key_Left): -mirrored, int(Qt.Key.Key_Right): mirrored, int(Qt.Key.Key_Up): -7,
            int(Qt.Key.Key_Down): 7, int(Qt.Key.Key_Home): -place, int(Qt.Key.Key_End): 6 - place,
        }.get(int(key))  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        day = self.days.day(index)
        first, last = self.chosen()
        if event.button() is Qt.MouseButton.RightButton and first <= day <= last:
            return
        self._go_to(day, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier), turn=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and index.isValid():
            self._go_to(self.days.day(index), extend=True, turn=False)
        elif not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._show_month_of(self._hand)
        self._show_chosen()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the months."""
        if event.angleDelta().y():
            self.turn(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.Leave):
            self.viewport().update()
        return super().viewportEvent(event)

    # inside

    def _go_to(self, day: Day, *, extend: bool, turn: bool = True) -> None:
        self._hand = min(max(day, FIRST_DAY), LAST_DAY)
        if not extend:
            self._anchor = self._hand
        if turn:
            self._show_month_of(self._hand)
        self._show_chosen()

    def _show_month_of(self, day: Day) -> None:
        month = date.fromordinal(day).replace(day=1)
        if month != self.days.month:
            self.days.show(self.days.calendar, month)
            self.month_changed.emit()

    def _show_chosen(self) -> None:
        """Selects the cells of the chosen days, week by week, and puts the hand on the last one."""
        first, last = self.chosen()
        found = QItemSelection()
        for row in range(WEEKS):
            begin = self.days.day(self.days.index(row, 0))
            low, high = max(begin, first), min(begin + 6, last)
            if low <= high:
                found.select(self.days.cell(low), self.days.cell(high))
        model = self.selectionModel()
        model.setCurrentIndex(self.days.cell(self._hand), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.viewport().update()


class DayDelegate(QStyledItemDelegate):
    """Draws one day: its number, its kind by a tint, and beside that a word for what is not as usual."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, days = self._grid.session.theme, self._grid.days
        told, day = days.told(index), days.day(index)
        outside = date.fromordinal(day).month != days.month.month
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        surface, ink = _tint(told)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color("surface" if outside and surface == "weekend" else surface))
        painter.drawRoundedRect(box, 5, 5)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        self._number(painter, box, day, outside=outside, ink=ink)
        self._word(painter, box, told, ink, outside=outside)
        if option.state & QStyle.StateFlag.State_HasFocus and self._grid.hasFocus():
            painter.setPen(QPen(theme.color("text"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3.5, 3.5, -3.5, -3.5), 3, 3)
        painter.restore()

    def _number(self, painter: QPainter, box: QRectF, day: Day, *, outside: bool, ink: str) -> None:
        theme = self._grid.session.theme
        font = self._grid.font()
        painter.setFont(font if outside else semibold(font))
        spot = QRectF(box.left() + 6, box.top() + 4, 22, 18)
        if day == self._grid.session.today():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(spot, 9, 9)
            painter.setPen(theme.color("accent-text"))
        else:
            painter.setPen(theme.color("text-faint" if outside else ink))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(date.fromordinal(day).day))

    def _word(self, painter: QPainter, box: QRectF, told: DayTold | None, ink: str, *, outside: bool) -> None:
        if told is None:
            return
        text = _word_of(told)
        small = self._grid.font()
        small.setPixelSize(11)
        painter.setFont(small)
        painter.setPen(self._grid.session.theme.color("text-faint" if outside or told.exception is None else ink))
        room = QRectF(box.left() + 8, box.bottom() - 19, box.width() - 12, 16)
        if box.height() < 38:
            room = QRectF(box.left() + 32, box.top() + 4, box.width() - 36, 18)
        painter.drawText(room, MIDDLE, elided(painter.fontMetrics(), text, room.width()))


def _word_of(told: DayTold) -> str:
    """How long an ordinary day is; of one that differs what it is, and its hours where there are some."""
    if told.exception is None:
        return length_text(minutes_of(told.shifts)) if told.shifts else _("off")
    name = told.exception.name
    return " ".join(filter(None, (hours_text(told.shifts), name))) or _("off")


def _tint(told: DayTold | None) -> tuple[str, str]:
    """The tokens of a day's ground and of its words."""
    if told is None:
        return "surface", "text-faint"
    if told.exception is not None:
        return ("other-hours-surface", "other-hours") if told.shifts else ("holiday-surface", "holiday")
    return ("surface", "text") if told.shifts else ("weekend", "text-muted")
