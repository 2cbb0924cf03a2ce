"""What was searched for, where it was found, and which match is in hand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from milestone_desktop.desktop.session import Session
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.search import Place, TextIndex, in_outline_order, place_of

MOST_ORDERED = 5_000
"""So many matches are put in the order of the roadmap; more of them come by project and number."""


class Finder(QObject):
    """changed: other words, other matches, or another match in hand."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words = ""
        self.everywhere = False
        self.matches: list[int] = []
        self.current: int | None = None
        self._kinds: tuple[type, ...] = ()
        self._index = TextIndex(session.plan)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)

    @property
    def number(self) -> int:
        """Which match is in hand, counted from 1; 0 for none."""
        return self.matches.index(self.current) + 1 if self.current in self.matches else 0

    def search(self, words: str, kinds: Iterable[type], *, everywhere: bool) -> None:
        """Finds the activities of some kinds that say these words: in the project shown, or in all projects.

        The selected row is the match in hand if it is one; else the one before stays, or it is the first.
        """
        self.words, self._kinds, self.everywhere = words, tuple(kinds), everywhere
        self._find()
        selected = self.session.current
        if selected in self.matches:
            self.current = selected
        elif self.current not in self.matches:
            self.current = self.matches[0] if self.matches else None
        self.session.mark(words.strip() if self.matches else "")
        self.changed.emit()

    def step(self, by: int) -> int | None:
        """Goes to the next match (1) or the one before (-1), round and round; returns it."""
        if self.matches:
            at = self.number - 1
            self.current = self.matches[(at + by) % len(self.matches) if at >= 0 else (0 if by > 0 else -1)]
            self.changed.emit()
        return self.current

    def place(self) -> Place | None:
        """Where the match in hand says the words."""
        activity = self.session.plan.activity(self.current)
        return None if activity is None else place_of(self.session.plan, activity, self.words)

    def stop(self) -> None:
        """Nothing is searched for any more."""
        self.matches, self.current = [], None
        self.session.mark("")

    def _find(self) -> None:
        plan, facts = self.session.plan, self.session.facts
        order = {project.id: number for number, project in enumerate(facts.projects())}
        shown = None if self.everywhere else self.session.project_id

        def holds(row_id: int) -> bool:
            row = plan.activity(row_id)
            if row is None or not isinstance(row, self._kinds):
                return False
            return row.project in order and (shown is None or row.project == shown)

        found = self._index.find(self.words, holds)
        if len(found) <= MOST_ORDERED:
            self.matches = in_outline_order(plan, found, lambda project: order.get(project, 0))
        else:
            self.matches = sorted(found)

    def _on_changed(self, event: Changed) -> None:
        self._index.heed(event.change_set)
        if self.session.marked:
            self._find()
            if self.current not in self.matches:
                self.current = self.matches[0] if self.matches else None
            self.changed.emit()

    def _on_project(self) -> None:
        if self.session.marked and not self.everywhere:
            self._find()
            self.changed.emit()
