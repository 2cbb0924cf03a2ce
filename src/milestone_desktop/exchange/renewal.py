"""Importing a file again, seen from one record: what the file said before, what it says now, and what stands here.

Only where the file says something new is it taken; what was changed here since stays as long as the file is silent about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items, people
from milestone_desktop.document.operations.targets import promise
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.completion import open_points
from milestone_desktop.domain.enums import Placement, StateGroup
from milestone_desktop.domain.instants import to_datetime
from milestone_desktop.domain.kinds import references
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Person, Project, is_computed
from milestone_desktop.exchange.apply import arrive
from milestone_desktop.exchange.foreign import Findings, ForeignPlan
from milestone_desktop.exchange.said import ACTUALS, DATES, TOPICS, Known, Record, Said, said_of, value

STILL_OPEN = N_(
    "Milestones that the file says were reached while something is open here, left open: {count}, the first being “{title}”."
)
COMPUTED = N_("Dates of the file that were not taken, since they are computed here: {count}, the first being of “{title}”.")

SILENT: tuple[Any, ...] = (None, "", 0, [], {}, StateGroup.NEW.value, "ASAP")
"""What says nothing where it is not known what the file said before."""

_SECTIONS = {"Calendar": "calendar", "Person": "person", "Activity": "activity"}


class Renewal:
    """One project on its way to what its file says now.

    anew, fresh: a plan into which the file was imported by itself, and what stands there for what; here: the same of the
    project; new, said: what the file says now and said before, None where that is not known; findings: what was not taken;
    on_reading: what an import of the file finds.
    """

    def __init__(self, edit: Edit, foreign: ForeignPlan, project_id: int, said: Said | None) -> None:
        apart = Edit(edit.plan.copy(), edit.label, to_datetime(edit.now))
        self.fresh, self.on_reading = arrive(apart, foreign)
        self.findings = Findings()
        self.anew: Plan = apart.plan
        self.new = said_of(self.anew, self.fresh, foreign)
        self.edit, self.foreign, self.said = edit, foreign, said
        self.computed = is_computed(edit.plan[Project, project_id])
        self.fresh_keys = self.fresh.keys()
        self.here = self._recognised(project_id)

    def old(self, section: str, key: str) -> Record | None:
        """What the file said before of a record; None where it did not know it, or that is not known."""
        return None if self.said is None else self.said[section].get(key)

    def is_new(self, section: str, key: str) -> bool:
        """Whether a record that is not here is new in the file, not one that was taken away here."""
        return self.old(section, key) is None

    def no_longer(self, section: str) -> list[str]:
        """The keys that the file held before and does not hold now."""
        return [] if self.said is None else [key for key in self.said[section] if key not in self.new[section]]

    def local(self, section: str, row_id: int | None) -> int | None:
        """The id that a fresh record has here; None where it is not here. One that was here before has its own."""
        key = self.fresh_keys.get(row_id) if row_id is not None else None
        if key is None:
            return row_id
        known = {"calendar": self.here.calendars, "person": self.here.people, "activity": self.here.activities}
        return known[section].get(key)

    def merge(self, section: str, key: str, row: Any, fresh: Any) -> None:
        """Takes what the file says anew of a record that is here."""
        new, old, keys = self.new[section][key], self.old(section, key), self.here.keys()
        for topic in TOPICS[type(row)]:
            fields = [field for field in topic if field in new]
            ours = {field: value(self.edit.plan, keys, row, field) for field in fields}
            if _is_news(fields, new, old, ours):
                self._take(self.edit.plan[type(row), row.id], fresh, topic, fields)

    def localised(self, row: Any, fresh: Any, field: str) -> Any:
        """A field of a fresh record with the ids that things have here. row: its twin here, None for one that comes in."""
        found = getattr(fresh, field)
        reference = references(type(fresh)).get(field)
        if found is None or reference is None:
            return found
        plan = self.edit.plan
        if field == "status":
            group = value(self.anew, {}, fresh, field)
            if row is not None and value(plan, {}, row, field) == group:
                return row.status
            return items.state_in(plan, self.here.project, StateGroup(group)).id
        if field == "lead":
            return people.named(self.edit, self.anew[Person, found].name).id
        return self.local(_SECTIONS[reference.kind], found)

    def is_taken(self, code: str, milestone: Milestone | None) -> bool:
        """Whether another milestone of the project has that code."""
        rows = self.edit.plan.where(Milestone, "project", self.here.project)
        return any(row.code == code and (milestone is None or row.id != milestone.id) for row in rows)

    def _take(self, row: Any, fresh: Any, topic: tuple[str, ...], fields: Sequence[str]) -> None:
        edit = self.edit
        if isinstance(row, Milestone):
            if topic == ("target",):
                if fresh.target is not None:
                    promise(edit, row, fresh.target, fresh.target_reason)
                return
            if topic == ("code",) and self.is_taken(fresh.code, row):
                return
            reached = topic == ACTUALS and fresh.actual_finish is not None and row.actual_finish is None
            if reached and open_points(edit.plan, row):
                self.findings.add(STILL_OPEN, title=row.title)
                return
        if topic == DATES and self.computed and row.placement is not Placement.FIXED:
            self.findings.add(COMPUTED, title=row.title)
            fields = [field for field in fields if field not in ("start", "end")]
        changed = {field: self.localised(row, fresh, field) for field in fields}
        if "constraint" in changed and row.placement is Placement.PINNED:
            changed["placement"] = Placement.COMPUTED
        edit.update(row, **changed)

    def _recognised(self, project: int) -> Known:
        """What stands here for what. People are told by name: every file of a program calls another one by the same key."""
        plan, prefix = self.edit.plan, f"{self.foreign.system}:"

        def keyed(rows: Sequence[Any]) -> dict[str, int]:
            return {row.source.removeprefix(prefix): row.id for row in rows if row.source.startswith(prefix)}

        someone: dict[str, int] = {}
        for key, row_id in self.fresh.people.items():
            if plan.get(Person, row_id) is not None:
                someone[key] = row_id
                continue
            old = self.old("person", key)
            for row in plan.where(Person, "source", prefix + key):
                if old is not None and row.name == old["name"]:
                    someone[key] = row.id
        calendars = keyed(plan.where(Calendar, "project", project))
        return Known(project, calendars, someone, keyed(plan.activities_where("project", project)))


def fresh_activity(renewal: Renewal, key: str) -> Activity:
    """The activity that a key of the file was made into. Raises KeyError."""
    found = renewal.anew.activity(renewal.fresh.activities[key])
    if found is None:
        raise KeyError(key)
    return found


def _is_news(fields: Sequence[str], new: Record, old: Record | None, ours: Mapping[str, Any]) -> bool:
    """Whether one of the fields that belong together says what the file did not say before, and what is not here yet."""
    if all(new[field] == ours[field] for field in fields):
        return False
    if old is None:
        return any(new[field] not in SILENT and new[field] != ours[field] for field in fields)
    return any(new[field] != old.get(field) for field in fields)
