"""What a picture is: a name, what the window does first, the workspace it works on, and the variants to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow

Prepare = Callable[["MainWindow"], "QWidget | None"]
"""Does what the picture shows; returns the dialog to draw, None for the window itself."""

BOTH = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Variant:
    """size: of the window in logical pixels; ratio: device pixels to a logical one."""

    size: tuple[int, int] = (1680, 940)
    ratio: int = 1
    themes: tuple[str, ...] = BOTH


PLAIN = Variant()
VARIANTS = {
    "small": Variant((1366, 768)),
    "2x": Variant(ratio=2),
    "200-percent": Variant((960, 540), ratio=2),  # a display scaled to 200 %: everything is twice as large
    "high-contrast": Variant(themes=("high-contrast",)),
}
"""What a line of the table may ask for besides the large window in light and dark."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One line of the table. also: names of VARIANTS, parted by spaces; workspace: a name of `workspaces.WORKSPACES`.

    plain: whether the large window in light and dark is drawn too.
    """

    name: str
    prepare: Prepare
    also: str = ""
    workspace: str = "sample"
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """One file to be drawn."""

    name: str
    theme: str
    variant: Variant
    shot: Shot


def pictures(shots: tuple[Shot, ...]) -> Iterator[Picture]:
    """Every file that the table asks for. Raises KeyError for a variant that does not exist."""
    for shot in shots:
        variants = [("", PLAIN)] if shot.plain else []
        variants += [(f"-{name}", VARIANTS[name]) for name in shot.also.split()]
        for ending, variant in variants:
            for theme in variant.themes:
                name = f"{shot.name}{ending}"
                yield Picture(name if theme in ending else f"{name}-{theme}", theme, variant, shot)
