"""Going about the table by keys, as in a spreadsheet. What a key does to rows is the page's business."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

FAR = 1 << 40
"""A step as far as it goes."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a key goes from the cell in hand: rows down and columns to the right, `FAR` for as far as it goes. pages: the
    rows are counted in what the table shows at once."""

    down: int = 0
    right: int = 0
    pages: int = 0


_STEPS: dict[Qt.Key, Step] = {
    Qt.Key.Key_Up: Step(down=-1),
    Qt.Key.Key_Down: Step(down=1),
    Qt.Key.Key_Left: Step(right=-1),
    Qt.Key.Key_Right: Step(right=1),
    Qt.Key.Key_Home: Step(right=-FAR),
    Qt.Key.Key_End: Step(right=FAR),
    Qt.Key.Key_PageUp: Step(pages=-1),
    Qt.Key.Key_PageDown: Step(pages=1),
}
_FAR_STEPS: dict[Qt.Key, Step] = {
    Qt.Key.Key_Up: Step(down=-FAR),
    Qt.Key.Key_Down: Step(down=FAR),
    Qt.Key.Key_Left: Step(right=-FAR),
    Qt.Key.Key_Right: Step(right=FAR),
    Qt.Key.Key_Home: Step(down=-FAR, right=-FAR),
    Qt.Key.Key_End: Step(down=FAR, right=FAR),
}


def step_of(key: int, held: Qt.KeyboardModifier) -> Step | None:
    """The step of a key; Shift, which extends the range, makes no difference to it. None where the key goes nowhere."""
    plain = held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if plain == Qt.KeyboardModifier.NoModifier:
        return _STEPS.get(Qt.Key(key))
    return _FAR_STEPS.get(Qt.Key(key)) if plain == Qt.KeyboardModifier.ControlModifier else None
