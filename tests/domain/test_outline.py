from __future__ import annotations

from small_plan import PROJECT, SmallPlan

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.outline import ancestors, children, descendants, is_parent, walk
from milestone_desktop.domain.projects import Project


def outline(small: SmallPlan) -> list[str]:
    return ["  " * level + row.title for level, row in walk(small.plan, PROJECT)]


def a_family() -> tuple[SmallPlan, WorkItem, WorkItem, Milestone, WorkItem]:
    small = SmallPlan()
    epic = small.item("epic", order=2.0)
    story = small.item("story", parent=epic.id, order=1.0)
    gate = small.milestone("gate", parent=epic.id, order=0.5)
    task = small.item("task", parent=story.id)
    small.item("first", order=1.0)
    return small, epic, story, gate, task


def test_milestones_and_items_stand_in_one_order():
    small, epic, story, gate, task = a_family()
    assert outline(small) == ["first", "epic", "  gate", "  story", "    task"]
    assert [row.title for row in children(small.plan, PROJECT, None)] == ["first", "epic"]
    assert children(small.plan, PROJECT, epic.id) == [gate, story]
    assert ancestors(small.plan, task) == [story, epic]
    assert descendants(small.plan, epic.id) == [gate, story, task]
    assert is_parent(small.plan, story.id)
    assert not is_parent(small.plan, task.id)


def test_equal_orders_stand_by_id():
    small = SmallPlan()
    names = [small.item(f"i{n}").title for n in range(5)]
    assert outline(small) == names


def test_a_hundred_thousand_levels():
    small = SmallPlan()
    parent = None
    for n in range(100_000):
        parent = small.put(WorkItem(1000 + n, PROJECT, "x", parent=parent)).id
    assert sum(level for level, _ in walk(small.plan, PROJECT)) == 100_000 * 99_999 // 2
    assert len(ancestors(small.plan, small.plan[WorkItem, parent])) == 99_999
    assert len(descendants(small.plan, 1000)) == 99_999


def test_a_bad_file_hides_nothing_and_never_hangs():
    small = SmallPlan()
    small.put(WorkItem(10, PROJECT, "a", parent=11))
    small.put(WorkItem(11, PROJECT, "b", parent=10))
    small.put(WorkItem(12, PROJECT, "own parent", parent=12))
    small.put(WorkItem(13, PROJECT, "orphan", parent=999))
    small.put(Project(20, "OTH", "Other", 1))
    small.put(WorkItem(21, 20, "elsewhere"))
    small.put(WorkItem(14, PROJECT, "under another project's", parent=21))
    assert outline(small) == ["orphan", "under another project's", "a", "  b", "own parent"]
    assert [row.id for row in ancestors(small.plan, small.plan[WorkItem, 10])] == [11]
    assert [row.id for row in descendants(small.plan, 10)] == [11]
    assert ancestors(small.plan, small.plan[WorkItem, 12]) == []
    assert {row.id for row in children(small.plan, PROJECT, None)} == {13, 14}
