from __future__ import annotations

from itertools import pairwise

import pytest
from small_plan import DONE, PROJECT, SmallPlan, at_17

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.enums import CriterionPriority, CriterionResult, Health, MilestoneStatus, ProjectStatus
from milestone_desktop.domain.gates import Criterion
from milestone_desktop.domain.health import Assessment, Figures, assess, of_project
from milestone_desktop.domain.instants import day_from_iso
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes

DAY = day_from_iso("2026-11-24")  # a Tuesday
LONG_AGO = day_from_iso("2020-01-01")
TARGET = at_17(2026, 12, 4)  # a Friday


def judged(small: SmallPlan, milestone: Milestone, figures: Figures | None = None, today: int = LONG_AGO) -> Assessment:
    return assess(small.plan, milestone, WorkTimes(small.plan), today, figures)


def words(assessment: Assessment) -> list[str]:
    return [str(reason) for reason in assessment.reasons]


def dated(end: int = TARGET, **fields) -> tuple[SmallPlan, Milestone]:
    small = SmallPlan(status_date=DAY)
    return small, small.milestone(**{"end": end, "target": TARGET, **fields})


@pytest.mark.parametrize(
    ("end", "expected"),
    [((2026, 12, 4), 0), ((2026, 12, 5), 0), ((2026, 12, 7), 1), ((2026, 12, 11), 5), ((2026, 12, 3), -1), ((2026, 11, 27), -5)],
)
def test_slip_counts_working_days_from_target_to_planned(end, expected):
    small, milestone = dated(at_17(*end))
    assert slip(small.plan, milestone, WorkTimes(small.plan)) == expected


def test_slip_is_to_the_actual_date_once_completed_and_needs_a_target():
    small, milestone = dated(at_17(2026, 12, 11), status=MilestoneStatus.COMPLETED, actual_finish=at_17(2026, 12, 8))
    times = WorkTimes(small.plan)
    assert slip(small.plan, milestone, times) == 2
    assert slip(small.plan, small.milestone(end=TARGET), times) is None
    assert slip(small.plan, small.milestone(target=TARGET), times) is None
    assert slip(small.plan, small.milestone(end=TARGET, target=TARGET, dropped=DAY), times) is None


def test_on_track():
    small, milestone = dated()
    found = judged(small, milestone)
    assert found.health is Health.ON_TRACK
    assert words(found) == ["planned no later than its target, 2026-12-04"]
    assert judged(small, small.milestone(end=TARGET)).health is Health.ON_TRACK
    assert judged(small, small.milestone()).health is Health.ON_TRACK


def test_completed_whatever_its_dates():
    small, milestone = dated(
        at_17(2025, 1, 7), target=at_17(2025, 1, 1), status=MilestoneStatus.COMPLETED, actual_finish=at_17(2026, 1, 7)
    )
    found = judged(small, milestone)
    assert found.health is Health.COMPLETED
    assert words(found) == ["reached on 2026-01-07"]


def test_late_when_the_target_has_passed():
    small, milestone = dated(target=at_17(2026, 11, 23), end=at_17(2026, 11, 23))
    found = judged(small, milestone)
    assert found.health is Health.LATE
    assert words(found) == ["its target, 2026-11-23, has passed"]
    assert judged(small, small.milestone(end=at_17(2026, 11, 24), target=at_17(2026, 11, 24))).health is Health.ON_TRACK


def test_late_without_a_target_when_the_planned_date_has_passed():
    small = SmallPlan(status_date=DAY)
    found = judged(small, small.milestone(end=at_17(2026, 11, 23)))
    assert (found.health, words(found)) == (Health.LATE, ["its planned date, 2026-11-23, has passed"])


@pytest.mark.parametrize(
    ("end", "health", "reason"),
    [
        ((2026, 12, 5), Health.AT_RISK, "planned less than a working day after its target, 2026-12-04"),
        ((2026, 12, 7), Health.AT_RISK, "planned 1 working day after its target, 2026-12-04"),
        ((2026, 12, 11), Health.AT_RISK, "planned 5 working days after its target, 2026-12-04"),
        ((2026, 12, 14), Health.LATE, "planned 6 working days after its target, 2026-12-04; 5 are tolerated"),
    ],
)
def test_the_tolerance_parts_late_from_at_risk(end, health, reason):
    small, milestone = dated(at_17(*end))
    found = judged(small, milestone)
    assert (found.health, words(found)) == (health, [reason])


def test_without_a_status_date_today_counts():
    small = SmallPlan()
    milestone = small.milestone(end=TARGET)
    assert judged(small, milestone, today=day_from_iso("2026-12-04")).health is Health.ON_TRACK
    assert judged(small, milestone, today=day_from_iso("2026-12-05")).health is Health.LATE


