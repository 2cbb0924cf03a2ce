"""The small field in which a date is typed that the timeline then goes to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.axis import Axis
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.instants import MINUTES_PER_DAY, at

WIDTH = 210
PLACE = QPoint(10, 10)


class JumpField(DateField):
    """Enter brings the day to the middle, Escape leaves the view where it is; either way the field goes away."""

    def __init__(self, session: Session, axis: Axis, head: QWidget) -> None:
        super().__init__(session.today(), head.parentWidget() or head)
        self._axis = axis
        self._head = head
        self._came_from: QWidget | None = None
        self.setObjectName("jumpField")
        self.setAccessibleName(_("Go to date"))
        self.setPlaceholderText(_("Go to: 4 dec, +2w, next fri"))
        self.setFixedWidth(WIDTH)
        self.hide()

    def open(self) -> None:
        """Shows the field over the dates, empty, with the keyboard in it."""
        self._came_from = QApplication.focusWidget()
        self.clear()
        self.move(self._head.geometry().topLeft() + PLACE)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keys that the window would take for itself belong to the field while it is open."""
        mine = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in mine:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.understood():
                day = self.day()
                if day is not None:
                    self._axis.centre(at(day) + MINUTES_PER_DAY // 2)
                self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()

    def _leave(self) -> None:
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
