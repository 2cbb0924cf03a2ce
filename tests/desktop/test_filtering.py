"""Filters, groups and saved views in the window, by keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from window_desk import Key, OpenDesk, answer, open_desk, press, settle, type_text

from milestone_desktop.desktop.dialogs.build_filter import BuildFilterDialog, ConditionRow, GroupBox
from milestone_desktop.desktop.dialogs.changed_since import ChangedSinceDialog
from milestone_desktop.desktop.dialogs.save_view import SaveViewDialog
from milestone_desktop.desktop.sidebar import ENTRY
from milestone_desktop.document.operations import activities, items
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import View


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[OpenDesk]:
    with open_desk(tmp_path, filled=True) as opened:
        yield opened


def rows(desk: OpenDesk) -> list[str]:
    """The titles of the roadmap's rows."""
    model = desk.window.roadmap.model
    return [model.cells(row).title for row in range(model.rowCount())]


def chips(desk: OpenDesk) -> list[str]:
    return [chip.text().removesuffix("✕").strip() for chip in desk.window.chips.chips()]


def told(desk: OpenDesk) -> list[str]:
    """Every word of the chip row that is no condition."""
    row = desk.window.chips
    return [label.text() for label in row.findChildren(QLabel) if label.isVisible()]


def button(desk: OpenDesk, text: str) -> QPushButton:
    found = [one for one in desk.window.chips.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    assert len(found) == 1, text
    return found[0]


def click(widget: QPushButton) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle()


def focus(desk: OpenDesk, widget: QWidget) -> None:
    """Gives a part of the window the keyboard, after a dialog too."""
    desk.window.activateWindow()
    widget.setFocus()
    settle()


def type_filter(desk: OpenDesk, text: str) -> None:
    desk.do("edit.filter")
    type_text(desk.window.tools.search, text)
    press(Key.Key_Return)


def test_a_typed_filter_is_named_counted_and_taken_away_condition_by_condition(desk: OpenDesk) -> None:
    everything = rows(desk)
    assert not desk.window.chips.isVisible()
    type_filter(desk, "is:milestone launch")
    assert "Launch" in " ".join(rows(desk)) or len(rows(desk)) < len(everything)
    assert chips(desk) == ["Only milestones", "“launch”"]
    hidden = desk.window.roadmap.hidden_rows()
    assert f"{hidden} rows hidden" in told(desk)
    assert f"{hidden} hidden by the filter" in desk.window.status.rows.text()
    click(desk.window.chips.chips()[1])
    assert chips(desk) == ["Only milestones"]
    assert desk.window.tools.search.text() == "is:milestone"
    desk.window.chips.chips()[0].setFocus()
    press(Key.Key_Space)
    assert rows(desk) == everything
    assert not desk.window.chips.isVisible()


def test_the_pages_share_the_filter_and_each_project_has_its_own(desk: OpenDesk) -> None:
    type_filter(desk, "is:milestone user")
    desk.show("milestones")
    assert chips(desk) == ["Only milestones", "“user”"]
    shown = desk.titles()
    assert shown
    assert len(shown) < len(list(desk.plan.all(type(desk.milestone(shown[0])))))
    desk.show("people")
    assert not desk.window.chips.isVisible()
    desk.show("items")
    assert desk.titles() == []
    desk.window.session.show_project(None)
    settle()
    assert not desk.window.session.shown.filtering
    assert desk.window.tools.search.text() == ""
    desk.window.session.show_project(desk.milestone(shown[0]).project)
    settle()
    assert desk.window.tools.search.text() == "is:milestone user"


def test_what_cannot_be_read_is_told_and_the_filter_before_stays(desk: OpenDesk) -> None:
    type_filter(desk, "is:milestone stauts:open")
    assert chips(desk) == ["Only milestones", "“stauts”"], "as far as it could be read while it was typed"
    problem = "There is no field “stauts” (character 14). Did you mean status?"
    assert problem in told(desk)
    assert desk.window.tools.search.accessibleDescription() == problem
    assert desk.window.tools.search.property("invalid")
    desk.do("filter.clear")
    assert not desk.window.chips.isVisible()
    assert not desk.window.tools.search.property("invalid")


def test_a_roadmap_without_rows_says_what_to_do(desk: OpenDesk) -> None:
    type_filter(desk, "tag:nobody")
    hint = desk.window.roadmap.row_work.adder.hint
    assert hint.isVisible()
    assert hint.text() == f"The filter hides all {len(list(desk.plan.activities()))} rows. Clear, above, takes it away."
    desk.do("filter.clear")
    assert not hint.isVisible()
    desk.window.session.select([row.id for row in desk.plan.activities()])
    desk.do("edit.delete-rows")
    assert "paste a list from a spreadsheet" in hint.text()
    desk.do("edit.undo")
    assert not hint.isVisible()


def test_suggestions_complete_fields_and_values(desk: OpenDesk) -> None:
    desk.do("edit.filter")
    box = desk.window.tools.search
    QTest.keyClicks(box, "is:mile")
    settle()
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert box.text() == "is:milestone"
    QTest.keyClicks(box, " status:o")
    settle()
    press(Key.Key_Tab)
    assert box.text() == "is:milestone status:open"
    assert QApplication.focusWidget() is box, "Tab takes the first suggestion"
    press(Key.Key_Tab)
    assert QApplication.focusWidget() is not box


def test_quick_filters_switch_on_and_off(desk: OpenDesk) -> None:
    desk.do("filter.open")
    desk.do("filter.critical")
    assert chips(desk) == ["Status is open", "Critical"]
    assert desk.window.actions_["filter.open"].isChecked()
    desk.do("filter.open")
    assert chips(desk) == ["Critical"]
    assert not desk.window.actions_["filter.open"].isChecked()
    desk.do("filter.clear")
    assert chips(desk) == []


def test_an_added_row_stays_in_view_until_the_filter_is_set_anew(desk: OpenDesk) -> None:
    type_filter(desk, "is:milestone")
    before = rows(desk)
    project = desk.window.session.project_id
    assert project is not None
    desk.window.session.attempt("add", lambda edit: items.create(edit, project, "Fresh work"))
    settle()
    assert set(rows(desk)) == {*before, "Fresh work"}
    type_filter(desk, "is:milestone status:open")
    assert "Fresh work" not in rows(desk)


def test_a_row_that_no_longer_fits_goes(desk: OpenDesk) -> None:
    row = desk.plan.activities_where("project", desk.window.session.project_id)[0]
    desk.window.session.attempt("tag", lambda edit: activities.set_tags(edit, [row.id], ["client"]))
    type_filter(desk, "tag:client")
    assert row.title in rows(desk)
    desk.window.session.undo()
    settle()
    assert rows(desk) == []
    desk.window.session.redo()
    settle()
    assert row.title in rows(desk)


def test_what_an_edit_takes_out_of_the_filter_is_named_and_can_be_kept_in_view(desk: OpenDesk) -> None:
    row = desk.item("Charter and scope")
    type_filter(desk, "title:charter")
    page = desk.window.roadmap
    page.table.go_to(rows(desk).index(row.title), 0)
    page.table.setFocus()
    press(Key.Key_F2)
    focused = QApplication.focusWidget()
    assert focused is not None
    type_text(focused, "Scope alone")
    press(Key.Key_Return)
    assert row.title not in rows(desk)
    assert told(desk) == ["19 rows hidden; the last edit hid “Scope alone”"]
    aurora = desk.window.session.project_id
    desk.do("view.portfolio")
    desk.window.session.show_project(aurora)
    desk.show("roadmap")
    assert told(desk) == ["19 rows hidden"], "the last edit was before"
    desk.do("edit.undo")
    assert row.title in rows(desk)
    desk.do("edit.redo")
    assert told(desk) == ["19 rows hidden; the last edit hid “Scope alone”"]
    keep = next(button for button in desk.window.chips.findChildren(QPushButton) if button.text() == "Keep in view")
    QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    settle()
    assert "Scope alone" in rows(desk)
    assert told(desk) == ["17 rows hidden"]
    type_filter(desk, "title:plan")
    assert "Scope alone" not in rows(desk)
    assert told(desk) == [f"{19 - len(rows(desk))} rows hidden"]


def test_changed_since_finds_what_was_edited(desk: OpenDesk) -> None:
    row = desk.plan.activities_where("project", desk.window.session.project_id)[0]
    desk.window.session.attempt("tag", lambda edit: activities.set_tags(edit, [row.id], ["x"]))

    def since(dialog: QDialog) -> None:
        assert isinstance(dialog, ChangedSinceDialog)
        type_text(dialog.day, "2026-11-23")
        dialog.accept()

    answer(since)
    desk.do("filter.since")
    assert len(chips(desk)) == 1
    assert chips(desk)[0].startswith("Changed on 23 Nov 2026 or after")
    assert row.title in rows(desk)


def test_a_filter_is_built_by_hand(desk: OpenDesk) -> None:
    everything = len(rows(desk))

    def build(dialog: QDialog) -> None:
        assert isinstance(dialog, BuildFilterDialog)
        first = dialog.root.parts[0]
        assert isinstance(first, ConditionRow)
        assert "Keeps" in dialog.told.text()
        QTest.mouseClick(dialog.root.add_group, Qt.MouseButton.LeftButton)
        group = dialog.root.parts[1]
        assert isinstance(group, GroupBox)
        inner = group.parts[0]
        assert isinstance(inner, ConditionRow)
        dialog.done_button.click()
        assert dialog.told.text().startswith("Text: a value is missing.")
        type_text(inner.values[0], "launch")
        QTest.mouseClick(group.add_row, Qt.MouseButton.LeftButton)
        due = group.parts[1]
        assert isinstance(due, ConditionRow)
        due.field.setCurrentIndex(due.field.findData("due"))
        due.field.activated.emit(due.field.currentIndex())
        due.operator.setCurrentIndex(due.operator.findData("in the next"))
        due.operator.activated.emit(due.operator.currentIndex())
        type_text(due.values[0], "2w")
        dialog.done_button.click()

    answer(build)
    desk.do("filter.build")
    assert desk.window.tools.search.text() == "status:open (launch or due:next2w)"
    assert chips(desk) == ["Status is open", "“launch” or Due in the next 2 weeks"]
    assert len(rows(desk)) < everything


def test_groups_by_menu_and_an_item_in_two_groups_is_one_thing(desk: OpenDesk) -> None:
    page = desk.window.roadmap
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning, page)
    rows = desk.plan.activities_where("project", desk.window.session.project_id)
    row = next(row for row in rows if not is_parent(desk.plan, row.id))
    desk.window.session.attempt("tag", lambda edit: activities.set_tags(edit, [row.id], ["one", "two"]))
    menu = desk.window.tools._group_menu.menu()
    tag = next(action for action in menu.actions() if action.text() == "Tag")
    tag.trigger()
    settle()
    assert desk.window.tools._group_menu.text() == "Group: Tag ▾"
    places = page.model.rows_of(row.id)
    assert len(places) == 2
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle(desk, places[0]))
    settle()
    chosen = {index.row() for index in page.table.selectionModel().selectedIndexes()}
    assert chosen == set(places)
    assert desk.window.session.selection == (row.id,)
    assert page.table.currentIndex().row() == places[0]
    Control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, Control, middle(desk, places[1]))
    settle()
    assert desk.window.session.selection == ()
    desk.window.session.attempt("rename", lambda edit: activities.rename(edit, row.id, "Both"))
    settle()
    assert [page.model.cells(place).title for place in page.model.rows_of(row.id)] == ["Both", "Both"]
    desk.do("group.second.status")
    assert page.model.grouping == ("tag", "status")
    desk.do("group.first.project")
    desk.do("group.second.")
    assert page.model.grouping in ((), ("project",))
    assert len(page.model.rows_of(row.id)) == 1


