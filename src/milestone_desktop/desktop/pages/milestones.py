"""The milestones of a project, or of all projects, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from milestone_desktop.desktop.activity_fields.registry import activity_fields
from milestone_desktop.desktop.models.columns import Choices, Column, Editor, Look, restructures
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, range_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.projects import Project


class MilestonesPage(TablePage):
    """Name, code, type, owner, status, dates, slip, progress and health of each milestone; its title opens its page."""

    opening = frozenset({"title"})

    finds = (Milestone,)

    filterable = True

    def __init__(self, session: Session, columns: Sequence[Column] | None = None, name: str = "") -> None:
        plan = session.plan
        shown = columns if columns is not None else milestone_columns(session)
        super().__init__(session, shown, lambda row_id: plan.get(Milestone, row_id), name or _("Milestones"))
        self._show_project_column()
        session.project_changed.connect(self._show_project_column)

    def ids(self) -> Iterable[int]:
        session = self.session
        projects = [session.project_id] if session.project_id is not None else [p.id for p in session.facts.projects()]
        for project in projects:
            yield from (row.id for _level, row in walk(session.plan, project) if isinstance(row, Milestone))

    def touched(self, event: Changed) -> set[int]:
        """All that are shown: progress, slip and health of a milestone depend on much around it."""
        return set(self.model.ids)

    def reorders(self, event: Changed) -> bool:
        changes = event.change_set
        return restructures(changes.of(Milestone, WorkItem)) or any(True for _change in changes.of(Project))

    def empty_text(self) -> str:
        return _("No milestones yet. Add the first one with Ctrl+M: a point in time that you promise to reach.")

    def _show_project_column(self) -> None:
        """The portfolio names the project instead of code and type."""
        portfolio = self.session.project_id is None
        for section, column in enumerate(self.model.columns):
            if column.id in ("project", "code", "type"):
                self.view.setColumnHidden(section, portfolio is not (column.id == "project"))
        self.fit_title()


def milestone_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the milestone table."""
    facts, today, fields = session.facts, session.today, activity_fields(session)

    def field(name: str, **other: Any) -> Column:
        return replace(fields[name], **other)

    return (
        field("title", heading=_("Milestone"), width=200, label=N_("Rename milestone")),
        field("project", width=140),
        field("code", width=62),
        field("type", width=104),
        Column("owner", _("Owner"), 122, lambda row: facts.person_name(row.owner), editor=Editor.CHOICE,
               value=lambda row: row.owner, choices=lambda row: people_choices(session),
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], owner=value), label=N_("Change owner")),
        field("status", width=114),
        field("end", id="dates", heading=_("From – to"), width=146, text=lambda row: range_text(row.start, row.end, today()),
              look=Look.PLAIN, label=N_("Change date")),
        field("target", width=106, text=lambda row: instant_text(row.target, today()), look=Look.MUTED),
        fields["slip"],
        field("progress", width=124),
        fields["health"],
    )  # fmt: skip


def people_choices(session: Session) -> Choices:
    """Everybody, and nobody."""
    return [(None, _("Nobody")), *((person.id, person.name) for person in session.facts.people())]
