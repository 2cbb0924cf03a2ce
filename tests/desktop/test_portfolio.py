"""The portfolio and the page By owner: figures, selection, keys and mouse in the picture, moving by a drag."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel
from window_desk import NOW, OpenDesk, press, settle, type_text

from milestone_desktop.chart.bands import HEADER_HEIGHT
from milestone_desktop.chart.lanes import HEAD_WIDTH
from milestone_desktop.desktop.offered_views import offered_views
from milestone_desktop.desktop.pages.owners import OwnersPage
from milestone_desktop.desktop.pages.portfolio import LanesPage, PortfolioPage
from milestone_desktop.desktop.portfolio.lanes import NOBODY, burdens, counts, load_of
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items, milestones, people, projects, views
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import ProjectStatus, ScheduleMode
from milestone_desktop.domain.instants import at, day_of
from milestone_desktop.domain.projects import Person, Project

Key = Qt.Key
DAY = NOW.date().toordinal()


@pytest.fixture
def portfolio(desk: OpenDesk) -> OpenDesk:
    """A second project, "Borealis", with three milestones beside the one from the template; the portfolio in front."""

    def add(edit: Edit) -> None:
        project = projects.create(edit, "Borealis", key="BOR")
        for title, days in (("First light", 10), ("Second light", 50), ("Past light", -20)):
            milestones.create(edit, project.id, title, at(DAY + days, 1080))

    assert desk.window.session.attempt("Add", add)
    desk.do("view.portfolio")
    return desk


def page(desk: OpenDesk) -> LanesPage:
    found = desk.window.page
    assert isinstance(found, LanesPage)
    return found


def spot(desk: OpenDesk, title: str) -> QPointF:
    """Where a milestone's mark stands in the picture."""
    picture = page(desk).picture
    picture.reveal(desk.milestone(title).id)
    settle()
    place = picture.place_of(desk.milestone(title).id)
    assert place is not None
    return place


def click(desk: OpenDesk, title: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = page(desk).picture.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, modifier, spot(desk, title).toPoint())
    settle()


def pull(desk: OpenDesk, start: QPointF, dx: float, *, escape: bool = False) -> None:
    """Drags from a place by dx pixels; Escape is pressed before the button is let go where asked for."""
    view, none, left = page(desk).picture.viewport(), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, none, start.toPoint())
    for part in (0.4, 1.0):
        to = QPointF(start.x() + dx * part, start.y())
        QApplication.sendEvent(
            view, QMouseEvent(QEvent.Type.MouseMove, to, view.mapToGlobal(to), Qt.MouseButton.NoButton, left, none)
        )
    if escape:
        QTest.keyClick(page(desk).picture, Key.Key_Escape)
    QTest.mouseRelease(view, left, none, QPointF(start.x() + dx, start.y()).toPoint())
    settle()


def test_the_picture_ends_with_a_whole_lane_until_its_height_is_chosen(portfolio: OpenDesk) -> None:
    def add(edit: Edit) -> None:
        for number in range(12):
            project = projects.create(edit, f"Site {number}", key=f"SIT{number}")
            milestones.create(edit, project.id, "Opens", at(DAY + 10, 1080))

    assert portfolio.window.session.attempt("Add", add)
    for size in ((1366, 768), (1680, 940)):
        portfolio.window.resize(*size)
        settle()
        picture = page(portfolio).picture
        assert picture.height() - HEADER_HEIGHT in [round(top) for top in picture.standing().tops]
        assert page(portfolio).view.viewport().height() >= 5 * 32
    splitter = page(portfolio).splitter
    handle = splitter.handle(1)
    place = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(handle, QPoint(place.x(), place.y() - 21))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y() - 21))
    settle()
    chosen = page(portfolio).picture.height()
    portfolio.do("view.milestones")
    portfolio.do("view.portfolio")
    assert page(portfolio).picture.height() == chosen


