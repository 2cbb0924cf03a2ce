"""The roadmap's model: Qt's own checks, patching by change-set, and what a screen reader is told."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from roadmap_desk import DESIGN, DRAFT, LAUNCH, READY, SKETCH, session_on, small_plan

from milestone_desktop.chart.drafts import Draft
from milestone_desktop.chart.rows import build
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.ranges import as_selection, ids_in, ranges_from_rows
from milestone_desktop.document.operations import activities, dates, items, milestones
from milestone_desktop.domain.instants import instant


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    made = session_on(small_plan())
    yield made
    made.deleteLater()


@pytest.fixture
def model(session: Session) -> RoadmapModel:
    return RoadmapModel(session, session)


def spoken(model: RoadmapModel, row: int, column: str) -> str:
    return str(model.data(index_of(model, row, column), Qt.ItemDataRole.AccessibleTextRole))


def index_of(model: RoadmapModel, row: int, column: str) -> QModelIndex:
    section = model.section_of(column)
    assert section is not None
    return model.index(row, section)


def said(model: RoadmapModel, row: int, column: str) -> str:
    return str(model.data(index_of(model, row, column)))


def test_random_edits_keep_qts_rules_and_the_rows(session: Session, model: RoadmapModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, session)
    rng = random.Random(7)
    actions = (activities.move_up, activities.move_down, activities.indent, activities.outdent, activities.delete)
    for step in range(120):
        ids = [row.id for row in session.plan.activities()]
        chosen = [rng.choice(ids)] if ids else []
        kind = rng.randrange(8)
        if kind == 0 or not ids:
            session.attempt("add", lambda edit: items.create(edit, 100, f"Row {step}"))  # noqa: B023  # called at once
        elif kind == 1:
            model.toggle(rng.randrange(len(model.ids)))
        elif kind == 2 and step % 3:
            session.undo()
        else:
            action = rng.choice(actions)
            session.attempt("act", lambda edit: action(edit, chosen))  # noqa: B023  # called at once
        fresh = build(session.plan, [100], model.rows.collapsed)
        assert model.ids.tolist() == fresh.ids.tolist()
        assert model.rowCount() == len(model.ids)
    assert tester.model() is model


def test_columns_sorting_and_a_draft_keep_qts_rules(session: Session, model: RoadmapModel) -> None:
    """Every field as a column, sorted, with a row being added, edited and folded at random."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, session)
    rng = random.Random(11)
    names = tuple(model.fields)
    for step in range(60):
        match rng.randrange(7):
            case 0:
                model.set_columns(rng.sample(names, rng.randrange(1, len(names))))
            case 1:
                model.set_sorting([(rng.choice(names), rng.random() < 0.5) for _key in range(rng.randrange(3))])
            case 2:
                near = rng.choice([row.id for row in session.plan.activities()])
                model.set_draft(Draft(near, rng.random() < 0.5) if rng.random() < 0.7 else None)
            case 3:
                model.toggle(rng.randrange(model.rowCount()))
            case 4:
                session.attempt("add", lambda edit: items.create(edit, 100, f"Row {step}"))  # noqa: B023  # called at once
            case 5:
                session.undo()
            case _:
                row_id = rng.choice([row.id for row in session.plan.activities()])
                session.attempt("name", lambda edit: activities.rename(edit, row_id, f"R {step}"))  # noqa: B023
        for row in range(model.rowCount()):
            assert isinstance(spoken(model, row, "title"), str)
            assert all(isinstance(model.cell(row, section).text, str) for section in range(model.columnCount()))
    assert tester.model() is model


def test_siblings_are_sorted_under_their_parent_whatever_the_sorting(session: Session, model: RoadmapModel) -> None:
    for name, column in model.fields.items():
        for descending in (False, True):
            model.set_sorting([(name, descending)])
            order = column.order if column.order is not None else column.text
            under: dict[int | None, list[int]] = {}
            for row_id in model.ids.tolist():
                row = session.plan.activity(row_id)
                assert row is not None
                under.setdefault(row.parent, []).append(row_id)
            for siblings in under.values():
                keys = [order(session.plan.activity(one)) for one in siblings]
                known = [key for key in keys if key is not None and key != ""]
                if not isinstance(known[0] if known else "", str):
                    assert known == sorted(known, reverse=descending)
                assert keys[: len(known)] == known, "what has no value stands last"
    model.set_sorting(())
    assert model.ids.tolist() == [DESIGN, SKETCH, DRAFT, READY, 105, 106, LAUNCH]


def test_a_changed_date_shows_without_new_rows(session: Session, model: RoadmapModel) -> None:
    came: list[object] = []
    changed: list[object] = []
    model.rowsInserted.connect(lambda *about: came.append(about))
    model.rowsRemoved.connect(lambda *about: came.append(about))
    model.modelReset.connect(lambda: came.append("reset"))
    model.dataChanged.connect(lambda *about: changed.append(about))
    row = model.row_of(LAUNCH)
    assert row is not None
    assert said(model, row, "end") == "18 Dec"
    session.attempt("move", lambda edit: dates.set_end(edit, LAUNCH, instant(2026, 12, 21, 9)))
    assert said(model, row, "end") == "21 Dec"
    assert changed
    assert not came


def test_new_rows_come_where_they_stand(session: Session, model: RoadmapModel) -> None:
    came: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: came.append((first, last)))
    session.attempt("add", lambda edit: milestones.create(edit, 100, "Gate", parent=DESIGN, after=SKETCH))
    assert came == [(2, 2)]
    assert model.cells(2).title == "Gate"


def test_folding_takes_out_only_what_it_hides(model: RoadmapModel) -> None:
    went: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: went.append((first, last)))
    model.toggle(0)
    assert went == [(1, 3)]
    assert model.row_of(DRAFT) is None
    assert model.reveal(DRAFT) == 2


def test_what_a_screen_reader_is_told(session: Session, model: RoadmapModel) -> None:
    assert spoken(model, 0, "title") == "Design, summary, level 1, expanded"
    model.toggle(0)
    assert spoken(model, 0, "title") == "Design, summary, level 1, collapsed"
    model.toggle(0)
    assert spoken(model, 1, "title") == "Sketch, work item, level 2"
    assert spoken(model, 1, "progress") == "Progress (%): 100 %"
    session.attempt("target", lambda edit: dates.set_target(edit, READY, instant(2026, 11, 13, 18)))
    row = model.row_of(READY)
    assert row is not None
    assert spoken(model, row, "title") == "Ready, milestone, level 2"
    assert "Target 13 Nov" in spoken(model, row, "end")
    assert "+5 wd" in spoken(model, row, "end"), "the table tells all that the timeline shows"


def test_headings_are_the_known_ones(model: RoadmapModel) -> None:
    found = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert found == ["Title", "Status", "Progress (%)", "Start Date", "End Date", "Tags"]


def test_dates_far_away_carry_their_year(session: Session, model: RoadmapModel) -> None:
    assert not model.dates_carry_years()
    session.attempt("move", lambda edit: dates.set_end(edit, LAUNCH, instant(2028, 12, 18, 9)))
    row = model.row_of(LAUNCH)
    assert row is not None
    assert said(model, row, "end") == "18 Dec 2028"
    assert model.dates_carry_years()


def test_selections_are_ranges(model: RoadmapModel) -> None:
    ranges = ranges_from_rows(model.rows.rows_among([READY, SKETCH, DRAFT, LAUNCH, 9999]))
    assert ranges == [(1, 3), (6, 6)]
    assert ids_in(ranges, model.ids) == (SKETCH, DRAFT, READY, LAUNCH)
    assert as_selection(model, ranges).count() == 2
