"""The registers and reports around milestones, closing a project, and the moment when one is reached."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QProgressDialog
from window_desk import Key, OpenDesk, answer, finish_jobs, press, settle, type_text

from milestone_desktop.desktop.dialogs.achievement import AchievementDialog
from milestone_desktop.desktop.dialogs.close_project import CloseDialog
from milestone_desktop.desktop.dialogs.drop import DropDialog
from milestone_desktop.desktop.dialogs.new_project import NewProjectDialog
from milestone_desktop.desktop.inspector.panel import Section
from milestone_desktop.desktop.pages.archive import ArchivePage
from milestone_desktop.desktop.pages.billing import BillingPage
from milestone_desktop.desktop.pages.log import LogPage
from milestone_desktop.desktop.pages.milestone import MilestonePage
from milestone_desktop.desktop.pages.plan_check import PlanCheckPage
from milestone_desktop.document.operations import activities, items, kind_rows, milestones, projects
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.closing import Way
from milestone_desktop.domain.enums import LogState, LogType, ProjectStatus
from milestone_desktop.domain.gates import Achievement, Evidence, Lesson
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.registers import LogEntry


def project(desk: OpenDesk) -> Project:
    return next(iter(desk.plan.all(Project)))


def attempt(desk: OpenDesk, function) -> None:
    assert desk.window.session.attempt("Prepare", function)
    settle()


def test_a_log_entry_is_added_typed_filtered_and_closed(desk: OpenDesk) -> None:
    desk.show("log")
    page = desk.window.page
    assert isinstance(page, LogPage)
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    settle()
    field = QApplication.focusWidget()
    while not isinstance(field, QLineEdit):  # the first cell that can be edited is the type
        press(Key.Key_Escape)
        row = page.model.ids[0]
        desk.click_cell(row, "title")
        press(Key.Key_F2)
        field = QApplication.focusWidget()
    QTest.keyClicks(field, "Supplier is slow")
    press(Key.Key_Return)
    entry = next(iter(desk.plan.all(LogEntry)))
    assert (entry.text, entry.type, entry.raised) == ("Supplier is slow", LogType.RISK, date(2026, 11, 23).toordinal())
    page.type.setCurrentIndex(page.type.findData(LogType.ISSUE.value))
    assert page.model.ids == []
    assert page.empty.isVisible()
    page.type.setCurrentIndex(0)
    desk.click_cell(entry.id, "owner")
    QTest.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    settle()
    assert desk.plan[LogEntry, entry.id].state is LogState.CLOSED
    assert page.model.ids == []
    page.state.setCurrentIndex(0)
    assert page.model.ids == [entry.id]
    desk.do("edit.undo")
    assert desk.plan[LogEntry, entry.id].state is LogState.OPEN


def test_blockers_tell_what_they_hold_up(desk: OpenDesk) -> None:
    row = desk.item("Charter and scope")
    attempt(desk, lambda edit: projects.set_fields(edit, project(desk).id, status_date=date(2026, 11, 30).toordinal()))
    desk.show("blockers")
    page = desk.table()
    assert row.id in page.model.ids
    told = {column.id: column.text(row) for column in page.model.columns}
    assert told["key"] == "AUR-2"
    assert "Planning complete" in told["holds_up"]
    assert told["since"].endswith("days")
    attempt(desk, lambda edit: items.set_progress(edit, row.id, 100))
    assert row.id not in page.model.ids


def test_ready_to_invoice_is_a_list_and_totals_stay_apart_by_currency(desk: OpenDesk) -> None:
    approval, launch = desk.milestone("Client approval"), desk.milestone("Go-live")

    def prepare(edit) -> None:
        activities.set_fields(edit, [approval.id], amount=120_000, currency="EUR")
        activities.set_fields(edit, [launch.id], amount=50_050, currency="GBP")
        milestones.complete(edit, approval.id, instant(2026, 11, 20, 18), override="agreed")

    attempt(desk, prepare)
    desk.do("report.ready")
    page = desk.window.page
    assert isinstance(page, BillingPage)
    assert page.model.ids == [approval.id]
    assert page.sums.text().splitlines() == [
        "EUR: 1,200 in all, 1,200 due; 1,200 ready to invoice, 0 invoiced, 0 paid",
        "GBP: 500.50 in all, 0 due; 0 ready to invoice, 0 invoiced, 0 paid",
    ]
    desk.click_cell(approval.id, "state")
    shown = [field.text() for field in desk.window.inspector.findChildren(QLineEdit) if field.accessibleName() == "Amount"]
    assert shown == ["1,200 EUR"]
    QTest.mouseClick(page.invoice, Qt.MouseButton.LeftButton)
    settle()
    assert desk.plan[Milestone, approval.id].invoiced == date(2026, 11, 23).toordinal()
    assert page.model.ids == []
    assert desk.window.session.undo_label() is not None


def test_the_milestone_report_has_the_columns_people_know(desk: OpenDesk) -> None:
    desk.show("milestone-report")
    page = desk.table()
    shown = [column.heading for n, column in enumerate(page.model.columns) if not page.view.isColumnHidden(n)]
    assert shown == ["Milestone Name", "Owner", "Due Date", "Status", "Tasks"]
    row = desk.milestone("Planning complete")
    assert {column.id: column.text(row) for column in page.model.columns}["tasks"].startswith("0 of 2 done: Charter and scope")


def test_reaching_a_milestone_is_a_quiet_line_that_can_be_switched_off(desk: OpenDesk, tmp_path: Path) -> None:
    row = desk.milestone("Project kickoff")

    def reach(edit) -> None:
        milestones.complete(edit, row.id, instant(2026, 11, 20, 18), override="agreed")

    attempt(desk, reach)
    notice = desk.window.notice
    assert notice.isVisible()
    assert "“Project kickoff” is reached" in notice.label.text()
    people_typed: list[tuple[str, ...]] = []

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, AchievementDialog)
        dialog.text.setPlainText("On the first day")
        type_text(dialog.people, "Mara, Jonas")
        for name, head in (("card.pdf", b"%PDF"), ("card.png", b"\x89PNG")):
            assert dialog.save_card(tmp_path / name)
            assert (tmp_path / name).read_bytes().startswith(head)
        assert not dialog.save_card(tmp_path / "nowhere" / "card.png")
        assert "could not be written" in dialog.error.text()
        people_typed.append(dialog.names())
        dialog.done_button.click()

    answer(fill)
    notice.press_first()
    settle()
    kept = next(iter(desk.plan.all(Achievement)))
    assert (kept.text, kept.people) == ("On the first day", ("Mara", "Jonas"))
    desk.show("achievements")
    assert desk.table().model.ids == [row.id]
    desk.do("track.celebrate")
    notice.say("")
    attempt(desk, lambda edit: milestones.reopen(edit, row.id))
    attempt(desk, reach)
    assert not notice.isVisible()


def test_a_milestone_is_dropped_by_its_action_and_taken_up_again(desk: OpenDesk) -> None:
    row = desk.milestone("Go-live")
    desk.show("milestones")
    desk.select(row)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, DropDialog)
        dialog.done_button.click()
        assert "needs a reason" in dialog.error.text()
        type_text(dialog.reason, "merged")
        dialog.done_button.click()

    answer(fill)
    desk.do("track.drop")
    assert desk.plan[Milestone, row.id].dropped_reason == "merged"
    assert desk.window.actions_["track.drop"].text() == "Take up milestone again"
    desk.do("track.drop")
    assert desk.plan[Milestone, row.id].dropped is None


def test_closing_a_project_hides_counts_and_protects_it(desk: OpenDesk) -> None:
    row = project(desk)

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, CloseDialog)
        dialog.done_button.click()
        assert "is still open" in dialog.error.text()
        section = [column.id for column in dialog.table.records.columns].index("way")
        assert dialog.table.records.setData(dialog.table.records.index(0, section), Way.DROP.value)
        dialog.choose_all(Way.COMPLETE)
        dialog.done_button.click()

    answer(decide)
    desk.do("plan.close")
    assert desk.plan[Project, row.id].status is ProjectStatus.ARCHIVED
    entries = desk.window.sidebar.entries()
    assert [entry.text for entry in entries[:2]] == ["Portfolio", "Archived"]
    assert entries[1].count == "1"
    desk.window.sidebar.list.setCurrentRow(1)
    settle()
    page = desk.window.page
    assert isinstance(page, ArchivePage)
    assert page.model.ids == [row.id]
    first = next(iter(desk.plan.where(Milestone, "project", row.id)))
    assert not desk.window.session.attempt("Rename", lambda edit: activities.rename(edit, first.id, "Other"))
    assert "archived and only read" in desk.window.failure.label.text()
    desk.click_cell(row.id, "key")
    QTest.mouseClick(page.reopen, Qt.MouseButton.LeftButton)
    settle()
    assert desk.plan[Project, row.id].status is ProjectStatus.ACTIVE
    assert [entry.text for entry in desk.window.sidebar.entries()[:3]] == ["Portfolio", "Projects", "Aurora"]
    assert not any(entry.kind == "archive" for entry in desk.window.sidebar.entries())


def test_a_new_project_shows_what_others_of_its_template_learned(desk: OpenDesk) -> None:
    review = desk.milestone("Lessons learned")
    attempt(desk, lambda edit: kind_rows.add(edit, Lesson, review.id, "Ask earlier"))
    dialog = NewProjectDialog(desk.window.session, desk.window)
    template = project(desk).template
    for number in range(dialog.templates.count()):
        dialog.templates.setCurrentRow(number)
        told = dialog.lessons.text()
        assert ("Ask earlier" in told) is (dialog.templates.item(number).data(Qt.ItemDataRole.UserRole + 1).name == template)
    dialog.reject()


def test_a_large_plan_is_checked_beside_the_window(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.show("plan-check")
    page = desk.window.page
    assert isinstance(page, PlanCheckPage)
    told = [(str(check.title), check.found, check.of) for check in page.checks]
    monkeypatch.setattr("milestone_desktop.desktop.pages.plan_check.LARGE", 0)
    page.check()
    assert page.told.text() == "Checking the plan…"
    finish_jobs()
    assert [(str(check.title), check.found, check.of) for check in page.checks] == told
    assert "checks found too much" in page.told.text()
    page.check()
    page.findChild(QProgressDialog).canceled.emit()
    finish_jobs()
    assert "cancelled" in page.told.text()
    desk.show("roadmap")
    monkeypatch.setattr("milestone_desktop.desktop.pages.plan_check.LARGE", 5000)
    desk.show("plan-check")
    assert "checks found too much" in page.told.text()


def test_a_finding_of_the_plan_check_is_mended_by_one_key(desk: OpenDesk) -> None:
    desk.show("plan-check")
    page = desk.window.page
    assert isinstance(page, PlanCheckPage)
    assert len(page.checks) == 22
    number = next(n for n, check in enumerate(page.checks) if check.name == "no-target")
    page.table.take(number)
    settle()
    found = page.finding
    assert found is not None
    before = len(page.findings)
    QTest.keyClick(page.found, Key.Key_M)
    settle()
    row = desk.plan[Milestone, found.activity]
    assert row.target == row.end is not None
    assert len(page.findings) == before - 1


def test_files_dropped_onto_the_evidence_are_kept(desk: OpenDesk, tmp_path: Path) -> None:
    desk.window.open_milestone(desk.milestone("User acceptance").id)
    settle()
    page = desk.window.page
    assert isinstance(page, MilestonePage)
    section = next(one for one in page.main.findChildren(Section) if one.heading.text() == "Evidence")
    file = tmp_path / "photo.txt"
    file.write_bytes(b"pixels")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org")])
    none, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(section, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(section, QDropEvent(QPointF(5, 5), copy, data, left, none))
    settle()
    assert [row.name for row in desk.plan.all(Evidence)] == ["photo.txt"]
