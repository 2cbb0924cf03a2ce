"""Scenarios in the window: under their project, and nowhere among the projects."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from window_desk import OpenDesk, answer, settle, type_text

from milestone_desktop.desktop.dialogs.moves import MovesDialog
from milestone_desktop.desktop.dialogs.replan import ReplanDialog
from milestone_desktop.desktop.dialogs.scenario import CompareDialog, TryDialog
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import people, replan, scenarios
from milestone_desktop.document.operations.replan import Reach
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.projects import Project


def try_out(desk: OpenDesk, title: str = "Aurora, later") -> int:
    """Makes a scenario of the first project and returns its id."""
    project = desk.window.session.facts.projects()[0]
    made: list[int] = []
    assert desk.window.session.attempt("Try", lambda edit: made.append(scenarios.try_out(edit, project.id, title).id))
    settle()
    return made[0]


def test_a_scenario_stands_under_its_project_and_is_listed_nowhere_else(desk: OpenDesk) -> None:
    session, sidebar = desk.window.session, desk.window.sidebar
    owner: list[int] = []
    session.attempt("Person", lambda edit: owner.append(people.create(edit, "Mara").id))
    desk.window.session.attempt("Own", lambda edit: [edit.update(row, owner=owner[0]) for row in list(edit.plan.all(Milestone))])
    session.show_project(None)
    told = desk.window.status.done.text()
    desk.show("milestones")
    titles = desk.titles()
    scenario = try_out(desk)
    assert [(entry.kind, entry.text) for entry in sidebar.entries()[:4]] == [
        ("portfolio", "Portfolio"),
        ("section", "Projects"),
        ("project", "Aurora"),
        ("scenario", "Aurora, later"),
    ]
    assert sidebar.list.count() == len(sidebar.entries())
    assert desk.window.status.done.text() == told
    assert desk.titles() == titles
    desk.show("items")
    assert {desk.plan[WorkItem, row].project for row in desk.table().model.ids} == {session.facts.projects()[0].id}
    desk.show("people")
    page = desk.table()
    owns = [column.id for column in page.model.columns].index("owns")
    assert page.model.index(page.model.row_of(owner[0]), owns).data() == str(len(titles))
    sidebar.list.setCurrentRow(3)
    settle()
    assert session.project_id == scenario
    session.attempt("Discard", lambda edit: scenarios.discard(edit, scenario))
    settle()
    assert sidebar.list.count() == len(sidebar.entries())
    assert "scenario" not in {entry.kind for entry in sidebar.entries()}
    assert session.project_id is None


def test_what_waits_in_a_scenario_is_not_shown_as_a_successor(desk: OpenDesk) -> None:
    """Another project delivers to Aurora: its successors are those of Aurora, not of what is tried out."""
    session = desk.window.session
    first = session.facts.projects()[0]
    goal = desk.milestone("Prototype ready")
    made: list[int] = []

    def deliver(edit: Edit) -> None:
        project = edit.add(Project(edit.new_id(), "DEL", "Delivery", first.calendar, order=9.0))
        row = edit.add(Milestone(edit.new_id(), project.id, "Delivered", code="D", end=goal.end))
        edit.add(Dependency(edit.new_id(), row.id, goal.id))
        made.append(row.id)

    assert session.attempt("Deliver", deliver)
    scenario = try_out(desk)
    twin = next(row for row in desk.plan.where(Milestone, "project", scenario) if row.title == goal.title)
    links = desk.plan.where(Dependency, "predecessor", made[0])
    assert {link.successor for link in links} == {goal.id, twin.id}
    assert [link.successor for link in session.facts.links(made[0], "predecessor")] == [goal.id]
    assert made[0] in {link.predecessor for link in session.facts.links(twin.id, "successor")}


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Has `act` fill in the next dialog, which must be of a kind, and confirms it."""

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, kind)
        act(dialog)
        dialog.accept()

    answer(fill)


def to(desk: OpenDesk, title: str) -> str:
    """The date of a milestone of the project that is shown."""
    rows = desk.plan.where(Milestone, "project", desk.window.session.project_id)
    found = next(row for row in rows if row.title == title)
    assert found.end is not None
    return instant_to_iso(found.end)[:10]


