"""The proof over random and real plans at all five scales: no two words overlap, none is cut or crossed by a line, what does
not fit in the lane is counted, what is shortened is listed; and screen, SVG and report draw one geometry."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from chart_plans import empty_plan, faults, measure, random_plan, texts_of

from data_folder import data_path
from milestone_desktop.chart.bands import header_scene, lane_marks, lane_scene
from milestone_desktop.chart.canvas import Drawn
from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.packed import Packer, zoom_step
from milestone_desktop.chart.pictures import fit_rows, picture, with_plan_facts
from milestone_desktop.chart.report_roadmap import report_roadmap
from milestone_desktop.chart.roadmap import roadmap
from milestone_desktop.chart.routes import LinkIndex, Links
from milestone_desktop.chart.row_values import moment_of
from milestone_desktop.chart.rows import NO_INSTANT, Rows, build
from milestone_desktop.chart.shapes import Polyline, Scene, Shape, singly
from milestone_desktop.chart.svg import svg, visible
from milestone_desktop.chart.timescale import Scale, TimeScale
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_from_iso, day_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import bring_in
from stored_plans import names_in, unpacked

WIDTH, ROW = 1100.0, 32.0
PARTS = 8
"""All plans are checked in so many tests, so that several can run side by side."""

MOST_OF_A_HISTORY = 150
"""Milestones of a history that are laid out; `test_lane` takes all of them."""


def middle_of(rows: Rows) -> int:
    dated = rows.outline.end[rows.outline.end != NO_INSTANT]
    return int(dated[len(dated) // 2]) if len(dated) else day_from_iso("2026-11-24") * MINUTES_PER_DAY


def scales_of(rows: Rows, options: Options) -> list[TimeScale]:
    """The whole plan, and the five view modes about its middle."""
    whole = fit_rows(rows, WIDTH, options)
    about = whole.x(middle_of(rows))
    modes = [whole.at_scale(mode, about) for mode in Scale]
    return [whole, *(scale.scrolled(scale.x(middle_of(rows)) - WIDTH / 2) for scale in modes)]


def options_for(plan: Plan, project: int, rows: Rows, *, much: bool) -> Options:
    """Today and the status date in the middle of the plan; much: everything that can be shown is."""
    today = middle_of(rows)
    guides = {row.id for row in plan.where(Milestone, "project", project)} if much else set()
    return with_plan_facts(
        plan, [project], Options(today=today, status_date=day_of(today) - 20, titles=much, zigzag=much, guides=guides)
    )


def check_plan(plan: Plan, project: int, *, much: bool) -> None:
    """Rows, one item each and packed into lanes, lane of milestones and header at every scale."""
    rows = build(plan, [project])
    options = options_for(plan, project, rows, much=much)
    links = Links.of(plan).among(rows.ids)
    index = LinkIndex(links, rows)
    marks, packer = lane_marks(plan, [project], options), Packer(measure)
    for scale in scales_of(rows, options):
        check_rows(rows, plan, scale, options, index)
        packed = packer.packed(rows, plan, zoom_step(scale.pixels_per_day))
        check_rows(packed, plan, scale, options, LinkIndex(links, packed))
        lane = lane_scene(marks, scale, WIDTH, options, measure)
        assert faults(lane) == {}
        check_lane_is_told(lane, {mark.id: mark.label for mark in marks if 0 <= scale.x(mark.moment) <= WIDTH})
        assert faults(header_scene(scale, WIDTH, options, measure)) == {}


def check_rows(rows: Rows, plan: Plan, scale: TimeScale, options: Options, links: LinkIndex) -> None:
    """All rows at one scale, some screens at a time."""
    for first in range(0, max(len(rows), 1), 60):
        count = min(60, len(rows) - first)
        view = View(first, first + count - 1, WIDTH, count * ROW, ROW)
        scene = roadmap(rows, plan, scale, view, options, measure, links)
        assert faults(scene) == {}
        check_rows_are_told(scene)


def check_rows_are_told(scene: Scene) -> None:
    """Each mark in view has its words, or is in the list of what was shortened."""
    told = {text.owner for text, _ in texts_of(scene)} | {cut.owner for cut in scene.shortened}
    for shape in scene.layer("marks"):
        if shape.role == "mark" and hasattr(shape, "points"):
            across = [x for x, _ in shape.points]
            assert not 0 <= (min(across) + max(across)) / 2 <= scene.width or shape.owner in told


def check_lane_is_told(scene: Scene, wanted: dict[int, str]) -> None:
    """Each milestone in view is named in full, is listed as shortened, or is counted by one marker."""
    named = {text.owner: text.text for text, _ in texts_of(scene) if text.owner is not None}
    counted = [row_id for marker in scene.markers for row_id in marker.ids]
    assert len(counted) == len(set(counted))
    assert set(named) | set(counted) == set(wanted)
    assert not set(named) & set(counted)
    assert {cut.owner: cut.full for cut in scene.shortened} == {row: wanted[row] for row in named if named[row] != wanted[row]}
    assert [marker.label for marker in scene.markers] == [f"+{len(marker.ids)}" for marker in scene.markers]


@pytest.mark.parametrize("seed", range(12))
def test_random_plans(seed: int) -> None:
    plan = random_plan(seed, 30 + 12 * seed, links=60)
    check_plan(plan, 1, much=seed % 2 == 1)


def crowded_plan(seed: int) -> Plan:
    """Many milestones on few days."""
    dice, plan = random.Random(seed), empty_plan()
    days = [day_from_iso("2026-09-01") + dice.randrange(200) for _ in range(6 + seed)]
    for number in range(1, 60 + 60 * seed):
        title = f"{dice.choice(('Go-live', 'M', 'Abnahme durch den Auftraggeber', 'إطلاق', '发布'))} {number}"
        plan.put(Milestone(number, 1, title, order=number, end=dice.choice(days) * MINUTES_PER_DAY + 1080))
    return plan


@pytest.mark.parametrize("seed", range(4))
def test_crowds_of_milestones(seed: int) -> None:
    check_plan(crowded_plan(seed), 1, much=False)


def imported(path: Path) -> Plan:
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 3, 1))
    with document.edit("Import") as edit:
        bring_in(edit, registry.read(path))
    return document.plan


def check_file(path: Path, amounts: Sequence[bool] = (False, True)) -> None:
    """Every project of a file. amounts: as `much` in `check_plan`."""
    plan = imported(path)
    for project in plan.all(Project):
        if not plan.activities_where("project", project.id):
            continue
        for much in amounts:
            check_plan(plan, project.id, much=much)
        rows = build(plan, [project.id])
        options = options_for(plan, project.id, rows, much=False)
        for lanes in (False, True):
            assert faults(picture(plan, [project.id], (1600, 900), options, measure, lanes=lanes)) == {}
            assert faults(report_roadmap(plan, project.id, 690, options, measure, () if lanes else None)) == {}


def test_a_sample_of_the_insisoc_plans(tmp_path: Path) -> None:
    sample = set(random.Random(11).sample(names_in("insisoc-mspdi.tar.xz"), 1))
    for path in unpacked("insisoc-mspdi.tar.xz", tmp_path, sample).values():
        check_file(path, [True])


@pytest.mark.all_files
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(PARTS))
def test_all_insisoc_plans(tmp_path: Path, part: int) -> None:
    names = sorted(names_in("insisoc-mspdi.tar.xz"))
    assert len(names) == 89
    for path in unpacked("insisoc-mspdi.tar.xz", tmp_path, set(names[part::PARTS])).values():
        check_file(path)


@pytest.mark.parametrize("name", ["python_release_vintages.csv", "k8s_release_vintages.csv"])
def test_histories_as_sets_of_milestones(name: str) -> None:
    latest: dict[str, dict[str, int]] = defaultdict(dict)
    with data_path(f"history/{name}").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            latest[row["product"]][row["milestone"]] = day_from_iso(row["planned_date"])
    plan = empty_plan()
    rows = [(f"{product} {title}", day) for product, found in sorted(latest.items()) for title, day in sorted(found.items())]
    rows = rows[:: max(len(rows) // MOST_OF_A_HISTORY, 1)]
    for number, (title, day) in enumerate(rows, 1):
        plan.put(Milestone(number, 1, title, order=number, end=day * MINUTES_PER_DAY + 1080, target=(day - 9) * MINUTES_PER_DAY))
    check_plan(plan, 1, much=True)


# one geometry


def whole_scene(plan: Plan, rows: Rows, scale: TimeScale, options: Options, drawn: Drawn | None = None) -> Scene:
    view = View(0, len(rows) - 1, WIDTH, len(rows) * ROW, ROW)
    return roadmap(rows, plan, scale, view, options, measure, LinkIndex(Links.of(plan), rows), drawn)


@pytest.mark.parametrize("seed", range(6))
def test_bands_of_a_scrolled_view_fit_together_without_seams(seed: int) -> None:
    plan = random_plan(seed, 60, links=80)
    rows = build(plan, [1])
    options = options_for(plan, 1, rows, much=True)
    scale = fit_rows(rows, WIDTH, options)
    whole = whole_scene(plan, rows, scale, options)
    drawn, index = Drawn(), LinkIndex(Links.of(plan), rows)
    found: dict[str, set[Shape]] = defaultdict(set)
    for first in range(0, len(rows), 7):
        last = min(first + 6, len(rows) - 1)
        view = View(first, last, WIDTH, (last - first + 1) * ROW, ROW, first * ROW, first * ROW)
        for layer in roadmap(rows, plan, scale, view, options, measure, index, drawn).layers:
            found[layer.name] |= set(singly(layer.shapes))
    for name in ("bars", "marks", "labels"):
        assert found[name] == set(whole.layer(name))
    heads = {shape for shape in whole.layer("links") if not isinstance(shape, Polyline)}
    assert heads <= found["links"], "a link goes the same way from whichever rows it is seen"


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_has_the_bars_of_the_screen(seed: int) -> None:
    plan = random_plan(seed, 20)
    rows = build(plan, [1])
    options = with_plan_facts(plan, [1], Options(today=middle_of(rows)))
    scene = picture(plan, [1], (1500, 900), options, measure)
    bars = {shape.owner: shape for shape in scene.layer("bars") if shape.role == "bar"}
    dated = [shape for shape in bars.values() if hasattr(shape, "width")]
    left = min(bar.x for bar in dated)
    starts = {row_id: int(rows.outline.start[rows.outline.place(row_id) or 0]) for row_id in bars if row_id is not None}
    first = min(starts.values())
    pixels = [(bar.x - left, starts[bar.owner] - first) for bar in dated if bar.owner is not None]
    zoom = max(pixels)[0] / max(pixels)[1]
    assert all(x == pytest.approx(minutes * zoom, abs=0.5) for x, minutes in pixels)


def test_an_svg_says_the_scene_at_the_same_places() -> None:
    plan = random_plan(3, 40)
    rows = build(plan, [1])
    scene = whole_scene(plan, rows, fit_rows(rows, WIDTH, Options()), options_for(plan, 1, rows, much=True))
    tree = ElementTree.fromstring(svg(scene, {}, background=None))
    texts = [
        (element.text, float(element.attrib["x"]), float(element.attrib["y"]))
        for element in tree.iter("{http://www.w3.org/2000/svg}text")
    ]
    wanted = [(visible(in_its_direction(text.text)), text.x, text.baseline) for text, _ in texts_of(scene)]
    assert len(texts) == len(wanted) > 0
    for (said, x, y), (text, wanted_x, wanted_y) in zip(texts, wanted, strict=True):
        assert said == text
        assert (x, y) == pytest.approx((wanted_x, wanted_y), abs=0.006)


def test_a_report_puts_every_milestone_on_its_day() -> None:
    plan = random_plan(5, 30)
    options = replace(options_for(plan, 1, build(plan, [1]), much=False), zigzag=False)
    scene = report_roadmap(plan, 1, 690, options, measure)
    scale = fit_rows(build(plan, (1,)), 690, options, 30.0, 40.0)
    marks = {shape.owner: shape for shape in scene.layer("marks") if shape.role == "mark"}
    placed = [row for row in plan.all(Milestone) if moment_of(row) is not None]
    assert set(marks) == {row.id for row in placed}
    for row in placed:
        across = [x for x, _ in marks[row.id].points]  # type: ignore[union-attr]  # marks are polygons
        assert min(across) - 2 <= scale.x(moment_of(row) or 0) <= max(across) + 2
