"""A client approval: the record that stands, what it covers, what has changed since, its conditions, and those before it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.sign_off import SignOffDialog
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, action_button, add_register, button_strip
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.opening import open_kept_file
from milestone_desktop.desktop.words import _, day_text, long_day_text, ngettext, number_text, say
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document import kept_files
from milestone_desktop.document.operations import sign_offs
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import SignOffDecision
from milestone_desktop.domain.gates import Evidence, SignOff, SignOffCondition
from milestone_desktop.domain.messages import N_, Message
from milestone_desktop.domain.sign_off import changed_since, is_whole, standing

SIGNS = {
    SignOffDecision.APPROVED: ("✓", "On track"),
    SignOffDecision.WITH_CONDITIONS: ("✓", "On track"),
    SignOffDecision.REJECTED: ("✕", "Late"),
}
"""Sign, and the health whose colour it has."""


def add_approval(panel: Panel) -> None:
    """Adds the sections of a client approval."""
    section = panel.section(_("Sign-off"))
    card = SignOffCard(panel)
    section.wide(card)
    record = action_button(panel, _("Record approval…"), lambda: _record(panel))
    button_strip(section, record, _supersede_button(panel))
    conditions, _table = add_register(panel, Register(
        SignOffCondition, _("Conditions"), _conditions, ("done", "text"), rows=lambda panel: _open_first(panel), remove=None,
        movable=False))  # fmt: skip
    panel.on_refresh(lambda: conditions.setVisible(bool(_open_first(panel))))
    records, _table = add_register(panel, Register(
        SignOff, _("Superseded"), _superseded, ("approver", "signed"), rows=_earlier, remove=None, movable=False,
        stretch="approver"))  # fmt: skip
    panel.on_refresh(lambda: records.setVisible(bool(_earlier(panel))))
    panel.places["SignOff"] = record


class SignOffCard(QWidget):
    """The record that stands, in sentences; its signed file; what it covers and what of that is another now."""

    def __init__(self, panel: Panel) -> None:
        super().__init__()
        self._panel = panel
        self._faults: dict[str, Message | None] = {}
        self.decision, self.who, self.covers, self.changed = WrappedText(), WrappedText(), WrappedText(), WrappedText()
        self.who.setProperty("muted", True)
        self.covers.setProperty("faint", True)
        self.changed.setProperty("health", "At risk")
        self.file = QPushButton()
        self.file.setProperty("quiet", True)
        self.file.setProperty("link", True)
        self.fault = WrappedText()
        self.fault.setProperty("error", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 4)
        layout.setSpacing(4)
        for widget in (self.decision, self.who, self.changed, self.covers, self.file, self.fault):
            layout.addWidget(widget)
        self.file.clicked.connect(self._open)
        panel.on_refresh(self._refresh)

    def record(self) -> SignOff | None:
        """The record that stands."""
        plan = self._panel.session.plan
        rows = standing(plan, plan[Milestone, self._panel.row_id])
        return rows[-1] if rows else None

    def _refresh(self) -> None:
        record, session = self.record(), self._panel.session
        for widget in (self.who, self.covers, self.changed, self.file, self.fault):
            widget.setVisible(record is not None)
        if record is None:
            self.decision.setText(_("No approval is recorded yet."))
            _tone(self.decision, "")
            return
        sign, tone = SIGNS[record.decision]
        self.decision.setText(f"{sign} {_(record.decision.value)}, {day_text(record.signed, session.today())}")
        _tone(self.decision, tone)
        parts = (record.approver, record.role, record.organisation, record.method)
        self.who.setText("\n".join(part for part in (" · ".join(part for part in parts if part), record.note) if part))
        changes = (*changed_since(session.plan, record), *self._changed_files(record))
        self.changed.setText("\n".join([_("Changed since approval:"), *(f"· {say(change)}" for change in changes)]))
        self.changed.setVisible(bool(changes))
        self.covers.setText(_covered(record))
        self._show_file(record)

    def _changed_files(self, record: SignOff) -> list[Message]:
        """What is wrong with the files that the approval covers: linked ones as they are now, kept ones as they were kept."""
        session, found = self._panel.session, []
        for covered in record.snapshot.get("evidence", ()):
            row = session.plan.get(Evidence, covered.get("id"))
            if row is not None and row.link:
                found.append(session.linked_files.fault(row))
            elif row is not None and row.is_kept:
                found.append(self._fault(row.sha256, row.name))
        return [fault for fault in found if fault is not None]

    def _fault(self, sha256: str, name: str) -> Message | None:
        """What is wrong with a kept file; it is read once."""
        if sha256 not in self._faults:
            self._faults[sha256] = kept_files.fault(self._panel.session.document, sha256, name)
        return self._faults[sha256]

    def _show_file(self, record: SignOff) -> None:
        self.file.setVisible(bool(record.file_sha256))
        self.fault.hide()
        if not record.file_sha256:
            return
        self.file.setText(record.file_name.replace("&", "&&"))
        self.file.setIcon(self._panel.session.icons.icon("paperclip"))
        self.file.setAccessibleName(_("Open {name}").format(name=record.file_name))
        self.file.setToolTip(_("SHA-256 {digest}").format(digest=record.file_sha256))
        fault = self._fault(record.file_sha256, record.file_name)
        told = say(fault) if fault is not None else ""
        self.fault.setText(told[:1].upper() + told[1:] + ".")
        self.fault.setVisible(bool(told))

    def _open(self) -> None:
        record = self.record()
        if record is not None:
            open_kept_file(self._panel.session, record.file_sha256, record.file_name)


def _covered(record: SignOff) -> str:
    if not is_whole(record):
        return _("What it covers cannot be told: the record was altered.")
    covers = record.snapshot
    parts = [_("“{title}”").format(title=covers["title"])]
    if covers["criteria"]:
        parts.append(ngettext("{n} criterion", "{n} criteria", len(covers["criteria"])))
    if covers["evidence"]:
        parts.append(ngettext("{n} piece of evidence", "{n} pieces of evidence", len(covers["evidence"])))
    if covers["items"]:
        parts.append(ngettext("{n} work item", "{n} work items", len(covers["items"])))
    told = _("It covers {what}.").format(what=", ".join(parts))
    return f"{told} SHA-256 {record.snapshot_sha256[:12]}…"


def _tone(label: WrappedText, health: str) -> None:
    if label.property("health") != health:
        label.setProperty("health", health)
        label.style().polish(label)


def _record(panel: Panel) -> None:
    SignOffDialog(panel.session, panel.session.plan[Milestone, panel.row_id], panel.window()).exec()


def _supersede_button(panel: Panel) -> QPushButton:
    def rows() -> list[SignOff]:
        return standing(panel.session.plan, panel.session.plan[Milestone, panel.row_id])

    def supersede() -> None:
        found = rows()
        if found:
            panel.commit(N_("Supersede approval"), lambda edit: sign_offs.supersede(edit, found[-1].id))

    button = action_button(panel, _("Withdraw it"), supersede)
    button.setToolTip(_("It stays on record as superseded."))
    panel.on_refresh(lambda: button.setVisible(bool(rows())))
    return button


def _open_first(panel: Panel) -> list[SignOffCondition]:
    """The conditions of the record that stands, those still open first."""
    plan = panel.session.plan
    rows = standing(plan, plan[Milestone, panel.row_id])
    found = plan.where(SignOffCondition, "sign_off", rows[-1].id) if rows else []
    return sorted(found, key=lambda row: (row.done, row.id))


def _conditions(panel: Panel) -> tuple[Column, ...]:
    fields = Fields(panel, N_("Change condition"), lambda edit, row, **fields: sign_offs.change_condition(edit, row.id, **fields))
    return (
        fields.tick("done", _("Met"), 54, _("met")),
        Column("text", _("Condition"), 200, lambda row: row.text, tip=lambda row: row.text),
        fields.person("owner", _("Owner"), 140),
        fields.day("due", _("Due"), 96),
    )


def _earlier(panel: Panel) -> list[SignOff]:
    rows = [row for row in panel.session.plan.where(SignOff, "milestone", panel.row_id) if row.superseded]
    return sorted(rows, key=lambda row: (row.signed, row.id), reverse=True)


def _superseded(panel: Panel) -> tuple[Column, ...]:
    def covered(row: Any) -> str:
        return number_text(len(row.snapshot.get("criteria", ()))) if row.snapshot else ""

    return (
        Column("approver", _("Approver"), 160, lambda row: row.approver),
        Column("decision", _("Decision"), 190, lambda row: _(row.decision.value), Look.MUTED),
        Column("signed", _("Date"), 110, lambda row: long_day_text(row.signed), Look.MUTED),
        Column("covered", _("Criteria covered"), 120, covered, Look.MUTED),
        Column("file_name", _("Signed file"), 160, lambda row: row.file_name, Look.MUTED),
    )
