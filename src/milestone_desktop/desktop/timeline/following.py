"""What else would move if something were dragged: everything that the scheduler places after it, and the parents above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, ngettext
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.scheduling.preview import earliest, preview
from milestone_desktop.scheduling.schedule import Schedule

Dates = tuple[Instant, Instant]


@dataclass(frozen=True, slots=True)
class Followers:
    """places: new dates of everything that moves along, by id; problem: why the date dragged to cannot be had."""

    places: Mapping[int, Dates] = field(default_factory=dict)
    problem: str = ""

    @property
    def words(self) -> str:
        """How many rows follow; "" for none."""
        count = len(self.places)
        return ngettext("{n} more row moves", "{n} more rows move", count) if count else ""


class Following:
    """Asked at each move of the pointer; the schedule is taken once, when the drag begins.

    In a recorded project nothing moves by itself, so that nothing follows there.
    """

    def __init__(self, session: Session, activity: Activity) -> None:
        self._session = session
        self._activity = activity
        self._computed = is_computed(session.plan[Project, activity.project])
        self._schedule: Schedule | None = session.document.schedule() if self._computed else None

    def of(self, places: Mapping[int, Dates]) -> Followers:
        """What follows if activities are put where `places` says."""
        if self._schedule is None or not places:
            return Followers()
        moved = preview(self._schedule.network, self._schedule, places)
        followers = {row_id: dates for row_id, dates in moved.items() if row_id not in places}
        return Followers(followers, self._problem(places))

    def _problem(self, places: Mapping[int, Dates]) -> str:
        """The dragged activity cannot be earlier than what it waits for allows."""
        schedule, row = self._schedule, self._activity
        if schedule is None or row.id not in places or row.actual_start is not None:
            return ""
        bound = earliest(schedule.network, schedule, row.id)
        wanted = places[row.id][1 if isinstance(row, Milestone) else 0]
        if bound is None or wanted >= bound or self._same_work(wanted, bound):
            return ""
        driver = self._session.plan.activity(int(schedule.driver[schedule.row_of[row.id]]))
        if driver is None:
            return ""
        day = day_text(day_of(bound), self._session.today())
        return _("It waits for “{driver}”: not before {date}").format(driver=driver.title, date=day)

    def _same_work(self, a: Instant, b: Instant) -> bool:
        return self._session.facts.times.of_activity(self._activity).minutes_between(a, b) == 0
