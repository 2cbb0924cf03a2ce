"""How wide the columns are: as the person has made them, else as the columns say; the title takes what is left."""

from __future__ import annotations

from collections.abc import Mapping

from milestone_desktop.desktop.activity_fields.registry import DEFAULT_COLUMNS
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel

DATE_WITH_YEAR = 98
NARROWEST_TITLE = 150
NARROWEST = 40
WIDEST = 900
GIVEN_UP = ("tags", "start", "progress", "status")
"""Of the columns that everybody begins with these make way, in this order, where the table is narrow. A person's own choice
of columns or widths is scrolled sideways instead."""


class Widths:
    """Widths by column id, in logical pixels."""

    def __init__(self, model: RoadmapModel) -> None:
        self._model = model
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
        return max(column.width, DATE_WITH_YEAR) if with_year and column.id in ("start", "end") else column.width

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
