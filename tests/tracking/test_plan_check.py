"""The fourteen points and the milestone lint: what is counted, what passes, what cannot be told, and what mends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import activities, dependencies, items, mending, milestones, people, projects
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.checks import Check, Remedy
from milestone_desktop.domain.enums import ConstraintType, LinkType, MilestoneKind
from milestone_desktop.domain.instants import Instant, instant
from milestone_desktop.domain.lint import lint
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.plan_check import Order, fourteen_points

NOW = datetime(2026, 11, 24, 10, 30)
TODAY = NOW.toordinal()
DAY = 480


@pytest.fixture
def document() -> Document:
    """Three tasks in a row before a milestone, of which the first is done."""
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        mara = people.create(edit, "Mara")
        project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 11, 16, 9))
        rows = []
        for title, first, last in (("A", 16, 20), ("B", 23, 27), ("C", 30, 30)):
            row = items.create(
                edit, project.id, title, start=instant(2026, 11, first, 9), end=instant(2026, 11, last, 18),
                duration=(last - first + 1) * DAY,
            )  # fmt: skip
            items.assign(edit, row.id, [mara.id])
            rows.append(row)
        ready = milestones.create(edit, project.id, "Ready", instant(2026, 11, 30, 18), owner=mara.id)
        for before, after in zip(rows, [*rows[1:], ready], strict=True):
            dependencies.add(edit, before.id, after.id)
        items.set_progress(edit, rows[0].id, 100)
    return document


def item(document: Document, title: str) -> WorkItem:
    return next(row for row in document.plan.all(WorkItem) if row.title == title)


def points(document: Document, baseline: dict[int, Instant] | None = None, *, scheduled: bool = True) -> dict[str, Check]:
    project = next(iter(document.plan.all(Project)))
    schedule = document.schedule() if scheduled else None
    order = Order(document.plan, project, TODAY, WorkTimes(document.plan), schedule, baseline)
    return {check.name: check for check in fourteen_points(order)}


def lacks(document: Document) -> dict[str, Check]:
    project = next(iter(document.plan.all(Project)))
    return {check.name: check for check in lint(document.plan, project, WorkTimes(document.plan))}


def counted(check: Check) -> tuple[float, float, bool | None]:
    return check.found, check.of, check.passed


def test_there_are_fourteen_each_with_what_was_counted(document: Document) -> None:
    found = points(document)
    assert list(found) == [f"dcma-{number}" for number in range(1, 15)]
    assert counted(found["dcma-1"]) == (0, 2, True)  # B and C are open, both have predecessor and successor
    assert all(check.of > 0 or check.unknown is not None for check in found.values())


def test_logic_and_types_count_what_stands_in_the_plan(document: Document) -> None:
    with document.edit("Add") as edit:
        alone = items.create(edit, item(document, "A").project, "Alone", duration=DAY)
        items.create(edit, alone.project, "Parent")
        last = dependencies.add(edit, item(document, "B").id, alone.id)
        dependencies.change(edit, last.id, type=LinkType.SS, lag=-DAY)
    found = points(document)
    assert [(str(one.text), one.remedy) for one in found["dcma-1"].findings] == [
        ("“Alone” has no successor", Remedy.ADD_SUCCESSOR), ("“Parent” has no predecessor", Remedy.ADD_PREDECESSOR),
    ]  # fmt: skip
    assert counted(found["dcma-2"]) == (1, 4, False)
    assert counted(found["dcma-3"]) == (0, 4, True)
    assert counted(found["dcma-4"]) == (3, 4, False)
    with document.edit("Mend") as edit:
        mending.mend(edit, found["dcma-2"].findings[0])
        mending.mend(edit, found["dcma-4"].findings[0])
    link = document.plan[Dependency, last.id]
    assert (link.type, link.lag) == (LinkType.FS, 0)
    assert points(document)["dcma-4"].passed


def test_constraints_durations_and_resources(document: Document) -> None:
    with document.edit("Change") as edit:
        activities.set_fields(
            edit, [item(document, "C").id], constraint=ConstraintType.MSO, constraint_date=instant(2026, 11, 30, 9)
        )
        activities.set_fields(edit, [item(document, "B").id], duration=45 * DAY)
        items.assign(edit, item(document, "B").id, [])
    found = points(document)
    assert counted(found["dcma-5"]) == (1, 2, False)
    assert [str(one.text) for one in found["dcma-8"].findings] == ["“B” takes 45d"]
    assert counted(found["dcma-10"]) == (1, 2, False)
    with pytest.raises(PlanError, match="who you are"), document.edit("Mend") as edit:
        mending.mend(edit, found["dcma-10"].findings[0])
    with document.edit("Mend") as edit:
        mending.mend(edit, found["dcma-5"].findings[0])
    assert item(document, "C").constraint is ConstraintType.ASAP


def test_dates_that_cannot_be(document: Document) -> None:
    with document.edit("Change") as edit:
        edit.update(item(document, "C"), actual_start=instant(2026, 12, 1, 9))
    found = points(document)["dcma-9"]
    assert [(str(one.text), one.remedy) for one in found.findings] == [
        ("“B” is planned before the status date and has not happened", Remedy.TO_STATUS_DATE),
        ("“C” has an actual date after the status date", Remedy.NO_ACTUAL),
    ]
    with document.edit("Mend") as edit:
        for finding in found.findings:
            mending.mend(edit, finding)
    assert item(document, "B").start == instant(2026, 11, 24, 9)
    assert item(document, "C").actual_start is None
    assert points(document)["dcma-9"].passed


def test_without_a_baseline_three_points_cannot_be_told(document: Document) -> None:
    found = points(document)
    for name in ("dcma-11", "dcma-13", "dcma-14"):
        assert (found[name].passed, str(found[name].unknown)) == (None, "no baseline is in force")


def test_against_a_baseline(document: Document) -> None:
    ends = {item(document, "A").id: instant(2026, 11, 18, 18), item(document, "B").id: instant(2026, 11, 23, 18)}
    found = points(document, ends)
    assert counted(found["dcma-11"]) == (2, 2, False)  # A was finished later, B is not finished
    assert counted(found["dcma-14"]) == (1, 3, False)  # C is missing in the baseline and counts as wanted
    assert counted(found["dcma-13"]) == (-1, 4, False)  # 24 to 30 Nov, promised for 23 Nov
    on_time = {row.id: row.end for row in document.plan.all(WorkItem) if row.end is not None}
    on_time[next(iter(document.plan.all(Milestone))).id] = instant(2026, 11, 30, 18)
    found = points(document, on_time)
    assert counted(found["dcma-11"]) == (0, 1, True)
    assert counted(found["dcma-13"]) == (4, 4, True)
    assert counted(found["dcma-14"]) == (1, 1, True)


def test_the_critical_path_carries_a_delay_through_to_the_finish(document: Document) -> None:
    check = points(document)["dcma-12"]
    assert check.passed
    assert check.found >= 600


def test_slack_needs_a_schedule(document: Document) -> None:
    found = points(document, scheduled=False)
    for name in ("dcma-6", "dcma-7"):
        assert (found[name].passed, str(found[name].unknown)) == (None, "the plan cannot be scheduled")
    assert counted(points(document)["dcma-7"]) == (0, 2, True)


def test_lint_finds_each_lack_and_mends_it(document: Document) -> None:
    project = next(iter(document.plan.all(Project)))
    with document.edit("Add") as edit:
        people.set_me(edit, next(iter(people_in(document))))
        milestones.create(edit, project.id, "Undated")
        milestones.create(edit, project.id, "Sunday", instant(2026, 12, 6, 18))
        milestones.create(edit, project.id, "Test", instant(2026, 12, 9, 18), kind=MilestoneKind.UAT)
        items.create(edit, project.id, "Stray", start=instant(2026, 12, 1, 9), end=instant(2026, 12, 1, 18), duration=DAY)
    found = lacks(document)
    told = {name: [str(one.text) for one in check.findings] for name, check in found.items()}
    assert told["no-date"] == ["“Undated” has no date"]
    assert told["no-owner"] == ["“Undated” has no owner", "“Sunday” has no owner", "“Test” has no owner"]
    assert told["no-predecessor"] == [
        f"“{title}” has no predecessor and no work items" for title in ("Undated", "Sunday", "Test")
    ]
    assert told["no-criteria"] == ["“Test” has no acceptance criteria"]
    assert told["day-off"] == ["“Sunday” is on 2026-12-06, a day off"]
    assert len(told["no-target"]) == 3
    assert told["orphan"] == ["“Stray” counts for no milestone, and nothing follows it"]
    with document.edit("Mend") as edit:
        for name in ("no-owner", "day-off", "no-target", "orphan"):
            for finding in found[name].findings:
                mending.mend(edit, finding)
    again = lacks(document)
    assert [name for name, check in again.items() if not check.passed] == ["no-date", "no-predecessor", "no-criteria"]
    assert next(row for row in document.plan.all(Milestone) if row.title == "Sunday").end == instant(2026, 12, 4, 18)


def people_in(document: Document) -> list[int]:
    return [row.id for row in document.plan.all(Person)]


def test_from_after_to_is_found_in_plans_that_came_from_elsewhere(document: Document) -> None:
    row = next(iter(document.plan.all(Milestone)))
    document.plan.put(replace(row, start=instant(2026, 12, 24, 9)))
    assert [str(one.text) for one in lacks(document)["from-after-to"].findings] == ["“Ready” opens after its date, 2026-11-30"]
