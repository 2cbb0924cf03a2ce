"""One health everywhere: table, inspector, header, sidebar, list and report."""

from __future__ import annotations

import json
from datetime import date

import pytest
from window_desk import OpenDesk, finish_jobs, settle

from milestone_desktop.desktop.inspector.milestone import MilestonePanel
from milestone_desktop.desktop.pages.report import ReportPage
from milestone_desktop.desktop.report_work import order_for
from milestone_desktop.desktop.sidebar import ENTRY
from milestone_desktop.desktop.words import LocaleDates, say
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, dependencies, milestones, projects, targets
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.health import assess
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.listing import listing
from milestone_desktop.reports.status import status_report

TITLE = "Ship flies"


@pytest.fixture
def moved(desk: OpenDesk) -> Milestone:
    """A milestone of a project of its own, promised for much later, moved later once."""
    made: list[int] = []
    session = desk.window.session

    def add(edit: Edit) -> None:
        project = projects.create(edit, "Borealis", key="BOR")
        made.append(project.id)
        row = milestones.create(edit, project.id, TITLE, (date(2027, 3, 1).toordinal()) * 1440 + 1080)
        targets.promise(edit, row, (date(2027, 6, 1).toordinal()) * 1440 + 1080)

    assert session.attempt("Add", add)
    session.show_project(made[0])
    settle()
    move(desk)
    return desk.milestone(TITLE)


def move(desk: OpenDesk) -> None:
    row = desk.milestone(TITLE)
    assert desk.window.session.attempt("Move", lambda edit: dates.move(edit, [row.id], 5))
    settle()


def in_table(desk: OpenDesk) -> str:
    desk.show("milestones")
    page = desk.table()
    section = [column.id for column in page.model.columns].index("health")
    row = page.model.row_of(desk.milestone(TITLE).id)
    assert row is not None
    return str(page.model.index(row, section).data())


def in_inspector(desk: OpenDesk) -> str:
    desk.show("milestones")
    desk.select(desk.milestone(TITLE))
    panel = desk.window.inspector.panel
    assert isinstance(panel, MilestonePanel)
    return panel.health.text()


def in_sidebar(desk: OpenDesk) -> Health:
    entries = [desk.window.sidebar.list.item(row).data(ENTRY) for row in range(desk.window.sidebar.list.count())]
    return next(entry.health for entry in entries if entry.text == "Borealis")


def in_list(desk: OpenDesk) -> str:
    document = desk.window.session.document
    data = json.loads(json.dumps(listing(document.plan, document.receipts(), document.today, document.schedule())))
    rows = [row for project in data["projects"] for row in project["milestones"]]
    return next(row["health"] for row in rows if row["title"] == TITLE)


def in_report(desk: OpenDesk) -> str:
    session = desk.window.session
    order = order_for(session, session.project_id or 0, 96)
    report = status_report(
        order.plan, order.project, today=order.today, receipts=order.receipts, figures=order.figures, dates=order.dates
    )
    return next(figure["value"] for figure in report.data["figures"] if figure["label"] == "health")


def reasons_in_report(desk: OpenDesk) -> list[str]:
    session = desk.window.session
    order = order_for(session, session.project_id or 0, 96)
    row = next(row for row in order.plan.all(Milestone) if row.title == TITLE)
    figures = order.figures[row.id]
    return [say(reason) for reason in assess(order.plan, row, WorkTimes(order.plan), order.today, figures).reasons]


def everywhere(desk: OpenDesk) -> set[str]:
    """The words that the places use."""
    told = {in_table(desk), in_inspector(desk), desk.window.header.health.text()}
    return {text.split(" ", 1)[1] for text in told} | {in_sidebar(desk).value, in_list(desk), in_report(desk)}


