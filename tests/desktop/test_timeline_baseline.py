"""Ghosts of the baseline in force on the timeline: switched on by their action, and true after each edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from window_desk import OpenDesk, open_desk, settle

from milestone_desktop.chart.shapes import Polygon, Rect
from milestone_desktop.desktop.timeline.speaking import spoken_row
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import baselines, dates
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.projects import Baseline
from milestone_desktop.tracking.baselines import content_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(tmp_path, filled=True) as opened:
        opened.show("roadmap")
        yield opened


def ghosts(desk: OpenDesk) -> dict[int, Rect | Polygon]:
    """What the timeline draws of the baseline now, by activity."""
    body = desk.window.roadmap.body
    scene = body.scenes.rows(0, 100_000)
    found = [shape for shape in scene.layer("bars") if shape.role == "baseline"]
    return {shape.owner: shape for shape in found if isinstance(shape, Rect | Polygon) and shape.owner is not None}


def leaf(desk: OpenDesk) -> WorkItem:
    """A work item with dates and nothing below it."""
    parents = {row.parent for row in desk.plan.activities()}
    return next(row for row in desk.plan.all(WorkItem) if row.start is not None and row.id not in parents)


def put_in_force(desk: OpenDesk) -> Baseline:
    project = leaf(desk).project
    assert desk.window.session.attempt("", lambda edit: baselines.save_and_use(edit, project, "Promised"))
    settle()
    return next(iter(desk.plan.all(Baseline)))


def test_the_action_shows_the_baseline_in_force_and_undo_of_putting_it_in_force_removes_it(desk: OpenDesk) -> None:
    item = leaf(desk)
    put_in_force(desk)
    assert ghosts(desk) == {}, "off at first"
    desk.do("view.show.baseline")
    scale = desk.window.roadmap.axis.scale
    ghost = ghosts(desk)[item.id]
    assert isinstance(ghost, Rect)
    assert item.start is not None
    assert item.end is not None
    assert ghost.x == pytest.approx(scale.x(item.start))
    assert ghost.x + ghost.width == pytest.approx(max(scale.x(item.end), scale.x(item.start) + 3))
    assert not [row for row in ghosts(desk) if desk.plan.get(Milestone, row) is not None], "targets stand there"
    assert desk.window.session.undo()
    settle()
    assert ghosts(desk) == {}
    desk.window.session.redo()
    settle()
    assert item.id in ghosts(desk)


def test_a_ghost_stays_while_its_bar_moves_and_the_row_tells_by_how_much(desk: OpenDesk) -> None:
    item = leaf(desk)
    put_in_force(desk)
    desk.do("view.show.baseline")
    body = desk.window.roadmap.body
    assert "baseline: " in spoken_row(body, item.id)
    assert "wd)" not in spoken_row(body, item.id)
    before = body.scenes.baseline_words(item)
    with desk.window.session.edit("Move") as edit:
        dates.move(edit, [item.id], 3)
    settle()
    moved = desk.plan[WorkItem, item.id]
    assert f"{before} (+3 wd)" in spoken_row(body, item.id)
    scale, ghost = desk.window.roadmap.axis.scale, ghosts(desk)[item.id]
    assert isinstance(ghost, Rect)
    assert moved.start is not None
    assert item.start is not None
    assert ghost.x == pytest.approx(scale.x(item.start)) != pytest.approx(scale.x(moved.start))
    desk.do("view.show.baseline")
    assert ghosts(desk) == {}
    assert "baseline: " not in spoken_row(body, item.id)


def test_a_repair_and_another_baseline_are_shown_at_once(desk: OpenDesk) -> None:
    item = leaf(desk)
    first = put_in_force(desk)
    desk.do("view.show.baseline")
    assert item.start is not None
    assert item.end is not None
    later = item.start + 7 * MINUTES_PER_DAY, item.end + 7 * MINUTES_PER_DAY
    session = desk.window.session
    assert session.attempt("", lambda edit: baselines.repair(edit, first.id, item.id, *later, item.duration, "Holiday"))
    settle()
    repaired = ghosts(desk)[item.id]
    assert isinstance(repaired, Rect)
    assert repaired.x == pytest.approx(desk.window.roadmap.axis.scale.x(later[0]))

    def use_one_row(edit: Edit) -> None:
        kept = baselines.save(edit, item.project, "One row", ids=[item.id])
        baselines.put_in_force(edit, kept.id, content_of(edit.plan, item.project, [item.id]))

    assert session.attempt("", use_one_row)
    settle()
    assert set(ghosts(desk)) == {item.id}
    ghost = ghosts(desk)[item.id]
    assert isinstance(ghost, Rect)
    assert ghost.x == pytest.approx(desk.window.roadmap.axis.scale.x(item.start))


def test_what_the_baseline_keeps_is_in_columns_too(desk: OpenDesk) -> None:
    page, item = desk.window.roadmap, leaf(desk)
    for column in ("baseline_start", "baseline_end", "baseline_moved", "start", "end"):
        page.arranging.show(column)
    names = list(page.model.columns)

    def said(column: str) -> str:
        row = page.model.row_of(item.id)
        assert row is not None
        return page.model.cell(row, names.index(column)).text

    assert [said(column) for column in names[-5:-2]] == ["", "", ""]
    put_in_force(desk)
    kept = [said("start"), said("end")]
    assert [said("baseline_start"), said("baseline_end"), said("baseline_moved")] == [*kept, "0 wd"]
    desk.select(item)
    assert desk.window.session.attempt("", lambda edit: dates.move(edit, [item.id], 3))
    settle()
    assert [said("baseline_start"), said("baseline_end"), said("baseline_moved")] == [*kept, "+3 wd"]
    page.arranging.sort_by("baseline_moved")
    page.arranging.sort_by("baseline_moved")
    moved = [page.model.cell(row, names.index("baseline_moved")).text for row in range(page.model.rowCount())]
    assert "+3 wd" in moved
