"""The line that says that what is shown is only tried out, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import SCENARIO_OF, is_scenario


class ScenarioBar(QWidget):
    """Shown above the pages of a scenario. actions: what its buttons do, named after them."""

    def __init__(self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scenario")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._icon = QLabel()
        self.label = QLabel()
        self.label.setAccessibleDescription(_("Scenario"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 6, 5)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self.label, 1)
        self.buttons: dict[str, QPushButton] = {}
        for text, action in actions.items():
            button = QPushButton(text)
            button.setAccessibleName(action.text().removesuffix("…"))
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            button.setEnabled(action.isEnabled())
            layout.addWidget(button)
            self.buttons[text] = button
        session.project_changed.connect(self.refresh)
        session.changed.connect(self.refresh)
        session.theme_changed.connect(self._recolour)
        self._recolour()
        self.refresh()

    def refresh(self) -> None:
        """Says of which project the scenario in hand is one; hidden where there is none."""
        project = self._session.project
        shown = project is not None and is_scenario(project)
        self.setVisible(shown)
        if project is not None and shown:
            original = self._session.plan.get(Project, project.extra[SCENARIO_OF])
            self.label.setText(
                _("Scenario of {key}: nothing here counts until it is applied.").format(
                    key=original.key if original is not None else "—"
                )
            )

    def _recolour(self) -> None:
        self._icon.setPixmap(self._session.icons.pixmap("flask-conical", "trial", 16, self.devicePixelRatioF()))
