"""Short commands: `AUR-12 +5d`, `KAF done fri`, `PRO 4 dec`, `AUR-12 60%`, `AUR-12 @Tomás`. Read first, done when taken.

A command names one milestone by its code, or one work item by its key, and says what is to happen to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, items, milestones
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.dates import Names, read_day
from milestone_desktop.domain.durations import parse_duration
from milestone_desktop.domain.enums import MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import Day, at, day_of, day_to_iso
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, Workspace
from milestone_desktop.domain.scenarios import scenario_ids
from milestone_desktop.domain.search import folded
from milestone_desktop.domain.worktime import WorkTimes

_ITEM_KEY = re.compile(r"([^\s:]+)-(\d+)$")
_MOVE = re.compile(r"[+\-−]\s*\d+(?:\.\d+)?\s*(?:d|wd|w|mo)$", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+)\s*%$")
_DONE = frozenset({"done", "complete", "completed", "reached"})
_REOPEN = frozenset({"reopen", "open"})
_NOBODY = frozenset({"", "nobody", "none", "-"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How dates are read and what is preferred. status_day: the day up to which a project's progress is reported, which is
    when something is done that no date is given for; project: the one shown, whose codes are meant first."""

    today: Day
    status_day: Callable[[int], Day]
    project: int | None = None
    day_first: bool = True
    names: Names | None = None


@dataclass(frozen=True, slots=True)
class ShortCommand:
    """What was understood. words: says so before it is done; do: makes the edit, and may raise PlanError."""

    activity: Activity
    words: Message
    do: Callable[[Edit], object]


def read_command(plan: Plan, text: str, reading: Reading) -> ShortCommand | None:
    """The command that a text means; None where it does not begin with a key or a code and go on.

    Raises PlanError where the thing is clear and what is to happen to it is not.
    """
    name, _space, wish = text.strip().partition(" ")
    if not wish.strip():
        return None
    activity = _named(plan, name, reading.project)
    return None if activity is None else _Reader(plan, activity, reading).read(wish.strip())


