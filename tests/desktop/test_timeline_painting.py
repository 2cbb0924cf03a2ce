"""Shapes on a painter: colours where they belong, text where it was measured, and a great many calls in a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from roadmap_desk import READY, SKETCH, shown_page, small_plan

from milestone_desktop.chart.shapes import (
    Boxes,
    Bundle,
    Crowd,
    Line,
    Polygon,
    Polyline,
    Rect,
    Repeated,
    Segments,
    Shape,
    Text,
    TextStyle,
    moved,
    singly,
    text_box,
)  # fmt: skip
from milestone_desktop.desktop.theme import load_fonts, load_theme
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.activities import Dependency, Milestone
from milestone_desktop.domain.instants import instant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


def drawn(shapes: Sequence[Shape], size: int = 100, ratio: int = 1) -> QImage:
    image = QImage(size * ratio, size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint(painter, shapes, Inks(load_theme("light")))
    painter.end()
    return image


SHADE, FEW = 24, 6


def on_screen(widget: QWidget) -> QImage:
    """What stands on the screen: grabbing the widget would paint it anew."""
    window, screen = widget.window(), widget.screen()
    place = widget.mapTo(window, QPoint(0, 0))
    return screen.grabWindow(window.winId(), place.x(), place.y(), widget.width(), widget.height()).toImage()


def look_alike(one: QImage, other: QImage) -> bool:
    """Whether nobody could see that two pictures differ: a curve that is painted in two parts, or a quarter of a pixel beside
    where it would stand, may be a shade lighter or darker in a few pixels. A word or a line out of place is many more."""
    shape = (one.height(), one.bytesPerLine() // 4, 4)
    first, second = (np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(int) for image in (one, other))
    off = np.abs(first - second)[:, : one.width(), :3].max(axis=2) > SHADE
    return int(off.sum()) <= FEW


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


CROWDS: tuple[Crowd, ...] = (
    Boxes(np.array([(4.25, 8, 60, 16), (10.5, 40, 2.5, 16), (30, 70, 90, 16)]), "bar", radius=3, role="bar"),
    Boxes(np.array([(3.0, 0, 20, 100), (60.0, 0, 0.2, 100)]), "accent"),
    Boxes(np.array([(5.0, 5, 50, 16), (7.25, 50, 40, 16)]), stroke="critical", stroke_width=1.5, radius=3, owners=(1, 2)),
    Boxes(np.array([(5.25, 5, 5, 5), (70.5, 20, 5, 5), (40, 95, 5, 5)]), "pin", radius=2.5, owners=(1, 2, 3)),
    Segments(np.array([(10.5, 5, 10.5, 95), (5, 50.5, 95, 50.5), (60, 20, 60, 20)]), "today", 1.5),
    Repeated(Polygon(((-4, 2), (4, 2), (0, 8)), "critical"), np.array([(20.25, 10), (80.5, 60)]), (1, 2)),
    Bundle(
        np.array([[(10, 10), (10, 40), (70, 40), (70, 80)], [(90, 90), (90, 60), (20, 60), (20, 50)]], np.float64),
        "link", 1.25, 3, (1, 2),
    ),
)  # fmt: skip


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("crowd", CROWDS, ids=lambda crowd: type(crowd).__name__)
def test_a_crowd_looks_as_its_shapes_one_by_one(qapp: QApplication, crowd: Crowd, ratio: int) -> None:
    at_one_go, one_by_one = drawn([crowd], ratio=ratio), drawn(list(crowd.each()), ratio=ratio)
    assert at_one_go != drawn([], ratio=ratio)
    assert look_alike(at_one_go, one_by_one)
    shifted = moved(crowd, 7, 3)
    assert list(singly([shifted])) == [moved(shape, 7, 3) for shape in crowd.each()]


def test_lines_hold_together_where_pixels_of_the_screen_are_smaller_by_a_half(qapp: QApplication) -> None:
    """At 150 % what was moved by a whole pixel stands between two of the screen: pieces and corners go to one side together."""
    line = Polyline(((10, 10), (10, 40), (70, 40), (70, 80)), "link", 1.25, radius=3)
    pictures = []
    for x, y in ((2, 2), (3, 1)):  # 3, 3 and 4.5, 1.5 pixels of the screen
        image = QImage(150, 150, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(1.5)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.translate(x, y)
        paint(painter, [line], Inks(load_theme("light")))
        painter.end()
        pictures.append(image)
    assert pictures[0].copy(10, 10, 120, 120) == pictures[1].copy(11, 9, 120, 120)


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


def test_a_scrolled_view_looks_as_one_painted_anew(qapp: QApplication) -> None:
    """Scrolling shifts what is painted and paints only what has come into view: nobody sees where the two meet."""
    plan = small_plan()
    for number in range(300, 360):
        day = instant(2026, 11, 2 + number % 25, 9)
        plan.put(Milestone(number, 100, f"Gate {number}", None, float(number), f"G{number}", end=day, target=day - 4320))
        plan.put(Dependency(500 + number, number - 1 if number > 300 else SKETCH, number))
    with shown_page(plan, height=420) as page:
        page.set_shown(page.shown | {shown.ZIGZAG, shown.NAMES})
        page.session.select([READY])
        QApplication.processEvents()
        bar, view = page.body.verticalScrollBar(), page.body.viewport()
        for step in (40, 71, 96, -33, 200, -150):
            bar.setValue(bar.value() + step)
            QApplication.processEvents()
            shifted = on_screen(view)
            page.body.scenes.forget()
            view.update()
            QApplication.processEvents()
            assert look_alike(shifted, on_screen(view))


def test_a_panned_view_looks_as_one_painted_anew(qapp: QApplication) -> None:
    """Panning shifts what is painted; words that look for another place at an edge are painted anew."""
    plan = small_plan()
    for number in range(300, 330):
        day = instant(2026, 11, 2 + number % 25, 9)
        plan.put(Milestone(number, 100, f"Gate {number}", None, float(number), f"G{number}", end=day, target=day - 4320))
        plan.put(Dependency(500 + number, number - 1 if number > 300 else SKETCH, number))
    with shown_page(plan, height=620) as page:
        page.session.select([READY])
        for more in (frozenset(), frozenset({shown.ZIGZAG, shown.NAMES})):
            page.set_shown(page.shown | more)
            QApplication.processEvents()
            view = page.body.viewport()
            for step in (40, 71, -96, -33, 200, -350, 48, 48):
                page.axis.pan(step)
                QApplication.processEvents()
                shifted = on_screen(view)
                page.body.scenes.forget()
                view.update()
                QApplication.processEvents()
                assert look_alike(shifted, on_screen(view)), step


def test_the_heights_of_both_sides_stay_the_same_when_the_lane_grows(qapp: QApplication) -> None:
    def crowd(edit: Edit) -> None:
        for number in range(20):
            milestones.create(edit, 100, f"A gate {number}", instant(2027, 3, 1, 9))

    with shown_page() as page:
        page.set_scale("day")
        page.axis.centre(instant(2026, 11, 20))
        assert page.session.attempt("Add", crowd)
        QApplication.processEvents()
        low = page.head.height()
        page.axis.centre(instant(2027, 3, 1))
        QApplication.processEvents()
        assert page.head.height() > low, "the lane got more levels"
        cell = page.table.visualRect(page.model.index(0, 0))
        assert (
            page.table.viewport().mapTo(page, cell.topLeft()).y()
            == page.body.viewport().mapTo(page, page.body.row_box(0).topLeft().toPoint()).y()
        ), "rows stand level on both sides"
