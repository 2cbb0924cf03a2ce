"""Closing a project: everything that is open in it is listed, and each is completed, dropped or carried over."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.editable_table import EditableTable
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, say
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import closing
from milestone_desktop.domain.closing import End, OpenEnd, Way, open_ends
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project

LIST_HEIGHT = 300


class CloseDialog(FormDialog):
    """Nothing is chosen at first: each end, or all at once by the buttons, is decided on. Then the project is archived."""

    label = N_("Close project")

    def __init__(self, session: Session, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Close “{title}”").format(title=project.title), _("Close and archive"), parent)
        self._project = project
        self.setMinimumWidth(680)
        self.ends = open_ends(session.plan, project.id)
        self.choices: dict[tuple[End, int], Way] = {}
        told = QLabel(
            ngettext("{n} thing is still open. Decide on it:", "{n} things are still open. Decide on each:", len(self.ends))
            if self.ends else _("Nothing is open any more. The project will be read only, and hidden but counted.")
        )  # fmt: skip
        told.setWordWrap(True)
        told.setProperty("muted", True)
        self.form.addRow(told)
        self.table = EditableTable(
            session, self._columns(), lambda row_id: self.ends[row_id], self._take, _("What is open"), stretch="text"
        )
        self.target = ChoiceField(self)
        self.target.hide()
        for row in session.facts.projects():
            if row.id != project.id:
                self.target.addItem(row.title, row.id)
        if self.ends:
            self._add_list()
        if self.ends and self.target.count():
            self.add(_("Carry over to"), self.target)
            self.target.show()

    def write(self, edit: Edit) -> None:
        closing.close(edit, self._project.id, self.choices, self.target.currentData())

    def choose_all(self, way: Way) -> None:
        """Decides alike on everything that is not decided yet."""
        for end in self.ends:
            self.choices.setdefault((end.end, end.id), way)
        self._refresh()

    def _take(self, _label: str, write: Any) -> bool:
        """A choice is no edit of the plan yet."""
        write(None)
        self._refresh()
        return True

    def _choose(self, end: OpenEnd, value: str | None) -> None:
        if value is None:
            self.choices.pop((end.end, end.id), None)
        else:
            self.choices[end.end, end.id] = Way(value)

    def _refresh(self) -> None:
        self.table.show_records(range(len(self.ends)))
        self.complain("")

    def _columns(self) -> tuple[Column, ...]:
        def way(end: OpenEnd) -> Way | None:
            return self.choices.get((end.end, end.id))

        def told(end: OpenEnd) -> str:
            chosen = way(end)
            return _(chosen.value) if chosen is not None else _("decide…")

        offered = [(None, _("decide…")), *((value.value, _(value.value)) for value in Way)]
        return (
            Column("kind", _("What"), 110, lambda end: _(end.end.value), Look.MUTED),
            Column("text", _("Still open"), 260, lambda end: say(end.text), tip=lambda end: say(end.text)),
            Column("way", _("What to do"), 130, told, Look.TONED,
                   raw=lambda end: "health-at-risk" if way(end) is None else "text", editor=Editor.CHOICE,
                   value=lambda end: None if way(end) is None else way(end), choices=lambda end: offered,
                   write=lambda edit, end, value: self._choose(end, value)),
        )  # fmt: skip

    def _add_list(self) -> None:
        area = QScrollArea()
        area.setWidget(self.table)
        area.setWidgetResizable(True)
        area.setProperty("framed", True)
        self.table.setProperty("bare", True)  # the edge stays where it is, the rows scroll within it
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFixedHeight(min(LIST_HEIGHT, 34 * (len(self.ends) + 1) + 8))
        self.form.addRow(area)
        strip, line = QWidget(), QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        for way, text in (
            (Way.COMPLETE, _("Complete the rest")), (Way.DROP, _("Drop the rest")), (Way.CARRY_OVER, _("Carry the rest over")),
        ):  # fmt: skip
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, chosen=way: self.choose_all(chosen))
            button.setEnabled(way is not Way.CARRY_OVER or self.target.count() > 0)
            line.addWidget(button)
        line.addStretch(1)
        strip.setLayout(line)
        self.form.addRow(strip)
        self._refresh()
