"""Edits of a computed project: what follows is moved by the scheduler, as part of the same edit."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import activities, dates, dependencies, items, milestones, modes, projects
from milestone_desktop.document.recompute import differences
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import Placement, ScheduleMode
from milestone_desktop.domain.instants import Instant, instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 11, 24, 10, 30)
MONDAY = instant(2026, 11, 30, 9)


class Chain:
    """Two items of five days each, then a milestone, then another item; all in a phase."""

    def __init__(self, mode: ScheduleMode = ScheduleMode.COMPUTED) -> None:
        self.document = Document(MemoryStorage(seed_plan()), lambda: NOW)
        with self.document.edit("Add") as edit:
            project = projects.create(edit, "Solar farm", start=MONDAY, mode=mode)
            self.project = project.id
            self.phase = items.create(edit, project.id, "Build").id
            self.first = items.create(edit, project.id, "Dig", parent=self.phase, duration=5 * 480).id
            self.second = items.create(edit, project.id, "Mount", parent=self.phase, duration=5 * 480).id
            self.ready = milestones.create(edit, project.id, "Ready", parent=self.phase).id
            self.last = items.create(edit, project.id, "Connect", duration=2 * 480).id
            for before, after in ((self.first, self.second), (self.second, self.ready), (self.ready, self.last)):
                dependencies.add(edit, before, after)

    def dates(self, row_id: int) -> tuple[str, str]:
        row = self.document.plan.activity(row_id)
        assert row is not None
        return _text(row.start), _text(row.end)


def _text(moment: Instant | None) -> str:
    return "" if moment is None else instant_to_iso(moment)


def test_the_scheduler_places_what_is_linked_and_parents_span_it() -> None:
    chain = Chain()
    assert chain.dates(chain.first) == ("2026-11-30T09:00", "2026-12-04T18:00")
    assert chain.dates(chain.second) == ("2026-12-07T09:00", "2026-12-11T18:00")
    assert chain.dates(chain.ready) == ("", "2026-12-11T18:00")
    assert chain.dates(chain.last) == ("2026-12-14T09:00", "2026-12-15T18:00")
    assert chain.dates(chain.phase) == ("2026-11-30T09:00", "2026-12-11T18:00")
    assert chain.document.plan[WorkItem, chain.phase].duration == 10 * 480


def test_what_follows_moves_with_the_edit_and_back_with_one_undo() -> None:
    chain = Chain()
    before = chain.document.plan.copy()
    with chain.document.edit("Longer") as edit:
        dates.set_duration(edit, chain.first, 7 * 480)
    assert chain.dates(chain.ready)[1] == "2026-12-15T18:00"
    changes = {c.id: c.derived for c in chain.document.storage.change_set(2, chain.document.plan).changes}
    assert changes[chain.first] is False
    assert changes[chain.second] is True
    assert changes[chain.ready] is True
    receipts = chain.document.receipts(chain.ready)
    assert [receipt.working_days for _, receipt in receipts][-1] == 2
    chain.document.undo()
    assert chain.document.plan == before


def test_a_typed_date_is_a_pin_that_can_be_taken_away() -> None:
    chain = Chain()
    with chain.document.edit("Pin") as edit:
        dates.set_start(edit, chain.second, instant(2026, 12, 9, 9))
    row = chain.document.plan[WorkItem, chain.second]
    assert row.placement is Placement.PINNED
    assert chain.dates(chain.second)[0] == "2026-12-09T09:00"
    with chain.document.edit("Longer") as edit:  # pushed past its pin and back again: the pin is still on 9 December
        dates.set_duration(edit, chain.first, 15 * 480)
    assert chain.dates(chain.second)[0] == "2026-12-21T09:00"
    with chain.document.edit("Shorter") as edit:
        dates.set_duration(edit, chain.first, 480)
    assert chain.dates(chain.second)[0] == "2026-12-09T09:00"
    with chain.document.edit("Release") as edit:
        dates.release(edit, [chain.second])
    assert chain.dates(chain.second)[0] == "2026-12-01T09:00"


def test_a_date_typed_for_a_milestone_is_a_pin_before_anything_leads_to_it() -> None:
    chain = Chain()
    document = chain.document
    with document.edit("Add") as edit:
        opening = milestones.create(edit, chain.project, "Opening", instant(2026, 12, 24, 18)).id
        placed = milestones.create(edit, chain.project, "Fair", instant(2026, 12, 24, 18)).id
    for moment in (instant(2026, 12, 22, 9), instant(2026, 12, 16, 9)):  # later or earlier than it was: nothing holds it yet
        with document.edit("Type") as edit:
            dates.set_end(edit, opening, moment)
        assert document.plan[Milestone, opening].end == moment
    with document.edit("Link") as edit:
        dependencies.add(edit, chain.ready, opening)
        dependencies.add(edit, chain.ready, placed)
    assert chain.dates(opening)[1] == "2026-12-16T09:00"
    assert chain.dates(placed)[1] == "2026-12-11T18:00"  # no date was typed for this one
    with document.edit("Longer") as edit:
        dates.set_duration(edit, chain.first, 10 * 480)
    assert chain.dates(opening)[1] == "2026-12-18T18:00"
    with document.edit("Release") as edit:
        dates.set_duration(edit, chain.first, 5 * 480)
        dates.release(edit, [opening])
    assert chain.dates(opening)[1] == "2026-12-11T18:00"


def test_clearing_the_date_of_a_milestone_takes_its_pin_away() -> None:
    chain = Chain()
    with chain.document.edit("Add") as edit:
        opening = milestones.create(edit, chain.project, "Opening").id
        dates.set_end(edit, opening, instant(2026, 12, 22, 9))
    with chain.document.edit("Clear") as edit:
        dates.set_end(edit, opening, None)
    row = chain.document.plan[Milestone, opening]
    assert (row.placement, row.constraint_date, row.end) == (Placement.COMPUTED, None, MONDAY)


def test_a_date_earlier_than_the_driver_allows_is_refused_naming_it() -> None:
    chain = Chain()
    before = chain.document.plan.copy()
    with (
        pytest.raises(PlanError, match="“Mount” cannot be on 2026-12-02: it waits for “Dig”"),
        chain.document.edit("Pin") as edit,
    ):
        dates.set_start(edit, chain.second, instant(2026, 12, 2, 9))
    with pytest.raises(PlanError, match="waits for “Mount”"), chain.document.edit("Pin") as edit:
        dates.set_end(edit, chain.ready, instant(2026, 12, 9, 18))
    assert chain.document.plan == before


def test_the_instant_that_the_driver_ends_is_the_next_start_of_work() -> None:
    chain = Chain()
    with chain.document.edit("Pin") as edit:
        dates.set_start(edit, chain.second, instant(2026, 12, 4, 18))
    assert chain.dates(chain.second)[0] == "2026-12-07T09:00"


def test_a_fixed_date_stays_whatever_its_links_say() -> None:
    chain = Chain()
    with chain.document.edit("Fix") as edit:
        dates.fix(edit, [chain.second])
        dates.set_start(edit, chain.second, instant(2026, 12, 2, 9))
    assert chain.dates(chain.second) == ("2026-12-02T09:00", "2026-12-08T18:00")
    assert chain.dates(chain.ready)[1] == "2026-12-08T18:00"


def test_moving_by_working_days_pins_items_milestones_and_parents() -> None:
    chain = Chain()
    with chain.document.edit("Move") as edit:
        dates.move(edit, [chain.phase], 2)
    assert chain.dates(chain.first)[0] == "2026-12-02T09:00"
    assert chain.dates(chain.ready)[1] == "2026-12-15T18:00"
    with chain.document.edit("Move") as edit:
        dates.move(edit, [chain.ready], 3)
    assert chain.dates(chain.ready)[1] == "2026-12-18T18:00"
    assert chain.dates(chain.last)[0] == "2026-12-21T09:00"


def test_renaming_runs_no_schedule_and_moves_nothing() -> None:
    chain = Chain()
    plan = chain.document.plan
    stray = plan[WorkItem, chain.last]
    plan.put(type(stray)(**{**_fields(stray), "start": MONDAY, "end": MONDAY}))  # as another version might have left it
    assert [move.title for move in differences(plan)] == ["Connect"]
    with chain.document.edit("Rename") as edit:
        activities.rename(edit, chain.first, "Excavate")
    assert plan[WorkItem, chain.last].start == MONDAY


def test_switching_the_mode_is_listed_first_and_is_one_edit() -> None:
    chain = Chain(ScheduleMode.RECORDED)
    assert chain.dates(chain.ready) == ("", "")
    found = try_out(chain.document, lambda edit: modes.set_mode(edit, chain.project, ScheduleMode.COMPUTED))
    assert {move.title for move in found.moves} == {"Build", "Dig", "Mount", "Ready", "Connect"}
    assert chain.dates(chain.ready) == ("", "")
    with chain.document.edit("Compute") as edit:
        modes.set_mode(edit, chain.project, ScheduleMode.COMPUTED)
    assert chain.dates(chain.ready)[1] == "2026-12-11T18:00"
    with chain.document.edit("Record") as edit:
        modes.set_mode(edit, chain.project, ScheduleMode.RECORDED)
    assert chain.dates(chain.ready)[1] == "2026-12-11T18:00"


def test_a_milestone_window_comes_along() -> None:
    chain = Chain()
    with chain.document.edit("Window") as edit:
        dates.set_start(edit, chain.ready, instant(2026, 12, 10, 9))
    with chain.document.edit("Longer") as edit:
        dates.set_duration(edit, chain.first, 6 * 480)
    milestone = chain.document.plan[Milestone, chain.ready]
    assert (_text(milestone.start), _text(milestone.end)) == ("2026-12-11T09:00", "2026-12-14T18:00")


def _fields(row: object) -> dict[str, object]:
    from milestone_desktop.domain.kinds import values

    return values(row)


def test_the_project_is_asked_for_a_start_when_nothing_has_a_date() -> None:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with pytest.raises(PlanError, match="has no start"), document.edit("Add") as edit:
        project = projects.create(edit, "Empty", mode=ScheduleMode.COMPUTED)
        items.create(edit, project.id, "Work", duration=480)
    assert list(document.plan.all(Project)) == []


def test_a_recorded_project_without_any_date_holds_up_nothing() -> None:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Lay out") as edit:
        computed = projects.create(edit, "Computed", mode=ScheduleMode.COMPUTED, start=instant(2026, 12, 1, 9))
        work = items.create(edit, computed.id, "Work", duration=480)
        recorded = projects.create(edit, "Ideas", mode=ScheduleMode.RECORDED)
        idea = items.create(edit, recorded.id, "Someday", duration=480)
        dependencies.add(edit, idea.id, work.id)
    assert document.plan[WorkItem, idea.id].start is None
    with document.edit("Longer") as edit:
        dates.set_duration(edit, work.id, 960)
    assert document.plan[WorkItem, idea.id].end is None
    assert document.schedule() is not None
