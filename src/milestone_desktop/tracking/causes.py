"""Why an edit moved milestones: what each of its parts did to their dates, the schedule recomputed after each part.

An edit of one part needs no recomputing. With several, they are applied one after the other in their fixed order (see
`parts`), and a part is named where a date moves with it. A part without which the date would be the same all the same is
taken out again, and what it seemed to do counts for the others: so where there is one cause, that one is named. Where an
edit has more than MOST parts that come before its milestones (fewer in a large plan, where each schedule takes longer),
those of a kind are taken together and counted; where even those are too many, the edit as a whole is the cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import Message, PlanError
from milestone_desktop.domain.outline import ancestors, descendants
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.tracking.parts import BY_HAND, Part, Step, grouped, parts_of

if TYPE_CHECKING:
    from milestone_desktop.scheduling.network import Network

MOST = 8
"""Parts that are told apart. Each costs one schedule, a second one where several moved the same milestone."""

MOST_SCHEDULES, LEAST_SCHEDULES = 32, 3
ROWS_SCHEDULED = 80_000
"""Rows that all schedules of one edit may hold together; about half a second."""

Stage = tuple[Message, Instant]
"""A cause, and the date that the milestone has once it has been applied."""


def causes_of(plan: Plan, change_set: ChangeSet, known: Network | None = None) -> dict[int, tuple[Stage, ...]]:
    """The causes by id of each milestone that an edit moved from one date to another, the last one leading to its new date.

    `plan` is the plan after the edit; known: a network of it, for its calendar tables. A milestone whose move cannot be
    told apart is left out.
    """
    moved = [change for change in change_set.of(Milestone) if _is_move(change)]
    found: dict[int, tuple[Stage, ...]] = {}
    placed = [change for change in moved if _is_placed(plan, change.new)]
    for change in moved:
        if change not in placed:
            found[change.id] = ((BY_HAND, change.new.end),)
    if placed:
        found |= _of_placed(plan, change_set, placed, known)
    return found


def _is_move(change: Change) -> bool:
    return (
        change.old is not None
        and change.new is not None
        and change.old.end is not None
        and change.new.end is not None
        and change.old.end != change.new.end
    )


def _is_placed(plan: Plan, row: Milestone) -> bool:
    """Whether the scheduler places a milestone."""
    return is_computed(plan[Project, row.project]) and row.placement is not Placement.FIXED and row.actual_finish is None


def _of_placed(
    plan: Plan, change_set: ChangeSet, moved: Sequence[Change], known: Network | None
) -> dict[int, tuple[Stage, ...]]:  # fmt: skip
    ground, parts = parts_of(plan, change_set)
    if len(parts) < 2:
        return {change.id: ((part.said_of(change.id), change.new.end),) for change in moved for part in parts}
    before = plan.copy()
    before.apply(change_set.inverted())
    if len(parts) > MOST and not any(row.constraint is ConstraintType.ALAP for row in plan.activities()):
        upstream = _upstream((before, plan), {change.id for change in moved})
        parts = [part for part in parts if not part.subjects or part.subjects & upstream]
    rows = plan.count(Milestone) + plan.count(WorkItem)
    most = max(LEAST_SCHEDULES, min(MOST_SCHEDULES, ROWS_SCHEDULED // max(1, rows)))
    parts = grouped(parts, min(MOST, most // 2 + 1))
    if len(parts) - 1 > most:
        return {}
    trial = _Trial(before, ground, parts, {change.id: change for change in moved}, known, most)
    try:
        return dict(trial.causes())
    except (PlanError, LookupError):  # a state in between that cannot be scheduled: the edit as a whole is the cause
        return {}


def _upstream(plans: Iterable[Plan], ids: set[int]) -> set[int]:
    """The activities whose dates these ones can depend on, themselves included."""
    found: set[int] = set()
    for plan in plans:
        waiting = list(ids)
        seen: set[int] = set()
        while waiting:
            row = plan.activity(waiting.pop())
            if row is None or row.id in seen:
                continue
            seen.add(row.id)
            for above in (row, *ancestors(plan, row)):
                found.add(above.id)
                for link in plan.where(Dependency, "successor", above.id):
                    if link.predecessor not in seen:
                        waiting.append(link.predecessor)
                        if isinstance(plan.activity(link.predecessor), WorkItem):
                            waiting += [below.id for below in descendants(plan, link.predecessor)]
        found |= seen
    return found


@dataclass(slots=True)
class _Trial:
    """Dates of the moved milestones with some of the parts applied."""

    before: Plan
    ground: Sequence[Step]
    parts: Sequence[Part]
    moved: Mapping[int, Change]
    known: Network | None
    most: int

    def causes(self) -> Iterator[tuple[int, tuple[Stage, ...]]]:
        """The causes of each milestone that can be told."""
        every = tuple(range(len(self.parts)))
        tried: dict[tuple[int, ...], dict[int, Instant | None]] = {every: {row: c.new.end for row, c in self.moved.items()}}
        tried[()] = {row: change.old.end for row, change in self.moved.items()}
        for row_id, change in self.moved.items():
            stages = self._stages(row_id, every, tried)
            kept = self._needed(row_id, tuple(place for place, _ in stages), tried, change.new.end)
            if len(kept) < len(stages):
                stages = self._stages(row_id, kept, tried)
            if stages and stages[-1][1] == change.new.end:
                yield row_id, tuple((self.parts[place].said_of(row_id), moment) for place, moment in stages)

    def _stages(
        self, row_id: int, chosen: tuple[int, ...], tried: dict[tuple[int, ...], dict[int, Instant | None]]
    ) -> list[tuple[int, Instant]]:
        """The parts among the chosen ones with which a milestone's date changes, and the date after each."""
        stages: list[tuple[int, Instant]] = []
        reached = self.moved[row_id].old.end
        for count in range(1, len(chosen) + 1):
            moment = self._date(row_id, chosen[:count], tried)
            if moment is not None and moment != reached:
                stages.append((chosen[count - 1], moment))
                reached = moment
        return stages

    def _needed(
        self,
        row_id: int,
        chosen: tuple[int, ...],
        tried: dict[tuple[int, ...], dict[int, Instant | None]],
        goal: Instant,
    ) -> tuple[int, ...]:
        """The chosen parts less those without which the date is the same, the first ones first."""
        if len(chosen) < 2 or self._date(row_id, chosen, tried) != goal:
            return chosen
        for place in chosen:
            fewer = tuple(other for other in chosen if other != place)
            if fewer and self._date(row_id, fewer, tried) == goal:
                return self._needed(row_id, fewer, tried, goal)
        return chosen

    def _date(
        self, row_id: int, chosen: tuple[int, ...], tried: dict[tuple[int, ...], dict[int, Instant | None]]
    ) -> Instant | None:  # fmt: skip
        if chosen not in tried:
            tried[chosen] = self._dates(chosen) if len(tried) < self.most + 2 else {}
        return tried[chosen].get(row_id)

    def _dates(self, chosen: tuple[int, ...]) -> dict[int, Instant | None]:
        from milestone_desktop.scheduling.schedule import compute

        plan = self.before.copy()
        for step in (*self.ground, *(step for place in chosen for step in self.parts[place].steps)):
            step.apply(plan)
        schedule = compute(plan, known=self.known)
        self.known = schedule.network
        found: dict[int, Instant | None] = {}
        for row_id in self.moved:
            row = plan.get(Milestone, row_id)
            placed = row is not None and _is_placed(plan, row) and row_id in schedule.row_of
            found[row_id] = schedule.dates(row_id)[1] if placed else None if row is None else row.end
        return found
