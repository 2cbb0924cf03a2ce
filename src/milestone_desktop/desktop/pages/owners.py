"""By owner: what each person, and nobody, has to see to: a lane of milestones, the load of each week, and a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from milestone_desktop.chart.lanes import Lane
from milestone_desktop.desktop.activity_fields.making import of_leaves
from milestone_desktop.desktop.activity_fields.moments import Moment
from milestone_desktop.desktop.activity_fields.progress import WORST_FIRST
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.pages.portfolio import LanesPage
from milestone_desktop.desktop.portfolio.lanes import NOBODY, burdens, carriers, owner_lanes
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.words import _, percent_text, range_text, working_days_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import activities, dates
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project


@dataclass(frozen=True, slots=True)
class Charge:
    """One row: an open milestone or work item in the hands of a person. An item of two people stands in two rows."""

    person: int
    activity: Activity


class OwnersPage(LanesPage):
    """Open milestones and work items by person. A row's id is its number: one item may stand in several."""

    finds = (Milestone, WorkItem)

    def __init__(self, session: Session) -> None:
        self._charges: list[tuple[int, int]] = []
        super().__init__(session, owner_columns(session), self._charge, _("Open milestones and work items by owner"))
        self.build_picture(
            _("Milestones by owner"),
            _("Open milestones and work items by owner"),
            _("Bars: what is due in each week"),
        )

    def ids(self) -> Iterable[int]:
        carried = burdens(self.session)
        self._charges = [(person, row.id) for person, _name in carriers(self.session, carried) for row in carried[person].open()]
        return range(len(self._charges))

    def lanes(self) -> list[Lane]:
        return owner_lanes(self.session, burdens(self.session, self.session.shown.kept()))

    def _kept(self) -> list[int]:
        keep = self.session.shown.kept()
        if keep is None:
            return self._all
        activities = np.array([row_id for _person, row_id in self._charges], np.int64)
        kept: list[int] = np.flatnonzero(np.isin(activities, keep)).tolist()
        return kept

    def touched(self, event: Changed) -> set[int]:
        return set(self.model.ids)

    def empty_text(self) -> str:
        return _("Nothing is open: no milestone and no work item waits for anybody.")

    def show_owner(self, person: int) -> None:
        """Goes to a person's lane, and to the first row of the table that is theirs."""
        self.picture.show_lane(person)
        row = next((n for n, row_id in enumerate(self.model.ids) if self._charges[row_id][0] == person), None)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row, 0))

    def reveal(self, row_id: int) -> bool:
        rows = [number for number, (_person, activity) in enumerate(self._charges) if activity == row_id]
        return bool(rows) and super().reveal(rows[0])

    def filtered_out(self, ids: Sequence[int]) -> int:
        wanted = set(ids)
        rows = [number for number, (_person, activity) in enumerate(self._charges) if activity in wanted]
        return super().filtered_out(rows)

    def pick(self, ids: list[int], current: int | None) -> None:
        chosen = [self._charges[number][1] for number in ids]
        self.session.select(dict.fromkeys(chosen), None if current is None else self._charges[current][1])

    def picked(self) -> tuple[tuple[int, ...], int | None]:
        chosen, hand = set(self.session.selection), self.session.current
        rows = tuple(number for number, (_person, row_id) in enumerate(self._charges) if row_id in chosen)
        index = self.view.currentIndex()
        if index.isValid() and index.row() < len(self.model.ids):
            number = self.model.ids[index.row()]
            if number < len(self._charges) and self._charges[number][1] == hand:
                return rows, number
        return rows, next((number for number in rows if self._charges[number][1] == hand), None)

    def _charge(self, number: int) -> Charge | None:
        if not 0 <= number < len(self._charges):
            return None
        person, row_id = self._charges[number]
        activity = self.session.plan.activity(row_id)
        return Charge(person, activity) if activity is not None else None


def owner_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the table: who, what, where, when, and how it stands."""
    facts, plan, today = session.facts, session.plan, session.today
    end, leaf = Moment(session, "end", dates.end_instant), of_leaves(session)

    def health(row: Charge) -> Health:
        return facts.assessment(row.activity).health if isinstance(row.activity, Milestone) else Health.NONE

    def slip(row: Charge) -> int | None:
        return facts.slip(row.activity) if isinstance(row.activity, Milestone) else None

    return (
        Column("owner", _("Owner"), 132, lambda row: facts.person_name(row.person or None) or _("Nobody"),
               order=lambda row: (row.person == NOBODY, facts.person_name(row.person or None).casefold())),
        Column("title", _("Milestone or work item"), 180, lambda row: row.activity.title, Look.TITLE,
               raw=lambda row: row.activity, editor=Editor.TEXT,
               write=lambda edit, row, value: activities.rename(edit, row.activity.id, value), label=N_("Rename")),
        Column("code", _("Code"), 70, lambda row: facts.code(row.activity), Look.MUTED),
        Column("project", _("Project"), 128, lambda row: plan[Project, row.activity.project].title, Look.MUTED),
        Column("status", _("Status"), 112, lambda row: _(facts.status_name(row.activity)), Look.STATUS,
               raw=lambda row: facts.group(row.activity)),
        Column("dates", _("From – to"), 178, lambda row: range_text(row.activity.start, row.activity.end, today()), right=True,
               order=lambda row: row.activity.end, editor=Editor.DATE,
               value=lambda row: end.of(row.activity), typed=lambda row: end.typed(row.activity),
               read=lambda row, text: end.read(row.activity, text), told=lambda row, moment: end.told(row.activity, moment),
               write=lambda edit, row, moment: dates.set_end(edit, row.activity.id, moment), label=N_("Change date"),
               why_not=lambda row: leaf(row.activity)),
        Column("slip", _("Slip"), 68, lambda row: working_days_text(slip(row)), Look.SLIP, right=True, raw=slip, order=slip),
        Column("progress", _("Progress (%)"), 112, lambda row: percent_text(facts.progress_of(row.activity)), Look.PROGRESS,
               raw=lambda row: facts.progress_of(row.activity), order=lambda row: facts.progress_of(row.activity)),
        Column("health", _("Health"), 104, lambda row: health_text(health(row)), Look.HEALTH, raw=health,
               order=lambda row: WORST_FIRST.index(health(row))),
    )  # fmt: skip
