"""What an import would bring, before it is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QListWidget, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import _, long_day_text, ngettext, number_text, say
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import modes
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.apply import bring_in
from milestone_desktop.exchange.foreign import ForeignPlan
from milestone_desktop.exchange.preview import preview


class ImportDialog(FormDialog):
    """Counts, dates, what was not understood, and the key of the new project. made: its id; as_update: the person wants a
    project that is there to be brought up to date instead."""

    label = N_("Import project")
    listed = Listed.ALL

    def __init__(self, session: Session, foreign: ForeignPlan, parent: QWidget | None = None, *, known: bool = False) -> None:
        """known: there is a project that could be brought up to date from the file."""
        super().__init__(session, _("Import “{title}”").format(title=foreign.project.title), _("Import"), parent)
        self.setMinimumWidth(560)
        self.made: int | None = None
        self.as_update = False
        self._foreign = foreign
        found = preview(foreign, session.plan)
        self.key = QLineEdit(found.key)
        self.add(_("Key"), self.key)
        for text, value in self._lines(found.counts):
            label = QLabel(value)
            self.add(text, label)
        if found.first is not None and found.last is not None:
            self.add(
                _("Dates"),
                QLabel(
                    _("{first} – {last}").format(first=long_day_text(day_of(found.first)), last=long_day_text(day_of(found.last)))
                ),
            )
        self.mode = ChoiceField()
        self.mode.offer(
            [
                (ScheduleMode.RECORDED.value, _("keep every date as it is recorded in the file")),
                (ScheduleMode.COMPUTED.value, _("let the scheduler compute them")),
            ],
            ScheduleMode.RECORDED.value,
        )
        self.add(_("On arrival"), self.mode)
        told = QLabel(_("Dates come in as recorded. Where they are to be computed, what that would move is listed first."))
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.form.addRow(told)
        if found.findings:
            heading = QLabel(ngettext("{n} note on what was read", "{n} notes on what was read", len(found.findings)))
            heading.setProperty("section", True)
            self.findings = QListWidget()
            self.findings.setWordWrap(True)
            self.findings.setAccessibleName(heading.text())
            self.findings.addItems([say(finding) for finding in found.findings])
            self.form.addRow(heading)
            self.form.addRow(self.findings)
        if known:
            update = self.buttons.addButton(_("Bring a project up to date…"), QDialogButtonBox.ButtonRole.ResetRole)
            update.clicked.connect(self._choose_update)

    def _choose_update(self) -> None:
        self.as_update = True
        self.reject()

    def write(self, edit: Edit) -> None:
        self.made = bring_in(edit, self._foreign, self.key.text().strip() or None).project_id
        if self.mode.currentData() == ScheduleMode.COMPUTED.value:
            label = edit.label
            modes.set_mode(edit, self.made, ScheduleMode.COMPUTED)
            edit.label = label

    @staticmethod
    def _lines(counts: dict[str, int]) -> list[tuple[str, str]]:
        words = {
            "tasks": _("Rows"), "milestones": _("Milestones among them"), "links": _("Dependencies"),
            "calendars": _("Calendars"), "people": _("People"), "baselines": _("Baselines"),
        }  # fmt: skip
        return [(text, number_text(counts[name])) for name, text in words.items() if counts.get(name)]
