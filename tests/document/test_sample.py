"""The sample workspace tells the same story on whatever day it is made."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.document.recompute import differences
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import Health, MilestoneStatus, ProjectStatus
from milestone_desktop.domain.gates import ChecklistEntry, Criterion, Evidence
from milestone_desktop.domain.health import of_project
from milestone_desktop.domain.progress import Progress
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.figures import figures_of

DAYS = [date(2026, 11, 24), date(2027, 1, 3), date(2028, 2, 29)]  # a Tuesday, a Sunday after holidays, a leap day


@pytest.fixture(scope="module", params=DAYS, ids=str)
def document(request: pytest.FixtureRequest) -> Document:
    storage = MemoryStorage(seed_plan())
    sample.fill(storage, request.param.toordinal())
    return Document(storage, lambda: datetime.combine(request.param, time(10)))


def test_four_projects_stand_in_different_states(document: Document) -> None:
    projects = sorted(document.plan.all(Project), key=lambda row: row.order)
    assert [row.key for row in projects] == ["AUR", "DCM", "WEB", "ISO"]
    times, figures = WorkTimes(document.plan), figures_of(document.plan, document.receipts(), document.today, document.schedule())
    health = [of_project(document.plan, row, times, document.today, figures).health for row in projects]
    assert health == [Health.LATE, Health.ON_TRACK, Health.ON_TRACK, Health.COMPLETED]
    assert projects[3].status is ProjectStatus.COMPLETED
    progress = Progress(document.plan)
    shares = [progress.of_project(row.id) or 0 for row in projects]
    assert shares[3] == 100
    assert 0 < shares[2] < shares[0] < 100


def test_the_rich_one_slipped_by_what_its_moves_add_up_to(document: Document) -> None:
    aurora = next(row for row in document.plan.all(Project) if row.key == "AUR")
    times = WorkTimes(document.plan)
    rows = {row.code: row for row in document.plan.where(Milestone, "project", aurora.id)}
    slips = {code: slip(document.plan, row, times) for code, row in rows.items()}
    assert slips == {"KIC": 0, "PLA": 3, "PRO": 10, "UAT": 5, "APP": 5, "LIV": 5, "LES": 5}
    for code in ("PRO", "UAT", "LES"):
        moves = [receipt.working_days or 0 for _, receipt in document.receipts(rows[code].id) if receipt.what == "planned"]
        assert sum(moves) == slips[code]
    assert [rows[code].status for code in ("KIC", "PLA", "PRO")] == [MilestoneStatus.COMPLETED] * 2 + [MilestoneStatus.NEW]


def test_nothing_lies_in_the_future_and_the_journal_is_in_order(document: Document) -> None:
    times = [line.time for line in document.storage.lines()]
    assert times == sorted(times)
    assert times[-1].toordinal() <= document.today
    assert (times[-1] - times[0]).days > 80


def test_it_is_rich_in_what_the_program_shows(document: Document) -> None:
    for kind, least in (
        (WorkItem, 20),
        (Dependency, 15),
        (MilestoneLink, 15),
        (ChecklistEntry, 8),
        (Criterion, 6),
        (Evidence, 1),
    ):
        assert document.plan.count(kind) >= least


def test_the_scheduler_agrees_with_it(document: Document) -> None:
    assert differences(document.plan) == []


def test_it_can_be_undone_to_its_beginning(document: Document) -> None:
    twin = Document(MemoryStorage(seed_plan()), document.clock)
    for line in document.storage.lines():
        twin.storage.write(
            document.storage.change_set(line.sequence, twin.plan), (), time=line.time, undoes=None,
            counters=document.plan.counters, blobs={},
        )  # fmt: skip
    again = Document(twin.storage, document.clock)
    assert again.plan == document.plan
    while again.history.undo:
        again.undo()
    assert again.plan == seed_plan()
