"""The milestone report: who answers for which milestone, when it is due, how far it is, and what work it takes."""

from __future__ import annotations

from dataclasses import replace

from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.pages.milestones import MilestonesPage, milestone_columns
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, number_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import StateGroup


class MilestoneReportPage(MilestonesPage):
    """Milestone Name, Owner, Due Date, Status, Tasks; and the project in the portfolio."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, report_columns(session), _("Milestone report"))


def report_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the report."""
    known = {column.id: column for column in milestone_columns(session)}
    facts, today = session.facts, session.today

    def tasks(row: Milestone) -> str:
        rows = facts.items_of(row)
        if not rows:
            return ""
        done = number_text(sum(facts.group(item) is StateGroup.DONE for item in rows))
        titles = ", ".join(item.title for item in rows)
        return _("{done} of {all} done: {titles}").format(done=done, all=number_text(len(rows)), titles=titles)

    due = replace(known["dates"], heading=_("Due Date"), width=120, text=lambda row: instant_text(row.end, today()))
    return (
        replace(known["title"], heading=_("Milestone Name")),
        known["project"],
        known["owner"],
        due,
        known["status"],
        Column("tasks", _("Tasks"), 460, tasks, tip=tasks, order=lambda row: len(facts.items_of(row))),
    )
