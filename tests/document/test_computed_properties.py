"""Random edits of computed projects: after each, the dates are what the scheduler gives, and nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime

import pytest

from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.operations import activities, dates
from milestone_desktop.document.recompute import differences
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.enums import LagUnit, LinkType, Placement
from milestone_desktop.domain.instants import Instant, day_of, minute_of
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.outline import descendants
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.worktime import WorkTimes, calendars_for
from milestone_desktop.scheduling.patching import concerns
from milestone_desktop.scheduling.preview import preview
from milestone_desktop.scheduling.schedule import DATES, Schedule, compute
from random_operations import ACTIONS, COMPUTED_ACTIONS, Action

NOW = datetime(2026, 3, 2, 9)
SEEDS = range(5)
EDITS = 50


def random_edits(seed: int, count: int) -> Iterator[tuple[Document, Action, int]]:
    """A document, and what to do to it next: an action and a seed for it."""
    rng = random.Random(seed)
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    first = [action for action in COMPUTED_ACTIONS if action.__name__ in ("computed_project", "add_item", "add_dependency")]
    for number in range(count):
        choices = first if number < 15 else [*COMPUTED_ACTIONS, *COMPUTED_ACTIONS, *ACTIONS]
        yield document, rng.choice(choices), rng.randrange(10**9)


def done(document: Document, action: Action, seed: int) -> PlanError | None:
    try:
        with document.edit(action.__name__) as edit:
            action(edit, random.Random(seed))
    except PlanError as error:
        return error
    return None


@pytest.mark.parametrize("seed", SEEDS)
def test_dates_stay_those_of_the_scheduler_and_links_hold_or_are_reported(seed: int) -> None:
    made = 0
    for document, action, chosen in random_edits(seed, EDITS):
        made += done(document, action, chosen) is None
        found = document.schedule()
        assert found is not None, document.schedule_problem
        assert_same(found, compute(document.plan, known=found.network if made % 5 else None))
        assert found.cycles == []
        assert differences(document.plan) == [], action.__name__
        reported = {conflict.dependency for conflict in found.conflicts}
        for link in document.plan.all(Dependency):
            assert link.id in reported or not broken(document.plan, found, link), (action.__name__, link)
    assert made > EDITS // 2


def assert_same(kept: Schedule, fresh: Schedule) -> None:
    """The schedule that a document keeps is the one that its plan has."""
    assert kept.row_of == fresh.row_of
    for name in (*DATES, "total_slack", "free_slack", "critical", "driver", "duration"):
        assert getattr(kept, name).tolist() == getattr(fresh, name).tolist(), name
    assert (kept.conflicts, kept.cycles, kept.project_finish) == (fresh.conflicts, fresh.cycles, fresh.project_finish)
    assert kept.network.activities == fresh.network.activities
    assert kept.network.projects == fresh.network.projects


def broken(plan: Plan, found: Schedule, link: Dependency) -> bool:
    """Whether the successor lies before what the link allows it, in its own working time."""
    before, after = plan.activity(link.predecessor), plan.activity(link.successor)
    assert before is not None
    assert after is not None
    rows = (after, *descendants(plan, after.id))
    if any(row.actual_start is not None or row.actual_finish is not None for row in rows):
        return False  # what has begun waits for nothing any more
    if len({(calendars_for(plan, row), row.duration_unit.startswith("e")) for row in rows}) > 1:
        return False  # a lag counts on the calendar of each of the rows below
    dates_before, dates_after = found.dates(before.id), found.dates(after.id)
    left = dates_before[1] if link.type in (LinkType.FS, LinkType.FF) else dates_before[0]
    reached = dates_after[1] if link.type in (LinkType.FF, LinkType.SF) else dates_after[0]
    lag = link.lag
    elapsed = link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT)
    if link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
        lag = round(abs(lag) * before.duration / 10_000) * (-1 if lag < 0 else 1)
        elapsed = elapsed or before.duration_unit.startswith("e")
    round_the_clock = isinstance(after, WorkItem) and after.duration_unit.startswith("e")
    if link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT) and abs(link.lag * before.duration) % 10_000:
        lag -= 1  # rounded to the minute
    work = WorkTimes(plan).of_activity(after)
    limit = left + lag if elapsed or round_the_clock else work.add(left, lag)
    return limit > reached if round_the_clock else work.minutes_between(limit, reached) < 0


@pytest.mark.parametrize("seed", SEEDS)
def test_undo_redo_and_replay_need_no_scheduler(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    states = []
    for document, action, chosen in random_edits(seed, EDITS):
        if not states:
            states.append(document.plan.copy())
        done(document, action, chosen)
        if document.plan != states[-1]:
            states.append(document.plan.copy())
    replayed = seed_plan()
    entries = [document.storage.change_set(line.sequence, replayed) for line in document.storage.lines()]
    for change_set in entries:
        replayed.apply(change_set)
    assert replayed == document.plan
    with monkeypatch.context() as patch:
        patch.setattr("milestone_desktop.scheduling.schedule.compute", _forbidden)
        for plan in states[-2::-1]:
            document.undo()
            assert document.plan == plan
        for plan in states[1:]:
            document.redo()
            assert document.plan == plan
    found = document.schedule()
    assert found is not None
    assert_same(found, compute(document.plan))


def _forbidden(*_: object, **__: object) -> Schedule:
    raise AssertionError("the scheduler ran")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_trial_predicts_exactly_what_the_edit_does(seed: int) -> None:
    for document, action, chosen in random_edits(seed, EDITS):
        before = document.plan.copy()
        events: list[Changed] = []
        stop = document.subscribe(events.append)
        refused: PlanError | None = None
        expected: set[str] = set()
        try:
            trial = document.tried(lambda edit, action=action, chosen=chosen: action(edit, random.Random(chosen)))
            found = trial.changes()
            expected = {repr(change) for change in found.changes}
        except PlanError as error:
            refused = error
        assert document.plan == before
        error = done(document, action, chosen)
        if refused is not None:
            assert str(error) == str(refused)
        elif error is None:
            assert {repr(change) for event in events for change in event.change_set.changes} == expected
        else:  # only the rules of the plan, which a trial does not ask, may still refuse
            assert any(not change.derived for change in found.changes)
        stop()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_title_moves_nothing_and_what_a_drag_shows_is_what_it_does(seed: int) -> None:
    rng = random.Random(seed)
    compared = 0
    for document, action, chosen in random_edits(seed, EDITS):
        done(document, action, chosen)
        rows = sorted((row for row in document.plan.activities() if draggable(document.plan, row)), key=lambda row: row.id)
        if not rows:
            continue
        row = rng.choice(rows)
        with document.edit("Rename") as edit:
            activities.rename(edit, row.id, f"Renamed {chosen}")
        assert [change.id for change in last_changes(document)] == [row.id]
        compared += dragged(document, row, rng.randrange(-5, 25))
    assert compared > 3


def draggable(plan: Plan, row: Activity) -> bool:
    """What a person can drag: a row that the scheduler places and that has not begun."""
    free = row.placement is not Placement.FIXED and row.actual_start is None and row.actual_finish is None
    linked = bool(plan.where(Dependency, "successor", row.id))
    alone = not plan.activities_where("parent", row.id) and (linked or isinstance(row, WorkItem))
    return is_computed(plan[Project, row.project]) and free and alone


def dragged(document: Document, row: Activity, days: int) -> bool:
    """Drags a row, looks at the preview, pins it there, and compares; False where that is refused or not comparable."""
    found = document.schedule()
    assert found is not None
    if found.network.alap.any():
        return False  # rows as late as possible follow late dates, which a drag does not compute anew
    start, finish = (_moved(document.plan, row, moment, days) for moment in found.dates(row.id))
    if isinstance(row, WorkItem):
        finish = _finish(document.plan, row, start)
    shown = preview(found.network, found, {row.id: (start, finish)})
    before = document.plan.copy()
    try:
        with document.edit("Drag") as edit:
            dates.pin(edit, row, finish if isinstance(row, Milestone) else start)
    except PlanError:
        return False
    after = document.schedule()
    assert after is not None
    for other in before.activities():
        old = found.dates(other.id)
        assert shown.get(other.id, old) == after.dates(other.id), (other, shown.get(other.id), after.dates(other.id))
    if document.plan != before:
        document.undo()
    assert document.plan == before
    return True


def _moved(plan: Plan, row: Activity, moment: Instant, days: int) -> Instant:
    work = WorkTimes(plan).of_activity(row)
    return work.add_working_days(day_of(moment), days) * 1440 + minute_of(moment) if days else moment


def _finish(plan: Plan, row: WorkItem, start: Instant) -> Instant:
    work = WorkTimes(plan).of_activity(row)
    return start + row.duration if row.duration_unit.startswith("e") else work.add(start, row.duration)


def last_changes(document: Document) -> tuple[Change, ...]:
    line = document.storage.lines()[-1]
    changes = document.storage.change_set(line.sequence, document.plan).changes
    assert not any(concerns(change) for change in changes)
    return changes
