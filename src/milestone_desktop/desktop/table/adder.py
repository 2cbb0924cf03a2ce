"""What stands below the last row: the way to add one more, by mouse and by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.words import _


class Adder(QWidget):
    """Two quiet buttons over the rows' ground. wanted: a row is to be added, with whether it is a milestone."""

    wanted = Signal(bool)

    def __init__(self, table: RoadmapTable) -> None:
        super().__init__(table.viewport())
        self._table = table
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 0, 0)
        line.setSpacing(0)
        self.item, self.milestone = QPushButton(_("+ Work item")), QPushButton(_("+ Milestone"))
        for button, name, is_milestone in (
            (self.item, _("Add work item"), False), (self.milestone, _("Add milestone"), True),
        ):  # fmt: skip
            button.setProperty("quiet", True)
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, milestone=is_milestone: self.wanted.emit(milestone))
            button.installEventFilter(self)
            line.addWidget(button)
        line.addStretch(1)
        self.setFocusProxy(self.item)
        self.setFixedHeight(ROW_HEIGHT)
        table.laid_out.connect(self.place)
        table.rows.rows_changed.connect(self.place)
        table.scrolled.connect(self.place)
        self.place()

    def place(self) -> None:
        """Stands right below the last row."""
        table = self._table
        can_add = table.rows.session.project_id is not None and not table.rows.session.document.read_only
        self.setVisible(can_add)
        top = table.rows.rowCount() * ROW_HEIGHT - table.verticalScrollBar().value()
        self.setGeometry(0, top, table.viewport().width(), ROW_HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up goes back to the last row, Enter adds."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            if event.key() == Qt.Key.Key_Up:
                self._table.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)
