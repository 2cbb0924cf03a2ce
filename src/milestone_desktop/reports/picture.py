"""The roadmap of a report: the program's own drawing, its shapes as SVG and its labels as text that can be selected.

Labels are set by typst and not left in the SVG: fonts for other scripts are found for text on the page but not
reliably for text in an embedded SVG, and a label that cannot be drawn would refuse the whole file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.report_roadmap import report_roadmap
from milestone_desktop.chart.shapes import Layer, Measure, Scene, Text
from milestone_desktop.chart.svg import FALLBACK, svg
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.plan import Plan
from milestone_desktop.reports.facts import MilestoneFacts, ProjectFacts
from milestone_desktop.reports.words import Words

POINTS_PER_PIXEL = 2 / 3
"""Size of the drawing on paper: 12 px of the screen are 8 pt."""

_WIDTHS = {"a4": 773.0, "us-letter": 798.0}
"""Pixels between the margins of a page, 14 mm each."""


def roadmap_picture(
    plan: Plan,
    facts: ProjectFacts,
    words: Words,
    colours: Mapping[str, str],
    paper: str,
    measure: Measure,
    lanes: Sequence[str] | None = None,
) -> dict[str, Any] | None:
    """Returns the section with the roadmap as report data, or None if no milestone has a date.

    lanes: shows all work items, several on a row, in these groups. Milestones that the drawing has no room to name in full,
    and those without a date, are listed under it.
    """
    dated = [entry for entry in facts.milestones if entry.moment is not None]
    if not dated:
        return None
    options = Options(words=words.dates, status_date=facts.status_date)
    scene = report_roadmap(plan, facts.project.id, _WIDTHS.get(paper, _WIDTHS["a4"]), options, measure, lanes)
    alt = words.say(
        N_("Roadmap with {count} milestones from {first} to {last}; the table of milestones holds the same dates."),
        count=len(dated),
        first=words.date(dated[0].moment),
        last=words.date(dated[-1].moment),
    )
    return {"heading": words.say(N_("Roadmap")), **drawing(scene, colours, alt), "notes": _notes(scene, facts, words)}


def _notes(scene: Scene, facts: ProjectFacts, words: Words) -> list[dict[str, Any]]:
    """What the drawing leaves out: a lead and its lines, each list only where there is something to say."""
    labels: dict[int, str] = {}
    for shape in scene.shapes():
        if isinstance(shape, Text) and shape.owner is not None:
            labels[shape.owner] = f"{labels.get(shape.owner, '')} {shape.text}"
    unnamed = [entry for entry in facts.milestones if entry.row.title not in labels.get(entry.row.id, "")]
    crowded = [_named(entry, words) for entry in unnamed if entry.moment is not None]
    undated = [entry.row.title for entry in unnamed if entry.moment is None]
    notes = [
        {"lead": words.say(N_("Not named in full in the picture:")), "lines": crowded},
        {"lead": words.say(N_("Without a date:")), "lines": undated},
    ]
    return [note for note in notes if note["lines"]]


def _named(entry: MilestoneFacts, words: Words) -> str:
    return words.say(N_("{date}: {title}"), title=entry.row.title, date=words.date(entry.moment))


def drawing(scene: Scene, colours: Mapping[str, str], alt: str) -> dict[str, Any]:
    """Returns a scene as report data: lengths in pixels, `scale` in points a pixel; alt: what a screen reader says."""
    labels = [shape for shape in scene.shapes() if isinstance(shape, Text) and shape.text]
    return {
        "width": scene.width,
        "height": scene.height,
        "scale": POINTS_PER_PIXEL,
        "alt": alt,
        "svg": svg(_without_labels(scene), colours, background=None),
        "texts": [
            {
                "x": round(label.x, 3),
                "baseline": round(label.baseline, 3),
                "anchor": label.anchor,
                "size": label.style.size,
                "weight": label.style.weight,
                "colour": colours.get(label.style.token, FALLBACK),
                "text": in_its_direction(label.text),
            }
            for label in labels
        ],
    }


def _without_labels(scene: Scene) -> Scene:
    layers = (Layer(layer.name, tuple(shape for shape in layer.shapes if not isinstance(shape, Text))) for layer in scene.layers)
    return replace(scene, layers=tuple(layers))
