"""Billing: what is due, ready to invoice, invoiced and paid, with one total a currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from milestone_desktop.desktop.activity_fields.registry import activity_fields
from milestone_desktop.desktop.amounts import amount_text, money_text, read_amount
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.pages.milestones import MilestonesPage, milestone_columns
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.billing import BillState, bill_state, due_day, is_bill, totals
from milestone_desktop.domain.messages import N_

TONES = {
    BillState.PLANNED: "text-muted", BillState.READY: "health-at-risk", BillState.INVOICED: "text",
    BillState.PAID: "health-on-track", BillState.DROPPED: "text-muted",
}  # fmt: skip
SIGNS = {BillState.READY: "● ", BillState.PAID: "✓ "}


class BillingPage(MilestonesPage):
    """Every bill with its state; *Ready to invoice* is a state to filter for, and the button dates the invoices."""

    def __init__(self, session: Session) -> None:
        self.state = ChoiceField()
        self.state.setAccessibleName(_("State"))
        self.state.addItem(_("All"), None)
        for state in BillState:
            self.state.addItem(_(state.value), state.value)
        super().__init__(session, bill_columns(session), _("Billing"))
        self.sums = QLabel()
        self.sums.setWordWrap(True)
        self.sums.setAccessibleDescription(_("Totals"))
        self.invoice = QPushButton(_("Invoiced today"))
        self.pay = QPushButton(_("Paid today"))
        for button, name in ((self.invoice, "invoiced"), (self.pay, "paid")):
            button.clicked.connect(lambda _on=False, field=name: self._date(field))
        top, strip = QHBoxLayout(), QHBoxLayout()
        for line in (top, strip):
            line.setContentsMargins(18, 10, 18, 10)
            line.setSpacing(8)
        label = QLabel(_("State"))
        label.setProperty("muted", True)
        label.setBuddy(self.state)
        for widget in (label, self.state):
            top.addWidget(widget)
        top.addStretch(1)
        strip.addWidget(self.invoice)
        strip.addWidget(self.pay)
        strip.addWidget(self.sums, 1)
        self.body.insertLayout(0, top)
        self.body.addLayout(strip)
        self.state.currentIndexChanged.connect(self.reload)
        session.selection_changed.connect(self._offer)
        self._offer()

    def ids(self) -> Iterable[int]:
        wanted = self.state.currentData()
        for row_id in super().ids():
            row = self.session.plan[Milestone, row_id]
            if is_bill(row) and wanted in (None, bill_state(row).value):
                yield row_id

    def reorders(self, event: Changed) -> bool:
        return any(True for _change in event.change_set.of(Milestone)) or super().reorders(event)

    def empty_text(self) -> str:
        if self.state.currentData() is not None:
            return _("No bill is in this state.")
        return _("No milestone asks for money. Give one the type Billing, or an amount.")

    def show_ready(self) -> None:
        """Lists what is ready to invoice."""
        self.state.setCurrentIndex(self.state.findData(BillState.READY.value))

    def _arrange(self) -> None:
        super()._arrange()
        self._tell()

    def _tell(self) -> None:
        """One line a currency; amounts of several are never added together."""
        bills = [row for row_id in super().ids() if is_bill(row := self.session.plan[Milestone, row_id])]
        told = _("{currency}: {all} in all, {due} due; {ready} ready to invoice, {invoiced} invoiced, {paid} paid")
        lines = [
            told.format(
                currency=row.currency or _("without a currency"), all=money_text(row.all), due=money_text(row.due),
                ready=money_text(row.ready), invoiced=money_text(row.invoiced), paid=money_text(row.paid),
            )
            for row in totals(bills)
        ]  # fmt: skip
        self.sums.setText("\n".join(lines))

    def _chosen(self) -> list[int]:
        rows = (self.session.plan.get(Milestone, row_id) for row_id in self.session.selection)
        return [row.id for row in rows if row is not None and is_bill(row)]

    def _date(self, field: str) -> None:
        chosen, today = self._chosen(), self.session.today()
        label = N_("Note invoices") if field == "invoiced" else N_("Note payments")
        self.session.attempt(label, lambda edit: activities.set_fields(edit, chosen, **{field: today}))

    def _offer(self) -> None:
        rows = [self.session.plan[Milestone, row_id] for row_id in self._chosen()]
        writable = not self.session.document.read_only
        self.invoice.setEnabled(writable and any(row.invoiced is None for row in rows))
        self.pay.setEnabled(writable and any(row.paid is None and row.invoiced is not None for row in rows))


def bill_columns(session: Session) -> tuple[Column, ...]:
    """The columns of bills."""
    known, fields = {column.id: column for column in milestone_columns(session)}, activity_fields(session)
    today = session.today

    def day(name: str) -> Column:
        return replace(fields[name], width=104, text=lambda row: day_text(getattr(row, name), today()), look=Look.PLAIN)

    return (
        known["title"],
        known["project"],
        known["owner"],
        Column("amount", _("Amount"), 120, lambda row: money_text(row.amount), right=True, order=lambda row: row.amount,
               editor=Editor.TEXT, value=lambda row: amount_text(row.amount),
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], amount=read_amount(value)),
               label=N_("Change amount")),
        Column("currency", _("Currency"), 86, lambda row: row.currency, editor=Editor.TEXT,
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], currency=value.strip().upper()),
               label=N_("Change currency")),
        Column("due", _("Due"), 104, lambda row: day_text(due_day(row), today()), right=True, order=due_day),
        Column("state", _("State"), 140, lambda row: SIGNS.get(bill_state(row), "") + _(bill_state(row).value), Look.TONED,
               raw=lambda row: TONES[bill_state(row)], order=lambda row: list(BillState).index(bill_state(row))),
        day("invoiced"),
        day("paid"),
    )  # fmt: skip
