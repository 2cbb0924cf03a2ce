"""What a file said when it was read, so that reading it again tells what is new in it from what was changed here since.

It is kept as one blob, whose digest stands in the project's `extra`: zlib-compressed JSON with the records by kind and by the
file's own key, each with the fields that a file speaks of. A field that names another record holds that one's key.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.storage import digest
from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.kinds import references
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project, WorkflowState
from milestone_desktop.exchange.foreign import ForeignPlan

FORMAT = 1
IMPORT = "import"
"""In the `extra` of a project that was imported: `{"said": digest}`."""

Record = dict[str, Any]
Said = dict[str, dict[str, Record]]
"""Records by kind (`project`, `calendar`, `person`, `activity`, `link`, `assignment`, `baseline`) and the file's own key."""

DATES = ("start", "end", "duration", "duration_unit", "estimated")
CONSTRAINT = ("constraint", "constraint_date")
ACTUALS = ("status", "progress", "actual_start", "actual_finish", "remaining", "stop", "resume")
EFFORT = ("estimate", "logged", "remaining_effort")
SHARED = (("title",), ("code",), DATES, CONSTRAINT, ("deadline",), ("calendar",), ACTUALS, ("notes",))
HOURS = ("day_start", "day_end", "minutes_per_day", "minutes_per_week", "days_per_month")

TOPICS: dict[type, tuple[tuple[str, ...], ...]] = {
    Project: (("title",), ("lead",), ("category",), ("description",), ("start",), ("status_date",), ("calendar",), HOURS,
              ("slack_limit",)),
    Calendar: (("name",), ("week",), ("base",)),
    Person: (("name",), ("organisation",), ("email",), ("notes",)),
    Milestone: (*SHARED, ("owner",), ("target",)),
    WorkItem: (*SHARED, ("priority",), EFFORT),
    Dependency: (("lag", "lag_unit"),),
}  # fmt: skip
"""The fields that a file speaks of. Those of one tuple belong together: where one of them is new, all of them are taken."""


@dataclass(slots=True)
class Known:
    """Which records stand for what a file calls by its own keys: ids by key, the activities in the order of the file."""

    project: int
    calendars: dict[str, int]
    people: dict[str, int]
    activities: dict[str, int]

    def keys(self) -> dict[int, str]:
        """The file's keys by id; no two records share an id."""
        return {row_id: key for found in (self.calendars, self.people, self.activities) for key, row_id in found.items()}


def said_of(plan: Plan, known: Known, foreign: ForeignPlan) -> Said:
    """What the records that a foreign plan was just made into say."""
    keys, system = known.keys(), foreign.system
    read = partial(_record, plan, keys)
    calendars = {key: plan[Calendar, row_id] for key, row_id in known.calendars.items()}
    return {
        "project": {"": read(plan[Project, known.project])},
        "calendar": {key: read(row) | {"exceptions": exceptions(plan, row.id, system)} for key, row in calendars.items()},
        "person": {key: read(plan[Person, row_id]) for key, row_id in known.people.items()},
        "activity": dict(_activities(plan, known, foreign, read)),
        "link": {link_key(row, keys): read(row) for row in _links(plan, known, keys)},
        "assignment": {assignment_key(row, keys): {} for row_id in known.activities.values()
                       for row in plan.where(Assignment, "item", row_id)},
        "baseline": {str(number): {"rows": _baseline(foreign, number)} for number in foreign.baseline_numbers()},
    }  # fmt: skip


def value(plan: Plan, keys: Mapping[int, str], row: Any, field: str) -> Any:
    """What a field holds, as JSON would bring it back; of another record its key, of a lead the name, of a work item's state
    what it counts as."""
    found = getattr(row, field)
    if found is not None and field in references(type(row)):
        if field == "status":
            return plan[WorkflowState, found].group.value
        return plan[Person, found].name if field == "lead" else keys.get(found, found)
    if isinstance(found, (tuple, dict)):
        return json.loads(json.dumps(found))
    return str(found) if isinstance(found, str) else found


def exceptions(plan: Plan, calendar: int, system: str) -> list[Any]:
    """The exceptions of a calendar that a file brought."""
    rows = [row for row in plan.where(CalendarException, "calendar", calendar) if row.source == system]
    return [json.loads(json.dumps([row.name, row.first, row.last, row.shifts, row.recurrence])) for row in rows]


def link_key(row: Dependency, keys: Mapping[int, str]) -> str:
    """A link by the keys of its ends and its type."""
    return f"{keys[row.predecessor]}>{keys[row.successor]}>{row.type.value}"


def assignment_key(row: Assignment, keys: Mapping[int, str]) -> str:
    """An assignment by the keys of the task and of the person."""
    return f"{keys[row.item]}>{keys.get(row.person, row.person)}"


def remember(edit: Edit, project_id: int, said: Said) -> None:
    """Keeps what a file said with the project that it was brought into."""
    data = json.dumps({"format": FORMAT, **said}, separators=(",", ":"), ensure_ascii=True)
    row = edit.plan[Project, project_id]
    edit.update(row, extra={**row.extra, IMPORT: {"said": edit.attach(zlib.compress(data.encode("ascii"), 9))}})


def recalled(project: Project, blob: Callable[[str], bytes]) -> Said | None:
    """What the file of a project said when it was read last; None where that is not known, as of an older import."""
    kept = project.extra.get(IMPORT)
    if not isinstance(kept, dict) or not isinstance(kept.get("said"), str):
        return None
    try:
        found = json.loads(zlib.decompress(blob(kept["said"])))
    except (KeyError, ValueError, zlib.error):
        return None
    if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
        return None
    return found


def _record(plan: Plan, keys: Mapping[int, str], row: Any) -> Record:
    return {field: value(plan, keys, row, field) for topic in TOPICS[type(row)] for field in topic}


def _activities(
    plan: Plan, known: Known, foreign: ForeignPlan, read: Callable[[Activity], Record]
) -> Iterator[tuple[str, Record]]:
    """Rows in the order of the file, with the key of the row above; a milestone's code only where the file gave it."""
    keys, codes = known.keys(), {task.key: task.code.strip() for task in foreign.tasks}
    for key, row_id in known.activities.items():
        row = plan.activity(row_id)
        if row is None:
            continue
        found = read(row) | {"kind": type(row).__name__, "parent": None if row.parent is None else keys[row.parent]}
        if isinstance(row, Milestone) and row.code != codes[key]:
            del found["code"]
        yield key, found


def _links(plan: Plan, known: Known, keys: Mapping[int, str]) -> Iterator[Dependency]:
    for row_id in known.activities.values():
        yield from (row for row in plan.where(Dependency, "successor", row_id) if row.source and row.predecessor in keys)


def _baseline(foreign: ForeignPlan, number: int) -> str:
    """A digest of the rows of a baseline: what they are is kept in the baseline itself."""
    found = ((task.key, task.baselines.get(number)) for task in foreign.tasks)
    rows = [[key, dates.start, dates.end, dates.duration] for key, dates in found if dates is not None]
    return digest(json.dumps(rows).encode("ascii"))


def baselines_in(plan: Plan, project: int, system: str) -> dict[str, Baseline]:
    """The baselines that a file brought, by its number for each."""
    prefix = f"{system}:"
    rows = plan.where(Baseline, "project", project)
    return {row.source.removeprefix(prefix): row for row in rows if row.source.startswith(prefix)}
