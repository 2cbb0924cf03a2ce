"""Scenarios: an exact copy to try things on, compared, applied or discarded."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import (
    activities,
    calendars,
    dates,
    dependencies,
    items,
    links,
    milestones,
    projects,
    replan,
    scenarios,
    twins,
)
from milestone_desktop.document.operations.replan import Reach
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import LinkType, MilestoneStatus, Placement, ScheduleMode
from milestone_desktop.domain.gates import ChecklistEntry
from milestone_desktop.domain.instants import Instant, day_from_iso, instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Calendar, Project
from milestone_desktop.domain.scenarios import SCENARIO_OF, is_scenario, listed_projects, scenarios_of
from milestone_desktop.domain.seeds import OFFICE_WEEK, seed_plan
from milestone_desktop.listing import listing
from milestone_desktop.scheduling.paths import slack_to

NOW = datetime(2026, 11, 24, 10, 30)
MONDAY = instant(2026, 11, 30, 9)


class Trial:
    """Survey, done → Dig → Mount → Ready → Connect, in a phase but for the last; another project delivers before Mount
    and waits for Ready; and a scenario of the first."""

    def __init__(self, mode: ScheduleMode = ScheduleMode.COMPUTED) -> None:
        self.document = Document(MemoryStorage(seed_plan()), lambda: NOW)
        with self.document.edit("Add") as edit:
            other = projects.create(edit, "Panels", start=MONDAY, mode=ScheduleMode.COMPUTED)
            self.delivery = items.create(edit, other.id, "Deliver", duration=6 * 480).id
            project = projects.create(edit, "Solar farm", start=MONDAY, mode=ScheduleMode.COMPUTED)
            self.project = project.id
            self.phase = items.create(edit, project.id, "Build").id
            self.survey = milestones.create(edit, project.id, "Survey", parent=self.phase, end=MONDAY).id
            self.dig = items.create(edit, project.id, "Dig", parent=self.phase, duration=5 * 480).id
            self.mount = items.create(edit, project.id, "Mount", parent=self.phase, duration=5 * 480).id
            self.ready = milestones.create(edit, project.id, "Ready", parent=self.phase).id
            self.connect = items.create(edit, project.id, "Connect", duration=2 * 480).id
            self.use = items.create(edit, other.id, "Bill", duration=480).id
            pairs = ((self.survey, self.dig), (self.dig, self.mount), (self.mount, self.ready), (self.ready, self.connect))
            for before, after in (*pairs, (self.delivery, self.mount), (self.ready, self.use)):
                dependencies.add(edit, before, after)
            links.link(edit, self.ready, [self.mount])
            milestones.add_checklist_entry(edit, self.ready, "Fence")
        with self.document.edit("Progress") as edit:
            milestones.complete(edit, self.survey, MONDAY)
            dates.set_start(edit, self.connect, instant(2026, 12, 21, 9))
        with self.document.edit("Mode") as edit:
            edit.update(edit.plan[Project, self.project], mode=mode)
        self.before = self.document.plan.copy()
        with self.document.edit("Try") as edit:
            self.scenario = scenarios.try_out(edit, self.project, "Solar farm, later").id

    def row(self, row_id: int) -> Activity:
        found = self.document.plan.activity(row_id)
        assert found is not None
        return found

    def twin(self, row_id: int) -> int:
        rows = self.document.plan.activities_where("project", self.scenario)
        return next(row.id for row in rows if row.extra[SCENARIO_OF] == row_id)

    def table(self, project: int) -> list[tuple[Any, ...]]:
        """Everything that a schedule shows and is made of, by title."""
        plan = self.document.plan
        rows = plan.activities_where("project", project)
        inside = {row.id: row.title for row in rows}
        return sorted(
            (
                row.title, type(row).__name__, inside.get(row.parent or 0, ""), row.start, row.end, row.duration,
                row.placement, row.constraint, row.constraint_date, row.progress, row.actual_finish,
                sorted(
                    (_title(plan.activity(link.predecessor)), link.type, link.lag)
                    for link in plan.where(Dependency, "successor", row.id)
                ),
            )
            for row in rows
        )  # fmt: skip


def _title(row: Activity | None) -> str:
    assert row is not None
    return row.title


def _text(moment: Instant | None) -> str:
    return "" if moment is None else instant_to_iso(moment)[5:10]


@pytest.mark.parametrize("mode", list(ScheduleMode))
def test_the_copy_is_exact_and_marked(mode: ScheduleMode) -> None:
    trial = Trial(mode)
    plan = trial.document.plan
    assert trial.table(trial.scenario) == trial.table(trial.project)
    row = plan[Project, trial.scenario]
    assert is_scenario(row)
    assert not is_scenario(plan[Project, trial.project])
    assert row.extra[SCENARIO_OF] == trial.project
    assert [found.id for found in scenarios_of(plan, trial.project)] == [trial.scenario]
    survey = plan[Milestone, trial.twin(trial.survey)]
    assert (survey.status, survey.actual_finish) == (MilestoneStatus.COMPLETED, MONDAY)
    assert trial.row(trial.twin(trial.connect)).placement is Placement.PINNED
    numbers = [(r.title, r.number) for r in plan.where(WorkItem, "project", trial.project)]
    assert [(r.title, r.number) for r in plan.where(WorkItem, "project", trial.scenario)] == numbers
    assert len(plan.where(ChecklistEntry, "milestone", trial.twin(trial.ready))) == 1
    assert len(plan.where(MilestoneLink, "milestone", trial.twin(trial.ready))) == 1
    assert scenarios.compare(plan, trial.scenario) == []


def test_nothing_else_moves_while_something_is_tried() -> None:
    trial = Trial()
    with trial.document.edit("Longer") as edit:
        dates.set_duration(edit, trial.twin(trial.dig), 20 * 480)
    for row in trial.before.activities():
        assert trial.document.plan.activity(row.id) == row
    with trial.document.edit("Later delivery") as edit:  # what comes in from another project drives both
        dates.set_duration(edit, trial.delivery, 40 * 480)
    assert _text(trial.row(trial.mount).start) == "01-25"
    assert trial.table(trial.scenario)[-3][3] == trial.table(trial.project)[-3][3]


def test_the_comparison_lists_both_dates_and_working_days() -> None:
    trial = Trial()
    with trial.document.edit("Try things") as edit:
        dates.set_duration(edit, trial.twin(trial.mount), 8 * 480)
        added = items.create(edit, trial.scenario, "Paint", start=MONDAY, duration=480)
        activities.delete(edit, [trial.twin(trial.connect)])
    found = {row.title: row for row in scenarios.compare(trial.document.plan, trial.scenario)}
    assert list(found) == ["Build", "Mount", "Ready", "Paint", "Connect"]
    ready = found["Ready"]
    assert (ready.activity, _text(ready.own_end), _text(ready.scenario_end), ready.working_days) == (
        trial.ready,
        "12-14",
        "12-17",
        3,
    )
    assert (found["Paint"].activity, found["Paint"].own_end, found["Paint"].working_days) == (added.id, None, None)
    assert (_text(found["Connect"].own_end), found["Connect"].scenario_end) == ("12-22", None)


@pytest.mark.parametrize("mode", list(ScheduleMode))
def test_a_replan_is_tried_and_applied_and_undone(mode: ScheduleMode) -> None:
    trial = Trial(mode)
    with trial.document.edit("Replan") as edit:
        replan.shift(edit, trial.scenario, 5, reach=Reach.PROJECT, reason="Winter")
    wanted, middle = trial.table(trial.scenario), trial.document.plan.copy()
    with trial.document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    assert trial.table(trial.project) == wanted
    assert trial.document.plan.get(Project, trial.scenario) is None
    assert len(trial.document.plan.all(Project)) == 2
    assert not [row for row in trial.document.plan.activities() if SCENARIO_OF in row.extra]
    assert str(trial.document.history.undo_labels()[0]) == "Apply “Solar farm, later” to “Solar farm”"
    assert trial.document.receipts(trial.ready)[-1][1].working_days == 5
    trial.document.undo()
    assert trial.document.plan == middle
    trial.document.undo()
    trial.document.undo()
    assert trial.document.plan == trial.before


def test_additions_removals_links_and_outline_come_back() -> None:
    trial = Trial()
    plan = trial.document.plan
    with trial.document.edit("Try things") as edit:
        new = items.create(edit, trial.scenario, "Paint", parent=trial.twin(trial.phase), duration=3 * 480)
        handover = milestones.create(edit, trial.scenario, "Handover")
        milestones.add_checklist_entry(edit, handover.id, "Keys")
        dependencies.add(edit, trial.twin(trial.ready), new.id)
        dependencies.add(edit, new.id, handover.id, LinkType.FS, 480)
        links.link(edit, handover.id, [new.id, trial.twin(trial.mount)])
        links.unlink(edit, trial.twin(trial.ready), [trial.twin(trial.mount)])
        activities.delete(edit, [trial.twin(trial.connect)])
        old = next(link for link in plan.where(Dependency, "successor", trial.twin(trial.mount)) if link.lag == 0)
        dependencies.remove(edit, old.id)
        activities.move_to(edit, [trial.twin(trial.mount)], None)
    with trial.document.edit("Meanwhile") as edit:  # what the original gets meanwhile stays
        own = milestones.create(edit, trial.project, "Inspection", end=MONDAY)
        activities.rename(edit, trial.dig, "Excavate")
    wanted = [row for row in trial.table(trial.scenario) if row[0] != "Dig"]
    with trial.document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    there = [row for row in trial.table(trial.project) if row[0] not in ("Excavate", "Inspection")]
    assert [_without_links(row) for row in there] == [_without_links(row) for row in wanted]
    assert plan.activity(own.id) is not None
    assert plan.activity(trial.connect) is None
    assert plan[WorkItem, trial.mount].parent is None
    assert plan[WorkItem, new.id].project == trial.project
    assert plan[WorkItem, new.id].parent == trial.phase
    assert SCENARIO_OF not in plan[WorkItem, new.id].extra
    codes = [row.code for row in plan.where(Milestone, "project", trial.project)]
    assert len(set(codes)) == len(codes) == 4
    assert [entry.text for entry in plan.where(ChecklistEntry, "milestone", handover.id)] == ["Keys"]
    assert {link.item for link in plan.where(MilestoneLink, "milestone", handover.id)} == {new.id, trial.mount}
    assert plan.where(MilestoneLink, "milestone", trial.ready) == []
    numbers = [row.number for row in plan.where(WorkItem, "project", trial.project)]
    assert len(set(numbers)) == len(numbers)


def _without_links(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:-1], [("Dig" if title == "Excavate" else title, *rest) for title, *rest in row[-1]])


def test_a_duplicate_within_the_scenario_is_an_addition() -> None:
    trial = Trial()
    with trial.document.edit("Duplicate") as edit:
        twin = twins.duplicate(edit, trial.twin(trial.ready))
        activities.rename(edit, twin.id, "Ready again")
    with trial.document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    titles = sorted(row.title for row in trial.document.plan.where(Milestone, "project", trial.project))
    assert titles == ["Ready", "Ready again", "Survey"]


def test_only_what_was_changed_in_the_scenario_is_carried_back() -> None:
    trial = Trial(ScheduleMode.RECORDED)
    with trial.document.edit("Scenario") as edit:
        dates.move(edit, [trial.twin(trial.connect)], 3)
    with trial.document.edit("Original") as edit:
        dates.move(edit, [trial.dig], 2)
    with trial.document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    plan = trial.document.plan
    assert _text(plan[WorkItem, trial.dig].end) == "12-08"
    assert _text(plan[WorkItem, trial.connect].end) == "12-25"


def test_what_the_original_lost_meanwhile_is_not_brought_back() -> None:
    trial = Trial()
    with trial.document.edit("Scenario") as edit:
        dates.set_duration(edit, trial.twin(trial.dig), 480)
        items.create(edit, trial.scenario, "Fence posts", parent=trial.twin(trial.phase), duration=480)
    with trial.document.edit("Original") as edit:
        activities.delete(edit, [trial.phase])
    with trial.document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    rows = trial.document.plan.activities_where("project", trial.project)
    assert sorted((row.title, row.parent) for row in rows) == [("Connect", None), ("Fence posts", None)]


def test_discarding_leaves_no_trace_but_the_journal() -> None:
    trial = Trial()
    with trial.document.edit("Longer") as edit:
        dates.set_duration(edit, trial.twin(trial.dig), 20 * 480)
    with trial.document.edit("Discard") as edit:
        scenarios.discard(edit, trial.scenario)
    assert trial.document.plan == trial.before
    assert str(trial.document.history.undo_labels()[0]) == "Discard “Solar farm, later”"


def test_only_a_scenario_is_applied_or_discarded_and_none_is_made_of_one() -> None:
    trial = Trial()
    before = trial.document.plan.copy()
    for action in (scenarios.apply, scenarios.discard):
        with pytest.raises(PlanError, match="“Solar farm” is not a scenario"), trial.document.edit("No") as edit:
            action(edit, trial.project)
    with pytest.raises(PlanError, match="is a scenario itself"), trial.document.edit("No") as edit:
        scenarios.try_out(edit, trial.scenario, "Again")
    assert trial.document.plan == before


def test_deleting_a_project_takes_its_scenarios_along() -> None:
    trial = Trial()
    document, before = trial.document, trial.document.plan.copy()
    with document.edit("Try again") as edit:
        second = scenarios.try_out(edit, trial.project, "Solar farm, earlier").id
    with document.edit("Delete") as edit:
        projects.delete(edit, trial.project)
    assert [row.title for row in document.plan.all(Project)] == ["Panels"]
    assert not [row for row in document.plan.activities() if row.project in (trial.scenario, second)]
    document.undo()
    document.undo()
    assert document.plan == before


def test_a_scenario_whose_project_is_gone_can_only_be_discarded() -> None:
    trial = Trial()
    with trial.document.edit("Delete") as edit:  # as no operation does it any more
        edit.remove(edit.plan[Project, trial.project])
    with pytest.raises(PlanError, match="is gone"), trial.document.edit("No") as edit:
        scenarios.apply(edit, trial.scenario)
    with trial.document.edit("Discard") as edit:
        scenarios.discard(edit, trial.scenario)


def test_a_scenario_is_not_found_among_the_projects() -> None:
    trial = Trial()
    plan = trial.document.plan
    key = plan[Project, trial.scenario].key
    assert [row.title for row in listed_projects(plan)] == ["Panels", "Solar farm"]
    with pytest.raises(PlanError, match="no project with the key") as caught:
        projects.project_with_key(plan, key)
    assert key not in str(caught.value.hint)
    assert milestones.milestone_with_code(plan, plan[Milestone, trial.ready].code).id == trial.ready
    numbers = [row["key"] for row in listing(plan, [], NOW.toordinal())["projects"]]
    assert numbers == [row.key for row in listed_projects(plan)]


def test_the_duplicate_of_a_scenario_is_a_project_of_its_own() -> None:
    trial = Trial()
    with trial.document.edit("Duplicate") as edit:
        copy = projects.duplicate(edit, trial.scenario, NOW.toordinal())
    assert not is_scenario(copy)
    assert [row.id for row in scenarios_of(trial.document.plan, trial.project)] == [trial.scenario]
    with trial.document.edit("Try") as edit:
        again = scenarios.try_out(edit, copy.id, "Again")
    assert scenarios.compare(trial.document.plan, again.id) == []


def test_what_is_tried_out_takes_nobody_elses_slack() -> None:
    """A delivery that the scenario waits for longer or shorter keeps its late dates."""
    trial = Trial()
    document = trial.document
    schedule = document.schedule()
    assert schedule is not None
    row = schedule.row_of[trial.delivery]
    before = (int(schedule.late_finish[row]), int(schedule.total_slack[row]), int(schedule.free_slack[row]))
    with document.edit("A date that cannot be met") as edit:
        activities.set_fields(edit, [trial.twin(trial.mount)], deadline=MONDAY)
    schedule = document.schedule()
    assert schedule is not None
    row = schedule.row_of[trial.delivery]
    assert (int(schedule.late_finish[row]), int(schedule.total_slack[row]), int(schedule.free_slack[row])) == before
    twin = schedule.row_of[trial.twin(trial.dig)]
    assert int(schedule.total_slack[twin]) < 0
    assert slack_to(schedule, trial.twin(trial.ready)).keys() <= {
        found.id for found in document.plan.activities_where("project", trial.scenario)
    }


def test_the_moves_of_a_scenario_are_listed_where_it_is_edited() -> None:
    trial = Trial()
    document = trial.document

    def moved(action: Callable[[Edit], object]) -> set[int]:
        return {move.project for move in try_out(document, action).moves}

    other = document.plan[WorkItem, trial.delivery].project
    assert moved(lambda edit: dates.set_duration(edit, trial.delivery, 40 * 480)) == {other, trial.project}
    assert moved(lambda edit: dates.set_duration(edit, trial.twin(trial.dig), 40 * 480)) == {trial.scenario}
    with document.edit("Calendar") as edit:
        mornings = calendars.create(edit, "Mornings", (((540, 780),),) * 7).id
    assert moved(lambda edit: calendars.set_of_project(edit, trial.scenario, mornings)) == {trial.scenario}


def test_a_calendar_of_the_project_is_tried_out_too() -> None:
    trial = Trial()
    document = trial.document
    with document.edit("Discard") as edit:
        scenarios.discard(edit, trial.scenario)
        own = calendars.create(edit, "Crew", OFFICE_WEEK, project=trial.project)
        calendars.set_of_project(edit, trial.project, own.id)
    with document.edit("Try") as edit:
        trial.scenario = scenarios.try_out(edit, trial.project, "Free days").id
    copy = document.plan[Project, trial.scenario].calendar
    assert copy != own.id
    with document.edit("Holiday") as edit:
        calendars.add_exception(edit, copy, "Feast", day_from_iso("2026-12-02"))
        calendars.set_week(edit, copy, (*OFFICE_WEEK[:4], (), (), ()))
    assert _text(trial.row(trial.dig).end) == "12-04"
    wanted = trial.table(trial.scenario)
    with document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    assert trial.table(trial.project) == wanted
    assert _text(trial.row(trial.dig).end) == "12-08"
    assert [row.id for row in document.plan.where(Calendar, "project", trial.project)] == [own.id]


def _random_edit(edit: Edit, project: int, rng: random.Random) -> object:
    rows = edit.plan.activities_where("project", project)
    row = rng.choice(rows)
    work = [other for other in rows if isinstance(other, WorkItem)]
    match rng.randrange(10):
        case 0:
            return items.create(edit, project, f"New {edit.plan.counters['id']}", duration=480 * rng.randrange(1, 5))
        case 1:
            return milestones.create(edit, project, f"New {edit.plan.counters['id']}", end=MONDAY + 1440 * rng.randrange(40))
        case 2:
            return activities.delete(edit, [row.id]) if len(rows) > 4 else None
        case 3:
            return dependencies.add(edit, row.id, rng.choice(rows).id, rng.choice(list(LinkType)), 480 * rng.randrange(-1, 3))
        case 4:
            inside = [link for other in rows for link in edit.plan.where(Dependency, "successor", other.id)]
            return dependencies.remove(edit, rng.choice(inside).id) if inside else None
        case 5:
            return dates.set_duration(edit, rng.choice(work).id, 480 * rng.randrange(1, 12))
        case 6:
            return dates.move(edit, [row.id], rng.randrange(1, 6))
        case 7:
            return dates.release(edit, [row.id])
        case 8:
            return activities.move_to(edit, [row.id], rng.choice([None, rng.choice(work).id]))
        case _:
            return replan.shift(edit, project, rng.randrange(1, 5), reach=rng.choice([Reach.PROJECT, Reach.NOT_STARTED]))


@pytest.mark.parametrize("mode", list(ScheduleMode))
@pytest.mark.parametrize("seed", range(15))
def test_random_edits_then_apply_give_the_schedule_of_the_scenario(mode: ScheduleMode, seed: int) -> None:
    rng = random.Random(seed)
    trial = Trial(mode)
    made = 0
    for _ in range(40):
        try:
            with trial.document.edit("Random") as edit:
                _random_edit(edit, trial.scenario, rng)
            made += 1
        except PlanError:
            continue
    assert made > 15
    wanted, middle = trial.table(trial.scenario), trial.document.plan.copy()
    with trial.document.edit("Apply") as edit:
        scenarios.apply(edit, trial.scenario)
    assert trial.table(trial.project) == wanted
    trial.document.undo()
    assert trial.document.plan == middle
