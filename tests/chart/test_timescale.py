"""Instants and pixels turn into each other, zooming keeps what is under the pointer, and header labels never collide."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from chart_plans import measure
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_desktop.chart.shapes import TextStyle
from milestone_desktop.chart.ticks import LOWER_STYLE, UPPER_STYLE, Tick, header, single_header
from milestone_desktop.chart.timescale import Scale, TimeScale, fit, free_stretches, pixels_per_day, scale_at
from milestone_desktop.chart.words import GettextWords, date_text, working_days_text
from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_from_iso, instant, weekday

MOMENTS = st.integers(min_value=instant(1900, 1, 1), max_value=instant(2200, 1, 1))
ZOOMS = st.floats(min_value=0.01, max_value=300)
WORDS = GettextWords()
LAST_MOMENT = (date.max.toordinal() + 1) * MINUTES_PER_DAY


class MondayToFriday:
    def is_working(self, day: int) -> bool:
        return weekday(day) < 5


class Christmas(MondayToFriday):
    def is_working(self, day: int) -> bool:
        return super().is_working(day) and not day_from_iso("2026-12-24") <= day <= day_from_iso("2027-01-01")


@settings(deadline=None)
@given(MOMENTS, MOMENTS, ZOOMS)
def test_instant_is_the_inverse_of_x(origin: int, moment: int, zoom: float) -> None:
    scale = TimeScale(origin, zoom)
    assert scale.instant(scale.x(moment)) == moment
    assert scale.xs(np.array([moment]))[0] == pytest.approx(scale.x(moment), abs=1e-6)


@settings(deadline=None)
@given(MOMENTS, ZOOMS, st.floats(min_value=0, max_value=2000), st.floats(min_value=0.1, max_value=10))
def test_zooming_keeps_the_instant_under_the_pointer(origin: int, zoom: float, x: float, factor: float) -> None:
    scale = TimeScale(origin, zoom)
    assert scale.zoomed(factor, x).instant(x) == pytest.approx(scale.instant(x), abs=1)


@settings(deadline=None)
@given(MOMENTS, ZOOMS, st.floats(min_value=-3000, max_value=3000))
def test_scrolling_moves_by_pixels(origin: int, zoom: float, dx: float) -> None:
    scale = TimeScale(origin, zoom)
    assert scale.scrolled(dx).x(origin) == pytest.approx(-dx, abs=0.01)


@settings(deadline=None)
@given(MOMENTS, MOMENTS, st.floats(min_value=300, max_value=4000))
def test_fit_shows_first_and_last(one: int, other: int, width: float) -> None:
    first, last = sorted((one, other))
    scale = fit(first, last, width)
    assert 24 - 0.01 <= scale.x(first) <= scale.x(last) <= width - 24 + 0.01


def test_fit_of_a_lone_instant_shows_a_week_around_it() -> None:
    moment = instant(2026, 12, 4, 18)
    scale = fit(moment, moment, 800)
    assert scale.x(moment) == pytest.approx(400)
    assert scale.pixels_per_day == pytest.approx(752 / 7)


@pytest.mark.parametrize("mode", list(Scale))
def test_each_mode_opens_at_a_zoom_of_its_own(mode: Scale) -> None:
    assert scale_at(pixels_per_day(mode)) is mode
    assert TimeScale(0, 1.0).at_scale(mode, 50).scale is mode


def labels_fit(ticks: tuple[Tick, ...], style: TextStyle, x0: float, x1: float) -> None:
    shown = [tick for tick in ticks if tick.label]
    for tick in shown:
        assert tick.text_x >= x0
        assert tick.text_x + measure(tick.label, style) <= x1
    for one, other in pairwise(shown):
        assert one.text_x + measure(one.label, style) <= other.text_x


@settings(deadline=None)
@given(
    st.integers(min_value=0, max_value=LAST_MOMENT),
    st.floats(min_value=0.002, max_value=400),
    st.floats(min_value=50, max_value=2500),
)
def test_header_labels_never_overlap_nor_leave_the_view(origin: int, zoom: float, width: float) -> None:
    scale = TimeScale(origin, zoom)
    upper, lower = header(scale, 0, width, WORDS, measure)
    labels_fit(upper, UPPER_STYLE, 0, width)
    labels_fit(lower, LOWER_STYLE, 0, width)
    labels_fit(single_header(scale, 0, width, WORDS, measure, LOWER_STYLE), LOWER_STYLE, 0, width)


@settings(deadline=None)
@given(MOMENTS, st.floats(min_value=0.3, max_value=60))
def test_the_upper_level_names_each_year(origin: int, zoom: float) -> None:
    scale = TimeScale(origin, zoom)
    upper, _ = header(scale, 0, 1400, WORDS, measure)
    labelled = [tick for tick in upper if tick.label]
    years = [date.fromordinal(scale.day(max(tick.x0, 0) + 0.6)).year for tick in labelled]
    assert labelled
    for place, (tick, year) in enumerate(zip(labelled, years, strict=True)):
        assert (str(year) in tick.label) == (place == 0 or years[place - 1] != year or scale.scale is Scale.YEAR)


def test_headers_read_as_expected() -> None:
    scale = TimeScale(instant(2026, 9, 1), pixels_per_day(Scale.MONTH))
    upper, lower = header(scale, 0, 600, WORDS, measure)
    assert [tick.label for tick in upper][:5] == ["Sep 2026", "Oct", "Nov", "Dec", "Jan 2027"]
    assert [tick.label for tick in lower if tick.label][:3] == ["7", "14", "21"]
    days = header(scale.at_scale(Scale.DAY), 0, 400, WORDS, measure)[1]
    assert [tick.label for tick in days][:2] == ["Tue 1", "Wed 2"]
    assert [tick.label for tick in header(scale.at_scale(Scale.YEAR), 0, 600, WORDS, measure)[1] if tick.label][:2] == [
        "Q4",
        "Q1",
    ]
    weeks = header(scale.at_scale(Scale.WEEK), 0, 700, WORDS, measure)[1]
    assert [tick.label for tick in weeks if tick.label][:2] == ["W37 · 7 Sep", "W38 · 14 Sep"]


def test_weekends_and_holidays_are_one_stretch() -> None:
    scale = TimeScale(instant(2026, 12, 21), 10)
    assert free_stretches(scale, MondayToFriday(), 0, 140).tolist() == [[50, 70], [120, 140]]
    assert free_stretches(scale, Christmas(), 0, 200).tolist() == [[30, 140], [190, 200]]


def test_thin_weekends_are_left_out() -> None:
    assert free_stretches(TimeScale(instant(2026, 1, 1), pixels_per_day(Scale.YEAR)), MondayToFriday(), 0, 1000).tolist() == []


def test_words_of_dates_and_slips() -> None:
    day = day_from_iso("2026-12-04")
    assert working_days_text(10, WORDS) == "+10 wd"
    assert working_days_text(-2, WORDS) == "−2 wd"
    assert date_text(day, WORDS, year_of=day) == "4 Dec"
    assert date_text(day, WORDS) == "4 Dec 2026"
    assert WORDS.week(day_from_iso("2027-01-01")) == "W53"
    assert GettextWords(first_weekday=6).week(day_from_iso("2027-01-03")) == "W1"


@pytest.mark.parametrize("zoom", [0.002, 0.004, 0.008, 0.02, 0.05])
def test_of_years_and_decades_round_ones_are_written(zoom: float) -> None:
    scale = TimeScale(instant(1890, 3, 1), zoom)
    decades, lower = header(scale, 0, 900, GettextWords(), measure)
    assert all(tick.label.endswith("s") for tick in decades if tick.label), "1990s, as 1990 below it would be the same"
    for line in (decades, lower):
        years = [int(tick.label.removesuffix("s")) for tick in line if tick.label and tick.x0 >= 0]
        steps = {later - earlier for earlier, later in pairwise(years)}
        assert len(years) > 1
        assert len(steps) == 1
        (step,) = steps
        assert str(step).rstrip("0") in ("1", "2", "5")
        assert all(year % step == 0 for year in years)
