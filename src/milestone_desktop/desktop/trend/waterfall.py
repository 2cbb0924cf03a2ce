"""The waterfall on the screen: what led from a milestone's target to its date. Each step stands in the accessible text, too."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from milestone_desktop.chart.shapes import Scene
from milestone_desktop.chart.waterfall import ROW, Bar, waterfall_scene
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.desktop.words import _, day_text, instant_text, say, working_days_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.tracking.waterfall import Waterfall, waterfall

MOST = 14
"""Steps drawn one by one; earlier ones are added up in one."""


def waterfall_of(session: Session, milestone: int) -> Waterfall | None:
    """The waterfall of a milestone; None where it has no slip."""
    row = session.plan.get(Milestone, milestone)
    if row is None:
        return None
    return waterfall(session.plan, row, session.document.receipts(milestone), session.facts.times)


def bars_of(session: Session, found: Waterfall) -> list[Bar]:
    """The bars from the target to the date."""
    today = session.today()
    bars = [Bar(_("Target"), instant_text(found.target, today), 0, "")]
    steps = list(found.steps)
    if len(steps) > MOST:
        early, steps = steps[: len(steps) - MOST + 1], steps[len(steps) - MOST + 1 :]
        days = sum(step.days for step in early)
        bars.append(Bar(_("{count} earlier steps").format(count=len(early)), "", days, working_days_text(days)))
    for step in steps:
        note = " · ".join(filter(None, ("" if step.time is None else day_text(step.time.toordinal(), today), step.reason)))
        bars.append(Bar(say(step.text), note, step.days, working_days_text(step.days)))
    bars.append(Bar(_("Planned"), instant_text(found.date, today), found.total, working_days_text(found.total), total=True))
    return bars


class WaterfallView(QWidget):
    """Draws the steps of one milestone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.bars: list[Bar] = []
        self._inks = Inks(session.theme)
        self._scene: Scene | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Steps from the target to the date"))
        session.theme_changed.connect(self._recolour)

    def show_milestone(self, milestone: int) -> bool:
        """Shows the steps of a milestone; False where it has no slip."""
        found = waterfall_of(self.session, milestone)
        self.bars = [] if found is None else bars_of(self.session, found)
        self.setAccessibleDescription("; ".join(f"{bar.name} {bar.figure}".strip() for bar in self.bars))
        self.setVisible(found is not None)
        self.setFixedHeight(round(ROW * len(self.bars)) + 4)
        self._scene = None
        self.update()
        return found is not None

    def sizeHint(self) -> QSize:
        return QSize(320, round(ROW * len(self.bars)) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scene = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scene is None:
            self._scene = waterfall_scene(self.bars, self.width(), self._inks.measure)
        paint(painter, self._scene.shapes(), self._inks)

    def _recolour(self) -> None:
        self._inks = Inks(self.session.theme)
        self.update()
