"""The one writer of a scene as SVG: for .svg files, for PNG and for the picture inside a report. Text stays text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.chart.shapes import (
    Boxes,
    Bundle,
    Line,
    Point,
    Polygon,
    Polyline,
    Rect,
    Repeated,
    Scene,
    Segments,
    Shape,
    Text,
)

FALLBACK = "#888888"
"""A token that a theme does not know is drawn grey rather than not at all."""


def svg(
    scene: Scene, colours: Mapping[str, str], font: str = "Inter, sans-serif", background: str | None = "surface", title: str = ""
) -> str:
    """The scene as a well-formed SVG document.

    colours: token → `#rrggbb`; font: family names as CSS lists them (Qt's SVG renderer wants one alone); background:
    token of a full-size rectangle at the back, None for a transparent picture; title: what a screen reader says.
    The same scene gives the same text.
    """
    width, height = _number(scene.width), _number(scene.height)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_attribute(font)}">']
    if title:
        lines.append(f"<title>{_content(title)}</title>")
    if background is not None:
        lines.append(f'<rect width="{width}" height="{height}" fill="{_colour(colours, background)}"/>')
    for layer in scene.layers:
        if layer.shapes:
            lines.append(f'<g id="{_attribute(layer.name)}">')
            lines += [_element(shape, colours) for shape in layer.shapes]
            lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def visible(text: str) -> str:
    """The text with each character that XML or a font cannot carry as a visible code `[U+0007]`; line ends become spaces."""
    return "".join(_visible_characters(text))


def rounded_path(points: Sequence[Point], radius: float) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """An open line with rounded corners as path steps: ("M", (p,)), ("L", (p,)), ("Q", (corner, p)).

    A corner takes at most half of the shorter side beside it, so that neighbouring corners never overlap.
    """
    yield "M", (points[0],)
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        to_corner, from_corner = math.dist(before, corner), math.dist(corner, after)
        reach = min(radius, to_corner / 2, from_corner / 2)
        if reach < 0.25:
            yield "L", (corner,)
            continue
        yield "L", (_towards(corner, before, reach / to_corner),)
        yield "Q", (corner, _towards(corner, after, reach / from_corner))
    yield "L", (points[-1],)


def _element(shape: Shape, colours: Mapping[str, str]) -> str:
    match shape:
        case Rect():
            place = (
                f'x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}" height="{_number(shape.height)}"'
            )
            corners = f' rx="{_number(min(shape.radius, shape.width / 2, shape.height / 2))}"' if shape.radius else ""
            return f"<rect {place}{corners}{_paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash, colours)}/>"
        case Line():
            place = f'x1="{_number(shape.x1)}" y1="{_number(shape.y1)}" x2="{_number(shape.x2)}" y2="{_number(shape.y2)}"'
            return f"<line {place}{_paint(None, shape.stroke, shape.stroke_width, shape.dash, colours)}/>"
        case Polyline():
            steps = " ".join(
                command + " ".join(f"{_number(x)} {_number(y)}" for x, y in points)
                for command, points in rounded_path(shape.points, shape.radius)
            )
            return f'<path d="{steps}"{_paint(None, shape.stroke, shape.stroke_width, shape.dash, colours)}/>'
        case Polygon():
            corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in shape.points)
            paint = _paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash, colours)
            return f'<polygon points="{corners}"{paint} stroke-linejoin="round"/>'
        case Text():
            return _text(shape, colours)
        case Repeated() | Bundle() | Boxes() | Segments():
            return "\n".join(_element(each, colours) for each in shape.each())


def _text(shape: Text, colours: Mapping[str, str]) -> str:
    style = shape.style
    anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
    weight = "" if style.weight == 400 else f' font-weight="{style.weight}"'
    place = f'x="{_number(shape.x)}" y="{_number(shape.baseline)}" font-size="{_number(style.size)}"'
    return f'<text {place}{weight}{anchor} fill="{_colour(colours, style.token)}">{_content(in_its_direction(shape.text))}</text>'


def _paint(fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...], colours: Mapping[str, str]) -> str:
    parts = [f' fill="{_colour(colours, fill) if fill else "none"}"']
    if stroke:
        parts.append(f' stroke="{_colour(colours, stroke)}"')
        if width != 1:
            parts.append(f' stroke-width="{_number(width)}"')
        if dash:
            parts.append(f' stroke-dasharray="{" ".join(_number(part) for part in dash)}"')
    return "".join(parts)


def _colour(colours: Mapping[str, str], token: str) -> str:
    return _attribute(colours.get(token, FALLBACK))


def _number(value: float) -> str:
    """Two decimals at most, no trailing zeros, no negative zero: short, and the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _content(text: str) -> str:
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _content(text).replace('"', "&quot;")


def _visible_characters(text: str) -> Iterator[str]:
    for character in text:
        code = ord(character)
        if character in "\t\n\r\u2028\u2029":
            yield " "
        elif (
            code < 0x20
            or 0x7F <= code < 0xA0
            or 0xD800 <= code < 0xF900
            or code & 0xFFFE == 0xFFFE
            or 0xFDD0 <= code < 0xFDF0
            or code >= 0xF0000
        ):
            yield f"[U+{code:04X}]"
        else:
            yield character


def _towards(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
