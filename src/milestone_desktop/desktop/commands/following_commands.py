"""What was promised and what moved: reasons given afterwards, baselines, making the file smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.baselines import SetBaselineDialog
from milestone_desktop.desktop.dialogs.reason import ReasonDialog
from milestone_desktop.desktop.words import _, ngettext, number_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import PlanError

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

MEGABYTE = 1_000_000


def has_moves(window: MainWindow) -> bool:
    """Whether the milestone in hand may have moved: asking the journal at every step would be slow."""
    session = window.session
    return session.plan.get(Milestone, session.current) is not None and not session.document.read_only


def give_reason(window: MainWindow) -> None:
    row = window.session.plan.get(Milestone, window.session.current)
    if row is None:
        return
    dialog = ReasonDialog(window.session, row, parent=window)
    if dialog.move_.count():
        dialog.exec()
    else:
        window.session.fail(PlanError(_("“{title}” has not moved.").format(title=row.title)))


def set_baseline(window: MainWindow) -> None:
    window.leave_field()
    if window.session.project is not None:
        SetBaselineDialog(window.session, window).exec()


def compact(window: MainWindow) -> None:
    """Makes the file smaller. What was done before can no longer be undone."""
    window.leave_field()
    session = window.session
    try:
        found = session.document.compact()
    except PlanError as error:
        session.fail(error)
        return
    window.actions_.refresh()
    entries = ngettext("{n} edit packed", "{n} edits packed", found.entries)
    sizes = _("{before} → {after} MB").format(
        before=number_text(found.before / MEGABYTE, 1), after=number_text(found.after / MEGABYTE, 1)
    )  # fmt: skip
    session.noticed.emit(f"{entries}; {sizes}")
