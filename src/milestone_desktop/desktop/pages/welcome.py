"""The page of a workspace without projects: three clicks to a roadmap of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from milestone_desktop.desktop.commands import file_commands
from milestone_desktop.desktop.dialogs.new_project import next_monday
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.words import _, ngettext, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.templates import create_project as lay_out
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.templates import ProjectTemplate
from milestone_desktop.template_choice import all_templates

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

WIDTH = 980
CARD_HEIGHT = 68


class WelcomePage(Page):
    """Left a project from a template; right every other way to begin."""

    searchable = False

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.session)
        self._window = window
        self.templates = all_templates(window.session.plan)
        self.chosen: ProjectTemplate = self.templates[0]
        content = QWidget()
        content.setObjectName("page")
        content.setMaximumWidth(WIDTH)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 46, 24, 32)
        layout.setSpacing(6)
        layout.addWidget(_label(_("When will you reach your milestones?"), "headline"))
        layout.addWidget(
            _label(
                _("Choose what your project is like, give it a name and a first day. Everything can be changed later."), "muted"
            )
        )
        layout.addSpacing(20)
        columns = QHBoxLayout()
        columns.setSpacing(44)
        columns.addLayout(self._new_side(), 3)
        columns.addLayout(self._other_side(), 2)
        layout.addLayout(columns)
        layout.addStretch(1)
        middle = QWidget()
        middle.setObjectName("page")
        centred = QHBoxLayout(middle)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(content, 100)
        centred.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Welcome"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._choose(self.chosen)
        self._offer()
        self.setFocusProxy(self.title)

    def create_project(self) -> None:
        """Makes the project from what is chosen and typed."""
        try:
            kickoff = self.kickoff.day()
            if not self.title.text().strip():
                raise PlanError(N_("A project needs a title."))
            if kickoff is None:
                raise PlanError(N_("A project needs a kickoff day."), N_("Dates of the template count from it."))
            made: list[int] = []

            def make(edit: Edit) -> None:
                key = self.key.text().strip().upper() or None
                made.append(lay_out(edit, self.chosen, self.title.text(), kickoff, key=key).id)

            with self.session.edit(N_("Add project")) as edit:
                make(edit)
        except PlanError as error:
            self._complain(say_error(error))
            return
        self._complain("")
        self.session.show_project(made[0])

    def _new_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(_label(_("New project"), "section"))
        self._buttons: list[QPushButton] = []
        for template in self.templates:
            button = _card(template)
            button.setAccessibleName(_(template.title))
            button.setAccessibleDescription(_(template.summary))
            button.clicked.connect(self._chooser(template))
            self._buttons.append(button)
            side.addWidget(button)
        side.addSpacing(10)
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("What the project is called"))
        self.title.returnPressed.connect(self.create_project)
        self.kickoff = DateField(self.session.today())
        self.kickoff.show_day(next_monday(self.session.today()))
        self.kickoff.returnPressed.connect(self.create_project)
        self.key = QLineEdit()
        self.key.setPlaceholderText(_("from the title"))
        self.key.returnPressed.connect(self.create_project)
        row = QHBoxLayout()
        row.setSpacing(10)
        for text, field, stretch in ((_("Title"), self.title, 4), (_("Kickoff"), self.kickoff, 2), (_("Key"), self.key, 2)):
            field.setAccessibleName(text)
            pair = QVBoxLayout()
            pair.setSpacing(3)
            pair.addWidget(_label(text, "faint"))
            pair.addWidget(field)
            row.addLayout(pair, stretch)
        side.addLayout(row)
        self.error = _label("", "error")
        self.error.setAccessibleDescription(_("What is wrong"))
        self.error.hide()
        side.addWidget(self.error)
        self.create_button = QPushButton(_("Create project"))
        self.create_button.setProperty("primary", True)
        self.create_button.clicked.connect(self.create_project)
        last = QHBoxLayout()
        last.setContentsMargins(0, 6, 0, 0)
        last.addWidget(self.create_button)
        last.addStretch(1)
        side.addLayout(last)
        side.addStretch(1)
        return side

    def _other_side(self) -> QVBoxLayout:
        window, icons = self._window, self.session.icons
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(_label(_("Or begin with"), "section"))
        ways: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (_("Paste a list of milestones…"), "clipboard-paste", lambda: file_commands.paste_list(window)),
            (_("Import a project…"), "file-input", lambda: file_commands.import_project(window)),
            (_("Look at a sample"), "eye", lambda: window.program.open_sample()),
            (_("Open a workspace…"), "folder-open", lambda: file_commands.open_workspace(window)),
        )
        self.ways: list[QPushButton] = []
        for text, icon, function in ways:
            self.ways.append(_way(text, function))
            self.ways[-1].setIcon(icons.icon(icon))
            side.addWidget(self.ways[-1])
        recent = [path for path in window.settings.recent_files() if path != window.path]
        if recent:
            side.addSpacing(16)
            side.addWidget(_label(_("Recent workspaces"), "section"))
        for path in recent[:6]:
            button = _way(path.stem, self._opener(path))
            button.setToolTip(str(path))
            button.setIcon(icons.icon("file-text"))
            side.addWidget(button)
        side.addStretch(1)
        return side

    def _opener(self, path: Path) -> Callable[[], None]:
        return lambda: self._window.program.open_workspace(path)

    def _chooser(self, template: ProjectTemplate) -> Callable[[], None]:
        def choose() -> None:
            self._choose(template)
            self.title.setFocus()

        return choose

    def _choose(self, template: ProjectTemplate) -> None:
        self.chosen = template
        self._buttons[self.templates.index(template)].setChecked(True)

    def _complain(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def _offer(self) -> None:
        """A workspace that is only read takes no new project."""
        writable = not self.session.document.read_only
        for widget in (self.create_button, self.title, self.kickoff, self.key, *self._buttons, *self.ways[:2]):
            widget.setEnabled(writable)


def _card(template: ProjectTemplate) -> QPushButton:
    """A button with a title, how many milestones there will be, and what the template is for."""
    button = QPushButton()
    button.setProperty("card", True)
    button.setCheckable(True)
    button.setAutoExclusive(True)
    milestones = sum(activity.kind is not None for activity in template.activities)
    title = QLabel(_(template.title))
    title.setProperty("strong", True)
    count = QLabel(ngettext("{n} milestone", "{n} milestones", milestones) if milestones else "")
    count.setProperty("faint", True)
    told = _label(_(template.summary), "muted")
    first = QHBoxLayout()
    first.addWidget(title)
    first.addStretch(1)
    first.addWidget(count)
    layout = QVBoxLayout(button)
    layout.setContentsMargins(14, 9, 14, 10)
    layout.setSpacing(3)
    layout.addLayout(first)
    layout.addWidget(told)
    for label in (title, count, told):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    button.setMinimumHeight(CARD_HEIGHT)
    return button


def _label(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setProperty(look, True)
    label.setWordWrap(True)
    return label


def _way(text: str, function: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("quiet", True)
    button.setProperty("way", True)
    button.setIconSize(QSize(18, 18))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda: function())
    return button
