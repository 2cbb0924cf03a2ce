"""Random edits through a document, such as a person in a hurry makes: some are refused by the rules, which is fine."""

from __future__ import annotations

import random
from typing import Any

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.gates import ChecklistEntry, Criterion, Evidence
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Person, Project, WorkflowState
from milestone_desktop.domain.registers import LogEntry, LogLink
from plan_factory import FIRST, random_text


def random_edit(rng: random.Random, document: Document) -> bool:
    """Makes one edit of one to four steps; False where the rules refused it or nothing changed."""
    before = len(document.history.undo_labels())
    try:
        with document.edit(f"Edit {rng.randrange(1000)}") as edit:
            for _ in range(rng.randint(1, 4)):
                rng.choice(STEPS)(rng, edit)
    except PlanError:
        return False
    return len(document.history.undo_labels()) > before


def some(rng: random.Random, plan: Plan, kind: type) -> Any:
    """One record of a kind, or None."""
    rows: list[Any] = sorted(plan.all(kind), key=lambda row: row.id)
    return rng.choice(rows) if rows else None


def some_activity(rng: random.Random, plan: Plan) -> Activity | None:
    """A milestone or work item, or None."""
    return some(rng, plan, rng.choice((Milestone, WorkItem)))


def _add_project(rng: random.Random, edit: Edit) -> None:
    if edit.plan.count(Project) < 5:
        row_id = edit.new_id()
        edit.add(Project(row_id, f"K{row_id}", random_text(rng), some(rng, edit.plan, Calendar).id))


def _add_item(rng: random.Random, edit: Edit) -> None:
    project = some(rng, edit.plan, Project)
    if project is not None:
        parents = [row.id for row in edit.plan.activities_where("project", project.id)] + [None]
        start = FIRST + rng.randrange(500) * MINUTES_PER_DAY
        status = some(rng, edit.plan, WorkflowState).id
        number = edit.new_item_number(project.id)
        parent = rng.choice(parents)
        edit.add(WorkItem(edit.new_id(), project.id, random_text(rng), parent, start=start, number=number, status=status))


def _add_milestone(rng: random.Random, edit: Edit) -> None:
    project = some(rng, edit.plan, Project)
    if project is not None:
        row_id = edit.new_id()
        end = FIRST + rng.randrange(500) * MINUTES_PER_DAY
        edit.add(Milestone(row_id, project.id, random_text(rng), code=f"M{row_id}", end=end, tags=(random_text(rng),)))


def _add_belongings(rng: random.Random, edit: Edit) -> None:
    milestone, item = some(rng, edit.plan, Milestone), some(rng, edit.plan, WorkItem)
    if milestone is None or item is None:
        return
    edit.add(ChecklistEntry(edit.new_id(), milestone.id, random_text(rng)))
    criterion = edit.add(Criterion(edit.new_id(), milestone.id, "C1", random_text(rng)))
    data = rng.randbytes(50)
    edit.add(Evidence(edit.new_id(), milestone.id, "scan", criterion.id, "a.png", edit.attach(data), len(data)))
    edit.add(MilestoneLink(edit.new_id(), milestone.id, item.id))
    person = edit.add(Person(edit.new_id(), random_text(rng)))
    edit.add(Assignment(edit.new_id(), item.id, person.id))
    entry = edit.add(LogEntry(edit.new_id(), milestone.project, random_text(rng), owner=person.id))
    edit.add(LogLink(edit.new_id(), entry.id, milestone.id))


def _link(rng: random.Random, edit: Edit) -> None:
    before, after = some_activity(rng, edit.plan), some_activity(rng, edit.plan)
    if before is not None and after is not None:
        edit.add(Dependency(edit.new_id(), before.id, after.id, lag=rng.randrange(-480, 480)))


def _change(rng: random.Random, edit: Edit) -> None:
    row = some_activity(rng, edit.plan)
    if row is None:
        return
    start = FIRST + rng.randrange(500) * MINUTES_PER_DAY
    choices: tuple[dict[str, Any], ...] = (
        {"title": random_text(rng)},
        {"start": start, "end": start + 480},
        {"tags": tuple(random_text(rng) for _ in range(rng.randrange(4)))},
        {"extra": {"uid": rng.randrange(9), random_text(rng): [None, {"x": 1.5}]}},
        {"notes": random_text(rng), "order": rng.random(), "progress": rng.randrange(101)},
        {"parent": None},
    )
    edit.update(row, **rng.choice(choices))


def _remove(rng: random.Random, edit: Edit) -> None:
    row = some_activity(rng, edit.plan)
    if row is not None and rng.random() < 0.5:
        edit.remove(row)


def _remove_other(rng: random.Random, edit: Edit) -> None:
    row = some(rng, edit.plan, rng.choice((Person, Criterion, Dependency, LogEntry)))
    if row is not None:
        edit.remove(row)


STEPS = (
    _add_project,
    _add_item,
    _add_item,
    _add_item,
    _add_milestone,
    _add_belongings,
    _link,
    _change,
    _change,
    _remove,
    _remove_other,
)