def test_a_milestone_that_moved_later_twice_is_at_risk_everywhere_and_no_longer_after_undo(
    desk: OpenDesk, moved: Milestone
) -> None:
    assert everywhere(desk) == {"On track"}
    move(desk)
    assert everywhere(desk) == {"At risk"}
    desk.window.session.undo()
    settle()
    assert everywhere(desk) == {"On track"}
    desk.window.session.redo()
    settle()
    assert everywhere(desk) == {"At risk"}


def test_too_little_slack_to_a_deadline_puts_a_milestone_at_risk_everywhere_with_the_same_words(
    desk: OpenDesk, moved: Milestone
) -> None:
    session, day = desk.window.session, moved.end or 0
    assert session.attempt("End", lambda edit: milestones.create(edit, moved.project, "End", day + 28 * 1440))
    for later, told in (
        (3 * 1440, "only 3d of slack, and it has a deadline; the threshold is 5d"),
        (-3 * 1440, "its slack is negative: -1d"),
    ):
        assert session.attempt("Promise", lambda edit, later=later: activities.set_fields(edit, [moved.id], deadline=day + later))
        settle()
        assert everywhere(desk) == {"At risk"}
        words = [say(reason) for reason in session.facts.assessment(desk.milestone(TITLE)).reasons]
        assert words == [told]
        assert words == reasons_in_report(desk)
        panel = desk.window.inspector.panel
        assert isinstance(panel, MilestonePanel)
        assert panel.reasons.text() == f"· {told}"
    assert session.attempt("Promise", lambda edit: activities.set_fields(edit, [moved.id], deadline=None))
    assert everywhere(desk) == {"On track"}


def test_a_deadline_further_on_takes_away_the_slack_of_what_leads_to_it(desk: OpenDesk, moved: Milestone) -> None:
    """Nothing of the milestone itself changes, not even its date; only its slack does."""
    session, day = desk.window.session, moved.end or 0
    made: list[int] = []

    def add(edit: Edit) -> None:
        made[:] = [milestones.create(edit, moved.project, "At sea", day + 7 * 1440).id]
        dependencies.add(edit, moved.id, made[0], lag=5 * 480)

    assert session.attempt("Add", add)
    assert everywhere(desk) == {"On track"}
    assert session.attempt("Promise", lambda edit: activities.set_fields(edit, made, deadline=day + 5 * 1440))
    settle()
    assert everywhere(desk) == {"At risk"}
    assert reasons_in_report(desk) == ["its slack is negative: -1d"]


def test_the_journal_is_read_once_and_not_after_each_edit(
    desk: OpenDesk, moved: Milestone, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.window.session.document
    desk.show("roadmap")
    reads: list[object] = []
    whole = document.storage.receipts
    monkeypatch.setattr(document.storage, "receipts", lambda milestone=None: reads.append(milestone) or whole(milestone))
    move(desk)
    desk.window.session.undo()
    settle()
    assert None not in reads


def test_renaming_an_item_leaves_sidebar_and_header_alone(desk: OpenDesk) -> None:
    session = desk.window.session
    touched: list[frozenset[int]] = []
    session.projects_touched.connect(touched.append)
    item = next(iter(desk.plan.activities_where("parent", None)))
    work = next(row for row in desk.plan.activities() if row.id != item.id and not isinstance(row, Milestone))
    session.attempt("Rename", lambda edit: activities.rename(edit, work.id, work.title + "!"))
    linked = session.facts.milestones_of(work)
    assert touched == ([] if not linked else [frozenset({work.project})])


def test_the_preview_writes_days_as_the_window_does(desk: OpenDesk) -> None:
    desk.show("report")
    finish_jobs()
    page = desk.window.page
    assert isinstance(page, ReportPage)
    assert page.printed is not None
    day, words = date(2026, 12, 4).toordinal(), LocaleDates()
    assert (words.day_month(day), words.full_date(day)) == ("4 Dec", "4 Dec 2026")
    assert (words.month(12), words.month_year(2026, 12), words.weekday(day)) == ("Dec", "Dec 2026", "Fri")
