"""What the window works on: one open document, the project shown, what is selected, and the theme.

Pages, table, timeline and inspector share it. They ask it for what to show, hand it edits, and listen to its signals;
they never talk to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Signal

from milestone_desktop.desktop.facts import Facts
from milestone_desktop.desktop.icons import Icons
from milestone_desktop.desktop.shown import Shown
from milestone_desktop.desktop.theme import Theme
from milestone_desktop.desktop.words import say, say_error
from milestone_desktop.document.baseline_contents import BaselineContents
from milestone_desktop.document.demands import DateRefusedError
from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.linked_files import LinkedFiles
from milestone_desktop.document.operations.conflicts import Remedy, instead
from milestone_desktop.document.recompute import differences
from milestone_desktop.document.trial import Trial, trial_of
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.archive import only_read
from milestone_desktop.domain.enums import ProjectStatus
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, Message, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, is_computed


class Listed(StrEnum):
    """Which of the dates that an edit moves are listed before it is taken: ELSEWHERE those in projects that it is not about,
    ALL whatever the scheduler moves; SHOWN none, since the person sees them listed already."""

    SHOWN = "shown"
    ELSEWHERE = "elsewhere"
    ALL = "all"


class _UnlistedMovesError(Exception):
    """An edit moves what the person has not seen yet. It has been taken back."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial


