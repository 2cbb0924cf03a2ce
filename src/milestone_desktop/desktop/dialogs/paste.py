"""A pasted list of milestones, previewed line by line before it is taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QPlainTextEdit, QTableWidget, QTableWidgetItem, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.typed_dates import names
from milestone_desktop.desktop.words import _, day_text, ngettext, say, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import projects
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Workspace
from milestone_desktop.exchange.pasted import Moment, PastedRow, bring_in, read_list

EXAMPLE = "Kickoff\t4 Sep\tMara\nPrototype ready\t20 Nov\tMara\nGo-live\t29 Jan\tTomas"


class PasteDialog(FormDialog):
    """Text above, what it means below. Without a project in hand it asks for the title of a new one.

    made: the project that got the milestones.
    """

    label = N_("Paste milestones")
    listed = Listed.ALL

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Paste a list of milestones"), _("Add milestones"), parent)
        self.resize(760, 520)
        self.made: int | None = session.project_id
        self.rows: tuple[PastedRow, ...] = ()
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("What the project is called"))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(_("One milestone a line: title, date, owner, type.") + "\n\n" + EXAMPLE)
        self.text.setFixedHeight(150)
        self.text.setTabStopDistance(130)
        self.table = QTableWidget(0, 5)
        self.table.setHorizontalHeaderLabels([_("Title"), _("Date"), _("Owner"), _("Type"), _("Not understood")])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 190)
        self.table.setColumnWidth(2, 140)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.table.setFixedHeight(210)
        self.table.setAccessibleName(_("Preview"))
        self.count = QLabel()
        self.count.setProperty("muted", True)
        if self.made is None:
            self.add(_("New project"), self.title)
        self.add(_("List"), self.text)
        self.form.addRow(self.table)
        self.form.addRow(self.count)
        self.text.textChanged.connect(self._preview)
        clipboard = QGuiApplication.clipboard().text()
        if "\n" in clipboard or "\t" in clipboard:
            self.text.setPlainText(clipboard)
        self._preview()

    def write(self, edit: Edit) -> None:
        if not any(row.usable for row in self.rows):
            raise PlanError(
                N_("There is no milestone in the list yet."), N_("Paste or type one a line: title, date, owner, type.")
            )
        if self.session.project_id is None:
            if not self.title.text().strip():
                raise PlanError(N_("A project needs a title."))
            self.made = projects.create(edit, self.title.text()).id
        if self.made is not None:
            bring_in(edit, self.made, self.rows)

    def _preview(self) -> None:
        types = self.session.plan[Workspace, 1].milestone_types
        try:
            self.rows = read_list(self.text.toPlainText(), self.session.today(), types=types, names=names()).rows
        except PlanError as error:
            self.rows = ()
            self.complain(say_error(error))
        self.table.setRowCount(len(self.rows))
        for number, row in enumerate(self.rows):
            told = (row.title, self._day(row.end), row.owner, row.type, " ".join(say(problem) for problem in row.problems))
            for section, text in enumerate(told):
                item = QTableWidgetItem(text)
                if section == 4:
                    item.setForeground(self.session.theme.color("health-at-risk"))
                    item.setToolTip(text)
                self.table.setItem(number, section, item)
        usable = sum(row.usable for row in self.rows)
        self.count.setText(ngettext("{n} milestone will be added.", "{n} milestones will be added.", usable) if self.rows else "")
        self.done_button.setEnabled(usable > 0)

    def _day(self, moment: Moment | None) -> str:
        return day_text(moment[0] if moment is not None else None, self.session.today())
