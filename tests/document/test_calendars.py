"""Calendars through a document: editing them, public holidays, days from elsewhere, and what computed projects do then."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import calendars, dependencies, items, milestones, people, projects
from milestone_desktop.document.operations.calendars import CalendarDay
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import day_from_iso, instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Calendar, CalendarException, Person, Project
from milestone_desktop.domain.recurrence import LAST_DAY
from milestone_desktop.domain.seeds import OFFICE_HOURS, OFFICE_WEEK, seed_plan
from milestone_desktop.domain.worktime import work_time

NOW = datetime(2026, 11, 24, 10, 30)
WEEKEND_OFF = ((), ())
NOTHING = ((),) * 7


@pytest.fixture
def document() -> Document:
    """A computed project: ten days of work from Monday 14 December 2026, then a milestone; by the calendar “Standard”."""
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        row = projects.create(edit, "Solar farm", start=instant(2026, 12, 14, 9), mode=ScheduleMode.COMPUTED)
        work = items.create(edit, row.id, "Build", duration=10 * 480)
        ready = milestones.create(edit, row.id, "Ready")
        dependencies.add(edit, work.id, ready.id)
    return document


def standard(document: Document) -> int:
    return next(row.id for row in document.plan.all(Calendar) if row.name == "Standard")


def ready(document: Document) -> str:
    end = next(iter(document.plan.all(Milestone))).end
    return instant_to_iso(end)[:10] if end is not None else ""


def exceptions(document: Document, calendar_id: int) -> list[tuple[str, str, str]]:
    rows = document.plan.where(CalendarException, "calendar", calendar_id)
    return sorted((date.fromordinal(row.first).isoformat(), row.name, row.source) for row in rows)


def test_countries_have_names_and_regions() -> None:
    found = {country.code: country for country in calendars.countries()}
    assert len(found) > 200
    assert found["BA"].name == "Bosnia and Herzegovina"
    assert found["US"].name == "United States"
    assert ("BY", "Bayern") in found["DE"].subdivisions
    assert ("CA", "California") in found["US"].subdivisions
    assert found["IS"].subdivisions == ()
    assert [country.name for country in calendars.countries()] == sorted(country.name for country in found.values())


def test_holidays_of_a_region_are_copied_with_their_names_and_move_what_is_computed(document: Document) -> None:
    assert ready(document) == "2026-12-25"
    with document.edit("Holidays") as edit:
        added = calendars.add_public_holidays(edit, standard(document), "DE", "BY", [2026, 2027], "en_US")
    there = exceptions(document, standard(document))
    assert added == len(there) == 24  # twelve in all of Bavaria each year
    assert ("2026-12-25", "Christmas Day", "holidays:DE-BY") in there
    assert ("2027-01-06", "Epiphany", "holidays:DE-BY") in there
    assert ready(document) == "2026-12-28"
    assert str(document.history.undo_labels()[0]) == "Add holidays of DE-BY to calendar “Standard”"
    document.undo()
    assert ready(document) == "2026-12-25"


def test_adding_holidays_again_changes_nothing_and_other_years_stay(document: Document) -> None:
    calendar_id = standard(document)
    with document.edit("Holidays") as edit:
        calendars.add_public_holidays(edit, calendar_id, "DE", "BY", [2026])
    lines = len(document.storage.lines())
    with document.edit("Holidays") as edit:
        assert calendars.add_public_holidays(edit, calendar_id, "DE", "BY", [2026]) == 0
    assert len(document.storage.lines()) == lines
    with document.edit("Holidays") as edit:
        assert calendars.add_public_holidays(edit, calendar_id, "DE", "BY", [2027]) == 12
    with document.edit("In English") as edit:
        assert calendars.add_public_holidays(edit, calendar_id, "DE", "BY", [2027], "en-GB") == 12
    names = {name for day, name, _ in exceptions(document, calendar_id)}
    assert {"Neujahr", "New Year's Day"} <= names
    assert len(exceptions(document, calendar_id)) == 24
    with document.edit("Remove") as edit:
        assert calendars.remove_days(edit, calendar_id, "holidays:DE-BY") == 24
    assert exceptions(document, calendar_id) == []


def test_an_entry_made_by_hand_wins_over_a_holiday_and_stays(document: Document) -> None:
    calendar_id = standard(document)
    with document.edit("Work on Epiphany") as edit:
        calendars.add_exception(edit, calendar_id, "Launch day", day_from_iso("2027-01-06"), shifts=OFFICE_HOURS)
    with document.edit("Holidays") as edit:
        assert calendars.add_public_holidays(edit, calendar_id, "DE", "BY", [2027]) == 11
    assert work_time(document.plan, calendar_id).is_working(day_from_iso("2027-01-06"))
    with document.edit("Other country") as edit:
        calendars.add_public_holidays(edit, calendar_id, "AT", None, [2027])
    assert {source for _, _, source in exceptions(document, calendar_id)} == {"", "holidays:DE-BY", "holidays:AT"}


@pytest.mark.parametrize(
    ("country", "region", "years", "words"),
    [
        ("QQ", None, [2026], "“QQ” are not known"),
        ("DE", "ZZ", [2026], "“DE-ZZ” are not known"),
        ("DE", "BY", [1850], "1900–2200"),
        ("DE", "BY", [], "No public holidays"),
    ],
)
def test_unknown_holidays_are_refused(
    document: Document, country: str, region: str | None, years: list[int], words: str
) -> None:  # fmt: skip
    with pytest.raises(PlanError, match=words), document.edit("Holidays") as edit:
        calendars.add_public_holidays(edit, standard(document), country, region, years)
    assert exceptions(document, standard(document)) == []


def test_a_holiday_is_previewed_before_it_is_taken(document: Document) -> None:
    found = try_out(document, lambda edit: calendars.add_public_holidays(edit, standard(document), "DE", "BY", [2026]))
    assert [(move.title, move.working_days) for move in found.moves] == [("Build", 1), ("Ready", 1)]
    assert ready(document) == "2026-12-25"


def test_a_calendar_without_a_working_day_is_refused_and_nothing_changes(document: Document) -> None:
    before, lines = document.plan.copy(), len(document.storage.lines())
    with pytest.raises(PlanError, match="“Standard” would have no working day left"), document.edit("Week") as edit:
        calendars.set_week(edit, standard(document), NOTHING)
    with pytest.raises(PlanError, match="no working day left"), document.edit("Add") as edit:
        calendars.create(edit, "Nothing", NOTHING)
    with pytest.raises(PlanError, match="no working day left"), document.edit("Closed") as edit:
        calendars.add_exception(edit, standard(document), "Closed", day_from_iso("1900-01-01"), day_from_iso("2200-12-31"))
    with pytest.raises(PlanError, match="no working day left"), document.edit("Closed") as edit:
        rule = {"type": "weekly", "weekdays": list(range(7))}
        calendars.add_exception(edit, standard(document), "Closed", day_from_iso("1900-01-01"), LAST_DAY, recurrence=rule)
    assert document.plan == before
    assert len(document.storage.lines()) == lines


def test_a_base_that_is_emptied_is_refused_for_what_is_based_on_it(document: Document) -> None:
    with document.edit("Add") as edit:
        night = calendars.create(edit, "Saturdays", (((540, 1080),), *((),) * 6))
        team = calendars.create(edit, "Team", (None, (), (), (), (), (), ()), base=night.id)
    with pytest.raises(PlanError, match="“Team” would have no working day left"), document.edit("Week") as edit:
        calendars.set_week(edit, night.id, ((), ((540, 1080),), (), (), (), (), ()))
    with pytest.raises(PlanError, match="“Team” would have no working day left"), document.edit("Base") as edit:
        calendars.set_base(edit, team.id, None)
    with pytest.raises(PlanError, match="based on itself"), document.edit("Base") as edit:
        calendars.set_base(edit, night.id, team.id)


@pytest.mark.parametrize(
    ("shifts", "words"),
    [
        (((600, 540),), "hours of Wednesday"),
        (((540, 780), (700, 1080)), "hours of Wednesday"),
        (((1500, 1600),), "hours of Wednesday"),
    ],
)
def test_a_bad_week_is_refused_naming_the_day(document: Document, shifts: tuple[tuple[int, int], ...], words: str) -> None:
    with pytest.raises(PlanError, match=words), document.edit("Week") as edit:
        calendars.set_week(edit, standard(document), (OFFICE_HOURS, OFFICE_HOURS, shifts, (), (), (), ()))
    with pytest.raises(PlanError, match="has 5 days"), document.edit("Week") as edit:
        calendars.set_week(edit, standard(document), OFFICE_WEEK[:5])


def test_a_week_with_a_night_shift_moves_the_schedule(document: Document) -> None:
    with document.edit("Week") as edit:
        calendars.set_week(edit, standard(document), (*(((1320, 1800),),) * 5, *WEEKEND_OFF))  # 22:00–06:00
    row = next(iter(document.plan.all(WorkItem)))
    assert (instant_to_iso(row.start or 0), instant_to_iso(row.end or 0)) == ("2026-12-14T22:00", "2026-12-26T06:00")


def test_a_copy_has_week_and_exceptions_and_goes_its_own_way(document: Document) -> None:
    calendar_id = standard(document)
    with document.edit("Holidays") as edit:
        calendars.add_public_holidays(edit, calendar_id, "DE", "BY", [2026])
    with document.edit("Copy") as edit:
        twin = calendars.copy(edit, calendar_id, " Team B ")
        calendars.rename(edit, twin.id, "Team C")
    assert document.plan[Calendar, twin.id].name == "Team C"
    assert exceptions(document, twin.id) == exceptions(document, calendar_id)
    with document.edit("Remove") as edit:
        calendars.remove_exception(edit, document.plan.where(CalendarException, "calendar", twin.id)[0].id)
    assert len(exceptions(document, twin.id)) == 11
    assert len(exceptions(document, calendar_id)) == 12


def test_a_calendar_in_use_is_not_deleted(document: Document) -> None:
    with document.edit("Add") as edit:
        other = calendars.create(edit, "Other", OFFICE_WEEK)
        person = people.create(edit, "Mara")
    work = next(iter(document.plan.all(WorkItem)))
    with pytest.raises(PlanError, match="in use by “Solar farm”"), document.edit("Delete") as edit:
        calendars.delete(edit, standard(document))
    for use in (
        lambda edit, row_id: calendars.set_of_activities(edit, [work.id], row_id),
        lambda edit, row_id: calendars.set_of_person(edit, person.id, row_id),
        lambda edit, row_id: calendars.set_base(edit, standard(document), row_id),
    ):
        with document.edit("Use") as edit:
            use(edit, other.id)
        with pytest.raises(PlanError, match="cannot be deleted"), document.edit("Delete") as edit:
            calendars.delete(edit, other.id)
        with document.edit("Leave") as edit:
            use(edit, None)
    with document.edit("Delete") as edit:
        calendars.delete(edit, other.id)
    assert document.plan.get(Calendar, other.id) is None
    assert document.plan[Person, person.id].calendar is None


def test_choosing_a_calendar_moves_what_is_computed(document: Document) -> None:
    with document.edit("Add") as edit:
        seven = calendars.create(edit, "Seven days", (OFFICE_HOURS,) * 7)
    work = next(iter(document.plan.all(WorkItem)))
    with document.edit("Item") as edit:
        calendars.set_of_activities(edit, [work.id], seven.id)
    assert ready(document) == "2026-12-23"
    assert str(document.history.undo_labels()[0]) == "Change calendar of “Build”"
    with document.edit("Project") as edit:
        calendars.set_of_activities(edit, [work.id], None)
        calendars.set_of_project(edit, work.project, seven.id)
    assert document.plan[Project, work.project].calendar == seven.id
    assert ready(document) == "2026-12-23"


def test_exceptions_are_changed_and_made_to_recur(document: Document) -> None:
    calendar_id = standard(document)
    with document.edit("Add") as edit:
        row = calendars.add_exception(edit, calendar_id, "Stocktaking", day_from_iso("2026-12-16"))
    assert ready(document) == "2026-12-28"
    with document.edit("Change") as edit:
        calendars.change_exception(edit, row.id, name="Stock", last=day_from_iso("2026-12-17"))
    assert ready(document) == "2026-12-29"
    with document.edit("Recur") as edit:
        calendars.set_recurrence(edit, row.id, {"type": "weekly", "weekdays": [2]})
    assert document.plan[CalendarException, row.id].last == LAST_DAY
    assert ready(document) == "2026-12-29"  # the 16th and the 23rd
    with document.edit("Once") as edit:
        calendars.set_recurrence(edit, row.id, {})
    assert ready(document) == "2026-12-28"
    before = document.plan.copy()
    with pytest.raises(PlanError, match="cannot be understood"), document.edit("Bad") as edit:
        calendars.set_recurrence(edit, row.id, {"type": "hourly"})
    with pytest.raises(PlanError, match="no longer there"), document.edit("Gone") as edit:
        calendars.change_exception(edit, 10_000, name="x")
    assert document.plan == before


def test_days_of_a_source_replace_the_earlier_ones_of_it(document: Document) -> None:
    calendar_id, day = standard(document), day_from_iso("2026-12-16")
    first = [CalendarDay("Leave", day, day + 1), CalendarDay("Feast", day + 7, LAST_DAY, {"type": "weekly", "weekdays": [2]})]
    with document.edit("Add") as edit:
        assert calendars.add_days(edit, calendar_id, first, "ics:leave.ics") == 2
    with document.edit("Again") as edit:
        assert calendars.add_days(edit, calendar_id, [*first, first[0]], "ics:leave.ics") == 0
    with document.edit("Other") as edit:
        assert calendars.add_days(edit, calendar_id, [CalendarDay("Leave", day + 1, day + 2), first[1]], "ics:leave.ics") == 1
    assert exceptions(document, calendar_id) == [
        ("2026-12-17", "Leave", "ics:leave.ics"),
        ("2026-12-23", "Feast", "ics:leave.ics"),
    ]
