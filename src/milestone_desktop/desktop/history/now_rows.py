"""Where the rows of a past roadmap are now: drawn as thin bars below them, and told in their tips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, range_text, working_days_text
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.tracking.baselines import BaselineRow
from milestone_desktop.tracking.then_and_now import Difference, Differences


class NowRows:
    """session: of the plan as it stands; it is asked for rows as `BaselineRows` is."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: Differences | None = None

    def take(self, found: Differences) -> None:
        """Tells of other differences."""
        self._found = found

    def of(self, projects: Iterable[int]) -> Mapping[int, BaselineRow]:
        """The dates of now of the rows that stand elsewhere now."""
        return _Elsewhere(self._found.rows if self._found is not None else {})

    def words(self, activity: Activity) -> str:
        """`now: 21 Sep – 2 Oct (+3 wd)`; "" where it is the same."""
        row = self._found.rows.get(activity.id) if self._found is not None else None
        if row is None or row.then is None:
            return ""
        if row.now is None:
            return _("now: deleted")
        if row.now.end is None or not _has_moved(row):
            return ""
        start = None if isinstance(row.now, Milestone) else row.now.start
        said = _("now: {dates}").format(dates=range_text(start, row.now.end, self._session.today()))
        days = row.working_days
        return _("{now} ({days})").format(now=said, days=working_days_text(days)) if days else said


class _Elsewhere(Mapping[int, BaselineRow]):
    """The dates of the rows that have moved, each made when it is drawn: thousands may differ, and a frame shows thirty."""

    def __init__(self, rows: Mapping[int, Difference]) -> None:
        self._rows = rows

    def __getitem__(self, activity: int) -> BaselineRow:
        row = self._rows[activity]
        if row.now is None or not _has_moved(row):
            raise KeyError(activity)
        return BaselineRow(row.now.start, row.now.end, row.now.duration)

    def __iter__(self) -> Iterator[int]:
        return (activity for activity, row in self._rows.items() if row.now is not None and _has_moved(row))

    def __len__(self) -> int:
        return sum(1 for _activity in self)


def _has_moved(row: Difference) -> bool:
    then, now = row.then, row.now
    return then is not None and now is not None and (then.start, then.end) != (now.start, now.end)
