"""Working time: which minutes of which days are worked, and how to count and add them.

The minutes of work before an instant are a rising function of time, tabulated by day within blocks of 52 weeks and by
block. Counting between two instants is the difference of two values of it, adding is finding where it reaches a value,
so that both cost a few bisections over any distance. A block that no exception touches is shared by all such blocks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from milestone_desktop.domain.activities import Activity, Assignment, Milestone
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant, at, day_from_iso, weekday
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, KeptCalendar, Person, Project, Shift
from milestone_desktop.domain.recurrence import spans

Shifts = tuple[Shift, ...]
Link = tuple[Calendar, Sequence[CalendarException]]
"""A calendar with its own exceptions."""

_BLOCK = 52 * 7
_LAST_BLOCK = date.max.toordinal() // _BLOCK
_USUAL_HOURS: Shifts = ((8 * 60, 17 * 60),)


def work_time(plan: Plan, calendar_id: int) -> WorkTime:
    """The working time of a calendar with all that it inherits. Raises PlanError where there is no such calendar."""
    return work_time_of(chain_of(plan, calendar_id))


def chain_of(plan: Plan, calendar_id: int) -> list[Link]:
    """A calendar and its bases, the calendar itself first. Raises PlanError where there is no such calendar."""
    chain: list[Link] = []
    seen: set[int] = set()
    current: int | None = calendar_id
    while current is not None and current not in seen:
        seen.add(current)
        calendar = plan.get(Calendar, current)
        if calendar is None:
            break
        chain.append((calendar, plan.where(CalendarException, "calendar", current)))
        current = calendar.base
    if not chain:
        raise PlanError(N_("A calendar that the plan refers to is missing."), N_("Choose another calendar for the project."))
    return chain


def work_time_of(chain: Sequence[Link]) -> WorkTime:
    """The working time of a calendar and its bases, the calendar itself first."""
    return WorkTime(*flattened(chain))


def flattened(chain: Sequence[Link]) -> tuple[tuple[Shifts, ...], list[CalendarException]]:
    """The week and the exceptions of a calendar and its bases, the calendar itself first.

    A week day left open comes from the nearest base that has it, and is a day off where none has. The exceptions of a
    calendar win over those of its bases, one for a range over one that recurs, the one entered later over the earlier.
    """
    week: list[Shifts] = []
    for day in range(7):
        given = [shifts for calendar, _ in chain for shifts in calendar.week[day : day + 1] if shifts is not None]
        week.append(given[0] if given else ())
    ordered: list[CalendarException] = []
    for _, exceptions in reversed(chain):
        ordered += sorted(exceptions, key=lambda exception: (not exception.recurrence, exception.id))
    return tuple(week), ordered


def work_time_of_kept(kept: KeptCalendar) -> WorkTime:
    """The working time of a calendar as it was kept."""
    rows = [
        CalendarException(0, 0, "", day_from_iso(first), day_from_iso(last), tuple((a, b) for a, b in shifts), recurrence)
        for first, last, shifts, recurrence in kept.exceptions
    ]
    return WorkTime(kept.week, rows)


def calendars_for(plan: Plan, activity: Activity) -> tuple[int, ...]:
    """The ids of the calendars on which an activity is planned, ascending: it is worked on whenever one of them has work.

    They are its own; else those of the people assigned to it, who work as its project does where they have none; else its
    project's.
    """
    if activity.calendar is not None:
        return (activity.calendar,)
    return assigned_calendars(plan, activity, plan.where(Assignment, "item", activity.id))


def assigned_calendars(plan: Plan, activity: Activity, assignments: Sequence[Assignment]) -> tuple[int, ...]:
    """What `calendars_for` gives where an activity has no calendar of its own, its assignments known."""
    of_project = plan[Project, activity.project].calendar
    people = [plan.get(Person, assignment.person) for assignment in assignments]
    own = {of_project if person is None or person.calendar is None else person.calendar for person in people}
    return tuple(sorted(own)) or (of_project,)


class WorkTimes:
    """Compiled calendars of a plan. Good as long as no calendar changes; `heed` drops what a change-set made stale."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._compiled: dict[tuple[int, ...], WorkTime] = {}
        self._kept: dict[str, WorkTime] = {}

    def of_calendar(self, calendar_id: int) -> WorkTime:
        found = self._compiled.get((calendar_id,))
        if found is None:
            found = self._compiled[calendar_id,] = work_time(self._plan, calendar_id)
        return found

    def of_calendars(self, calendar_ids: tuple[int, ...]) -> WorkTime:
        """The time that at least one of some calendars works."""
        if len(calendar_ids) == 1:
            return self.of_calendar(calendar_ids[0])
        found = self._compiled.get(calendar_ids)
        if found is None:
            found = self._compiled[calendar_ids] = JointWorkTime([self.of_calendar(each) for each in calendar_ids])
        return found

    def of_project(self, project_id: int) -> WorkTime:
        return self.of_calendar(self._plan[Project, project_id].calendar)

    def of_target(self, milestone: Milestone) -> WorkTime:
        """What the slip of a milestone is counted on: the calendar kept with its target; its project's where none is."""
        if milestone.target is None or not milestone.target_calendar:
            return self.of_project(milestone.project)
        found = self._kept.get(milestone.target_calendar)
        if found is None:
            kept = self._plan.where(KeptCalendar, "digest", milestone.target_calendar)
            if not kept:
                return self.of_project(milestone.project)
            found = self._kept[milestone.target_calendar] = work_time_of_kept(kept[0])
        return found

    def of_activity(self, activity: Activity) -> WorkTime:
        return self.of_calendars(calendars_for(self._plan, activity))

    def heed(self, change_set: ChangeSet) -> None:
        """Forgets compiled calendars if the change-set touches a calendar or an exception."""
        if change_set.ids(Calendar, CalendarException):
            self._compiled.clear()


