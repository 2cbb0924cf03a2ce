"""The keyboard in the timeline: from bar to bar, through the links of a bar, and out to menu and inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP
from milestone_desktop.desktop.timeline.speaking import announce, link_words
from milestone_desktop.document.operations import activities, dependencies
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

Key = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Keys:
    """Up and Down go from row to row, Left and Right to the bar before and after in time, [ and ] through the links. Where rows
    are shared, Up and Down go to what lies nearest in the next row, Left and Right stay in the lane."""

    def __init__(self, body: TimelineBody) -> None:
        self._body = body

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key stands for; False where it stands for nothing here."""
        body, key = self._body, event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Key.Key_Escape and (body.tool.busy or body.link is not None):
            body.tool.cancel()
            body.select_link(None)
            return True
        if event.text() in ("[", "]"):
            self._step_through_links(1 if event.text() == "]" else -1)
            return True
        if event.text() in ("+", "-") and modifiers in (NONE, SHIFT):
            body.axis.zoom(ZOOM_STEP if event.text() == "+" else 1 / ZOOM_STEP)
            return True
        if modifiers not in (NONE, SHIFT):
            return False
        if key in (Key.Key_Left, Key.Key_Right) and modifiers == NONE:
            self._step_in_time(1 if key == Key.Key_Right else -1)
            return True
        row = self._row_for(key)
        if row is not None:
            self._go_to(row, modifiers)
            return True
        return modifiers == NONE and self._act(key)

    def _act(self, key: int) -> bool:
        body, session = self._body, self._body.model.session
        if key in (Key.Key_Return, Key.Key_Enter) and session.current is not None:
            body.activated.emit(session.current)
        elif key == Key.Key_Delete and body.link is not None:
            link = body.link
            body.select_link(None)
            session.attempt(N_("Remove dependency"), lambda edit: dependencies.remove(edit, link))
        elif key == Key.Key_Delete and session.selection:
            ids = session.selection
            session.attempt(N_("Delete"), lambda edit: activities.delete(edit, ids))
        else:
            return False
        return True

    def _row_for(self, key: int) -> int | None:
        """The row that a key goes to."""
        body, last = self._body, len(self._body.model.ids) - 1
        current = body.model.session.current
        here = body.model.row_of(current) if current is not None else None
        page = max(len(body.visible_rows()) - 1, 1)
        steps = {Key.Key_Up: -1, Key.Key_Down: 1, Key.Key_PageUp: -page, Key.Key_PageDown: page}
        if last < 0:
            return None
        if key in steps:
            return 0 if here is None else min(max(here + steps[Key(key)], 0), last)
        return {Key.Key_Home: 0, Key.Key_End: last}.get(Key(key))

    def _go_to(self, row: int, modifiers: Qt.KeyboardModifier, place: int | None = None) -> None:
        """To a row, or one of those that share it: the one at a place of the outline, else the one nearest to where one is."""
        body, rows = self._body, self._body.model.rows
        at = int(rows.shown[row]) if not body.model.packed else self._nearest(row) if place is None else place
        body.select_link(None)
        if body.model.packed and rows.outline.ids[at] > 0:
            body.picked.emit(int(rows.outline.ids[at]), modifiers)
        else:
            body.clicked.emit(row, modifiers)
        if rows.outline.end[at] != NO_INSTANT:
            body.axis.reveal(int(rows.outline.start[at]), int(rows.outline.end[at]))

    def _nearest(self, row: int) -> int:
        """The place of what shares a row and lies nearest in time to what is in hand."""
        body, rows = self._body, self._body.model.rows
        places, current = rows.places_at(row), body.model.session.current
        here = body.place_of(current) if current is not None else None
        if here is None or rows.outline.end[here] == NO_INSTANT:
            return int(rows.shown[row])
        middle = rows.outline.start[here] + rows.outline.end[here]
        return int(places[np.abs(rows.outline.start[places] + rows.outline.end[places] - middle).argmin()])

    def _step_in_time(self, by: int) -> None:
        """To the bar or diamond that comes next, or came before, in order of the ends; rows without dates are left out."""
        body = self._body
        if body.model.packed:
            self._step_in_lane(by)
            return
        ends = body.model.rows.end
        dated = np.flatnonzero(ends != NO_INSTANT)
        if not len(dated):
            return
        order = dated[np.argsort(ends[dated], kind="stable")]
        current = body.model.session.current
        here = body.model.row_of(current) if current is not None else None
        found = np.flatnonzero(order == here) if here is not None else np.empty(0, np.int64)
        place = int(found[0]) + by if len(found) else 0
        self._go_to(int(order[min(max(place, 0), len(order) - 1)]), NONE)

    def _step_in_lane(self, by: int) -> None:
        """To what comes next, or came before, in order of the starts, of all that stands right below the same head; from a
        head to the first below it."""
        body, rows = self._body, self._body.model.rows
        current = body.model.session.current
        here = body.place_of(current) if current is not None else None
        outline, places = rows.outline, rows.places
        above = outline.parent[places[0] if here is None else here] if here is None or outline.size[here] == 1 else here
        lane = places[(outline.parent[places] == above) & (outline.size[places] == 1) & (outline.end[places] != NO_INSTANT)]
        if not len(lane):
            return
        lane = lane[np.lexsort((rows.rows_at(lane), outline.start[lane]))]
        found = np.flatnonzero(lane == here) if here is not None else lane[:0]
        at = lane[min(max(int(found[0]) + by, 0), len(lane) - 1)] if len(found) else lane[0]
        self._go_to(int(rows.rows_at(np.array([at]))[0]), NONE, int(at))

    def _step_through_links(self, by: int) -> None:
        """Marks the next or the one before of the lines that lead to the activity in hand and away from it."""
        body, session = self._body, self._body.model.session
        if session.current is None:
            return
        plan = session.plan
        links = [row.id for end in ("successor", "predecessor") for row in plan.where(Dependency, end, session.current)]
        if not links:
            return
        place = links.index(body.link) + by if body.link in links else (0 if by > 0 else len(links) - 1)
        body.select_link(links[place % len(links)])
        announce(body, link_words(session, links[place % len(links)]))
