"""Every remedy that is offered for a conflict resolves it, in one edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from milestone_desktop.document.demands import DateRefusedError
from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, dependencies, items, milestones, modes, projects
from milestone_desktop.document.operations.conflicts import Remedy, instead, remedies
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import ConstraintType, ProjectStatus, ScheduleMode
from milestone_desktop.domain.instants import instant, instant_to_iso
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.scheduling.slack import Conflict

MONDAY = instant(2026, 11, 30, 9)


class Pair:
    """“Dig”, five days from Monday, before “Mount” and, with three days of lag, before “Ready”."""

    def __init__(self) -> None:
        self.document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 24, 10))
        with self.document.edit("Add") as edit:
            self.project = projects.create(edit, "Farm", start=MONDAY, mode=ScheduleMode.COMPUTED).id
            self.dig = items.create(edit, self.project, "Dig", duration=5 * 480).id
            self.mount = items.create(edit, self.project, "Mount", duration=2 * 480).id
            self.ready = milestones.create(edit, self.project, "Ready").id
            self.link = dependencies.add(edit, self.dig, self.mount).id
            dependencies.add(edit, self.dig, self.ready, lag=3 * 480)

    def edit(self, action: Callable[[Edit], object]) -> None:
        with self.document.edit("Edit") as edit:
            action(edit)

    def conflict(self) -> Conflict:
        found = self.document.schedule()
        assert found is not None
        (conflict,) = found.conflicts
        return conflict

    def remedies(self) -> list[Remedy]:
        """What is offered; each is tried: the conflict must be gone, and undo must bring all back."""
        plan = self.document.plan
        conflict = self.conflict()
        offered = remedies(plan, conflict, self.document.schedule())
        for remedy in offered:
            before = plan.copy()
            self.edit(remedy.action)
            assert str(self.document.storage.lines()[-1].label) == str(remedy.label)
            found = self.document.schedule()
            assert found is not None
            assert found.conflicts == [], str(remedy.label)
            self.document.undo()
            assert plan == before
        return offered

    def dates(self, row_id: int) -> tuple[str, ...]:
        row = self.document.plan.activity(row_id)
        assert row is not None
        return tuple("" if moment is None else instant_to_iso(moment) for moment in (row.start, row.end))


def labels(offered: list[Remedy]) -> list[str]:
    return [str(remedy.label) for remedy in offered]


def test_a_fixed_successor_may_move_be_computed_or_lose_the_link() -> None:
    pair = Pair()
    pair.edit(lambda edit: (dates.fix(edit, [pair.mount]), dates.set_start(edit, pair.mount, instant(2026, 12, 2, 9))))
    offered = pair.remedies()
    assert labels(offered) == [
        "Move “Mount” to 2026-12-07",
        "Let “Mount” be computed",
        "Remove link “Dig” to “Mount”",
    ]
    pair.edit(offered[0].action)
    assert pair.dates(pair.mount) == ("2026-12-07T09:00", "2026-12-08T18:00")


def test_a_fixed_milestone_moves_to_the_end_of_work() -> None:
    pair = Pair()
    pair.edit(lambda edit: (dates.fix(edit, [pair.ready]), dates.set_end(edit, pair.ready, instant(2026, 12, 7, 18))))
    offered = pair.remedies()
    assert labels(offered)[0] == "Move “Ready” to 2026-12-09"
    assert labels(offered)[2] == "Take the lag out of link “Dig” to “Ready”"
    pair.edit(offered[0].action)
    assert pair.dates(pair.ready)[1] == "2026-12-09T18:00"


@pytest.mark.parametrize(
    ("kind", "moment", "moved"),
    [
        (ConstraintType.MSO, instant(2026, 12, 2, 9), "2026-12-07"),
        (ConstraintType.SNLT, instant(2026, 12, 2, 9), "2026-12-07"),
        (ConstraintType.FNLT, instant(2026, 12, 3, 18), "2026-12-08"),
        (ConstraintType.MFO, instant(2026, 12, 3, 18), "2026-12-08"),
    ],
)
def test_a_constraint_moves_or_goes(kind: ConstraintType, moment: int, moved: str) -> None:
    pair = Pair()
    pair.edit(lambda edit: activities.set_fields(edit, [pair.mount], constraint=kind, constraint_date=moment))
    assert labels(pair.remedies()) == [
        f"Move the constraint of “Mount” ({kind.value}) to {moved}",
        f"Take the constraint ({kind.value}) away from “Mount”",
        "Remove link “Dig” to “Mount”",
    ]


def test_a_pinned_predecessor_is_let_go_only_where_that_helps() -> None:
    pair = Pair()
    pair.edit(lambda edit: (dates.fix(edit, [pair.mount]), dates.set_start(edit, pair.mount, instant(2026, 12, 7, 9))))
    pair.edit(lambda edit: dates.set_start(edit, pair.dig, instant(2026, 12, 1, 9)))
    assert "Let “Dig” be computed" in labels(pair.remedies())
    pair.edit(lambda edit: dates.set_start(edit, pair.mount, instant(2026, 12, 3, 9)))
    assert "Let “Dig” be computed" not in labels(pair.remedies())


def test_a_recorded_project_is_moved_and_an_archived_one_is_left_alone() -> None:
    pair = Pair()
    pair.edit(lambda edit: modes.set_mode(edit, pair.project, ScheduleMode.RECORDED))
    pair.edit(lambda edit: dates.set_start(edit, pair.mount, instant(2026, 12, 2, 9)))
    assert labels(pair.remedies()) == ["Move “Mount” to 2026-12-07", "Remove link “Dig” to “Mount”"]
    pair.edit(lambda edit: projects.set_fields(edit, pair.project, status=ProjectStatus.ARCHIVED))
    conflict = pair.conflict()
    assert remedies(pair.document.plan, conflict) == []
    pair.edit(lambda edit: projects.set_fields(edit, pair.project, status=ProjectStatus.ACTIVE))
    pair.edit(lambda edit: edit.remove(edit.plan[Dependency, pair.link]))
    assert remedies(pair.document.plan, conflict) == []


def test_a_refused_date_is_had_by_fixing_it() -> None:
    pair = Pair()
    for row_id, setter, moment in (
        (pair.mount, dates.set_start, instant(2026, 12, 2, 9)),
        (pair.ready, dates.set_end, instant(2026, 12, 3, 18)),
    ):
        with pytest.raises(DateRefusedError) as caught, pair.document.edit("Pin") as edit:
            setter(edit, row_id, moment)
        assert caught.value.driver == pair.dig
        remedy = instead(pair.document.plan, caught.value)
        assert remedy is not None
        pair.edit(remedy.action)
        assert instant_to_iso(moment) in pair.dates(row_id)
        assert str(pair.document.storage.lines()[-1].label) == str(remedy.label)


def test_a_parent_cannot_be_fixed_and_says_what_holds_it() -> None:
    pair = Pair()
    pair.edit(lambda edit: activities.move_to(edit, [pair.mount], items.create(edit, pair.project, "Phase").id))
    phase = pair.document.plan.activity(pair.mount).parent
    assert phase is not None
    with pytest.raises(
        DateRefusedError, match="“Phase” cannot be on 2026-12-01: it waits for “Dig”, so the earliest is"
    ) as caught:
        pair.edit(lambda edit: dates.set_start(edit, phase, instant(2026, 12, 1, 9)))
    assert instead(pair.document.plan, caught.value) is None
    assert str(caught.value.hint) == "Move what is in it, or change what it waits for."


def test_what_else_may_hold_a_date_is_named() -> None:
    pair = Pair()
    pair.edit(lambda edit: activities.move_to(edit, [pair.dig], items.create(edit, pair.project, "Phase").id))
    phase = pair.document.plan.activity(pair.dig).parent
    assert phase is not None
    early = instant(2026, 11, 24, 9)
    with pytest.raises(DateRefusedError, match="its project does not begin earlier, so the earliest is 2026-11-30"):
        pair.edit(lambda edit: dates.set_start(edit, pair.dig, early))
    pair.edit(lambda edit: dates.set_start(edit, phase, instant(2026, 12, 3, 9)))
    with pytest.raises(DateRefusedError, match="“Phase” above it is not to begin earlier, so the earliest is 2026-12-03"):
        pair.edit(lambda edit: dates.set_start(edit, pair.dig, early))
    pair.edit(lambda edit: dates.set_start(edit, pair.dig, instant(2026, 12, 4, 9)))
    with pytest.raises(DateRefusedError, match="“Dig” in it is not to be earlier, so the earliest is 2026-12-04"):
        pair.edit(lambda edit: dates.set_start(edit, phase, instant(2026, 12, 1, 9)))
    pair.edit(lambda edit: activities.set_fields(edit, [pair.dig], actual_start=instant(2026, 12, 4, 9)))
    with pytest.raises(DateRefusedError, match="“Dig” in it has begun, so the earliest is 2026-12-04"):
        pair.edit(lambda edit: dates.set_start(edit, phase, instant(2026, 12, 2, 9)))


def test_a_refusal_on_the_same_day_tells_the_times() -> None:
    pair = Pair()
    with pytest.raises(DateRefusedError, match=r"cannot be on 2026-12-09 at 12:00: .* earliest is 2026-12-09 at 18:00"):
        pair.edit(lambda edit: dates.set_end(edit, pair.ready, instant(2026, 12, 9, 12)))
