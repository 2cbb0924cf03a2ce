"""What a link moves is told with old and new dates, and the keyboard is in the first field of a dialog."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from window_desk import NOW, OpenDesk, answer, settle

from milestone_desktop.desktop.dialogs.project import ProjectDialog
from milestone_desktop.document.operations import milestones, projects
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import at

DAY = NOW.date().toordinal()


@pytest.fixture
def festival(desk: OpenDesk) -> OpenDesk:
    """A computed project of three milestones on days that somebody typed."""
    made: list[int] = []

    def add(edit: Any) -> None:
        project = projects.create(edit, "Festival", key="FES", mode=ScheduleMode.COMPUTED)
        made.append(project.id)
        for title, days in (("Permit", 10), ("Line-up", 50), ("Tickets", 60)):
            milestones.create(edit, project.id, title, at(DAY + days, 1080))

    assert desk.window.session.attempt("Add", add)
    desk.window.session.show_project(made[0])
    settle()
    return desk


def told(desk: OpenDesk) -> str:
    """What the quiet banner says."""
    return " ".join(label.text() for label in desk.window.notice.findChildren(QLabel) if label.isVisible())


def test_a_link_says_which_dates_it_moved(festival: OpenDesk) -> None:
    session = festival.window.session
    ids = [festival.milestone(title).id for title in ("Permit", "Line-up", "Tickets")]
    session.select(ids)
    festival.do("plan.link")
    permit = festival.milestone("Permit").end
    assert festival.milestone("Line-up").end == permit
    assert told(festival).startswith(
        "Moved by the link: “Line-up” from 12 Jan 2027 to 3 Dec, “Tickets” from 22 Jan 2027 to 3 Dec."
    )
    festival.do("edit.undo")
    assert festival.milestone("Line-up").end == at(DAY + 50, 1080)


def test_a_dialog_begins_in_its_first_field(desk: OpenDesk) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        settle()
        focused = QApplication.focusWidget()
        seen.append("" if focused is None else focused.accessibleName())
        dialog.reject()

    answer(look)
    desk.do("plan.settings")
    assert seen == ["Title"]
