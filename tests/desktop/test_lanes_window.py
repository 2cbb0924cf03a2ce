"""Lanes in the window: switched by key, kept with views and projects, stepped through."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lanes_desk import (
    ALT,
    CONTROL,
    SHIFT,
    Key,
)
from pypdf import PdfReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from window_desk import OpenDesk, answer, finish_jobs, settle, type_text

from milestone_desktop.desktop.dialogs.save_view import SaveViewDialog
from milestone_desktop.desktop.pages.report import ReportPage
from milestone_desktop.desktop.words import say
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.projects import View

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


def test_lanes_are_switched_by_key_and_kept_in_a_saved_view(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    assert not window.actions_["group.next"].isEnabled()
    rows = window.roadmap.model.rowCount()
    QTest.keyClick(window, Key.Key_J, CONTROL)
    settle()
    assert window.roadmap.model.packed
    assert window.actions_["group.lanes"].isChecked()
    assert window.roadmap.model.rowCount() <= rows

    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, SaveViewDialog)
        type_text(dialog.name, "Lanes")
        dialog.accept()

    answer(give_name)
    desk.do("saved.save")
    desk.do("saved.leave")
    assert not window.roadmap.model.packed
    key_of = f"own:{next(view.id for view in desk.plan.all(View) if view.name == 'Lanes')}"
    window.show_view(key_of)
    settle()
    assert window.roadmap.model.packed
    desk.do("group.lanes")
    assert not window.roadmap.model.packed


def test_a_project_is_packed_as_it_was_left(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    desk.do("group.lanes")
    project = window.session.project_id
    window.session.show_project(None)
    assert not window.session.shown.packed
    window.session.show_project(project)
    settle()
    assert window.roadmap.model.packed
    window.session.shown.leave()
    assert window.session.kept(f"shown in project {project}")["lanes"] is True


def test_the_row_is_stepped_through_by_key(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    window.session.shown.set_grouping(("kind",))
    desk.do("group.lanes")
    window.roadmap.set_scale("day")
    settle()
    model = window.roadmap.model
    row = next(row for row in range(model.rowCount()) if len(model.shared_by(row)) > 2)
    window.session.select([model.id_at(row)])
    ids = model.shared_by(model.row_of(model.id_at(row)) or 0)
    at = ids.index(window.session.current or 0)
    QTest.keyClick(window.roadmap.table, Key.Key_PageDown, ALT)
    settle()
    assert window.session.current == ids[(at + 1) % len(ids)]
    QTest.keyClick(window.roadmap.table, Key.Key_PageUp, ALT)
    QTest.keyClick(window.roadmap.table, Key.Key_PageUp, ALT)
    settle()
    assert window.session.current == ids[(at - 1) % len(ids)]


# outside the window


def texts_in(path: Path) -> list[str]:
    """The words of an SVG file."""
    root = ElementTree.parse(path).getroot()
    return [str(element.text) for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_picture_of_the_page_follows_lanes_groups_and_filter(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    window, names = desk.window, iter(("a", "b.svg", "c.png", "work.milestones", "nowhere/d.svg"))
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(desk.folder / next(names)), "SVG pictures (*.svg)")
    )  # fmt: skip
    desk.show("roadmap")
    titles = {row.title for row in desk.plan.all(Milestone)}
    QTest.keyClick(window, Key.Key_G, CONTROL | SHIFT)
    settle()
    assert titles <= set(texts_in(desk.folder / "a.svg"))
    plain = ElementTree.parse(desk.folder / "a.svg").getroot().attrib["height"]
    QTest.keyClick(window, Key.Key_J, CONTROL)
    window.session.shown.set_grouping(("status",))
    window.session.shown.type("type:Engineering")
    settle()
    desk.do("file.picture")
    words = texts_in(desk.folder / "b.svg")
    heads = [row_id for row_id in window.roadmap.model.ids.tolist() if row_id < 0]
    assert heads
    assert {say(window.roadmap.model.rows.title_of_head(row_id)) for row_id in heads} <= set(words)
    assert float(ElementTree.parse(desk.folder / "b.svg").getroot().attrib["height"]) < float(plain)
    desk.do("file.picture")
    assert (desk.folder / "c.png").read_bytes().startswith(b"\x89PNG")
    desk.do("file.picture")
    assert (desk.folder / "work.milestones").read_bytes().startswith(b"SQLite"), (
        "an ending is added where there is none of a picture"
    )
    assert (desk.folder / "work.milestones.svg").exists()
    desk.do("file.picture")
    assert "could not be written" in window.failure.label.text()
    desk.show("milestones")
    assert not window.actions_["file.picture"].isEnabled()


def test_the_portfolio_is_saved_with_all_its_lanes(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(desk.folder / "p.svg"), ""))
    desk.window.session.show_project(None)
    settle()
    desk.show("portfolio")
    desk.do("file.picture")
    assert "Aurora" in texts_in(desk.folder / "p.svg")


def test_the_report_has_the_items_while_lanes_are_on(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    parent = next(row for row in desk.plan.all(WorkItem) if row.parent is None)
    item = next((row for row in desk.plan.all(WorkItem) if row.parent == parent.id), parent)
    desk.show("report")
    finish_jobs()
    page = window.page
    assert isinstance(page, ReportPage)
    assert page.printed is not None
    alone = page.printed.pdf
    window.session.shown.set_packed(True)
    settle()
    finish_jobs()
    assert page.printed is not None
    in_lanes = PdfReader(BytesIO(page.printed.pdf)).pages[0].extract_text()
    assert item.title in in_lanes
    assert page.printed.pdf != alone
    window.session.shown.set_packed(False)
    settle()
    finish_jobs()
    assert page.printed.pdf == alone
