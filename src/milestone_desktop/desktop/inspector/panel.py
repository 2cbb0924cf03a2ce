"""The frame of the inspector's panels: sections of labelled fields that write as they are left, one edit each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from milestone_desktop.desktop.activity_fields.registry import activity_fields
from milestone_desktop.desktop.editable_table import EditableTable
from milestone_desktop.desktop.fields import ChoiceField, DateField, LineField, ReadField, TextField
from milestone_desktop.desktop.models.columns import Column, Editor
from milestone_desktop.desktop.remedy_buttons import RemedyButtons
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.spoken import name_beside
from milestone_desktop.desktop.words import say_error
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import PlanError

Put = Callable[[Edit, Any], object]
Offer = Callable[[Any], list[tuple[Any, str]]]
LABEL_WIDTH = 98


class Panel(QWidget):
    """All of one activity. A panel builds its sections once; `show_activity` fills them with another record.

    roomy: it stands on a page of its own, not in the narrow inspector; fields: what an activity has, as columns; places:
    where the lines of a kind of record are edited or added, by its name; tables: the tables among them. Its edits name it
    as initiator. What a person can mend stands below the field that it is about.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, *, roomy: bool = False) -> None:
        super().__init__(parent)
        self.session = session
        self.roomy = roomy
        self.places: dict[str, QWidget] = {}
        self.tables: dict[str, EditableTable] = {}
        self.row_id = 0
        self.fields = activity_fields(session)
        self._refreshers: list[Callable[[], None]] = []
        self.ways_out: dict[QLabel, RemedyButtons] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 20)
        self.column.setSpacing(4)

    @property
    def row(self) -> Activity | None:
        """The record shown, as it stands now."""
        return self.session.plan.activity(self.row_id)

    def show_activity(self, row_id: int) -> None:
        """Shows another record."""
        self.row_id = row_id
        self.refresh()

    def refresh(self) -> None:
        """Shows every field as it stands in the plan; what is being typed stays."""
        if self.row is not None:
            for refresher in self._refreshers:
                refresher()

    def on_refresh(self, refresher: Callable[[], None]) -> None:
        """Has a function called at each refresh."""
        self._refreshers.append(refresher)

    def section(self, title: str) -> Section:
        """Begins a section below the others."""
        section = Section(self, title)
        self.column.addWidget(section)
        return section

    def commit(self, label: str, put: Callable[[Edit], object], error: QLabel | None = None) -> bool:
        """One edit; what a person can mend is shown in `error`, or in the window where there is none, and False returned."""
        if error is None:
            return self.session.attempt(label, put, self)
        try:
            self.session.perform(label, put, self)
        except PlanError as problem:
            error.setText(say_error(problem))
            error.show()
            if error in self.ways_out:
                self.ways_out[error].offer(self.session.remedies(problem))
            return False
        self.forget(error)
        self.session.failed.emit("")
        return True

    def forget(self, error: QLabel) -> None:
        """Takes away what was said to be wrong, and what was offered against it."""
        error.hide()
        if error in self.ways_out:
            self.ways_out[error].offer(())


