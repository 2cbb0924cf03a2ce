"""The log of a project, or of all projects: risks, issues, decisions, actions, assumptions, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel

from milestone_desktop.desktop.dialogs.choose import choose_activities
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.pages.records_page import RecordsPage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import log
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import LogState, LogType
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.domain.registers import LogEntry, LogLink


class LogPage(RecordsPage):
    """Entries by type and state, edited in place. A filter that hides some is named by its own box."""

    def __init__(self, session: Session) -> None:
        plan = session.plan
        super().__init__(session, log_columns(session), lambda row_id: plan.get(LogEntry, row_id), _("Log"))
        self.type, self.state = ChoiceField(), ChoiceField()
        self._build_filter()
        self.add = self.button(_("Add entry"), self.add_entry, lambda: bool(self.session.facts.projects()))
        self.close_button = self.button(_("Close or reopen"), self.toggle, self.has_chosen)
        self.link = self.button(_("About milestones…"), self.choose_milestones, lambda: self.hand is not None)
        self.remove = self.button(_("Delete entry"), self.delete, self.has_chosen)
        session.project_changed.connect(self._show_project_column)
        self._show_project_column()
        self.offer()

    def ids(self) -> Iterable[int]:
        plan = self.session.plan
        rows = [row for project in self.shown_projects() for row in plan.where(LogEntry, "project", project)]
        kind, state = self.type.currentData(), self.state.currentData()
        fitting = [row for row in rows if kind in (None, row.type.value) and state in (None, row.state.value)]
        return [row.id for row in sorted(fitting, key=lambda row: (row.state is LogState.CLOSED, row.raised or 0, row.id))]

    def touched(self, event: Changed) -> set[int]:
        if any(True for _change in event.change_set.of(Person, Project, Milestone, LogLink)):
            return set(self.model.ids)
        return event.change_set.ids(LogEntry)

    def reorders(self, event: Changed) -> bool:
        return any(True for _change in event.change_set.of(LogEntry))

    def empty_text(self) -> str:
        if self.type.currentData() is not None or self.state.currentData() is not None:
            return _("No entry of this type and state. Choose “All” above to see the others.")
        return _("Nothing is logged yet. Add the first risk, issue, decision, action, assumption or note.")

    def add_entry(self) -> None:
        """Adds an entry of the type that is filtered for, and opens its text for typing."""
        project = self.session.project_id
        if project is None:
            project = self.session.facts.projects()[0].id
        kind = LogType(self.type.currentData()) if self.type.currentData() is not None else LogType.RISK
        if self.state.currentData() == LogState.CLOSED.value:
            self.state.setCurrentIndex(0)
        made: list[int] = []
        if self.session.attempt(
            N_("Add log entry"), lambda edit: made.append(log.create(edit, project, _("New entry"), kind).id)
        ):
            self.pick(made[-1:], made[-1])
            self.reload()
            self.name_row(made[-1])

    def toggle(self) -> None:
        """Closes the selected entries; where all of them are closed, they are open again."""
        rows = [row for row_id in self.chosen if (row := self.session.plan.get(LogEntry, row_id)) is not None]
        state = LogState.CLOSED if any(row.state is LogState.OPEN for row in rows) else LogState.OPEN
        self.for_each(N_("Change state of log entry"), lambda edit, row_id: log.change(edit, row_id, state=state))

    def choose_milestones(self) -> None:
        """Asks which milestones the entry in hand is about."""
        hand = self.hand
        entry = self.session.plan.get(LogEntry, hand)
        if hand is None or entry is None:
            return
        there = [row.id for row in log.milestones_of(self.session.plan, hand)]
        chosen = choose_activities(
            self.session, self, _("What “{text}” is about").format(text=entry.text),
            lambda row: isinstance(row, Milestone) and row.project == entry.project and row.id not in there,
        )  # fmt: skip
        if chosen:
            self.session.attempt(N_("Link log entry"), lambda edit: log.set_milestones(edit, hand, [*there, *chosen]))

    def delete(self) -> None:
        """Deletes the selected entries."""
        if self.for_each(N_("Delete log entry"), log.remove):
            self.pick([], None)

    def _build_filter(self) -> None:
        for box, name, values in ((self.type, _("Type"), tuple(LogType)), (self.state, _("State"), tuple(LogState))):
            box.setAccessibleName(name)
            box.addItem(_("All"), None)
            for value in values:
                box.addItem(_(value.value), value.value)
            box.currentIndexChanged.connect(self.reload)
        self.state.setCurrentIndex(self.state.findData(LogState.OPEN.value))
        line = QHBoxLayout()
        line.setContentsMargins(18, 10, 18, 8)
        line.setSpacing(8)
        for text, box in ((_("Type"), self.type), (_("State"), self.state)):
            label = QLabel(text)
            label.setProperty("muted", True)
            label.setBuddy(box)
            line.addWidget(label)
            line.addWidget(box)
        line.addStretch(1)
        self.body.insertLayout(0, line)

    def _show_project_column(self) -> None:
        section = [column.id for column in self.model.columns].index("project")
        self.view.setColumnHidden(section, self.session.project_id is not None)
        self.fit_title()


def log_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the log."""
    facts, plan, today, label = session.facts, session.plan, session.today, N_("Change log entry")

    def put(edit: Edit, row: Any, **fields: Any) -> None:
        log.change(edit, row.id, **fields)

    def overdue(row: LogEntry) -> bool:
        return row.due is not None and row.state is LogState.OPEN and row.due < facts.status_day(row.project, today())

    def about(row: LogEntry) -> tuple[str, ...]:
        return tuple(milestone.title for milestone in log.milestones_of(plan, row.id))

    return (
        Column("type", _("Type"), 104, lambda row: _(row.type.value), editor=Editor.CHOICE, value=lambda row: row.type.value,
               choices=lambda row: [(value.value, _(value.value)) for value in LogType],
               write=lambda edit, row, value: put(edit, row, type=LogType(value)), label=label),
        Column("title", _("Entry"), 260, lambda row: row.text, editor=Editor.TEXT, tip=lambda row: row.text,
               write=lambda edit, row, value: put(edit, row, text=value), label=label),
        Column("project", _("Project"), 150, lambda row: plan[Project, row.project].title, Look.MUTED),
        Column("owner", _("Owner"), 130, lambda row: facts.person_name(row.owner), editor=Editor.CHOICE,
               value=lambda row: row.owner, choices=lambda row: [(None, _("Nobody")), *((p.id, p.name) for p in facts.people())],
               write=lambda edit, row, value: put(edit, row, owner=value), label=label),
        Column("raised", _("Raised"), 92, lambda row: "" if row.raised is None else day_text(row.raised, today()), Look.MUTED,
               right=True, order=lambda row: row.raised, editor=Editor.DATE, value=lambda row: row.raised,
               write=lambda edit, row, value: put(edit, row, raised=value), label=label),
        Column("due", _("Due"), 110, lambda row: _due_text(row, overdue(row), today()), Look.TONED, right=True,
               raw=lambda row: "health-late" if overdue(row) else "text", order=lambda row: row.due, editor=Editor.DATE,
               value=lambda row: row.due, write=lambda edit, row, value: put(edit, row, due=value), label=label),
        Column("state", _("State"), 92, lambda row: _(row.state.value), editor=Editor.CHOICE, value=lambda row: row.state.value,
               choices=lambda row: [(value.value, _(value.value)) for value in LogState],
               write=lambda edit, row, value: put(edit, row, state=LogState(value)), label=label),
        Column("response", _("Response"), 230, lambda row: row.response, editor=Editor.TEXT, tip=lambda row: row.response,
               write=lambda edit, row, value: put(edit, row, response=value.strip()), label=label),
        Column("milestones", _("About"), 190, lambda row: ", ".join(about(row)), Look.PILLS, raw=about),
    )  # fmt: skip


def _due_text(row: LogEntry, overdue: bool, today: int) -> str:
    if row.due is None:
        return ""
    return f"! {day_text(row.due, today)}" if overdue else day_text(row.due, today)
