"""Text that does not fit is cut where it ends, and stands whole in a tip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from milestone_desktop.chart.directions import runs_from_the_right
from milestone_desktop.chart.shapes import Text, TextStyle, shortened_to
from milestone_desktop.desktop.elided import ElidedLabel, elided
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
