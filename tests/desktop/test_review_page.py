"""The review, answered with one key a question."""

from __future__ import annotations

from PySide6.QtTest import QTest
from window_desk import Key, OpenDesk, settle

from milestone_desktop.desktop.pages.review import ReviewPage
from milestone_desktop.document.operations import people, projects
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import day_of, instant
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
