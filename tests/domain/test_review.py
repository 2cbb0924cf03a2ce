"""What a review asks, and in which order."""

from __future__ import annotations

from small_plan import DONE, PROJECT, SmallPlan, at_17

from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus, ProjectStatus, SignOffDecision
from milestone_desktop.domain.gates import SignOff
from milestone_desktop.domain.instants import day_from_iso
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.domain.review import Topic, questions
from milestone_desktop.domain.sign_off import fingerprint, snapshot

DAY = day_from_iso("2026-11-24")
OWNER = 900


def asked(small: SmallPlan, slack: dict[int, int] | None = None) -> list[tuple[Topic, str]]:
    known = slack or {}
    found = questions(small.plan, small.plan[Project, PROJECT], DAY, lambda row: known.get(row.id))
    return [(one.topic, str(one.text)) for one in found]


def plan() -> SmallPlan:
    small = SmallPlan(status_date=DAY)
    small.put(Person(OWNER, "Mara"))
    return small


def test_dates_are_asked_about_from_late_to_coming_up() -> None:
    small = plan()
    for title, end in (
        ("Beyond", (2026, 12, 9)), ("Last day of the window", (2026, 12, 8)), ("Tomorrow", (2026, 11, 25)),
        ("Today", (2026, 11, 24)), ("Yesterday", (2026, 11, 23)),
    ):  # fmt: skip
        small.milestone(title, end=at_17(*end), owner=OWNER)
    small.milestone("Reached", end=at_17(2026, 11, 1), owner=OWNER, status=MilestoneStatus.COMPLETED)
    small.milestone("Dropped", end=at_17(2026, 11, 1), owner=OWNER, dropped=DAY)
    small.milestone("Without a date", owner=OWNER)
    assert asked(small) == [
        (Topic.LATE, "Is “Yesterday” reached? It was planned for 2026-11-23."),
        (Topic.DUE, "Is “Today” reached? It is due today, 2026-11-24."),
        (Topic.ENTERING, "Will “Tomorrow” be reached on 2026-11-25?"),
        (Topic.ENTERING, "Will “Last day of the window” be reached on 2026-12-08?"),
    ]


def test_leaf_items_are_asked_about_when_late_or_due() -> None:
    small = plan()
    epic = small.item("Epic", end=at_17(2026, 11, 20))
    small.item("Below", parent=epic.id, end=at_17(2026, 11, 20))
    small.item("Today", end=at_17(2026, 11, 24))
    small.item("Later", end=at_17(2026, 11, 25))
    small.item("Done", end=at_17(2026, 11, 20), status=DONE)
    assert asked(small) == [
        (Topic.LATE, "Is “Below” done? It should have ended on 2026-11-20."),
        (Topic.DUE, "Is “Today” done? It ends today, 2026-11-24."),
    ]


def test_slack_is_asked_about_where_it_is_used_up_and_no_date_question_stands() -> None:
    small = plan()
    late = small.milestone("Late", end=at_17(2026, 11, 23), owner=OWNER)
    tight = small.milestone("Tight", end=at_17(2027, 1, 8), owner=OWNER)
    loose = small.milestone("Loose", end=at_17(2027, 1, 8), owner=OWNER)
    unknown = small.milestone("Unknown", end=at_17(2027, 1, 8), owner=OWNER)
    assert asked(small, {late.id: -480, tight.id: 0, loose.id: 1}) == [
        (Topic.LATE, "Is “Late” reached? It was planned for 2026-11-23."),
        (Topic.SLACK, "“Tight” has no slack left. Does its date, 2027-01-08, still hold?"),
    ]
    assert unknown.id not in {late.id, tight.id}


def test_a_client_approval_is_asked_about_as_such_until_it_is_given() -> None:
    small = plan()
    row = small.milestone("Approval", end=at_17(2026, 11, 20), owner=OWNER, kind=MilestoneKind.CLIENT_APPROVAL)
    assert asked(small) == [(Topic.SIGN_OFF, "Has the client approved “Approval”? It is planned for 2026-11-20.")]
    covered = snapshot(small.plan, row)
    small.put(
        SignOff(
            small.id(), row.id, "George", SignOffDecision.APPROVED, DAY, snapshot=covered, snapshot_sha256=fingerprint(covered)
        )
    )
    assert [topic for topic, _text in asked(small)] == [Topic.LATE]


def test_a_milestone_without_an_owner_is_asked_for_one() -> None:
    small = plan()
    small.milestone("Nobody's", end=at_17(2027, 1, 8))
    assert asked(small) == [(Topic.NO_OWNER, "Nobody owns “Nobody's”. Is it yours?")]


def test_a_resting_project_is_left_in_peace() -> None:
    for status in (ProjectStatus.ON_HOLD, ProjectStatus.COMPLETED, ProjectStatus.ARCHIVED):
        small = SmallPlan(status_date=DAY, status=status)
        small.milestone("Late", end=at_17(2026, 11, 23))
        assert asked(small) == []
