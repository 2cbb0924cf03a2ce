"""Each rule refuses what it should, in words, and lets through what it should."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_plan import CALENDAR, DONE, FIVE_DAYS, HOURS, NEW, PROJECT, SmallPlan, at_17

from milestone_desktop.domain.activities import (
    Assignment,
    Dependency,
    Milestone,
    MilestoneLink,
    WorkItem,
)
from milestone_desktop.domain.enums import LinkType, MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import day_from_iso, instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project, WorkflowState


@pytest.fixture
def small() -> SmallPlan:
    return SmallPlan()


def refused(small: SmallPlan, new, old=None, *, match: str) -> None:
    with pytest.raises(PlanError, match=match) as caught:
        small.change((old, new))
    assert caught.value.hint is not None
    assert "{" not in caught.value.text()


def accepted(small: SmallPlan, new, old=None) -> None:
    small.change((old, new))


# references


def test_what_is_referred_to_must_be_there(small):
    refused(small, Milestone(50, 999, "x", code="M"), match="refers to something that is not in the plan")
    refused(small, WorkItem(51, PROJECT, "x", number=1), match="has no status")
    refused(small, WorkItem(52, PROJECT, "x", number=1, status=NEW, parent=999), match=r"\(parent\)")
    refused(small, WorkItem(53, PROJECT, "x", number=1, status=NEW, reporter=PROJECT), match=r"\(reporter\)")
    refused(small, Project(54, "P", "x", 999), match="has no calendar")
    refused(small, Dependency(55, 998, 999), match="predecessor")
    refused(small, Milestone(56, PROJECT, "x", code="M", parent=PROJECT), match=r"\(parent\)")


def test_what_is_in_use_cannot_go(small):
    item = small.item("Dig")
    refused_delete = [(small.plan[WorkflowState, NEW], "Dig"), (small.plan[Project, PROJECT], "Dig")]
    for row, user in refused_delete:
        with pytest.raises(PlanError, match=f"still in use by “{user}”"):
            small.change((row, None))
        small.put(row)
    small.change((item, None))
    small.change((small.plan[WorkflowState, NEW], None))


def test_untouched_faults_do_not_stand_in_the_way(small):
    bad = small.put(WorkItem(50, PROJECT, "", parent=999, start=10, end=5, status=999))
    with pytest.raises(KeyError):
        _ = small.plan[WorkflowState, bad.status]
    other = small.item()
    accepted(small, replace(other, title="Renamed"), other)


# projects


@pytest.mark.parametrize("key", ["", "a", "aur", "1A", "A B", "ABCDEFGHIJK", "Ä", "A-1", "A\n"])
def test_keys_that_are_refused(small, key):
    refused(small, Project(50, key, "x", CALENDAR), match="cannot be a project key")


@pytest.mark.parametrize("key", ["A", "AUR2", "ABCDEFGHIJ"])
def test_keys_that_are_taken(small, key):
    accepted(small, Project(50, key, "x", CALENDAR))


def test_a_key_is_unique_among_keys_and_aliases(small):
    refused(small, Project(50, "AUR", "x", CALENDAR), match="key of project “Aurora”")
    small.plan.discard(Project, 50)
    mine = small.plan[Project, PROJECT]
    accepted(small, replace(mine, key="NEW", aliases=("AUR",)), mine)
    refused(small, Project(51, "AUR", "x", CALENDAR), match="The key AUR is or was")
    refused(small, Project(51, "OTH", "x", CALENDAR, aliases=("NEW",)), match="The key NEW is or was")


@pytest.mark.parametrize(
    "fields",
    [
        {"minutes_per_day": 0},
        {"minutes_per_day": 1441, "minutes_per_week": 9000},
        {"minutes_per_week": 479},
        {"days_per_month": 0},
        {"day_start": -1},
        {"chance_threshold": 101},
        {"tolerance": -1},
    ],
)
def test_project_figures(small, fields):
    mine = small.plan[Project, PROJECT]
    refused(small, replace(mine, **fields), mine, match="make[s]? no sense")


def test_project_dates(small):
    mine = small.plan[Project, PROJECT]
    refused(small, replace(mine, status_date=5), mine, match="1900–2200")
    refused(small, replace(mine, start=instant(2500, 1, 1)), mine, match="1900–2200")
    accepted(small, replace(mine, status_date=day_from_iso("2026-11-24"), start=at_17(2026, 1, 5)), mine)


def test_one_baseline_in_force(small):
    first = small.put(Baseline(50, PROJECT, "One", 1, 0, "", in_force=True))
    accepted(small, Baseline(51, PROJECT, "Two", 2, 0, ""))
    refused(small, Baseline(52, PROJECT, "Three", 3, 0, "", in_force=True), match="“One” is in force already")
    small.plan.discard(Baseline, 52)
    second = small.plan[Baseline, 51]
    small.change((first, replace(first, in_force=False)), (second, replace(second, in_force=True)))


# activities


@pytest.mark.parametrize("title", ["", "   ", "\t"])
def test_titles_are_needed(small, title):
    refused(small, WorkItem(50, PROJECT, title, number=1, status=NEW), match="A title is needed")
    mine = small.plan[Project, PROJECT]
    refused(small, replace(mine, title=title), mine, match="A title is needed")


def test_titles_have_an_end(small):
    accepted(small, WorkItem(50, PROJECT, "x" * 500, number=1, status=NEW))
    refused(small, WorkItem(51, PROJECT, "x" * 501, number=2, status=NEW), match="501 characters, 500 at the most")


def test_start_not_after_end(small):
    item = small.item()
    refused(small, replace(item, start=at_17(2026, 1, 6), end=at_17(2026, 1, 5)), item, match="before it starts")
    accepted(small, replace(item, start=at_17(2026, 1, 6), end=at_17(2026, 1, 6)), item)


def test_years(small):
    milestone = small.milestone()
    refused(small, replace(milestone, end=instant(1899, 12, 31)), milestone, match="1900–2200")
    refused(small, replace(milestone, target=instant(2201, 1, 1, 0, 1)), milestone, match="1900–2200")
    refused(small, replace(milestone, deadline=instant(3000, 1, 1)), milestone, match="1900–2200")
    accepted(small, replace(milestone, end=instant(1900, 1, 1), target=instant(2200, 12, 31, 24)), milestone)


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"progress": -1}, "progress"),
        ({"progress": 101}, "101 %"),
        ({"duration": -1}, "below zero"),
        ({"remaining": -1}, "below zero"),
        ({"estimate": -5}, "below zero"),
        ({"logged": -5}, "below zero"),
        ({"pessimistic": -5}, "below zero"),
        ({"number": 0}, "has no number"),
    ],
)
def test_figures_of_an_item(small, fields, match):
    item = small.item()
    refused(small, replace(item, **fields), item, match=match)


def test_codes_and_numbers_are_unique_in_their_project(small):
    small.put(Project(60, "OTH", "Other", CALENDAR))
    small.milestone("First", code="M1")
    small.item("First item", number=1)
    refused(small, Milestone(50, PROJECT, "x", code="M1"), match="belongs to milestone “First” already")
    refused(small, Milestone(50, PROJECT, "x", code=" "), match="needs a code")
    small.plan.discard(Milestone, 50)
    accepted(small, Milestone(51, 60, "x", code="M1"))
    refused(small, WorkItem(52, PROJECT, "x", number=1, status=NEW), match="belongs to work item “First item” already")
    small.plan.discard(WorkItem, 52)
    accepted(small, WorkItem(53, 60, "x", number=1, status=NEW))


def test_states_belong_to_the_items_project(small):
    small.put(Project(60, "OTH", "Other", CALENDAR))
    small.put(WorkflowState(61, "Theirs", StateGroup.NEW, project=60))
    refused(small, WorkItem(50, PROJECT, "x", number=1, status=61), match="“Theirs” of “x” belongs to another project")
    accepted(small, WorkItem(51, 60, "x", number=1, status=61))


def test_completed_and_having_an_actual_date_are_the_same(small):
    milestone = small.milestone()
    done = MilestoneStatus.COMPLETED
    refused(small, replace(milestone, status=done), milestone, match="without an actual date")
    refused(small, replace(milestone, actual_finish=at_17(2026, 1, 5)), milestone, match="but is not Completed")
    accepted(small, replace(milestone, status=done, actual_finish=at_17(2026, 1, 5)), milestone)


def test_dropping_needs_a_reason(small):
    milestone = small.milestone()
    refused(small, replace(milestone, dropped=740_000), milestone, match="dropped with a reason")
    accepted(small, replace(milestone, dropped=740_000, dropped_reason="no money"), milestone)


def test_parents(small):
    epic, other = small.item("Epic"), small.item("Other")
    story = small.item("Story", parent=epic.id)
    refused(small, replace(epic, parent=story.id), epic, match="“Epic” cannot be under itself")
    small.put(epic)
    refused(small, replace(epic, parent=epic.id), epic, match="cannot be under itself")
    small.put(epic)
    accepted(small, replace(other, parent=story.id), other)
    small.put(Project(60, "OTH", "Other", CALENDAR))
    refused(small, WorkItem(50, 60, "x", number=1, status=NEW, parent=epic.id), match="belongs to another project")
    small.plan.discard(WorkItem, 50)
    refused(small, replace(epic, project=60), epic, match="belongs to another project")


def test_two_parents_turned_in_one_edit(small):
    a = small.item("A")
    b = small.item("B", parent=a.id)
    small.change((b, replace(b, parent=None)), (a, replace(a, parent=b.id)))
    with pytest.raises(PlanError, match="under itself"):
        small.change((replace(b, parent=None), b))


# what binds activities


def test_dependencies(small):
    a, b = small.item("A"), small.item("B")
    accepted(small, Dependency(50, a.id, b.id))
    refused(small, Dependency(51, a.id, b.id), match="“A” → “B” .FS. is linked already")
    small.plan.discard(Dependency, 51)
    accepted(small, Dependency(52, a.id, b.id, LinkType.SS))
    refused(small, Dependency(53, a.id, a.id), match="“A” cannot depend on itself")


def test_no_dependency_on_what_contains_it(small):
    epic = small.item("Epic")
    story = small.item("Story", parent=epic.id)
    task = small.milestone("Task", parent=story.id)
    refused(small, Dependency(50, epic.id, task.id), match="“Epic” contains “Task”")
    refused(small, Dependency(50, task.id, epic.id), match="“Epic” contains “Task”")
    accepted(small, Dependency(50, task.id, epic.id, source="mspdi:7"))


def test_links_and_assignments_once(small):
    milestone, item = small.milestone("Gate"), small.item("Work")
    person = small.put(Person(60, "Ada"))
    accepted(small, MilestoneLink(50, milestone.id, item.id))
    refused(small, MilestoneLink(51, milestone.id, item.id), match="“Work” is linked to milestone “Gate” already")
    accepted(small, Assignment(52, item.id, person.id))
    refused(small, Assignment(53, item.id, person.id), match="assigned to “Work” already")


# calendars


@pytest.mark.parametrize(
    "shifts", [((600, 600),), ((600, 500),), ((-1, 5),), ((600, 2881),), ((500, 600), (599, 700)), ((1440, 1500),)]
)
def test_hours_that_make_no_sense(small, shifts):
    refused(small, Calendar(50, "Odd", (shifts,) + (None,) * 6), match="working hours of “Odd”")
    refused(small, CalendarException(51, CALENDAR, "Odd day", 740_000, 740_000, shifts), match="working hours of “Odd day”")


def test_calendars(small):
    accepted(small, Calendar(50, "Night", (((1320, 1800),),) + (None,) * 6, base=CALENDAR))
    base = small.plan[Calendar, CALENDAR]
    refused(small, replace(base, base=50), base, match="“Standard” would be based on itself")
    refused(small, Calendar(51, "Short", FIVE_DAYS[:6]), match="has 6 days")
    refused(small, Calendar(52, " ", FIVE_DAYS), match="A title is needed")


def test_exceptions(small):
    day = day_from_iso("2026-12-24")
    accepted(small, CalendarException(50, CALENDAR, "Eve", day, day, HOURS))
    refused(small, CalendarException(51, CALENDAR, "Eve", day, day - 1), match="would end before it begins")
    refused(small, CalendarException(52, CALENDAR, "Eve", 5, day), match="1900–2200")
    refused(small, CalendarException(53, CALENDAR, "Eve", day, day, (), {"type": "never"}), match="cannot be understood")


def test_a_long_chain_of_parents_costs_one_walk():
    small = SmallPlan()
    rows = [WorkItem(1000 + n, PROJECT, "x", number=n + 1, status=DONE, parent=999 + n if n else None) for n in range(20_000)]
    small.change(*[(None, row) for row in reversed(rows)])
    with pytest.raises(PlanError, match="under itself"):
        small.change((rows[0], replace(rows[0], parent=rows[-1].id)))