@pytest.mark.parametrize(
    ("figures", "deadline", "reason"),
    [
        (Figures(slack=-1), None, "its slack is negative: -1m"),
        (Figures(slack=-960), None, "its slack is negative: -2d"),
        (Figures(slack=0), None, None),
        (Figures(slack=5 * 480), TARGET, None),
        (Figures(slack=5 * 480 - 240), TARGET, "only 4.5d of slack, and it has a deadline; the threshold is 5d"),
        (Figures(chance=49.9), None, "the chance to make its target is 49.9 %; the threshold is 50 %"),
        (Figures(chance=50), None, None),
    ],
)
def test_slack_and_chance(figures, deadline, reason):
    small, milestone = dated(deadline=deadline)
    found = judged(small, milestone, figures)
    assert found.health is (Health.AT_RISK if reason else Health.ON_TRACK)
    if reason:
        assert words(found) == [reason]


@pytest.mark.parametrize(
    ("days", "risky"), [((1, 2, 3), True), ((1, 2), False), ((1, 3, 2, 3), True), ((2, 3, 1, 2), False), ((3, 2, 1), False)]
)
def test_moved_later_twice_with_a_net_move_later(days, risky):
    small, milestone = dated()
    moves = [
        Receipt(milestone.id, "planned", at_17(2026, 12, old), at_17(2026, 12, new), new - old) for old, new in pairwise(days)
    ]
    moves.append(Receipt(milestone.id, "target", TARGET, TARGET + 1440 * 9, 7))
    found = judged(small, milestone, Figures(moves=moves))
    assert found.health is (Health.AT_RISK if risky else Health.ON_TRACK)
    if risky:
        assert words(found) == ["it moved later 2 times in the 30 days before the status date"]


@pytest.mark.parametrize(
    ("priority", "result", "waived", "reason"),
    [
        (CriterionPriority.MUST, CriterionResult.FAIL, "", "criterion C1 failed"),
        (CriterionPriority.MUST, CriterionResult.BLOCKED, "", "criterion C1 is blocked"),
        (CriterionPriority.MUST, CriterionResult.FAIL, "agreed", None),
        (CriterionPriority.MUST, CriterionResult.NOT_RUN, "", None),
        (CriterionPriority.SHOULD, CriterionResult.FAIL, "", None),
    ],
)
def test_must_criteria(priority, result, waived, reason):
    small, milestone = dated()
    small.put(Criterion(small.id(), milestone.id, "C1", "x", priority=priority, result=result, waived_reason=waived))
    found = judged(small, milestone)
    assert found.health is (Health.AT_RISK if reason else Health.ON_TRACK)
    if reason:
        assert words(found) == [reason]


def test_a_blocking_item_open_past_its_end():
    small, milestone = dated()
    linked = small.item("Linked", end=at_17(2026, 11, 23))
    before = small.item("Before", end=at_17(2026, 11, 20))
    done = small.item("Done", end=at_17(2026, 11, 20), status=DONE)
    future = small.item("Future", end=at_17(2026, 11, 24))
    for item in (linked, done, future):
        small.link(milestone, item)
    small.depend(before, milestone)
    found = judged(small, milestone)
    assert found.health is Health.AT_RISK
    assert words(found) == [
        f"AUR-{linked.number} “Linked” should have ended on 2026-11-23 and is still open",
        f"AUR-{before.number} “Before” should have ended on 2026-11-20 and is still open",
    ]


def test_a_person_may_say_otherwise_until_a_day():
    override = {"health_override": Health.ON_TRACK, "health_reason": "agreed with the board"}
    late = {"end": at_17(2026, 11, 2), "target": at_17(2026, 11, 2)}
    small, milestone = dated(**late, **override, health_until=DAY)
    found = judged(small, milestone)
    assert (found.health, found.overridden) == (Health.ON_TRACK, True)
    assert words(found) == ["set by hand until 2026-11-24: agreed with the board"]
    over = small.milestone(**late, **override, health_until=DAY - 1)
    assert judged(small, over).health is Health.LATE
    endless = small.milestone(**late, **override)
    assert words(judged(small, endless)) == ["set by hand: agreed with the board"]


def test_dropped_or_resting():
    small, milestone = dated(at_17(2026, 11, 2), dropped=DAY, dropped_reason="out of scope")
    found = judged(small, milestone)
    assert (found.health, words(found)) == (Health.NONE, ["dropped on 2026-11-24: out of scope"])
    for status, reason in (
        (ProjectStatus.ON_HOLD, "its project is on hold"),
        (ProjectStatus.ARCHIVED, "its project is archived"),
    ):
        small = SmallPlan(status=status, status_date=DAY)
        found = judged(small, small.milestone(end=at_17(2020, 1, 1)))
        assert (found.health, words(found)) == (Health.NONE, [reason])


def project_health(small: SmallPlan) -> tuple[Health, list[str]]:
    found = of_project(small.plan, small.plan[Project, PROJECT], WorkTimes(small.plan), LONG_AGO)
    return found.health, words(found)