def test_a_replan_lists_its_moves_while_one_types_and_is_one_edit(desk: OpenDesk) -> None:
    name = "Prototype ready"
    before, edits = to(desk, name), desk.edits()
    totals: list[str] = []

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplanDialog)
        dialog.reach.setCurrentIndex(dialog.reach.findData("project"))
        dialog.reach.picked.emit()
        totals.append(dialog.moves.totals.text())
        type_text(dialog.days, "soon")
        dialog.preview()
        totals.append(dialog.error.text())
        type_text(dialog.days, "2w")
        dialog.preview()
        totals.append(dialog.moves.totals.text())
        type_text(dialog.reason, "Winter")

    in_dialog(ReplanDialog, fill)
    desk.do("plan.replan")
    assert "+5 wd" in totals[0]
    assert "is not a number of working days" in totals[1]
    assert "+10 wd" in totals[2]
    assert to(desk, name) > before
    assert desk.edits() == edits + 1
    assert desk.window.session.undo_label() == "Replan “Aurora” by +10 working days: Winter"
    desk.do("edit.undo")
    assert to(desk, name) == before


def test_what_is_selected_is_replanned_alone(desk: OpenDesk) -> None:
    row = desk.milestone("Prototype ready")
    desk.show("roadmap")
    desk.select(row)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplanDialog)
        assert dialog.reach.currentText() == "1 selected row that has not begun"
        type_text(dialog.days, "3")
        dialog.preview()

    before = to(desk, "Planning complete")
    edits = desk.edits()
    in_dialog(ReplanDialog, fill)
    desk.do("plan.replan")
    assert desk.edits() == edits + 1
    assert to(desk, "Planning complete") == before


def test_a_scenario_is_tried_compared_applied_and_undone(desk: OpenDesk) -> None:
    window, session = desk.window, desk.window.session
    original = session.project_id
    assert original is not None
    bar = window.scenario_bar
    assert not bar.isVisible()
    in_dialog(TryDialog, lambda dialog: None)
    desk.do("plan.try")
    scenario = session.project_id
    assert scenario != original
    assert bar.isVisible()
    assert bar.label.text() == "Scenario of AUR: nothing here counts until it is applied."
    assert window.header.property("trial") is True
    assert not window.actions_["plan.try"].isEnabled()
    before = to(desk, "Prototype ready")
    with session.document.edit("Later") as edit:
        replan.shift(edit, scenario or 0, 5, reach=Reach.PROJECT)
    wanted = to(desk, "Prototype ready")
    assert wanted > before
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CompareDialog)
        seen.append(dialog.counted.text())
        seen.append(dialog.others.text())
        QAbstractItemModelTester(dialog.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
        dialog.reject()

    answer(look)
    QTest.mouseClick(bar.buttons["Compare"], Qt.MouseButton.LeftButton)
    settle()
    assert "7 milestones differ" in seen[0]
    assert "the start of the project" in seen[1]
    edits = desk.edits()
    answer(lambda dialog: dialog.reject())
    QTest.mouseClick(bar.buttons["Apply…"], Qt.MouseButton.LeftButton)
    settle()
    assert (desk.edits(), session.project_id) == (edits, scenario)
    in_dialog(MovesDialog, lambda dialog: None)
    QTest.mouseClick(bar.buttons["Apply…"], Qt.MouseButton.LeftButton)
    settle()
    assert session.project_id == original
    assert to(desk, "Prototype ready") == wanted
    assert desk.edits() == edits + 1
    assert not bar.isVisible()
    assert window.header.property("trial") is False
    assert desk.plan.get(Project, scenario) is None
    desk.do("edit.undo")
    assert to(desk, "Prototype ready") == before
    assert desk.plan.get(Project, scenario) is not None


def test_a_scenario_is_discarded_and_comes_back(desk: OpenDesk) -> None:
    session = desk.window.session
    original = session.project_id
    scenario = try_out(desk)
    session.show_project(scenario)
    settle()
    desk.do("plan.discard-scenario")
    assert session.project_id == original
    assert desk.plan.get(Project, scenario) is None
    desk.do("edit.undo")
    assert desk.plan.get(Project, scenario) is not None
