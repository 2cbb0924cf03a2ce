"""What stands below the last row: the way to add one more, by mouse and by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from milestone_desktop.desktop.table.look import ROW_HEIGHT, TEXT_MARGIN
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.words import _, all_hidden_text

HINT_GAP = 8


class Adder(QWidget):
    """Two quiet buttons over the rows' ground, and where there are no rows what to do about it.

    wanted: a row is to be added, with whether it is a milestone.
    """

    wanted = Signal(bool)

    def __init__(self, table: RoadmapTable) -> None:
        super().__init__(table.viewport())
        self._table = table
        line = QHBoxLayout(self)
        line.setContentsMargins(1, 0, 0, 0)  # the words begin where those of the rows do
        line.setSpacing(0)
        self.item, self.milestone = QPushButton(_("+ Work item")), QPushButton(_("+ Milestone"))
        for button, name, is_milestone in (
            (self.item, _("Add work item"), False), (self.milestone, _("Add milestone"), True),
        ):  # fmt: skip
            button.setProperty("quiet", True)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked=False, milestone=is_milestone: self.wanted.emit(milestone))
            button.installEventFilter(self)
            line.addWidget(button)
        line.addStretch(1)
        self.hint = QLabel(table.viewport())
        self.hint.setProperty("muted", True)
        self.hint.setWordWrap(True)
        self.setFocusProxy(self.item)
        self.setFixedHeight(ROW_HEIGHT)
        table.laid_out.connect(self.place)
        table.rows.rows_changed.connect(self.place)
        table.scrolled.connect(self.place)
        self.place()

    def place(self) -> None:
        """Stands right below the last row. Where that is out of view, Tab goes by it."""
        table = self._table
        can_add = table.rows.session.project_id is not None and table.rows.session.only_read() is None
        self.setVisible(can_add)
        top = table.rows.rowCount() * ROW_HEIGHT - table.verticalScrollBar().value()
        self.setGeometry(0, top, table.viewport().width(), ROW_HEIGHT)
        in_view = 0 <= top <= table.viewport().height() - ROW_HEIGHT
        for button in (self.item, self.milestone):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if in_view else Qt.FocusPolicy.ClickFocus)
        self._hint(can_add)

    def _hint(self, can_add: bool) -> None:
        """What a table without rows says."""
        rows = self._table.rows
        self.hint.setVisible(not rows.rowCount())
        if rows.rowCount():
            return
        hidden = rows.hidden_by_filter()
        if hidden:
            words = all_hidden_text(hidden)
        elif can_add:
            words = _("Nothing here yet. Add a milestone or a work item, or paste a list from a spreadsheet with Ctrl+V.")
        else:
            words = _("Nothing here yet.")
        self.hint.setText(words)
        top = ROW_HEIGHT + HINT_GAP if can_add else HINT_GAP
        width = max(0, self._table.viewport().width() - 2 * TEXT_MARGIN)
        self.hint.setGeometry(TEXT_MARGIN, top, width, self.hint.heightForWidth(width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up goes back to the last row, Enter adds. What has the keyboard is brought into view."""
        if event.type() == QEvent.Type.FocusIn:
            bar = self._table.verticalScrollBar()
            bar.setValue(bar.maximum())
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            if event.key() == Qt.Key.Key_Up:
                self._table.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)
