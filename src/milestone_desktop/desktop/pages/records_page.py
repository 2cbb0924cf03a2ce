"""A page that is a table of records other than activities: its selection is its own, buttons stand below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.document.edit import Edit


class RecordsPage(TablePage):
    """chosen: ids of the selected records; hand: that in hand."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.chosen: tuple[int, ...] = ()
        self.hand: int | None = None
        self._buttons: list[tuple[QPushButton, Callable[[], bool], bool]] = []
        self.strip = QHBoxLayout()
        self.strip.setContentsMargins(18, 10, 18, 12)
        self.strip.setSpacing(8)
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        self.strip.addWidget(self.told, 1)
        self.body.addLayout(self.strip)

    def button(
        self, text: str, function: Callable[[], object], enabled: Callable[[], bool] | None = None, *, writes: bool = True
    ) -> QPushButton:
        """Adds a button before the words of the strip. enabled: asked whenever the selection or the plan changes; writes: it
        is off where the workspace is only read."""
        made = QPushButton(text)
        made.clicked.connect(lambda: function())
        self.strip.insertWidget(self.strip.count() - 1, made)
        self._buttons.append((made, enabled if enabled is not None else lambda: True, writes))
        return made

    def offer(self) -> None:
        """Asks of each button whether it makes sense now."""
        writable = not self.session.document.read_only
        for button, enabled, writes in self._buttons:
            button.setEnabled((writable or not writes) and enabled())

    def has_chosen(self) -> bool:
        return bool(self.chosen)

    def for_each(self, label: str, function: Callable[[Edit, int], object]) -> bool:
        """One edit over the selected records."""
        chosen = self.chosen

        def act(edit: Edit) -> None:
            for row_id in chosen:
                function(edit, row_id)

        return self.session.attempt(label, act)

    def pick(self, ids: list[int], current: int | None) -> None:
        self.chosen, self.hand = tuple(ids), current
        self.offer()

    def picked(self) -> tuple[tuple[int, ...], int | None]:
        return self.chosen, self.hand

    def reload(self) -> None:
        super().reload()
        self.offer()

    def shown_projects(self) -> Iterable[int]:
        """The project shown, or all of them."""
        if self.session.project_id is not None:
            return [self.session.project_id]
        return [project.id for project in self.session.facts.projects()]
