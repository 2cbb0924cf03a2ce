"""The gate of a milestone: what it asks for, what of it is met, and where to go for what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.layouts import delete_item
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, say
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.domain.completion import Condition

MOST_POINTS = 6


class GateList(QWidget):
    """One line a condition that is met (✓), one a point that is still open (○). go: brings one to the place of the
    condition's open point of a number."""

    def __init__(self, session: Session, go: Callable[[Condition, int], bool] | None = None) -> None:
        super().__init__()
        self._session = session
        self._go = go
        self._shown: tuple[Condition, ...] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 2, 0, 2)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(5)
        self.grid.setColumnStretch(1, 1)

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Shows these conditions, the open ones first."""
        wanted = tuple(conditions)
        if wanted == self._shown:
            return
        self._shown = wanted
        while self.grid.count():
            delete_item(self.grid.takeAt(0))
        row = 0
        for condition in sorted(wanted, key=lambda one: not one.open):
            if not condition.open:
                row = self._line(row, "✓", say(condition.text), _("met"))
                continue
            for number, point in enumerate(condition.open[:MOST_POINTS]):
                row = self._line(row, "○", say(point), _("open"), condition, number)
            if len(condition.open) > MOST_POINTS:
                more = len(condition.open) - MOST_POINTS
                row = self._line(row, "", _("and {count} more").format(count=more), _("open"))
        if not wanted:
            self._line(row, "✓", _("It asks for nothing: a date is enough."), _("met"))

    def _line(self, row: int, sign: str, text: str, state: str, condition: Condition | None = None, number: int = 0) -> int:
        mark, told = QLabel(sign), WrappedText(text[:1].upper() + text[1:])
        mark.setProperty("gate", state == _("met"))
        mark.setAccessibleName(state)
        told.setProperty("gate", state == _("met"))
        told.setAccessibleName(f"{text}, {state}")
        self.grid.addWidget(mark, row, 0)
        self.grid.addWidget(told, row, 1)
        if condition is not None and self._go is not None:
            go, function = QPushButton(_("Go")), self._go
            go.setProperty("quiet", True)
            go.setAccessibleName(_("Go to: {text}").format(text=text))
            go.clicked.connect(lambda: function(condition, number))
            self.grid.addWidget(go, row, 2)
        return row + 1
