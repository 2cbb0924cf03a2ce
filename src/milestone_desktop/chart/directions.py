"""Which way a text runs, and what a text written from right to left needs where it is cut or something follows it."""

from __future__ import annotations

import unicodedata

DOTS = "…"
TO_THE_LEFT = "\u200f"
TO_THE_RIGHT = "\u200e"


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


def set_apart(title: str) -> str:
    """The title, followed by a direction mark where it is written from right to left: otherwise the date after it would
    be torn apart, its day on one side of the title and its month on the other."""
    mixed = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in title)
    return f"{title}{TO_THE_RIGHT}" if mixed else title
