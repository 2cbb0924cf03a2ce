"""All of one milestone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from milestone_desktop.desktop.dialogs.complete import CompleteDialog, complete_text
from milestone_desktop.desktop.inspector.checklist import add_checklist
from milestone_desktop.desktop.inspector.common import (
    Choices,
    add_description,
    add_texts,
    people_offer,
    setter,
    text_setter,
)
from milestone_desktop.desktop.inspector.criteria import add_criteria
from milestone_desktop.desktop.inspector.evidence import add_evidence
from milestone_desktop.desktop.inspector.gate import GateList
from milestone_desktop.desktop.inspector.head import Head
from milestone_desktop.desktop.inspector.judgement import add_judgement
from milestone_desktop.desktop.inspector.kinds import add_kind
from milestone_desktop.desktop.inspector.linked import add_dependencies, add_linked_items, adder
from milestone_desktop.desktop.inspector.log_lines import add_open_entries
from milestone_desktop.desktop.inspector.moves import add_moves
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.placing import add_parent, add_relations
from milestone_desktop.desktop.inspector.scheduling import add_scheduling
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.words import _, day_text, instant_text, ngettext, percent_text, say, working_days_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.operations import activities, milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import Condition, conditions, open_points
from milestone_desktop.domain.enums import MilestoneStatus, ProgressFrom
from milestone_desktop.domain.gates import GateOverride
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project


class MilestonePanel(Panel):
    """Dates, health, what its kind holds, checklist, criteria, links, amounts, notes, moves, evidence.

    page_wanted: the person wants its page.
    """

    page_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._build()

    def _build(self) -> None:
        self.head = Head(self, lambda row: subtitle(self.session, row))
        self.column.addWidget(self.head)
        self.open_page = adder(_("Open its page"))
        self.open_page.setToolTip(_("All of it on a page (Alt+Enter)"))
        self.open_page.clicked.connect(lambda: self.page_wanted.emit(self.row_id))
        self.column.addWidget(self.open_page)
        self._add_dates()
        self._add_action()
        self._add_what_it_is()
        add_description(self)
        add_kind(self)
        add_criteria(self)
        add_checklist(self)
        add_open_entries(self)
        add_linked_items(self)
        add_dependencies(self)
        add_relations(self)
        add_parent(self)
        self._add_amounts()
        add_moves(self)
        add_evidence(self, _("Evidence"))
        add_judgement(self)
        add_scheduling(self)
        add_texts(self)
        self.column.addStretch(1)

    @property
    def milestone(self) -> Milestone:
        """The milestone shown."""
        return self.session.plan[Milestone, self.row_id]

    # sections

    def _add_dates(self) -> None:
        section = self.section(_("Dates"))
        self.planned = section.cell(self.fields["end"], _("Planned"), N_("Change date"))
        self.planned.setProperty("strong", True)
        section.cell(self.fields["start"], _("From"), N_("Change date"))
        section.cell(self.fields["target"])
        self.slip = section.told(_("Slip"), lambda row: working_days_text(self.session.facts.slip(row)))
        section.told(
            _("First target"), lambda row: instant_text(row.first_target, self.session.today()),
            lambda row: row.first_target is not None and row.first_target != row.target,
        )  # fmt: skip
        section.cell(self.fields["actual_finish"], _("Actual"), N_("Complete milestone"))
        self.health = section.told(_("Health"), lambda row: health_text(self.session.facts.assessment(row).health))
        self.reasons = WrappedText()
        self.reasons.setProperty("muted", True)
        self.reasons.setIndent(1)
        self.reasons.setAccessibleDescription(_("Reasons of the health"))
        section.grid.addWidget(self.reasons, section.next_row, 0, 1, 2)
        section.next_row += 1
        self.on_refresh(lambda: self._show_health(self.milestone))

    def _show_health(self, row: Milestone) -> None:
        assessment = self.session.facts.assessment(row)
        self.reasons.setText("\n".join(f"· {say(reason)}" for reason in assessment.reasons))
        self.reasons.setVisible(bool(assessment.reasons))
        late = (self.session.facts.slip(row) or 0) > 0
        for label, name, value in ((self.health, "health", assessment.health.value), (self.slip, "slip", late)):
            if label.property(name) != value:
                label.setProperty(name, value)
                label.style().polish(label)

    def _add_action(self) -> None:
        self.action = QPushButton()
        self.action.clicked.connect(self._act)
        self.column.addSpacing(8)
        self.column.addWidget(self.action)

        def refresh() -> None:
            row = self.milestone
            done = row.status is MilestoneStatus.COMPLETED
            still = 0 if done else len(open_points(self.session.plan, row))
            self.action.setText(" " + (_("Reopen") if done else complete_text(still)))
            self.action.setIcon(
                self.session.icons.icon("refresh-cw" if done else "party-popper", "text" if done or still else "accent-text")
            )
            primary = not done and not still
            if self.action.property("primary") != primary:
                self.action.setProperty("primary", primary)
                self.action.style().polish(self.action)
            self.action.setAccessibleName(_("Reopen milestone") if done else _("Complete milestone"))
            self.action.setEnabled(not self.session.document.read_only and row.dropped is None)

        self.on_refresh(refresh)

    def _add_what_it_is(self) -> None:
        section = self.section(_("Milestone"))
        self.status = section.choice(
            _("Status"), N_("Change status"), _statuses, lambda row: row.status.value,
            lambda edit, value: milestones.set_status(edit, self.row_id, MilestoneStatus(value), self._status_moment()),
        )  # fmt: skip
        self.owner = section.choice(
            _("Owner"), N_("Change owner"), lambda row: people_offer(self), lambda row: row.owner, setter(self, "owner")
        )
        section.cell(self.fields["type"])
        section.cell(self.fields["kind"])
        self.code = section.cell(self.fields["code"])
        section.told(_("Progress"), lambda row: percent_text(self.session.facts.progress_of(row)))
        section.choice(
            _("Progress from"), N_("Change progress from"), _progress_from,
            lambda row: None if row.progress_from is None else row.progress_from.value,
            lambda edit, value: activities.set_fields(
                edit, [self.row_id], progress_from=None if value is None else ProgressFrom(value)
            ),
        )  # fmt: skip

    def _add_amounts(self) -> None:
        section = self.section(_("Amounts"))
        section.cell(self.fields["amount"])
        section.line(_("Currency"), N_("Change currency"), lambda row: row.currency, text_setter(self, "currency"))
        section.cell(self.fields["invoiced"])
        section.cell(self.fields["paid"])
        self.on_refresh(lambda: section.setVisible(self.milestone.type == "Billing" or self.milestone.amount is not None))

    # writing

    def _act(self) -> None:
        if self.milestone.status is MilestoneStatus.COMPLETED:
            self.commit(N_("Reopen milestone"), lambda edit: milestones.reopen(edit, self.row_id))
        else:
            CompleteDialog(self.session, self.milestone, self.window()).exec()

    def _status_moment(self) -> int:
        project = self.session.plan[Project, self.milestone.project]
        return at(self.session.facts.status_day(project.id, self.session.today()), project.day_end)


class DetailsPanel(MilestonePanel):
    """What stands beside a milestone on its page: gate, dates, health, what it is, amounts, moves, judgement, notes.

    go: brings one to where a condition of the gate is dealt with.
    """

    def __init__(self, session: Session, go: Callable[[Condition, int], bool]) -> None:
        self._go = go
        super().__init__(session)

    def _build(self) -> None:
        self.column.setContentsMargins(0, 0, 0, 20)
        self.column.setSpacing(8)
        self._add_gate()
        self._add_dates()
        self._add_what_it_is()
        self._add_amounts()
        add_moves(self)
        add_judgement(self)
        add_parent(self)
        add_texts(self)
        self.column.addStretch(1)

    def _add_gate(self) -> None:
        section = self.section(_("Gate to Completed"))
        section.as_card()
        section.heading.setProperty("strong", True)
        shown = GateList(self.session, self._go)
        section.wide(shown)
        passed = WrappedText()
        passed.setProperty("muted", True)
        section.wide(passed)
        self._add_action()
        section.grid.setRowMinimumHeight(section.next_row, 6)
        section.next_row += 1
        section.wide(self.action)

        def refresh() -> None:
            row = self.milestone
            shown.show_conditions(conditions(self.session.plan, row))
            still = len(open_points(self.session.plan, row))
            section.heading.setText(
                ngettext("Gate to Completed: {n} thing open", "Gate to Completed: {n} things open", still)
                if still else _("Gate to Completed: nothing open")
            )  # fmt: skip
            told = [
                _("Passed on {date} with a reason: {reason}").format(
                    date=day_text(kept.given, self.session.today()), reason=kept.reason
                )
                for kept in self.session.plan.where(GateOverride, "milestone", row.id)
            ]
            passed.setText("\n".join(told))
            passed.setVisible(bool(told))

        self.on_refresh(refresh)


def subtitle(session: Session, row: Any) -> str:
    """What a milestone is, in one line."""
    owner = session.facts.person_name(row.owner)
    code = _("code {code}").format(code=row.code) if row.code else ""
    dropped = _("dropped: {reason}").format(reason=row.dropped_reason) if row.dropped is not None else ""
    return " · ".join(part for part in (_(row.kind.value), _(row.type), owner, code, dropped) if part)


def _statuses(row: Any) -> Choices:
    return [(status.value, _(status.value)) for status in MilestoneStatus]


def _progress_from(row: Any) -> Choices:
    return [(None, _("items, else criteria")), *((value.value, _(value.value)) for value in ProgressFrom)]
