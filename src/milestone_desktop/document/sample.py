"""The sample workspace: four projects, one of them in mid-flight with months of history.

It is made by replaying edits through a Document whose clock stands at the day of each edit, with every date counted from
`today`: so it never goes stale, and its journal, moves and undo are real.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendars, people
from milestone_desktop.document.operations.projects import default_calendar
from milestone_desktop.document.sample_aurora import aurora
from milestone_desktop.document.sample_others import data_centre, iso_audit, website
from milestone_desktop.document.storage import Storage
from milestone_desktop.domain.instants import Day, Instant, at
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.projects import Person, Workspace
from milestone_desktop.domain.worktime import WorkTime, work_time

DAY_START, DAY_END = 540, 1080

PEOPLE = (
    ("Mara Lindqvist", "Programme lead", "Northfield Utilities", False),
    ("Tomás Rey", "Mobile lead", "Northfield Utilities", False),
    ("Aisha Khan", "Test lead", "Northfield Utilities", False),
    ("Jonas Weber", "Operations lead", "Northfield Utilities", False),
    ("Priya Nair", "Infrastructure lead", "Northfield Utilities", False),
    ("Elena Rossi", "Design lead", "Studio Rossi", True),
    ("George Hall", "Client sponsor", "Leeds Water", True),
    ("Sofie Dahl", "Security officer", "Northfield Utilities", False),
)


Action = Callable[[Edit], object]


@dataclass
class Sample:
    """What is to happen, by working days counted from the day it all began (offset 0); `ids` fills as it happens."""

    document: Document
    work: WorkTime
    origin: Day
    last: Day
    ids: dict[str, int] = field(default_factory=dict)
    _events: list[tuple[Day, str | None, tuple[Action, ...]]] = field(default_factory=list)

    def day(self, offset: int) -> Day:
        return self.work.add_working_days(self.origin, offset) if offset else self.origin

    def start(self, offset: int) -> Instant:
        return at(self.day(offset), DAY_START)

    def end(self, offset: int) -> Instant:
        return at(self.day(offset), DAY_END)

    def person(self, name: str) -> int:
        """The id of a person by the first name."""
        return next(row.id for row in self.document.plan.all(Person) if row.name.startswith(name))

    def on(self, offset: int, label: str | None, *actions: Action) -> None:
        """One edit on the working day `offset`, called `label` or else as its operation calls it; one that would lie
        after today never happens."""
        if self.day(offset) <= self.last:
            self._events.append((self.day(offset), label, actions))

    def play(self, step: Callable[[Day, int], None]) -> None:
        """Makes every edit in the order of its days; step: sets the clock to a day and a minute of it."""
        for number, (day, label, actions) in enumerate(sorted(self._events, key=lambda event: event[0])):
            step(day, 9 * 60 + number % 480)
            with self.document.edit(label or "") as edit:
                for action in actions:
                    action(edit)
                if label is not None:
                    edit.label = Message(label)


def fill(storage: Storage, today: Day) -> None:
    """Fills a new workspace with the sample as it stands on `today`. The last working day before it is the status date."""
    moment = datetime.combine(date.fromordinal(today), time(8))

    def clock() -> datetime:
        return moment

    def step(day: Day, minute: int) -> None:
        nonlocal moment
        moment = datetime.combine(date.fromordinal(day), time(minute // 60 % 24, minute % 60))

    document = Document(storage, clock)
    step(today - 100, 480)
    with document.edit("Prepare the workspace") as edit:
        _prepare(edit, today)
    work = work_time(document.plan, default_calendar(document.plan).id)
    last = today if work.is_working(today) else work.add_working_days(today, -1)
    sample = Sample(document, work, work.add_working_days(last, -59), last)
    aurora(sample)
    data_centre(sample)
    website(sample)
    iso_audit(sample)
    sample.play(step)


def _prepare(edit: Edit, today: Day) -> None:
    for name, role, organisation, external in PEOPLE:
        people.create(edit, name, role=role, organisation=organisation, external=external)
    first = next(row for row in edit.plan.all(Person) if row.name.startswith("Mara"))
    people.set_me(edit, first.id)
    edit.update(edit.plan[Workspace, 1], title="Sample")
    shared = default_calendar(edit.plan)
    for year in range(date.fromordinal(today).year - 1, date.fromordinal(today).year + 3):
        for name, month, day in (("New Year’s Day", 1, 1), ("Christmas Day", 12, 25), ("Second day of Christmas", 12, 26)):
            holiday = date(year, month, day).toordinal()
            calendars.add_exception(edit, shared.id, name, holiday)
