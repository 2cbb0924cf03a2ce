"""What the pages show of the project in hand: the filter and the groups. Each project, and the portfolio, has its own.

Roadmap, Milestones and Work items ask it which rows to keep; the chip row names the filter, so that none is ever hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from milestone_desktop.desktop.changed_days import ChangedDays
from milestone_desktop.desktop.typed_dates import day_first, names
from milestone_desktop.document.document import Changed
from milestone_desktop.domain import dates
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.grouping import proper
from milestone_desktop.domain.instants import Day
from milestone_desktop.filters.columns import Columns
from milestone_desktop.filters.field import Sight
from milestone_desktop.filters.fields import field_named
from milestone_desktop.filters.judging import judge
from milestone_desktop.filters.reading import FilterError, read_filter
from milestone_desktop.filters.tree import EVERYTHING, Node, every, tops
from milestone_desktop.filters.writing import write_filter

if TYPE_CHECKING:
    from milestone_desktop.desktop.session import Session

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]
FEW = 20
"""So many rows that one edit adds stay in view although the filter would hide them."""

READ_AHEAD = ("status", "what", "type", "due", "owner", "tag", "start", "end", "priority", "signoff")
"""The fields that people filter by most: nearly all that the quick filters and first views ask for. None of them takes much
memory, as columns of texts that all differ do."""
JUDGED = ("health", "late")
"""And those that follow from the health of milestones, where that is known already: to judge it may take a schedule."""


@dataclass
class _Scope:
    """What one project, or the portfolio, shows. typed: the filter as it was typed; problem:
    why that cannot be read; added: rows that came since it was set."""

    typed: str = ""
    problem: FilterError | None = None
    node: Node = EVERYTHING
    grouping: tuple[str, ...] = ()
    packed: bool = False
    view: str = ""
    added: set[int] = field(default_factory=set)


class Shown(QObject):
    """filter_changed: other rows are kept; grouping_changed: other groups; view_changed: another view is chosen; leaving:
    another view or project is about to be shown, or the window to be closed. Then what is shown is kept as view state.

    left: the activities that the last edit has taken out of the filter."""

    leaving = Signal()
    filter_changed = Signal()
    grouping_changed = Signal()
    packed_changed = Signal()
    view_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._changed_days = ChangedDays(session.document)
        self._columns = Columns(self._sight())
        self._scopes: dict[int | None, _Scope] = {}
        self._kept: tuple[int | None, Node, Ids] | None = None
        self._day = session.today()
        self.left: tuple[int, ...] = ()

    # the filter

    @property
    def node(self) -> Node:
        """The filter of the project in hand."""
        return self._scope.node

    @property
    def text(self) -> str:
        """The filter as it is typed."""
        return self._scope.typed

    @property
    def problem(self) -> FilterError | None:
        """Why what is typed cannot be read; None where it can."""
        return self._scope.problem

    @property
    def filtering(self) -> bool:
        """Whether there is a filter."""
        return self._scope.node != EVERYTHING

    def read(self, text: str) -> Node:
        """The filter that a text means, with dates as the locale writes them. Raises FilterError."""
        return read_filter(text, self.read_day)

    def read_day(self, text: str) -> Day:
        """A day as people type it. Raises PlanError."""
        return dates.read_day(text, self._session.today(), day_first=day_first(), names=names())[0]

    def type(self, text: str) -> None:
        """Takes a filter as it is being typed; while it cannot be read, the one before stays and `problem` tells why."""
        try:
            node = self.read(text)
        except FilterError as problem:
            self._scope.problem, self._scope.typed = problem, text
            self.filter_changed.emit()
            return
        self._set(node, text)

    def set_filter(self, node: Node) -> None:
        """Takes a filter that was chosen or built."""
        self._set(node, write_filter(node))

    def add(self, node: Node) -> None:
        """Asks for one thing more."""
        self.set_filter(every((*tops(self.node), node)) if self.filtering else node)

    def remove(self, node: Node) -> None:
        """Takes one of the conditions at the top away."""
        self.set_filter(every(part for part in tops(self.node) if part != node))

    def has(self, node: Node) -> bool:
        """Whether all of these conditions are asked for at the top."""
        return all(part in tops(self.node) for part in tops(node))

    def keep_what_left(self) -> None:
        """Has what the last edit has taken out of the filter stay in view until another filter is set."""
        self._scope.added |= set(self.left)
        self.left, self._kept = (), None
        self.filter_changed.emit()

    def clear(self) -> None:
        """Shows everything again."""
        self.set_filter(EVERYTHING)

    def kept(self) -> Ids | None:
        """The ids that the filter keeps in the project in hand (in all, in the portfolio); None where there is no filter.

        The same array as before where nothing has changed.
        """
        scope, project = self._scope, self._session.project_id
        if scope.node == EVERYTHING:
            self._kept = None
            return None
        if self._kept is None or self._kept[:2] != (project, scope.node):
            self._kept = (project, scope.node, self._kept_now(scope, project))
        return self._kept[2]

    def count(self, node: Node) -> int:
        """How many milestones and work items of the project in hand a filter keeps."""
        self._heed_clock()
        return int(np.count_nonzero(self._mask(node, self._session.project_id)))

    # groups and views

    @property
    def grouping(self) -> tuple[str, ...]:
        """What the rows are grouped by: names of `domain.grouping`."""
        return self._scope.grouping

    def set_grouping(self, wanted: tuple[str, ...]) -> None:
        """Groups the rows by up to two things; () for the outline."""
        found = proper(wanted)
        if found != self._scope.grouping:
            self._scope.grouping = found
            self.grouping_changed.emit()

    @property
    def packed(self) -> bool:
        """Whether items share rows where they do not overlap."""
        return self._scope.packed

    def set_packed(self, packed: bool) -> None:
        """Packs the rows into lanes, or gives each item a row of its own again."""
        if packed is not self._scope.packed:
            self._scope.packed = packed
            self.packed_changed.emit()

    @property
    def view(self) -> str:
        """The key of the view that was chosen last (`offered_views`), "" for none."""
        return self._scope.view

    def show(self, node: Node, grouping: tuple[str, ...], view: str) -> None:
        """Takes filter and groups of a view, all at once."""
        self.leave()
        scope = self._scope
        scope.view = view
        self.set_filter(node)
        self.set_grouping(grouping)
        self.view_changed.emit()

    def set_view(self, view: str) -> None:
        """Says which view is in hand."""
        if view != self._scope.view:
            self.leave()
            self._scope.view = view
            self.view_changed.emit()

    def leave(self) -> None:
        """Something else is about to be shown: what is shown now is kept with the workspace, without a journal entry."""
        self.leaving.emit()
        scope, self.left = self._scope, ()
        state = {"filter": scope.typed, "group": list(scope.grouping), "lanes": scope.packed, "view": scope.view}
        self._session.keep(self._key(self._session.project_id), state)

    # following

    def read_ahead(self) -> bool:
        """Reads a field that a filter will most likely ask for; False where all are read."""
        wanted = READ_AHEAD if self._session.facts.health.unjudged() else READ_AHEAD + JUDGED
        field = next((field for field in map(field_named, wanted) if not self._columns.has(field)), None)
        if field is None:
            self._columns.put_by()
            return False
        self._columns.read(field)
        return True

    def heed(self, event: Changed) -> None:
        """Takes over an edit, before any page looks."""
        self._changed_days.heed(event)
        if event.line.undoes is not None:
            self._columns.forget("changed")
        self._columns.heed(event.change_set)
        added = {change.id for change in event.change_set.of(Milestone, WorkItem) if change.old is None}
        if len(added) <= FEW:
            self._scope.added |= added
        gone: tuple[int, ...] = ()
        if self._kept is not None:
            project, node, before = self._kept
            if project != self._session.project_id:
                self._kept, self.left = None, ()
                return
            now = self._kept_now(self._scope, project)
            self._kept = (project, node, before if np.array_equal(before, now) else now)
            gone = self._gone(before, now)
        self.left = gone

    # parts

    @property
    def _scope(self) -> _Scope:
        project = self._session.project_id
        if project not in self._scopes:
            self._scopes[project] = self._scope_kept(project)
        return self._scopes[project]

    def _key(self, project: int | None) -> str:
        return "shown in the portfolio" if project is None else f"shown in project {project}"

    def _scope_kept(self, project: int | None) -> _Scope:
        """What was shown of a project when it was left, in this run or an earlier one."""
        kept, scope = self._session.kept(self._key(project)), _Scope()
        if not isinstance(kept, dict):
            return scope
        scope.typed, scope.view = str(kept.get("filter", "")), str(kept.get("view", ""))
        groups = kept.get("group")
        scope.grouping = proper(str(name) for name in groups) if isinstance(groups, list) else ()
        scope.packed = kept.get("lanes") is True
        try:
            scope.node = self.read(scope.typed)
        except FilterError as problem:
            scope.problem = problem
        return scope

    def _gone(self, before: Ids, now: Ids) -> tuple[int, ...]:
        """What was kept before an edit, is there still, and is kept no longer."""
        if before is now:
            return ()
        gone: list[int] = np.setdiff1d(before, now, assume_unique=True).tolist()
        return tuple(row_id for row_id in gone if self._session.plan.activity(row_id) is not None)

    def _set(self, node: Node, text: str) -> None:
        scope, self.left = self._scope, ()
        told, scope.problem = scope.problem, None
        scope.typed = text
        if node != scope.node:
            scope.node, scope.added = node, set()
        elif told is None:
            return
        self.filter_changed.emit()

    def _kept_now(self, scope: _Scope, project: int | None) -> Ids:
        self._heed_clock()
        mask = self._mask(scope.node, project)
        if scope.added:
            mask = mask | np.isin(self._columns.ids, np.fromiter(scope.added, np.int64))
        return self._columns.ids[mask]

    def _mask(self, node: Node, project: int | None) -> Mask:
        mask = judge(node, self._columns)
        if project is None:
            here: Mask = np.isin(self._columns.projects, [row.id for row in self._session.facts.projects()])
        else:
            here = np.equal(self._columns.projects, project)
        return mask & here

    def _heed_clock(self) -> None:
        day = self._session.today()
        if day != self._day:
            self._day = day
            self._columns.forget_day()

    def _sight(self) -> Sight:
        session = self._session
        facts = session.facts

        def health(milestone: Milestone) -> Health:
            return facts.assessment(milestone).health

        return Sight(
            session.plan,
            session.today,
            lambda project: facts.status_day(project, session.today()),
            facts.progress_of,
            health,
            facts.slip,
            facts.percents,
            facts.timing.slacks,
            facts.health.unjudged,
            session.critical,
            self._changed_days.now,
        )
