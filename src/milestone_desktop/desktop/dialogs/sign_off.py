"""Recording an approval: who gave it, how, on what conditions, with the signed document; and what it covers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField, DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.typed_dates import read_day
from milestone_desktop.desktop.words import _, instant_text, ngettext
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import sign_offs
from milestone_desktop.document.operations.evidence import check_size
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import SignOffDecision
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.sign_off import snapshot


class SignOffDialog(FormDialog):
    """The snapshot is the one that the person sees in the dialog; where the milestone changes meanwhile, it is refused."""

    label = N_("Record approval")

    def __init__(self, session: Session, milestone: Milestone, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Approval of “{title}”").format(title=milestone.title), _("Record"), parent)
        self._milestone = milestone
        self._covers = snapshot(session.plan, milestone)
        self._file: tuple[str, bytes] | None = None
        self.setMinimumWidth(560)
        self.approver, self.role, self.organisation, self.method = (QLineEdit() for _n in range(4))
        owner = session.facts.person_name(milestone.owner)
        self.approver.setText(owner)
        self.approver.selectAll()
        self.decision = ChoiceField()
        for value in SignOffDecision:
            self.decision.addItem(_(value.value), value.value)
        self.day = DateField(session.today())
        self.day.show_day(session.today())
        self.method.setPlaceholderText(_("e-mail, letter, in the meeting …"))
        self.conditions = QPlainTextEdit()
        self.conditions.setFixedHeight(84)
        self.conditions.setTabChangesFocus(True)
        self.conditions.setPlaceholderText(_("One a line; a date after | is when it is due: Send the manual | 4 dec"))
        self.note = QLineEdit()
        self.add(_("Approver"), self.approver)
        self.add(_("Role"), self.role)
        self.add(_("Organisation"), self.organisation)
        self.add(_("Decision"), self.decision)
        self.add(_("Given on"), self.day)
        self.add(_("How"), self.method)
        self.add(_("Conditions"), self.conditions)
        self.add(_("Note"), self.note)
        self.add(_("Signed file"), self._file_strip())
        covers = QLabel(self._covered_text())
        covers.setProperty("muted", True)
        covers.setWordWrap(True)
        self.form.addRow(covers)
        self._fill_from_person(milestone)
        self.decision.currentIndexChanged.connect(self._offer)
        self._offer()

    def write(self, edit: Edit) -> None:
        day = self.day.day()
        if day is None:
            raise PlanError(N_("An approval has a date."), N_("Type the day on which it was given."))
        given = sign_offs.Given(
            self.approver.text(), SignOffDecision(self.decision.currentData()), day, self.role.text(), self.organisation.text(),
            self.method.text(), self.note.text(), self._conditions(), self._file,
        )  # fmt: skip
        sign_offs.record(edit, self._milestone.id, given, self._covers)

    def take_file(self, path: Path) -> None:
        """Takes the signed document along; what cannot be read or kept is said below."""
        try:
            size = path.stat().st_size
            self.try_(lambda: check_size(path.name, size))
            if self.error.isVisible():
                return
            self._file = (path.name, path.read_bytes())
        except OSError as error:
            self.complain(
                _("“{name}” cannot be read: {reason}. Check that you may open it.").format(name=path.name, reason=error.strerror)
            )
            return
        self.file_name.setText(path.name)

    def _conditions(self) -> list[tuple[str, int | None, Day | None]]:
        if not self.conditions.isEnabled():
            return []
        found: list[tuple[str, int | None, Day | None]] = []
        for line in self.conditions.toPlainText().splitlines():
            text, _bar, due = line.partition("|")
            if line.strip():
                found.append((text.strip(), None, read_day(due, self.session.today())))
        return found

    def _file_strip(self) -> QWidget:
        strip, line = QWidget(), QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        self.file_name = QLabel(_("none"))
        self.file_name.setProperty("muted", True)
        choose = QPushButton(_("Choose…"))
        choose.setAccessibleName(_("Choose the signed file"))
        choose.clicked.connect(self._choose)
        line.addWidget(self.file_name, 1)
        line.addWidget(choose)
        strip.setLayout(line)
        return strip

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Signed file"), str(Path.home()))
        if name:
            self.take_file(Path(name))

    def _covered_text(self) -> str:
        covers = self._covers
        date = instant_text(self._milestone.end, self.session.today())
        parts = [_("“{title}”, {date}").format(title=covers["title"], date=date)]
        for one, many, name in (
            ("{n} criterion with its result", "{n} criteria with their results", "criteria"),
            ("{n} piece of evidence", "{n} pieces of evidence", "evidence"),
            ("{n} work item", "{n} work items", "items"),
        ):
            if covers[name]:
                parts.append(ngettext(one, many, len(covers[name])))
        return _("It covers, as it stands now: {what}. A later change of these is marked.").format(what=", ".join(parts))

    def _fill_from_person(self, milestone: Milestone) -> None:
        person = next((row for row in self.session.facts.people() if row.id == milestone.owner), None)
        if person is not None:
            self.role.setText(person.role)
            self.organisation.setText(person.organisation)

    def _offer(self) -> None:
        self.conditions.setEnabled(self.decision.currentData() == SignOffDecision.WITH_CONDITIONS.value)
