"""All fields by name, in the order in which the list of columns shows them."""

from __future__ import annotations

from milestone_desktop.desktop.activity_fields.basics import basic_fields, text_fields
from milestone_desktop.desktop.activity_fields.dates import date_fields
from milestone_desktop.desktop.activity_fields.people import people_fields
from milestone_desktop.desktop.activity_fields.progress import progress_fields
from milestone_desktop.desktop.activity_fields.schedule import schedule_fields
from milestone_desktop.desktop.activity_fields.work import billing_fields, effort_fields
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.session import Session

DEFAULT_COLUMNS = ("title", "status", "progress", "start", "end", "tags")
TITLE = "title"
OWN_FIELDS = frozenset(
    {
        "title", "code", "key", "kind", "type", "priority", "tags", "module", "release", "start", "end", "duration", "remaining",
        "target", "first_target", "actual_start", "actual_finish", "deadline", "placement", "constraint", "constraint_date",
        "estimate", "logged", "remaining_effort", "story_points", "amount", "invoiced", "paid", "description", "notes",
        "comment", "recovery",
    }
)  # fmt: skip
"""What these fields say follows from the record alone."""


def activity_fields(session: Session) -> dict[str, Column]:
    """Every field of milestones and work items as a column. Their functions take a Milestone or WorkItem."""
    makers = (
        basic_fields, progress_fields, date_fields, schedule_fields, people_fields, effort_fields, billing_fields, text_fields,
    )  # fmt: skip
    return {column.id: column for make in makers for column in make(session)}
