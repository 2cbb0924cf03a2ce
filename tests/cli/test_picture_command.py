"""`picture`: PNG and SVG of the roadmap, exact in size, without a screen."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import pytest
from command_line import NOW, ODD_TITLES, CommandLine, everything_in, in_process
from PySide6.QtGui import QImage

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Project
from milestone_desktop.files import open_workspace

BAD_SIZES = (
    "", "x", "1600", "1600x", "x900", "99x900", "1600x20001", "-1x5", "16e2x900", "1600x900x2", "²²²x900", "9" * 5000 + "x900",
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _application(qapp: object) -> object:
    return qapp


def opened(path: Path) -> Document:
    return open_workspace(path, lambda: NOW)


def texts(svg: Path) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg.read_text("utf-8")).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("size", "width", "height"), [(None, 1600, 900), ("1024x500", 1024, 500), ("100X100", 100, 100), ("3000x2001", 3000, 2001)]
)
def test_the_size_is_exact(run: CommandLine, plan: Path, tmp_path: Path, size: str | None, width: int, height: int) -> None:
    words = ["--size", size] if size else []
    run.done("picture", plan, tmp_path / "out.png", *words)
    image = QImage(str(tmp_path / "out.png"))
    assert (image.width(), image.height()) == (width, height)
    run.done("picture", plan, tmp_path / "out.svg", *words)
    root = ET.fromstring((tmp_path / "out.svg").read_text("utf-8"))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (str(width), str(height), f"0 0 {width} {height}")


@pytest.mark.parametrize(
    ("out", "words", "expected"),
    [
        *(("out.png", [f"--size={size}"], "not a size") for size in BAD_SIZES),
        ("out.jpg", [], ".png / .svg"),
        ("out", [], ".png / .svg"),
        ("plan.milestones", [], ".png / .svg"),
        ("nowhere/out.png", [], "could not be written"),
        ("twin.svg", [], "workspace itself"),
        ("out.png", ["--project", "NOPE"], "AUR"),
    ],
)
def test_what_cannot_be_drawn_or_written(
    run: CommandLine, plan: Path, tmp_path: Path, out: str, words: list[str], expected: str
) -> None:
    (tmp_path / "twin.svg").hardlink_to(plan)
    before = everything_in(tmp_path)
    assert expected in run("picture", plan, tmp_path / out, *words).refused()
    assert everything_in(tmp_path) == before


def test_light_and_dark(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    brightness = {}
    for theme in ("light", "dark"):
        run.done("picture", plan, tmp_path / f"{theme}.png", "--theme", theme)
        run.done("picture", plan, tmp_path / f"{theme}.svg", "--theme", theme)
        image = QImage(str(tmp_path / f"{theme}.png"))
        brightness[theme] = image.pixelColor(5, image.height() - 5).lightness()
    assert brightness["light"] > 200
    assert brightness["dark"] < 60
    assert (tmp_path / "light.svg").read_text() != (tmp_path / "dark.svg").read_text()
    assert texts(tmp_path / "light.svg") == texts(tmp_path / "dark.svg")


def test_the_svg_holds_every_milestone_as_text(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    run.done("picture", plan, tmp_path / "out.svg")
    document = opened(plan)
    titles = {row.title for row in document.plan.all(Milestone)}
    document.close()
    assert len(titles) == 7
    assert titles <= set(texts(tmp_path / "out.svg"))


def test_one_project_or_all(run: CommandLine, two: Path, tmp_path: Path) -> None:
    run.done("picture", two, tmp_path / "all.svg")
    run.done("picture", two, tmp_path / "one.svg", "--project", "OLD")
    assert {"Ready", "Shipped", "Moved in", "First", "Second"} <= set(texts(tmp_path / "all.svg"))
    assert {"Ready", "Shipped", "First"} <= set(texts(tmp_path / "one.svg"))
    assert not {"Moved in", "Second"} & set(texts(tmp_path / "one.svg"))


def test_odd_titles(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    document = opened(plan)
    with document.edit("Add") as edit:
        project = next(iter(document.plan.all(Project)))
        for title in (*ODD_TITLES, "]]> &amp; \x00\ufffe"):
            milestones.create(edit, project.id, title, instant(2026, 12, 4, 17))
    document.close()
    run.done("picture", plan, tmp_path / "out.svg")
    run.done("picture", plan, tmp_path / "out.png")
    found = texts(tmp_path / "out.svg")
    for title in ("日本語の計画", "bell[U+0007] rings", '#import "x": *', "$x$ <b> & @y", "]]> &amp; [U+0000][U+FFFE]"):
        assert title in found


def test_the_same_picture_in_another_process_without_a_screen(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    for name in ("a.png", "a.svg"):
        run.done("picture", plan, tmp_path / name)
        first = (tmp_path / name).read_bytes()
        other = tmp_path / f"other{name}"
        told = in_process("picture", plan, other, environment={"PYTHONHASHSEED": "5"})
        assert (told.code, told.out, told.err) == (0, "", "")
        assert other.read_bytes() == first


def test_lanes_put_items_on_one_row(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    run.done("picture", plan, tmp_path / "rows.svg")
    run.done("picture", plan, tmp_path / "lanes.svg", "--lanes")
    with closing(opened(plan)) as document:
        milestones = {row.title for row in document.plan.all(Milestone)}
    assert milestones <= set(texts(tmp_path / "lanes.svg"))
    assert (tmp_path / "rows.svg").read_text("utf-8") != (tmp_path / "lanes.svg").read_text("utf-8")
