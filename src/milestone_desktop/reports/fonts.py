"""Which fonts a report is set in: Inter, which ships with the program, and what the system has for other scripts.

Only the chosen files are shown to typst: another version of Inter on the machine would otherwise be taken before ours,
and the choice for other scripts would depend on the order in which folders are read.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from milestone_desktop.chart.metrics import FontMetrics, UnreadableFont, text_measure
from milestone_desktop.chart.shapes import Measure
from milestone_desktop.resource_files import resource

if TYPE_CHECKING:
    import typst

FAMILY = "Inter"

_REGULAR, _BOLD = 400, 700


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a font file of the system. index: which one of a collection."""

    family: str
    weight: int
    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The shipped fonts, and families of the system in the order in which they are asked. files: of those families."""

    inter: FontMetrics
    fallbacks: tuple[FontMetrics, ...] = ()
    families: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()

    def draws(self, code: int) -> bool:
        """Tells whether one of the fonts has a glyph for the code point."""
        return self.inter.has(code) or any(font.has(code) for font in self.fallbacks)

    def measure(self) -> Measure:
        """Returns the function by which the picture measures its labels."""
        return text_measure(resource("fonts"), self.fallbacks)


def shipped_fonts() -> FontChoice:
    """Returns Inter alone: all that text in Latin, Greek and Cyrillic letters needs, on every machine the same."""
    return FontChoice(FontMetrics(resource("fonts", "Inter-Regular.ttf")))


def with_fallbacks(shipped: FontChoice, wanted: Iterable[int]) -> FontChoice:
    """Returns the choice with system families added that draw the `wanted` code points, as far as there are any."""
    faces = system_faces()
    fallbacks, families = _families_for(frozenset(wanted), faces)
    files = {face.path for face in faces if face.family in families and face.weight in (_REGULAR, _BOLD)}
    files.update(font.path for font in fallbacks)
    return FontChoice(shipped.inter, tuple(fallbacks), tuple(families), tuple(sorted(files)))


@contextmanager
def opened(choice: FontChoice) -> Iterator[typst.Fonts]:
    """Gives typst exactly the chosen files. Raises OSError if a font file vanished."""
    import typst

    with TemporaryDirectory(prefix="milestone-desktop-fonts-", ignore_cleanup_errors=True) as folder:
        for place, path in enumerate(choice.files):
            _stand_in(path, Path(folder, f"{place:03d}-{path.name}"))
        paths = [str(resource("fonts")), folder] if choice.files else [str(resource("fonts"))]
        yield typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def system_faces() -> list[Face]:
    """Returns the upright faces of ordinary width that the system has, other Inters left out, in a fixed order."""
    import typst

    known = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[]).fonts()
    faces = [
        Face(font.family, font.weight, Path(font.path), font.index)
        for font in known
        if font.path is not None and font.style == "normal" and font.stretch == 1.0 and not font.family.startswith(FAMILY)
    ]
    return sorted(faces, key=lambda face: (face.family, face.weight, str(face.path), face.index))


def _stand_in(path: Path, link: Path) -> None:
    """A link where the system allows one, else a copy."""
    try:
        link.symlink_to(path)
    except (OSError, NotImplementedError):
        shutil.copyfile(path, link)


def _families_for(wanted: frozenset[int], faces: Sequence[Face]) -> tuple[list[FontMetrics], list[str]]:
    """Picks families that together draw as much as can be drawn: plain sans serif first, then what draws most."""
    missing = set(wanted)
    fonts: list[FontMetrics] = []
    families: list[str] = []
    for tier in _tiers(faces):
        if not missing:
            break
        candidates = [(font, face, missing & font.coverage()) for face in tier if (font := _opened_face(face)) is not None]
        while candidates and missing:
            font, face, drawn = max(candidates, key=lambda found: (len(found[2] & missing), _region(found[1], wanted)))
            if not drawn & missing:
                break
            missing -= drawn
            fonts.append(font)
            families.append(face.family)
    return fonts, families


def _tiers(faces: Sequence[Face]) -> list[list[Face]]:
    """One face of each family, the most regular; sans serif families, then others, then serifs, then monospaced ones."""
    regular: dict[str, Face] = {}
    for face in faces:
        known = regular.get(face.family)
        if known is None or abs(face.weight - _REGULAR) < abs(known.weight - _REGULAR):
            regular[face.family] = face
    tiers: list[list[Face]] = [[], [], [], []]
    for family, face in sorted(regular.items()):
        if "Mono" in family:
            tiers[3].append(face)
        elif "Sans" in family:
            tiers[0].append(face)
        else:
            tiers[2 if "Serif" in family else 1].append(face)
    return tiers


def _opened_face(face: Face) -> FontMetrics | None:
    """The face, unless it cannot be read or draws in colours, which an archive file may not hold as text."""
    try:
        font = FontMetrics(face.path, face.index)
    except (UnreadableFont, OSError):
        return None
    return None if font.coloured else font


def _region(face: Face, wanted: frozenset[int]) -> bool:
    """Whether a Chinese, Japanese and Korean family is the cut for the script at hand: kana, hangul, else Chinese."""
    if any(0x3040 <= code <= 0x30FF for code in wanted):
        return face.family.endswith(" JP")
    if any(0xAC00 <= code <= 0xD7AF for code in wanted):
        return face.family.endswith(" KR")
    return face.family.endswith(" SC")
