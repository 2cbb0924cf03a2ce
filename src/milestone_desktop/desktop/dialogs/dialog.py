"""What every dialog does: it fits on the screen, and once it has been answered, it goes."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLayout,
    QLayoutItem,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.desktop.window_shape import screen_room

SCROLLED = "pageScroll"
"""What the style sheet calls an area without a frame."""


class Dialog(QDialog):
    """A dialog that does not stay behind, hidden in the window that it was opened from. Its answers outlive it."""

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        self.make_room()
        super().showEvent(event)
        for view in self.findChildren(QListView):
            view.scheduleDelayedItemsLayout()  # a screen reader may have asked for places before the style sheet was there
        QTimer.singleShot(0, self, self._show_focus)

    def make_room(self) -> None:
        """Is no larger than the screen, as a small one is where all words are twice as large: what has no room is scrolled, and
        the buttons below it stay in view."""
        room, layout = screen_room(self), self.layout()
        if self.size().boundedTo(room) == self.size() or layout is None:
            return
        layout.activate()
        if least_size(layout, min(self.width(), room.width())).boundedTo(room) != least_size(layout, room.width()):
            self._scroll(layout)
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        self.resize(self.size().boundedTo(room))

    def _scroll(self, layout: QLayout) -> None:
        """Puts everything but the buttons into an area that scrolls."""
        field = self.focusWidget()
        last = layout.itemAt(layout.count() - 1)
        buttons = layout.takeAt(layout.count() - 1) if last is not None and holds_buttons(last) else None
        contents = QWidget()
        contents.setLayout(layout)
        area = QScrollArea()
        area.setObjectName(SCROLLED)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(contents)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        if buttons is not None:
            below = QVBoxLayout()
            margins = layout.contentsMargins()
            below.setContentsMargins(margins.left(), 8, margins.right(), 10)
            below.addItem(buttons)
            whole.addLayout(below)
        if field is not None:
            field.setFocus()

    def _show_focus(self) -> None:
        """Scrolls to where the keyboard is at first."""
        area, field = self.findChild(QScrollArea, SCROLLED), self.focusWidget()
        if area is not None and field is not None and area.isAncestorOf(field):
            area.ensureWidgetVisible(field)


def least_size(layout: QLayout, width: int) -> QSize:
    """The least that the contents of a window take, where it is so many px wide."""
    least = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(max(width, least.width()))))
    return least


def holds_buttons(item: QLayoutItem) -> bool:
    """Whether an item of a layout is the row of a dialog's buttons, or has it in it."""
    inner = item.layout()
    if inner is None:
        return isinstance(item.widget(), QDialogButtonBox)
    items = (inner.itemAt(number) for number in range(inner.count()))
    return any(isinstance(found.widget(), QDialogButtonBox) for found in items if found is not None)
