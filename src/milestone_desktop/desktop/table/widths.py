"""How wide the columns are: as the person has made them, else as the columns say; the title takes what is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import ceil

from milestone_desktop.desktop.activity_fields.registry import DEFAULT_COLUMNS
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import TEXT_MARGIN
from milestone_desktop.desktop.words import day_text
from milestone_desktop.domain.instants import Day

DATE_WITH_YEAR = 98
NARROWEST_TITLE = 150
NARROWEST = 40
WIDEST = 900
GIVEN_UP = ("tags", "start", "progress", "status")
"""Of the columns that everybody begins with these make way, in this order, where the table is narrow. A person's own choice
of columns or widths is scrolled sideways instead."""


class Widths:
    """Widths by column id, in logical pixels. measure: the width of a date at its boldest."""

    def __init__(self, model: RoadmapModel, measure: Callable[[str], float]) -> None:
        self._model = model
        self._measure = measure
        self._dates: dict[tuple[Day, bool], int] = {}
        self.chosen: dict[str, int] = {}

    def choose(self, name: str, width: int) -> None:
        """The person gives a column a width."""
        self.chosen[name] = max(NARROWEST, min(WIDEST, width))

    def take(self, widths: Mapping[str, int]) -> None:
        """Widths that were kept."""
        self.chosen = {
            name: max(NARROWEST, min(WIDEST, int(width))) for name, width in widths.items() if name in self._model.fields
        }

    def natural(self, column: Column, *, with_year: bool) -> int:
        """What a column takes where there is room."""
        if column.id in self.chosen:
            return self.chosen[column.id]
        if column.id not in ("start", "end"):
            return column.width
        return max(column.width, DATE_WITH_YEAR if with_year else 0, self._widest_date(with_year=with_year))

    def _widest_date(self, *, with_year: bool) -> int:
        """What a date takes in the month that the person's language has the longest name for."""
        today = self._model.session.today()
        if (today, with_year) not in self._dates:
            year = date.fromordinal(today).year + with_year
            days = [date(year, month, 28).toordinal() for month in range(1, 13)]
            widest = max(self._measure(day_text(day, today)) for day in days)
            self._dates[today, with_year] = ceil(widest) + 2 * TEXT_MARGIN
        return self._dates[today, with_year]

    def laid_out(self, room: int) -> tuple[list[int], frozenset[int]]:
        """The width of each section in a table of `room` px, and the sections that make way."""
        model = self._model
        with_year = model.dates_carry_years()
        columns = [model.column(section) for section in range(model.columnCount())]
        widths = [self.natural(column, with_year=with_year) for column in columns]
        hidden: set[int] = set()
        left = room - sum(widths[1:])
        if not self.chosen and model.columns == DEFAULT_COLUMNS:
            for name in GIVEN_UP:
                section = model.section_of(name)
                if section is not None and left < NARROWEST_TITLE:
                    hidden.add(section)
                    left += widths[section]
            widths[0] = max(left, NARROWEST_TITLE)
        elif columns[0].id not in self.chosen:
            widths[0] = max(left, widths[0])
        return widths, frozenset(hidden)
