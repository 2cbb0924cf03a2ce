"""A moment of an activity as a cell: how it is written, typed, copied and read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from milestone_desktop.desktop import typed_dates
from milestone_desktop.desktop.models.roadmap_cells import DateWords
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, long_day_text, time_text
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.dates import read_day
from milestone_desktop.domain.instants import Day, Instant, day_of, day_to_iso, minute_of
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

Meaning = Callable[[Plan, Activity, Day, int | None], Instant]
"""The instant that a day means, or a day and a minute of it."""


class Moment:
    """One field that holds an instant; its functions take the record. The time of day is written only where it is another
    one than a bare day means."""

    def __init__(self, session: Session, field: str, meaning: Meaning) -> None:
        self._session = session
        self._field = field
        self._meaning = meaning
        self._words = DateWords(session.today)

    def of(self, row: Any) -> Instant | None:
        """What the record holds."""
        found: Instant | None = getattr(row, self._field, None)
        return found

    def text(self, row: Any) -> str:
        """What the cell says."""
        return self._words(self.of(row))

    def read(self, row: Any, text: str) -> Instant | None:
        """What a text means by the date grammar. Raises PlanError."""
        if text.strip() in typed_dates.EMPTY:
            return None
        session, current = self._session, self.of(row)
        day, minute = read_day(
            text,
            session.today(),
            day_of(current) if current is not None else None,
            day_first=typed_dates.day_first(),
            names=typed_dates.names(),
            add_days=session.facts.times.of_activity(row).add_working_days,
        )
        return self._meaning(session.plan, row, day, minute)

    def told(self, row: Any, moment: Instant | None) -> str:
        """A moment before it is taken, with its weekday."""
        return _("no date") if moment is None else self._with_time(row, moment, long_day_text(day_of(moment), weekday=True))

    def iso(self, row: Any) -> str:
        """The cell for other programs."""
        moment = self.of(row)
        if moment is None:
            return ""
        day = day_to_iso(day_of(moment))
        minute = minute_of(moment)
        return day if self._is_usual(row, moment) else f"{day} {minute // 60:02d}:{minute % 60:02d}"

    def typed(self, row: Any) -> str:
        """What an editor begins with: words that are read as the same moment."""
        moment = self.of(row)
        if moment is None:
            return ""
        text = self._with_time(row, moment, long_day_text(day_of(moment)))
        try:
            return text if self.read(row, text) == moment else self.iso(row)
        except PlanError:
            return self.iso(row)

    def shown(self, row: Any) -> str:
        """The day, and the time of day only where it is neither the start nor the end of work."""
        moment = self.of(row)
        if moment is None:
            return ""
        project = self._session.plan[Project, row.project]
        day = long_day_text(day_of(moment))
        return day if minute_of(moment) in (project.day_start, project.day_end) else f"{day} {time_text(moment)}"

    def _is_usual(self, row: Any, moment: Instant) -> bool:
        return self._meaning(self._session.plan, row, day_of(moment), None) == moment

    def _with_time(self, row: Any, moment: Instant, day: str) -> str:
        return day if self._is_usual(row, moment) else f"{day} {time_text(moment)}"
