"""Draws what a cell says, by the look of its column. Every table of the program draws its cells with this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.desktop.models.columns import Look
from milestone_desktop.desktop.signs import HEALTH_TOKENS, draw_group, draw_item, draw_milestone, draw_tick_box, draw_track
from milestone_desktop.desktop.table.faces import Face
from milestone_desktop.desktop.table.look import ICON, ROW_HEIGHT, TEXT_MARGIN, TRIANGLE, TableLook
from milestone_desktop.desktop.table.pictures import Pictures
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import Health, MilestoneKind, MilestoneStatus, StateGroup

MIDDLE = ROW_HEIGHT // 2
TRACK_WIDTH = 44
TRACK_HEIGHT = 5
STATUS_SIGN = 18
PILL_HEIGHT = 18
PILL_GAP = 4
PILL_PADDING = 14
SHARE_MARGIN = 6
GRIP = 8
"""Width of the grip at the left edge of a row, by which it is dragged."""

SIGN = 16
"""Side of the picture of a sign; what it shows is smaller."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands before a title. kind: of a milestone, None for a work item; done: the milestone is completed."""

    kind: MilestoneKind | None
    done: bool = False


def sign_of(record: Any) -> Sign:
    """The sign of a milestone, or of anything else."""
    if isinstance(record, Milestone):
        return Sign(record.kind, record.status is MilestoneStatus.COMPLETED)
    return Sign(None)


Draw = Callable[[int, int, int, str, Any, bool, bool], None]
"""Draws a cell: x, y and width in px, its text, what its look draws, whether its row is selected and whether it stands for
the rows beneath it."""


def triangle_box(left: float, top: float, indent: float) -> QRectF:
    """Where the expander of a row stands whose cell begins at `left`, `top`; indent: px that its level takes."""
    return QRectF(left + TEXT_MARGIN + indent, top, TRIANGLE, ROW_HEIGHT)


def share_box(look: TableLook, right: float, top: float, words: str) -> QRectF:
    """Where `2/5` stands in the cell of a title that ends at `right`."""
    width = look.small.metrics.horizontalAdvance(words) + 2 * SHARE_MARGIN
    return QRectF(right - width, top, width, ROW_HEIGHT)


def track_width(width: float) -> int:
    """How long the bar of a progress cell of a width is."""
    return int(max(8, min(TRACK_WIDTH, width - 50)))


def track_box(box: QRectF) -> QRectF:
    """Where the bar of a progress cell stands."""
    return QRectF(box.left() + TEXT_MARGIN, box.center().y() - TRACK_HEIGHT / 2, track_width(box.width()), TRACK_HEIGHT)


