"""What a receipt names as the cause of a move is what caused it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from linked_plan import linked_plan

from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendars, dates, dependencies, items, milestones, modes, projects
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import day_of, instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar
from milestone_desktop.domain.seeds import seed_plan
from random_operations import (
    Action,
    add_dependency,
    change_lag,
    constrain,
    delete,
    fix,
    holiday,
    move,
    remove_dependency,
    set_duration,
    set_end,
    start_work,
    status_date,
)

NOW = datetime(2026, 3, 2, 9)
MOVING: tuple[Action, ...] = (
    set_duration, set_duration, move, set_end, holiday, add_dependency, remove_dependency, change_lag, constrain, fix,
    start_work, status_date, delete,
)  # fmt: skip


class Build:
    """Design → Vendor samples → UAT → Launch, and Texts → Launch, all computed."""

    def __init__(self) -> None:
        self.document = Document(MemoryStorage(seed_plan()), lambda: NOW)
        with self.document.edit("Plan") as edit:
            project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 3, 2, 9), mode=ScheduleMode.COMPUTED)
            self.project = project.id
            self.design = items.create(edit, project.id, "Design", duration=5 * 480).id
            self.samples = items.create(edit, project.id, "Vendor samples", duration=5 * 480).id
            self.texts = items.create(edit, project.id, "Texts", duration=5 * 480).id
            self.uat = milestones.create(edit, project.id, "UAT", code="UAT").id
            self.launch = milestones.create(edit, project.id, "Launch", code="LAU").id
            for before, after in (
                (self.design, self.samples), (self.samples, self.uat), (self.uat, self.launch), (self.texts, self.launch),
            ):  # fmt: skip
                dependencies.add(edit, before, after)

    def causes(self, milestone: int, *actions) -> list[tuple[str, int | None]]:
        """What the receipt of one edit says."""
        with self.document.edit("Edit") as edit:
            for action in actions:
                action(edit)
        line = self.document.storage.lines()[-1]
        found = [receipt for its, receipt in self.document.receipts(milestone) if its.sequence == line.sequence]
        return [(str(cause), days) for receipt in found for cause, days in receipt.causes]


def longer(row: int, days: int):
    return lambda edit: dates.set_duration(edit, row, days * 480)


def test_one_part_needs_no_schedule_of_its_own(monkeypatch) -> None:
    build = Build()
    monkeypatch.setattr("milestone_desktop.tracking.causes._Trial.causes", lambda self: pytest.fail("it computed"))
    assert build.causes(build.launch, longer(build.samples, 10)) == [("“Vendor samples” longer", 5)]


def test_parts_add_up_in_their_fixed_order() -> None:
    build = Build()
    feast = instant(2026, 3, 11) // 1440
    calendar = next(iter(build.document.plan.all(Calendar))).id
    found = build.causes(
        build.launch,
        longer(build.samples, 7),
        longer(build.design, 8),
        lambda edit: calendars.add_exception(edit, calendar, "Feast", feast),
    )
    assert found == [("holiday “Feast” on 2026-03-11 added", 1), ("“Design” longer", 3), ("“Vendor samples” longer", 2)]


def test_what_makes_no_difference_is_not_named() -> None:
    build = Build()
    assert build.causes(build.launch, longer(build.texts, 6), longer(build.samples, 10)) == [("“Vendor samples” longer", 5)]


def test_where_one_part_does_it_all_the_smaller_one_is_not_named() -> None:
    build = Build()
    # Both would move Launch by themselves; with the second one the first is of no account.
    found = build.causes(build.launch, longer(build.samples, 8), longer(build.texts, 20))
    assert found == [("“Texts” longer", 10)]


def test_a_link_and_the_status_date_are_named() -> None:
    build = Build()
    found = build.causes(build.launch, lambda edit: dependencies.add(edit, build.samples, build.texts))
    assert found == [("link from “Vendor samples” to “Texts” made", 5)]
    with build.document.edit("Begin") as edit:
        project = projects.set_fields(edit, build.project, move_remaining=True)
        items.set_progress(edit, build.design, 20)
        edit.update(edit.plan.activity(build.design), actual_start=project.start)
    day = instant(2026, 3, 9) // 1440
    found = build.causes(build.launch, lambda edit: modes.set_status_date(edit, build.project, day))
    assert found == [("status date 2026-03-09", 4)]


def test_a_date_set_by_hand_is_called_so() -> None:
    build = Build()
    found = build.causes(build.launch, lambda edit: dates.set_end(edit, build.launch, instant(2026, 3, 18, 18)))
    assert found == [("moved by hand", 3)]
    recorded = Build()
    with recorded.document.edit("Record") as edit:
        modes.set_mode(edit, recorded.project, ScheduleMode.RECORDED)
    assert recorded.causes(recorded.launch, lambda edit: dates.move(edit, [recorded.launch], 2)) == [("moved by hand", 2)]


def test_undo_and_redo_say_what_they_take_back() -> None:
    build = Build()
    build.causes(build.launch, longer(build.samples, 10))
    build.document.undo()
    build.document.redo()
    told = [str(receipt.causes[0][0]) for _, receipt in build.document.receipts(build.launch)][-2:]
    assert told == ["undone: Change duration of “Vendor samples”", "done again: Change duration of “Vendor samples”"] or told == [
        "undone: Edit", "done again: Edit",
    ]  # fmt: skip


def test_very_many_parts_are_counted_together() -> None:
    build = Build()
    with build.document.edit("More") as edit:
        rows = [items.create(edit, build.project, f"Step {n}", duration=480).id for n in range(40)]
        for before, after in pairwise(rows):
            dependencies.add(edit, before, after)
        dependencies.add(edit, rows[-1], build.launch)
    found = build.causes(build.launch, *(longer(row, 2) for row in rows), longer(build.samples, 6))
    assert found == [("41 changes of durations", 40)]


def attempt(document: Document, chosen: Sequence[tuple[Action, int]]) -> Changed | None:
    """Does some actions as one edit; None where that is refused or changes nothing."""
    events: list[Changed] = []
    stop = document.subscribe(events.append)
    try:
        with document.edit("Edit") as edit:
            for action, seed in chosen:
                action(edit, random.Random(seed))
    except PlanError:
        return None
    finally:
        stop()
    return events[0] if events else None


def given(event: Changed) -> set[tuple[str, int]]:
    """What the person changed, by kind and id."""
    return {(change.kind.__name__, change.id) for change in event.change_set.changes if not change.derived}


def ends(plan: Plan) -> dict[int, int | None]:
    return {row.id: row.end for row in plan.all(Milestone)}


@pytest.mark.parametrize("seed", range(5))
def test_a_single_cause_is_named_and_nothing_that_makes_no_difference(seed: int) -> None:
    """Each of two actions is done alone and both are done together, in documents of their own. Where one of them alone
    gives a milestone its new date and the other alone leaves it, the receipt of both says what that of the one says."""
    rng = random.Random(seed)
    compared = 0
    for _ in range(16):
        base = linked_plan(rng)
        pair = [(rng.choice(MOVING), rng.randrange(10**9)) for _ in range(2)]
        copies = [Document(MemoryStorage(base.plan.copy()), lambda: NOW) for _ in range(3)]
        alone = [attempt(copy, [action]) for copy, action in zip(copies, pair, strict=False)]
        both = attempt(copies[2], pair)
        if both is None or None in alone or given(both) != given(alone[0]) | given(alone[1]):
            continue  # refused, or the second action did something else after the first
        before, after = ends(base.plan), ends(copies[2].plan)
        for receipt in both.receipts:
            row = receipt.milestone
            if receipt.what != "planned" or receipt.working_days is None or row not in before:
                continue
            apart = [ends(copy.plan).get(row) for copy in copies[:2]]
            for first, second in ((0, 1), (1, 0)):
                if apart[first] == after[row] != before[row] and apart[second] == before[row]:
                    own = next(r for r in alone[first].receipts if (r.milestone, r.what) == (row, "planned"))
                    assert {str(cause) for cause, _ in receipt.causes} == {str(cause) for cause, _ in own.causes}, (
                        pair,
                        first,
                        row,
                    )
                    compared += 1
    assert compared >= 1


def test_days_are_counted_between_the_dates() -> None:
    build = Build()
    build.causes(build.launch, longer(build.samples, 10))
    _, receipt = build.document.receipts(build.launch)[-1]
    assert day_of(receipt.new) - day_of(receipt.old) == 7
    assert receipt.working_days == 5


def test_an_edit_can_name_its_own_cause_and_reason() -> None:
    build = Build()

    def action(edit: Edit) -> None:
        longer(build.samples, 10)(edit)
        edit.reason = " the vendor is late "

    build.causes(build.launch, action)
    assert build.document.receipts(build.launch)[-1][1].reason == "the vendor is late"
