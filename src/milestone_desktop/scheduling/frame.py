"""What the passes run on: rows in order of their levels and their links as columns, whatever the axis of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.calendars import Ints, Tables
from milestone_desktop.scheduling.links import Links

NEVER = -(1 << 60)
EVER = 1 << 60
"""Bounds that bind nothing."""

BOUNDLESS = EVER // 2
"""What is later than this came from EVER and binds nothing, whatever a duration or lag made of it."""


@dataclass(slots=True)
class Frame:
    """Rows by level. forward: links by target; backward: links by source, without those into work that has begun and into
    scenarios; forward_first, backward_first: where the links of a row begin (one entry more than there are rows); held_start,
    held: the given dates of rows that have some, below 0 for the others."""

    tables: Tables
    count: int
    calendar: Ints
    duration: Ints
    forward: Links
    forward_first: Ints
    backward: Links
    backward_first: Ints
    held_start: Ints
    held: Ints


@dataclass(slots=True)
class Bounds:
    """On the axis, by row. first, last: of starts (NEVER, EVER: none); late_first, late_last: of late finishes, the
    project's own end aside."""

    first: Ints
    last: Ints
    late_first: Ints
    late_last: Ints


def first_of(keys: Ints, count: int) -> Ints:
    """Where the run of each key 0 … count begins in sorted keys."""
    first = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=first[1:])
    return first


def sources_in(early: Links, count: int) -> Ints:
    """Where the value that a link starts from stands in a column of all starts, then all finishes."""
    place: Ints = early.source + count * early.from_finish
    return place


def targets_in(late: Links, count: int) -> Ints:
    """Where the value that a link leads to stands in such a column."""
    place: Ints = late.target + count * late.to_finish
    return place


def signs(lag: Ints) -> NDArray[np.int64]:
    """1 where a lag is later, 0 where it is none or earlier: whether it ends after a minute of work or before one."""
    return (lag > 0).astype(np.int64)
