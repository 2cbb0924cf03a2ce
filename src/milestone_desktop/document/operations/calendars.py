"""Calendars: weekly hours, holidays and other days that differ.

What a computed project's dates follow from is moved by `recompute` as part of the same edit, and `recompute.tried` lists
the moves beforehand. A calendar that would never have working time is refused here, whoever uses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, at, day_of
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Person, Project, Shift, Week
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY, check_rule, spans
from milestone_desktop.domain.worktime import work_time

WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
HOLIDAYS = "holidays:"
"""How the `source` of public holidays begins; a country's code follows, and a region's after a hyphen."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Days off, or days of other hours, on their way into a calendar; fields as those of a CalendarException."""

    name: str
    first: Day
    last: Day
    recurrence: dict[str, Any] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()


class Country(NamedTuple):
    """A country whose public holidays are known. code: ISO 3166; name: in English; subdivisions: (code, name), by name."""

    code: str
    name: str
    subdivisions: tuple[tuple[str, str], ...]


def calendar(plan: Plan, calendar_id: int) -> Calendar:
    """The calendar with that id. Raises PlanError where it is gone."""
    found = plan.get(Calendar, calendar_id)
    if found is None:
        raise PlanError(N_("This calendar is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return found


def exception(plan: Plan, exception_id: int) -> CalendarException:
    """The calendar exception with that id. Raises PlanError where it is gone."""
    found = plan.get(CalendarException, exception_id)
    if found is None:
        raise PlanError(
            N_("This exception of the calendar is no longer there."), N_("It may have been deleted; Undo brings it back.")
        )
    return found


def users(plan: Plan, calendar_id: int) -> list[Any]:
    """The projects, calendars, milestones, work items and people that a calendar is chosen for."""
    activities = plan.activities_where("calendar", calendar_id)
    return [
        *plan.where(Project, "calendar", calendar_id),
        *plan.where(Calendar, "base", calendar_id),
        *activities,
        *plan.where(Person, "calendar", calendar_id),
    ]


# calendars


def create(edit: Edit, name: str, week: Week, **fields: Any) -> Calendar:
    """Adds a calendar; week: seven days, Monday first."""
    _check_week(name.strip(), week)
    row = edit.add(Calendar(edit.new_id(), name.strip(), week, **fields))
    edit.label = message(N_("Add calendar “{name}”"), name=row.name)
    require_work(edit, row.id)
    return row


def rename(edit: Edit, calendar_id: int, name: str) -> Calendar:
    """Gives a calendar another name."""
    row = calendar(edit.plan, calendar_id)
    edit.label = message(N_("Rename calendar “{name}”"), name=row.name)
    return edit.update(row, name=name.strip())


def set_week(edit: Edit, calendar_id: int, week: Week) -> Calendar:
    """Sets the weekly hours: seven days, Monday first; None takes a day from the base calendar."""
    row = calendar(edit.plan, calendar_id)
    _check_week(row.name, week)
    edit.label = message(N_("Change the week of calendar “{name}”"), name=row.name)
    changed = edit.update(row, week=week)
    require_work(edit, row.id)
    return changed


def set_base(edit: Edit, calendar_id: int, base_id: int | None) -> Calendar:
    """Chooses the calendar from which open days of the week and further exceptions come."""
    row = calendar(edit.plan, calendar_id)
    if base_id is not None and row.id in chain(edit.plan, calendar(edit.plan, base_id)):
        raise PlanError(N_("Calendar “{name}” would be based on itself."), N_("Choose another base calendar."), name=row.name)
    edit.label = message(N_("Change the base of calendar “{name}”"), name=row.name)
    changed = edit.update(row, base=base_id)
    require_work(edit, row.id)
    return changed


def copy(edit: Edit, calendar_id: int, name: str) -> Calendar:
    """A second calendar with the same week, base and exceptions; it belongs to what the first one belongs to."""
    row = calendar(edit.plan, calendar_id)
    edit.label = message(N_("Copy calendar “{name}”"), name=row.name)
    twin = edit.add(replace(row, id=edit.new_id(), name=name.strip(), source=""))
    for day in edit.plan.where(CalendarException, "calendar", row.id):
        edit.add(replace(day, id=edit.new_id(), calendar=twin.id))
    return twin


def delete(edit: Edit, calendar_id: int) -> None:
    """Deletes a calendar with its exceptions. Raises PlanError, naming what uses it, where anything does."""
    row = calendar(edit.plan, calendar_id)
    using = users(edit.plan, row.id)
    if using:
        raise PlanError(
            N_("Calendar “{name}” is in use by “{user}” and cannot be deleted; it is used {count} times."),
            N_("Give what uses it another calendar first."),
            name=row.name, user=getattr(using[0], "title", "") or using[0].name, count=len(using),
        )  # fmt: skip
    edit.label = message(N_("Delete calendar “{name}”"), name=row.name)
    edit.remove(row)


# exceptions


def add_exception(
    edit: Edit, calendar_id: int, name: str, first: Day, last: Day | None = None, shifts: tuple[Shift, ...] = (),
    recurrence: dict[str, Any] | None = None,
) -> CalendarException:  # fmt: skip
    """Adds days that differ from the week: a holiday without shifts, or other working hours.

    With a recurrence (see CalendarException) `first` … `last` is the time in which it applies.
    """
    row = calendar(edit.plan, calendar_id)
    check_rule(recurrence or {})
    edit.label = message(N_("Add “{name}” to calendar “{calendar}”"), name=name.strip(), calendar=row.name)
    added = CalendarException(
        edit.new_id(), row.id, name.strip(), first, last if last is not None else first, shifts, recurrence or {}
    )
    edit.add(added)
    require_work(edit, row.id)
    return added


def change_exception(edit: Edit, exception_id: int, **fields: Any) -> CalendarException:
    """Sets name, first, last, shifts or recurrence of an exception; it then counts as made by hand."""
    row = exception(edit.plan, exception_id)
    check_rule(fields.get("recurrence", {}))
    edit.label = message(N_("Change “{name}” in the calendar"), name=row.name)
    changed = edit.update(row, **{"source": "", **fields})
    require_work(edit, row.calendar)
    return changed


def set_recurrence(
    edit: Edit, exception_id: int, recurrence: dict[str, Any], last: Day | None = None
) -> CalendarException:  # fmt: skip
    """Makes an exception recur until `last` (default: as long as there are dates); {} makes it a plain range again."""
    row = exception(edit.plan, exception_id)
    if last is None:
        last = LAST_DAY if recurrence else row.first
    return change_exception(edit, row.id, recurrence=recurrence, last=last)


def remove_exception(edit: Edit, exception_id: int) -> None:
    """Removes days that differed from the week."""
    row = exception(edit.plan, exception_id)
    edit.label = message(N_("Remove “{name}” from the calendar"), name=row.name)
    edit.remove(row)
    require_work(edit, row.calendar)


def add_days(edit: Edit, calendar_id: int, days: Iterable[CalendarDay], source: str) -> int:
    """Adds days of one source, in place of those that came from it earlier, and returns how many are new.

    What is there already stays as it is, so that adding twice changes nothing; a day that somebody entered by hand is
    left to that entry.
    """
    row = calendar(edit.plan, calendar_id)
    edit.label = message(N_("Add days from “{source}” to calendar “{calendar}”"), source=source, calendar=row.name)
    added = _put_days(edit, row.id, days, source, lambda _: True)
    require_work(edit, row.id)
    return added


def remove_days(edit: Edit, calendar_id: int, source: str) -> int:
    """Removes all days that came from a source (`holidays:DE-BY`, `ics:…`), and returns how many there were."""
    row = calendar(edit.plan, calendar_id)
    edit.label = message(N_("Remove days from “{source}” from calendar “{calendar}”"), source=source, calendar=row.name)
    there = [day for day in edit.plan.where(CalendarException, "calendar", row.id) if day.source == source]
    for day in there:
        edit.remove(day)
    return len(there)


# who works by a calendar


def set_of_project(edit: Edit, project_id: int, calendar_id: int) -> Project:
    """Chooses the calendar of a project: of every activity in it that has none of its own."""
    row = edit.plan[Project, project_id]
    chosen = calendar(edit.plan, calendar_id)
    edit.label = message(N_("Plan “{title}” by calendar “{calendar}”"), title=row.title, calendar=chosen.name)
    return edit.update(row, calendar=chosen.id)


def set_of_activities(edit: Edit, ids: Iterable[int], calendar_id: int | None) -> None:
    """Chooses a calendar for activities; None means their projects' calendars."""
    rows = [existing(edit.plan, row_id) for row_id in ids]
    if calendar_id is not None:
        calendar(edit.plan, calendar_id)
    if len(rows) == 1:
        edit.label = message(N_("Change calendar of “{title}”"), title=rows[0].title)
    else:
        edit.label = message(N_("Change calendar of {count} rows"), count=len(rows))
    for row in rows:
        edit.update(row, calendar=calendar_id)


def set_of_person(edit: Edit, person_id: int, calendar_id: int | None) -> Person:
    """Chooses the calendar of a person."""
    row = edit.plan[Person, person_id]
    if calendar_id is not None:
        calendar(edit.plan, calendar_id)
    edit.label = message(N_("Change calendar of “{name}”"), name=row.name)
    return edit.update(row, calendar=calendar_id)


# public holidays


def countries() -> list[Country]:
    """The countries whose public holidays are known, by name."""
    import holidays
    from holidays.registry import COUNTRIES

    subdivisions = holidays.list_supported_countries(include_aliases=False)
    found = []
    for entity, code, *_ in COUNTRIES.values():
        names: dict[str, str] = {}
        for name, of in getattr(getattr(holidays, entity), "subdivisions_aliases", {}).items():
            names.setdefault(of, name)
        regions = sorted(((of, names.get(of, of)) for of in subdivisions.get(code, ())), key=lambda region: region[1])
        found.append(Country(code, _words(entity), tuple(regions)))
    return sorted(found, key=lambda country: country.name)


def holiday_source(country: str, region: str | None) -> str:
    """The `source` of the public holidays of a country or region: `holidays:DE-BY`."""
    return HOLIDAYS + (f"{country}-{region}" if region else country)


def public_holidays(country: str, region: str | None, years: Iterable[int], language: str | None = None) -> list[CalendarDay]:
    """The public holidays of some years, by day. language: such as "de" or "pt_BR", where their names are known in it,
    else they are in the country's own. Raises PlanError where nothing is known."""
    import holidays

    wanted = sorted(set(years))
    if any(not date.fromordinal(FIRST_DAY).year <= year <= date.fromordinal(LAST_DAY).year for year in wanted):
        raise PlanError(N_("Public holidays can be added for the years 1900–2200."), N_("Check the years."))
    try:
        known = holidays.country_holidays(country, subdiv=region or None)
        spoken = _language(language, known.supported_languages) or known.default_language
        found = holidays.country_holidays(country, subdiv=region or None, years=wanted, language=spoken)
    except NotImplementedError as error:
        raise PlanError(
            N_("The public holidays of “{place}” are not known."),
            N_("Choose a country and region from the list, or import an iCalendar file."),
            place=holiday_source(country, region).removeprefix(HOLIDAYS),
        ) from error
    if not found:
        raise PlanError(
            N_("No public holidays of “{place}” are known for these years."),
            N_("Choose other years."),
            place=holiday_source(country, region).removeprefix(HOLIDAYS),
        )
    return [CalendarDay(name, day.toordinal(), day.toordinal()) for day, name in sorted(found.items())]


def add_public_holidays(
    edit: Edit, calendar_id: int, country: str, region: str | None, years: Collection[int], language: str | None = None
) -> int:
    """Copies public holidays of some years into a calendar and returns how many are new. Those that came from the same
    country and region for these years are replaced; other years and other sources stay. Raises PlanError."""
    row = calendar(edit.plan, calendar_id)
    days = public_holidays(country, region, years, language)
    source = holiday_source(country, region)
    asked = set(years)
    added = _put_days(edit, row.id, days, source, lambda there: date.fromordinal(there.first).year in asked)
    edit.label = message(
        N_("Add holidays of {place} to calendar “{calendar}”"), place=source.removeprefix(HOLIDAYS), calendar=row.name
    )
    require_work(edit, row.id)
    return added


def _language(wanted: str | None, known: Collection[str]) -> str | None:
    """The language itself, or one that differs from it only by country."""
    if wanted is None or wanted in known:
        return wanted
    short = re.split("[_-]", wanted)[0]
    return next((name for name in sorted(known) if re.split("[_-]", name)[0] == short), None)


def _words(entity: str) -> str:
    """`BosniaAndHerzegovina` as it is written: `Bosnia and Herzegovina`."""
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", entity).split()
    return " ".join(part.lower() if part in ("And", "Of", "The") else part for part in parts)


def _put_days(
    edit: Edit, calendar_id: int, days: Iterable[CalendarDay], source: str, replaces: Callable[[CalendarException], bool]
) -> int:
    there = edit.plan.where(CalendarException, "calendar", calendar_id)
    by_hand = [span for row in there if not row.source for span in spans(row)]
    earlier = {_content(row): row for row in there if row.source == source}
    wanted = {_content(day): day for day in days}
    for content, row in earlier.items():
        if content not in wanted and replaces(row):
            edit.remove(row)
    new = [
        day
        for content, day in wanted.items()
        if content not in earlier and (day.recurrence or not any(a <= day.first and day.last <= b for a, b in by_hand))
    ]
    for day in new:
        row_id = edit.new_id()
        edit.add(CalendarException(row_id, calendar_id, day.name, day.first, day.last, day.shifts, day.recurrence, source))
    return len(new)


def _content(day: CalendarDay | CalendarException) -> tuple[Any, ...]:
    """What makes two entries the same."""
    return (day.name, day.first, day.last, day.shifts, repr(sorted(day.recurrence.items())))


# what must hold


def _check_week(name: str, week: Week) -> None:
    if len(week) != 7:
        raise PlanError(
            N_("The week of calendar “{name}” has {days} days."), N_("Give the hours of seven days."), name=name, days=len(week)
        )
    for weekday, shifts in enumerate(week):
        edge = 0
        for start, end in shifts or ():
            if not (edge <= start < end <= 2 * MINUTES_PER_DAY) or start >= MINUTES_PER_DAY:
                raise PlanError(
                    N_("The working hours of {weekday} overlap, are out of order or end before they begin."),
                    N_("Give each shift a beginning and a later end, the earliest shift first."),
                    weekday=Message(WEEKDAYS[weekday]),
                )
            edge = end


def require_work(edit: Edit, calendar_id: int) -> None:
    """Refuses a calendar, and one that is based on it, that would be without any working time in 1900–2200."""
    for row in edit.plan.all(Calendar):
        if calendar_id not in chain(edit.plan, row):
            continue
        try:
            work = day_of(work_time(edit.plan, row.id).next_start(at(FIRST_DAY)))
        except PlanError:
            work = LAST_DAY + 1
        if work > LAST_DAY:
            raise PlanError(
                N_("Calendar “{name}” would have no working day left."),
                N_("Give it working hours on at least one day of the week."),
                name=row.name,
            )


def chain(plan: Plan, row: Calendar) -> list[int]:
    """The ids of a calendar and of its bases."""
    found: list[int] = []
    current: Calendar | None = row
    while current is not None and current.id not in found:
        found.append(current.id)
        current = plan.get(Calendar, current.base)
    return found
