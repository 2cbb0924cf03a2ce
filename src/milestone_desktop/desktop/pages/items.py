"""The work items of a project, or of all projects, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.desktop.activity_fields.reading import read_percent
from milestone_desktop.desktop.models.columns import Column, Editor, Look, restructures
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, percent_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, items
from milestone_desktop.domain.activities import Assignment, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import Priority
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import is_parent, walk
from milestone_desktop.domain.projects import Person, Project, WorkflowState, Workspace


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
    facts, plan, today = session.facts, session.plan, session.today

    def people(row: WorkItem) -> str:
        return ", ".join(person.name for person in facts.assignees(row))

    def codes(row: WorkItem) -> tuple[str, ...]:
        return tuple(milestone.title for milestone in facts.milestones_of(row))

    def leaf(row: WorkItem) -> bool:
        return not is_parent(plan, row.id)

    def status(row: WorkItem) -> str:
        return facts.status_name(row) if leaf(row) else ""

    return (
        Column("key", _("Key"), 78, facts.code, Look.MUTED, order=lambda row: (row.project, row.number)),
        Column("title", _("Title"), 210, lambda row: row.title, Look.TITLE, raw=lambda row: row, editor=Editor.TEXT,
               write=lambda edit, row, value: activities.rename(edit, row.id, value), label=N_("Rename work item")),
        Column("type", _("Type"), 72, lambda row: _(row.type), editor=Editor.CHOICE, value=lambda row: row.type,
               choices=lambda row: [(name, _(name)) for name in plan[Workspace, 1].item_types],
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], type=value), label=N_("Change type")),
        Column("status", _("Status"), 114, status, Look.STATUS, raw=lambda row: facts.group(row) if leaf(row) else None,
               editor=Editor.CHOICE,
               order=lambda row: plan[WorkflowState, row.status].order, value=lambda row: row.status, editable=leaf,
               choices=lambda row: [(state.id, _(state.name)) for state in facts.states_for(row.project)],
               write=lambda edit, row, value: items.set_status(edit, row.id, value), label=N_("Change status")),
        Column("priority", _("Priority"), 84, lambda row: _(row.priority.value), editor=Editor.CHOICE,
               order=lambda row: -list(Priority).index(row.priority), value=lambda row: row.priority.value,
               choices=lambda row: [(priority.value, _(priority.value)) for priority in Priority],
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], priority=Priority(value)),
               label=N_("Change priority")),
        Column("assignees", _("Assignees"), 122, people),
        Column("milestones", _("Milestones"), 142, lambda row: ", ".join(codes(row)), Look.PILLS, raw=codes),
        Column("start", _("Start"), 104, lambda row: instant_text(row.start, today()), right=True, order=lambda row: row.start,
               editor=Editor.DATE, value=lambda row: None if row.start is None else day_of(row.start), editable=leaf,
               write=set_start, label=N_("Change start")),
        Column("end", _("End"), 104, lambda row: instant_text(row.end, today()), right=True, order=lambda row: row.end,
               editor=Editor.DATE, value=lambda row: None if row.end is None else day_of(row.end), editable=leaf,
               write=set_end, label=N_("Change end")),
        Column("progress", _("Progress (%)"), 124, lambda row: percent_text(facts.progress_of(row)), Look.PROGRESS,
               raw=facts.progress_of, order=facts.progress_of, editor=Editor.TEXT, editable=leaf,
               value=lambda row: str(row.progress), write=set_progress, label=N_("Change progress")),
    )  # fmt: skip


def set_start(edit: Edit, row: WorkItem, day: Day | None) -> None:
    """Sets an item's start, at the time of day that a bare day means."""
    dates.set_start(edit, row.id, None if day is None else dates.start_instant(edit.plan, row, day))


def set_end(edit: Edit, row: WorkItem, day: Day | None) -> None:
    """Sets an item's end, at the time of day that a bare day means."""
    dates.set_end(edit, row.id, None if day is None else dates.end_instant(edit.plan, row, day))


def set_progress(edit: Edit, row: WorkItem, text: str) -> None:
    """Reads a percentage and sets it. Raises PlanError where it is none."""
    items.set_progress(edit, row.id, read_percent(text))