def test_the_portfolio_takes_the_place_of_the_roadmap_and_gives_it_back(portfolio: OpenDesk) -> None:
    window = portfolio.window
    assert window.page_name == "portfolio"
    assert [lane.head.title for lane in page(portfolio).picture.lanes] == ["Aurora", "Borealis"]
    window.session.show_project(portfolio.milestone("First light").project)
    settle()
    assert window.page_name == "roadmap"
    window.session.show_project(None)
    settle()
    assert window.page_name == "portfolio"


def test_each_lane_names_the_next_milestone_with_its_date(portfolio: OpenDesk) -> None:
    notes = {lane.head.title: lane.head.note for lane in page(portfolio).picture.lanes}
    assert notes["Borealis"] == "next 3 Nov: Past light"  # an overdue one is what comes next
    milestone = portfolio.milestone("Past light")
    portfolio.window.session.attempt("Drop", lambda edit: milestones.drop(edit, milestone.id, "not wanted"))
    settle()
    notes = {lane.head.title: lane.head.note for lane in page(portfolio).picture.lanes}
    assert notes["Borealis"] == "next 3 Dec: First light"


def test_the_figures_count_what_is_shown_and_name_archived_projects(portfolio: OpenDesk) -> None:
    session = portfolio.window.session
    before = {count.id: count.text for count in counts(session)}
    assert before["projects"] == "2 projects"
    assert "archived" not in before
    aurora = portfolio.milestone("First light").project
    session.attempt("Archive", lambda edit: projects.set_fields(edit, aurora, status=ProjectStatus.ARCHIVED))
    settle()
    after = {count.id: count.text for count in counts(session)}
    assert after["projects"] == "1 project"
    assert after["archived"] == "1 archived, not shown"
    assert [lane.head.title for lane in page(portfolio).picture.lanes] == ["Aurora"]
    assert "First light" not in portfolio.titles()


def test_a_click_selects_everywhere_and_ctrl_adds(portfolio: OpenDesk) -> None:
    click(portfolio, "First light")
    session = portfolio.window.session
    assert session.selection == (portfolio.milestone("First light").id,)
    assert [index.row() for index in page(portfolio).view.selectionModel().selectedRows()] == [
        portfolio.titles().index("First light")
    ]
    click(portfolio, "Second light", Qt.KeyboardModifier.ControlModifier)
    assert set(session.selection) == {portfolio.milestone("First light").id, portfolio.milestone("Second light").id}


def test_arrows_go_through_the_picture_and_enter_opens_the_milestone_in_its_project(portfolio: OpenDesk) -> None:
    page(portfolio).picture.setFocus()
    click(portfolio, "First light")
    press(Key.Key_Right)
    assert portfolio.window.session.current == portfolio.milestone("Second light").id
    press(Key.Key_Left)
    press(Key.Key_Left)
    assert portfolio.window.session.current == portfolio.milestone("Past light").id
    press(Key.Key_Up)
    above = portfolio.window.session.current
    assert above is not None
    assert portfolio.plan[Milestone, above].project != portfolio.milestone("Past light").project
    press(Key.Key_Down)
    press(Key.Key_Return)
    chosen = portfolio.window.session.current
    assert chosen is not None
    assert portfolio.window.page_name == "roadmap"
    assert portfolio.window.session.project_id == portfolio.plan[Milestone, chosen].project


