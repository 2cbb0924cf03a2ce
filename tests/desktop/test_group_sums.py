"""The heads of groups say how many, how far, from when to when, how much effort and which money."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from roadmap_desk import CODE, DRAFT, LAUNCH, READY, SKETCH, session_on, small_plan

from milestone_desktop.chart.rows import NO_INSTANT, RowKind, build
from milestone_desktop.desktop.models.group_sums import group_sums
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.session import Session
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import ProgressBasis
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.progress import Progress
from milestone_desktop.domain.projects import Project


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    plan = small_plan()
    for row_id in (SKETCH, DRAFT, CODE):
        plan.put(replace(plan[WorkItem, row_id], release="1.0", estimate=600))
    plan.put(replace(plan[Milestone, READY], release="1.0", amount=120_000, currency="EUR"))
    plan.put(replace(plan[Milestone, LAUNCH], release="1.0", amount=50_000, currency="USD"))
    made = session_on(plan)
    yield made
    made.deleteLater()


def test_a_head_sums_up_its_group(session: Session) -> None:
    model = RoadmapModel(session, session)
    model.set_columns(("title", "progress", "start", "end", "estimate", "amount"))
    model.set_grouping(("release",))
    told = [model.cell(0, section).text for section in range(model.columnCount())]
    assert model.cells(0).title == "1.0 (5)"
    assert told[0] == "1.0 (5)"
    assert told[1] == f"{round((5 * 100 + 5 * 40 + 5 * 0) / 15)} %"
    assert told[2:5] == ["2 Nov", "18 Dec", "30 h"]
    assert "EUR + " in told[5]
    assert told[5].endswith("USD")


@pytest.mark.parametrize("seed", range(8))
def test_all_in_one_group_has_the_progress_of_the_project(session: Session, seed: int) -> None:
    plan, dice = session.plan, random.Random(seed)
    plan.put(replace(plan[Project, 100], progress_basis=dice.choice(list(ProgressBasis))))
    for row in list(plan.all(WorkItem)):
        plan.put(
            replace(row, progress=dice.randrange(101), duration=dice.choice((0, 480, 960)), estimate=dice.choice((None, 60, 600)))
        )
    session.facts.progress = Progress(plan)
    rows = build(plan, [100], grouping=("project", "status"), heads=False)
    everything = build(plan, [100], grouping=("module",))
    assert group_sums(session.facts, everything, 0).progress == session.facts.progress.of_project(100)
    heads = [at for at in range(len(rows)) if rows.kind_at(at) is RowKind.GROUP]
    sums = [group_sums(session.facts, rows, at) for at in heads]
    assert sum(one.count for one in sums) == len(leaves(plan))


@pytest.mark.parametrize("seed", range(8))
def test_an_item_in_several_places_has_the_same_facts_in_each_and_counts_once(session: Session, seed: int) -> None:
    plan, dice = session.plan, random.Random(seed)
    for row in list(plan.activities()):
        plan.put(replace(row, tags=tuple(dice.sample(("a", "b", "c"), dice.randrange(4)))))
    model = RoadmapModel(session, session)
    model.set_columns(("title", "progress", "start", "end", "health", "slip"))
    model.set_grouping(("tag",))
    places: Counter[int] = Counter(row_id for row_id in model.ids.tolist() if row_id > 0)
    assert set(places) == leaves(plan)
    for row_id, count in places.items():
        activity = plan.activity(row_id)
        assert activity is not None
        assert count == max(1, len(activity.tags))
        rows = model.rows_of(row_id)
        assert len({tuple(model.cell(row, section).text for section in range(1, model.columnCount())) for row in rows}) == 1
        outline = model.rows.outline
        at = outline.places(row_id)
        assert all(len(set(column[at].tolist())) == 1 for column in (outline.start, outline.end, outline.progress))
    nested = build(plan, [100], grouping=("project", "tag"), heads=True)
    assert NO_INSTANT not in nested.outline.end.tolist()


def leaves(plan: Plan) -> set[int]:
    """What stands in groups: milestones, and items with nothing beneath them."""
    return {row.id for row in plan.activities() if isinstance(row, Milestone) or not is_parent(plan, row.id)}
