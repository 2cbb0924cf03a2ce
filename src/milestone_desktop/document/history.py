"""What can be undone and redone, read from the heads of the journal, so that it survives a restart."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.domain.changes import JournalLine
from milestone_desktop.domain.messages import Message


class History:
    """Two stacks of journal entries. An undo is itself an entry that names what it takes back; a redo takes back an undo."""

    def __init__(self, lines: Iterable[JournalLine] = (), undoable_from: int = 1) -> None:
        self._done: list[tuple[int, Message]] = []
        self._undone: list[tuple[int, Message]] = []
        for line in lines:
            if line.sequence >= undoable_from:
                self.add(line.sequence, line.label, line.undoes)

    def add(self, sequence: int, label: Message, undoes: int | None) -> None:
        """Takes in a new journal entry."""
        if undoes is None:
            self._done.append((sequence, label))
            self._undone.clear()
        elif self._done and self._done[-1][0] == undoes:
            self._done.pop()
            self._undone.append((sequence, label))
        elif self._undone and self._undone[-1][0] == undoes:
            self._undone.pop()
            self._done.append((sequence, label))

    @property
    def undo(self) -> tuple[int, Message] | None:
        """Sequence and label of the edit that Undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def redo(self) -> tuple[int, Message] | None:
        """Sequence of the undo that Redo would take back, and the label of the edit it brings again."""
        return self._undone[-1] if self._undone else None

    def undo_labels(self) -> list[Message]:
        """What could be undone, the latest first."""
        return [label for _, label in reversed(self._done)]