def test_a_double_click_opens_the_milestone_in_its_project(portfolio: OpenDesk) -> None:
    place = spot(portfolio, "Second light").toPoint()
    QTest.mouseDClick(page(portfolio).picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    row = portfolio.milestone("Second light")
    assert (portfolio.window.session.project_id, portfolio.window.session.current) == (row.project, row.id)
    assert portfolio.window.page_name == "roadmap"


def test_dragging_a_mark_moves_the_milestone_by_working_days_and_undo_takes_it_back(portfolio: OpenDesk) -> None:
    before, edits = portfolio.milestone("First light"), portfolio.edits()
    start = spot(portfolio, "First light")
    pull(portfolio, start, 7 * page(portfolio).picture.axis.scale.pixels_per_day)
    after = portfolio.milestone("First light")
    assert after.end is not None
    assert before.end is not None
    assert day_of(after.end) - day_of(before.end) == 7
    assert portfolio.edits() == edits + 1
    portfolio.do("edit.undo")
    assert portfolio.milestone("First light") == before


def test_a_drag_shows_what_would_follow_before_it_is_done(portfolio: OpenDesk) -> None:
    picture, before = page(portfolio).picture, portfolio.milestone("Planning complete")
    later = portfolio.milestone("Prototype ready")
    start = spot(portfolio, "Planning complete")
    view, none, left = picture.viewport(), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, none, start.toPoint())
    days = 14
    for part in (0.5, 1.0):
        to = QPointF(start.x() + days * picture.axis.scale.pixels_per_day * part, start.y())
        QApplication.sendEvent(
            view, QMouseEvent(QEvent.Type.MouseMove, to, view.mapToGlobal(to), Qt.MouseButton.NoButton, left, none)
        )
    assert picture.drag is not None
    assert later.id in picture.drag.followers
    promised = picture.drag.followers[later.id][1]
    assert picture.drag.lines[1] == f"{len(picture.drag.followers)} more rows move"
    assert not picture.grab().isNull()
    QTest.mouseRelease(view, left, none, to.toPoint())
    settle()
    assert picture.drag is None
    assert portfolio.milestone("Planning complete") != before
    assert portfolio.milestone("Prototype ready").end == promised
    portfolio.do("edit.undo")
    assert portfolio.milestone("Prototype ready") == later


def test_escape_takes_a_drag_back(portfolio: OpenDesk) -> None:
    before = portfolio.milestone("First light")
    pull(portfolio, spot(portfolio, "First light"), 120, escape=True)
    assert portfolio.milestone("First light") == before


def test_hovering_tells_project_date_and_health(portfolio: OpenDesk) -> None:
    words = page(portfolio).picture.words_at(spot(portfolio, "First light"))
    assert words.splitlines()[:2] == ["First light, 3 Dec", "Borealis"]
    view = page(portfolio).picture.viewport()
    place = spot(portfolio, "First light").toPoint()
    assert QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))


def test_zooming_and_fitting_work_by_the_same_actions_as_on_the_roadmap(portfolio: OpenDesk) -> None:
    portfolio.do("view.scale.year")
    assert page(portfolio).scale == "year"
    assert portfolio.window.actions_["view.scale.year"].isChecked()
    portfolio.do("view.scale.week")
    portfolio.do("view.today")
    axis = page(portfolio).picture.axis
    assert abs(axis.scale.x(at(DAY, 720)) - axis.width / 2) < 3
    portfolio.do("view.fit")
    xs = [axis.scale.x(row.end) for row in portfolio.plan.all(Milestone) if row.end is not None]
    assert 0 <= min(xs) <= max(xs) <= axis.width


