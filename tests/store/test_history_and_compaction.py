"""The plan as it stood on any day, before and after the journal was compacted."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import activities, baselines, evidence
from milestone_desktop.document.plan_history import PlanHistory
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.gates import Evidence
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.store import journal
from milestone_desktop.store.engine import transaction
from milestone_desktop.store.packing import apply_forward
from plan_factory import random_plan
from random_edits import random_edit


class DayClock:
    """Hours or days pass between edits, and now and then the clock is set back."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.now = rng, datetime(2025, 3, 2, 9)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=self.rng.choice((0, 1, 5, 20, 40, -3)))
        return self.now


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(7)
    clock = DayClock(rng)
    path = tmp_path_factory.mktemp("history") / "a.milestones"
    files.create(path, random_plan(rng, 40), clock())
    document = files.open_workspace(path, clock)
    for _ in range(230):
        if rng.random() < 0.15 and document.history.undo is not None:
            document.undo()
        random_edit(rng, document)
    document.close()
    return path


@pytest.fixture
def worked_on(made_once: Path, tmp_path: Path) -> Iterator[Document]:
    path = tmp_path / "a.milestones"
    shutil.copy(made_once, path)
    document = files.open_workspace(path, lambda: datetime(2027, 1, 1))
    yield document
    document.close()


def rebuilt(document: Document, days: Iterable[int]) -> dict[int, Plan]:
    """For each day the plan from the first checkpoint forwards, entry by entry, through the last of that day or before."""
    connection = document.storage._connection
    plan, done, found = Plan(), 0, {}
    with transaction(connection):
        number, groups = journal.newest_checkpoint(connection)
        assert number == 0
        apply_forward(groups, plan)
        lines = journal.lines(connection)
        for day in sorted(days):
            while done < len(lines) and lines[done].time.toordinal() <= day:
                done += 1
                apply_forward(journal.groups(connection, done), plan)
            found[day] = plan.copy()
    return found


def test_as_it_stood_is_what_the_journal_s_beginning_leads_to(worked_on, monkeypatch):
    monkeypatch.setattr("milestone_desktop.document.plan_history.STRIDE", 16)
    monkeypatch.setattr("milestone_desktop.document.plan_history.TOGETHER", 8)
    history = PlanHistory(worked_on.storage, worked_on.plan)
    rng = random.Random(3)
    first, last = history.first_day, worked_on.storage.lines()[-1].time.toordinal()
    days = [rng.randint(first - 2, last + 2) for _ in range(200)]
    expected = rebuilt(worked_on, set(days))
    assert len({history.entry_on(day) for day in days}) > 50
    for number, day in enumerate(days):
        if number % 5 == 4:
            history.warm()
        shown = history.plan.copy()
        changes = history.go_to(history.entry_on(day))
        assert history.plan == expected[day]
        shown.apply(ChangeSet("", tuple(changes)))
        assert shown == expected[day]
    assert not history.warm()


def test_a_later_edit_is_taken_in(worked_on):
    history = PlanHistory(worked_on.storage, worked_on.plan)
    before = worked_on.plan.copy()
    number = history.last
    worked_on.subscribe(lambda event: history.follow(event.line, event.change_set))
    with worked_on.edit("Rename") as edit:
        activities.rename(edit, next(iter(edit.plan.all(Milestone))).id, "Renamed")
    assert history.plan == worked_on.plan
    assert history.at(number) == before
    assert history.at(number + 1) == worked_on.plan
    while history.warm():
        pass
    assert history.at(number) == before


def test_compacting_keeps_receipts_labels_and_every_day(worked_on):
    path = worked_on.storage.path
    lines, receipts, plan = worked_on.storage.lines(), worked_on.receipts(), worked_on.plan.copy()
    history = PlanHistory(worked_on.storage, worked_on.plan)
    days = sorted({line.time.toordinal() for line in lines})
    states = {day: history.on(day) for day in days}
    found = worked_on.compact()
    assert found.entries == len(lines)
    assert found.after < found.before
    assert worked_on.history.undo is None
    with pytest.raises(PlanError, match="nothing to undo"):
        worked_on.undo()
    with worked_on.edit("After") as edit:
        edit.update(next(iter(edit.plan.all(Project))), notes="after")
    worked_on.undo()
    worked_on.compact()
    worked_on.close()
    assert files.check(path) == []
    again = files.open_workspace(path, lambda: datetime(2027, 1, 1))
    assert again.plan == plan
    assert again.storage.lines()[: len(lines)] == lines
    assert again.receipts()[: len(receipts)] == receipts
    later = PlanHistory(again.storage, again.plan)
    for day in days:
        assert later.at(PlanHistory(again.storage, again.plan, lines).entry_on(day)) == states[day]
    again.close()


