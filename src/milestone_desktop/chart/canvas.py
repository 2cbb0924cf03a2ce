"""What the parts of a roadmap are drawn on: what is asked for, and the rows that were drawn already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.rows import Rows
from milestone_desktop.chart.shapes import Box, Floats, Measure, Shortened, Text
from milestone_desktop.chart.ticks import Tick
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.domain.plan import Plan

BEYOND = 12.0
"""How far outside the view (px) a bar is still drawn, so that its edge and outline stay out of sight."""

MOST_KEPT = 4_000
"""Rows kept before all are forgotten: some hundred screens."""


@dataclass(slots=True)
class RowWords:
    """What is written on one row. boxes: the areas of its words."""

    labels: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    shortened: list[Shortened] = field(default_factory=list)


@dataclass(slots=True)
class Drawn:
    """What was drawn already: the words of rows by number, the upper ticks of the header, free days as stretches of x.

    Good for one row map, scale, width and set of options, at whatever height one looks: nothing of a row depends on which
    others are in view, so that a scrolled picture is made of old parts and fits together without seams.
    """

    rows: dict[int, RowWords] = field(default_factory=dict)
    ticks: tuple[Tick, ...] | None = None
    free: Floats | None = None

    def tidy(self) -> None:
        """Forgets everything once it is a lot."""
        if len(self.rows) > MOST_KEPT:
            self.rows.clear()


@dataclass(slots=True)
class Canvas:
    """A roadmap that is being drawn. lines: x of the vertical lines that words keep clear of where they can."""

    rows: Rows
    plan: Plan
    scale: TimeScale
    view: View
    options: Options
    measure: Measure
    drawn: Drawn
    lines: Sequence[float] = ()

    @property
    def half(self) -> float:
        """Half the height of a bar, and the radius of a mark."""
        return self.view.row_height / 4

    @property
    def bar_half(self) -> float:
        """Half the height of a bar; where several share a row, names are written inside them."""
        return self.half if self.rows.lines is None else self.view.row_height / 3.2

    @property
    def bottom(self) -> float:
        """The lower edge of the last row, or of the view."""
        return min(self.view.top(len(self.rows)), self.view.lower)

    @property
    def in_view(self) -> range:
        """The rows in view."""
        return range(max(self.view.first_row, 0), min(self.view.last_row, len(self.rows) - 1) + 1)