def test_what_is_open_comes_first_by_date(portfolio: OpenDesk) -> None:
    rows = [portfolio.plan[Milestone, row_id] for row_id in page(portfolio).model.ids]
    dated = [row.end or 0 for row in rows if row.actual_finish is None]
    assert dated == sorted(dated)
    QAbstractItemModelTester(page(portfolio).model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    portfolio.window.session.attempt("Remove", lambda edit: projects.delete(edit, portfolio.milestone("First light").project))
    settle()
    assert "First light" not in portfolio.titles()


# by owner


@pytest.fixture
def owners(portfolio: OpenDesk) -> OpenDesk:
    """Mara owns "First light" and works on two open items; "Past light" is nobody's."""

    def add(edit: Edit) -> None:
        mara = people.create(edit, "Mara")
        tomas = people.create(edit, "Tomás")
        first = next(row for row in edit.plan.all(Milestone) if row.title == "First light")
        edit.update(first, owner=mara.id)
        for number in range(2):
            item = items.create(edit, first.project, f"Grind {number}", start=at(DAY, 540), end=at(DAY, 1080))
            items.assign(edit, item.id, [mara.id, tomas.id] if number else [mara.id])

    assert portfolio.window.session.attempt("Add", add)
    portfolio.do("view.owners")
    return portfolio


def rows_of(desk: OpenDesk) -> list[tuple[str, str]]:
    model = page(desk).model
    return [(str(model.index(row, 0).data()), str(model.index(row, 1).data())) for row in range(model.rowCount())]


def test_an_item_of_two_people_stands_with_both_and_is_one_thing(owners: OpenDesk) -> None:
    assert isinstance(page(owners), OwnersPage)
    shown = rows_of(owners)
    assert ("Mara", "Grind 1") in shown
    assert ("Tomás", "Grind 1") in shown
    assert ("Mara", "First light") in shown
    assert ("Nobody", "Past light") in shown
    page(owners).view.selectRow(shown.index(("Mara", "Grind 1")))
    settle()
    assert owners.window.session.selection == (owners.item("Grind 1").id,)
    selected = {index.row() for index in page(owners).view.selectionModel().selectedRows()}
    assert selected == {shown.index(("Mara", "Grind 1")), shown.index(("Tomás", "Grind 1"))}


def test_done_items_leave_the_page(owners: OpenDesk) -> None:
    session = owners.window.session
    done = next(state for state in session.facts.states_for(owners.item("Grind 0").project) if state.group.value == "Done")
    session.attempt("Done", lambda edit: items.set_status(edit, owners.item("Grind 0").id, done.id))
    settle()
    assert "Grind 0" not in [title for _who, title in rows_of(owners)]
    owners.do("edit.undo")
    assert "Grind 0" in [title for _who, title in rows_of(owners)]


def test_the_load_counts_what_ends_in_each_week(owners: OpenDesk) -> None:
    carried = burdens(owners.window.session)
    mara = next(row.id for row in owners.plan.all(Person) if row.name == "Mara")
    assert sum(count for _day, count in load_of(carried[mara].open())) == 3
    assert all(date.fromordinal(day).weekday() == 0 for day, _count in load_of(carried[mara].open()))
    assert NOBODY in carried


def test_a_date_is_changed_in_the_table_by_the_keyboard(owners: OpenDesk) -> None:
    shown = rows_of(owners)
    view, model = page(owners).view, page(owners).model
    section = [column.id for column in model.columns].index("dates")
    view.setFocus()
    view.setCurrentIndex(model.index(shown.index(("Mara", "First light")), section))
    press(Key.Key_F2)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "18 dec")
    QTest.keyClick(focused, Key.Key_Return)
    settle()
    end = owners.milestone("First light").end
    assert end is not None
    assert day_of(end) == date(2026, 12, 18).toordinal()


def test_the_pictures_keep_inside_their_place(portfolio: OpenDesk) -> None:
    picture = page(portfolio).picture
    assert isinstance(page(portfolio), PortfolioPage)
    assert portfolio.plan.count(Project) == 2
    assert portfolio.plan.count(WorkItem) > 0
    assert {project.mode for project in portfolio.plan.all(Project)} <= set(ScheduleMode)
    place = spot(portfolio, "Second light")
    assert HEAD_WIDTH <= place.x() <= picture.viewport().width()
    assert HEADER_HEIGHT <= place.y() <= picture.viewport().height()


# by the filter


def type_filter(desk: OpenDesk, text: str) -> None:
    desk.do("edit.filter")
    type_text(desk.window.tools.search, text)
    press(Key.Key_Return)


def marks(desk: OpenDesk) -> dict[str, list[str]]:
    """The titles of the marks in each lane of the picture."""
    titles = {row.id: row.title for row in desk.plan.all(Milestone)}
    return {lane.head.title: [titles[mark.id] for mark in lane.marks] for lane in page(desk).picture.lanes}


def told(desk: OpenDesk) -> list[str]:
    """The words of the chip row."""
    return [label.text() for label in desk.window.chips.findChildren(QLabel) if label.isVisible()]


