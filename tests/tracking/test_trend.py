"""The trend on made-up series, and on the release plans of Python and Kubernetes replayed as edits."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime
from functools import cache

import pytest

from data_folder import data_path
from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import dates, dependencies, milestones, projects
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Recorded
from milestone_desktop.domain.instants import at, day_from_iso, day_of
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.tracking.trend import Pattern, Series, disorders, report_days, series_of, trend

FIRST = date(2026, 1, 5).toordinal()


def made(*planned: int | None, every: int = 7, reached: int | None = None) -> Series:
    """A series whose reports are `every` days apart; days after FIRST."""
    end = planned[-1] if planned[-1] is not None else 0
    row = Milestone(
        1, 2, "Ready", end=at(FIRST + end, 1080), actual_finish=None if reached is None else at(FIRST + reached, 1080)
    )
    moves, before = [], None
    for number, day in enumerate(planned):
        moment = None if day is None else at(FIRST + day, 1080)
        if number == 0 or moment != before:
            moves.append(Recorded(number + 1, FIRST + number * every, 1, before, moment))
        before = moment
    return series_of(row, moves, [FIRST + number * every for number in range(len(planned))])


@pytest.mark.parametrize(
    ("planned", "pattern"),
    [
        ((100, 100, 100), Pattern.FEW),
        ((100, 100, 100, 100, 100), Pattern.STABLE),
        ((100, 102, 104, 107, 110), Pattern.SLIPPING),
        ((100, 98, 95, 95, 90), Pattern.RECOVERING),
        ((100, 110, 99, 111, 100), Pattern.ZIGZAG),
        ((10, 17, 24, 31, 38), Pattern.PARALLEL),
        ((30, 30, 30, 30, 50), Pattern.LATE_CLIFF),
        ((300, 300, 300, 300, 320), Pattern.SLIPPING),
    ],
)
def test_each_pattern_has_its_label(planned, pattern):
    assert made(*planned).pattern is pattern


def test_the_line_meets_the_diagonal_where_it_is_less_steep():
    found = made(100, 107, 114, 121, every=14)  # half a day a day
    assert found.slope == pytest.approx(0.5)
    assert found.arrival == FIRST + 200
    assert made(10, 17, 24, 31).arrival is None


def test_an_actual_date_ends_the_curve():
    found = made(20, 20, 20, 20, 20, reached=18)
    assert [(point.report - FIRST, day_of(point.date) - FIRST) for point in found.points] == [
        (0, 20),
        (7, 20),
        (14, 20),
        (21, 18),
    ]
    assert found.reached == FIRST + 18


def test_a_gap_leaves_no_points():
    assert [point.report - FIRST for point in made(20, None, None, 25).points] == [0, 21]


def test_a_wrong_year_is_an_outlier_and_a_long_slip_is_none():
    typo = made(330, 330, -30, 340, 340)
    assert typo.outliers == {2}
    assert typo.pattern is Pattern.STABLE or typo.pattern is Pattern.SLIPPING
    assert made(30, 30, 400, 400).outliers == set()
    assert made(60, 400, 62, 62).outliers == {1}
    assert made(-300, 60, 60, 60).outliers == {0}


def test_milestones_in_the_wrong_order_are_told():
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 1, 5, 9))
    with document.edit("Plan") as edit:
        project = projects.create(edit, "Aurora")
        first = milestones.create(edit, project.id, "First", at(FIRST + 30, 1080))
        second = milestones.create(edit, project.id, "Second", at(FIRST + 20, 1080))
        dependencies.add(edit, first.id, second.id)
    found = trend(document.plan, document.storage.moves(), [first.id, second.id], [FIRST, FIRST + 7])
    assert [(d.before, d.after, d.reports) for d in disorders(document.plan, found)] == [
        (first.id, second.id, (FIRST, FIRST + 7))
    ]


def test_report_days_end_with_the_last():
    assert report_days(FIRST, FIRST + 16) == [FIRST + 2, FIRST + 9, FIRST + 16]
    assert report_days(FIRST, FIRST) == [FIRST]


# real histories


@cache
def vintages() -> dict[tuple[str, str], dict[int, int]]:
    """By product and milestone: planned day by report day, the last row of each day."""
    found: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for name in ("python_release_vintages.csv", "k8s_release_vintages.csv"):
        with data_path(f"history/{name}").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                key = row["product"], row["milestone"]
                found[key][day_from_iso(row["report_date"])] = day_from_iso(row["planned_date"])
    return found


@cache
def replayed() -> tuple[Document, dict[tuple[str, str], int]]:
    """All histories as edits at their report dates in one workspace; ids by product and milestone."""
    clock = [datetime(2009, 1, 1, 9)]
    document = Document(MemoryStorage(seed_plan()), lambda: clock[0])
    ids: dict[tuple[str, str], int] = {}
    project_of: dict[str, int] = {}
    for day in sorted({day for series in vintages().values() for day in series}):
        clock[0] = datetime.combine(date.fromordinal(day), datetime.min.time()).replace(hour=12)
        for key, series in vintages().items():
            if day not in series:
                continue
            with document.edit("Report") as edit:
                moment = at(series[day], 1080)
                if key[0] not in project_of:
                    project_of[key[0]] = projects.create(edit, key[0]).id
                if key not in ids:
                    ids[key] = milestones.create(edit, project_of[key[0]], key[1], moment).id
                else:
                    dates.set_end(edit, ids[key], moment)
    return document, ids


def found_series(*keys: tuple[str, str]) -> list[Series]:
    """The series of some milestones at the days on which their own plan was reported."""
    document, ids = replayed()
    moves = document.storage.moves()
    return [trend(document.plan, moves, [ids[key]], sorted(vintages()[key]))[0] for key in keys]


def test_the_points_are_those_of_the_reports():
    keys = list(vintages())
    assert len(keys) > 700
    for key, series in zip(keys, found_series(*keys), strict=True):
        assert [(point.report, day_of(point.date)) for point in series.points] == sorted(vintages()[key].items())


def test_all_milestones_together_at_every_report_date():
    document, ids = replayed()
    reports = sorted({day for series in vintages().values() for day in series})
    for key, series in zip(ids, trend(document.plan, document.storage.moves(), list(ids.values()), reports), strict=True):
        told = vintages()[key]
        for point in series.points:
            assert day_of(point.date) == told[max(day for day in told if day <= point.report)]
    assert document.plan.count(Project) == 21


TYPOS = {
    ("Python 2.7", "2.7.4 final"): ["2013-01-19"],
    ("Python 2.7", "2.7.6 final"): ["2013-11-10"],
    ("Python 3.2", "3.2.0 candidate 1"): ["2010-11-06"],
    ("Python 3.2", "3.2.0 candidate 2"): ["2010-07-02"],
    ("Python 3.2", "3.2.0 final"): ["2010-07-02"],
    ("Python 3.4", "3.4.5 candidate 1"): ["2016-05-06"],
    ("Python 3.4", "3.4.5 final"): ["2016-05-06"],
    ("Python 3.5", "3.5.9 final"): ["2020-06-14"],
    ("Kubernetes 1.24", "Release retrospective part 2 (Time TBC)"): ["2022-01-02"],
    ("Kubernetes 1.24", "Release retrospective part 3 (Time TBC)"): ["2022-01-02"],
    ("Kubernetes 1.24", "Begin Enhancements Freeze"): ["2022-01-02", "2022-01-05"],
}


def test_wrong_years_are_flagged_and_nothing_else():
    keys = list(vintages())
    flagged = {
        key: [date.fromordinal(series.points[place].report).isoformat() for place in sorted(series.outliers)]
        for key, series in zip(keys, found_series(*keys), strict=True)
        if series.outliers
    }
    assert flagged == TYPOS


# Read by hand from the files: days from the first report, and by how many days the date differs from the first one.
CHECKED = {
    ("Python 3.2", "3.2.0 alpha 1"): Pattern.SLIPPING,  # 0: 0, 179: +7, 184: +42, 212: +36
    ("Python 3.2", "3.2.0 final"): Pattern.SLIPPING,  # 0: 0, 184: a wrong year, 187: +35, …, 1006: +71
    ("Python 3.3", "3.3.7 final"): Pattern.PARALLEL,  # 0: 0, 517: +527, 568: +569, 586: +570: a day each day
    ("Python 3.6", "3.6.6 candidate"): Pattern.RECOVERING,  # 0: 0, 79: -98, 160: -91, 175: -90
    ("Python 3.7", "3.7.1 final"): Pattern.SLIPPING,  # 0: 0, 11: +6, 16: +8, 27: +20, 33: +22
    ("Python 3.8", "3.8.0 beta 1"): Pattern.STABLE,  # 0: 0, 422: +1, 464: +5, 493: +9
    ("Python 3.9", "3.9.0 beta 4"): Pattern.ZIGZAG,  # 0: 0, 97: +119, 155: +91, 372: +70, 403: +74
    ("Python 3.9", "3.9.9 final"): Pattern.RECOVERING,  # 0: 0, 42: -63, 44: -119, 269: -168
    ("Kubernetes 1.24", "Kubernetes v1.24.0 released"): Pattern.SLIPPING,  # 0: 0, 6: +7, 124: +21, 145: +21
    ("Kubernetes 1.26", "Kubernetes v1.26.0 released"): Pattern.STABLE,  # 0: 0, 2: -7, 94: -5, 102: -4
}


def test_ten_releases_have_the_label_that_a_reader_gives_them():
    assert {key: series.pattern for key, series in zip(CHECKED, found_series(*CHECKED), strict=True)} == CHECKED
