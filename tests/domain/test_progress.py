from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_plan import PROJECT, SmallPlan, at_17

from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import CriterionResult, MilestoneStatus, ProgressBasis, ProgressFrom
from milestone_desktop.domain.gates import ChecklistEntry, Criterion
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.progress import Progress, rounded


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(None, None), (0, 0), (0.2, 1), (0.5, 1), (49.5, 50), (49.4, 49), (99.4, 99), (99.9, 99), (100 - 1e-12, 100), (100, 100)],
)
def test_rounding_never_pretends(exact, shown):
    assert rounded(exact) == shown


def test_a_leaf_has_its_own_percent_and_a_parent_its_childrens():
    small = SmallPlan()
    epic = small.item(progress=77, duration=5)
    small.item(parent=epic.id, progress=100, duration=480)
    story = small.item(parent=epic.id, progress=1)
    leaf = small.item(parent=story.id, progress=50, duration=960)
    progress = Progress(small.plan)
    assert progress.of_item(leaf.id) == 50
    assert progress.of_item(story.id) == 50
    assert progress.of_item(epic.id) == 67  # (100 × 1 d + 50 × 2 d) / 3 d
    assert progress.of_project(PROJECT) == 67
    assert progress.of_item(999) is None
    assert progress.of_project(999) is None


@pytest.mark.parametrize(
    ("basis", "expected"), [(ProgressBasis.DURATION, 75), (ProgressBasis.ESTIMATE, 90), (ProgressBasis.COUNT, 50)]
)
def test_the_projects_basis_decides(basis, expected):
    small = SmallPlan(progress_basis=basis)
    epic = small.item()
    small.item(parent=epic.id, progress=100, duration=300, estimate=900)
    small.item(parent=epic.id, progress=0, duration=100, estimate=100)
    assert Progress(small.plan).of_item(epic.id) == expected
    assert Progress(small.plan).of_project(PROJECT) == expected


def test_all_zero_weights_give_the_plain_mean():
    small = SmallPlan()
    epic = small.item()
    small.item(parent=epic.id, progress=100)
    small.item(parent=epic.id, progress=50)
    assert Progress(small.plan).of_item(epic.id) == 75


def test_an_empty_project_has_no_progress():
    small = SmallPlan()
    milestone = small.milestone()
    assert Progress(small.plan).of_project(PROJECT) is None
    assert Progress(small.plan).of_milestone(milestone.id) is None


def test_an_item_is_not_counted_twice_for_a_milestone():
    small = SmallPlan()
    milestone = small.milestone()
    epic = small.item()
    done = small.item(parent=epic.id, progress=100, duration=480)
    small.item(parent=epic.id, progress=0, duration=480)
    other = small.item(progress=0, duration=960)
    for item in (epic, done, other):
        small.link(milestone, item)
    assert Progress(small.plan).of_milestone(milestone.id) == 25


def points(small: SmallPlan, milestone: Any) -> None:
    small.put(Criterion(small.id(), milestone.id, "C1", "a", result=CriterionResult.PASS))
    small.put(Criterion(small.id(), milestone.id, "C2", "b", result=CriterionResult.FAIL, waived_reason="not now"))
    small.put(Criterion(small.id(), milestone.id, "C3", "c", result=CriterionResult.BLOCKED))
    small.put(ChecklistEntry(small.id(), milestone.id, "d", done=True))
    small.put(ChecklistEntry(small.id(), milestone.id, "e"))


@pytest.mark.parametrize(
    ("source", "with_items", "expected"),
    [
        (None, True, 20),
        (None, False, 60),
        (ProgressFrom.ITEMS, True, 20),
        (ProgressFrom.ITEMS, False, None),
        (ProgressFrom.CRITERIA, True, 60),
        (ProgressFrom.BOTH, True, 40),
        (ProgressFrom.BOTH, False, 60),
    ],
)
def test_progress_from(source, with_items, expected):
    small = SmallPlan()
    milestone = small.milestone(progress_from=source)
    points(small, milestone)
    if with_items:
        small.link(milestone, small.item(progress=20))
    assert Progress(small.plan).of_milestone(milestone.id) == expected


def test_completed_is_complete_and_dropped_is_out():
    small = SmallPlan()
    reached = small.milestone(status=MilestoneStatus.COMPLETED, actual_finish=at_17(2026, 1, 5))
    dropped = small.milestone(dropped=740_000, dropped_reason="no")
    small.link(reached, small.item(progress=10))
    small.link(dropped, small.item(progress=90))
    below = small.item(parent=dropped.id, progress=100)
    small.item(parent=below.id, progress=100)
    progress = Progress(small.plan)
    assert progress.of_milestone(reached.id) == 100
    assert progress.of_milestone(dropped.id) is None
    assert progress.of_project(PROJECT) == 50  # linked items stay; what stands under the dropped one is out


def test_milestones_in_the_outline_are_looked_through():
    small = SmallPlan()
    epic = small.item(progress=5)
    gate = small.milestone(parent=epic.id)
    small.item(parent=gate.id, progress=80)
    assert Progress(small.plan).of_item(epic.id) == 80


def test_parents_in_a_circle_keep_their_own_percent():
    small = SmallPlan()
    small.put(WorkItem(10, PROJECT, "a", parent=11, progress=10))
    small.put(WorkItem(11, PROJECT, "b", parent=10, progress=20))
    leaf = small.item(parent=10, progress=60)
    progress = Progress(small.plan)
    assert (progress.of_item(10), progress.of_item(11), progress.of_item(leaf.id)) == (10, 20, 60)


def test_it_follows_the_plan_when_told():
    small = SmallPlan()
    item = small.item(progress=10)
    progress = Progress(small.plan)
    assert progress.of_project(PROJECT) == 10
    new = small.set(item, progress=30)
    progress.heed(ChangeSet(Message("x"), (Change(item, new),)))
    assert progress.of_project(PROJECT) == 30


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_every_parent_shows_the_mean_over_its_leaves(data):
    basis = data.draw(st.sampled_from(list(ProgressBasis)))
    small = SmallPlan(progress_basis=basis)
    items: list[WorkItem] = []
    for _ in range(data.draw(st.integers(1, 14))):
        parent = data.draw(st.sampled_from([None, *[row.id for row in items]]))
        figures = st.integers(1, 2000)
        percent = data.draw(st.integers(0, 100))
        items.append(small.item(parent=parent, progress=percent, duration=data.draw(figures), estimate=data.draw(figures)))
    weigh = {
        ProgressBasis.DURATION: lambda row: row.duration,
        ProgressBasis.ESTIMATE: lambda row: row.estimate,
        ProgressBasis.COUNT: lambda row: 1,
    }[basis]

    def leaves(row: WorkItem) -> list[WorkItem]:
        below = [child for child in items if child.parent == row.id]
        return [leaf for child in below for leaf in leaves(child)] if below else [row]

    def mean(rows: list[WorkItem]) -> float:
        return sum(row.progress * weigh(row) for row in rows) / sum(weigh(row) for row in rows)

    progress = Progress(small.plan)
    for row in items:
        shown = progress.of_item(row.id)
        assert abs(shown - mean(leaves(row))) < 1
        assert (shown == 100) == all(leaf.progress == 100 for leaf in leaves(row))
    every_leaf = [leaf for row in items if row.parent is None for leaf in leaves(row)]
    assert abs(progress.of_project(PROJECT) - mean(every_leaf)) < 1
