"""Editing in the tables and the inspector, with keys and mouse."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from window_desk import Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop.desktop.dialogs.choose import ChooseDialog
from milestone_desktop.desktop.dialogs.complete import CompleteDialog
from milestone_desktop.desktop.fields import ChoiceField, LineField
from milestone_desktop.desktop.inspector.checklist import ChecklistRow
from milestone_desktop.desktop.inspector.item import ItemPanel
from milestone_desktop.desktop.inspector.linked import DependencyRow, LinkedRow
from milestone_desktop.desktop.inspector.milestone import MilestonePanel
from milestone_desktop.document.operations import activities, dependencies, links, milestones
from milestone_desktop.domain.activities import Dependency, Milestone, MilestoneLink
from milestone_desktop.domain.completion import open_points
from milestone_desktop.domain.enums import ConstraintType, Health, LagUnit, LinkType, MilestoneKind, MilestoneStatus
from milestone_desktop.domain.gates import ChecklistEntry, GateOverride
from milestone_desktop.domain.instants import day_of, instant

Control = Qt.KeyboardModifier.ControlModifier


def test_a_new_milestone_is_named_as_it_is_added(desk: OpenDesk) -> None:
    desk.show("milestones")
    before = set(desk.titles())
    desk.do("plan.milestone")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Pilot over")
    press(Key.Key_Return)
    assert set(desk.titles()) - before == {"Pilot over"}
    press(Key.Key_Z, Control)
    press(Key.Key_Z, Control)
    assert set(desk.titles()) == before


def test_on_the_roadmap_a_new_row_is_in_the_plan_once_it_has_a_title(desk: OpenDesk) -> None:
    desk.show("roadmap")
    desk.select(desk.milestone("Project kickoff"))
    edits = desk.edits()
    desk.do("plan.item")
    press(Key.Key_Escape)
    assert desk.edits() == edits, "Esc leaves nothing behind"
    desk.do("plan.item")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Invite everybody")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert desk.item("Invite everybody").parent == desk.milestone("Project kickoff").parent
    assert desk.edits() == edits + 1
    desk.do("edit.undo")
    assert desk.window.session.undo_label() != "Add work item “Invite everybody”"


def test_a_title_is_renamed_in_place_by_f2_and_undone_by_its_name(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Project kickoff")
    desk.click_cell(row.id, "title")
    press(Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == "Project kickoff"
    QTest.keyClicks(field, "Start")
    press(Key.Key_Return)
    assert desk.plan[Milestone, row.id].title == "Start"
    assert desk.window.actions_["edit.undo"].text() == "Undo Rename milestone “Project kickoff”"
    desk.do("edit.undo")
    assert desk.plan[Milestone, row.id].title == "Project kickoff"
    assert desk.window.actions_["edit.redo"].text() == "Redo Rename milestone “Project kickoff”"


def test_escape_leaves_a_cell_as_it_was(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Project kickoff")
    desk.click_cell(row.id, "title")
    press(Key.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Something else")
    press(Key.Key_Escape)
    assert desk.plan[Milestone, row.id].title == "Project kickoff"
    assert desk.edits() == 1


def test_a_date_cell_reads_what_people_type(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Planning complete")
    desk.click_cell(row.id, "dates")
    press(Key.Key_Return)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "4 dec")
    press(Key.Key_Return)
    end = desk.plan[Milestone, row.id].end
    assert end is not None
    assert day_of(end) == date(2026, 12, 4).toordinal()


def test_what_is_no_date_is_said_and_changes_nothing(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Planning complete")
    desk.click_cell(row.id, "dates")
    press(Key.Key_Return)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "31.31")
    press(Key.Key_Return)
    assert "31.31" in desk.window.failure.label.text()
    assert desk.window.failure.isVisible()
    assert desk.plan[Milestone, row.id].end == row.end


def test_an_empty_title_is_refused_with_a_sentence(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Project kickoff")
    desk.click_cell(row.id, "title")
    press(Key.Key_F2)
    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert desk.window.failure.isVisible()
    assert desk.window.failure.label.text().endswith(".")
    assert desk.plan[Milestone, row.id].title == "Project kickoff"


def panel_of(desk: OpenDesk, title: str) -> MilestonePanel:
    desk.show("milestones")
    desk.select(desk.milestone(title))
    panel = desk.window.inspector.panel
    assert isinstance(panel, MilestonePanel)
    return panel


def test_the_inspector_writes_as_a_field_is_left_and_ctrl_z_takes_it_back(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")
    row = panel.milestone
    edits = desk.edits()
    type_text(panel.code, "GO")
    assert panel.milestone.code == row.code
    press(Key.Key_Tab)
    assert panel.milestone.code == "GO"
    assert desk.edits() == edits + 1
    panel.code.setFocus()
    press(Key.Key_Z, Control)
    assert panel.milestone.code == row.code
    assert panel.code.text() == row.code


def test_what_is_typed_is_taken_in_when_another_row_is_selected(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")
    kickoff, planning = panel.milestone, desk.milestone("Planning complete")
    type_text(panel.head.title, "Kick-off")
    desk.select(planning)
    assert desk.plan[Milestone, kickoff.id].title == "Kick-off"
    assert desk.plan[Milestone, planning.id].title == "Planning complete"
    assert panel.head.title.text() == "Planning complete"


def test_a_failing_edit_stands_below_its_field_and_keeps_what_was_typed(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Planning complete")
    end = panel.milestone.end
    type_text(panel.planned, "never")
    press(Key.Key_Return)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.property("error")]
    assert panel.planned.text() == "never"
    assert panel.milestone.end == end
    assert any("never" in text for text in shown)
    type_text(panel.planned, "11 dec")
    press(Key.Key_Return)
    moved = panel.milestone.end
    assert moved is not None
    assert day_of(moved) == date(2026, 12, 11).toordinal()
    assert panel.planned.text() == "11 Dec 2026"


def test_completing_asks_for_the_actual_date_and_reopening_takes_it_away(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CompleteDialog)
        assert dialog.list.count() == len(dialog.points) == len(open_points(desk.plan, panel.milestone))
        type_text(dialog.day, "20 nov")
        dialog.done_button.click()
        assert "needs a reason" in dialog.error.text()
        type_text(dialog.reason, "agreed in the corridor")
        dialog.done_button.click()

    assert panel.action.text().strip() == f"Complete… ({len(open_points(desk.plan, panel.milestone))} open)"
    assert not panel.action.property("primary")
    answer(fill)
    panel.action.click()
    settle()
    done = panel.milestone
    assert [kept.reason for kept in desk.plan.where(GateOverride, "milestone", done.id)] == ["agreed in the corridor"]
    assert done.status is MilestoneStatus.COMPLETED
    assert done.actual_finish is not None
    assert day_of(done.actual_finish) == date(2026, 11, 20).toordinal()
    panel.action.click()
    assert panel.milestone.status is MilestoneStatus.IN_PROGRESS
    assert panel.milestone.actual_finish is None


def test_completing_is_the_thing_to_do_once_nothing_is_open(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")
    desk.window.session.attempt(
        "Change kind", lambda edit: activities.set_fields(edit, [panel.row_id], kind=MilestoneKind.GENERIC)
    )
    for row in panel.findChildren(ChecklistRow):
        row.tick.click()
    settle()
    assert panel.action.text().strip() == "Complete"
    assert panel.action.property("primary")

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CompleteDialog)
        assert dialog.points == ()
        dialog.done_button.click()

    answer(fill)
    panel.action.click()
    settle()
    assert panel.milestone.status is MilestoneStatus.COMPLETED
    assert desk.plan.count(GateOverride) == 0


def test_a_checklist_line_is_added_ticked_edited_and_deleted(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")

    def entries() -> list[ChecklistEntry]:
        return sorted(desk.plan.where(ChecklistEntry, "milestone", panel.row_id), key=lambda entry: entry.order)

    count = len(entries())
    adder = next(field for field in panel.findChildren(LineField) if field.accessibleName() == "Add a line to the checklist")
    type_text(adder, "Book the room")
    press(Key.Key_Return)
    assert [entry.text for entry in entries()][count:] == ["Book the room"]
    line = [row for row in panel.findChildren(ChecklistRow) if row.thing.text == "Book the room"][-1]
    line.tick.click()
    assert entries()[-1].done
    assert entries()[-1].done_on == date(2026, 11, 23).toordinal()
    type_text(line.text, "Book two rooms")
    press(Key.Key_Tab)
    assert entries()[-1].text == "Book two rooms"
    next(button for button in line.findChildren(object) if getattr(button, "accessibleName", str)() == "Delete this line").click()
    assert len(entries()) == count
    desk.do("edit.undo")
    assert entries()[-1].text == "Book two rooms"


def test_work_items_are_linked_and_unlinked(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")
    there = {pair.item for pair in desk.plan.where(MilestoneLink, "milestone", panel.row_id)}

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ChooseDialog)
        dialog.accept()

    answer(choose)
    next(button for button in panel.findChildren(QPushButton) if button.text() == "Link work items…").click()
    settle()
    linked = {pair.item for pair in desk.plan.where(MilestoneLink, "milestone", panel.row_id)}
    assert len(linked - there) == 1
    rows = [row for row in panel.findChildren(LinkedRow) if row.thing.id in linked - there]
    next(button for button in rows[0].findChildren(object) if getattr(button, "accessibleName", str)() == "Unlink").click()
    settle()
    assert {pair.item for pair in desk.plan.where(MilestoneLink, "milestone", panel.row_id)} == there


def test_a_dependency_gets_type_and_lag_and_a_loop_is_refused(desk: OpenDesk) -> None:
    session = desk.window.session
    with session.edit("Two rows") as edit:
        first = milestones.create(edit, session.project_id or 0, "First")
        second = milestones.create(edit, session.project_id or 0, "Second")
        dependencies.add(edit, first.id, second.id)
    panel = panel_of(desk, "Second")
    row = panel.findChildren(DependencyRow)[0]
    type_text(row.lag, "+2d")
    press(Key.Key_Tab)
    row.type.setCurrentIndex(row.type.findData(LinkType.SS.value))
    row.type.activated.emit(row.type.currentIndex())
    link = desk.plan.where(Dependency, "successor", second.id)[0]
    assert (link.type, link.lag, link.lag_unit) == (LinkType.SS, 960, LagUnit.WORKING)
    assert row.lag.text() == "+2d"
    edits = desk.edits()
    assert not session.attempt("Loop", lambda edit: dependencies.add(edit, second.id, first.id))
    assert "First" in desk.window.failure.label.text()
    assert desk.edits() == edits


def test_an_item_takes_duration_effort_and_milestones(desk: OpenDesk) -> None:
    desk.show("items")
    item = next(row for row in map(desk.item, desk.titles()) if not desk.plan.activities_where("parent", row.id))
    desk.select(item)
    panel = desk.window.inspector.panel
    assert isinstance(panel, ItemPanel)
    type_text(panel.duration, "3d")
    press(Key.Key_Return)
    assert panel.item.duration == 3 * 480
    estimate = next(field for field in panel.findChildren(LineField) if field.accessibleName() == "Estimate")
    type_text(estimate, "2w 4d 6h 45m")
    press(Key.Key_Return)
    assert panel.item.estimate == 2 * 2400 + 4 * 480 + 6 * 60 + 45
    assert estimate.text() == "2w 4d 6h 45m"
    type_text(panel.progress, "40")
    press(Key.Key_Return)
    assert panel.item.progress == 40
    assert panel.progress.text() == "40 %"
    milestone = (
        desk.milestone("Launch")
        if any(m.title == "Launch" for m in desk.plan.all(Milestone))
        else next(iter(desk.plan.all(Milestone)))
    )
    session = desk.window.session
    assert session.attempt("Link", lambda edit: links.set_milestones(edit, item.id, [milestone.id]))
    assert [row.thing.id for row in panel.findChildren(LinkedRow) if row.isVisibleTo(panel)] == [milestone.id]


def test_a_health_of_ones_own_needs_a_reason(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")
    choice = next(field for field in panel.findChildren(ChoiceField) if field.accessibleName() == "Health is")
    reason = next(field for field in panel.findChildren(LineField) if field.accessibleName() == "Reason")
    choose(choice, "At risk")
    assert panel.milestone.health_override is None
    assert any(label.text().startswith("A health set by hand needs a reason.") for label in panel.findChildren(QLabel))
    type_text(reason, "The venue is not confirmed")
    press(Key.Key_Tab)
    choose(choice, "At risk")
    assert panel.milestone.health_override is Health.AT_RISK
    assert panel.health.text() == "▲ At risk"
    assert "The venue is not confirmed" in panel.reasons.text()


def test_a_milestone_is_dropped_with_a_reason_and_taken_back(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Project kickoff")
    field = next(field for field in panel.findChildren(LineField) if field.accessibleName() == "Dropped, why")
    type_text(field, "Client merged it")
    press(Key.Key_Return)
    assert panel.milestone.dropped == date(2026, 11, 23).toordinal()
    assert not panel.action.isEnabled()
    type_text(field, " ")
    press(Key.Key_Return)
    assert panel.milestone.dropped is None
    assert panel.action.isEnabled()


def test_constraint_and_estimates_of_an_item_are_fields_too(desk: OpenDesk) -> None:
    desk.show("items")
    item = next(row for row in map(desk.item, desk.titles()) if not desk.plan.activities_where("parent", row.id))
    desk.select(item)
    panel = desk.window.inspector.panel
    assert isinstance(panel, ItemPanel)
    choose(next(field for field in panel.findChildren(ChoiceField) if field.accessibleName() == "Constraint"), "SNET")
    when = next(field for field in panel.findChildren(LineField) if field.accessibleName() == "Constraint date")
    type_text(when, "7 dec")
    press(Key.Key_Return)
    likely = next(field for field in panel.findChildren(LineField) if field.accessibleName() == "Most likely")
    type_text(likely, "4d")
    press(Key.Key_Return)
    assert panel.item.constraint is ConstraintType.SNET
    assert panel.item.constraint_date == instant(2026, 12, 7, 9)
    assert panel.item.most_likely == 4 * 480


def choose(field: ChoiceField, value: object) -> None:
    """Picks an entry as a person does."""
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())
    settle()
