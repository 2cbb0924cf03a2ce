"""Primavera P6 XML: the outline of a project, made of its work breakdown and the activities in it.

Parts of the work breakdown carry no dates in the file. As in Primavera, each spans what is below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import Findings, ForeignTask

SPANNED = N_("Parts of the work breakdown, which have no dates in the file and were given the span of what is below: {count}.")
LOOP = N_("Parts of the work breakdown that lie within themselves, moved to the top: {count}, the first being “{title}”.")


@dataclass(slots=True)
class Part:
    """A part of the work breakdown; parent: key of the one above; order: among its siblings."""

    key: str
    parent: str
    order: int
    task: ForeignTask


@dataclass(slots=True)
class _Span:
    """What the rows below one row come to; planned, worked: minutes of duration, and those times the percent done."""

    start: Instant | None = None
    end: Instant | None = None
    planned: int = 0
    worked: int = 0
    least: int = 100
    most: int = 0

    def include(self, task: ForeignTask) -> None:
        for moment in (task.start, task.end):
            if moment is not None:
                self.start = moment if self.start is None else min(self.start, moment)
                self.end = moment if self.end is None else max(self.end, moment)
        self.planned += task.duration
        self.worked += task.duration * task.progress
        self.least, self.most = min(self.least, task.progress), max(self.most, task.progress)

    def join(self, other: _Span) -> None:
        known = [moment for moment in (self.start, other.start) if moment is not None]
        self.start = min(known, default=None)
        self.end = max((moment for moment in (self.end, other.end) if moment is not None), default=None)
        self.planned, self.worked = self.planned + other.planned, self.worked + other.worked
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)

    def progress(self) -> int:
        """Percent done, weighted by duration; 0 and 100 only where nothing or everything is done."""
        if self.least == self.most:
            return self.least
        return min(max(self.worked // self.planned if self.planned else self.least, 1), 99)


def outline(parts: list[Part], activities: list[tuple[str, ForeignTask]], root: str, findings: Findings) -> list[ForeignTask]:
    """All rows in the order of the outline, with their levels: in each part its activities, then the parts below it.

    activities: with the key of the part that each is in; root: key of the part that stands for the project itself and is
    no row.
    """
    known = {part.key: part for part in parts if part.key != root}
    below: dict[str, list[Part]] = {}
    for part in sorted(known.values(), key=lambda part: part.order):
        below.setdefault(part.parent if part.parent in known else "", []).append(part)
    inside: dict[str, list[ForeignTask]] = {}
    for key, task in activities:
        inside.setdefault(key if key in known else "", []).append(task)
    rows: list[ForeignTask] = []
    seen: set[str] = set()
    for task in inside.get("", ()):
        task.level = 1
        rows.append(task)
    tops = [*below.get("", ()), *known.values()]
    for place, top in enumerate(tops):
        if top.key in seen:
            continue
        if place >= len(below.get("", ())):
            findings.add(LOOP, title=top.task.title)
        rows += _rows(top, below, inside, seen)
    _fill_spans(rows, {id(part.task) for part in parts}, findings)
    return rows


def _rows(
    top: Part, below: dict[str, list[Part]], inside: dict[str, list[ForeignTask]], seen: set[str]
) -> Iterator[ForeignTask]:  # fmt: skip
    """A part and everything in it; a part that was seen already is not gone into again."""
    waiting = [(top, 1)]
    while waiting:
        part, level = waiting.pop()
        if part.key in seen:
            continue
        seen.add(part.key)
        part.task.level = level
        part.task.summary = True
        yield part.task
        for task in inside.get(part.key, ()):
            task.level = level + 1
            yield task
        waiting += [(child, level + 1) for child in reversed(below.get(part.key, ()))]


def _fill_spans(rows: list[ForeignTask], parts: set[int], findings: Findings) -> None:
    """Gives parts without dates those of the rows below them, and the progress; from the last row up."""
    spans: dict[int, _Span] = {}
    for row in reversed(rows):
        beneath = spans.pop(row.level + 1, None) if id(row) in parts else None
        around = spans.setdefault(row.level, _Span())
        if id(row) not in parts:
            around.include(row)
        elif beneath is not None:
            row.progress = beneath.progress()
            if row.start is None and row.end is None and beneath.end is not None:
                row.start, row.end = beneath.start, beneath.end
                findings.add(SPANNED)
            around.join(beneath)
