"""What is told when a workspace is opened for which this version would compute other dates: nothing moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.moves import MovesDialog
from milestone_desktop.desktop.session import Listed
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.document.operations import modes
from milestone_desktop.document.recompute import differences
from milestone_desktop.document.trial import Trial, trial_of_moves
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def tell_differences(window: MainWindow) -> None:
    """Says how many dates would be computed otherwise, and offers to look at them, to take them over, or to leave them."""
    session = window.session
    if not window.isVisible():
        return
    session.look_for_differences()
    if not session.outstanding:
        return
    text = ngettext(
        "This version would compute {n} date otherwise than it stands in the file. Nothing has moved.",
        "This version would compute {n} dates otherwise than they stand in the file. Nothing has moved.",
        len(session.outstanding),
    )
    window.differing.say(text)
    ways = [(_("Show…"), lambda: _show(window))]
    if not session.document.read_only:
        ways.append((_("Take them over"), lambda: _take_over(window)))
    window.differing.offer([*ways, (_("Leave"), window.differing.hide)])


def _show(window: MainWindow) -> None:
    writable = not window.session.document.read_only
    told = _("As they stand in the file, and as this version computes them. Nothing has moved.")
    taken = _("Take them over") if writable else None
    if MovesDialog(window.session, _trial(window), told=told, taken=taken, parent=window).exec() and writable:
        _take_over(window)


def _take_over(window: MainWindow) -> None:
    if window.session.attempt(N_("Take over the computed dates"), modes.take_computed_dates, listed=Listed.SHOWN):
        window.differing.hide()


def _trial(window: MainWindow) -> Trial:
    session = window.session
    return trial_of_moves(session.plan, differences(session.plan, session.document.schedule()))
