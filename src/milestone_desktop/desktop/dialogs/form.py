"""A dialog of labelled fields that says inline what is wrong and closes only when its edit has worked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.remedy_buttons import RemedyButtons
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.spoken import name_beside
from milestone_desktop.desktop.words import _, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.messages import PlanError


class FormDialog(Dialog):
    """Fields above two buttons. A dialog says in `write` what its edit does, and in `listed` which of the dates that it moves
    are listed first. `write` may be run twice."""

    label = ""
    listed = Listed.ELSEWHERE

    def __init__(self, session: Session, title: str, done: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        heading = QLabel(title)
        heading.setProperty("heading", True)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(10)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.error = QLabel()
        self.error.setProperty("error", True)
        self.error.setWordWrap(True)
        self.error.setAccessibleDescription(_("What is wrong"))
        self.error.hide()
        self.ways_out = RemedyButtons(session)
        self.ways_out.applied.connect(self._leave)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.done_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.done_button.setText(done)
        self.done_button.setProperty("primary", True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addLayout(self.form)
        layout.addWidget(self.error)
        layout.addWidget(self.ways_out)
        layout.addStretch(1)
        layout.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is in the first field, unless the dialog has put it elsewhere."""
        super().showEvent(event)
        if self.focusWidget() is None or isinstance(self.focusWidget(), QPushButton):
            items = (self.form.itemAt(row, QFormLayout.ItemRole.FieldRole) for row in range(self.form.rowCount()))
            fields = (item.widget() for item in items if item is not None)
            for field in fields:
                if field is not None and field.isEnabled() and field.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    field.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    def add(self, text: str, field: QWidget) -> None:
        """Adds a labelled field."""
        label = QLabel(text)
        label.setProperty("muted", True)
        label.setBuddy(field)
        name_beside(field, text)
        self.form.addRow(label, field)

    def write(self, edit: Edit) -> None:
        """Makes the dialog's edit; may raise PlanError."""

    def accept(self) -> None:
        """Closes where the edit worked; else says why it did not."""
        if self.try_(self._edit):
            super().accept()

    def try_(self, action: Callable[[], object]) -> bool:
        """Does something and shows below the fields what a person can mend. False then, and where the action says so."""
        try:
            done = action()
        except PlanError as error:
            self.tell(error)
            self.ways_out.offer(self.session.remedies(error))
            return False
        self.complain("")
        self.ways_out.offer(())
        return done is not False

    def tell(self, error: PlanError) -> None:
        """Shows below the fields what a person can mend."""
        self.complain(say_error(error))

    def complain(self, text: str) -> None:
        """Shows a sentence below the fields; "" takes it away."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        if self.isVisible():
            self.make_room()

    def make_room(self) -> None:
        """Words that are wrapped need more height than Qt reckons with by itself: it would push the fields into each other."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
            if wanted > self.height():
                self.resize(self.width(), wanted)
        super().make_room()

    def _leave(self) -> None:
        """A remedy has done what was asked for, in another way."""
        super().accept()

    def _edit(self) -> bool:
        return self.session.perform(self.label, self.write, listed=self.listed)
