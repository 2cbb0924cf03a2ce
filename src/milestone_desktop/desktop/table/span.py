"""The columns of a range of cells. Its rows are the selected ones, so that a range costs the same however many those are."""

from __future__ import annotations


class ColumnSpan:
    """From the column where a range was begun to the one that it was extended to."""

    def __init__(self) -> None:
        self.anchor = 0
        self.current = 0

    @property
    def first(self) -> int:
        return min(self.anchor, self.current)

    @property
    def last(self) -> int:
        return max(self.anchor, self.current)

    def begin(self, section: int) -> None:
        """A range of one column."""
        self.anchor = self.current = max(section, 0)

    def reach(self, section: int) -> None:
        """Extends the range to another column."""
        self.current = max(section, 0)

    def cover(self, first: int, last: int) -> None:
        """A range over these columns."""
        self.anchor, self.current = first, last

    def __contains__(self, section: object) -> bool:
        return isinstance(section, int) and self.first <= section <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1
