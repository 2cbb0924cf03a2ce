"""Working hours as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_desktop.domain.hours import hours_text, minutes_of, read_hours
from milestone_desktop.domain.messages import PlanError


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("", ()),
        ("9:00–13:00, 15:00–19:00", ((540, 780), (900, 1140))),
        ("9-13,15-19", ((540, 780), (900, 1140))),
        ("9.30 - 12", ((570, 720),)),
        ("9am–5pm", ((540, 1020),)),
        ("12am-12pm", ((0, 720),)),
        ("22:00–6:00", ((1320, 1800),)),
        ("0-2; 20-24", ((0, 120), (1200, 1440))),
        ("24h", ((0, 1440),)),
        ("0:00–24:00", ((0, 1440),)),
        ("8 to 17", ((480, 1020),)),
    ],
)
def test_hours_are_read(text: str, shifts: tuple[tuple[int, int], ...]) -> None:
    assert read_hours(text) == shifts


@pytest.mark.parametrize("text", ["nine to five", "9", "9-", "25-26", "9:75-10", "13pm-14pm", "24:30-25"])
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="is not understood as working hours"):
        read_hours(text)


@pytest.mark.parametrize("text", ["9-13, 12-15", "15-19, 9-13", "22-6, 5-8"])
def test_hours_that_overlap_are_refused(text: str) -> None:
    with pytest.raises(PlanError, match="overlap or are out of order"):
        read_hours(text)


@given(st.lists(st.integers(0, 2879), min_size=2, max_size=6, unique=True).map(sorted))
def test_what_is_written_is_read_again(edges: list[int]) -> None:
    pairs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < 1440 and b - a < 1440]
    shifts = tuple(pairs)
    assert read_hours(hours_text(shifts)) == shifts
    assert minutes_of(shifts) == sum(b - a for a, b in shifts)
