"""The archived projects: hidden everywhere else, read here, and taken up again."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.pages.records_page import RecordsPage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, number_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import closing
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.lessons import all_lessons
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project


class ArchivePage(RecordsPage):
    """Key, title, lead, milestones reached, lessons."""

    def __init__(self, session: Session) -> None:
        plan = session.plan
        super().__init__(session, archive_columns(session), lambda row_id: plan.get(Project, row_id), _("Archived projects"))
        self.show_it = self.button(_("Show it"), self.show_project, lambda: self.hand is not None, writes=False)
        self.reopen = self.button(_("Take it out of the archive"), self.take_out, self.has_chosen)
        self.told.setText(_("An archived project is only read."))
        self.offer()

    def ids(self) -> Iterable[int]:
        return [row.id for row in self.session.facts.archived()]

    def touched(self, event: Changed) -> set[int]:
        return set(self.model.ids)

    def empty_text(self) -> str:
        return _("No project is archived. Plan, Close project brings one here.")

    def show_project(self) -> None:
        """Shows the project in hand, to be read."""
        if self.hand is not None:
            self.session.show_project(self.hand)

    def take_out(self) -> None:
        """Makes the selected projects active again."""
        self.for_each(N_("Take out of the archive"), closing.reopen)


def archive_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the archive."""
    plan, facts = session.plan, session.facts

    def reached(row: Project) -> str:
        rows = plan.where(Milestone, "project", row.id)
        done = sum(one.status is MilestoneStatus.COMPLETED for one in rows)
        return _("{done} of {all}").format(done=number_text(done), all=number_text(len(rows)))

    return (
        Column("key", _("Key"), 90, lambda row: row.key, Look.MUTED),
        Column("title", _("Title"), 300, lambda row: row.title),
        Column("category", _("Category"), 150, lambda row: row.category, Look.MUTED),
        Column("lead", _("Lead"), 160, lambda row: facts.person_name(row.lead)),
        Column("milestones", _("Milestones reached"), 150, reached),
        Column("lessons", _("Lessons"), 90, lambda row: number_text(len(all_lessons(plan, row.id))), right=True),
    )