class WorkTime:
    """The working minutes of one calendar, over the years 1–9999.

    Shifts are [from, to) in minutes of the day on which they begin; what runs over midnight is worked on the next date
    but belongs to the day it began. Where work ends at 17:00 and goes on at 08:00, the two instants are equal in
    working time: adding ends at 17:00, subtracting at 08:00.
    """

    def __init__(self, week: Sequence[Shifts | None], exceptions: Sequence[CalendarException] = ()) -> None:
        """week: seven days, Monday first; exceptions: a later one wins over an earlier one. Raises PlanError on a bad rule."""
        self._week = tuple(_tidy(shifts or ()) for shifts in week)
        self._exceptions: dict[int, list[tuple[Day, Day, Shifts]]] = {}
        for exception in exceptions:
            shifts = _tidy(exception.shifts)
            for first, last in spans(exception):
                for block in range(first // _BLOCK, (last + 1) // _BLOCK + 1):  # the day after may inherit a night shift
                    self._exceptions.setdefault(block, []).append((first, last, shifts))
        self._blocks: dict[int, _Block] = {}
        self._plain = _Block([self._week[weekday(day)] for day in range(_BLOCK)], self._week[weekday(_BLOCK - 1)])
        self._minutes_before = [0]
        self._days_before = [0]

    # days

    def shifts(self, day: Day) -> Shifts:
        """The shifts that begin on `day`, sorted, not overlapping; () on a day off."""
        block, offset = divmod(day, _BLOCK)
        return self._block(block).shifts[offset]

    def is_working(self, day: Day) -> bool:
        """True where a shift begins on `day`."""
        return bool(self.shifts(day))

    def day_start(self, day: Day) -> Instant:
        """The instant at which the first shift of `day` begins; on a day off, the time at which work usually begins."""
        return at(day, self._hours(day)[0][0])

    def day_end(self, day: Day) -> Instant:
        """The instant at which the last shift of `day` ends; on a day off, the time at which work usually ends."""
        return at(day, self._hours(day)[-1][1])

    def working_days(self, a: Day, b: Day) -> int:
        """Signed count of working days in (a, b]: negative where b is before a."""
        return self._days_until(b) - self._days_until(a)

    def add_working_days(self, day: Day, count: int) -> Day:
        """The working day with `working_days(day, result) == count`; `day` itself for 0. Raises PlanError where none is left."""
        if count == 0:
            return day
        wanted = self._days_until(day) + count - 1  # working days before the one that is looked for
        if wanted < 0:
            raise _no_work()
        block = self._find(self._days_before, wanted)
        table = self._block(block)
        return block * _BLOCK + bisect_right(table.days, wanted - self._days_before[block]) - 1

    # instants

    def add(self, moment: Instant, minutes: int) -> Instant:
        """The earliest instant with `minutes` of work since `moment`; 0 gives `moment` itself. Raises PlanError."""
        if minutes == 0:
            return moment
        if minutes < 0:
            return self.subtract(moment, -minutes)
        return self._start_of_minute(self._minutes_until(moment) + minutes - 1) + 1

    def subtract(self, moment: Instant, minutes: int) -> Instant:
        """The latest instant with `minutes` of work until `moment`; 0 gives `moment` itself. Raises PlanError."""
        if minutes == 0:
            return moment
        if minutes < 0:
            return self.add(moment, -minutes)
        return self._start_of_minute(self._minutes_until(moment) - minutes)

    def minutes_between(self, a: Instant, b: Instant) -> int:
        """Signed working minutes from `a` to `b`."""
        return self._minutes_until(b) - self._minutes_until(a)

    def next_start(self, moment: Instant) -> Instant:
        """`moment` if work goes on right after it, else when work next begins. Raises PlanError where it never does."""
        return self._start_of_minute(self._minutes_until(moment))

    def previous_end(self, moment: Instant) -> Instant:
        """`moment` if work went on right before it, else when work last ended. Raises PlanError where it never began."""
        return self._start_of_minute(self._minutes_until(moment) - 1) + 1

    # the table

    def _hours(self, day: Day) -> Shifts:
        return self.shifts(day) or next((shifts for shifts in self._week if shifts), _USUAL_HOURS)

    def _days_until(self, day: Day) -> int:
        block, offset = divmod(day, _BLOCK)
        table = self._block(block)
        self._extend(block)
        return self._days_before[block] + table.days[offset + 1]

    def _minutes_until(self, moment: Instant) -> int:
        day, minute = divmod(moment, MINUTES_PER_DAY)
        block, offset = divmod(day, _BLOCK)
        table = self._block(block)
        self._extend(block)
        worked = self._minutes_before[block] + table.minutes[offset]
        for start, end in table.pieces[offset]:
            if minute <= start:
                break
            worked += min(minute, end) - start
        return worked

    def _start_of_minute(self, index: int) -> Instant:
        """When the working minute number `index`, counted from 0 at the beginning of time, begins."""
        if index < 0:
            raise _no_work()
        block = self._find(self._minutes_before, index)
        table = self._block(block)
        rest = index - self._minutes_before[block]
        offset = bisect_right(table.minutes, rest) - 1
        rest -= table.minutes[offset]
        for start, end in table.pieces[offset]:
            if rest < end - start:
                return at(block * _BLOCK + offset, start + rest)
            rest -= end - start
        raise AssertionError("the table of working minutes does not agree with itself")

    def _find(self, before: list[int], index: int) -> int:
        """The block in which unit number `index` of a running count lies."""
        while before[-1] <= index:
            if len(before) > _LAST_BLOCK + 1:
                raise _no_work()
            self._extend(len(before))
        return bisect_right(before, index) - 1

    def _extend(self, block: int) -> None:
        """Makes the running counts reach to the beginning of `block`."""
        plain = min(block, min(self._exceptions, default=block)) - len(self._minutes_before) + 1
        if plain > 0:  # by far the most blocks, and all alike
            for counts, step in ((self._minutes_before, self._plain.minutes[-1]), (self._days_before, self._plain.days[-1])):
                counts += [counts[-1] + step * (number + 1) for number in range(plain)]
        for known in range(len(self._minutes_before) - 1, block):
            table = self._block(known)
            self._minutes_before.append(self._minutes_before[-1] + table.minutes[-1])
            self._days_before.append(self._days_before[-1] + table.days[-1])

    def _block(self, block: int) -> _Block:
        found = self._blocks.get(block)
        if found is None:
            found = self._blocks[block] = self._compile(block)
        return found

    def _compile(self, block: int) -> _Block:
        if not 0 <= block <= _LAST_BLOCK:
            raise _no_work()
        if block not in self._exceptions:
            return self._plain
        shifts = self._shifts_of(block)
        return _Block(shifts[1:], shifts[0])

    def _shifts_of(self, block: int) -> list[Shifts]:
        """The shifts of each day of a block that exceptions touch, and before them those of the day before, for the night
        shift that it hands over."""
        begin = block * _BLOCK - 1
        shifts = [self._week[weekday(day)] for day in range(begin, begin + _BLOCK + 1)]
        for first, last, other in self._exceptions[block]:
            for day in range(max(first, begin), min(last, begin + _BLOCK) + 1):
                shifts[day - begin] = other
        return shifts


class JointWorkTime(WorkTime):
    """The time that at least one of some work times works."""

    def __init__(self, parts: Sequence[WorkTime]) -> None:
        super().__init__([tuple(shift for part in parts for shift in part._week[day]) for day in range(7)])
        self._parts = parts
        self._exceptions = {block: [] for part in parts for block in part._exceptions}

    def _shifts_of(self, block: int) -> list[Shifts]:
        days = range(block * _BLOCK - 1, (block + 1) * _BLOCK)
        return [_tidy([shift for part in self._parts for shift in part.shifts(day)]) for day in days]


class _Block:
    """52 weeks. shifts: by day as given; pieces: what is worked on each date, within 0–1440; minutes, days: running
    counts with one entry more than there are days."""

    __slots__ = ("days", "minutes", "pieces", "shifts")

    def __init__(self, shifts: list[Shifts], eve: Shifts) -> None:
        self.shifts = shifts
        self.pieces: list[Shifts] = []
        self.minutes = [0]
        self.days = [0]
        before = eve
        for today in shifts:
            pieces = _worked(today, before)
            self.pieces.append(pieces)
            self.minutes.append(self.minutes[-1] + sum(end - start for start, end in pieces))
            self.days.append(self.days[-1] + bool(today))
            before = today


def _worked(today: Shifts, yesterday: Shifts) -> Shifts:
    """What of the shifts of two days falls on the second one, as [from, to) within 0–1440."""
    if not (yesterday and yesterday[-1][1] > MINUTES_PER_DAY) and not (today and today[-1][1] > MINUTES_PER_DAY):
        return today
    handed_over = tuple((max(start - MINUTES_PER_DAY, 0), end - MINUTES_PER_DAY) for start, end in yesterday)
    return tuple((start, min(end, MINUTES_PER_DAY)) for start, end in _tidy(handed_over + today) if start < MINUTES_PER_DAY)


def _tidy(shifts: Sequence[Shift]) -> Shifts:
    """Sorted, within 0–2880, overlapping ones joined, empty ones dropped."""
    joined: list[Shift] = []
    for start, end in sorted((max(start, 0), min(end, 2 * MINUTES_PER_DAY)) for start, end in shifts):
        if start >= end:
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _no_work() -> PlanError:
    return PlanError(
        N_("The calendar has no working time left for this date."),
        N_("Give the calendar working hours, or choose another one."),
    )
