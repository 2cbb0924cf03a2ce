"""Text that does not fit is cut where it ends, and stands whole in a tip."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from milestone_desktop.chart.directions import runs_from_the_right
from milestone_desktop.chart.shapes import Text, TextStyle, shortened_to
from milestone_desktop.desktop.elided import ElidedLabel, elided
from milestone_desktop.desktop.table.faces import Face
from milestone_desktop.desktop.theme import load_fonts, load_theme
from milestone_desktop.desktop.timeline.painting import Inks, paint

ARABIC = "اعتماد خطة النشر النهائية من قبل لجنة الإشراف"


def test_the_dots_stand_where_the_text_ends(qapp: QApplication) -> None:
    load_fonts()
    label = ElidedLabel()
    metrics = label.fontMetrics()
    assert elided(metrics, "short", 500) == "short"
    assert elided(metrics, ARABIC, 5000) == ARABIC
    assert elided(metrics, "a rather long title of a project", 80).endswith("…")
    assert elided(metrics, ARABIC, 80).endswith("…\u200f")
    label.deleteLater()


def test_the_chart_cuts_like_the_tables(qapp: QApplication) -> None:
    load_fonts()
    inks = Inks(load_theme("light"))
    style = TextStyle(13, 400, "text")
    shown = shortened_to(ARABIC, 150, style, inks.measure)
    assert shown.endswith("…\u200f")
    assert ARABIC.startswith(shown.removesuffix("…\u200f"))
    assert inks.measure(shown, style) <= 150
    assert shortened_to("a rather long title of a project", 80, style, inks.measure).endswith("…")
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, (Text(10, 20, shown, style),), inks)
    painter.end()
    dark = [[image.pixelColor(x, y).lightness() < 140 for y in range(30)] for x in range(200)]
    first = next(x for x in range(200) if any(dark[x]))
    dots = [y for x in range(first, first + 9) for y in range(30) if dark[x][y]]
    assert max(dots) - min(dots) <= 3, "the dots stand at the left, where the text goes on"


MIXED = "مراجعة 3 وثائق (v2.1) قبل النشر"


def ink(image: QImage) -> list[bool]:
    """Where something stands, from left to right."""
    return [any(image.pixelColor(x, y).lightness() < 140 for y in range(image.height())) for x in range(image.width())]


@pytest.mark.parametrize("text", [MIXED, f"{MIXED}…", ARABIC, "3. اعتماد", "Launch إطلاق"])
def test_a_title_runs_its_own_way_in_table_and_timeline(qapp: QApplication, text: str) -> None:
    """As Qt lays out a paragraph of its own, whatever the direction of the window."""
    load_fonts()
    inks, style = Inks(load_theme("light")), TextStyle(13, 400, "text")
    face = Face(inks.font(style))
    pictures = []
    for draw in ("alone", "timeline", "table"):
        image = QImage(320, 40, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setFont(inks.font(style))
        painter.setPen(inks.pen("text"))
        if draw == "alone":  # the direction of the first letter with one decides
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            painter.drawText(10, 25, text)
        elif draw == "timeline":
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            paint(painter, (Text(10, 25, text, style),), inks)
        else:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawStaticText(QPointF(10, 25 - face.metrics.ascent()), face.line(text, 300).text)
        painter.end()
        pictures.append(ink(image))
    alone, timeline, table = pictures
    assert any(alone)
    assert timeline == alone
    assert sum(a != b for a, b in zip(table, alone, strict=True)) <= 6, "but for a pixel at an edge here and there"


def test_the_first_letter_with_a_direction_decides() -> None:
    assert runs_from_the_right(ARABIC)
    assert runs_from_the_right(f"3. {ARABIC}")
    assert not runs_from_the_right("Launch إطلاق")
    assert not runs_from_the_right("12/04")


def test_a_label_gives_way_and_tells_the_whole_in_its_tip(qapp: QApplication) -> None:
    label = ElidedLabel()
    label.setText("Abnahme der Barrierefreiheitsprüfung einschließlich Nachbesserungsfristen")
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    label.resize(label.minimumSizeHint())
    label.show()
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(2000, 30)
    label.grab()
    assert label.toolTip() == ""
    label.close()
    label.deleteLater()
