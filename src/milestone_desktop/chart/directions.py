"""Which way a text runs, and what a text written from right to left needs where it is cut or something follows it."""

from __future__ import annotations

import unicodedata

DOTS = "…"
TO_THE_LEFT = "\u200f"
BEGIN, END = "\u2068", "\u2069"
"""Between these a text runs its own way, whichever way the line around it does ("first strong isolate")."""


_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})


def runs_from_the_right(text: str) -> bool:
    """Whether the first letter with a direction is one of a script written from right to left."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def cut_short(text: str, beginning: str) -> str:
    """The beginning of a text with dots where it goes on: left of a text that runs from right to left, whoever draws it and
    whichever way the line around it runs."""
    dots = DOTS + TO_THE_LEFT if runs_from_the_right(text) else DOTS
    return beginning.rstrip() + dots


def in_its_direction(text: str) -> str:
    """A text to be drawn on a line that runs from the left: one that begins in a script written from right to left runs from
    the right all the same, its figures, brackets and foreign words where its readers look for them."""
    return f"{BEGIN}{text}{END}" if runs_from_the_right(text) and BEGIN not in text else text


def isolated(text: str) -> str:
    """A text with something before or after it: where it has words from right to left they would else turn what stands around
    it, and a date would be torn apart, its day on one side and its month on the other."""
    turns = not text.isascii() and any(unicodedata.bidirectional(letter) in _TURNING for letter in text)
    return f"{BEGIN}{text}{END}" if turns else text
