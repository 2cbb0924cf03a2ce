"""The sentences of a report say what is so, and only that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import report_plans as plans
from report_plans import AURORA, PROTOTYPE, STATUS_DATE, Row, moved

from milestone_desktop.chart.words import GettextWords
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import Health, LogState, LogType
from milestone_desktop.domain.instants import day_from_iso
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.reports.facts import ProjectFacts, at_status_date, project_facts
from milestone_desktop.reports.sentences import coming, comments, last_milestone, moves, next_milestone, open_log, summary
from milestone_desktop.reports.words import Words

WORDS = Words(str, GettextWords())


def facts_of(plan: Plan) -> ProjectFacts:
    twin, project = at_status_date(plan, AURORA, STATUS_DATE, STATUS_DATE)
    return project_facts(twin, project, STATUS_DATE)


def summed(*rows: Row) -> list[str]:
    return summary(facts_of(plans.plan_of(rows)), WORDS)


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ((), ["This project has no milestones."]),
        ((Row("A", "2026-09-04", "2026-09-04", "2026-09-04"),), ["The one milestone is completed."]),
        (
            (Row("A", "2026-09-04", "2026-09-04", "2026-09-04"), Row("B", "", "2026-09-05", "2026-09-05")),
            ["All 2 milestones are completed."],
        ),
        (
            (Row("A", "2026-12-01", "2026-12-01"),),
            ["Every open milestone is on track.", "The last milestone, “A”, is planned for 1 Dec 2026, as promised."],
        ),
        (
            (Row("A", "2026-12-02", "2026-12-01"),),
            [
                "Every open milestone is on track.",
                "The last milestone, “A”, is planned for 1 Dec 2026, 1 working day earlier than promised.",
            ],
        ),
        (
            (Row("A", "", "2026-12-01"),),
            ["Every open milestone is on track.", "The last milestone, “A”, is planned for 1 Dec 2026."],
        ),
        (
            (Row("A", "2026-12-01", "2026-12-02"),),
            ["“A” is at risk.", "The last milestone, “A”, is planned for 2 Dec 2026, 1 working day later than promised."],
        ),
        ((Row("A", "", "2026-11-20"),), ["“A” was planned for 20 Nov 2026 and is not completed."]),
        ((Row("A", "2026-11-20", "2026-11-20"),), ["“A” was promised for 20 Nov 2026 and is not completed."]),
        ((Row("A", "2026-11-20", ""),), ["“A” was promised for 20 Nov 2026 and is not completed."]),
        (
            (Row("A", "2026-11-10", "2026-11-20"),),
            ["“A” was promised for 10 Nov 2026, planned for 20 Nov 2026, and is not completed."],
        ),
        (
            (Row("A", "2026-11-20", "2026-11-24"),),
            ["“A” was promised for 20 Nov 2026 and is now planned for 24 Nov 2026, 2 working days later."],
        ),
    ],
)  # fmt: skip
def test_the_summary(rows: Sequence[Row], sentences: list[str]) -> None:
    assert summed(*rows) == sentences


def test_three_late_milestones_are_named_and_the_rest_counted() -> None:
    late = [Row(f"L{number}", "2026-11-02", "2026-12-01") for number in range(5)]
    assert summed(*late)[3:] == [
        "2 more milestones are late.",
        "The last milestone, “L4”, is planned for 1 Dec 2026, 21 working days later than promised.",
    ]
    assert summed(*late[:4])[3] == "One more milestone is late."


def test_a_milestone_called_late_by_hand_gets_no_reason_made_up() -> None:
    plan = plans.plan_of([Row("A", "", "2026-12-01")])
    plan.put(replace(plan[Milestone, 10], health_override=Health.LATE, health_reason="supplier"))
    assert summary(facts_of(plan), WORDS) == ["“A” is late."]


def test_next_and_last_leave_out_what_is_dropped_or_undated() -> None:
    plan = plans.plan_of(
        [
            Row("done", "", "2026-09-01", "2026-09-01"),
            Row("next", "", "2026-12-01"),
            Row("dropped", "", "2027-12-01"),
            Row("undated"),
        ]
    )
    plan.put(replace(plan[Milestone, 12], dropped=STATUS_DATE, dropped_reason="not needed"))
    facts = facts_of(plan)
    following, last = next_milestone(facts), last_milestone(facts)
    assert following is not None
    assert following.row.title == "next"
    assert last is not None
    assert last.row.title == "next"
    assert len(facts.wanted) == 3


def test_moves_are_netted_and_only_those_of_the_last_30_days() -> None:
    facts = facts_of(plans.aurora())
    there_and_back = [
        moved(13, "2026-11-10T09:00", "2027-01-15", "2027-01-18", 1),
        moved(13, "2026-11-10T09:05", "2027-01-18", "2027-01-15", -1),
    ]
    twice = [
        moved(PROTOTYPE, "2026-11-16T10:00", "2026-12-01", "2026-12-02", 1),
        moved(PROTOTYPE, "2026-11-18T10:00", "2026-12-02", "2026-12-04", 2),
    ]
    long_ago, to_come = (
        moved(14, "2026-10-24T10:00", "2027-01-20", "2027-01-22", 2),
        moved(14, "2026-11-24T00:00", "2027-01-20", "2027-01-22", 2),
    )
    first_date, of_target = (
        moved(15, "2026-11-20T10:00", "", "2027-01-29", 0),
        moved(15, "2026-11-20T10:00", "2027-01-22", "2027-01-25", 1, "target"),
    )
    lines = moves(facts, [*there_and_back, *twice, long_ago, to_come, first_date, of_target], WORDS)
    assert lines == [
        "18 Nov 2026: Prototype ready, 1 Dec 2026 → 4 Dec 2026 (+3 wd)",
        "20 Nov 2026: Go-live, target 22 Jan 2027 → 25 Jan 2027 (+1 wd)",
    ]


def test_a_date_that_was_taken_away_is_a_move() -> None:
    facts = facts_of(plans.aurora())
    assert moves(facts, [moved(13, "2026-11-10T09:00", "2027-01-15", "", 0)], WORDS) == [
        "10 Nov 2026: User acceptance, date removed (was 15 Jan 2027)"
    ]


def test_the_next_30_days_count_from_the_status_date() -> None:
    rows = [
        Row("today", "", "2026-11-23"),
        Row("last day", "", "2026-12-23"),
        Row("too far", "", "2026-12-24"),
        Row("past", "", "2026-11-22"),
    ]
    assert coming(facts_of(plans.plan_of(rows)), WORDS) == ["23 Nov 2026: today", "23 Dec 2026: last day"]


def test_comments_and_recovery_actions_carry_their_dates() -> None:
    plan = plans.plan_of([Row("A", "", "2026-12-01")])
    day = day_from_iso("2026-11-12")
    plan.put(replace(plan[Milestone, 10], comment="lead {left}", comment_date=day, recovery="borrow a tester"))
    assert comments(facts_of(plan), WORDS) == ["A: lead {left} (12 Nov 2026)", "A, recovery: borrow a tester"]


def test_open_risks_issues_and_actions_are_told_with_what_is_done_about_them() -> None:
    plan = plans.aurora()
    due = day_from_iso("2026-12-01")
    plan.put(LogEntry(6100, AURORA, "Supplier is slow", LogType.RISK, response="weekly call"))
    plan.put(LogEntry(6101, AURORA, "Order phones", LogType.ACTION, owner=2, due=due))
    plan.put(LogEntry(6102, AURORA, "Over", LogType.ISSUE, state=LogState.CLOSED))
    plan.put(LogEntry(6103, AURORA, "Only a note", LogType.NOTE))
    told = open_log(facts_of(plan), {2: "Tomás Rey"}, WORDS)
    assert told == ["Action: Order phones (by 1 Dec 2026, owner: Tomás Rey)", "Risk: Supplier is slow: weekly call"]