def middle(desk: OpenDesk, row: int) -> QPoint:
    page = desk.window.roadmap
    page.table.scrollTo(page.model.index(row, 1))
    return page.table.visualRect(page.model.index(row, 1)).center()


def entries(desk: OpenDesk) -> list[tuple[str, str]]:
    """Name and count of the views in the sidebar."""
    desk.window.sidebar.count()
    listed = (desk.window.sidebar.list.item(row).data(ENTRY) for row in range(desk.window.sidebar.list.count()))
    return [(entry.text, entry.count) for entry in listed if entry.kind == "view"]


def click_view(desk: OpenDesk, title: str) -> None:
    listed = desk.window.sidebar.list
    item = next(listed.item(row) for row in range(listed.count()) if listed.item(row).data(ENTRY).text == title)
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualItemRect(item).center())
    settle()


FIRST = ["Due in 30 days", "Late or at risk", "Billing milestones", "Waiting for sign-off"]


def test_the_first_views_stand_in_the_sidebar_with_their_counts(desk: OpenDesk) -> None:
    assert [title for title, _count in entries(desk)] == FIRST
    click_view(desk, "Billing milestones")
    assert told(desk)[0] == "Billing milestones"
    assert chips(desk) == ["Only milestones", "Type is Billing"]
    shown = len([one for one in rows(desk) if desk.plan])
    count = dict(entries(desk))["Billing milestones"]
    assert int(count) == desk.window.session.shown.count(desk.window.session.shown.node) <= shown
    assert desk.edits() == desk.edits()
    assert not list(desk.plan.all(View)), "they are not kept in the file"
    click_view(desk, "Aurora")
    assert not desk.window.chips.isVisible(), "the project itself shows everything"


