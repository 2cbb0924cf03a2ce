"""Choosing the columns of the table: all fields in groups on one side, the chosen ones in their order on the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.desktop.activity_fields.registry import DEFAULT_COLUMNS, TITLE
from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.tick_list import TickList
from milestone_desktop.desktop.words import _

NAME = Qt.ItemDataRole.UserRole + 1


class ColumnsDialog(Dialog):
    """chosen: the ids in their order. Space or a click ticks a field; Alt+Up and Alt+Down, or dragging, order the chosen
    ones; Delete takes one out."""

    def __init__(self, session: Session, model: RoadmapModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Columns"))
        self.resize(620, 560)
        self._model = model
        self.chosen: list[str] = list(model.columns)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search fields"))
        self.search.setAccessibleName(_("Search fields"))
        self.search.setProperty("search", True)
        self.fields = TickList(session)
        self.fields.setAccessibleName(_("All fields"))
        self.order = QListWidget()
        self.order.setAccessibleName(_("Columns in their order"))
        self.order.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._lay_out()
        self.search.textChanged.connect(self._fill_fields)
        self.search.installEventFilter(self)
        self.order.installEventFilter(self)
        self.fields.installEventFilter(self)
        self.fields.itemChanged.connect(self._take_tick)
        self.order.model().rowsMoved.connect(self._take_order)
        self._fill_fields()
        self._fill_order()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the lists do not have of themselves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if watched is self.search and key == Qt.Key.Key_Down:
                self.fields.setFocus()
                return True
            if watched is self.order and alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(-1 if key == Qt.Key.Key_Up else 1)
                return True
            if watched is self.order and key == Qt.Key.Key_Delete:
                self._take_out()
                return True
        return super().eventFilter(watched, event)

    def set_chosen(self, names: list[str]) -> None:
        """Takes on other columns; the title is always the first."""
        self.chosen = list(dict.fromkeys((TITLE, *names)))
        self._fill_fields()
        self._fill_order()

    # building

    def _lay_out(self) -> None:
        heading = QLabel(_("Columns"))
        heading.setProperty("heading", True)
        hint = QLabel(_("Alt+↑ and Alt+↓ or dragging change the order, Delete takes a column out."))
        hint.setProperty("faint", True)
        hint.setWordWrap(True)
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for column, title, widgets in (
            (left, _("All fields"), (self.search, self.fields)), (right, _("In the table"), (self.order, hint)),
        ):  # fmt: skip
            label = QLabel(title)
            label.setProperty("section", True)
            column.addWidget(label)
            for widget in widgets:
                column.addWidget(widget)
            both.addLayout(column, 1)
        both.setSpacing(16)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.done_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.done_button.setText(_("Show"))
        self.done_button.setProperty("primary", True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.first_button = self.buttons.addButton(_("As at first"), QDialogButtonBox.ButtonRole.ResetRole)
        self.first_button.clicked.connect(lambda: self.set_chosen(list(DEFAULT_COLUMNS)))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(both, 1)
        layout.addWidget(self.buttons)

    def _fill_fields(self) -> None:
        """The fields in whose name or group every word of the search stands, under the names of their groups."""
        words = self.search.text().casefold().split()
        self.fields.blockSignals(True)
        self.fields.clear()
        group = ""
        for column in self._model.fields.values():
            told = f"{column.heading} {column.group}".casefold()
            if not all(word in told for word in words):
                continue
            if column.group != group:
                group = column.group
                self._add_group(group)
            item = QListWidgetItem(column.heading)
            item.setData(NAME, column.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            if column.id == TITLE:
                item.setFlags(Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if column.id in self.chosen else Qt.CheckState.Unchecked)
            self.fields.addItem(item)
        first = next((n for n in range(self.fields.count()) if self.fields.item(n).flags() & Qt.ItemFlag.ItemIsEnabled), 0)
        self.fields.setCurrentRow(first)
        self.fields.blockSignals(False)

    def _add_group(self, group: str) -> None:
        item = QListWidgetItem(group)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = QFont(self.fields.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        self.fields.addItem(item)

    def _fill_order(self, current: int = 0) -> None:
        self.order.blockSignals(True)
        self.order.clear()
        for name in self.chosen:
            item = QListWidgetItem(self._model.fields[name].heading)
            item.setData(NAME, name)
            if name == TITLE:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.order.addItem(item)
        self.order.setCurrentRow(current)
        self.order.blockSignals(False)

    # choosing

    def _take_tick(self, item: QListWidgetItem) -> None:
        name = item.data(NAME)
        if item.checkState() == Qt.CheckState.Checked and name not in self.chosen:
            self.chosen.append(name)
        elif item.checkState() == Qt.CheckState.Unchecked and name in self.chosen and name != TITLE:
            self.chosen.remove(name)
        self._fill_order(self.order.count())

    def _take_order(self) -> None:
        names = [self.order.item(n).data(NAME) for n in range(self.order.count())]
        self.chosen = list(dict.fromkeys((TITLE, *names)))

    def _step(self, step: int) -> None:
        place = self.order.currentRow()
        target = place + step
        if place > 0 and 0 < target < len(self.chosen):
            self.chosen.insert(target, self.chosen.pop(place))
            self._fill_order(target)

    def _take_out(self) -> None:
        place = self.order.currentRow()
        if place > 0:
            self.chosen.pop(place)
            self._fill_fields()
            self._fill_order(min(place, len(self.chosen) - 1))
