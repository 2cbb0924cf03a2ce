"""What the baselines in force keep of the rows of the timeline. A baseline is unpacked once, not for each frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, range_text, working_days_text
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.projects import BaselineRepair
from milestone_desktop.domain.worktime import WorkTime
from milestone_desktop.tracking.baselines import BaselineContent, BaselineRow
from milestone_desktop.tracking.variance import rows_of, work_time_of_content


@dataclass(slots=True)
class _Kept:
    """One baseline as unpacked. rows: with the repairs of `key`; work: the working time that it was planned on."""

    content: BaselineContent
    work: WorkTime | None
    key: tuple[object, ...] | None = None
    rows: dict[int, BaselineRow] = field(default_factory=dict)


class BaselineRows:
    """The rows of the baselines in force of some projects, and what a row says in words."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: dict[str, _Kept] = {}

    def of(self, projects: Iterable[int]) -> dict[int, BaselineRow]:
        """The kept dates by activity, repairs applied; nothing of a project without a baseline in force."""
        found = [kept.rows for project in projects if (kept := self._of_project(project)) is not None]
        if len(found) == 1:
            return found[0]
        return {activity: row for rows in found for activity, row in rows.items()}

    def row(self, activity: Activity) -> BaselineRow | None:
        """What is kept of an activity; None for nothing."""
        kept = self._of_project(activity.project)
        return None if kept is None else kept.rows.get(activity.id)

    def moved(self, activity: Activity) -> int | None:
        """The working days by which the end of an activity has moved since, on the calendar kept with the baseline."""
        kept, row = self._of_project(activity.project), self.row(activity)
        if kept is None or kept.work is None or row is None or row.end is None or activity.end is None:
            return None
        return kept.work.working_days(day_of(row.end), day_of(activity.end))

    def words(self, activity: Activity) -> str:
        """`baseline: 21 Sep – 2 Oct (+3 wd)`, the days by which the end has moved since; "" where nothing is kept."""
        row = self.row(activity)
        if row is None or row.end is None:
            return ""
        start = None if isinstance(activity, Milestone) else row.start
        said = _("baseline: {dates}").format(dates=range_text(start, row.end, self._session.today()))
        days = self.moved(activity)
        return _("{baseline} ({days})").format(baseline=said, days=working_days_text(days)) if days else said

    def _of_project(self, project: int) -> _Kept | None:
        baseline = self._session.facts.baseline_in_force(project)
        if baseline is None:
            return None
        kept = self._kept.get(baseline.content)
        if kept is None:
            content = self._session.baselines.content(baseline)
            if content is None:
                return None
            kept = self._kept[baseline.content] = _Kept(content, work_time_of_content(content))
        repairs = self._session.plan.where(BaselineRepair, "baseline", baseline.id)
        key = (baseline.id, *sorted((row.id, row.activity, row.start or 0, row.end or 0, row.duration) for row in repairs))
        if kept.key != key:
            kept.key, kept.rows = key, rows_of(kept.content, repairs)
        return kept
