"""What stands on the levels of a milestone lane, and the leader lines that run through them, kept in order of x."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field


@dataclass(slots=True)
class Level:
    """What stands on one level, from left to right, as columns: nothing on a level overlaps, so both edges are sorted."""

    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def meeting(self, left: float, right: float) -> list[int]:
        """Keys of what overlaps left … right."""
        return self.keys[bisect_right(self.rights, left) : bisect_left(self.lefts, right)]

    def is_taken(self, left: float, right: float) -> bool:
        """Whether anything overlaps left … right."""
        at = bisect_right(self.rights, left)
        return at < len(self.lefts) and self.lefts[at] < right

    def add(self, left: float, right: float, key: int) -> None:
        at = bisect_left(self.lefts, left)
        self.lefts.insert(at, left)
        self.rights.insert(at, right)
        self.keys.insert(at, key)

    def remove(self, key: int) -> None:
        at = self.keys.index(key)
        del self.lefts[at], self.rights[at], self.keys[at]


@dataclass(slots=True)
class Leaders:
    """The leader lines on one side of the line, from left to right, as columns: x, the outermost level that each passes, and
    the place of its label in the columns."""

    xs: list[float] = field(default_factory=list)
    reaches: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def add(self, x: float, reach: int, key: int) -> None:
        at = bisect_right(self.xs, x)
        self.xs.insert(at, x)
        self.reaches.insert(at, reach)
        self.keys.insert(at, key)

    def remove(self, key: int) -> None:
        at = self.keys.index(key)
        del self.xs[at], self.reaches[at], self.keys[at]

    def run_through(self, left: float, right: float, outwards: int) -> list[int]:
        """Keys of the labels whose leader lines run through left … right on a level."""
        first, stop = bisect_left(self.xs, left), bisect_right(self.xs, right)
        return [self.keys[at] for at in range(first, stop) if self.reaches[at] >= outwards]