def _named(plan: Plan, name: str, project: int | None) -> Activity | None:
    """The item with that key, or the milestone with that code: in the project shown before any other."""
    found = _ITEM_KEY.fullmatch(name)
    if found is not None:
        key, number, tried = found[1].casefold(), int(found[2]), scenario_ids(plan)
        for item in plan.where(WorkItem, "number", number):
            owner = plan[Project, item.project]
            if owner.id not in tried and key in (owner.key.casefold(), *(alias.casefold() for alias in owner.aliases)):
                return item
    code = name.rpartition(":")[2].casefold()
    if not code or not any(row.code.casefold() == code for row in plan.all(Milestone)):
        return None
    if project is not None and ":" not in name:
        here = [row for row in plan.where(Milestone, "project", project) if row.code.casefold() == code]
        if len(here) == 1:
            return here[0]
    return milestones.milestone_with_code(plan, name)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what is to happen to one activity."""

    plan: Plan
    activity: Activity
    reading: Reading

    def read(self, wish: str) -> ShortCommand:
        word, _space, rest = wish.partition(" ")
        if wish.startswith("@"):
            return self._person(wish[1:].strip())
        if wish.startswith("#"):
            return self._tag(wish[1:].strip())
        if _MOVE.match(wish):
            return self._move(wish)
        if found := _PERCENT.match(wish):
            return self._progress(int(found[1]))
        if word.casefold() in _DONE:
            return self._done(rest.strip())
        if wish.casefold() in _REOPEN:
            return self._reopen()
        if wish.startswith("="):
            return self._rename(wish[1:].strip())
        state = self._state(wish)
        return state if state is not None else self._date(wish)

    def _command(self, words: Message, do: Callable[[Edit], object]) -> ShortCommand:
        return ShortCommand(self.activity, words, do)

    def _move(self, wish: str) -> ShortCommand:
        row, project = self.activity, self.plan[Project, self.activity.project]
        if row.end is None:
            raise PlanError(
                N_("“{title}” has no date that could move."), N_("Give it one first, such as 4 dec."), title=row.title
            )
        minutes = parse_duration(wish.lower().replace(" ", "").replace("wd", "d"), project, signed=True).minutes
        days, rest = divmod(abs(minutes), project.minutes_per_day)
        if rest:
            raise PlanError(N_("Dates move by whole working days."), N_("Type one such as +5d or -2w."))
        days = days if minutes > 0 else -days
        work = WorkTimes(self.plan).of_activity(row)
        moved = work.add_working_days(day_of(row.end), days) if days else day_of(row.end)
        words = message(
            N_("Move “{title}” by {days} working day, from {old} to {new}") if abs(days) == 1
            else N_("Move “{title}” by {days} working days, from {old} to {new}"), title=row.title,
            days=f"{days:+d}".replace("-", "−"), old=day_to_iso(day_of(row.end)), new=day_to_iso(moved),
        )  # fmt: skip
        return self._command(words, lambda edit: dates.move(edit, [row.id], days))

    def _date(self, wish: str) -> ShortCommand:
        row = self.activity
        base = day_of(row.end) if row.end is not None else self.reading.today
        try:
            day, minute = read_day(
                wish, self.reading.today, base, day_first=self.reading.day_first, names=self.reading.names,
                add_days=WorkTimes(self.plan).of_activity(row).add_working_days,
            )  # fmt: skip
        except PlanError:
            raise PlanError(
                N_("“{wish}” says nothing that could be done to “{title}”."),
                N_("Type +5d, a date such as 4 dec, done, 60%, @name, #tag, = new title, or a status."),
                wish=wish, title=row.title,
            ) from None  # fmt: skip
        moment = dates.end_instant(self.plan, row, day, minute)
        text = N_("Set the date of “{title}” to {day}") if isinstance(row, Milestone) else N_("Let “{title}” end on {day}")
        return self._command(
            message(text, title=row.title, day=day_to_iso(day)), lambda edit: dates.set_end(edit, row.id, moment)
        )

    def _progress(self, percent: int) -> ShortCommand:
        row = self.activity
        if isinstance(row, Milestone):
            raise PlanError(
                N_("The progress of a milestone follows from its work items and criteria."),
                N_("Change the progress of its items, or type done."),
            )
        if percent > 100:
            raise PlanError(N_("Progress goes from 0 to 100 %."))
        words = message(N_("Set the progress of “{title}” to {percent} %"), title=row.title, percent=percent)
        return self._command(words, lambda edit: items.set_progress(edit, row.id, percent))

    def _done(self, when: str) -> ShortCommand:
        row, project = self.activity, self.plan[Project, self.activity.project]
        day = self.reading.status_day(row.project)
        if when:
            day = read_day(
                when.removeprefix("on "), self.reading.today, day_first=self.reading.day_first, names=self.reading.names
            )[0]
        moment = at(day, project.day_end)
        words = message(N_("Complete “{title}” on {day}"), title=row.title, day=day_to_iso(day))
        if isinstance(row, Milestone):
            return self._command(words, lambda edit: milestones.complete(edit, row.id, moment))
        done = items.state_in(self.plan, row.project, StateGroup.DONE)

        def finish(edit: Edit) -> None:
            changed = items.set_status(edit, row.id, done.id)
            if when:
                edit.update(changed, actual_finish=moment)

        return self._command(words, finish)

    def _reopen(self) -> ShortCommand:
        row = self.activity
        words = message(N_("Reopen “{title}”"), title=row.title)
        if isinstance(row, Milestone):
            return self._command(words, lambda edit: milestones.reopen(edit, row.id))
        state = items.state_in(self.plan, row.project, StateGroup.NEW)
        return self._command(words, lambda edit: items.set_status(edit, row.id, state.id))

    def _state(self, wish: str) -> ShortCommand | None:
        """A status by its name, or None where there is none of that name."""
        row, wanted = self.activity, folded(wish)
        words = message(N_("Set the status of “{title}” to {status}"), title=row.title, status=wish)
        if isinstance(row, Milestone):
            status = next((one for one in MilestoneStatus if folded(one.value) == wanted), None)
            if status is None:
                return None
            on = at(self.reading.status_day(row.project), self.plan[Project, row.project].day_end)
            return self._command(words, lambda edit: milestones.set_status(edit, row.id, status, on))
        state = next((one for one in items.states(self.plan, row.project) if folded(one.name) == wanted), None)
        if state is None:
            return None
        return self._command(words, lambda edit: items.set_status(edit, row.id, state.id))

    def _person(self, name: str) -> ShortCommand:
        row = self.activity
        person = None if name.casefold() in _NOBODY else _person_called(self.plan, name)
        if person is None:
            words = message(N_("Leave “{title}” to nobody"), title=row.title)
        elif isinstance(row, Milestone):
            words = message(N_("Make {name} the owner of “{title}”"), title=row.title, name=person.name)
        else:
            words = self._assigning(person)
        if isinstance(row, Milestone):
            owner = None if person is None else person.id
            return self._command(words, lambda edit: activities.set_fields(edit, [row.id], owner=owner))
        return self._command(words, lambda edit: items.assign(edit, row.id, [] if person is None else [person.id]))

    def _assigning(self, person: Person) -> Message:
        """Who works on an item from now on, and who no longer does."""
        title, working = self.activity.title, self.plan.where(Assignment, "item", self.activity.id)
        others = ", ".join(self.plan[Person, row.person].name for row in working if row.person != person.id)
        if others:
            return message(N_("Assign {name} to “{title}” instead of {others}"), title=title, name=person.name, others=others)
        return message(N_("Assign {name} to “{title}”"), title=title, name=person.name)

    def _tag(self, tag: str) -> ShortCommand:
        row = self.activity
        if not tag:
            raise PlanError(N_("A tag needs a name."), N_("Type one such as #client."))
        words = message(N_("Add the tag “{tag}” to “{title}”"), title=row.title, tag=tag)
        return self._command(words, lambda edit: activities.set_tags(edit, [row.id], [*row.tags, tag]))

    def _rename(self, title: str) -> ShortCommand:
        row = self.activity
        if not title:
            raise PlanError(N_("A title needs a word."), N_("Type one such as = Prototype ready."))
        words = message(N_("Rename “{title}” to “{new}”"), title=row.title, new=title)
        return self._command(words, lambda edit: activities.rename(edit, row.id, title))


def _person_called(plan: Plan, name: str) -> Person:
    """The person whose name is that, begins so, or has a word that begins so; “me” is who the workspace says that is, unless
    somebody is called so. Raises PlanError for none or several."""
    wanted, people = folded(name), sorted(plan.all(Person), key=lambda row: (row.name, row.id))
    tests: Sequence[Callable[[str], bool]] = (
        lambda told: told == wanted,
        lambda told: told.startswith(wanted),
        lambda told: any(word.startswith(wanted) for word in told.split()),
    )
    for test in tests:
        found = [row for row in people if test(folded(row.name))]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(row.name for row in found)
            raise PlanError(N_("“{name}” may be several people: {names}."), N_("Type more of the name."), name=name, names=names)
    if wanted == "me":
        workspace = plan.get(Workspace, 1)
        me = None if workspace is None else plan.get(Person, workspace.me)
        if me is None:
            raise PlanError(N_("This workspace does not know who you are."), N_("Mark yourself on the People page."))
        return me
    raise PlanError(N_("There is nobody called “{name}”."), N_("Add people on the People page."), name=name)
