"""Scenarios in the window: under their project, and nowhere among the projects."""

from __future__ import annotations

from window_desk import OpenDesk, settle

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import people, scenarios
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
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
    told = desk.window.done_label.text()
    desk.show("milestones")
    titles = desk.titles()
    scenario = try_out(desk)
    assert [(entry.kind, entry.text) for entry in sidebar.entries()] == [
        ("portfolio", "Portfolio"),
        ("section", "Projects"),
        ("project", "Aurora"),
        ("scenario", "Aurora, later"),
    ]
    assert sidebar.list.count() == 4
    assert desk.window.done_label.text() == told
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
    assert sidebar.list.count() == 3
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