def test_a_project_is_as_its_worst_open_milestone():
    small = SmallPlan(status_date=DAY)
    assert project_health(small) == (Health.NONE, ["the project has no milestones"])
    small.milestone("Old", status=MilestoneStatus.COMPLETED, actual_finish=at_17(2026, 1, 5), end=at_17(2025, 1, 5))
    small.milestone("Gone", dropped=DAY, dropped_reason="x", end=at_17(2025, 1, 5))
    assert project_health(small)[0] is Health.COMPLETED
    small.milestone("Fine", end=TARGET, target=TARGET)
    assert project_health(small) == (Health.ON_TRACK, ["all its open milestones are on track"])
    small.milestone("Risky", end=TARGET + 1, target=TARGET)
    assert project_health(small) == (Health.AT_RISK, ["at risk: Risky"])
    for n in range(6):
        small.milestone(f"Late {n}", end=at_17(2026, 11, 2))
    assert project_health(small) == (Health.LATE, ["late: Late 0, Late 1, Late 2, Late 3, Late 4 …"])


def test_a_resting_project_has_no_health():
    small = SmallPlan(status=ProjectStatus.ON_HOLD, status_date=DAY)
    small.milestone(end=at_17(2020, 1, 1))
    assert project_health(small) == (Health.NONE, ["its project is on hold"])


MOVED_TWICE = [
    Receipt(0, "planned", at_17(2026, 12, 1), at_17(2026, 12, 2), 1), Receipt(0, "planned", at_17(2026, 12, 2), TARGET, 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "figures", "health", "reasons"),
    [
        # completed, dropped and resting come before everything else, a judgement by hand before what is worked out
        ({"status": MilestoneStatus.COMPLETED, "actual_finish": TARGET, "health_override": Health.LATE, "health_reason": "x"},
         Figures(slack=-480), Health.COMPLETED, ["reached on 2026-12-04"]),
        ({"dropped": DAY, "dropped_reason": "merged", "health_override": Health.LATE, "health_reason": "x"}, None, Health.NONE,
         ["dropped on 2026-11-24: merged"]),
        ({"end": at_17(2026, 12, 14), "health_override": Health.AT_RISK, "health_reason": "agreed", "health_until": DAY + 1},
         Figures(slack=-480), Health.AT_RISK, ["set by hand until 2026-11-25: agreed"]),
        # what makes it late is told before what puts it at risk
        ({"end": at_17(2026, 12, 14)}, Figures(slack=-480, chance=10.0, moves=MOVED_TWICE), Health.LATE,
         ["planned 6 working days after its target, 2026-12-04; 5 are tolerated", "its slack is negative: -1d",
          "the chance to make its target is 10 %; the threshold is 50 %",
          "it moved later 2 times in the 30 days before the status date"]),
        # due on the status date is not late yet, neither by its target nor by its planned date
        ({"end": at_17(2026, 11, 24), "target": at_17(2026, 11, 24)}, None, Health.ON_TRACK,
         ["planned no later than its target, 2026-11-24"]),
        ({"end": at_17(2026, 11, 24), "target": None}, None, Health.ON_TRACK,
         ["nothing speaks against its planned date; it has no target"]),
        # a target that lies ahead keeps a milestone from being late by its planned date alone
        ({"end": at_17(2026, 11, 20)}, None, Health.ON_TRACK, ["planned no later than its target, 2026-12-04"]),
        ({"end": None}, None, Health.ON_TRACK, ["nothing speaks against its target, 2026-12-04"]),
        # slack: negative always counts, little slack only with a deadline
        ({}, Figures(slack=480), Health.ON_TRACK, ["planned no later than its target, 2026-12-04"]),
        ({"deadline": TARGET}, Figures(slack=480), Health.AT_RISK,
         ["only 1d of slack, and it has a deadline; the threshold is 5d"]),
    ],
)  # fmt: skip
def test_the_rules_in_their_order_each_with_its_words(fields, figures, health, reasons):
    small, milestone = dated(**fields)
    found = judged(small, milestone, figures)
    assert (found.health, words(found)) == (health, reasons)


def test_the_thresholds_are_the_projects_own():
    small = SmallPlan(status_date=DAY, tolerance=0, slack_threshold=1, chance_threshold=80)
    slipped = small.milestone(end=at_17(2026, 12, 7), target=TARGET)
    assert words(judged(small, slipped)) == ["planned 1 working day after its target, 2026-12-04; 0 are tolerated"]
    fine = small.milestone(end=TARGET, target=TARGET, deadline=TARGET)
    assert judged(small, fine, Figures(slack=480)).health is Health.ON_TRACK
    assert words(judged(small, fine, Figures(chance=79.9))) == ["the chance to make its target is 79.9 %; the threshold is 80 %"]