def save(desk: OpenDesk, name: str) -> None:
    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, SaveViewDialog)
        type_text(dialog.name, "  ")
        dialog.accept()
        assert dialog.error.text().startswith("A view needs a name.")
        type_text(dialog.name, name)
        dialog.accept()

    answer(give_name)
    desk.do("saved.save")


def test_a_view_is_saved_altered_updated_renamed_duplicated_moved_and_deleted(desk: OpenDesk) -> None:
    window = desk.window
    type_filter(desk, "is:milestone status:open")
    desk.do("group.first.owner")
    window.roadmap.set_scale("quarter")
    before = desk.edits()
    save(desk, "Mine to reach")
    assert desk.edits() == before + 1
    made = next(iter(desk.plan.all(View)))
    assert made.definition["filter"] == "is:milestone status:open"
    assert made.definition["group"] == ["owner"]
    assert made.definition["scale"] == "quarter"
    assert told(desk)[0] == "Mine to reach"
    assert "changed" not in told(desk)
    desk.do("filter.critical")
    assert "changed" in told(desk)
    click(button(desk, "Update"))
    assert next(iter(desk.plan.all(View))).definition["filter"] == "is:milestone status:open is:critical"
    assert "changed" not in told(desk)
    desk.do("edit.undo")
    assert "changed" in told(desk)
    desk.do("saved.leave")
    assert window.roadmap.model.grouping == ()
    window.roadmap.set_scale("week")
    click_view(desk, "Mine to reach")
    assert window.roadmap.scale == "quarter"
    assert window.roadmap.model.grouping == ("owner",)
    assert chips(desk) == ["Only milestones", "Status is open"]
    focus(desk, window.sidebar.list)
    answer(lambda dialog: (type_text(dialog.name, "Renamed"), dialog.accept()) if isinstance(dialog, SaveViewDialog) else None)
    press(Key.Key_F2)
    assert [title for title, _count in entries(desk)] == [*FIRST, "Renamed"]
    desk.do("saved.duplicate")
    assert [title for title, _count in entries(desk)] == [*FIRST, "Renamed", "Renamed (copy)"]
    focus(desk, window.sidebar.list)
    press(Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [title for title, _count in entries(desk)] == [*FIRST, "Renamed (copy)", "Renamed"]
    focus(desk, window.sidebar.list)
    press(Key.Key_Delete)
    assert [title for title, _count in entries(desk)] == [*FIRST, "Renamed"]
    assert chips(desk) == ["Only milestones", "Status is open"], "what is shown stays"
    desk.do("edit.undo")
    assert [title for title, _count in entries(desk)] == [*FIRST, "Renamed (copy)", "Renamed"]


def test_what_is_typed_in_the_builder_is_a_line_edit_with_completion(desk: OpenDesk) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BuildFilterDialog)
        row = dialog.root.parts[0]
        assert isinstance(row, ConditionRow)
        completer = row.values[0].completer()
        assert completer is not None
        assert isinstance(row.values[0], QLineEdit)
        assert completer.model().rowCount() >= 3
        dialog.reject()

    answer(look)
    desk.do("filter.build")
    assert not desk.window.session.shown.filtering


def test_a_page_whose_rows_are_all_hidden_says_so(desk: OpenDesk) -> None:
    desk.show("items")
    count = len(desk.titles())
    type_filter(desk, "title:nowhere")
    page = desk.table()
    assert desk.titles() == []
    assert (page.empty.isVisible(), page.view.isVisible()) == (True, False)
    assert page.empty.text() == f"The filter hides all {count} rows. Clear, above, takes it away."
    focus(desk, desk.window.tools.search)
    press(Key.Key_Tab)
    assert page.empty.hasFocus(), "the keyboard can go on from there"
    desk.do("filter.clear")
    assert page.view.hasFocus(), "and stays on the page"
    desk.window.session.shown.type("title:nowhere")
    settle()
    assert page.empty.hasFocus()
    desk.do("filter.clear")
    assert len(desk.titles()) == count
    assert page.view.isVisible()