class Session(QObject):
    """The state that the parts of one window share.

    changed: after each edit, undo or redo, with the document's `Changed`; projects_touched: right before it, with the ids
    of the projects (gone ones too) whose settings, progress or health may be others now; project_changed: another project
    is shown; selection_changed: other activities are selected; theme_changed: other colours; failed: a sentence that tells
    what could not be done, or "" when what followed worked; offered: right after `failed`, the remedies that the window may
    offer beside the sentence (a tuple of `Remedy`); noticed: a sentence that tells what was done.

    shown: the filter and the groups that the pages go by. list_moves: how the window lists moves before they are taken:
    shows a `Trial` and says whether the person takes it.
    """

    changed = Signal(object)
    projects_touched = Signal(frozenset)
    selection_changed = Signal()
    project_changed = Signal()
    theme_changed = Signal()
    marked_changed = Signal()
    failed = Signal(str)
    offered = Signal(tuple)
    noticed = Signal(str)

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.facts = Facts(document.plan, self.today, document.receipts, document.schedule)
        self.theme = theme
        self.icons = Icons(theme)
        self._project: int | None = None
        self._selection: tuple[int, ...] = ()
        self._current: int | None = None
        self._critical: frozenset[int] | None = None
        self.list_moves: Callable[[Trial], bool] | None = None
        self.outstanding: frozenset[int] = frozenset()
        self.marked = ""
        self.shown = Shown(self)
        self.linked_files = LinkedFiles()
        self.baselines = BaselineContents(document)
        self._unsubscribe = document.subscribe(self._on_changed)

    # what is known

    def critical(self) -> frozenset[int]:
        """Ids of the critical activities of the computed projects; none of recorded ones, which nothing can move."""
        if self._critical is None:
            computed = {row.id for row in self.plan.all(Project) if is_computed(row)}
            schedule = self.document.schedule() if computed else None
            found = schedule.ids[schedule.critical].tolist() if schedule is not None else []
            rows = (self.plan.activity(row_id) for row_id in found)
            self._critical = frozenset(row.id for row in rows if row is not None and row.project in computed)
        return self._critical

    # what is shown

    @property
    def plan(self) -> Plan:
        return self.document.plan

    @property
    def project_id(self) -> int | None:
        """The project shown; None is the portfolio."""
        return self._project

    @property
    def project(self) -> Project | None:
        return self.plan.get(Project, self._project)

    def show_project(self, project: int | None) -> None:
        """Shows another project, or the portfolio (None)."""
        if project == self._project:
            return
        self.shown.leave()
        self._project = project
        self._selection, self._current = (), None
        self.project_changed.emit()
        self.selection_changed.emit()

    @property
    def selection(self) -> tuple[int, ...]:
        """Ids of the selected milestones and work items, in the order of the rows."""
        return self._selection

    @property
    def current(self) -> int | None:
        """The activity that the inspector shows and that the keyboard acts on."""
        return self._current

    def select(self, ids: Iterable[int], current: int | None = None, *, distinct: bool = False) -> None:
        """Selects activities; `current` is the one in hand (default: the last of them). distinct: none of them comes twice,
        which need not be looked into."""
        chosen = tuple(ids) if distinct else tuple(dict.fromkeys(ids))
        hand = current if current is not None else (chosen[-1] if chosen else None)
        if (chosen, hand) != (self._selection, self._current):
            self._selection, self._current = chosen, hand
            self.selection_changed.emit()

    def today(self) -> Day:
        return self.document.today

    def mark(self, words: str) -> None:
        """Has the pages mark words where they show them; "" for none."""
        if words != self.marked:
            self.marked = words
            self.marked_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.icons = Icons(theme)
        self.theme_changed.emit()

    # editing

    def edit(self, label: str | Message, initiator: object | None = None) -> AbstractContextManager[Edit]:
        """`with session.edit(N_("Rename milestone")) as edit:`; raises PlanError as the document does."""
        return self.document.edit(label, initiator)

    def perform(
        self,
        label: str | Message,
        function: Callable[[Edit], object],
        initiator: object | None = None,
        *,
        listed: Listed = Listed.ELSEWHERE,
    ) -> bool:
        """Runs `function(edit)` as one edit. What it would move is listed first, as far as `listed` says; False where the
        person then leaves everything as it is. `function` may be run twice, the first time for the list. Raises PlanError.
        """
        try:
            with self.document.edit(label, initiator, lambda edit: self._review(edit, listed)) as edit:
                function(edit)
        except _UnlistedMovesError as found:
            if self.list_moves is None:
                raise PlanError(
                    N_("This moves dates that have to be listed first, and there is no window to list them in.")
                ) from None
            if not self.list_moves(found.trial):
                return False
            with self.document.edit(label, initiator) as edit:
                function(edit)
        return True

    def attempt(
        self,
        label: str | Message,
        function: Callable[[Edit], object],
        initiator: object | None = None,
        *,
        listed: Listed = Listed.ELSEWHERE,
    ) -> bool:
        """The same; what a person can mend is shown in the window, and False returned."""
        return self._try(lambda: self.perform(label, function, initiator, listed=listed))

    def undo(self) -> bool:
        """Takes back the last edit."""
        return self._try(lambda: bool(self.document.undo()))

    def redo(self) -> bool:
        """Brings back what was undone last."""
        return self._try(lambda: bool(self.document.redo()))

    def undo_label(self) -> str | None:
        """What Undo would take back, in words; None where there is nothing or the file is only read."""
        return self._label(self.document.history.undo)

    def redo_label(self) -> str | None:
        """What Redo would bring back, in words."""
        return self._label(self.document.history.redo)

    def fail(self, error: PlanError) -> None:
        """Shows what a person can mend, and offers what would help."""
        self.failed.emit(say_error(error))
        self.offered.emit(self.remedies(error))

    def remedies(self, error: PlanError) -> tuple[Remedy, ...]:
        """What would help against a refusal: each does as one edit what was wanted, in another way."""
        found = instead(self.plan, error) if isinstance(error, DateRefusedError) else None
        return () if found is None else (found,)

    def apply(self, remedy: Remedy) -> bool:
        """Makes the edit of a remedy."""
        return self.attempt(remedy.label, remedy.action)

    def look_for_differences(self) -> None:
        """Finds out which dates this version would compute otherwise than they stand (`outstanding`): nothing moves them
        unless the person has seen them listed."""
        found: frozenset[int] = frozenset()
        if any(is_computed(row) for row in self.plan.all(Project)):
            schedule = self.document.schedule()
            if schedule is not None:
                found = frozenset(move.activity for move in differences(self.plan, schedule))
        self.outstanding = found

    def only_read(self, project: int | None = None) -> PlanError | None:
        """Why nothing can be edited in a project (default: the one shown): the file is only read, or the project is archived."""
        if self.document.read_only:
            return PlanError(N_("This workspace is open for reading only."), N_("Save a copy to edit it."))
        row = self.plan.get(Project, self.project_id if project is None else project)
        return only_read(row.title) if row is not None and row.status is ProjectStatus.ARCHIVED else None

    # what is remembered of the screen

    def kept(self, key: str) -> Any:
        """View state that was kept with the workspace; None where there is none."""
        return self.document.storage.view_state().get(key)

    def keep(self, key: str, value: Any) -> None:
        """Keeps view state without a journal entry. Where the file cannot be written that is told at the next edit; how the
        screen looked is not worth an interruption."""
        if self.kept(key) != value:
            with suppress(PlanError):
                self.document.storage.keep_view_state({key: value})

    def close(self) -> None:
        """Lets go of the document and its file."""
        self._unsubscribe()
        self.document.close()

    def _review(self, edit: Edit, listed: Listed) -> None:
        """Stops an edit that moves what is to be listed first. Raises PlanError where there is nobody to list it to."""
        if not edit.displaced or listed is Listed.SHOWN:
            return
        trial = trial_of(edit, latest=False)
        moved = {move.activity for move in trial.moves} & trial.derived
        unseen = moved if listed is Listed.ALL else trial.elsewhere(self._project) or moved & self.outstanding
        if unseen:
            raise _UnlistedMovesError(trial_of(edit))

    def _try(self, action: Callable[[], bool]) -> bool:
        try:
            done = action()
        except PlanError as error:
            self.fail(error)
            return False
        self.failed.emit("")
        return done

    def _label(self, entry: tuple[int, Message] | None) -> str | None:
        return None if entry is None or self.document.read_only else say(entry[1])

    def _on_changed(self, event: Changed) -> None:
        self._critical = None
        if self.outstanding:
            self.look_for_differences()
        touched = self.facts.heed(event)
        self.shown.heed(event)
        shown, hand = self._project, self._current
        if shown is not None and self.plan.get(Project, shown) is None:
            self._project = None
        removed = {change.id for change in event.change_set.of(Milestone, WorkItem) if change.new is None}
        gone = {row_id for row_id in removed if self.plan.activity(row_id) is None}
        if gone:
            self._selection = tuple(row_id for row_id in self._selection if row_id not in gone)
        if hand is not None and self.plan.activity(hand) is None:
            self._current = self._selection[-1] if self._selection else None
        if touched:
            self.projects_touched.emit(frozenset(touched))
        self.changed.emit(event)
        if self._project != shown:
            self.project_changed.emit()
        if self._current != hand:
            self.selection_changed.emit()
