"""What else would move if something were dragged: everything that the scheduler places after it, and the parents above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, ngettext
from milestone_desktop.document.operations.dates import obeys_schedule
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import ConstraintType
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.outline import ancestors
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
        """Why the dragged activity cannot be so early: what it waits for, or what is not to begin earlier above it."""
        schedule, row = self._schedule, self._activity
        if schedule is None or row.id not in places or row.actual_start is not None:
            return ""
        wanted = places[row.id][1 if isinstance(row, Milestone) else 0]
        bound = earliest(schedule.network, schedule, row.id)
        driver = self._session.plan.activity(int(schedule.driver[schedule.row_of[row.id]])) if bound is not None else None
        if bound is not None and driver is not None:
            return self._too_early(wanted, bound, _("It waits for “{title}”: not before {date}"), driver.title)
        above = None if row.id not in schedule.row_of or not obeys_schedule(self._session.plan, row) else self._held_above()
        if above is None or above.constraint_date is None:
            return ""
        return self._too_early(wanted, above.constraint_date, _("“{title}” above it is not to begin before {date}"), above.title)

    def _held_above(self) -> Activity | None:
        """The activity above the dragged one that is held latest from beginning earlier."""
        held = (ConstraintType.SNET, ConstraintType.FNET)
        above = [row for row in ancestors(self._session.plan, self._activity) if row.constraint in held]
        return max(above, key=lambda row: row.constraint_date or 0, default=None)

    def _too_early(self, wanted: Instant, bound: Instant, words: str, title: str) -> str:
        """The words where a place lies before a bound: with the day on which work could begin there, as the refusal has it."""
        row, work = self._activity, self._session.facts.times.of_activity(self._activity)
        if wanted >= bound or work.minutes_between(wanted, bound) == 0:
            return ""
        day = day_of(bound if isinstance(row, Milestone) else work.next_start(bound))
        return words.format(title=title, date=day_text(day, self._session.today()))
