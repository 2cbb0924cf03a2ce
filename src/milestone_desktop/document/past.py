"""The plan as it stood, as a document of its own: it goes from state to state and is looked at like any other."""

from __future__ import annotations

from datetime import date, datetime, time

from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.plan_history import PlanHistory
from milestone_desktop.document.storage import MemoryStorage, Storage
from milestone_desktop.domain.changes import Change, ChangeSet, JournalLine, Receipt
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, Message, PlanError
from milestone_desktop.domain.plan import Plan

NOON = time(12)
_STEP = Message("")


class PastStorage(MemoryStorage):
    """Where a past plan is kept: with the contents and receipts of the real storage, and a view state of its own."""

    read_only = True

    def __init__(self, history: PlanHistory, real: Storage) -> None:
        super().__init__(history.plan)
        self._history, self._real = history, real
        self._view_state = real.view_state()

    def load(self) -> Plan:
        return self._plan

    def receipts(self, milestone: int | None = None) -> list[tuple[JournalLine, Receipt]]:
        """Those made until then."""
        return [told for told in self._real.receipts(milestone) if told[0].sequence <= self._history.place]

    def blob(self, sha256: str) -> bytes:
        return self._real.blob(sha256)


class PastDocument(Document):
    """Its today is `day`. `begin` or `follow` makes a step, `tell` tells it as any document tells a change: what others need
    of it can be made ready in between. changes: those of the step."""

    def __init__(self, history: PlanHistory, real: Storage, day: Day) -> None:
        self.day = day
        self.changes: list[Change] = []
        super().__init__(PastStorage(history, real), lambda: datetime.combine(date.fromordinal(self.day), NOON))
        self._past = history

    def begin(self, sequence: int, day: Day) -> None:
        """Goes to the plan as it stood after an entry, on a day."""
        self.day = day
        self.changes = self._past.go_to(sequence)

    def follow(self, line: JournalLine, change_set: ChangeSet) -> None:
        """Takes in an edit of the plan as it stands now: where that is the plan shown, it goes along."""
        self.changes = self._past.follow(line, change_set)

    def tell(self) -> None:
        """Tells everybody of the step."""
        change_set = ChangeSet(_STEP, tuple(self.changes))
        self._schedule.follow(change_set, None)
        self._publish(Changed(change_set, None, JournalLine(self._past.place, self.clock(), _STEP, None), ()))

    def _require_editable(self) -> None:
        raise PlanError(
            N_("This is the plan as it stood, which stays as it was."), N_("Restore a row or the whole project from here.")
        )
