"""Paste a list: columns are found, dates read, and every problem is told by row before anything is added."""

from __future__ import annotations

from datetime import date

import pytest
from plan_xml import document

from milestone_desktop.document.operations import projects
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Person
from milestone_desktop.exchange.pasted import PastedList, bring_in, read_list

TODAY = date(2026, 3, 2).toordinal()


def day(month: int, number: int) -> int:
    return date(2026, month, number).toordinal()


def simple(found: PastedList) -> list[tuple[str, int | None, str, str]]:
    return [(row.title, row.end[0] if row.end else None, row.owner, row.type) for row in found.rows]


@pytest.mark.parametrize(
    "text",
    [
        "Kickoff\t4 May 2026\tAnna\tBilling\nPlan ready\t20.5.2026\tBen\tEngineering",
        "Milestone\tDate\tOwner\tType\nKickoff\t4/5\tAnna\tbilling\nPlan ready\t20/5\tBen\tEngineering\n",
        "owner;type;due date;title\nAnna;Billing;2026-05-04;Kickoff\nBen;Engineering;2026-05-20;Plan ready",
        '"Kickoff","4 May 2026","Anna","Billing"\r\n\r\n"Plan ready","20 May 2026","Ben","Engineering"',
        "4 May 2026  Kickoff  Anna  Billing\n20 May 2026  Plan ready  Ben  Engineering",
    ],
)
def test_columns_are_found_whatever_parts_them(text: str) -> None:
    found = read_list(text, TODAY)
    assert simple(found) == [("Kickoff", day(5, 4), "Anna", "Billing"), ("Plan ready", day(5, 20), "Ben", "Engineering")]
    assert [row.problems for row in found.rows] == [(), ()]


def test_typed_lines_with_a_date_at_their_end() -> None:
    found = read_list("Kickoff 4 May\nLaunch, the big one: 1 June 2026\nUAT 2026-05-20 14:30", TODAY)
    assert [(row.title, row.end) for row in found.rows] == [
        ("Kickoff", (day(5, 4), None)),
        ("Launch, the big one", (day(6, 1), None)),
        ("UAT", (day(5, 20), 870)),
    ]


def test_the_order_of_day_and_month_is_told_from_the_dates() -> None:
    assert [row.end for row in read_list("Launch\t05/13/2026\nKickoff\t04/05/2026", TODAY).rows] == [
        (day(5, 13), None),
        (day(4, 5), None),
    ]
    assert [row.end for row in read_list("Kickoff\t04/05/2026", TODAY).rows] == [(day(5, 4), None)]
    assert [row.end for row in read_list("Kickoff\t04/05/2026", TODAY, day_first=False).rows] == [(day(4, 5), None)]


def test_two_dates_are_a_window() -> None:
    (row,) = read_list("Prototype\t1 May\t8 May", TODAY).rows
    assert (row.start, row.end) == ((day(5, 1), None), (day(5, 8), None))


def test_each_row_tells_its_problems() -> None:
    found = read_list("title\tdate\ttype\nKickoff\t31/6\tParty\n\t4 May\t\nLaunch\t\t\nUAT\t1 May\tBilling", TODAY)
    assert [row.line for row in found.rows] == [2, 3, 4, 5]
    assert [row.usable for row in found.rows] == [True, False, True, True]
    assert [[str(problem) for problem in row.problems] for row in found.rows] == [
        ["There is no such day as “31/6”.", "“Party” is not a milestone type here; the usual one is taken."],
        ["There is no title, so nothing can be added."],
        ["There is no date."],
        [],
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "\t\t\n"])
def test_nothing_pasted_gives_nothing_to_add(text: str) -> None:
    assert not [row for row in read_list(text, TODAY).rows if row.usable]


def test_odd_texts_do_not_fail() -> None:
    for text in (
        'a,b,"c',
        '"',
        "=1+1;#REF!",
        "\x00\t\x07",
        "里程碑\t2026-05-04\tمعلم",
        "x" * 600 + "\t4 May",
        ";;;\n;;",
        "+\t+9999999d",
    ):
        read_list(text, TODAY)
    with pytest.raises(PlanError, match="5000 can be pasted"):
        read_list("a\n" * 5001, TODAY)


def test_usable_rows_become_milestones_in_one_edit() -> None:
    opened = document()
    with opened.edit("project") as edit:
        project = projects.create(edit, "Aurora").id
    before = opened.plan.copy()
    found = read_list("Kickoff\t4 May\tAnna\tBilling\n\t5 May\nPlan\t20 May 16:00\tanna\nOpen end\t\tBen", TODAY)
    with opened.edit("paste") as edit:
        added = bring_in(edit, project, found.rows)
    rows = [opened.plan[Milestone, row_id] for row_id in added]
    assert [(row.title, row.code, row.type) for row in rows] == [
        ("Kickoff", "M1", "Billing"), ("Plan", "M2", "Engineering"), ("Open end", "M3", "Engineering"),
    ]  # fmt: skip
    assert [row.end for row in rows] == [instant(2026, 5, 4, 9), instant(2026, 5, 20, 16), None]
    assert [opened.plan[Person, row.owner or 0].name for row in rows] == ["Anna", "Anna", "Ben"]
    assert [row.order for row in rows] == sorted(row.order for row in rows)
    assert str(opened.undo()) == "Paste milestones: 3"
    assert opened.plan == before
