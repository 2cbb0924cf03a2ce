"""Paints the rows of the roadmap's table: their grounds first, then column by column what the cells say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from milestone_desktop.desktop.find.marks import paint_match
from milestone_desktop.desktop.models.roadmap_cells import Cells
from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.look import INDENT, ROW_HEIGHT, TEXT_MARGIN, TRIANGLE, TableLook
from milestone_desktop.desktop.table.painter import CellPainter, Sign
from milestone_desktop.desktop.table.ranges import rows_within
from milestone_desktop.domain.enums import StateGroup

if TYPE_CHECKING:
    from milestone_desktop.desktop.table.view import RoadmapTable


@dataclass(frozen=True, slots=True)
class Stripe:
    """A column in view: where it stands, in px of the viewport."""

    section: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Band:
    """The rows in view. cells: of each of them; y: of the first one, in px of the viewport; selected: the rows that are."""

    rows: range
    cells: list[Cells]
    y: int
    selected: frozenset[int]

    def top(self, row: int) -> int:
        return self.y + (row - self.rows.start) * ROW_HEIGHT


class RowPainter:
    """Asks the model for what cells say, one call a cell, and makes nothing for each of them that could be kept.

    hovered: the row under the pointer, −1 for none.
    """

    def __init__(self, table: RoadmapTable, look: TableLook) -> None:
        self._table = table
        self._model = table.rows
        self._look = look
        self._cells = CellPainter(look)
        self.hovered = -1

    def paint(self, painter: QPainter, area: QRect) -> None:
        """All that lies in a part of the viewport."""
        band = self._band(area)
        frozen = self._table.frozen_width
        stripes = self._stripes(area, frozen)
        self._paint_rest(painter, area, band, stripes)
        if not band.rows:
            return
        self._cells.begin(painter)
        self._paint_columns(painter, band, stripes)
        if frozen:
            self._paint_columns(painter, band, [Stripe(TITLE, 0, frozen)])
            bottom = band.top(band.rows.stop) - 1
            painter.fillRect(frozen - 1, area.top(), 1, bottom - area.top() + 1, self._look.hairline)

    def _band(self, area: QRect) -> Band:
        """The rows that touch a part of the viewport."""
        scrolled = self._table.verticalHeader().offset()
        first = max(0, (area.top() + scrolled) // ROW_HEIGHT)
        last = min(self._model.rowCount() - 1, (area.bottom() + scrolled) // ROW_HEIGHT)
        rows = range(first, last + 1)
        selected = rows_within(self._table.selectionModel(), rows)
        return Band(rows, self._model.band(rows), first * ROW_HEIGHT - scrolled, selected)

    def _stripes(self, area: QRect, frozen: int) -> list[Stripe]:
        """The columns that touch a part of the viewport; one that stands over the others is left out."""
        header = self._table.header
        found = [
            Stripe(section, header.sectionViewportPosition(section), header.sectionSize(section))
            for section in range(1 if frozen else 0, self._model.columnCount())
            if not header.isSectionHidden(section)
        ]
        left, right = max(area.left(), frozen), area.right()
        return [stripe for stripe in found if stripe.left <= right and stripe.left + stripe.width > left]

    def _paint_rest(self, painter: QPainter, area: QRect, band: Band, stripes: Sequence[Stripe]) -> None:
        """The ground beneath the last row and beside the last column; a pixel is filled once only."""
        below, right = band.top(band.rows.stop), stripes[-1].left + stripes[-1].width if stripes else 0
        painter.fillRect(area.left(), below, area.width(), area.bottom() + 1 - below, self._look.surface)
        painter.fillRect(right, band.y, area.right() + 1 - right, below - band.y, self._look.surface)

    def _paint_columns(self, painter: QPainter, band: Band, stripes: Sequence[Stripe]) -> None:
        if stripes:
            self._paint_grounds(painter, band, stripes)
        marks = bool(self._model.session.marked)
        for stripe in stripes:
            if marks:
                self._paint_matches(painter, band, stripe)
            if stripe.section == TITLE:
                self._paint_titles(band, stripe)
            else:
                self._paint_cells(band, stripe)
        self._paint_hand(painter, band, stripes)

    def _paint_grounds(self, painter: QPainter, band: Band, stripes: Sequence[Stripe]) -> None:
        """What lies under the words: selected rows, the range in hand, the row under the pointer, hairlines."""
        look, table = self._look, self._table
        left = stripes[0].left
        width = stripes[-1].left + stripes[-1].width - left
        painter.fillRect(left, band.y, width, len(band.rows) * ROW_HEIGHT, look.surface)
        if self.hovered in band.rows and self.hovered not in band.selected:
            painter.fillRect(left, band.top(self.hovered), width, ROW_HEIGHT, look.hover)
        ranged = [stripe for stripe in stripes if band.selected and table.in_range(stripe.section)]
        for row in band.selected:
            painter.fillRect(left, band.top(row), width, ROW_HEIGHT, look.selection)
            for stripe in ranged:
                painter.fillRect(stripe.left, band.top(row), stripe.width, ROW_HEIGHT, look.range)
        for row in band.rows:
            painter.fillRect(left, band.top(row) + ROW_HEIGHT - 1, width, 1, look.hairline)

    def _paint_matches(self, painter: QPainter, band: Band, stripe: Stripe) -> None:
        session = self._model.session
        for row in band.rows:
            box = QRectF(stripe.left, band.top(row), stripe.width, ROW_HEIGHT)
            paint_match(painter, box, self._model.cell(row, stripe.section).text, session)

    def _paint_cells(self, band: Band, stripe: Stripe) -> None:
        model, section, selected = self._model, stripe.section, band.selected
        column = model.column(section)
        draw = self._cells.drawing(column.look, right=column.right)
        dragged = self._table.dragged_progress(section)
        x, y, width = stripe.left, band.y, stripe.width
        for cells, cell in zip(band.cells, model.column_cells(section, band.rows), strict=True):
            text, raw = cell
            if dragged is not None and dragged[0] == cells.row:
                text, raw = str(dragged[1]), dragged[1]
            draw(x, y, width, text, raw, cells.row in selected, cells.summary)
            y += ROW_HEIGHT

    def _paint_titles(self, band: Band, stripe: Stripe) -> None:
        model, painter, y = self._model, self._cells, band.y
        levels = model.levels(band.rows)
        collapsed = model.rows.collapsed
        end = stripe.left + stripe.width
        for cells, level in zip(band.cells, levels, strict=True):
            x = stripe.left + TEXT_MARGIN + level * INDENT
            if cells.parent:
                painter.expander(x, y, expanded=cells.id not in collapsed)
                x += TRIANGLE
            sign = None
            if cells.kind is not None:
                sign = Sign(cells.kind, cells.group is StateGroup.DONE)
            elif not cells.summary:
                sign = Sign(None)
            right = painter.share(end, y, cells.share, selected=cells.row in band.selected) if cells.share else end
            painter.title(x, y, right - x, cells.title, sign, selected=cells.row in band.selected, strong=cells.summary)
            y += ROW_HEIGHT
        if self.hovered in band.rows and self._table.can_drag():
            painter.grip(stripe.left, band.top(self.hovered))

    def _paint_hand(self, painter: QPainter, band: Band, stripes: Sequence[Stripe]) -> None:
        """The frame of the cell in hand."""
        index = self._table.currentIndex()
        if not self._table.hasFocus() or index.row() not in band.rows:
            return
        for stripe in stripes:
            if stripe.section == index.column():
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._look.focus, 1.5))
                box = QRectF(stripe.left, band.top(index.row()), stripe.width, ROW_HEIGHT)
                painter.drawRoundedRect(box.adjusted(1, 1, -1.5, -2), 4, 4)
                painter.restore()
