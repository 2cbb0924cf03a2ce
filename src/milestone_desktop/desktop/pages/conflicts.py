"""Conflicts: links that dates break, and loops, each with remedies that a figure key takes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.problems import Problem, link_text, problems, told, too_early, ways_out
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, say
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.operations.conflicts import Remedy
from milestone_desktop.domain.activities import Activity, Dependency


class ConflictsPage(Page):
    """The list above; below it the conflict in hand in a sentence, and its remedies: 1 to 9 or Enter for the first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._problems: dict[int, Problem] = {}
        self.remedies: list[Remedy] = []
        self.buttons: list[QPushButton] = []
        self.table = RecordTable(session, self._columns(), self._problems.get, _("Conflicts"))
        self.empty = QLabel(_("No conflicts: every link is kept, and there is no loop."))
        self.empty.setProperty("muted", True)
        self.empty.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence = WrappedText()
        self.sentence.setProperty("strong", True)
        self.sentence.setAccessibleDescription(_("The conflict in hand"))
        self.hint = QLabel(_("Press the figure of a remedy, or Enter for the first. Each is one edit that Undo takes back."))
        self.hint.setProperty("muted", True)
        self.hint.setWordWrap(True)
        self.below = QWidget()
        self._layout = QVBoxLayout(self.below)
        self._layout.setContentsMargins(18, 12, 18, 16)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.sentence)
        self._layout.addWidget(self.hint)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for widget, stretch in ((self.table, 1), (self.empty, 1), (self.below, 0)):
            body.addWidget(widget, stretch)
        self.setFocusProxy(self.table)
        self.table.picked.connect(self._show_problem)
        self.table.chosen.connect(lambda: self.take(0))
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_changed)

    def enter(self) -> None:
        self.reload()

    def set_filter(self, text: str) -> None:
        super().set_filter(text)
        self.table.search(text)

    def rows_text(self) -> str:
        return ngettext("{n} conflict", "{n} conflicts", len(self._problems))

    def reload(self) -> None:
        """Lists what is wrong now; the row in hand stays where it is, so that the next conflict comes under the keys."""
        self._problems.clear()
        self._problems.update({problem.id: problem for problem in problems(self.session)})
        self.table.setVisible(bool(self._problems))
        self.setFocusProxy(self.table if self._problems else self.empty)
        self.below.setVisible(bool(self._problems))
        self.empty.setVisible(not self._problems)
        self.table.show_records(self._problems)
        self.rows_changed.emit()

    def take(self, number: int) -> None:
        """Applies a remedy, counted from 0."""
        if 0 <= number < len(self.remedies) and not self.session.document.read_only:
            self.session.apply(self.remedies[number])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 take a remedy."""
        if event.text().isdecimal() and event.text() != "0":
            self.take(int(event.text()) - 1)
            return
        super().keyPressEvent(event)

    def _on_changed(self) -> None:
        if self.isVisible():
            self.reload()

    def _show_problem(self) -> None:
        problem = self._problems.get(self.table.hand or 0)
        self.sentence.setText("" if problem is None else told(self.session, problem))
        self.remedies = [] if problem is None else ways_out(self.session, problem)
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(number, remedy) for number, remedy in enumerate(self.remedies)]
        if problem is not None and self.isVisible():
            self.session.select([problem.activity])

    def _button(self, number: int, remedy: Remedy) -> QPushButton:
        text = _("{number}   {remedy}").format(number=number + 1, remedy=say(remedy.label))
        button = QPushButton(text.replace("&", "&&"))
        button.setProperty("way", True)
        button.setAutoDefault(True)
        button.setEnabled(not self.session.document.read_only)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self.take, number))
        self._layout.insertWidget(self._layout.count() - 1, button)
        return button

    def _columns(self) -> tuple[Column, ...]:
        session = self.session

        def row(problem: Problem) -> Activity | None:
            return session.plan.activity(problem.activity)

        def before(problem: Problem) -> str:
            conflict = problem.conflict
            found = None if conflict is None else session.plan.activity(conflict.predecessor)
            return found.title if found is not None else ngettext("loop of {n} row", "loop of {n} rows", len(problem.loop))

        def link(problem: Problem) -> str:
            found = session.plan.get(Dependency, problem.conflict.dependency) if problem.conflict is not None else None
            return "" if found is None else link_text(session, found)

        return (
            Column("title", _("Activity"), 220, lambda problem: found.title if (found := row(problem)) is not None else "",
                   Look.TITLE, raw=row, tip=lambda problem: told(session, problem)),
            Column("before", _("Its link from"), 240, before),
            Column("link", _("Link"), 110, link, Look.MUTED),
            Column("early", _("Too early by"), 110, lambda problem: too_early(session, problem) or "—", right=True,
                   order=lambda problem: None if problem.conflict is None else problem.conflict.minutes),
        )  # fmt: skip
