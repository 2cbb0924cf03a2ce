"""A moment for a milestone that was reached: what was achieved, who is to be thanked, and a card to share."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import LocaleDates, _, party_sign
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import gate_records
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.gates import Achievement
from milestone_desktop.domain.messages import N_
from milestone_desktop.reports.card import Card, achievement_card

PREVIEW_WIDTH = 514


class AchievementDialog(FormDialog):
    """The card is drawn from what is typed; it is saved as PNG or PDF, whatever the name ends in."""

    label = N_("Note what was achieved")

    def __init__(self, session: Session, milestone: Milestone, parent: QWidget | None = None) -> None:
        super().__init__(
            session, party_sign() + _("“{title}” is reached").format(title=milestone.title), _("Keep the note"), parent
        )
        self._milestone = milestone
        self.setMinimumWidth(560)
        there = next(iter(session.plan.where(Achievement, "milestone", milestone.id)), None)
        self.text = QPlainTextEdit(there.text if there is not None else "")
        self.text.setPlaceholderText(_("What was achieved, in a sentence or two"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(76)
        self.people = QLineEdit(", ".join(there.people if there is not None else self._proposal()))
        self.people.setPlaceholderText(_("Names, parted by commas"))
        self.preview = QLabel()
        self.preview.setObjectName("paper")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName(_("Preview of the card"))
        self.add(_("Achieved"), self.text)
        self.add(_("Thanks to"), self.people)
        self.preview.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # the paper ends where the card does
        self.form.addRow(self.preview)
        self.save = QPushButton(_("Save card…"))
        self.save.clicked.connect(self.ask_where)
        self.buttons.addButton(self.save, self.buttons.ButtonRole.ActionRole)
        self.done_button.setEnabled(not session.document.read_only)
        self.text.textChanged.connect(self._draw)
        self.people.editingFinished.connect(self._draw)
        self._draw()

    def write(self, edit: Edit) -> None:
        gate_records.note_achievement(edit, self._milestone.id, self.text.toPlainText(), self.names())

    def names(self) -> tuple[str, ...]:
        """Who is to be thanked."""
        return tuple(name.strip() for name in self.people.text().split(",") if name.strip())

    def card(self) -> Card:
        """The card as it stands."""
        return achievement_card(
            self.session.plan, self._milestone.id, self.text.toPlainText(), self.names(), translate=_, dates=LocaleDates()
        )

    def ask_where(self) -> None:
        """Asks for a file name and writes the card there."""
        proposal = str(Path.home() / f"{self._milestone.title.replace('/', '-')}.png")
        kinds = ";;".join((_("Pictures (*.png)"), _("PDF documents (*.pdf)")))
        name, chosen = QFileDialog.getSaveFileName(self, _("Save card"), proposal, kinds)
        if name:
            path = Path(name)
            if path.suffix.lower() not in (".png", ".pdf"):
                path = path.with_name(path.name + (".pdf" if "pdf" in chosen else ".png"))
            self.save_card(path)

    def save_card(self, path: Path) -> bool:
        """Writes the card as PDF or PNG, by what the name ends in."""
        card = self.card()
        try:
            path.write_bytes(card.pdf if path.suffix.lower() == ".pdf" else card.png)
        except OSError as error:
            self.complain(
                _("“{name}” could not be written: {reason}. Choose another folder.").format(name=path.name, reason=error.strerror)
            )
            return False
        self.complain("")
        self.session.noticed.emit(_("Saved as {name}").format(name=path.name))
        return True

    def _draw(self) -> None:
        picture = QPixmap()
        picture.loadFromData(self.card().png, "PNG")
        ratio = self.devicePixelRatioF()
        shown = picture.scaledToWidth(round(PREVIEW_WIDTH * ratio), Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self.preview.setPixmap(shown)

    def _proposal(self) -> list[str]:
        """The owner and everybody who worked on what counts for the milestone."""
        facts = self.session.facts
        names = [facts.person_name(self._milestone.owner)]
        names += [person.name for item in facts.items_of(self._milestone) for person in facts.assignees(item)]
        return [name for name in dict.fromkeys(names) if name]
