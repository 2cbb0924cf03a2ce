"""The page of a milestone and the panels of its kind, with keys and mouse."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton
from window_desk import Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop.desktop.dialogs.go_decision import GoDialog
from milestone_desktop.desktop.dialogs.sign_off import SignOffDialog
from milestone_desktop.desktop.editable_table import EditableTable
from milestone_desktop.desktop.fields import LineField
from milestone_desktop.desktop.inspector.approval import SignOffCard
from milestone_desktop.desktop.inspector.evidence import EvidenceRow, attach
from milestone_desktop.desktop.pages.milestone import MilestonePage
from milestone_desktop.desktop.words import working_days_text
from milestone_desktop.document.linked_files import look_at
from milestone_desktop.document.operations import activities, criteria, dates, evidence, milestones
from milestone_desktop.domain.completion import open_points, ordered
from milestone_desktop.domain.enums import AgendaState, CriterionResult, GoDecisionValue, MilestoneKind, SignOffDecision
from milestone_desktop.domain.gates import (
    AgendaRow,
    Criterion,
    CriterionRun,
    Evidence,
    Feedback,
    GoDecision,
    LaunchStep,
    Lesson,
    Meeting,
    SignOff,
    SignOffCondition,
)

Alt = Qt.KeyboardModifier.AltModifier


def page_of(desk: OpenDesk, title: str, kind: MilestoneKind | None = None) -> MilestonePage:
    row = desk.milestone(title)
    if kind is not None:
        desk.window.session.attempt("Kind", lambda edit: activities.set_fields(edit, [row.id], kind=kind))
    desk.window.open_milestone(row.id)
    settle()
    page = desk.window.page
    assert isinstance(page, MilestonePage)
    return page


def table(page: MilestonePage, name: str) -> EditableTable:
    return next(found for found in page.findChildren(EditableTable) if found.accessibleName() == name and not found.isHidden())


def type_into_cell(view: EditableTable, row: int, column: str, text: str) -> None:
    view.setFocus()
    section = [one.id for one in view.records.columns].index(column)
    view.setCurrentIndex(view.records.index(row, section))
    press(Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)
    press(Key.Key_Return)


def add_line(page: MilestonePage, hint: str, text: str) -> None:
    field = next(found for found in page.findChildren(LineField) if found.accessibleName() == hint)
    type_text(field, text)
    press(Key.Key_Return)


def click(page: MilestonePage, text: str) -> None:
    button = next(found for found in page.findChildren(QPushButton) if found.text().strip() == text and found.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_the_title_in_the_table_opens_the_page_and_escape_leads_back(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("User acceptance")
    desk.click_cell(row.id, "title")
    press(Key.Key_Return)
    page = desk.window.page
    assert isinstance(page, MilestonePage)
    assert page.head.title.text() == "User acceptance"
    assert desk.window.tab_strip.tabs.tabText(desk.window.tab_strip.tabs.currentIndex()) == "Milestones"
    QTest.keyClick(page, Key.Key_Escape)
    settle()
    assert desk.window.page_name == "milestones"
    assert desk.window.session.current == row.id
    QTest.mouseDClick(desk.table().view.viewport(), Qt.MouseButton.LeftButton, pos=desk.cell(row.id, "title"))
    settle()
    assert desk.window.page_name == "milestone"


def test_the_page_follows_an_undo_that_takes_its_milestone_away(desk: OpenDesk) -> None:
    desk.show("milestones")
    desk.do("plan.milestone")
    press(Key.Key_Escape)
    desk.do("track.open")
    assert desk.window.page_name == "milestone"
    desk.do("edit.undo")
    assert desk.window.page_name == "milestones"


def test_an_agenda_is_written_moved_and_deleted_with_keys(desk: OpenDesk) -> None:
    page = page_of(desk, "Project kickoff")
    row_id = page.main.row_id
    agenda = table(page, "Agenda")
    before = [row.text for row in ordered(desk.plan, AgendaRow, row_id)]
    add_line(page, "Add an agenda point", "Any other business")
    assert [row.text for row in ordered(desk.plan, AgendaRow, row_id)] == [*before, "Any other business"]
    type_into_cell(agenda, 0, "minutes", "20")
    assert ordered(desk.plan, AgendaRow, row_id)[0].minutes == 20
    edits = desk.edits()
    type_into_cell(agenda, 0, "minutes", "soon")
    assert "no number of minutes" in desk.window.failure.label.text()
    assert desk.edits() == edits
    press(Key.Key_Escape)
    agenda.setFocus()
    press(Key.Key_Down, Alt)
    assert [row.text for row in ordered(desk.plan, AgendaRow, row_id)][:2] == [before[1], before[0]]
    press(Key.Key_Delete)
    assert before[0] not in [row.text for row in ordered(desk.plan, AgendaRow, row_id)]
    assert desk.window.session.plan.activity(row_id) is not None
    desk.do("edit.undo")
    assert before[0] in [row.text for row in ordered(desk.plan, AgendaRow, row_id)]


def test_a_meeting_is_typed_and_a_gate_row_leads_to_its_place(desk: OpenDesk) -> None:
    page = page_of(desk, "Project kickoff")
    day = next(found for found in page.main.findChildren(LineField) if found.accessibleName() == "Day")
    type_text(day, "2 nov")
    press(Key.Key_Return)
    time = next(found for found in page.main.findChildren(LineField) if found.accessibleName() == "Time")
    type_text(time, "9.30")
    press(Key.Key_Return)
    held = next(iter(desk.plan.all(Meeting))).held
    assert held == date(2026, 11, 2).toordinal() * 1440 + 570
    go = next(found for found in page.side.findChildren(QPushButton) if found.accessibleName().startswith("Go to: agenda"))
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert isinstance(focused, EditableTable)
    assert focused.accessibleName() == "Agenda"
    assert go.accessibleName() == f"Go to: agenda: {focused.record_in_hand().text}"


def test_a_criterion_gets_its_result_by_keyboard_and_a_new_round_begins(desk: OpenDesk) -> None:
    page = page_of(desk, "User acceptance")
    first = ordered(desk.plan, Criterion, page.main.row_id)[0]
    criteria = table(page, "Acceptance criteria")
    section = [one.id for one in criteria.records.columns].index("result")
    assert criteria.records.setData(criteria.records.index(0, section), CriterionResult.FAIL.value)
    row = desk.plan[Criterion, first.id]
    assert (row.result, row.tested) == (CriterionResult.FAIL, date(2026, 11, 23).toordinal())
    shown = [criteria.records.index(0, section).data(), criteria.records.raw(criteria.records.index(0, section))]
    assert shown == ["✕ Fail", "health-late"]
    click(page, "New round")
    assert desk.plan[Criterion, first.id].round == 2
    assert [run.result for run in desk.plan.where(CriterionRun, "criterion", first.id)] == [CriterionResult.FAIL]
    desk.do("edit.undo")
    assert desk.plan[Criterion, first.id].result is CriterionResult.FAIL


def test_feedback_becomes_a_work_item(desk: OpenDesk) -> None:
    page = page_of(desk, "Prototype ready")
    add_line(page, "Add feedback", "The list jumps")
    feedback = table(page, "Feedback")
    section = [one.id for one in feedback.records.columns].index("item")
    assert feedback.records.setData(feedback.records.index(0, section), -1)
    row = next(iter(desk.plan.all(Feedback)))
    assert row.item is not None
    assert desk.item("The list jumps").id == row.item


def test_an_approval_with_conditions_and_a_file_is_recorded_marked_and_withdrawn(desk: OpenDesk, tmp_path: Path) -> None:
    page = page_of(desk, "Client approval")
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(b"%PDF signed")

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, SignOffDialog)
        dialog.approver.clear()
        dialog.done_button.click()
        assert "names the person" in dialog.error.text()
        type_text(dialog.approver, "George Hall")
        dialog.decision.setCurrentIndex(dialog.decision.findData(SignOffDecision.WITH_CONDITIONS.value))
        dialog.conditions.setPlainText("Send the manual | 4 dec\nTrain the crews")
        dialog.take_file(signed)
        dialog.done_button.click()

    answer(fill)
    click(page, "Record approval…")
    record = next(iter(desk.plan.all(SignOff)))
    assert (record.approver, record.file_name) == ("George Hall", "signed.pdf")
    due = {row.text: row.due for row in desk.plan.all(SignOffCondition)}
    assert due == {"Send the manual": date(2026, 12, 4).toordinal(), "Train the crews": None}
    card = page.main.findChild(SignOffCard)
    assert card is not None
    assert card.decision.text().startswith("✓ Approved with conditions")
    assert card.changed.isHidden()
    conditions = table(page, "Conditions")
    conditions.setCurrentIndex(conditions.records.index(0, 0))
    QTest.keyClick(conditions, Key.Key_Space)
    settle()
    assert desk.plan.where(SignOffCondition, "done", True)[0].text == "Send the manual"
    type_text(page.head.title, "Client says yes")
    QTest.keyClick(page.head.title, Key.Key_Return)
    settle()
    assert card.changed.text().splitlines() == [
        "Changed since approval:", "· title: “Client approval” became “Client says yes”",
    ]  # fmt: skip
    click(page, "Withdraw it")
    assert desk.plan[SignOff, record.id].superseded
    assert card.decision.text() == "No approval is recorded yet."
    assert table(page, "Superseded").records.ids == [record.id]


def test_a_launch_is_ticked_off_with_the_mouse_and_a_go_opens_its_gate(desk: OpenDesk) -> None:
    page = page_of(desk, "Go-live")
    steps = table(page, "Go-live checklist")
    for number in range(len(steps.records.ids)):
        place = steps.visualRect(steps.records.index(number, 0)).center()
        QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settle()
    assert all(row.done for row in ordered(desk.plan, LaunchStep, page.main.row_id))
    desk.window.activateWindow()
    type_into_cell(steps, 0, "planned", "4 dec 7:30")
    assert ordered(desk.plan, LaunchStep, page.main.row_id)[0].planned == date(2026, 12, 4).toordinal() * 1440 + 450

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, GoDialog)
        type_text(dialog.by, "Jonas")
        dialog.done_button.click()

    answer(decide)
    click(page, "Record go or no-go…")
    assert [row.decision for row in desk.plan.all(GoDecision)] == [GoDecisionValue.GO]
    told = [str(point) for point in open_points(desk.plan, desk.milestone("Go-live"))]
    assert not [point for point in told if "launch" in point or "go" in point]


def test_a_lesson_gets_a_follow_up_and_stands_in_the_register(desk: OpenDesk) -> None:
    page = page_of(desk, "Lessons learned")
    add_line(page, "Add a lesson", "Ask earlier")
    lessons = table(page, "Lessons")
    type_into_cell(lessons, 0, "recommendation", "Ask suppliers first")
    lessons.setFocus()
    click(page, "Make a follow-up work item")
    lesson = next(iter(desk.plan.all(Lesson)))
    assert lesson.follow_up == desk.item("Ask suppliers first").id
    desk.show("lessons")
    desk.window.page.set_filter("suppliers")
    assert desk.table().model.ids == [lesson.id]
    desk.window.page.set_filter("nowhere")
    assert desk.table().model.ids == []


def test_a_planning_milestone_counts_what_is_ready_and_saves_its_baseline(desk: OpenDesk) -> None:
    page = page_of(desk, "Planning complete")
    assert "no baseline is saved" in [str(point) for point in open_points(desk.plan, desk.milestone("Planning complete"))]
    click(page, "Save a baseline")
    assert "no baseline is saved" not in [str(point) for point in open_points(desk.plan, desk.milestone("Planning complete"))]


def test_the_results_of_a_test_are_printed(desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = desk.milestone("User acceptance")
    session = desk.window.session
    assert session.attempt("Add", lambda edit: milestones.add_criterion(edit, row.id, "Opens in 2 s 日本"))
    criterion = desk.plan.where(Criterion, "milestone", row.id)[0]
    assert session.attempt("Fail", lambda edit: milestones.change_criterion(edit, criterion.id, result=CriterionResult.FAIL))
    assert session.attempt("Round", lambda edit: criteria.new_round(edit, row.id))
    page = page_of(desk, "User acceptance")
    target = tmp_path / "results.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(target), ""))
    button = next(found for found in page.main.findChildren(QPushButton) if found.text() == "Results as PDF…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    text = "\n".join(found.extract_text() for found in PdfReader(target).pages)
    assert "User acceptance" in text
    assert "Opens in 2 s" in text
    assert "Round 2: 0 of 4 passed" in text
    assert "Round 1: 0 of 4 passed" in text
    assert "×\xa0Fail" in text


def test_a_linked_file_says_when_it_was_changed(desk: OpenDesk, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("one")
    row = desk.milestone("User acceptance")
    link = path.as_uri()
    assert desk.window.session.attempt("Link", lambda edit: evidence.attach_link(edit, row.id, "Test plan", link, look_at(link)))
    page = page_of(desk, "User acceptance")
    (shown,) = page.main.findChildren(EvidenceRow)
    assert shown.standing.text() == "✓ as linked"
    assert not shown.take.isVisible()
    path.write_text("other")
    desk.window.session.attempt("Rename", lambda edit: activities.rename(edit, row.id, "Acceptance"))
    settle()
    assert shown.standing.text() == "▲ changed since"
    QTest.mouseClick(shown.take, Qt.MouseButton.LeftButton)
    settle()
    assert shown.standing.text() == "✓ as linked"
    path.unlink()
    desk.do("edit.undo")
    assert shown.standing.text() == "? not found"


def test_evidence_opens_as_a_copy_that_is_only_read(desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(desk, "User acceptance")
    file = tmp_path / "screen.txt"
    file.write_bytes(b"3.1 s")
    assert attach(page.main, file)
    row = page.main.findChildren(EvidenceRow)[-1]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    QTest.mouseClick(row.title, Qt.MouseButton.LeftButton)
    copy = Path(opened[0])
    assert (copy.name, copy.read_bytes()) == ("screen.txt", b"3.1 s")
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IRUSR
    monkeypatch.setattr(evidence, "LARGEST_FILE", 3)
    assert not attach(page.main, file)
    assert "Attach a link to it instead" in desk.window.failure.label.text()
    assert desk.plan.count(Evidence) == 1


def test_the_inspector_shows_the_same_registers_with_fewer_columns(desk: OpenDesk) -> None:
    desk.show("milestones")
    desk.select(desk.milestone("Project kickoff"))
    panel = desk.window.inspector.panel
    assert panel is not None
    agenda = next(found for found in panel.findChildren(EditableTable) if found.accessibleName() == "Agenda")
    assert [column.id for column in agenda.records.columns] == ["text", "state"]
    assert agenda.records.setData(agenda.records.index(0, 1), AgendaState.DONE.value)
    assert ordered(desk.plan, AgendaRow, panel.row_id)[0].state is AgendaState.DONE
    desk.select(desk.milestone("Go-live"))
    assert agenda.isHidden() or not agenda.isVisible()


def test_the_slip_stands_with_the_date_that_it_is_counted_to(desk: OpenDesk) -> None:
    row = desk.milestone("Project kickoff")
    session = desk.window.session
    assert row.end is not None
    end = row.end
    assert session.attempt("Promise", lambda edit: dates.set_target(edit, row.id, end))
    assert session.attempt("Move", lambda edit: dates.move(edit, [row.id], 2))
    desk.window.open_milestone(row.id)
    settle()
    page = desk.window.page
    assert isinstance(page, MilestonePage)
    cells = {cell.name.text(): cell for cell in page.figures.cells}
    assert (cells["Planned"].told.text(), cells["Actual"].told.text()) == ("+2 wd", "not yet")
    assert session.attempt("Complete", lambda edit: milestones.complete(edit, row.id, end + 3 * 1440, override="held"))
    settle()
    days = session.facts.slip(desk.milestone("Project kickoff"))
    assert (cells["Planned"].told.text(), cells["Actual"].told.text()) == ("", working_days_text(days))
