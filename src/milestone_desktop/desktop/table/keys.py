"""Going about the table by keys, as in a spreadsheet. What a key does to rows is the page's business."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

Key, Modifier = Qt.Key, Qt.KeyboardModifier
FAR = 1 << 40
"""A step as far as it goes."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a key goes from the cell in hand: rows down and columns to the right, `FAR` for as far as it goes. pages: the
    rows are counted in what the table shows at once."""

    down: int = 0
    right: int = 0
    pages: int = 0


_STEPS: dict[Key, Step] = {
    Key.Key_Up: Step(down=-1),
    Key.Key_Down: Step(down=1),
    Key.Key_Left: Step(right=-1),
    Key.Key_Right: Step(right=1),
    Key.Key_Home: Step(right=-FAR),
    Key.Key_End: Step(right=FAR),
    Key.Key_PageUp: Step(pages=-1),
    Key.Key_PageDown: Step(pages=1),
}
_FAR_STEPS: dict[Key, Step] = {
    Key.Key_Up: Step(down=-FAR),
    Key.Key_Down: Step(down=FAR),
    Key.Key_Left: Step(right=-FAR),
    Key.Key_Right: Step(right=FAR),
    Key.Key_Home: Step(down=-FAR, right=-FAR),
    Key.Key_End: Step(down=FAR, right=FAR),
}


def step_of(key: int, held: Modifier) -> Step | None:
    """The step of a key; Shift, which extends the range, makes no difference to it. None where the key goes nowhere."""
    plain = held & ~(Modifier.ShiftModifier | Modifier.KeypadModifier)
    if plain == Modifier.NoModifier:
        return _STEPS.get(Key(key))
    return _FAR_STEPS.get(Key(key)) if plain == Modifier.ControlModifier else None
