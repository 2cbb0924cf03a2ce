"""An edit: the only way to alter a plan. It is written as a whole or vanishes as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from milestone_desktop.document.storage import digest
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.instants import Day, Instant, day_of, from_datetime
from milestone_desktop.domain.kinds import referring
from milestone_desktop.domain.messages import N_, Message, PlanError
from milestone_desktop.domain.plan import Plan

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Demand:
    """A date that an edit asks for: once the scheduler has run, `field` of the activity must not be later than `moment`."""

    activity: int
    field: str
    moment: Instant


class Edit:
    """Changes on their way. Reads of `plan` see them at once; `roll_back` leaves the plan as it was.

    label: what the person would call the edit; an operation that knows better sets it. reschedule: the scheduler runs at
    the end, also where nothing that it reads has changed. displaced: rows as they stood when the scheduler first moved them.
    cause: names every move in it, for an edit that is one whole (an import, a replan); reason: why the person made it; both
    go into the receipts.
    """

    def __init__(self, plan: Plan, label: Message, now: datetime) -> None:
        self.plan = plan
        self.label = label
        self.cause: Message | None = None
        self.reason = ""
        self.now: Instant = from_datetime(now)
        self.today: Day = day_of(self.now)
        self.blobs: dict[str, bytes] = {}
        self.demands: list[Demand] = []
        self.reschedule = False
        self.displaced: dict[tuple[type, int], Any] = {}
        self._before: dict[tuple[type, int], Any] = {}
        self._derived: set[tuple[type, int]] = set()
        self._counters = dict(plan.counters)

    def new_id(self) -> int:
        """An id that no record of any kind has or ever had."""
        return self.plan.take_number("id")

    def new_item_number(self, project: int) -> int:
        """The number of a new work item of a project, never given out before."""
        return self.plan.take_number(f"item:{project}")

    def add(self, row: Row) -> Row:
        """Adds a new record and returns it."""
        self._put(row)
        return row

    def update(self, row: Row, *, derived: bool = False, **fields: Any) -> Row:
        """Replaces fields of a record and returns the new one. `row` may be an older reading of it: only the named
        fields change. derived: the change follows from others (the scheduler made it)."""
        current = self.plan[type(row), row.id]  # type: ignore[attr-defined]  # every record has an id
        changed: Row = replace(current, **fields)  # type: ignore[type-var]  # every record is a dataclass
        if changed != current:
            self._put(changed, derived)
        return changed

    def remove(self, row: Any) -> None:
        """Removes a record with all that belongs to it; references to it are cleared.

        Raises PlanError where something that stays needs it.
        """
        doomed = self._with_what_belongs_to(row)
        keys = {(type(r), r.id) for r in doomed}
        for gone in doomed:
            for kind, field, reference in referring(type(gone)):
                others: list[Any] = self.plan.where(kind, field, gone.id)
                for other in others:
                    if (kind, other.id) in keys:
                        continue
                    if reference.on_delete is OnDelete.REFUSE:
                        raise PlanError(
                            N_("“{name}” is still in use and cannot be deleted."),
                            N_("Give what uses it something else first."),
                            name=getattr(gone, "name", None) or getattr(gone, "title", ""),
                        )
                    self.update(other, **dict[str, Any]({field: None}))
        for gone in doomed:
            self._remember(type(gone), gone.id)
            self.plan.discard(type(gone), gone.id)

    def put_back(self, row: Any) -> None:
        """Makes a record what it was in another state of the plan, whether or not there is one with its id now."""
        if self.plan.get(type(row), row.id) != row:
            self._put(row)

    def take_out(self, kind: type, row_id: int) -> None:
        """Removes one record by itself; what refers to it is the caller's to see to."""
        if self.plan.get(kind, row_id) is not None:
            self._remember(kind, row_id)
            self.plan.discard(kind, row_id)

    def take_over(self, tried: Edit) -> None:
        """Does what an edit did that was tried out on a copy of this plan as it stands now. Dates that only the scheduler
        moved there are left to it here."""
        for change in tried.changes().changes:
            if change.new is None:
                self.take_out(change.kind, change.id)
            elif not change.derived:
                self._put(change.new)
        self.plan.counters |= tried.plan.counters
        self.blobs |= tried.blobs
        self.demands += tried.demands
        self.reschedule = self.reschedule or tried.reschedule
        self.label, self.cause, self.reason = tried.label, tried.cause, tried.reason

    def attach(self, data: bytes) -> str:
        """Takes bytes along into the file and returns the SHA-256 by which a record refers to them."""
        name = digest(data)
        self.blobs[name] = data
        return name

    def changes(self) -> ChangeSet:
        """What this edit does so far; a record that ended as it began is left out."""
        found = []
        for (kind, row_id), old in self._before.items():
            new = self.plan.get(kind, row_id)
            if old != new:
                found.append(Change(old, new, (kind, row_id) in self._derived))
        return ChangeSet(self.label, tuple(found))

    def roll_back(self) -> None:
        """Puts the plan back as it was before the edit."""
        for (kind, row_id), old in reversed(self._before.items()):
            if old is not None:
                self.plan.put(old)
            elif self.plan.get(kind, row_id) is not None:
                self.plan.discard(kind, row_id)
        self.plan.counters = self._counters
        self._before.clear()

    def _put(self, row: Any, derived: bool = False) -> None:
        key = (type(row), row.id)
        if derived:
            self.displaced.setdefault(key, self.plan.get(*key))
        if key not in self._before and derived:
            self._derived.add(key)
        elif not derived:
            self._derived.discard(key)
        self._remember(*key)
        self.plan.put(row)

    def _remember(self, kind: type, row_id: int) -> None:
        if (kind, row_id) not in self._before:
            self._before[kind, row_id] = self.plan.get(kind, row_id)

    def _with_what_belongs_to(self, row: Any) -> list[Any]:
        """The record and, transitively, all that its deletion takes along, each once."""
        found: dict[tuple[type, int], Any] = {}
        waiting = [row]
        while waiting:
            current = waiting.pop()
            key = (type(current), current.id)
            if key in found or self.plan.get(*key) is None:
                continue
            found[key] = current
            for kind, field, reference in referring(type(current)):
                if reference.on_delete is OnDelete.CASCADE:
                    waiting += self.plan.where(kind, field, current.id)
        return list(found.values())
