"""Dependencies between rows. A link on a parent means its children:

* from a parent's finish (FS, FF): from the finish of every activity below it, since the parent ends when the last one does;
* from a parent's start (SS, SF): from the earliest start below it, since the parent starts with it;
* to a parent's start (FS, SS): to the start of every activity below it;
* to a parent's finish (FF, SF): to the finish of those below it that nothing else below it succeeds.

A *join*, a row without an activity, stands between the sides where both are many, and for the earliest of many starts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.activities import Activity, Dependency
from milestone_desktop.domain.enums import LagUnit, LinkType
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.calendars import LONGEST, Ints
from milestone_desktop.scheduling.rows import Rows

FROM_FINISH = (LinkType.FS, LinkType.FF)
TO_FINISH = (LinkType.FF, LinkType.SF)


@dataclass(slots=True)
class Links:
    """Columns by link. from_finish, to_finish: which end of each activity it holds; lag: minutes, counted round the clock
    where `elapsed`; dependency: id of the record."""

    source: Ints
    target: Ints
    from_finish: NDArray[np.bool_]
    to_finish: NDArray[np.bool_]
    lag: Ints
    elapsed: NDArray[np.bool_]
    dependency: Ints

    def chosen(self, which: NDArray[np.bool_] | Ints) -> Links:
        """Some of the links, or all in another order."""
        return Links(
            self.source[which],
            self.target[which],
            self.from_finish[which],
            self.to_finish[which],
            self.lag[which],
            self.elapsed[which],
            self.dependency[which],
        )


@dataclass(slots=True)
class Joins:
    """By join: the place of its project, and whether it is as early as its earliest source (else as late as its latest)."""

    project: Ints
    least: NDArray[np.bool_]


def read_links(plan: Plan, rows: Rows) -> tuple[Links, list[list[int]], Joins]:
    """The links between rows, the loops of an activity with its own parent, and the joins.

    Joins are numbered from the count of rows on. Raises PlanError where a lag is longer than any plan.
    """
    row_of = {row.id: place for place, row in enumerate(rows.activities)}
    plain: list[Dependency] = []
    on_parents: list[Dependency] = []
    for link in sorted(plan.all(Dependency), key=lambda link: link.id):
        (plain if link.predecessor in row_of and link.successor in row_of else on_parents).append(link)
    lags = [_lag(plan, link) for link in plain]
    links = Links(
        np.array([row_of[link.predecessor] for link in plain], np.int64),
        np.array([row_of[link.successor] for link in plain], np.int64),
        np.array([link.type in FROM_FINISH for link in plain], bool),
        np.array([link.type in TO_FINISH for link in plain], bool),
        np.array([lag for lag, _ in lags], np.int64),
        np.array([elapsed for _, elapsed in lags], bool),
        np.array([link.id for link in plain], np.int64),
    )
    if not on_parents:
        return links, [], Joins(np.zeros(0, np.int64), np.zeros(0, bool))
    expansion = _Expansion(plan, rows, row_of, links)
    for link in on_parents:
        expansion.add(link)
    joins = Joins(
        np.array([join for join, _ in expansion.joins], np.int64), np.array([least for _, least in expansion.joins], bool)
    )
    return expansion.joined(links), expansion.loops, joins


def _lag(plan: Plan, link: Dependency) -> tuple[int, bool]:
    """Minutes and whether they are elapsed."""
    if link.lag == 0:
        return 0, False
    lag, elapsed = link.lag, link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT)
    if link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
        before = plan.activity(link.predecessor)
        minutes = 0 if before is None else before.duration
        lag = (abs(lag) * minutes + 5_000) // 10_000 * (-1 if lag < 0 else 1)
        elapsed = elapsed or (before is not None and before.duration_unit[:1] == "e")
    if abs(lag) > LONGEST:
        after = plan.activity(link.successor)
        raise PlanError(
            N_("The lag before “{title}” is longer than the years 1900–2200 have room for."),
            N_("Type a shorter lag."),
            title=after.title if after is not None else str(link.successor),
        )
    return lag, elapsed


class _Expansion:
    """Turns links on parents into links between rows and joins."""

    def __init__(self, plan: Plan, rows: Rows, row_of: dict[int, int], links: Links) -> None:
        self.loops: list[list[int]] = []
        self.joins: list[tuple[int, bool]] = []
        self._plan = plan
        self._rows = rows
        self._row_of = row_of
        self._added: list[tuple[int, int, bool, bool, int, bool, int]] = []
        self._after: dict[int, set[int]] = {}
        for source, target in zip(links.source.tolist(), links.target.tolist(), strict=True):
            self._after.setdefault(source, set()).add(target)

    def add(self, link: Dependency) -> None:
        """Expands one link; one between an activity and what stands above it is a loop and is left out."""
        ends = [self._plan.activity(link.predecessor), self._plan.activity(link.successor)]
        if ends[0] is None or ends[1] is None:
            return
        from_finish, to_finish = link.type in FROM_FINISH, link.type in TO_FINISH
        below = [self._below(ends[0]), self._below(ends[1])]
        if set(below[0]) & set(below[1]):
            self.loops.append([link.predecessor, link.successor])
            return
        sources = below[0]
        targets = _without(below[1], self._after) if to_finish else below[1]
        lag, elapsed = _lag(self._plan, link)
        if len(sources) > 1 and (len(targets) > 1 or not from_finish) and targets:
            join = len(self._rows.activities) + len(self.joins)
            self.joins.append((int(self._rows.project[targets[0]]), not from_finish))
            self._added += [(source, join, from_finish, False, 0, False, link.id) for source in sources]
            sources, from_finish = [join], False
        for source in sources:
            self._added += [(source, target, from_finish, to_finish, lag, elapsed, link.id) for target in targets]

    def joined(self, links: Links) -> Links:
        """The links given and those that were added."""
        if not self._added:
            return links
        source, target, from_finish, to_finish, lag, elapsed, dependency = zip(*self._added, strict=True)
        return Links(
            np.concatenate((links.source, np.array(source, np.int64))),
            np.concatenate((links.target, np.array(target, np.int64))),
            np.concatenate((links.from_finish, np.array(from_finish, bool))),
            np.concatenate((links.to_finish, np.array(to_finish, bool))),
            np.concatenate((links.lag, np.array(lag, np.int64))),
            np.concatenate((links.elapsed, np.array(elapsed, bool))),
            np.concatenate((links.dependency, np.array(dependency, np.int64))),
        )

    def _below(self, activity: Activity) -> list[int]:
        if activity.id in self._row_of:
            return [self._row_of[activity.id]]
        return self._rows.outline.leaves_below(activity.id, self._row_of)


def _without(places: list[int], others: dict[int, set[int]]) -> list[int]:
    """Those of the rows that no other of them succeeds, by `others`; all where they form a loop."""
    if len(places) == 1:
        return places
    within = set(places)
    free = [place for place in places if not others.get(place, set()) & within]
    return free or places