class Section(QWidget):
    """A heading and rows below it: label left, field right, and a place for what is wrong."""

    def __init__(self, panel: Panel, title: str) -> None:
        super().__init__(panel)
        self.panel = panel
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 12 if title else 2, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(1)
        self.grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self.grid.setColumnStretch(1, 1)
        self.heading = QLabel(title)
        self.heading.setProperty("section", True)
        self._labels: dict[QWidget, QLabel] = {}
        self._dropped: Callable[[list[Path]], object] | None = None
        self.next_row = 0
        if title:
            self.grid.addWidget(self.heading, 0, 0, 1, 2)
            self.next_row = 1

    def as_card(self) -> None:
        """Draws an edge around the section."""
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.grid.setContentsMargins(14, 12, 14, 12)

    def take_files(self, function: Callable[[list[Path]], object]) -> None:
        """Files that are dropped onto the section are handed to `function`."""
        self._dropped = function
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and not self.panel.session.document.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event.mimeData())
        if paths and self._dropped is not None:
            event.acceptProposedAction()
            self._dropped(paths)

    def line(self, text: str, label: str, get: Callable[[Any], str], put: Put) -> LineField:
        """A line of text."""
        field = LineField()
        field.setPlaceholderText("—")
        self._write_line(text, label, field, get, lambda edit: put(edit, field.text()))
        return field

    def date(self, text: str, label: str, get: Callable[[Any], Day | None], put: Put) -> DateField:
        """A day, typed."""
        field = DateField(self.panel.session.today())
        field.setPlaceholderText("—")
        error = self._place(text, field)
        field.left.connect(lambda: self._take(field, label, lambda edit: put(edit, field.day()), error))
        self.panel.on_refresh(lambda: self._show(field, error, lambda: field.show_day(get(self.panel.row))))
        return field

    def cell(self, column: Column, text: str = "", label: str = "") -> LineField | ChoiceField:
        """A field of the activity as the tables know it: read, told and written by its column. text and label: other words
        than the column's."""
        panel, text, label = self.panel, text or column.heading, label or column.label
        write, read, told = column.write, column.read, column.told
        if write is None or read is None:
            raise TypeError(f"the column {column.id} is not written")
        field: LineField | ChoiceField
        if column.choices is not None and column.value is not None:
            offer = column.choices
            field = self.choice(
                text, label, lambda row: list(offer(row)), column.value, lambda edit, value: write(edit, panel.row, value)
            )
        else:
            field = LineField() if told is None else ReadField(lambda typed: told(panel.row, read(panel.row, typed)))
            field.setPlaceholderText("—")
            field.words, field.several = column.words, column.editor is Editor.LIST
            self._write_line(
                text,
                label,
                field,
                column.shown or column.typed or column.text,
                lambda edit: write(edit, panel.row, read(panel.row, field.text())),
            )
        panel.on_refresh(lambda: self._allow(field, column))
        return field

    def choice(self, text: str, label: str, offer: Offer, get: Callable[[Any], Any], put: Put) -> ChoiceField:
        """One of several values."""
        field = ChoiceField()
        error = self._place(text, field)
        field.picked.connect(lambda: self.panel.commit(label, lambda edit: put(edit, field.currentData()), error))
        self.panel.on_refresh(lambda: self._show(field, error, lambda: field.offer(offer(self.panel.row), get(self.panel.row))))
        return field

    def text(self, label: str, get: Callable[[Any], str], put: Put, name: str) -> TextField:
        """Some lines of text over the whole width."""
        field = TextField()
        field.setPlaceholderText("—" if name == self.heading.text() else name)
        field.setProperty("calm", True)
        field.setAccessibleName(name)
        error = self.error_label()
        self.wide(field)
        self.wide(error)
        field.left.connect(lambda: self.panel.commit(label, lambda edit: put(edit, field.toPlainText()), error))
        self.panel.on_refresh(lambda: self._show(field, error, lambda: field.show_text(get(self.panel.row))))
        return field

    def told(self, text: str, get: Callable[[Any], str], shown: Callable[[Any], bool] | None = None) -> QLabel:
        """A figure that follows from others. shown: whether there is anything to tell."""
        field = WrappedText()
        field.setMinimumHeight(26)
        field.setIndent(10)
        self._place(text, field)
        label = self._labels[field]

        def refresh() -> None:
            field.setText(get(self.panel.row))
            for widget in (field, label):
                widget.setVisible(shown is None or shown(self.panel.row))

        self.panel.on_refresh(refresh)
        return field

    def wide(self, widget: QWidget) -> None:
        """A widget over the whole width."""
        self.grid.addWidget(widget, self.next_row, 0, 1, 2)
        self.next_row += 1

    def pair(self, text: str, widget: QWidget) -> None:
        """Any widget with a label before it."""
        self._place(text, widget)

    def show_pair(self, widget: QWidget, shown: bool) -> None:
        """Shows or hides a field with its label."""
        for part in (widget, self._labels[widget]):
            part.setVisible(shown)

    @staticmethod
    def error_label() -> QLabel:
        """A hidden place for what is wrong."""
        error = WrappedText()
        error.setProperty("error", True)
        error.hide()
        return error

    def _place(self, text: str, field: QWidget) -> QLabel:
        label = QLabel(text)
        label.setProperty("muted", True)
        label.setBuddy(field)
        self._labels[field] = label
        label.setMinimumHeight(26)
        name_beside(field, text)
        field.setProperty("calm", True)
        error = self.error_label()
        self.grid.addWidget(label, self.next_row, 0, Qt.AlignmentFlag.AlignVCenter)
        self.grid.addWidget(field, self.next_row, 1)
        self.grid.addWidget(error, self.next_row + 1, 1)
        ways = self.panel.ways_out[error] = RemedyButtons(self.panel.session)
        ways.applied.connect(lambda: self._drop_typing(field, error))
        self.grid.addWidget(ways, self.next_row + 2, 1)
        self.next_row += 3
        return error

    def _allow(self, field: QWidget, column: Column) -> None:
        """Where the column says why it cannot be edited now, the field says so, too."""
        problem = column.why_not(self.panel.row) if column.why_not is not None else None
        if problem is not None:
            field.setEnabled(False)
        if problem is not None or not field.isEnabled() or not field.hasFocus():
            field.setToolTip("" if problem is None else say_error(problem))

    def _drop_typing(self, field: QWidget, error: QLabel) -> None:
        """A remedy has done what was typed: the field shows the plan again."""
        self.panel.forget(error)
        if isinstance(field, LineField):
            field.setModified(False)
        self.panel.refresh()

    def _write_line(
        self, text: str, label: str, field: LineField, get: Callable[[Any], str], put: Callable[[Edit], object]
    ) -> None:
        error = self._place(text, field)
        field.left.connect(lambda: self._take(field, label, put, error))
        self.panel.on_refresh(lambda: self._show(field, error, lambda: field.show_text(get(self.panel.row))))

    def _take(self, field: LineField, label: str, put: Callable[[Edit], object], error: QLabel) -> None:
        """Writes a line field. Where that is refused, what was typed stays, to be mended."""
        if self.panel.commit(label, put, error):
            field.setModified(False)
            self.panel.refresh()
        elif isinstance(field, ReadField):
            field.hush()  # the error stands below it now

    def _show(self, field: QWidget, error: QLabel, show: Callable[[], None]) -> None:
        field.setEnabled(not self.panel.session.document.read_only)
        if not (isinstance(field, LineField) and field.isModified() and error.isVisible()):
            show()


def dropped_files(data: QMimeData) -> list[Path]:
    """The files that are being dragged; folders and addresses elsewhere are none."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return [path for path in paths if path.is_file()]
