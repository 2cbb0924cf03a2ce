"""Dates in the person's locale, each written once: a frame writes some hundred of them."""

from __future__ import annotations

from milestone_desktop.desktop.words import LocaleDates
from milestone_desktop.domain.instants import Day


class KeptDates(LocaleDates):
    """`LocaleDates` that remembers what it wrote; good as long as the locale stays."""

    MOST = 20_000

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, int, int], str] = {}

    def month(self, month: int) -> str:
        return self._once("month", month, 0)

    def month_year(self, year: int, month: int) -> str:
        return self._once("month_year", year, month)

    def quarter_year(self, year: int, quarter: int) -> str:
        return self._once("quarter_year", year, quarter)

    def weekday(self, day: Day) -> str:
        return self._once("weekday", day, 0)

    def week(self, day: Day) -> str:
        return self._once("week", day, 0)

    def day_month(self, day: Day) -> str:
        return self._once("day_month", day, 0)

    def full_date(self, day: Day) -> str:
        return self._once("full_date", day, 0)

    def _once(self, what: str, first: int, second: int) -> str:
        found = self._kept.get((what, first, second))
        if found is None:
            if len(self._kept) >= self.MOST:
                self._kept.clear()
            write = getattr(super(), what)
            found = self._kept[what, first, second] = write(first, second) if second else write(first)
        return found
