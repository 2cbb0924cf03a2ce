"""What the window works on: one open document, the project shown, what is selected, and the theme.

Pages, table, timeline and inspector share it. They ask it for what to show, hand it edits, and listen to its signals;
they never talk to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, Signal

from milestone_desktop.desktop.facts import Facts
from milestone_desktop.desktop.icons import Icons
from milestone_desktop.desktop.theme import Theme
from milestone_desktop.desktop.words import say, say_error
from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.recompute import is_computed
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import Message, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project


class Session(QObject):
    """The state that the parts of one window share.

    changed: after each edit, undo or redo, with the document's `Changed`; projects_touched: right before it, with the ids
    of the projects (gone ones too) whose settings, progress or health may be others now; project_changed: another project
    is shown; selection_changed: other activities are selected; theme_changed: other colours; failed: a sentence that tells
    what could not be done, or "" when what followed worked.
    """

    changed = Signal(object)
    projects_touched = Signal(frozenset)
    selection_changed = Signal()
    project_changed = Signal()
    theme_changed = Signal()
    failed = Signal(str)

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.facts = Facts(document.plan, self.today, document.receipts)
        self.theme = theme
        self.icons = Icons(theme)
        self._project: int | None = None
        self._selection: tuple[int, ...] = ()
        self._current: int | None = None
        self._critical: frozenset[int] | None = None
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

    def select(self, ids: Iterable[int], current: int | None = None) -> None:
        """Selects activities; `current` is the one in hand (default: the last of them)."""
        chosen = tuple(ids)
        hand = current if current is not None else (chosen[-1] if chosen else None)
        if (chosen, hand) != (self._selection, self._current):
            self._selection, self._current = chosen, hand
            self.selection_changed.emit()

    def today(self) -> Day:
        return self.document.today

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.icons = Icons(theme)
        self.theme_changed.emit()

    # editing

    def edit(self, label: str | Message, initiator: object | None = None) -> AbstractContextManager[Edit]:
        """`with session.edit(N_("Rename milestone")) as edit:`; raises PlanError as the document does."""
        return self.document.edit(label, initiator)

    def attempt(self, label: str | Message, function: Callable[[Edit], object], initiator: object | None = None) -> bool:
        """Runs `function(edit)` as one edit. What a person can mend is shown in the window, and False returned."""
        return self._try(lambda: self._run(label, function, initiator))

    def undo(self) -> bool:
        """Takes back the last edit."""
        return self._try(self.document.undo)

    def redo(self) -> bool:
        """Brings back what was undone last."""
        return self._try(self.document.redo)

    def undo_label(self) -> str | None:
        """What Undo would take back, in words; None where there is nothing or the file is only read."""
        return self._label(self.document.history.undo)

    def redo_label(self) -> str | None:
        """What Redo would bring back, in words."""
        return self._label(self.document.history.redo)

    def fail(self, error: PlanError) -> None:
        """Shows what a person can mend."""
        self.failed.emit(say_error(error))

    def close(self) -> None:
        """Lets go of the document and its file."""
        self._unsubscribe()
        self.document.close()

    def _run(self, label: str | Message, function: Callable[[Edit], object], initiator: object | None) -> None:
        with self.document.edit(label, initiator) as edit:
            function(edit)

    def _try(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except PlanError as error:
            self.fail(error)
            return False
        self.failed.emit("")
        return True

    def _label(self, entry: tuple[int, Message] | None) -> str | None:
        return None if entry is None or self.document.read_only else say(entry[1])

    def _on_changed(self, event: Changed) -> None:
        self._critical = None
        touched = self.facts.heed(event)
        shown, hand = self._project, self._current
        if shown is not None and self.plan.get(Project, shown) is None:
            self._project = None
        self._selection = tuple(row_id for row_id in self._selection if self.plan.activity(row_id) is not None)
        if hand is not None and self.plan.activity(hand) is None:
            self._current = self._selection[-1] if self._selection else None
        if touched:
            self.projects_touched.emit(frozenset(touched))
        self.changed.emit(event)
        if self._project != shown:
            self.project_changed.emit()
        if self._current != hand:
            self.selection_changed.emit()
