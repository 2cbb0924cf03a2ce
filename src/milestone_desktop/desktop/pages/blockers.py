"""Blockers: open work items past their end that milestones wait for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from milestone_desktop.desktop.activity_fields.registry import activity_fields
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, ngettext
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import items
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.blockers import Blocker, blockers
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project, WorkflowState


class BlockersPage(TablePage):
    """Key, title, assignee, due date, status, due since, and what they hold up."""

    def __init__(self, session: Session) -> None:
        self._found: dict[int, Blocker] = {}
        plan = session.plan
        super().__init__(session, self._columns(session), lambda row_id: plan.get(WorkItem, row_id), _("Blockers"))

    def ids(self) -> Iterable[int]:
        session = self.session
        chosen = session.project
        projects = [chosen] if chosen is not None else session.facts.projects()
        rows = [row for one in projects for row in blockers(session.plan, one, session.facts.status_day(one.id, session.today()))]
        self._found = {row.item: row for row in sorted(rows, key=lambda row: (-row.since, row.item))}
        return list(self._found)

    def touched(self, event: Changed) -> set[int]:
        return set(self.model.ids)

    def empty_text(self) -> str:
        return _("Nothing blocks: no open work item that a milestone waits for is past its end.")

    def _blocker(self, row: WorkItem) -> Blocker:
        return self._found.get(row.id) or Blocker(row.id, 0, 0, ())

    def _columns(self, session: Session) -> tuple[Column, ...]:
        facts, plan, today = session.facts, session.plan, session.today
        fields = activity_fields(session)

        def held(row: WorkItem) -> tuple[str, ...]:
            found = (plan.get(Milestone, row_id) for row_id in self._blocker(row).holds_up)
            return tuple(milestone.title for milestone in found if milestone is not None)

        return (
            Column("key", _("Key"), 80, facts.code, Look.MUTED, order=lambda row: (row.project, row.number)),
            Column("title", _("Title"), 190, lambda row: row.title, Look.TITLE, raw=lambda row: row),
            Column("project", _("Project"), 130, lambda row: plan[Project, row.project].title, Look.MUTED),
            replace(fields["owner"], heading=_("Assignee"), width=120),
            replace(fields["end"], id="due", heading=_("Due Date"), width=100, look=Look.PLAIN,
                    text=lambda row: day_text(self._blocker(row).due, today()), order=lambda row: self._blocker(row).due),
            Column("status", _("Status"), 110, facts.status_name, Look.STATUS, raw=facts.group, editor=Editor.CHOICE,
                   order=lambda row: plan[WorkflowState, row.status].order, value=lambda row: row.status,
                   choices=lambda row: [(state.id, _(state.name)) for state in facts.states_for(row.project)],
                   write=lambda edit, row, value: items.set_status(edit, row.id, value), label=N_("Change status")),
            Column("since", _("Due Since"), 96, lambda row: ngettext("{n} day", "{n} days", self._blocker(row).since),
                   Look.TONED, raw=lambda row: "health-late", order=lambda row: self._blocker(row).since),
            Column("holds_up", _("Holds up"), 260, lambda row: ", ".join(held(row)), Look.PILLS, raw=held,
                   tip=lambda row: "\n".join(held(row))),
        )  # fmt: skip
