"""Fonts are read as Qt reads them, and a file that is no font is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QGuiApplication, QRawFont, QTextLayout

from milestone_desktop.chart.metrics import FontMetrics, UnreadableFont, text_measure
from milestone_desktop.chart.shapes import TextStyle
from milestone_desktop.resource_files import resource

REGULAR = resource("fonts", "Inter-Regular.ttf")
BOLD = resource("fonts", "Inter-Bold.ttf")
TITLES = (
    "Prototype ready", "User acceptance 15 Jan", "AVATAR To Tomorrow, VAT", "Table 7,1 (WAVE)", "Łódź Žižkov", "L'été à Zürich",
    "Ελληνικά", "Москва", "12:30 × 14", "Payload “T” V.", "e\u0301te\u0301",
)  # fmt: skip


@pytest.mark.parametrize("path", [REGULAR, BOLD], ids=lambda path: path.stem)
def test_advances_are_those_that_qt_reads_from_the_same_file(qapp: QGuiApplication, path: Path) -> None:
    mine, qt = FontMetrics(path), QRawFont(str(path), 1000.0, QFont.HintingPreference.PreferNoHinting)
    for character in "aWif.,:/0189–“”→✓▲ÀéßŁЖλ":
        [advance] = qt.advancesForGlyphIndexes(qt.glyphIndexesForString(character))
        assert mine.em_width(character) == pytest.approx(advance.x() / 1000, abs=0.001), character


@pytest.mark.parametrize("text", TITLES)
def test_widths_with_kerning_are_within_three_percent_of_qts(qapp: QGuiApplication, text: str) -> None:
    """The file that Qt lays out must be ours: a machine may have another version of Inter, which is wider or narrower."""
    from PySide6.QtGui import QFontDatabase

    file = resource("fonts", "Inter-SemiBold.ttf")
    QFontDatabase.addApplicationFont(str(file))
    font = QFont("Inter")
    font.setPixelSize(100)
    font.setWeight(QFont.Weight.DemiBold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if QRawFont.fromFont(font).fontTable("head") != QRawFont(str(file), 100.0).fontTable("head"):
        pytest.skip("another Inter is installed on this machine, and Qt takes that one")
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    mine = text_measure(resource("fonts"))(text, TextStyle(100, 600))
    assert mine == pytest.approx(line.naturalTextWidth(), rel=0.03)


def test_kerning_brings_letters_nearer() -> None:
    font = FontMetrics(REGULAR)
    apart = font.width("A", 100) + font.width("V", 100)
    assert font.width("AV", 100) < apart - 2
    assert font.width("", 100) == 0


def test_coverage_is_that_of_inter() -> None:
    covered = FontMetrics(REGULAR).coverage()
    assert {ord(character) for character in "Aaéß→✓▲–—Жλ"} <= covered
    assert not {0x65E5, 0x0645, 0x1F389, 0x7, 0xE000F} & covered
    assert not FontMetrics(REGULAR).coloured


def test_a_wide_character_without_a_glyph_counts_as_one_em() -> None:
    font = FontMetrics(REGULAR)
    assert font.width("日", 10) == pytest.approx(10)
    assert font.width("a\u200d", 10) == font.width("a", 10)
    assert font.width("\u0645", 10, [font]) == pytest.approx(6.2)


def test_what_is_no_font_is_refused(tmp_path: Path) -> None:
    for place, content in enumerate(
        (b"", b"text, not a font", b"ttcf\0\0\0\1\0\0\0\0", b"\0\1\0\0\xff\xff", REGULAR.read_bytes()[:200])
    ):
        path = tmp_path / f"{place}.ttf"
        path.write_bytes(content)
        with pytest.raises(UnreadableFont):
            FontMetrics(path)


def test_damaged_fonts_never_raise_while_measuring(tmp_path: Path) -> None:
    whole = bytearray(REGULAR.read_bytes())
    rng = random.Random(7)
    path = tmp_path / "damaged.ttf"
    for _ in range(25):
        damaged = bytearray(whole)
        for _ in range(4000):
            damaged[rng.randrange(300, len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged)
        assert FontMetrics(path).width("AVATAR Tomorrow", 12) >= 0
