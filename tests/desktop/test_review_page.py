"""The review, answered with one key a question."""

from __future__ import annotations

from PySide6.QtTest import QTest
from window_desk import Key, OpenDesk, settle

from milestone_desktop.desktop.pages.review import ReviewPage
from milestone_desktop.document.operations import activities, milestones, people, projects
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import day_of, instant, instant_to_iso
from milestone_desktop.domain.projects import Project


def begun(desk: OpenDesk, day: int) -> ReviewPage:
    session = desk.window.session
    project = next(iter(desk.plan.all(Project)))

    def prepare(edit) -> None:
        projects.set_fields(edit, project.id, status_date=day)
        people.set_me(edit, people.create(edit, "Mara").id)

    assert session.attempt("Prepare", prepare)
    desk.do("track.review")
    page = desk.window.page
    assert isinstance(page, ReviewPage)
    return page


def press(page: ReviewPage, key: Key) -> None:
    QTest.keyClick(page, key)
    settle()


def test_each_key_answers_and_undo_asks_again(desk: OpenDesk) -> None:
    page = begun(desk, day_of(instant(2026, 11, 10)))
    asked = len(page.asked)
    assert asked > 3
    assert page.progress.text() == f"Question 1 of {asked}"
    edits = desk.edits()
    press(page, Key.Key_N)
    assert desk.edits() == edits + 1
    assert page.progress.text() == f"Question 2 of {asked}"
    press(page, Key.Key_S)
    assert desk.edits() == edits + 1
    before = page.question
    assert before is not None
    press(page, Key.Key_O)
    page.note.setText("asked twice")
    QTest.keyClick(page.note, Key.Key_Return)
    settle()
    assert desk.edits() == edits + 2
    row = desk.plan.activity(before.activity)
    assert row is not None
    assert "asked twice" in (row.comment if isinstance(row, Milestone) else row.notes)
    desk.do("edit.undo")
    assert page.question == before
    assert [answer.answer for answer in page.answers] == ["no", "skipped"]


def test_undo_after_a_skip_asks_the_answered_question_again(desk: OpenDesk) -> None:
    page = begun(desk, day_of(instant(2026, 11, 10)))
    first = page.question
    press(page, Key.Key_N)
    press(page, Key.Key_S)
    press(page, Key.Key_S)
    desk.do("edit.undo")
    assert page.question == first
    assert page.answers == []
    assert page.progress.text().startswith("Question 1 of ")


def test_a_question_tells_the_date_that_stands_when_it_is_asked_and_what_is_settled_is_not_asked(desk: OpenDesk) -> None:
    page = begun(desk, day_of(instant(2026, 11, 10)))
    asked = {(one.topic, one.activity): str(one.text) for one in page.asked}
    press(page, Key.Key_Plus)
    later = [one for one in page.asked[1:] if str(one.text) != asked[one.topic, one.activity]]
    assert later
    for one in later:
        row = desk.plan.activity(one.activity)
        assert row is not None
        assert row.end is not None
        assert instant_to_iso(row.end)[:10] in str(one.text)
    coming = page.asked[1:]
    milestone = next(row for one in coming if isinstance(row := desk.plan.activity(one.activity), Milestone))
    assert desk.window.session.attempt("Drop", lambda edit: milestones.drop(edit, milestone.id, "not wanted"))
    settle()
    assert milestone.id not in {one.activity for one in page.asked[1:]}
    desk.do("edit.undo")
    assert milestone.id in {one.activity for one in page.asked[1:]}


def test_an_edit_elsewhere_leaves_the_keyboard_where_it_is(desk: OpenDesk) -> None:
    page = begun(desk, day_of(instant(2026, 11, 10)))
    press(page, Key.Key_O)
    page.note.setText("half typed")
    item = next(iter(desk.plan.all(WorkItem)))
    assert desk.window.session.attempt("Rename", lambda edit: activities.rename(edit, item.id, "Another"))
    settle()
    assert page.note.text() == "half typed"
    assert page.note.isVisible()


def test_it_ends_with_what_changed(desk: OpenDesk) -> None:
    page = begun(desk, day_of(instant(2026, 11, 10)))
    edits = desk.edits()
    while page.question is not None:
        QTest.keyClick(page, Key.Key_S if len(page.answers) else Key.Key_N)
    settle()
    assert page.stack.currentIndex() == 1
    assert page.heading.text() == f"What changed: 1 edit from {len(page.asked)} answers"
    assert page.table.records.ids == list(range(len(page.asked)))
    assert page.answers[0].did
    assert desk.edits() == edits + 1
