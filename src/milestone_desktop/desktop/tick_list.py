"""A list whose entries are ticked: each box is drawn as every other one of the program."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import draw_tick_box


class TickList(QListWidget):
    """Entries with a check state."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_TickDelegate(session, self))


class _TickDelegate(QStyledItemDelegate):
    """The style sheet keeps the box's place free; here it is drawn."""

    def __init__(self, session: Session, view: QListWidget) -> None:
        super().__init__(view)
        self._session, self._view = session, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        box = self._view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, shown, self._view)
        done = Qt.CheckState(state) is Qt.CheckState.Checked
        enabled = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable and index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.save()
        draw_tick_box(painter, QPointF(box.center()) + QPointF(0.5, 0.5), self._session.theme, done=done, enabled=enabled)
        painter.restore()
