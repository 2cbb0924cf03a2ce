"""An independent scheduler, slow and plain: it walks one minute at a time and knows nothing of tables, levels or axes.

It follows the rules in docs/scheduling.md word by word and is what the fast one is compared with.
"""

from __future__ import annotations

from typing import Any

from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, Placement, ScheduleMode
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project

FAR = 60 * 24 * 400


class Clock:
    """One calendar (no bases, no rules): whether a minute is worked, and walking over worked minutes."""

    def __init__(self, plan: Plan, calendar_id: int | None) -> None:
        self.calendar = plan.get(Calendar, calendar_id)
        self.exceptions = plan.where(CalendarException, "calendar", calendar_id) if calendar_id else []
        self.known: dict[int, bool] = {}

    def shifts(self, day: int) -> Any:
        for exception in sorted(self.exceptions, key=lambda row: -row.id):
            if exception.first <= day <= exception.last:
                return exception.shifts
        return self.calendar.week[(day - 1) % 7] if self.calendar else ((0, 1440),)

    def worked(self, minute: int) -> bool:
        found = self.known.get(minute)
        if found is None:
            day, at = divmod(minute, 1440)
            today = any(a <= at < b for a, b in self.shifts(day))
            found = self.known[minute] = today or any(a <= at + 1440 < b for a, b in self.shifts(day - 1))
        return found

    def add(self, moment: int, minutes: int) -> int:
        while minutes > 0:
            minutes -= self.worked(moment)
            moment += 1
        while minutes < 0:
            moment -= 1
            minutes += self.worked(moment)
        return moment

    def next_start(self, moment: int) -> int:
        while not self.worked(moment):
            moment += 1
        return moment

    def previous_end(self, moment: int) -> int:
        while not self.worked(moment - 1):
            moment -= 1
        return moment

    def snap(self, moment: int) -> int:
        return moment if self.worked(moment - 1) else self.next_start(moment)

    def between(self, a: int, b: int) -> int:
        return sum(self.worked(minute) for minute in range(a, b)) - sum(self.worked(minute) for minute in range(b, a))


