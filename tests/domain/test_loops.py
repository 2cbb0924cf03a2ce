from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_plan import SmallPlan

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.loops import check_loops
from milestone_desktop.domain.messages import Message, PlanError


def chain(titles: str, **fields) -> tuple[SmallPlan, list]:
    small = SmallPlan()
    items = [small.item(title) for title in titles]
    for before, after in pairwise(items):
        small.depend(before, after, **fields)
    return small, items


def test_a_loop_is_named():
    small, (a, _, c) = chain("ABC")
    with pytest.raises(PlanError, match="would close a loop: A → B → C → A") as caught:
        small.change((None, Dependency(50, c.id, a.id)))
    assert caught.value.hint is not None


def test_the_shortest_loop_is_named_and_what_hangs_on_is_not():
    small, (a, b, c, d) = chain("ABCD")
    small.depend(a, c)
    small.depend(d, small.item("after"))
    with pytest.raises(PlanError, match=r"loop: A → C → A\."):
        small.change((None, Dependency(50, c.id, a.id)))
    assert b.title == "B"


def test_turning_a_link_may_close_a_loop():
    small, (a, _, c) = chain("ABC")
    link = small.depend(a, c)
    with pytest.raises(PlanError, match="A → B → C → A"):
        small.change((link, replace(link, predecessor=c.id, successor=a.id)))


def test_what_a_file_brings_comes_in_and_stays_editable():
    small, (a, b, _) = chain("ABC", source="mspdi")
    small.change((None, Dependency(50, b.id, a.id, source="mspdi")))
    imported = small.plan[Dependency, 50]
    small.change((imported, replace(imported, lag=480)))
    small.change((a, replace(a, title="Renamed")))
    other = small.item("D")
    small.change((None, Dependency(51, other.id, a.id)))
    small.change((None, Dependency(52, b.id, small.item("E").id)))
    with pytest.raises(PlanError, match="D → Renamed → B → D"):
        small.change((None, Dependency(53, b.id, other.id)))


def test_a_long_loop_is_named_in_short():
    small, items = chain("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    with pytest.raises(PlanError) as caught:
        small.change((None, Dependency(50, items[-1].id, items[0].id)))
    assert str(caught.value.message).endswith("A → B → C → D → E → F → G → H → I → J → … → A.")


def test_a_link_on_a_parent_means_what_is_below_it():
    small = SmallPlan()
    phase = small.item("Phase")
    first, second, other = small.item("A", parent=phase.id), small.item("B", parent=phase.id), small.item("C")
    small.depend(first, other)
    small.depend(second, small.item("D"))
    with pytest.raises(PlanError, match="loop: Phase → A → C → Phase"):
        small.change((None, Dependency(50, other.id, phase.id)))
    small.plan.discard(Dependency, 50)
    small.change((None, Dependency(51, phase.id, small.item("E").id)))


def test_a_row_is_not_moved_under_what_it_depends_on():
    small = SmallPlan()
    phase, row, further = small.item("Phase"), small.item("A"), small.item("B")
    small.item("C", parent=phase.id)
    small.depend(phase, row)
    small.depend(row, further)
    for moved in (row, further):
        with pytest.raises(PlanError, match=r"Here this row would close a loop: Phase → A"):
            small.change((moved, replace(moved, parent=phase.id)))
        small.put(moved)
    inside = small.item("D", parent=phase.id)
    small.change((inside, replace(inside, parent=row.id)))


def test_what_stands_under_a_milestone_is_not_spanned_by_the_parent_above():
    small = SmallPlan()
    phase = small.item("Phase")
    gate = small.milestone("Gate", parent=phase.id)
    under, after = small.item("A", parent=gate.id), small.item("B")
    small.depend(under, after)
    small.change((None, Dependency(50, after.id, phase.id)))
    between = small.item("C")
    small.depend(between, under)
    with pytest.raises(PlanError, match="loop: C → A → B → Phase → Gate → C"):
        small.change((None, Dependency(51, gate.id, between.id)))


def test_a_long_chain_needs_no_stack():
    small = SmallPlan()
    items = [small.item(str(n)) for n in range(20_000)]
    links = [Dependency(100_000 + n, a.id, b.id) for n, (a, b) in enumerate(pairwise(items))]
    small.change(*[(None, link) for link in links])
    with pytest.raises(PlanError, match="0 → 1 → 2"):
        small.change((None, Dependency(50, items[-1].id, items[0].id)))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=4),
)
def test_refused_exactly_where_an_added_link_lies_on_a_loop(there, added):
    small = SmallPlan()
    items = [small.item(str(n)) for n in range(7)]
    for a, b in there:
        small.depend(items[a], items[b])
    changes = [Change(None, Dependency(500 + n, items[a].id, items[b].id)) for n, (a, b) in enumerate(added)]
    change_set = ChangeSet(Message("x"), tuple(changes))
    small.plan.apply(change_set)
    reach = [[a == b for b in range(7)] for a in range(7)]
    for a, b in there + added:
        reach[a][b] = True
    for k in range(7):
        for a in range(7):
            for b in range(7):
                reach[a][b] = reach[a][b] or (reach[a][k] and reach[k][b])
    if any(reach[b][a] for a, b in added):
        with pytest.raises(PlanError, match="would close a loop"):
            check_loops(small.plan, change_set)
    else:
        check_loops(small.plan, change_set)
