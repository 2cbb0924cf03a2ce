"""New rows: made in one edit when their title has been typed."""

from __future__ import annotations

from milestone_desktop.chart.drafts import Draft
from milestone_desktop.desktop.session import Session
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, items, milestones
from milestone_desktop.document.operations.groups import Way, join
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.instants import at, day_of
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project

DAYS_OF_NEW_ITEM = 5


def insert_row(session: Session, draft: Draft, title: str, made: list[int], way: Way = ()) -> None:
    """Adds the work item or milestone of a draft, on the date of its neighbour, to the groups of `way`; its id goes into
    `made`. Raises PlanError."""
    near = session.plan.activity(draft.near)
    project = session.plan.get(Project, session.project_id if near is None else near.project)
    if project is None:
        raise PlanError(N_("There is no project to add rows to."), N_("Open one first."))
    parent, after = _place(draft, near)
    label = N_("Add milestone") if draft.milestone else N_("Add work item")

    def make(edit: Edit) -> None:
        if draft.milestone:
            moment = near.end if near is not None and near.end is not None else at(session.today(), project.day_end)
            row: Activity = milestones.create(edit, project.id, title, moment, parent=parent, after=after)
        else:
            row = _make_item(edit, session, project, title, near, parent, after)
        join(edit, row.id, way)
        made[:] = [row.id]

    if not session.perform(label, make):
        made.clear()


def _make_item(
    edit: Edit, session: Session, project: Project, title: str, near: Activity | None, parent: int | None, after: int | None
) -> Activity:
    """A week of work that begins where its neighbour does."""
    moment = None if near is None else near.start if near.start is not None else near.end
    day = session.today() if moment is None else day_of(moment)
    length = DAYS_OF_NEW_ITEM * project.minutes_per_day
    row = items.create(edit, project.id, title, parent=parent, after=after, duration=length)
    label = edit.label
    made = dates.set_start(edit, row.id, dates.start_instant(edit.plan, row, day))
    edit.label = label
    return made


def _place(draft: Draft, near: Activity | None) -> tuple[int | None, int | None]:
    """Parent, and the sibling to stand after."""
    if near is None:
        return None, None
    return (near.id, None) if draft.inside else (near.parent, near.id)
