"""Lanes: keeps the rows packed for the zoom, and goes from one item to the next on a row that several share."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, Qt

from milestone_desktop.chart.packed import Packer, zoom_step
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.desktop.timeline.body import TimelineBody
from milestone_desktop.desktop.timeline.scenes import Scenes

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Lanes(QObject):
    """Of one roadmap. `refresh` when the zoom or what is drawn may be another."""

    def __init__(self, body: TimelineBody, scenes: Scenes) -> None:
        super().__init__(body)
        self._body = body
        self._model = body.model
        self._scenes = scenes
        self._packer = Packer(lambda text, style: scenes.inks.measure(text, style))
        self.refresh()

    def refresh(self) -> None:
        """Packs anew where names need more room, or have room for fewer rows, than at the last step of the zoom; what stands
        at the top of the view stays there."""
        targets = shown.TARGETS in self._scenes.shown
        other, self._packer.targets = targets is not self._packer.targets, targets
        bar = self._body.verticalScrollBar()
        top, down = divmod(bar.value(), ROW_HEIGHT)
        before = self._model.rows
        here = self._model.id_at(top) if top < len(self._model.ids) else None
        self._model.pack_with(self._packer, zoom_step(self._body.axis.scale.pixels_per_day))
        if other:
            self._model.repack()
        row = self._model.row_of(here) if here is not None and self._model.rows is not before else None
        if row is not None and top:
            bar.setValue(row * ROW_HEIGHT + down)

    def step(self, row: int, by: int) -> None:
        """Takes the next or the one before of those that share a row in hand; after the last comes the first."""
        ids = self._model.shared_by(row)
        if len(ids) > 1:
            self._model.session.select([ids[(ids.index(self._model.id_at(row)) + by) % len(ids)]])

    def step_in_hand(self, by: int) -> None:
        """The same on the row of the activity in hand."""
        current = self._model.session.current
        row = None if current is None else self._model.row_of(current)
        if row is not None:
            self.step(row, by)

    def picked(self, activity_id: int, modifiers: Qt.KeyboardModifier) -> tuple[list[int], int | None]:
        """What is selected, and what is in hand, once one of those that share rows was pressed: Ctrl adds it or takes it away,
        Shift reaches from what is in hand over all that lies between, in rows and in time."""
        session = self._model.session
        chosen = list(session.selection)
        if modifiers & CONTROL and activity_id in chosen:
            chosen.remove(activity_id)
            return chosen, chosen[-1] if chosen else None
        if modifiers & CONTROL:
            return [*chosen, activity_id], activity_id
        if modifiers & SHIFT and session.current is not None:
            return [*self._between(session.current, activity_id), activity_id], activity_id
        return [activity_id], activity_id

    def _between(self, one: int, other: int) -> Iterable[int]:
        rows = self._model.rows
        ends = [place for place in (rows.place_of(one), rows.place_of(other)) if place is not None]
        outline, places = rows.outline, rows.places
        on = rows.rows_at(np.array(ends))
        early, late = outline.start[ends].min(), outline.end[ends].max()
        at = rows.rows_at(places)
        inside = (at >= on.min()) & (at <= on.max()) & (outline.ids[places] > 0) & (outline.end[places] != NO_INSTANT)
        inside &= (outline.start[places] <= late) & (outline.end[places] >= early)
        found = outline.ids[places[inside]]
        return [int(row_id) for row_id in found if row_id != other]
