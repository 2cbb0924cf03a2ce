"""What a window does before a picture of a milestone's page, and of what follows milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.projects import Project
from shots.shot import Prepare
from shots.steps import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow


def milestone_page(title: str, key: str = "AUR", *, bottom: bool = False) -> Prepare:
    """Shows the page of a milestone by its title. bottom: scrolled to its end."""

    def prepare(window: MainWindow) -> QWidget | None:
        from milestone_desktop.desktop.pages.milestone import MilestonePage

        session = window.session
        project = next(row for row in session.plan.all(Project) if row.key == key)
        session.show_project(project.id)
        row = next(row for row in session.plan.where(Milestone, "project", project.id) if row.title == title or title == "*")
        window.open_milestone(row.id)
        settle()
        page = window.page
        if bottom and isinstance(page, MilestonePage):
            page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
        return None

    return prepare


def past(days: int) -> Prepare:
    """Shows the history of the first project at a day so many days ago, with a milestone of it in hand."""

    def prepare(window: MainWindow) -> QWidget | None:
        from milestone_desktop.desktop.pages.history import HistoryPage

        window.session.show_project(window.session.facts.projects()[0].id)
        window.open_history(window.session.today() - days)
        settle()
        page = window.page
        if isinstance(page, HistoryPage) and page.past is not None and page.found is not None:
            row = next(each for each in page.found.rows.values() if isinstance(each.row, Milestone))
            page.past.select(row.activity)
        settle()
        return None

    return prepare


def sign_off(window: MainWindow) -> QWidget:
    """Recording the approval of the client."""
    from milestone_desktop.desktop.dialogs.sign_off import SignOffDialog

    milestone_page("Client approval")(window)
    return _shown(SignOffDialog(window.session, window.session.plan[Milestone, window.session.current or 0], window))


def close_project(window: MainWindow) -> QWidget:
    """Closing the rich project, some of it decided on."""
    from milestone_desktop.desktop.dialogs.close_project import CloseDialog
    from milestone_desktop.domain.closing import Way

    milestone_page("Go-live")(window)
    project = window.session.project
    if project is None:
        raise TypeError("no project is shown")
    dialog = CloseDialog(window.session, project, window)
    first = dialog.ends[0]
    dialog.choices[first.end, first.id] = Way.CARRY_OVER
    return _shown(dialog)


def go_or_no_go(window: MainWindow) -> QWidget:
    """Recording the go of the launch."""
    from milestone_desktop.desktop.dialogs.go_decision import GoDialog

    milestone_page("Go-live")(window)
    return _shown(GoDialog(window.session, window.session.plan[Milestone, window.session.current or 0], window))


def achievement(window: MainWindow) -> QWidget:
    """The note, thanks and card of the kickoff."""
    from milestone_desktop.desktop.dialogs.achievement import AchievementDialog

    milestone_page("Project kickoff")(window)
    return _shown(AchievementDialog(window.session, window.session.plan[Milestone, window.session.current or 0], window))


def celebration(window: MainWindow) -> QWidget | None:
    """What the window says when a milestone is reached."""
    from milestone_desktop.document.operations import milestones

    milestone_page("Go-live")(window)
    row_id = window.session.current or 0
    window.session.attempt("Complete", lambda edit: milestones.complete(edit, row_id, edit.now, override="for the picture"))
    settle()
    return None


def review_end(window: MainWindow) -> QWidget | None:
    """A review with every question skipped but the first, which moves a milestone."""
    from milestone_desktop.desktop.pages.review import ReviewPage

    window.session.show_project(window.session.facts.projects()[0].id)
    window.show_page("review")
    page = window.page
    if not isinstance(page, ReviewPage):
        raise TypeError("the review is not in front")
    page.begin()
    page.no()
    while page.question is not None:
        page.skip()
    return None


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog
