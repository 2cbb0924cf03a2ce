"""What a baseline keeps: packed the same for the same contents, read back whole, refused when damaged."""

from __future__ import annotations

import zlib

import pytest

from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException
from milestone_desktop.domain.worktime import work_time
from milestone_desktop.tracking.baselines import BaselineContent, BaselineRow, pack, unpack, with_calendars

WEEK = (((480, 720), (780, 1020)),) * 4 + (None, (), ((1320, 1800),))


def plan_with_calendars() -> Plan:
    plan = Plan()
    plan.load(Calendar, [Calendar(1, "Base", WEEK), Calendar(2, "Derived", (None,) * 7, base=1), Calendar(3, "Other", WEEK)])
    rule = {"type": "weekly", "every": 2, "weekdays": [0, 3]}
    plan.load(
        CalendarException,
        [CalendarException(4, 1, "Off", 739000, 739001), CalendarException(5, 2, "Half", 739005, 739900, ((480, 600),), rule)],
    )
    return plan


def test_contents_come_back_with_the_calendars_of_the_chain() -> None:
    plan = plan_with_calendars()
    rows = {9: BaselineRow(instant(2026, 3, 2, 8), None, 480), 7: BaselineRow(None, instant(2026, 3, 3, 17), 0)}
    content = with_calendars(plan, rows, [2])
    found = unpack(pack(content))
    assert found.rows == rows
    assert [row.id for row in found.calendars] == [1, 2]
    assert found == BaselineContent(
        rows, tuple(plan[Calendar, n] for n in (1, 2)), tuple(plan[CalendarException, n] for n in (4, 5))
    )
    kept = work_time(found.calendar_plan(), 2)
    now = work_time(plan, 2)
    assert [kept.shifts(day) for day in range(738990, 739100)] == [now.shifts(day) for day in range(738990, 739100)]


def test_equal_contents_give_equal_bytes_whatever_their_order() -> None:
    plan = plan_with_calendars()
    one, two = BaselineRow(1, 2, 3), BaselineRow(4, 5, 6)
    assert pack(with_calendars(plan, {1: one, 2: two}, [1, 2])) == pack(with_calendars(plan, {2: two, 1: one}, [2, 1]))
    assert pack(with_calendars(plan, {1: one}, [1])) != pack(with_calendars(plan, {1: two}, [1]))


@pytest.mark.parametrize(
    "data", [b"", b"rubbish", zlib.compress(b"[]"), zlib.compress(b'{"format":1}'), zlib.compress(b'{"format":1,"rows":[[1]]}')]
)
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PlanError, match="damaged"):
        unpack(data)


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(PlanError, match="newer version"):
        unpack(zlib.compress(b'{"format":3}'))


def test_what_format_1_kept_is_still_read() -> None:
    old = b'{"calendars":[],"exceptions":[],"format":1,"rows":[[7,1,2,3]]}'
    assert unpack(zlib.compress(old)) == BaselineContent({7: BaselineRow(1, 2, 3)})


def test_titles_and_the_project_s_calendar_come_back() -> None:
    content = BaselineContent({7: BaselineRow(1, 2, 3)}, titles={7: "Ready"}, calendar=12)
    assert unpack(pack(content)) == content
