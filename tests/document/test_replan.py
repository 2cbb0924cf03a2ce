"""Replanning in both modes: what moves, by how much, what stays, and where the reason is kept."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import calendars, dates, dependencies, items, milestones, modes, projects, replan
from milestone_desktop.document.operations.replan import Reach
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import ConstraintType, LinkType, Placement, ScheduleMode
from milestone_desktop.domain.instants import day_from_iso, day_of, instant, instant_to_iso, minute_of
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import OFFICE_HOURS, seed_plan
from milestone_desktop.domain.worktime import WorkTimes

NOW = datetime(2026, 11, 24, 10, 30)
MONDAY = instant(2026, 11, 30, 9)
MODES = [ScheduleMode.RECORDED, ScheduleMode.COMPUTED]


class Build:
    """Dig (5 d) → Mount (5 d) → Ready; Connect (2 d) after Ready and pinned; Review, a milestone that waits for nothing;
    Permit, fixed. The first two stand in a phase."""

    def __init__(self, mode: ScheduleMode) -> None:
        self.document = Document(MemoryStorage(seed_plan()), lambda: NOW)
        with self.document.edit("Add") as edit:
            project = projects.create(edit, "Solar farm", start=MONDAY, mode=ScheduleMode.COMPUTED)
            self.project = project.id
            self.phase = items.create(edit, project.id, "Build").id
            self.dig = items.create(edit, project.id, "Dig", parent=self.phase, duration=5 * 480).id
            self.mount = items.create(edit, project.id, "Mount", parent=self.phase, duration=5 * 480).id
            self.ready = milestones.create(edit, project.id, "Ready").id
            self.connect = items.create(edit, project.id, "Connect", duration=2 * 480).id
            self.review = milestones.create(edit, project.id, "Review", end=instant(2026, 12, 9, 9)).id
            self.permit = items.create(edit, project.id, "Permit", duration=480).id
            for before, after in ((self.dig, self.mount), (self.mount, self.ready), (self.ready, self.connect)):
                dependencies.add(edit, before, after)
        with self.document.edit("Dates") as edit:
            dates.set_start(edit, self.connect, instant(2026, 12, 17, 9))
            dates.fix(edit, [self.permit])
            dates.set_start(edit, self.permit, instant(2026, 12, 2, 9))
            edit.update(edit.plan[Milestone, self.ready], deadline=instant(2026, 12, 11, 18))
            dates.set_target(edit, self.ready, instant(2026, 12, 11, 18))
        if mode is ScheduleMode.RECORDED:
            with self.document.edit("Record") as edit:
                modes.set_mode(edit, self.project, mode)

    def row(self, row_id: int) -> Activity:
        found = self.document.plan.activity(row_id)
        assert found is not None
        return found

    def ends(self) -> dict[str, str]:
        rows = self.document.plan.activities_where("project", self.project)
        return {row.title: instant_to_iso(row.end)[5:10] for row in rows if row.end is not None}

    def shift(self, days: int, reach: Reach, ids: tuple[int, ...] = (), reason: str = "") -> None:
        with self.document.edit("Replan") as edit:
            replan.shift(edit, self.project, days, reach=reach, ids=ids, reason=reason)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("reach", [Reach.PROJECT, Reach.NOT_STARTED])
@pytest.mark.parametrize("days", [1, 5, 7, 23])
def test_a_plan_that_has_not_begun_moves_by_exactly_the_working_days(mode: ScheduleMode, reach: Reach, days: int) -> None:
    build = Build(mode)
    before = build.document.plan.copy()
    trial = try_out(build.document, lambda edit: replan.shift(edit, build.project, days, reach=reach))
    expected = [(move.title, move.new_end) for move in trial.moves]
    build.shift(days, reach)
    times = WorkTimes(before)
    rows = before.activities_where("project", build.project)
    for old in rows:
        new = build.row(old.id)
        for name in ("start", "end"):
            was, now = getattr(old, name), getattr(new, name)
            if was is not None:
                assert times.of_activity(old).working_days(day_of(was), day_of(now)) == days, old.title
                assert minute_of(was) == minute_of(now)
        assert new.deadline == old.deadline
        assert new.duration == old.duration
    assert len(expected) == len(rows)
    assert all(build.ends()[title] == instant_to_iso(end or 0)[5:10] for title, end in expected)
    milestone = build.document.plan[Milestone, build.ready]
    assert milestone.target == milestone.first_target == instant(2026, 12, 11, 18)
    moved = build.document.plan[Project, build.project].start != MONDAY
    assert moved is (reach is Reach.PROJECT)


@pytest.mark.parametrize("mode", MODES)
def test_one_undo_brings_everything_back(mode: ScheduleMode) -> None:
    build = Build(mode)
    before = build.document.plan.copy()
    build.shift(5, Reach.PROJECT, reason="The permit is late")
    assert build.document.plan != before
    build.document.undo()
    assert build.document.plan == before


@pytest.mark.parametrize("mode", MODES)
def test_the_reason_stands_in_history_and_receipts(mode: ScheduleMode) -> None:
    build = Build(mode)
    build.shift(5, Reach.PROJECT, reason=" The permit is late ")
    sentence = "Replan “Solar farm” by +5 working days: The permit is late"
    assert str(build.document.history.undo_labels()[0]) == sentence
    receipt = build.document.receipts(build.ready)[-1][1]
    assert [(str(cause), days) for cause, days in receipt.causes] == [(sentence, 5)]
    assert receipt.causes[0][0].arguments["reason"] == "The permit is late"
    build.shift(-5, Reach.SELECTION, (build.review,))
    assert str(build.document.history.undo_labels()[0]) == "Replan 1 rows by -5 working days"


@pytest.mark.parametrize("mode", MODES)
def test_what_is_done_or_under_way_stays(mode: ScheduleMode) -> None:
    build = Build(mode)
    with build.document.edit("Start") as edit:
        edit.update(edit.plan.activity(build.dig), actual_start=MONDAY, progress=40)
    build.shift(5, Reach.PROJECT)
    assert build.ends() == {
        "Dig": "12-04", "Mount": "12-18", "Ready": "12-18", "Connect": "12-25", "Review": "12-16", "Permit": "12-09",
        "Build": "12-18",
    }  # fmt: skip
    assert build.document.plan[Project, build.project].start == MONDAY
    pinned = {row.title for row in build.document.plan.activities() if row.placement is Placement.PINNED}
    assert pinned == ({"Mount", "Connect"} if mode is ScheduleMode.COMPUTED else {"Connect"})


@pytest.mark.parametrize("mode", MODES)
def test_only_the_selection_and_in_computed_mode_what_follows_it_moves(mode: ScheduleMode) -> None:
    build = Build(mode)
    build.shift(2, Reach.SELECTION, (build.phase,))
    assert build.ends()["Mount"] == "12-15"
    assert build.ends()["Build"] == "12-15"
    assert build.ends()["Ready"] == ("12-15" if mode is ScheduleMode.COMPUTED else "12-11")
    assert build.ends()["Review"] == "12-09"
    assert build.ends()["Connect"] == "12-18"  # its pin is later still


def test_an_earlier_date_that_what_stays_does_not_allow_is_refused() -> None:
    build = Build(ScheduleMode.COMPUTED)
    before = build.document.plan.copy()
    with pytest.raises(PlanError, match="“Mount” cannot be on 2026-12-03: it waits for “Dig”"):
        build.shift(-2, Reach.SELECTION, (build.mount,))
    with pytest.raises(PlanError, match=r"“Dig” cannot be on 2026-11-26: .*the earliest is 2026-11-30"):
        build.shift(-2, Reach.NOT_STARTED)
    with pytest.raises(PlanError, match="Nothing would move"):
        build.shift(0, Reach.PROJECT)
    with pytest.raises(PlanError, match="Nothing would move"):
        build.shift(3, Reach.SELECTION)
    assert build.document.plan == before


@pytest.mark.parametrize("mode", MODES)
def test_the_whole_project_moves_to_an_earlier_date(mode: ScheduleMode) -> None:
    build = Build(mode)
    build.shift(-5, Reach.PROJECT)
    assert build.ends() == {
        "Dig": "11-27", "Mount": "12-04", "Ready": "12-04", "Connect": "12-11", "Review": "12-02", "Permit": "11-25",
        "Build": "12-04",
    }  # fmt: skip


def test_a_holiday_in_between_is_counted_out() -> None:
    build = Build(ScheduleMode.COMPUTED)
    with build.document.edit("Holiday") as edit:
        calendars.add_exception(edit, build.document.plan[Project, build.project].calendar, "Feast", day_from_iso("2026-12-14"))
    build.shift(1, Reach.PROJECT)
    assert build.ends()["Ready"] == "12-15"
    assert build.ends()["Dig"] == "12-07"


def test_other_constraints_move_along_and_are_not_overwritten() -> None:
    build = Build(ScheduleMode.COMPUTED)
    with build.document.edit("Constraints") as edit:
        edit.update(
            edit.plan.activity(build.dig), constraint=ConstraintType.SNLT, constraint_date=instant(2026, 12, 1, 9)
        )  # fmt: skip
        edit.update(
            edit.plan.activity(build.mount), constraint=ConstraintType.MSO, constraint_date=instant(2026, 12, 9, 9)
        )  # fmt: skip
    build.shift(5, Reach.NOT_STARTED)
    dig, mount = build.row(build.dig), build.row(build.mount)
    assert (dig.constraint, dig.constraint_date) == (ConstraintType.SNLT, instant(2026, 12, 8, 9))
    assert (mount.constraint, mount.start) == (ConstraintType.MSO, instant(2026, 12, 16, 9))


@pytest.mark.parametrize("seed", range(12))
def test_random_computed_plans_move_exactly_where_no_calendar_interferes(seed: int) -> None:
    rng = random.Random(seed)
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        row = projects.create(edit, "Random", start=MONDAY, mode=ScheduleMode.COMPUTED)
        ids: list[int] = []
        for n in range(30):
            if rng.random() < 0.3:
                ids.append(milestones.create(edit, row.id, f"M {n}", end=MONDAY + 1440 * 7 * rng.randrange(5)).id)
            else:
                ids.append(items.create(edit, row.id, f"W {n}", duration=480 * rng.randrange(1, 9)).id)
        for n in range(1, 30):
            for before in rng.sample(ids[:n], min(n, rng.randrange(3))):
                kind = rng.choice([LinkType.FS, LinkType.FS, LinkType.SS, LinkType.FF])
                dependencies.add(edit, before, ids[n], kind, 480 * rng.randrange(3))
    with document.edit("Pins") as edit:
        for row_id in rng.sample(ids, 4):
            activity = edit.plan.activity(row_id)
            assert activity is not None
            moment = activity.end if isinstance(activity, Milestone) else activity.start
            dates.pin(edit, activity, (moment or 0) + 7 * 1440)
    before, days = document.plan.copy(), rng.randrange(1, 30)
    reach = rng.choice([Reach.PROJECT, Reach.NOT_STARTED])
    with document.edit("Replan") as edit:
        replan.shift(edit, row.id, days, reach=reach)
    times = WorkTimes(before)
    for old in before.activities_where("project", row.id):
        new = document.plan.activity(old.id)
        assert new is not None
        assert old.end is not None
        assert new.end is not None
        assert times.of_activity(old).minutes_between(old.end, new.end) == days * 480, (old.title, seed)


def test_a_calendar_of_its_own_counts_for_an_activity() -> None:
    build = Build(ScheduleMode.RECORDED)
    with build.document.edit("Seven days") as edit:
        seven = calendars.create(edit, "Seven days", (OFFICE_HOURS,) * 7)
        calendars.set_of_activities(edit, [build.review], seven.id)
    build.shift(5, Reach.NOT_STARTED)
    assert build.ends()["Review"] == "12-14"
