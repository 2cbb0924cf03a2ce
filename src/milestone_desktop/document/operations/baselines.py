"""Baselines: keeping a copy of the planned dates, and putting one in force."""

from __future__ import annotations

from collections.abc import Mapping

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.projects import Baseline
from milestone_desktop.tracking.baselines import content_of, pack


def save(edit: Edit, project: int, name: str, note: str = "") -> Baseline:
    """Keeps the planned dates of a project as they stand, with its calendars."""
    edit.label = message(N_("Save baseline “{name}”"), name=name)
    there = edit.plan.where(Baseline, "project", project)
    number = max((row.number for row in there), default=0) + 1
    content = edit.attach(pack(content_of(edit.plan, project)))
    return edit.add(Baseline(edit.new_id(), project, name, number, edit.now, content, note=note))


def save_and_use(edit: Edit, project: int, name: str, note: str = "") -> Baseline:
    """Keeps the planned dates as they stand and makes them the promised ones."""
    baseline = save(edit, project, name, note)
    planned = {row.id: row.end for row in edit.plan.where(Milestone, "project", project)}
    put_in_force(edit, baseline, planned)
    return edit.plan[Baseline, baseline.id]


def put_in_force(edit: Edit, baseline: Baseline, ends: Mapping[int, Instant | None]) -> None:
    """Makes a baseline the one that targets come from: each milestone in `ends` takes its date there as target."""
    edit.label = message(N_("Put baseline “{name}” in force"), name=baseline.name)
    for other in edit.plan.where(Baseline, "project", baseline.project):
        edit.update(other, in_force=other.id == baseline.id)
    for milestone_id, target in ends.items():
        milestone = edit.plan.get(Milestone, milestone_id)
        if milestone is None or target is None or milestone.dropped is not None:
            continue
        first = milestone.first_target if milestone.first_target is not None else target
        edit.update(milestone, target=target, first_target=first, target_set=edit.now, target_reason=baseline.name)
