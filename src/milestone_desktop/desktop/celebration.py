"""A moment for a milestone that has just been reached: one quiet line, without motion, that offers a note and a card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from milestone_desktop.desktop.banner import Banner
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, party_sign
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus


class Celebration(QObject):
    """Watches the plan. wanted: whether the person wants it; open_card: shows the card of the milestone in hand."""

    def __init__(
        self, session: Session, banner: Banner, wanted: Callable[[], bool], open_card: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._banner = banner
        self._wanted = wanted
        self._open_card = open_card
        session.changed.connect(self._on_changed)

    def _on_changed(self, event: Changed) -> None:
        """An undo or a redo is no new achievement."""
        if event.line.undoes is not None or not self._wanted():
            return
        reached = [change.new for change in event.change_set.of(Milestone) if _is_new(change.old, change.new)]
        if reached:
            QTimer.singleShot(0, self, lambda: self._say(reached))  # after the window has put older sentences away

    def _say(self, reached: list[Milestone]) -> None:
        if len(reached) > 1:
            self._banner.say(party_sign() + ngettext("{n} milestone is reached.", "{n} milestones are reached.", len(reached)))
            return
        row = reached[0]
        self._banner.say(party_sign() + self._told(row))
        self._banner.offer([(_("Note, thanks and card…"), lambda: self._open(row.id))])

    def _told(self, row: Milestone) -> str:
        slip = self._session.facts.slip(row)
        if slip is None:
            return _("“{title}” is reached.").format(title=row.title)
        if slip == 0:
            return _("“{title}” is reached, on the day that was promised.").format(title=row.title)
        days = ngettext("{n} working day", "{n} working days", abs(slip))
        told = _("“{title}” is reached, {days} early.") if slip < 0 else _("“{title}” is reached, {days} after its target.")
        return told.format(title=row.title, days=days)

    def _open(self, row_id: int) -> None:
        if self._session.plan.get(Milestone, row_id) is not None:
            self._session.select([row_id])
            self._open_card()


def _is_new(old: Milestone | None, new: Milestone | None) -> bool:
    """Whether a milestone has just been reached; one that comes in reached already (an import) has not."""
    done = MilestoneStatus.COMPLETED
    return old is not None and new is not None and old.status is not done and new.status is done