def test_only_what_nothing_refers_to_is_removed(tmp_path):
    clock = DayClock(random.Random(1))
    document = files.new_from_template(tmp_path / "a.milestones", clock, "lifecycle", "Aurora", "AUR", "2026-03-02")
    point = next(iter(document.plan.all(Milestone)))
    for name in ("kept", "gone"):
        with document.edit("Attach") as edit:
            evidence.attach_file(edit, point.id, f"{name}.txt", name.encode() * 50, "text/plain")
    with document.edit("Baseline") as edit:
        kept = baselines.save(edit, point.project, "Kept")
    with document.edit("Note") as edit:
        extra = edit.attach(b"named in extra")
        edit.update(edit.plan[Project, point.project], extra={"logo": {"file": [extra]}})
    first, second = sorted(document.plan.all(Evidence), key=lambda row: row.id)
    with document.edit("Remove") as edit:
        evidence.remove(edit, second.id)
    assert document.compact().contents == 1
    assert document.blob(first.sha256) == b"kept" * 50
    assert document.blob(extra) == b"named in extra"
    assert document.blob(kept.content)
    with pytest.raises(KeyError):
        document.blob(second.sha256)
    document.close()


def test_a_damaged_block_is_found(worked_on):
    path = worked_on.storage.path
    worked_on.compact()
    connection = worked_on.storage._connection
    with transaction(connection):
        connection.exec_driver_sql("UPDATE journal_block SET content = X'00'")
    worked_on.close()
    assert "block of journal entry" in str(files.check(path)[0])


def test_a_read_only_workspace_is_not_compacted(worked_on):
    path = worked_on.storage.path
    reader = files.open_workspace(path, lambda: datetime(2027, 1, 1), read_only=True)
    with pytest.raises(PlanError, match="reading only"):
        reader.compact()
    reader.close()


def test_the_entries_of_a_milestone_are_all_that_concern_it(tmp_path):
    clock = DayClock(random.Random(1))
    document = files.new_from_template(tmp_path / "a.milestones", clock, "lifecycle", "Aurora", "AUR", "2026-03-02")
    one, other = sorted(document.plan.all(Milestone), key=lambda row: row.id)[:2]
    with document.edit("Rename") as edit:
        activities.rename(edit, one.id, "Renamed")
    with document.edit("Attach a line") as edit:
        from milestone_desktop.document.operations import milestones

        milestones.add_checklist_entry(edit, one.id, "Ask the board")
    assert document.storage.entries_of(one.id) == {1, 2, 3}
    assert document.storage.entries_of(other.id) == {1}
    document.close()


def test_the_entries_of_a_project_are_those_of_what_belongs_to_it(worked_on):
    """Against the whole records of each entry, gone ones too; in the file and in memory."""
    storage, plan = worked_on.storage, worked_on.plan
    memory = MemoryStorage(PlanHistory(storage, plan).at(0))
    for line, changes in zip(storage.lines(), storage.steps(plan, 1, storage.lines()[-1].sequence), strict=True):
        memory.write(ChangeSet(line.label, changes), [], time=line.time, undoes=None, counters={}, blobs={})
    everything = {line.sequence for line in storage.lines()}
    told = {row.id: storage.entries_of_project(row.id, plan) for row in plan.all(Project)}
    assert told == {project: memory.entries_of_project(project, plan) for project in told}
    assert any(found != everything for found in told.values())
    for project, found in told.items():
        own = {
            number
            for number, (_, change_set, _) in enumerate(memory._entries, 1)
            for change in change_set.changes
            for row in (change.old, change.new)
            if getattr(row, "project", None) == project or (isinstance(row, Project) and row.id == project)
        }
        assert own <= found
