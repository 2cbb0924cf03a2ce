"""The list of conflicts: reached from the header and by key, each remedy one key and one edit; loops named row by row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from test_moves_listed import Farm
from window_desk import Key, OpenDesk, press, settle

from milestone_desktop.desktop.pages.conflicts import ConflictsPage
from milestone_desktop.document.operations import dates, items
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import LagUnit, LinkType, Placement
from milestone_desktop.domain.instants import instant


@pytest.fixture
def farm(desk: OpenDesk) -> Farm:
    """“Mount” is fixed three days before “Dig” ends."""
    farm = Farm(desk)
    farm.compute()
    with desk.window.session.edit("Fix") as edit:
        dates.fix(edit, [farm.mount])
        dates.set_start(edit, farm.mount, instant(2026, 12, 2, 9))
    settle()
    return farm


def page(farm: Farm) -> ConflictsPage:
    shown = farm.desk.window.page
    assert isinstance(shown, ConflictsPage)
    return shown


def cells(shown: ConflictsPage) -> list[list[str]]:
    model = shown.table.records
    return [[str(model.index(row, n).data()) for n in range(model.columnCount())] for row in range(model.rowCount())]


def test_the_pill_in_the_header_leads_to_the_list(farm: Farm) -> None:
    pill = farm.desk.window.header.conflicts
    assert (pill.isVisible(), pill.text()) == (True, "! 1 conflict")
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    settle()
    shown = page(farm)
    QAbstractItemModelTester(shown.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert cells(shown) == [["Mount", "Dig", "FS", "3d"]]
    assert shown.sentence.text() == "“Mount” is 3d too early: its link FS from “Dig” is broken."
    assert [button.text() for button in shown.buttons] == [
        "1   Move “Mount” to 7 Dec 2026",
        "2   Let “Mount” be computed",
        "3   Remove link “Dig” to “Mount”",
    ]
    assert farm.desk.window.session.current == farm.mount


@pytest.mark.parametrize(("key", "placement"), [(Key.Key_1, Placement.FIXED), (Key.Key_2, Placement.COMPUTED)])
def test_a_figure_takes_its_remedy_as_one_edit(farm: Farm, key: Qt.Key, placement: Placement) -> None:
    farm.desk.do("plan.conflicts")
    edits = farm.desk.edits()
    press(key)
    assert (farm.end(farm.mount), farm.row(farm.mount).placement) == ("2026-12-08T18:00", placement)
    assert farm.desk.edits() == edits + 1
    assert page(farm).empty.isVisible()
    assert not farm.desk.window.header.conflicts.isVisible()
    farm.desk.do("edit.undo")
    assert farm.end(farm.mount) == "2026-12-03T18:00"
    assert cells(page(farm)) == [["Mount", "Dig", "FS", "3d"]]


def test_enter_takes_the_first_remedy_and_a_click_any(farm: Farm) -> None:
    farm.desk.do("plan.conflicts")
    press(Key.Key_Return)
    assert farm.end(farm.mount) == "2026-12-08T18:00"
    farm.desk.do("edit.undo")
    QTest.mouseClick(page(farm).buttons[2], Qt.MouseButton.LeftButton)
    settle()
    assert not farm.desk.plan.where(Dependency, "successor", farm.mount)


def test_a_loop_in_a_file_is_named_row_by_row_and_can_be_opened(farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = farm.desk
    with monkeypatch.context() as careless:
        careless.setattr("milestone_desktop.document.document.check", lambda plan, change_set: None)
        with desk.window.session.edit("As another program wrote it") as edit:
            edit.add(Dependency(edit.new_id(), farm.mount, farm.dig, LinkType.FS, 0, LagUnit.WORKING))
            items.create(edit, farm.project, "Sow", duration=480)
    settle()
    desk.do("plan.conflicts")
    shown = page(farm)
    assert shown.sentence.text() == (
        "A loop: “Dig” → “Mount” → “Dig”. Its links are left out, and its dates stay where they are."
    )
    assert [button.text()[4:] for button in shown.buttons] == ["Remove link “Dig” to “Mount”", "Remove link “Mount” to “Dig”"]
    assert desk.item("Sow").end is not None
    press(Key.Key_2)
    assert [row.predecessor for row in desk.plan.where(Dependency, "successor", farm.mount)] == [farm.dig]
    assert cells(shown) == [["Mount", "Dig", "FS", "3d"]]