class SlowScheduler:
    """Early and late dates and slack by id, in dictionaries."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows = {row.id: row for row in plan.activities()}
        self.children = {i: [r.id for r in self.rows.values() if r.parent == i] for i in self.rows}
        self.leaves = [i for i, row in self.rows.items() if isinstance(row, Milestone) or not self.children[i]]
        self.clocks: dict[int | None, Clock] = {}
        self.start: dict[int, int] = {}
        self.finish: dict[int, int] = {}
        self.late_start: dict[int, int] = {}
        self.late_finish: dict[int, int] = {}
        self.links = list(plan.all(Dependency))
        for _ in range(len(self.rows) + 1):
            for row_id in self.leaves:
                self.start[row_id], self.finish[row_id] = self.early(row_id)
        self.end = {
            p.id: max((self.finish[i] for i in self.leaves if self.rows[i].project == p.id), default=0) for p in plan.all(Project)
        }
        for _ in range(len(self.rows) + 1):
            for row_id in self.leaves:
                self.late_start[row_id], self.late_finish[row_id] = self.late(row_id)

    def clock(self, row_id: int) -> Clock:
        row = self.rows[row_id]
        elapsed = row.duration_unit[:1] == "e" and not isinstance(row, Milestone)
        key = None if elapsed else row.calendar or self.plan[Project, row.project].calendar
        if key not in self.clocks:
            self.clocks[key] = Clock(self.plan, key)
        return self.clocks[key]

    def minutes(self, row_id: int) -> int:
        return 0 if isinstance(self.rows[row_id], Milestone) else self.rows[row_id].duration

    def below(self, row_id: int) -> list[int]:
        if row_id in self.leaves:
            return [row_id]
        return [leaf for child in self.children[row_id] for leaf in self.below(child)]

    def ends_of(self, link: Dependency) -> list[int]:
        """The rows that a link holds at its successor's side."""
        below = self.below(link.successor)
        if link.type in (LinkType.FS, LinkType.SS) or len(below) == 1:
            return below
        inner = [x for x in self.links if x.predecessor in below and x.successor in below]
        free = [i for i in below if not any(x.predecessor == i for x in inner)]
        return free or below

    def above(self, row: Activity) -> list[Activity]:
        """The parents whose bounds hold for a row: none in a recorded project."""
        if row.parent is None or self.plan[Project, row.project].mode is ScheduleMode.RECORDED:
            return []
        return [self.rows[row.parent], *self.above(self.rows[row.parent])]

    def lag(self, link: Dependency, row_id: int, moment: int, sign: int) -> int:
        lag = link.lag
        if link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
            size = self.rows[link.predecessor].duration
            lag = (abs(lag) * size + 5000) // 10000 * (-1 if lag < 0 else 1)
        by_clock = self.rows[link.predecessor].duration_unit[:1] == "e" and link.lag_unit is LagUnit.PERCENT
        elapsed = by_clock or link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT)
        return moment + sign * lag if elapsed else self.clock(row_id).add(moment, sign * lag)

    def fixed(self, row: Activity) -> bool:
        recorded = self.plan[Project, row.project].mode is ScheduleMode.RECORDED
        return (recorded or row.placement is Placement.FIXED) and row.end is not None

    def begun(self, row: Activity) -> bool:
        return row.actual_finish is not None or (row.actual_start is not None and not isinstance(row, Milestone))

    def early(self, row_id: int) -> tuple[int, int]:
        row, clock, size = self.rows[row_id], self.clock(row_id), self.minutes(row_id)
        if row.actual_finish is not None:
            return (row.actual_finish if isinstance(row, Milestone) else row.actual_start or row.start or 0), row.actual_finish
        if self.begun(row):
            assert row.actual_start is not None
            left = size - size * row.progress // 100
            goes_on = max(clock.add(row.actual_start, size - left), self.not_before(row, clock))
            return row.actual_start, max(clock.add(goes_on, left), row.actual_start)
        if self.fixed(row):
            assert row.end is not None
            return (row.end if isinstance(row, Milestone) else row.start or row.end), row.end
        mine = [link for link in self.links if row_id in self.ends_of(link)]
        begin = clock.snap(self.plan[Project, row.project].start or 0)
        bounds = [self.bound(link, row_id) for link in mine]
        if not mine:
            bounds.append(clock.snap(row.end) if isinstance(row, Milestone) and row.end is not None else begin)
        if any(link.type is LinkType.FF and self.direct(link) for link in mine):
            bounds.append(begin)
        at = self.held(row, clock, size, max(bounds))
        return (at, at) if size == 0 else (clock.next_start(at), clock.add(at, size))

    def direct(self, link: Dependency) -> bool:
        """A join between two parents hands a start on, not a finish."""
        return len(self.below(link.predecessor)) == 1 or len(self.ends_of(link)) == 1

    def not_before(self, row: Activity, clock: Clock) -> int:
        """The status date, where what is not done is to be placed after it."""
        project = self.plan[Project, row.project]
        if not project.move_remaining or project.status_date is None or isinstance(row, Milestone):
            return 0
        return clock.snap(project.status_date * 1440 + project.day_start)

    def held(self, row: Activity, clock: Clock, size: int, moment: int) -> int:
        """The start once constraints have had their say."""
        when = None if row.constraint_date is None else clock.snap(row.constraint_date)
        moment = max(moment, self.not_before(row, clock))
        for parent in self.above(row):
            if parent.constraint is ConstraintType.SNET and parent.constraint_date is not None:
                moment = max(moment, clock.snap(parent.constraint_date))
            if parent.placement is Placement.PINNED and parent.start is not None:
                moment = max(moment, clock.snap(parent.start))
        if row.placement is Placement.PINNED and row.end is not None:
            pin = row.end if isinstance(row, Milestone) else row.start or row.end
            moment = max(moment, clock.snap(pin))
        if when is not None:
            by_finish = clock.add(when, -size)
            match row.constraint:
                case ConstraintType.SNET:
                    moment = max(moment, when)
                case ConstraintType.FNET:
                    moment = max(moment, by_finish)
                case ConstraintType.SNLT:
                    moment = min(moment, when)
                case ConstraintType.FNLT:
                    moment = min(moment, by_finish)
                case ConstraintType.MSO:
                    moment = when
                case ConstraintType.MFO:
                    moment = by_finish
        return moment

    def bound(self, link: Dependency, row_id: int) -> int:
        """The earliest start that a link allows."""
        column = self.finish if link.type in (LinkType.FS, LinkType.FF) else self.start
        moments = [column.get(i, 0) or FAR for i in self.below(link.predecessor)]
        moment = max(moments) if column is self.finish else min(moments)
        moment = self.lag(link, row_id, moment, 1)
        if link.type in (LinkType.FS, LinkType.SS):
            return moment
        clock, size = self.clock(row_id), self.minutes(row_id)
        if self.fixed(self.rows[row_id]):
            size = clock.between(self.start[row_id], self.finish[row_id])
        return clock.add(moment, -size)

    def late(self, row_id: int) -> tuple[int, int]:
        row, clock, size = self.rows[row_id], self.clock(row_id), self.minutes(row_id)
        if row.actual_finish is not None:
            return self.start[row_id], self.finish[row_id]
        given = self.begun(row) or self.fixed(row)
        span = clock.between(self.start[row_id], self.finish[row_id]) if given else size
        end = min([self.end[row.project], *self.late_bounds(row_id, clock, span)])
        when = None if row.constraint_date is None else clock.snap(row.constraint_date)
        if when is not None:
            match row.constraint:
                case ConstraintType.SNLT:
                    end = min(end, clock.add(when, span))
                case ConstraintType.FNLT:
                    end = min(end, when)
                case ConstraintType.MSO:
                    end = min(self.end[row.project], clock.add(when, span))
                case ConstraintType.MFO:
                    end = min(self.end[row.project], when)
        if row.deadline is not None:
            end = min(end, clock.snap(row.deadline))
        for parent in self.above(row):
            if parent.deadline is not None:
                end = min(end, clock.snap(parent.deadline))
            if parent.constraint is ConstraintType.FNLT and parent.constraint_date is not None:
                end = min(end, clock.snap(parent.constraint_date))
        if span == 0:
            return end, end
        end = clock.previous_end(end)
        return clock.add(end, -span), end

    def late_bounds(self, row_id: int, clock: Clock, span: int) -> list[int]:
        found = []
        for link in self.links:
            below = self.below(link.predecessor)
            if row_id not in below:
                continue
            by_start = link.type in (LinkType.SS, LinkType.SF)
            if by_start and self.start[row_id] > min(self.start[i] for i in below):
                continue
            for after in self.ends_of(link):
                if self.begun(self.rows[after]) or after not in self.late_start:
                    continue
                column = self.late_start if link.type in (LinkType.FS, LinkType.SS) else self.late_finish
                moment = self.lag(link, after, column[after], -1)
                found.append(clock.add(moment, span) if by_start else moment)
        return found
