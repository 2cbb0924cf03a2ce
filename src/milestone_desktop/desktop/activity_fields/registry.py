"""All fields by name, in the order in which the list of columns shows them."""

from __future__ import annotations

import numpy as np

from milestone_desktop.desktop.activity_fields.basics import basic_fields, text_fields
from milestone_desktop.desktop.activity_fields.dates import date_fields
from milestone_desktop.desktop.activity_fields.kept import baseline_fields, reason_fields
from milestone_desktop.desktop.activity_fields.people import people_fields
from milestone_desktop.desktop.activity_fields.progress import progress_fields
from milestone_desktop.desktop.activity_fields.schedule import schedule_fields
from milestone_desktop.desktop.activity_fields.work import billing_fields, effort_fields
from milestone_desktop.desktop.facts import Facts
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.session import Session
from milestone_desktop.filters.at_once import Keys, by_each_milestone, by_parent, keys_of
from milestone_desktop.filters.cells import Ints
from milestone_desktop.filters.choice_fields import by_links, by_shown_state
from milestone_desktop.filters.records import Records
from milestone_desktop.filters.text_fields import by_people

DEFAULT_COLUMNS = ("title", "status", "progress", "start", "end", "tags")
TITLE = "title"
OWN_FIELDS = frozenset(
    {
        "title", "code", "key", "kind", "type", "priority", "tags", "module", "release", "start", "end", "duration", "remaining",
        "target", "first_target", "actual_start", "actual_finish", "deadline", "placement", "constraint", "constraint_date",
        "estimate", "logged", "remaining_effort", "story_points", "amount", "invoiced", "paid", "description", "notes",
        "comment", "recovery", "optimistic", "most_likely", "pessimistic", "target_reason", "dropped_reason", "health_reason",
    }
)  # fmt: skip
"""What these fields say follows from the record alone."""


def alike(facts: Facts) -> dict[str, Keys]:
    """Columns in which many activities show the same: keys that are the same only where the value is."""

    def by_percent(records: Records) -> Ints:
        return np.nan_to_num(facts.percents(records.ids), nan=-1.0).astype(np.int64) + 1

    own = {name: keys_of(name) for name in ("kind", "type", "priority", "tags", "module", "release", "placement", "constraint")}
    of_milestones = ("health", "criteria", "checklist", "slip", "target", "first_target", "amount", "comment", "recovery")
    return own | dict.fromkeys(of_milestones, by_each_milestone) | {
        "status": by_shown_state, "progress": by_percent, "project": keys_of("project"), "parent": by_parent,
        "owner": by_people, "reporter": keys_of("reporter"), "milestones": by_links,
    }  # fmt: skip


def activity_fields(session: Session) -> dict[str, Column]:
    """Every field of milestones and work items as a column. Their functions take a Milestone or WorkItem."""
    makers = (
        basic_fields, progress_fields, date_fields, baseline_fields, schedule_fields, people_fields, effort_fields,
        billing_fields, text_fields, reason_fields,
    )  # fmt: skip
    return {column.id: column for make in makers for column in make(session)}
