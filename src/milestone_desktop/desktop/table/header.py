"""The header over the roadmap's table: column titles, and below them the words beside the milestone lane."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from milestone_desktop.desktop.table.look import TEXT_MARGIN, Look
from milestone_desktop.desktop.words import _


class RoadmapHeader(QHeaderView):
    """As high as the timeline's two header lines and its lane together, so that rows stand level on both sides."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._titles = 46
        self._lane = 0
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(40)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(_("Columns of the roadmap"))

    def set_heights(self, titles: int, lane: int) -> None:
        """titles: px of the column titles; lane: px of the milestone lane beneath them."""
        if (titles, lane) != (self._titles, self._lane):
            self._titles, self._lane = titles, lane
            self.setFixedHeight(titles + lane)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._titles + self._lane)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = self._look
        width = self.viewport().width()
        painter.fillRect(0, 0, width, self._titles, look.header)
        painter.fillRect(0, self._titles, width, self._lane, look.lane)
        self._paint_titles(painter)
        painter.setPen(look.hairline)
        painter.drawLine(0, self._titles - 1, width, self._titles - 1)
        painter.drawLine(0, self._titles + self._lane - 1, width, self._titles + self._lane - 1)
        self._paint_lane_words(painter, width)

    def _paint_titles(self, painter: QPainter) -> None:
        font = QFont(self._look.small)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._look.muted))
        for visual in range(self.count()):
            section = self.logicalIndex(visual)
            if self.isSectionHidden(section):
                continue
            words = str(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
            align = int(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole))
            gap = 2 if align & int(Qt.AlignmentFlag.AlignRight) else TEXT_MARGIN
            box = QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self._titles - 8)
            box.adjust(gap, 0, -TEXT_MARGIN if gap == 2 else 0, 0)
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, align | int(Qt.AlignmentFlag.AlignBottom), words)

    def _paint_lane_words(self, painter: QPainter, width: int) -> None:
        if self._lane < 20:
            return
        painter.setFont(self._look.small)
        painter.setPen(self._look.muted)
        box = QRect(TEXT_MARGIN, self._titles, width - TEXT_MARGIN, self._lane)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), _("All milestones on one line"))
