"""The pages Trend, History and Baselines, by keys and mouse."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from window_desk import Key, OpenDesk, answer, settle, type_text

from milestone_desktop.chart.shapes import Text
from milestone_desktop.desktop.dialogs.baselines import RepairDialog, SetBaselineDialog, UseBaselineDialog
from milestone_desktop.desktop.dialogs.reason import ReasonDialog
from milestone_desktop.desktop.pages.baselines import BaselinesPage
from milestone_desktop.desktop.pages.history import HistoryPage
from milestone_desktop.desktop.pages.trend import TrendPage
from milestone_desktop.document.operations import activities, baselines, dates, milestones, people, projects
from milestone_desktop.domain.activities import Milestone, MoveReason
from milestone_desktop.domain.instants import instant

NOON = instant(2027, 1, 11, 12)


def trend_page(desk: OpenDesk) -> TrendPage:
    desk.show("trend")
    page = desk.window.page
    assert isinstance(page, TrendPage)
    return page


def history_page(desk: OpenDesk) -> HistoryPage:
    desk.show("history")
    page = desk.window.page
    assert isinstance(page, HistoryPage)
    return page


@pytest.fixture
def moved(desk: OpenDesk) -> Milestone:
    """A milestone that was moved by five working days after a baseline was put in force."""
    session = desk.window.session
    row = sorted(desk.plan.all(Milestone), key=lambda each: each.end or 0)[2]
    assert session.attempt("Baseline", lambda edit: baselines.save_and_use(edit, row.project, "First"))
    assert session.attempt("Move", lambda edit: dates.move(edit, [row.id], 5))
    return desk.plan[Milestone, row.id]


def test_the_trend_shows_each_milestone_and_its_waterfall(desk: OpenDesk, moved: Milestone) -> None:
    page = trend_page(desk)
    desk.select(moved)
    assert [curve.title for curve in page.view.curves] == [desk.plan[Milestone, row].title for row in page.milestones()]
    assert page.heading.text() == f"{moved.title}: 5 wd later than its target"
    bars = page.waterfall.bars
    assert sum(bar.days for bar in bars[1:-1]) == bars[-1].days == 5
    assert bars[1].name == "moved by hand"
    assert "moved by hand +5 wd" in page.waterfall.accessibleDescription()


def test_keys_go_from_point_to_point_and_tell_the_receipt(desk: OpenDesk, moved: Milestone) -> None:
    page = trend_page(desk)
    desk.select(moved)
    page.view.setFocus()
    QTest.keyClick(page.view, Key.Key_Left)
    assert moved.title in page.point_text.text()
    assert "+5 wd" in page.point_text.text()
    assert "moved by hand" in page.view.toolTip()
    QTest.keyClick(page.view, Key.Key_Up)
    assert desk.window.session.current != moved.id
    QTest.keyClick(page.view, Key.Key_Return)
    settle()
    assert desk.window.page_name == "milestone"


def test_the_mouse_tells_and_takes_in_hand(desk: OpenDesk, moved: Milestone) -> None:
    page = trend_page(desk)
    place = page.view.place_of(moved.id, 0)
    assert place is not None
    QTest.mouseMove(page.view, QPoint(3, 3))
    QTest.mouseMove(page.view, place.toPoint())
    settle()
    QTest.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert desk.window.session.current in {curve.id for curve in page.view.curves}
    assert page.point_text.text()


def test_milestones_are_chosen_in_a_menu_and_shown_as_a_table(desk: OpenDesk, moved: Milestone) -> None:
    page = trend_page(desk)
    QTest.mouseClick(page.chooser, Qt.MouseButton.LeftButton)
    menu = page.findChild(QMenu)
    assert menu is not None
    action = next(each for each in menu.actions() if each.text() == moved.title)
    action.trigger()
    settle()
    menu.close()
    assert moved.id not in page.told
    assert page.chooser.text() == f"Milestones: {len(page.milestones()) - 1} of {len(page.milestones())}"
    page.choose({moved.id})
    QTest.mouseClick(page.as_table, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.table
    QAbstractItemModelTester(page.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = [page.table.records.index(0, column).data() for column in range(page.table.records.columnCount())]
    assert (row[0], row[4]) == (moved.title, "not enough reports")


def test_a_reason_is_given_afterwards(desk: OpenDesk, moved: Milestone) -> None:
    page = trend_page(desk)
    desk.select(moved)

    def say(dialog: ReasonDialog) -> None:
        type_text(dialog.reason, "The vendor is late")
        dialog.done_button.click()

    answer(say)
    QTest.mouseClick(page.reason, Qt.MouseButton.LeftButton)
    assert [row.reason for row in desk.plan.all(MoveReason)] == ["The vendor is late"]
    assert any("The vendor is late" in bar.note for bar in page.waterfall.bars)
    desk.do("edit.undo")
    assert desk.plan.count(MoveReason) == 0


def test_the_picture_is_one_svg(desk: OpenDesk, moved: Milestone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = trend_page(desk)
    names = iter(("a.svg", "a.png"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / next(names)), ""))
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert moved.title in texts
    desk.do("file.picture")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_the_slider_shows_the_plan_as_it_stood(desk: OpenDesk, moved: Milestone) -> None:
    page = history_page(desk)
    assert page.told.text().endswith("as it is now")
    page.list.setFocus()
    QTest.keyClick(page.list, Key.Key_Down)
    settle()
    row = page.found.rows[moved.id]
    assert (row.working_days, row.now) == (5, moved)
    assert page.past.then.plan[Milestone, moved.id].end == row.then.end
    ghosts = [shape for shape in page.past.roadmap.scenes.rows(0, 2000).shapes() if shape.role == "baseline"]
    elsewhere = {row.activity for row in page.found.rows.values() if row.then.end != row.now.end}
    assert moved.id in {shape.owner for shape in ghosts} <= elsewhere
    assert page.past.now_rows.words(row.then).endswith("(+5 wd)")
    QTest.keyClick(page.list, Key.Key_Up)
    settle()
    assert page.found.rows == {}


def test_the_past_roadmap_is_a_real_one_that_nobody_can_edit(desk: OpenDesk, moved: Milestone) -> None:
    page = history_page(desk)
    page.list.setFocus()
    QTest.keyClick(page.list, Key.Key_Down)
    settle()
    roadmap, told = page.past.roadmap, []
    desk.window.session.failed.connect(told.append)
    before = roadmap.axis.scale
    desk.do("view.zoom-in")
    assert roadmap.axis.scale != before
    desk.do("view.scale.day")
    assert (roadmap.scale, page.scale) == ("day", "day")
    roadmap.table.setFocus()
    row = roadmap.model.row_of(moved.id)
    roadmap.table.setCurrentIndex(roadmap.model.index(row, 0))
    settle()
    assert page.table.hand == moved.id
    edits = desk.edits()
    QTest.keyClick(roadmap.table, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(roadmap.table, Key.Key_Delete)
    settle()
    assert desk.edits() == edits
    assert any("as it stood" in text for text in told)
    assert moved.id in roadmap.model.ids
    QAbstractItemModelTester(roadmap.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_line_of_a_past_roadmap_says_its_day_not_today(desk: OpenDesk, moved: Milestone) -> None:
    page = history_page(desk)
    page.list.setFocus()
    QTest.keyClick(page.list, Key.Key_Down)
    settle()
    pills = [shape for layer in page.past.roadmap.scenes.header().layers for shape in layer.shapes if shape.role == "today"]
    assert [shape.text for shape in pills if isinstance(shape, Text)] == ["23 Nov 2026"]
    pills = [shape for layer in desk.window.roadmap.scenes.header().layers for shape in layer.shapes if shape.role == "today"]
    assert [shape.text for shape in pills if isinstance(shape, Text)] == ["Today"]


def test_a_row_that_differs_is_found_in_the_roadmap(desk: OpenDesk, moved: Milestone) -> None:
    other = next(row for row in desk.plan.all(Milestone) if row.id != moved.id)
    desk.window.session.attempt("Delete", lambda edit: activities.delete(edit, [other.id]))
    page = history_page(desk)
    QTest.keyClick(page.list, Key.Key_Down)
    page.list.setFocus()
    QTest.keyClick(page.list, Key.Key_Down)
    page.show_entry(1)
    assert set(page.found.rows) >= {moved.id, other.id}
    page.table.setFocus()
    page.table.take(other.id)
    settle()
    assert page.past.then.current == other.id
    QTest.mouseClick(page.restore_row, Qt.MouseButton.LeftButton)
    settle()
    assert desk.plan[Milestone, other.id].title == other.title
    desk.do("edit.undo")
    assert desk.plan.get(Milestone, other.id) is None


def test_an_edit_while_the_past_is_shown_is_taken_in(desk: OpenDesk, moved: Milestone) -> None:
    page = history_page(desk)
    desk.window.session.attempt("Rename", lambda edit: activities.rename(edit, moved.id, "Renamed"))
    settle()
    assert page.told.text().endswith("as it is now")
    assert page.past.then.plan == desk.plan
    page.show_entry(1)
    desk.show("roadmap")
    desk.window.session.attempt("Move", lambda edit: dates.move(edit, [moved.id], -2))
    desk.do("edit.undo")
    desk.show("history")
    page.show_entry(max(page.entries))
    assert page.past.then.plan == desk.plan


def test_a_row_and_the_project_come_back(desk: OpenDesk, moved: Milestone) -> None:
    page = history_page(desk)
    page.list.setFocus()
    QTest.keyClick(page.list, Key.Key_Down)
    settle()
    then = page.found.rows[moved.id].then
    page.restore_all.click()
    settle()
    assert desk.plan[Milestone, moved.id].end == then.end
    desk.do("edit.undo")
    assert desk.plan[Milestone, moved.id] == moved


def test_the_list_goes_by_the_project_in_hand(desk: OpenDesk, moved: Milestone) -> None:
    session = desk.window.session
    made: list[int] = []
    session.attempt("Add", lambda edit: made.append(projects.create(edit, "Website", key="WEB").id))
    session.attempt("Name", lambda edit: milestones.create(edit, made[-1], "Online", NOON))
    session.attempt("Person", lambda edit: people.create(edit, "Ines"))
    page = history_page(desk)
    labels = {str(entry.line.label) for entry in page.entries.values()}
    assert "Person" in "".join(labels) or any("Ines" in text for text in labels)
    assert not any("Online" in text for text in labels)
    session.show_project(made[-1])
    settle()
    labels = [str(entry.line.label) for entry in page.entries.values()]
    assert any("Online" in text for text in labels)
    assert not any("Baseline" in text for text in labels)
    page.show_entry(min(page.entries))
    page.show_day(page.slider.slider.minimum())
    assert page.past.currentWidget() is page.past.roadmap
    everything = page.milestone.findText("All edits of the workspace")
    page.milestone.setCurrentIndex(everything)
    page.milestone.activated.emit(everything)
    assert len(page.entries) == len(session.document.storage.lines())


def test_the_edits_of_one_milestone(desk: OpenDesk, moved: Milestone) -> None:
    other = next(row for row in desk.plan.all(Milestone) if row.id != moved.id)
    desk.window.session.attempt("Rename", lambda edit: activities.rename(edit, other.id, "Other"))
    page = history_page(desk)
    everything = len(page.entries)
    page.milestone.setCurrentIndex(page.milestone.findData(moved.id))
    page.milestone.activated.emit(page.milestone.currentIndex())
    assert 0 < len(page.entries) < everything
    assert "Rename" not in {str(entry.line.label) for entry in page.entries.values()}
    QAbstractItemModelTester(page.list.records, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_file_is_made_smaller_from_the_menu(desk: OpenDesk, moved: Milestone) -> None:
    told: list[str] = []
    desk.window.session.noticed.connect(told.append)
    desk.do("file.compact")
    assert told
    assert "packed" in told[0]
    assert desk.window.session.undo_label() is None
    page = history_page(desk)
    assert len(page.entries) >= 3


def baselines_page(desk: OpenDesk) -> BaselinesPage:
    desk.do("track.baselines")
    page = desk.window.page
    assert isinstance(page, BaselinesPage)
    return page


def test_a_baseline_is_set_and_put_in_force_with_its_targets_listed(desk: OpenDesk) -> None:
    page = baselines_page(desk)
    assert not page.splitter.isVisible()

    def name_it(dialog: SetBaselineDialog) -> None:
        type_text(dialog.name, "Steering committee")
        dialog.done_button.click()

    answer(name_it)
    QTest.mouseClick(page.set, Qt.MouseButton.LeftButton)
    assert [row.name for row in page.baselines()] == ["Steering committee"]
    listed: list[int] = []

    def take(dialog: UseBaselineDialog) -> None:
        listed.append(len(dialog.changes))
        dialog.done_button.click()

    answer(take)
    QTest.mouseClick(page.use, Qt.MouseButton.LeftButton)
    targets = [row.target for row in desk.plan.all(Milestone)]
    assert listed == [len(targets)]
    assert all(row.target == row.end for row in desk.plan.all(Milestone))
    desk.do("edit.undo")
    assert all(row.target is None for row in desk.plan.all(Milestone))


def test_the_variance_table_tells_the_slip_and_a_row_is_repaired(desk: OpenDesk, moved: Milestone) -> None:
    page = baselines_page(desk)
    assert page.variances[moved.id].slip == 5
    QAbstractItemModelTester(page.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.table.take(moved.id)

    def mend(dialog: RepairDialog) -> None:
        dialog.done_button.click()
        assert "reason" in dialog.error.text()
        dialog.end.show_day(dialog.end.day() + 7)
        type_text(dialog.reason, "wrong week")
        dialog.done_button.click()

    answer(mend)
    QTest.mouseClick(page.repair, Qt.MouseButton.LeftButton)
    settle()
    assert page.variances[moved.id].slip == 0
    assert page.variances[moved.id].repaired == ("wrong week",)
    row = desk.plan[Milestone, moved.id]
    assert (row.target, row.target_reason) == (row.end, "wrong week")
    assert row.first_target == moved.target


def test_two_baselines_are_compared_and_rows_that_went_are_kept(desk: OpenDesk, moved: Milestone) -> None:
    session = desk.window.session
    assert session.attempt("Second", lambda edit: baselines.save(edit, moved.project, "Second"))
    other = next(row for row in desk.plan.all(Milestone) if row.id != moved.id)
    assert session.attempt("Delete", lambda edit: activities.delete(edit, [other.id]))
    page = baselines_page(desk)
    page.list.take(next(row.id for row in page.baselines() if row.name == "First"))
    assert page.variances[other.id].title == other.title
    assert page.variances[other.id].after is None
    page.against.setCurrentIndex(page.against.findText("Second"))
    page.against.activated.emit(page.against.currentIndex())
    assert page.variances[moved.id].slip == 5
    assert page.variances[other.id].slip == 0
