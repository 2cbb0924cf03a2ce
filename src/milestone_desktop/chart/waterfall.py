"""The way from a milestone's target to its date as shapes: one row a step, each bar beginning where the one above ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from milestone_desktop.chart.shapes import Layer, Line, Measure, Rect, Scene, Shape, Text, TextStyle, shortened_to

ROW, BAR = 40.0, 15.0
NAME, NOTE, FIGURE = TextStyle(12, 500, "text"), TextStyle(11, 400, "text-muted"), TextStyle(12, 500, "text")
SHARE = 0.52
"""Of the width that the words take."""


@dataclass(frozen=True, slots=True)
class Bar:
    """days: signed working days; figure: the same in words; total: it is the sum, and begins at the target."""

    name: str
    note: str
    days: int
    figure: str
    total: bool = False


def waterfall_scene(bars: Sequence[Bar], width: float, measure: Measure) -> Scene:
    """The scene of some bars; its height follows from their number."""
    reached, lows, highs = 0, [0], [0]
    spans = []
    for bar in bars:
        begin = 0 if bar.total else reached
        reached = bar.days if bar.total else reached + bar.days
        spans.append((begin, reached))
        lows.append(min(begin, reached))
        highs.append(max(begin, reached))
    widest = max((measure(bar.figure, FIGURE) for bar in bars), default=0.0) + 12
    left = width * SHARE
    scale = max(1.0, width - left - widest - 4) / max(1, max(highs) - min(lows))
    zero = left - min(lows) * scale
    shapes: list[Shape] = [Line(zero, 2, zero, ROW * len(bars), "grid-major", role="target")]
    for number, (bar, (begin, end)) in enumerate(zip(bars, spans, strict=True)):
        shapes += _row(bar, number * ROW, (zero + begin * scale, zero + end * scale), left, measure)
    return Scene(width, ROW * len(bars) + 4, (Layer("waterfall", tuple(shapes)),))


def _row(bar: Bar, top: float, ends: tuple[float, float], left: float, measure: Measure) -> list[Shape]:
    first, last = min(ends), max(ends)
    token = "accent" if bar.total else "slip" if bar.days > 0 else "chart-5"
    name = shortened_to(bar.name, left - 14, NAME, measure)
    note = shortened_to(bar.note, left - 14, NOTE, measure)
    return [
        Text(0, top + 15, name, NAME, role="name"),
        Text(0, top + 30, note, NOTE, role="note"),
        Rect(first, top + 8, max(2.0, last - first), BAR, token, radius=3, role="bar"),
        Text(last + 7, top + 8 + BAR / 2 + 0.364 * FIGURE.size, bar.figure, FIGURE, role="figure"),
    ]
