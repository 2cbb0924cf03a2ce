"""Rows and projects as they stood earlier come back as one edit."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import activities, dates, items, milestones, projects, reasons, restore
from milestone_desktop.document.plan_history import PlanHistory
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone, MoveReason, WorkItem
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.gates import ChecklistEntry, GateOverride
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.tracking.then_and_now import Differences
from random_operations import random_operation


class Build:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9)
        self.document = Document(MemoryStorage(seed_plan()), lambda: self.now)
        with self.document.edit("Plan") as edit:
            self.project = projects.create(edit, "Aurora", key="AUR").id
            self.group = items.create(edit, self.project, "Group", duration=480).id
            self.item = items.create(edit, self.project, "Work", parent=self.group, duration=480).id
            self.ready = milestones.create(edit, self.project, "Ready", instant(2026, 4, 10, 18)).id
            milestones.add_checklist_entry(edit, self.ready, "Ask")
        self.now += timedelta(days=7)

    def then(self):
        history = PlanHistory(self.document.storage, self.document.plan)
        return history.on(datetime(2026, 3, 3).toordinal())

    def restore(self, function, *arguments) -> None:
        with self.document.edit("Restore") as edit:
            function(edit, self.then(), *arguments, datetime(2026, 3, 3).toordinal())


def test_a_changed_row_comes_back_alone():
    build = Build()
    with build.document.edit("Change") as edit:
        dates.set_end(edit, build.ready, instant(2026, 5, 1, 18))
        activities.rename(edit, build.ready, "Later")
        activities.rename(edit, build.item, "Other")
    build.restore(restore.restore_row, build.ready)
    row = build.document.plan[Milestone, build.ready]
    assert (row.title, row.end) == ("Ready", instant(2026, 4, 10, 18))
    assert build.document.plan[WorkItem, build.item].title == "Other"
    receipt = build.document.receipts(build.ready)[-1][1]
    assert str(receipt.causes[0][0]) == "Restore “Ready” as of 2026-03-03"
    build.document.undo()
    assert build.document.plan[Milestone, build.ready].title == "Later"


def test_a_deleted_row_comes_back_with_what_belonged_to_it():
    build = Build()
    before = build.document.plan.copy()
    with build.document.edit("Delete") as edit:
        activities.delete(edit, [build.group, build.ready])
    build.restore(restore.restore_row, build.group)
    build.restore(restore.restore_row, build.ready)
    assert build.document.plan == before


def test_a_row_whose_parent_is_gone_stands_at_the_top():
    build = Build()
    with build.document.edit("Delete") as edit:
        activities.delete(edit, [build.group])
    build.restore(restore.restore_row, build.item)
    assert build.document.plan[WorkItem, build.item].parent is None


def test_a_row_that_was_not_there_is_refused():
    build = Build()
    with build.document.edit("Add") as edit:
        new = milestones.create(edit, build.project, "New").id
    with pytest.raises(PlanError, match="was not there"):
        build.restore(restore.restore_row, new)


def test_a_project_comes_back_and_what_happened_stays():
    build = Build()
    before = build.document.plan.copy()
    with build.document.edit("Much") as edit:
        activities.delete(edit, [build.group])
        milestones.create(edit, build.project, "New")
        dates.set_end(edit, build.ready, instant(2026, 5, 1, 18))
        dates.set_target(edit, build.ready, instant(2026, 4, 1, 18), "promised")
    with build.document.edit("Complete") as edit:
        milestones.complete(edit, build.ready, instant(2026, 5, 1, 18), override="by word of mouth")
    with build.document.edit("Why") as edit:
        reasons.give(edit, build.ready, 2, "the vendor")
    assert len(Differences(build.then(), build.document.plan, build.project).rows) == 4
    build.restore(restore.restore_project, build.project)
    assert Differences(build.then(), build.document.plan, build.project).rows == {}
    assert build.document.plan[Milestone, build.ready].status is MilestoneStatus.NEW
    assert [row.reason for row in build.document.plan.all(GateOverride)] == ["by word of mouth"]
    assert [row.reason for row in build.document.plan.all(MoveReason)] == ["the vendor"]
    for kind in (Project, Milestone, WorkItem, ChecklistEntry):
        assert {row.id: row for row in before.all(kind)} == {row.id: row for row in build.document.plan.all(kind)}
    build.document.undo()
    assert build.document.plan[Milestone, build.ready].status is MilestoneStatus.COMPLETED


def test_what_was_compacted_away_stays_away():
    build = Build()
    from milestone_desktop.document.operations import evidence
    from milestone_desktop.domain.gates import Evidence

    build.now -= timedelta(days=7)
    with build.document.edit("Attach") as edit:
        evidence.attach_file(edit, build.ready, "a.txt", b"x", "text/plain")
    build.now += timedelta(days=7)
    then = build.then()
    with build.document.edit("Delete") as edit:
        activities.delete(edit, [build.ready])
    with build.document.edit("Restore") as edit:
        restore.restore_row(edit, then, build.ready, 739_000, lambda digest: False)
    assert build.document.plan.count(Evidence) == 0
    assert build.document.plan.get(Milestone, build.ready) is not None


@pytest.mark.parametrize("seed", range(4))
def test_any_project_comes_back_after_any_edits(seed):
    rng, build = random.Random(seed), Build()
    for _ in range(25):
        random_operation(build.document, rng)
    then = build.document.plan.copy()
    build.now += timedelta(days=5)
    for _ in range(25):
        random_operation(build.document, rng)
    for project in sorted(row.id for row in then.all(Project)):
        with build.document.edit("Restore") as edit:
            restore.restore_project(edit, then, project, 739_000)
        assert Differences(then, build.document.plan, project).rows == {}
