"""How the values of a field are read of all activities together: the same as its reader gives record by record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.filters.cells import Figures, Floats, Ints, Texts, cells_of, figures_of
from milestone_desktop.filters.field import Build, Column, Field, Sight, Sort
from milestone_desktop.filters.records import Records, Row

Keys = Callable[[Records], Ints]
_SAMPLE = 1000


def column_of(field: Field, values: Sequence[Any]) -> Column:
    """What a reader gave, as the field's sort keeps it."""
    if field.sort in (Sort.TEXT, Sort.WORDS, Sort.PERSON):
        return Texts.of(values)
    return Figures.of(values, 2 if field.sort is Sort.SPAN else 1)


def one_for_each(keys: Keys) -> Build:
    """Reads one activity of each key. keys: the same number only where the value is the same; none is below 0."""

    def build(field: Field, sight: Sight, records: Records) -> Column:
        values, places = records.read_once(keys(records), field.made(sight))
        return column_of(field, values).spread(places)

    return build


def by(*names: str) -> Build:
    """Where the value follows from these fields of the record, and from whether it is a milestone."""
    return one_for_each(keys_of(*names))


def keys_of(*names: str) -> Keys:
    """The same where these fields are the same, of one kind of record."""
    return lambda records: records.together(records.is_milestone + 0, *map(records.keys, names))


def by_each_milestone(records: Records) -> Ints:
    """Milestones differ, items are all alike."""
    return np.where(records.is_milestone, np.arange(len(records)) + 1, 0)


def by_parent(records: Records) -> Ints:
    """Where the value follows from what stands above."""
    return np.nan_to_num(records.parents, nan=-1.0).astype(np.int64) + 1


def texts_of(name: str) -> Build:
    """A text of the record."""
    repeated = by(name)

    def build(field: Field, sight: Sight, records: Records) -> Column:
        texts = records.values(name, "")
        sample = texts[:: max(len(texts) // _SAMPLE, 1)]
        if len(set(sample)) * 2 <= len(sample):
            return repeated(field, sight, records)
        return Texts(cells_of(texts), records.order.copy())  # each has a cell of its own

    return build


def days_of(name: str) -> Build:
    """The day of an instant of the record."""
    return lambda field, sight, records: Figures.beside(days_in(records.numbers(name)))


def days_in(instants: Floats) -> Floats:
    """The days of instants."""
    return np.floor(instants / MINUTES_PER_DAY)


def numbers_of(name: str, *of: type[Row]) -> Build:
    """A number of the record; of: the kinds of record that it is asked of."""
    return lambda field, sight, records: Figures.beside(records.numbers(name, *of))


def by_project(records: Records, figure: Callable[[int], float]) -> Floats:
    """A figure of the project of each activity."""
    return figures_of(records.projects, figure)
