"""Following milestones: their page, dropping them, the moment when one is reached, what is ready to invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.drop import DropDialog
from milestone_desktop.desktop.pages.billing import BillingPage
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def in_hand(window: MainWindow) -> Milestone | None:
    """The milestone in hand."""
    return window.session.plan.get(Milestone, window.session.current)


def has_milestone(window: MainWindow) -> bool:
    return in_hand(window) is not None


def open_milestone(window: MainWindow) -> None:
    window.leave_field()
    window.open_milestone()


def can_drop(window: MainWindow) -> bool:
    row = in_hand(window)
    return row is not None and row.status is not MilestoneStatus.COMPLETED and not window.session.document.read_only


def drop_text(window: MainWindow) -> str:
    row = in_hand(window)
    return _("Take up milestone again") if row is not None and row.dropped is not None else _("Drop milestone…")


def drop(window: MainWindow) -> None:
    """Drops the milestone in hand with a reason, or takes it up again."""
    row = in_hand(window)
    if row is None:
        return
    if row.dropped is not None:
        window.session.attempt(N_("Take up milestone"), lambda edit: milestones.take_up(edit, row.id))
    else:
        DropDialog(window.session, row, window).exec()


def is_reached(window: MainWindow) -> bool:
    row = in_hand(window)
    return row is not None and row.status is MilestoneStatus.COMPLETED


def open_card(window: MainWindow) -> None:
    from milestone_desktop.desktop.dialogs.achievement import AchievementDialog

    row = in_hand(window)
    if row is not None and row.status is MilestoneStatus.COMPLETED:
        AchievementDialog(window.session, row, window).exec()


def celebrates(window: MainWindow) -> bool:
    return window.settings.celebrate


def toggle_celebration(window: MainWindow) -> None:
    window.settings.celebrate = not window.settings.celebrate
    window.actions_.refresh()


def show_ready_to_invoice(window: MainWindow) -> None:
    """The billing page with only what is ready to invoice."""
    window.show_page("billing")
    if isinstance(window.page, BillingPage):
        window.page.show_ready()


def review(window: MainWindow) -> None:
    """Begins the review of the project shown, or of all."""
    window.leave_field()
    window.show_page("review")


def close_project(window: MainWindow) -> None:
    """Asks about everything that is open in the project shown, archives it, and shows the portfolio."""
    from milestone_desktop.desktop.dialogs.close_project import CloseDialog

    project = window.session.project
    if project is not None and CloseDialog(window.session, project, window).exec():
        window.session.show_project(None)
        window.session.noticed.emit(_("“{title}” is archived. It is found under Archived.").format(title=project.title))
