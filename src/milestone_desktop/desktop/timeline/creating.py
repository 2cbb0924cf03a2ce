"""Dragging on empty ground: dates for a row that has none, a new work item below the rows, a new milestone on a day."""

from __future__ import annotations

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.gestures import Proposal, working_day_near
from milestone_desktop.desktop.words import _, day_text, ngettext, range_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, items, milestones
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import Day, Instant, at, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.worktime import WorkTime


class Span:
    """Draws a bar from where the drag began to the pointer, in whole working days.

    activity: the row that gets these dates; None makes a new work item, whose id `made` is after the release.
    """

    def __init__(self, session: Session, project: Project, activity: Activity | None, pressed: Instant) -> None:
        self.label = N_("Set dates") if activity is not None else N_("Add work item")
        self.activity = activity
        self.made: int | None = None
        self._session = session
        self._project = project
        self._pressed = pressed
        self._days = (day_of(pressed), day_of(pressed))

    def at(self, moment: Instant, step: int | None) -> Proposal:
        work = self._work()
        ends = sorted((day_of(self._pressed), day_of(moment)))
        last = working_day_near(work, ends[1])
        self._days = (min(_working_day_from(work, ends[0]), last), last)
        start, end = self.dates()
        today = self._session.today()
        if isinstance(self.activity, Milestone):
            return Proposal(day_text(last, today, weekday=True), changes=True)
        length = work.working_days(self._days[0] - 1, last)
        days = ngettext("{n} working day", "{n} working days", length)
        words = _("{dates}, {days}").format(dates=range_text(start, end, today), days=days)
        return Proposal(words, changes=True)

    def dates(self) -> tuple[Instant, Instant]:
        """Where the bar stands now: a milestone on the day last dragged to."""
        begin, end = at(self._days[0], self._project.day_start), at(self._days[1], self._project.day_end)
        return (end, end) if isinstance(self.activity, Milestone) else (begin, end)

    def commit(self, edit: Edit) -> None:
        start, end = self.dates()
        if self.activity is None:
            length = self._work().minutes_between(start, end)
            row = items.create(edit, self._project.id, _("New work item"), duration=length)
            self.made, label = row.id, edit.label
            dates.set_dates(edit, row.id, start, end)
            edit.label = label
        elif isinstance(self.activity, Milestone):
            dates.set_end(edit, self.activity.id, dates.end_instant(edit.plan, self.activity, self._days[1]))
        else:
            dates.set_dates(edit, self.activity.id, start, end)

    def _work(self) -> WorkTime:
        times = self._session.facts.times
        return times.of_project(self._project.id) if self.activity is None else times.of_activity(self.activity)


def add_milestone_on(session: Session, project: Project, day: Day, below: Activity | None) -> int | None:
    """Adds a milestone on a day, after a row and beside it; returns its id, None where that was refused."""
    made: list[int] = []

    def make(edit: Edit) -> None:
        parent, after = (None, None) if below is None else (below.parent, below.id)
        moment = at(day, project.day_end)
        made.append(milestones.create(edit, project.id, _("New milestone"), moment, parent=parent, after=after).id)

    session.attempt(N_("Add milestone"), make)
    return made[-1] if made else None


def _working_day_from(work: WorkTime, day: Day) -> Day:
    """The day itself if it is worked, else the next working day."""
    return day if work.is_working(day) else work.add_working_days(day, 1)