class CellPainter:
    """One function for each look; `drawing` chooses. `begin` says which painter they draw with; until `end` its font and
    pen are set by nobody else, so that they are changed only where the next text needs others."""

    def __init__(self, look: TableLook) -> None:
        self._look = look
        self._pictures = Pictures()
        self._painter = QPainter()
        self._face: Face | None = None
        self._colour: QColor | None = None
        self._by_look: dict[Look, Draw] = {
            Look.MUTED: self._muted,
            Look.STATUS: self._status,
            Look.PROGRESS: self._progress,
            Look.PILLS: self._pills,
            Look.HEALTH: self._health,
            Look.SLIP: self._slip,
            Look.DATE: self._date,
            Look.CHECK: self._check,
            Look.TICK: self._tick,
            Look.TONED: self._toned,
            Look.CRITICAL: self._critical,
        }

        self._by_look_at_right = {**self._by_look, Look.MUTED: self._muted_at_right, Look.TONED: self._toned_at_right}

    def begin(self, painter: QPainter) -> None:
        """From here on cells are drawn with `painter`."""
        self._painter, self._face, self._colour = painter, None, None
        self._pictures.begin(painter, self._look.theme)

    def drawing(self, look: Look, *, right: bool = False) -> Draw:
        """What draws the cells of a look, titles aside. right: plain words stand at the right edge."""
        if right:
            return self._by_look_at_right.get(look, self._figure)
        return self._by_look.get(look, self._plain)

    def title(self, x: int, y: int, width: int, words: str, sign: Sign | None, *, selected: bool, strong: bool = False) -> None:
        """Sign and title of a row; x: where the sign begins."""
        end = x + width - 4
        if sign is not None:
            self._sign(x, y, sign)
            x += ICON
        if words:
            look = self._look
            face = look.strong if strong else look.normal
            self._take(face, look.selected_text if selected else look.text)
            self._painter.drawText(QPointF(x, y + MIDDLE + face.baseline), in_its_direction(face.fitting(words, end - x)))

    def share(self, end: int, y: int, words: str, *, selected: bool) -> int:
        """`2/5`, before an x; returns where it begins."""
        look = self._look
        box = share_box(look, end, y, words)
        self._take(look.small, look.selected_text if selected else look.muted)
        self._painter.drawText(QPointF(box.left() + SHARE_MARGIN, y + MIDDLE + look.small.baseline), words)
        return int(box.left())

    def expander(self, x: int, y: int, *, expanded: bool) -> None:
        """The triangle that folds and unfolds a row."""
        corners = ((-4, -2.5), (4, -2.5), (0, 3)) if expanded else ((-2.5, -4), (3, 0), (-2.5, 4))

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.muted)
            painter.drawPolygon(QPolygonF([QPointF(6 + dx, 8 + dy) for dx, dy in corners]))

        self._pictures.put(("expander", expanded), x, y + 8, SIGN, SIGN, draw)

    def grip(self, x: int, y: int) -> None:
        """Six dots at the left edge of the row under the pointer."""

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.muted)
            for dot_x in (3.0, 6.5):
                for dot_y in (4.0, 8.0, 12.0):
                    painter.drawEllipse(QPointF(dot_x, dot_y), 1.1, 1.1)

        self._pictures.put("grip", x, y + 8, SIGN, SIGN, draw)

    # the looks

    def _plain(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        self._words(x + TEXT_MARGIN, y, width - TEXT_MARGIN - 4, text, selected)

    def _figure(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look = self._look
        self._right(x + 4, y, width - 4 - TEXT_MARGIN, text, look.figures, look.selected_text if selected else look.text)

    def _muted(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        self._left(x + TEXT_MARGIN, y, width - TEXT_MARGIN - 4, text, self._look.normal, self._look.muted)

    def _muted_at_right(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        self._right(x + 4, y, width - 4 - TEXT_MARGIN, text, self._look.figures, self._look.muted)

    def _status(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        if isinstance(raw, StateGroup):
            self._group(x + TEXT_MARGIN, y, raw)
        self._words(x + TEXT_MARGIN + STATUS_SIGN, y, width - TEXT_MARGIN - STATUS_SIGN - 4, text, selected)

    def _progress(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        if not text:
            return
        look = self._look
        if raw is not None:
            length = track_width(width)

            def draw(painter: QPainter) -> None:
                draw_track(painter, QRectF(0, 0.5, length, TRACK_HEIGHT), raw, look.theme)

            self._pictures.put((raw, length), x + TEXT_MARGIN, y + 13, length, TRACK_HEIGHT + 1, draw)
        face = look.strong_figures if strong else look.figures
        inset = TEXT_MARGIN + TRACK_WIDTH + 8
        self._left(x + inset, y, width, "—" if raw is None else str(raw), face, look.muted)

    def _date(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look = self._look
        face, colour = (look.strong_figures, look.text) if strong else (look.figures, look.muted)
        self._right(x + 2, y, width - 2 - TEXT_MARGIN, text, face, colour)

    def _health(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look = self._look
        health = raw if isinstance(raw, Health) else Health.NONE
        face = look.strong if health in (Health.LATE, Health.AT_RISK) else look.normal
        self._left(x + TEXT_MARGIN, y, width - TEXT_MARGIN - 4, text, face, look.theme.color(HEALTH_TOKENS[health]))

    def _slip(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look = self._look
        late = isinstance(raw, int) and raw > 0
        face, colour = (look.strong_figures, look.slip) if late else (look.figures, look.muted)
        self._right(x + 2, y, width - 2 - TEXT_MARGIN, text, face, colour)

    def _check(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        if raw:
            self._status(x, y, width, text, StateGroup.DONE, selected, strong)

    def _tick(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        def draw(painter: QPainter) -> None:
            draw_tick_box(painter, QPointF(8, 8), self._look.theme, done=bool(raw), enabled=True)

        self._pictures.put(("tick", bool(raw)), x + TEXT_MARGIN, y + 8, SIGN, SIGN, draw)

    def _toned(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look = self._look
        face = look.normal if raw in (None, "text", "text-muted") else look.strong
        self._left(x + TEXT_MARGIN, y, width - TEXT_MARGIN - 4, text, face, look.theme.color(raw or "text"))

    def _toned_at_right(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look = self._look
        face = look.figures if raw in (None, "text", "text-muted") else look.strong_figures
        self._right(x + 4, y, width - 4 - TEXT_MARGIN, text, face, look.theme.color(raw or "text"))

    def _critical(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        """A red bar beside the word, as thick as the outline of a critical bar in the timeline."""
        if raw:
            self._painter.fillRect(x + TEXT_MARGIN, y + MIDDLE - 6, 3, 12, self._look.critical)
            self._words(x + TEXT_MARGIN + 10, y, width - TEXT_MARGIN - 14, text, selected)

    def _pills(self, x: int, y: int, width: int, text: str, raw: Any, selected: bool, strong: bool) -> None:
        look, pills = self._look, raw or ()
        left, end, face = x + TEXT_MARGIN, x + width - 6, look.small
        for number, words in enumerate(pills):
            rest = len(pills) - number - 1
            room = end - left - (24 if rest else 0)
            line = face.line(words, 10_000)
            taken = round(line.width) + PILL_PADDING
            if taken > room:
                if number and room < 40:
                    self._left(left, y, end - left, f"+{rest + 1}", face, look.muted)
                    return
                line = face.line(words, max(10, room - PILL_PADDING))
                taken = round(line.width) + PILL_PADDING
            self._pill(left, y + (ROW_HEIGHT - PILL_HEIGHT) // 2, taken)
            self._take(face, look.pill_text)
            place = QPointF(left + (taken - line.width) / 2, y + (ROW_HEIGHT - line.height) / 2)
            self._painter.drawStaticText(place, line.text)
            left += taken + PILL_GAP

    # texts

    def _words(self, x: int, y: int, width: int, words: str, selected: bool) -> None:
        look = self._look
        self._left(x, y, width, words, look.normal, look.selected_text if selected else look.text)

    def _left(self, x: int, y: int, width: int, words: str, face: Face, colour: QColor) -> None:
        if words:
            line = face.line(words, width)
            self._take(face, colour)
            self._painter.drawStaticText(QPointF(x, y + (ROW_HEIGHT - line.height) / 2), line.text)

    def _right(self, x: int, y: int, width: int, words: str, face: Face, colour: QColor) -> None:
        if words:
            line = face.line(words, width)
            self._take(face, colour)
            self._painter.drawStaticText(QPointF(x + width - line.width, y + (ROW_HEIGHT - line.height) / 2), line.text)

    def _take(self, face: Face, colour: QColor) -> None:
        if face is not self._face:
            self._painter.setFont(face.font)
            self._face = face
        if colour is not self._colour:
            self._painter.setPen(colour)
            self._colour = colour

    # signs

    def _group(self, x: int, y: int, group: StateGroup) -> None:
        def draw(painter: QPainter) -> None:
            draw_group(painter, QRectF(2, 0, 12, SIGN), group, self._look.theme)

        self._pictures.put(group, x - 2, y + 8, SIGN, SIGN, draw)

    def _sign(self, x: int, y: int, sign: Sign) -> None:
        """A milestone's in the shape of its kind, filled once completed; a small square for a work item."""

        def draw(painter: QPainter) -> None:
            look = self._look
            if sign.kind is None:
                draw_item(painter, QPointF(7.5, 7.5), look.item)
            else:
                colour = look.completed if sign.done else look.outline
                draw_milestone(painter, QPointF(8, 8), 5.5, sign.kind, colour, filled=sign.done)

        self._pictures.put(sign, x, y + 8, SIGN, SIGN, draw)

    def _pill(self, x: int, y: int, width: int) -> None:
        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.pill)
            painter.drawRoundedRect(QRectF(0, 0, width, PILL_HEIGHT), PILL_HEIGHT / 2, PILL_HEIGHT / 2)

        self._pictures.put(("pill", width), x, y, width, PILL_HEIGHT, draw)
