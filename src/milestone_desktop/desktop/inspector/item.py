"""All of one work item."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.activity_fields.reading import read_percent
from milestone_desktop.desktop.inspector.common import (
    Choices,
    add_description,
    add_texts,
    people_offer,
    setter,
)
from milestone_desktop.desktop.inspector.evidence import add_evidence
from milestone_desktop.desktop.inspector.head import Head
from milestone_desktop.desktop.inspector.linked import add_dependencies, add_milestones_of_item
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.placing import add_parent, add_relations, shortened
from milestone_desktop.desktop.inspector.scheduling import add_estimates, add_scheduling
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, percent_text
from milestone_desktop.document.operations import items
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import Project


class ItemPanel(Panel):
    """Dates, status, people, effort, milestones, links, notes, attachments."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.head = Head(self, self._subtitle)
        self.column.addWidget(self.head)
        self._add_dates()
        self._add_what_it_is()
        self._add_effort()
        add_description(self)
        add_milestones_of_item(self)
        add_dependencies(self)
        add_relations(self)
        add_parent(self)
        add_evidence(self, _("Attachments"))
        add_estimates(self)
        add_scheduling(self)
        add_texts(self)
        self.column.addStretch(1)

    @property
    def item(self) -> WorkItem:
        """The work item shown."""
        return self.session.plan[WorkItem, self.row_id]

    @property
    def project(self) -> Project:
        """The project that it belongs to."""
        return self.session.plan[Project, self.item.project]

    # sections

    def _add_dates(self) -> None:
        section = self.section(_("Dates"))
        section.cell(self.fields["start"], _("Start"))
        section.cell(self.fields["end"], _("End"))
        self.duration = section.cell(self.fields["duration"])
        for name in ("actual_start", "actual_finish"):
            section.cell(self.fields[name])

    def _add_what_it_is(self) -> None:
        section = self.section(_("Work item"))
        self.status = section.choice(
            _("Status"), N_("Change status"), self._states, lambda row: row.status,
            lambda edit, value: items.set_status(edit, self.row_id, value),
        )  # fmt: skip
        self.progress = section.line(
            _("Progress"), N_("Change progress"), lambda row: percent_text(self.session.facts.progress_of(row)),
            lambda edit, text: items.set_progress(edit, self.row_id, read_percent(text)),
        )  # fmt: skip
        section.cell(self.fields["type"])
        section.cell(self.fields["priority"])
        self.assignees = QPushButton()
        self.assignees.setProperty("field", True)
        self.assignees.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu = QMenu(self.assignees)
        menu.aboutToShow.connect(lambda: self._fill_people(menu))
        self.assignees.setMenu(menu)
        self.assignees.setAccessibleName(_("Assignees"))
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(9, 0, 0, 0)
        beside.addWidget(self.assignees)
        section.pair(_("Assignees"), holder)
        section.choice(
            _("Reporter"),
            N_("Change reporter"),
            lambda row: people_offer(self),
            lambda row: row.reporter,
            setter(self, "reporter"),
        )

        def refresh() -> None:
            names = ", ".join(person.name for person in self.session.facts.assignees(self.item)) or _("Nobody")
            self.assignees.setText(shortened(self.assignees, names))
            self.assignees.setToolTip(names)
            self.assignees.setEnabled(not self.session.document.read_only)
            leaf = not is_parent(self.session.plan, self.row_id)
            for field in (self.status, self.progress):
                field.setEnabled(leaf and not self.session.document.read_only)

        self.on_refresh(refresh)

    def _add_effort(self) -> None:
        section = self.section(_("Effort"))
        for name in ("estimate", "logged"):
            section.cell(self.fields[name])
        section.cell(self.fields["remaining_effort"], _("Remaining"))
        section.cell(self.fields["story_points"])

    # writing

    def _fill_people(self, menu: QMenu) -> None:
        menu.clear()
        there = {person.id for person in self.session.facts.assignees(self.item)}
        for person in self.session.facts.people():
            action = QAction(person.name, menu)
            action.setCheckable(True)
            action.setChecked(person.id in there)
            action.triggered.connect(self._assigner(person.id, there))
            menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(_("Add people on the People page first")).setEnabled(False)

    def _assigner(self, person: int, there: set[int]) -> Any:
        def assign() -> None:
            wanted = there ^ {person}
            self.commit(N_("Assign"), lambda edit: items.assign(edit, self.row_id, sorted(wanted)))

        return assign

    def _states(self, row: Any) -> Choices:
        return [(state.id, _(state.name)) for state in self.session.facts.states_for(row.project)]

    def _subtitle(self, row: Any) -> str:
        return " · ".join((self.session.facts.code(row), _(row.type), self.session.facts.status_name(row)))
