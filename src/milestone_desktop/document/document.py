"""An open workspace: its plan, the place it is kept, its history, and those who want to know of changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.history import History
from milestone_desktop.document.kept_schedule import KeptSchedule
from milestone_desktop.document.recompute import recompute
from milestone_desktop.document.storage import Storage
from milestone_desktop.domain.approval_rules import taken_back
from milestone_desktop.domain.changes import ChangeSet, Compacted, JournalLine, Receipt
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.rules import check
from milestone_desktop.tracking.causes import causes_of
from milestone_desktop.tracking.receipts import Told, receipts_of

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changed:
    """The one event: what an edit did to the plan, and who made it (an editor can tell its own echo).

    line, receipts: the journal entry that it was written as, and the moves in it.
    """

    change_set: ChangeSet
    initiator: object | None
    line: JournalLine
    receipts: tuple[Receipt, ...]


Listener = Callable[[Changed], None]


class Document:
    """An open workspace. `clock` gives the local time of each edit. Only one thread may use a document."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self.storage = storage
        self.clock = clock
        self.plan: Plan = storage.load()
        self.history = History(storage.lines(), storage.undoable_from())
        self._schedule = KeptSchedule()
        self._listeners: list[Listener] = []
        self._editing = False

    @property
    def read_only(self) -> bool:
        return self.storage.read_only

    @property
    def today(self) -> Day:
        return self.clock().toordinal()

    @contextmanager
    def edit(
        self, label: str | Message, initiator: object | None = None, review: Callable[[Edit], object] | None = None
    ) -> Iterator[Edit]:
        """`with document.edit("Rename milestone") as edit:` – written to the file as a whole when the block ends.

        review: sees the edit with all that the scheduler moves, before anything is written, and may raise to stop it.
        An exception, in the block, in the review, in the rules or in the file, leaves plan and file as they were.
        """
        self._require_editable()
        edit = Edit(self.plan, label if isinstance(label, Message) else Message(label), self.clock())
        self._editing = True
        try:
            yield edit
            schedule = recompute(edit, self._schedule)
            if review is not None:
                review(edit)
            change_set = edit.changes()
            if change_set:
                check(self.plan, change_set)
                line, receipts = self._write(change_set, None, edit, self._told(edit, change_set))
        except BaseException:
            edit.roll_back()
            raise
        finally:
            self._editing = False
        if change_set:
            self._schedule.follow(change_set, schedule)
            self._publish(Changed(change_set, initiator, line, receipts))

    def tried(self, action: Callable[[Edit], object]) -> Edit:
        """An edit that is made on a copy of the plan, scheduling included, and written nowhere: for listing what an action
        would do. Raises PlanError as the edit would."""
        return self.trial()(action)

    def trial(self) -> Callable[[Callable[[Edit], object]], Edit]:
        """The same as a function that asks nothing of the document any more, for work beside the window."""
        edit, kept = Edit(self.plan.copy(), message(N_("Try out")), self.clock()), self._schedule.twin()

        def tried(action: Callable[[Edit], object]) -> Edit:
            action(edit)
            recompute(edit, kept)
            return edit

        return tried

    def schedule(self) -> Schedule | None:
        """The schedule of the whole plan as it stands, recorded projects and fixed activities held where they are: for
        slack, drivers, what is critical and conflicts. Made when it is first asked for, kept until an edit concerns it;
        None where the plan cannot be scheduled, `schedule_problem` saying why."""
        return self._schedule.of(self.plan)

    @property
    def schedule_problem(self) -> PlanError | None:
        """Why `schedule` gave None when it was asked last."""
        return self._schedule.problem

    def undo(self, initiator: object | None = None) -> Message:
        """Takes back the last edit and returns its label. Raises PlanError when there is none."""
        self._require_editable()
        if self.history.undo is None:
            raise PlanError(N_("There is nothing to undo."))
        return self._take_back(*self.history.undo, initiator)

    def redo(self, initiator: object | None = None) -> Message:
        """Brings back the edit undone last and returns its label. Raises PlanError when there is none."""
        self._require_editable()
        if self.history.redo is None:
            raise PlanError(N_("There is nothing to redo."))
        return self._take_back(*self.history.redo, initiator)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after each change; returns the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def receipts(self, milestone: int | None = None) -> list[tuple[JournalLine, Receipt]]:
        """Every move (of one milestone) with the journal entry that made it, oldest first."""
        return self.storage.receipts(milestone)

    def compact(self) -> Compacted:
        """Makes the workspace smaller. Undo ends here; history and receipts stay. Raises PlanError."""
        self._require_editable()
        found = self.storage.compact(self.plan, self.clock())
        self.history = History(self.storage.lines(), self.storage.undoable_from())
        return found

    def blob(self, sha256: str) -> bytes:
        """The bytes that a record refers to. Raises KeyError."""
        return self.storage.blob(sha256)

    def close(self) -> None:
        self._listeners.clear()
        self.storage.close()

    def _require_editable(self) -> None:
        if self.read_only:
            raise PlanError(N_("This workspace is open for reading only."), N_("Save a copy to edit it."))
        if self._editing:
            raise RuntimeError("an edit is already going on")

    def _take_back(self, sequence: int, label: Message, initiator: object | None) -> Message:
        change_set = taken_back(self.plan, self.storage.change_set(sequence, self.plan))
        again = self.history.redo is not None and self.history.redo[0] == sequence
        text = N_("done again: {label}") if again else N_("undone: {label}")
        line, receipts = self._write(change_set, sequence, None, Told(cause=message(text, label=label)))
        self.plan.apply(change_set)
        self._schedule.follow(change_set, None)
        self._publish(Changed(change_set, initiator, line, receipts))
        return label

    def _told(self, edit: Edit, change_set: ChangeSet) -> Told:
        """What the receipts of an edit are to say beside the dates; `plan` stands as the edit leaves it."""
        stages = causes_of(self.plan, change_set, self._schedule.network) if edit.cause is None else {}
        return Told(stages, edit.cause, edit.reason.strip())

    def _write(
        self, change_set: ChangeSet, undoes: int | None, edit: Edit | None, told: Told
    ) -> tuple[JournalLine, tuple[Receipt, ...]]:
        """File first: if this raises, nothing has happened yet."""
        time, receipts = self.clock(), receipts_of(self.plan, change_set, told)
        sequence = self.storage.write(
            change_set,
            receipts,
            time=time,
            undoes=undoes,
            counters=self.plan.counters,
            blobs=edit.blobs if edit else {},
        )
        self.history.add(sequence, change_set.label, undoes)
        return JournalLine(sequence, time, change_set.label, undoes), receipts

    def _publish(self, event: Changed) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:  # a view's fault is logged and never costs the edit
                log.exception("a listener failed on %s", event.change_set.label)