def test_picture_and_table_go_by_a_typed_filter_and_the_chips_count_what_it_hides(portfolio: OpenDesk) -> None:
    everything, lanes = portfolio.titles(), marks(portfolio)
    type_filter(portfolio, "light -past")
    assert sorted(portfolio.titles()) == ["First light", "Second light"]
    assert marks(portfolio) == {"Borealis": ["First light", "Second light"]}, "a project of which nothing is kept has no lane"
    hidden = len(everything) - 2
    assert f"{hidden} rows hidden" in told(portfolio)
    assert f"{hidden} hidden by the filter" in portfolio.window.status.rows.text()
    press(Key.Key_Right)  # the keys go through what is shown
    assert portfolio.window.session.current in (None, *page(portfolio).model.ids)
    QTest.mouseClick(portfolio.window.chips.chips()[1], Qt.MouseButton.LeftButton)
    settle()
    assert marks(portfolio) == {"Borealis": ["Past light", "First light", "Second light"]}
    portfolio.do("filter.clear")
    assert (portfolio.titles(), marks(portfolio)) == (everything, lanes)


def test_quick_and_built_filters_work_there_too_and_follow_edits(portfolio: OpenDesk) -> None:
    portfolio.do("filter.open")
    type_filter(portfolio, "status:open light")
    row = portfolio.milestone("First light")
    portfolio.window.session.attempt("Drop", lambda edit: milestones.drop(edit, row.id, "not wanted"))
    settle()
    assert marks(portfolio) == {"Borealis": ["Past light", "Second light"]}
    assert portfolio.titles() == ["Past light", "Second light"]
    portfolio.do("edit.undo")
    assert marks(portfolio) == {"Borealis": ["Past light", "First light", "Second light"]}
    type_filter(portfolio, "project:BOR due<30d")
    assert marks(portfolio) == {"Borealis": ["Past light", "First light"]}


def test_the_portfolio_has_a_filter_of_its_own_that_by_owner_shares(owners: OpenDesk) -> None:
    whole = rows_of(owners)
    type_filter(owners, "owner:mara")
    assert rows_of(owners) == [row for row in whole if row[0] == "Mara" or row[1] == "Grind 1"]
    assert list(marks(owners)) == ["Mara", "Tomás"]
    note = page(owners).picture.lanes[1].head.note
    assert note == "open: 0 milestones, 1 item", "a lane counts what is shown in it"
    assert f"{len(whole) - len(rows_of(owners))} rows hidden" in told(owners)
    owners.do("view.portfolio")
    assert portfolio_titles(owners) == ["First light"]
    owners.window.session.show_project(owners.milestone("First light").project)
    settle()
    assert not owners.window.session.shown.filtering


def portfolio_titles(desk: OpenDesk) -> list[str]:
    return [title for titles in marks(desk).values() for title in titles]


def test_a_saved_view_of_the_portfolio_brings_filter_and_scale_back(portfolio: OpenDesk) -> None:
    type_filter(portfolio, "light")
    portfolio.do("view.scale.year")
    portfolio.window.session.attempt("Save", lambda edit: views.create(edit, "Lights", portfolio.window.view_definition()))
    portfolio.do("filter.clear")
    portfolio.do("view.scale.week")
    assert len(marks(portfolio)) == 2
    key = next(view.key for view in offered_views(portfolio.window.session) if view.title == "Lights")
    portfolio.window.show_view(key)
    settle()
    assert portfolio.window.page_name == "portfolio"
    assert (page(portfolio).scale, list(marks(portfolio))) == ("year", ["Borealis"])


def test_a_lane_whose_milestones_have_no_dates_names_the_next_one(desk: OpenDesk) -> None:
    session = desk.window.session

    def lay_out(edit: Edit) -> None:
        project = projects.create(edit, "Ideas", key="IDE", mode=ScheduleMode.RECORDED)
        milestones.create(edit, project.id, "Someday", None)

    assert session.attempt("Add", lay_out), "beside a computed project, too"
    desk.do("view.portfolio")
    notes = {lane.head.title: lane.head.note for lane in page(desk).picture.lanes}
    assert notes["Ideas"] == "next: Someday, without a date"
