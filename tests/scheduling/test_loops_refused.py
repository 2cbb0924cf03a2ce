"""What the rules refuse as a loop is what the scheduler would have to leave out, parents and milestones between included."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from planner import Planner

from milestone_desktop.domain.activities import Activity, Dependency
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.loops import check_loops
from milestone_desktop.domain.messages import Message, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.network import Network
from milestone_desktop.scheduling.schedule import compute


class Growing:
    """A plan of some rows in an outline, to which links and moves are made one by one as the rules allow.

    kinds: of the links. One to a parent's finish holds only what is last below it, so that the scheduler may see no loop
    where the rules do: there a parent counts as a whole.
    """

    def __init__(self, seed: int, kinds: Sequence[LinkType]) -> None:
        self.kinds = kinds
        self.rng = random.Random(seed)
        self.planner = Planner()
        self.rows: list[int] = []
        for number in range(self.rng.randint(3, 9)):
            fields = {"parent": self.rng.choice([None, *self.rows[-3:]]) if self.rows else None}
            make = self.planner.milestone if self.rng.random() < 0.2 else self.planner.task
            self.rows.append(make(f"R{number}", **fields))  # type: ignore[arg-type]
        self.network: Network | None = None
        self.refused = 0
        self.taken = 0

    def step(self) -> None:
        old = self._row() if self.rng.random() < 0.25 else None
        new = self._moved(old) if old is not None else self._link()
        if new is None:
            return
        plan = self.planner.plan
        plan.put(new)
        refusal = _refusal(plan, Change(old, new))
        if refusal is None:
            self.taken += 1
            assert self._loops() == [], new
            return
        self.refused += 1
        if set(self.kinds) <= {LinkType.FS, LinkType.SS}:
            assert self._loops(), (str(refusal), new)
        self._check_words(refusal)
        if old is not None:
            plan.put(old)
        else:
            plan.discard(Dependency, new.id)

    def _loops(self) -> list[list[int]]:
        found = compute(self.planner.plan, known=self.network)
        self.network = found.network
        return found.cycles

    def _row(self) -> Activity:
        row = self.planner.plan.activity(self.rng.choice(self.rows))
        assert row is not None
        return row

    def _link(self) -> Dependency:
        before, after = self.rng.sample(self.rows, 2)
        number = self.planner.plan.take_number("id")
        return Dependency(number, before, after, self.rng.choice(self.kinds))

    def _moved(self, row: Activity) -> Activity | None:
        """The row under another parent, unless that stands below it: an outline has no loops of its own."""
        parent = self.rng.choice(self.rows)
        above: int | None = parent
        while above is not None:
            if above == row.id:
                return None
            found = self.planner.plan.activity(above)
            above = found.parent if found is not None else None
        return replace(row, parent=parent)  # type: ignore[type-var]

    def _check_words(self, refused: PlanError) -> None:
        """The loop is named row by row and ends where it begins."""
        named = re.search(r"loop: (.*)\.$", str(refused.message))
        assert named is not None
        titles = named[1].split(" → ")
        assert len(titles) > 1
        assert titles[0] == titles[-1]
        known = {row.title for row in self.planner.plan.activities()}
        assert set(titles) - {"…"} <= known


def _refusal(plan: Plan, change: Change) -> PlanError | None:
    try:
        check_loops(plan, ChangeSet(Message("x"), (change,)))
    except PlanError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("kinds", [(LinkType.FS, LinkType.SS), tuple(LinkType)], ids=["to starts", "all kinds"])
def test_a_link_or_a_move_is_refused_where_the_scheduler_would_find_a_loop(kinds: Sequence[LinkType]) -> None:
    refused = taken = 0
    for seed in range(60):
        growing = Growing(seed, kinds)
        for _ in range(14):
            growing.step()
        refused, taken = refused + growing.refused, taken + growing.taken
    assert refused > 60
    assert taken > 150
