"""Shapes on a painter: colours where they belong, text where it was measured, and a great many calls in a row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from milestone_desktop.chart.shapes import Line, Polygon, Polyline, Rect, Shape, Text, TextStyle, text_box
from milestone_desktop.desktop.theme import load_fonts, load_theme
from milestone_desktop.desktop.timeline.painting import Inks, paint


def drawn(shapes: list[Shape], size: int = 100) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, shapes, Inks(load_theme("light")))
    painter.end()
    return image


def test_each_shape_is_drawn_in_its_token(qapp: QApplication) -> None:
    theme = load_theme("light")
    image = drawn(
        [
            Rect(0, 0, 20, 20, fill="bar"),
            Rect(30, 0, 20, 20, fill="completed", stroke="critical", stroke_width=4, radius=3),
            Line(0, 40.5, 100, 40.5, "today", 3),
            Polyline(((5, 60), (50, 60), (50, 90)), "link", 3, radius=4),
            Polygon(((70, 60), (90, 60), (90, 80), (70, 80)), fill="accent"),
        ]
    )
    assert image.pixelColor(10, 10) == theme.color("bar")
    assert image.pixelColor(40, 10) == theme.color("completed")
    assert image.pixelColor(40, 1) == theme.color("critical")
    assert image.pixelColor(50, 40) == theme.color("today")
    assert image.pixelColor(30, 60) == theme.color("link")
    assert image.pixelColor(50, 75) == theme.color("link")
    assert image.pixelColor(80, 70) == theme.color("accent")
    assert image.pixelColor(60, 20) == QColor(Qt.GlobalColor.white)


def test_text_stays_in_the_box_that_was_measured(qapp: QApplication) -> None:
    load_fonts()
    inks = Inks(load_theme("light"))
    for style in (TextStyle(11.5, 500), TextStyle(12, 400), TextStyle(10.5, 700)):
        text = Text(20, 60, "15 Jan +5 wd", style)
        image = drawn([text], 140)
        box = text_box(text, inks.measure).grown(1.5)
        inked = [
            (x, y) for x in range(140) for y in range(140) if image.pixelColor(x, y).lightness() < 200
        ]  # fmt: skip
        assert inked
        assert all(box.contains(x, y) for x, y in inked)


def test_text_is_placed_by_its_anchor(qapp: QApplication) -> None:
    load_fonts()
    style = TextStyle(12, 400)
    width = Inks(load_theme("light")).measure("Go-live", style)
    lefts = {}
    for anchor, x in (("start", 20.0), ("middle", 20 + width / 2), ("end", 20 + width)):
        shape = Text(x, 50, "Go-live", style, anchor)  # type: ignore[arg-type]  # one of the three literals
        image = drawn([shape], 140)
        lefts[anchor] = min(x for x in range(140) for y in range(140) if image.pixelColor(x, y).lightness() < 200)
    assert max(lefts.values()) - min(lefts.values()) <= 1


def test_a_hundred_thousand_painter_calls(qapp: QApplication) -> None:
    """Some versions of PySide6 lose a reference at each void call and abort after some thousand of them."""
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    box, colour = QRectF(0, 0, 8, 8), QColor("red")
    for _ in range(20_000):
        painter.setPen(colour)
        painter.setBrush(colour)
        painter.fillRect(box, colour)
        painter.drawRect(box)
        painter.drawLine(QPointF(0, 0), QPointF(4, 4))
    painter.end()
    assert image.pixelColor(2, 6) == colour
