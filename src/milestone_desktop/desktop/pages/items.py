"""The work items of a project, or of all projects, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from milestone_desktop.desktop.activity_fields.registry import activity_fields
from milestone_desktop.desktop.models.columns import Column, Look, restructures
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Assignment, MilestoneLink, WorkItem
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.projects import Person, Project, WorkflowState


class ItemsPage(TablePage):
    """Key, title, type, status, priority, assignees, milestones, dates and progress of each work item."""

    finds = (WorkItem,)
    filterable = True

    def __init__(self, session: Session) -> None:
        plan = session.plan
        super().__init__(session, item_columns(session), lambda row_id: plan.get(WorkItem, row_id), _("Work items"))

    def ids(self) -> Iterable[int]:
        session = self.session
        projects = [session.project_id] if session.project_id is not None else [p.id for p in session.facts.projects()]
        for project in projects:
            yield from (row.id for _level, row in walk(session.plan, project) if isinstance(row, WorkItem))

    def touched(self, event: Changed) -> set[int]:
        found = event.change_set.ids(WorkItem)
        for change in event.change_set.of(MilestoneLink, Assignment):
            found.add((change.new if change.new is not None else change.old).item)
        if any(True for _change in event.change_set.of(Person, Project, WorkflowState)):
            return set(self.model.ids)
        for row_id in tuple(found):
            found |= set(self._above(row_id))
        return found

    def reorders(self, event: Changed) -> bool:
        changes = event.change_set
        return restructures(changes.of(WorkItem)) or any(True for _change in changes.of(Project))

    def empty_text(self) -> str:
        return _("No work items yet. Add the first one with Ctrl+I, or import a plan.")

    def _above(self, row_id: int) -> Iterable[int]:
        row = self.session.plan.activity(row_id)
        while row is not None and row.parent is not None:
            yield row.parent
            row = self.session.plan.activity(row.parent)


def item_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the work item table."""
    today, fields = session.today, activity_fields(session)

    def field(name: str, **other: Any) -> Column:
        return replace(fields[name], **other)

    return (
        fields["key"],
        field("title", width=210, label=N_("Rename work item")),
        field("type", width=72),
        field("status", width=114),
        fields["priority"],
        field("owner", heading=_("Assignees"), width=122),
        fields["milestones"],
        field("start", heading=_("Start"), width=104, text=lambda row: instant_text(row.start, today()), look=Look.PLAIN),
        field("end", heading=_("End"), width=104, text=lambda row: instant_text(row.end, today()), look=Look.PLAIN),
        field("progress", width=124),
    )  # fmt: skip
