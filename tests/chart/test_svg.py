"""SVG is well formed and the same each time, whatever people call their milestones."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from chart_plans import measure, random_plan

from milestone_desktop.chart.options import Options
from milestone_desktop.chart.pictures import picture
from milestone_desktop.chart.shapes import Layer, Polyline, Scene, Text
from milestone_desktop.chart.svg import rounded_path, svg, visible
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import instant
from milestone_desktop.resource_files import resource

HOSTILE = (
    "</text><script>alert(1)</script>",
    '"&quot;\'<>&amp;',
    "]]><!-- -->",
    "bell\x07 null\x00 escape\x1b\x9b",
    "lone \ud800 surrogate \udfff",
    "not a character \ufffe\uffff\U0001ffff",
    "private \ue000",
    "#import \\ $x^2$",
    "发布 إطلاق 🎉 e\u0301",
    "two\nlines\tand a tab",
    "",
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def colours(theme: str) -> dict[str, str]:
    with resource("themes", f"{theme}.toml").open("rb") as file:
        found: dict[str, str] = tomllib.load(file)["colours"]
    return found


@pytest.mark.parametrize("title", HOSTILE)
def test_any_title_gives_well_formed_svg_with_the_title_as_text(title: str) -> None:
    scene = Scene(100, 20, (Layer(title, (Text(1, 10, title),)),))
    written = svg(scene, colours("light"), font=title, title=title)
    root = ElementTree.fromstring(written.encode())
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    assert texts == [visible(title)]
    assert not list(root.iter(f"{SVG}script"))


def test_what_cannot_be_shown_becomes_a_visible_code() -> None:
    assert visible("a\x07b\ud800") == "a[U+0007]b[U+D800]"
    assert visible("one\ntwo") == "one two"
    assert visible("发布 🎉") == "发布 🎉"


def test_the_same_scene_gives_the_same_text_and_knows_every_colour() -> None:
    plan = random_plan(4, 40)
    for row, title in zip(list(plan.all(Milestone)), HOSTILE, strict=False):
        plan.put(replace(row, title=title))
    options = Options(today=instant(2026, 11, 24), critical={1, 2, 3, 4}, selection={5})
    for theme in ("light", "dark", "high-contrast"):
        written = svg(picture(plan, [1], (1200, 800), options, measure), colours(theme))
        assert written == svg(picture(plan.copy(), [1], (1200, 800), options, measure), colours(theme))
        root = ElementTree.fromstring(written)
        assert (root.get("width"), root.get("height")) == ("1200", "800")
        used = {element.get(key) for element in root.iter() for key in ("fill", "stroke")} - {None, "none"}
        assert used <= set(colours(theme).values())


def test_corners_are_rounded_without_passing_their_neighbours() -> None:
    line = Polyline(((0, 0), (0, 4), (50, 4), (50, 40)), "link", radius=6)
    steps = list(rounded_path(line.points, line.radius))
    assert steps == [
        ("M", ((0, 0),)), ("L", ((0, 2),)), ("Q", ((0, 4), (2, 4))), ("L", ((44, 4),)), ("Q", ((50, 4), (50, 10))),
        ("L", ((50, 40),)),
    ]  # fmt: skip
    assert [step for step, _ in rounded_path(((0, 0), (0, 0), (9, 0)), 4)] == ["M", "L", "L"]
