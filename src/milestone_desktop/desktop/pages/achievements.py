"""The achievements of a project: every milestone reached, what was achieved with it, and who is to be thanked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from milestone_desktop.desktop.dialogs.achievement import AchievementDialog
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.pages.milestones import MilestonesPage, milestone_columns
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.gates import Achievement


class AchievementsPage(MilestonesPage):
    """The reached milestones, the latest first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, achievement_columns(session), _("Achievements"))
        self.note = QPushButton(_("Note and thanks…"))
        self.card = QPushButton(_("Card to share…"))
        strip = QHBoxLayout()
        strip.setContentsMargins(18, 10, 18, 12)
        strip.setSpacing(8)
        for button in (self.note, self.card):
            button.clicked.connect(self.open_dialog)
            strip.addWidget(button)
        strip.addStretch(1)
        self.body.addLayout(strip)
        session.selection_changed.connect(self._offer)
        self._offer()

    def ids(self) -> Iterable[int]:
        plan = self.session.plan
        rows = [plan[Milestone, row_id] for row_id in super().ids()]
        reached = [row for row in rows if row.status is MilestoneStatus.COMPLETED]
        return [row.id for row in sorted(reached, key=lambda row: (-(row.actual_finish or 0), row.id))]

    def reorders(self, event: Changed) -> bool:
        return any(True for _change in event.change_set.of(Milestone, Achievement)) or super().reorders(event)

    def empty_text(self) -> str:
        return _("No milestone is reached yet. The first one will stand here.")

    def open_dialog(self) -> None:
        """Note, people and card of the milestone in hand."""
        row = self.session.plan.get(Milestone, self.session.current)
        if row is not None and row.status is MilestoneStatus.COMPLETED:
            AchievementDialog(self.session, row, self).exec()

    def _offer(self) -> None:
        row = self.session.plan.get(Milestone, self.session.current)
        reached = row is not None and row.status is MilestoneStatus.COMPLETED
        self.card.setEnabled(reached)
        self.note.setEnabled(reached and not self.session.document.read_only)


def achievement_columns(session: Session) -> tuple[Column, ...]:
    """The columns of achievements."""
    known = {column.id: column for column in milestone_columns(session)}
    plan, today = session.plan, session.today

    def achievement(row: Milestone) -> Achievement | None:
        return next(iter(plan.where(Achievement, "milestone", row.id)), None)

    def note(row: Milestone) -> str:
        there = achievement(row)
        return there.text if there is not None else ""

    def people(row: Milestone) -> tuple[str, ...]:
        there = achievement(row)
        return there.people if there is not None else ()

    return (
        Column("reached", _("Reached"), 110, lambda row: instant_text(row.actual_finish, today()),
               order=lambda row: row.actual_finish),
        known["title"],
        known["project"],
        known["slip"],
        Column("note", _("What was achieved"), 380, note, tip=note),
        Column("people", _("Thanks to"), 300, lambda row: ", ".join(people(row)), Look.PILLS, raw=people),
    )  # fmt: skip
