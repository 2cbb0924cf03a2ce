"""What a window does before a picture of a review's questions, and of the dialogs around baselines and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.projects import Baseline
from milestone_desktop.domain.review import Topic
from shots.kinds import milestone_page
from shots.shot import Prepare
from shots.steps import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow
    from milestone_desktop.document.edit import Edit

ASKED_OF = "Questions of a review"


def asking(topic: Topic, *, note: bool = False) -> Prepare:
    """A review at its question of a topic. note: the field for a note is open."""

    def prepare(window: MainWindow) -> QWidget | None:
        from milestone_desktop.desktop.pages.review import ReviewPage

        session = window.session
        if not any(row.title == ASKED_OF for row in session.facts.projects()):
            session.attempt("Lay out", _lay_out)
        project = next(row for row in session.facts.projects() if row.title == ASKED_OF)
        session.show_project(project.id)
        window.show_page("review")
        settle()
        page = window.page
        if not isinstance(page, ReviewPage):
            raise TypeError("the review is not in front")
        page.begin()
        while page.question is not None and page.question.topic is not topic:
            page.skip()
        if page.question is None:
            raise LookupError(f"nothing is asked about {topic}")
        if note:
            page.open_note()
            page.note.setText("The vendor promised an answer by Friday")
        return None

    return prepare


def set_baseline(window: MainWindow) -> QWidget:
    """Setting a baseline of two selected rows."""
    from milestone_desktop.desktop.dialogs.baselines import SetBaselineDialog

    milestone_page("Go-live")(window)
    rows = window.session.plan.where(Milestone, "project", window.session.project_id)
    window.session.select([row.id for row in rows[:2]])
    dialog = SetBaselineDialog(window.session, window)
    dialog.use.setChecked(True)
    return _shown(dialog)


def use_baseline(window: MainWindow) -> QWidget:
    """Putting a baseline of today in force, the targets that it would set listed."""
    from milestone_desktop.desktop.dialogs.baselines import UseBaselineDialog
    from milestone_desktop.document.operations import baselines
    from milestone_desktop.tracking.baselines import content_of

    milestone_page("Go-live")(window)
    session, project = window.session, window.session.project_id or 0
    session.attempt("Set", lambda edit: baselines.save(edit, project, "Replanned"))
    row = next(row for row in session.plan.where(Baseline, "project", project) if row.name == "Replanned")
    session.undo()
    return _shown(UseBaselineDialog(session, row, content_of(session.plan, project), window))


def repair_row(window: MainWindow) -> QWidget:
    """Repairing a row of the baseline in force."""
    from milestone_desktop.desktop.dialogs.baselines import RepairDialog

    milestone_page("Go-live")(window)
    session = window.session
    row = next(row for row in session.plan.where(Baseline, "project", session.project_id) if row.in_force)
    milestone = session.plan[Milestone, session.current or 0]
    return _shown(RepairDialog(session, row, milestone, session.baselines.needed(row).rows[milestone.id], window))


def reason(window: MainWindow) -> QWidget:
    """Saying afterwards why a milestone moved."""
    from milestone_desktop.desktop.dialogs.reason import ReasonDialog

    milestone_page("Prototype ready")(window)
    return _shown(ReasonDialog(window.session, window.session.plan[Milestone, window.session.current or 0], None, window))


def drop(window: MainWindow) -> QWidget:
    """Dropping a milestone."""
    from milestone_desktop.desktop.dialogs.drop import DropDialog

    milestone_page("Go-live")(window)
    return _shown(DropDialog(window.session, window.session.plan[Milestone, window.session.current or 0], window))


def _lay_out(edit: Edit) -> None:
    """A project of which each question is asked."""
    from milestone_desktop.document.operations import dependencies, items, milestones, people, projects
    from milestone_desktop.domain.enums import MilestoneKind, ScheduleMode
    from milestone_desktop.domain.instants import at

    today = edit.today
    project = projects.create(edit, ASKED_OF, start=at(today - 30, 540), mode=ScheduleMode.COMPUTED, status_date=today)
    me = people.named(edit, "Mara Lindqvist").id
    milestones.create(edit, project.id, "Contract signed", at(today - 8, 1080), owner=me)
    milestones.create(edit, project.id, "Supplier chosen", at(today, 1080), owner=me)
    milestones.create(edit, project.id, "Design approved", at(today + 3, 1080), owner=me, kind=MilestoneKind.CLIENT_APPROVAL)
    milestones.create(edit, project.id, "First delivery", at(today + 9, 1080), owner=me)
    work = items.create(edit, project.id, "Build", start=at(today, 540), duration=40 * 480)
    last = milestones.create(edit, project.id, "Everything delivered", at(today + 60, 1080), owner=me)
    dependencies.add(edit, work.id, last.id)
    milestones.create(edit, project.id, "Old system off", at(today + 40, 1080))


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog
