"""Recurrence rules: those of a calendar have exactly the days that dateutil counts out, and so has every series."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr

from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.projects import CalendarException
from milestone_desktop.domain.recurrence import LAST_DAY, occurrences, spans
from milestone_desktop.exchange.ics_rules import MOST_OCCURRENCES, Allowance, Series, as_rule, parts_of, series_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def random_rule(rng: random.Random) -> str:
    parts = [f"FREQ={rng.choice(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])}"]
    if rng.random() < 0.3:
        parts.append(f"INTERVAL={rng.randrange(1, 5)}")
    if rng.random() < 0.4:
        parts.append(f"BYMONTH={rng.randrange(1, 13)}")
    if rng.random() < 0.3:
        parts.append(f"BYMONTHDAY={rng.choice([1, 13, 28, 29, 30, 31, -1])}")
    if rng.random() < 0.5:
        weekdays = rng.choice([[rng.choice(WEEKDAYS)], WEEKDAYS[:5], WEEKDAYS[5:], rng.sample(WEEKDAYS, 2), WEEKDAYS])
        numbered = len(weekdays) == 1 and rng.random() < 0.5 and parts[0] in ("FREQ=MONTHLY", "FREQ=YEARLY")
        parts.append("BYDAY=" + (str(rng.choice([1, 2, 4, 5, -1])) if numbered else "") + ",".join(weekdays))
        if not numbered and rng.random() < 0.4:
            parts.append(f"BYSETPOS={rng.choice([1, 2, 4, -1, -2])}")
    return ";".join(parts)


def by_dateutil(text: str, first: Day, last: Day) -> list[Day]:
    """What dateutil counts out. A rule that never comes true is followed to the year 9999, so it is begun 7 600 years later:
    the Gregorian calendar repeats every 400 years (`test_the_calendar_repeats_every_four_hundred_years`)."""
    later = timedelta(days=19 * 146_097)
    begin, end = (datetime.fromordinal(day) + later for day in (first, last))
    rule = rrulestr(text, dtstart=datetime.fromordinal(first))
    until = rule._until + later if rule._until is not None else None
    return [(moment - later).toordinal() for moment in rule.replace(dtstart=begin, until=until).between(begin, end, inc=True)]


def test_a_rule_of_the_calendar_has_exactly_the_days_of_the_rule_it_stands_for() -> None:
    rng = random.Random(5)
    expressed: dict[str, int] = {}
    for _ in range(1500):
        text, first = random_rule(rng), date(2024, 1, 1).toordinal() + rng.randrange(1500)
        rule = as_rule(parts_of(text), first)
        if rule is None:
            continue
        last = first + 366 * 9
        assert list(occurrences(rule, first, last)) == by_dateutil(text, first, last), (text, date.fromordinal(first))
        expressed[rule["type"]] = expressed.get(rule["type"], 0) + 1
    assert set(expressed) == {
        "daily", "weekly", "monthly by day", "monthly by position", "yearly by day", "yearly by position",
    }  # fmt: skip
    assert min(expressed.values()) > 5


def test_a_series_has_the_days_of_all_its_occurrences_but_those_taken_out() -> None:
    rng = random.Random(6)
    listed = ruled = 0
    for _ in range(400):
        text, first = random_rule(rng), date(2024, 1, 1).toordinal() + rng.randrange(1500)
        last = first + 1200
        ending = rng.choice([f"COUNT={rng.randrange(1, 60)}", f"UNTIL={date.fromordinal(last - 100):%Y%m%d}", ""])
        days = by_dateutil(";".join(filter(None, (text, ending))), first, last)
        without = frozenset(rng.sample(days, min(len(days), rng.choice([0, 0, 1, 3]))))
        length = rng.choice([0, 0, 0, 1, 4])
        series = Series("Day", first, length, without, first)
        result = series_of(series, parts_of(";".join(filter(None, (text, ending)))), Allowance())
        if result.cut is not None:
            assert "COUNT" in ending or len(result.days) == MOST_OCCURRENCES or not ending
            last = min(last, result.cut)
        expected = {day + offset for day in days if day not in without for offset in range(length + 1)}
        found = {
            day
            for entry in result.days
            for begin, end in spans(CalendarException(1, 1, "", entry.first, entry.last, (), entry.recurrence))
            for day in range(begin, min(end, last + length) + 1)
        }
        assert {day for day in found if day <= last} == {day for day in expected if day <= last}, (text, ending, length, without)
        listed += not any(entry.recurrence for entry in result.days)
        ruled += any(entry.recurrence for entry in result.days)
    assert listed > 50
    assert ruled > 50


def test_the_calendar_repeats_every_four_hundred_years() -> None:
    first = date(2027, 8, 16)
    series = Series("Week 33", first.toordinal(), 0, frozenset(), first.toordinal())
    result = series_of(series, parts_of("FREQ=YEARLY;BYWEEKNO=33;BYDAY=MO;COUNT=100"), Allowance())
    for year, day in enumerate(result.days, first.year):
        assert date.fromordinal(day.first).isocalendar() == (year, 33, 1)
    assert len(result.days) == 100


def test_an_endless_series_that_is_counted_out_ends_and_says_when() -> None:
    today = date(2026, 11, 24).toordinal()
    series = Series("Leap", date(1904, 2, 29).toordinal(), 0, frozenset(), today)
    result = series_of(series, parts_of("FREQ=YEARLY"), Allowance())
    assert [date.fromordinal(day.first).year for day in result.days] == [2028, 2032]
    assert result.cut == date(2032, 2, 29).toordinal()
    assert all(day.last <= LAST_DAY for day in result.days)


def test_a_yearly_range_over_the_end_of_february_is_not_made_a_rule() -> None:
    begin = date(2027, 2, 27)
    series = Series("Carnival", begin.toordinal(), 3, frozenset(), begin.toordinal())
    result = series_of(series, parts_of("FREQ=YEARLY;COUNT=2"), Allowance())
    assert [(date.fromordinal(day.first), date.fromordinal(day.last)) for day in result.days] == [
        (begin, begin + timedelta(days=3)),
        (date(2028, 2, 27), date(2028, 3, 1)),
    ]
