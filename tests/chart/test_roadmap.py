"""The roadmap's shapes: where they stand, what they say, and that no word is covered, clipped or crossed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chart_plans import MONDAY, clipped_texts, crossed_texts, empty_plan, measure, overlapping_texts, random_plan, texts_of

from milestone_desktop.chart.hit import Hit, Part, hit
from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.options import Forecast, Options, View
from milestone_desktop.chart.pictures import fit_rows, picture, with_plan_facts
from milestone_desktop.chart.report_roadmap import report_roadmap
from milestone_desktop.chart.roadmap import roadmap
from milestone_desktop.chart.routes import LinkIndex, Links
from milestone_desktop.chart.rows import build
from milestone_desktop.chart.shapes import Line, Polygon, Rect, Scene, Text, bounds
from milestone_desktop.chart.timescale import Scale, TimeScale
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus, Placement
from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_of, instant
from milestone_desktop.domain.plan import Plan

TODAY = instant(2026, 11, 24, 10)
OPTIONS = Options(today=TODAY, status_date=day_of(TODAY) - 1)


def small_plan() -> Plan:
    """A bar of two weeks that is half done, its milestone two weeks late, and a milestone reached."""
    plan = empty_plan()
    day = MINUTES_PER_DAY
    plan.put(WorkItem(1, 1, "Build", order=1, number=1, start=MONDAY, end=MONDAY + 14 * day, progress=50, status=2))
    plan.put(Milestone(2, 1, "Ready", order=2, end=MONDAY + 18 * day + 1080, target=MONDAY + 4 * day + 1080))
    reached = MONDAY + 25 * day
    plan.put(Milestone(3, 1, "Done", order=3, end=reached, status=MilestoneStatus.COMPLETED, actual_finish=reached + day))
    plan.put(Dependency(50, 1, 2))
    return plan


def scene_of(plan: Plan, options: Options, width: float = 800) -> tuple[Scene, TimeScale]:
    rows = build(plan, [1])
    scale = TimeScale(MONDAY - 10 * MINUTES_PER_DAY, 10)
    links = LinkIndex(Links.of(plan), rows)
    view = View(0, len(rows) - 1, width, len(rows) * 32)
    return roadmap(rows, plan, scale, view, options, measure, links), scale


def of_role(scene: Scene, role: str, owner: int | None = None) -> list[object]:
    return [shape for shape in scene.shapes() if shape.role == role and owner in (None, shape.owner)]


def test_a_bar_spans_its_dates_and_its_progress() -> None:
    scene, scale = scene_of(small_plan(), OPTIONS)
    bar = of_role(scene, "bar", 1)[0]
    assert isinstance(bar, Rect)
    assert (bar.x, bar.x + bar.width) == (scale.x(MONDAY), scale.x(MONDAY + 14 * MINUTES_PER_DAY))
    assert (bar.y, bar.height, bar.fill) == (8, 16, "bar")
    done = of_role(scene, "progress", 1)
    assert max(bounds(shape, measure).right for shape in done if isinstance(shape, Rect)) == bar.x + bar.width / 2


def test_a_mark_tells_open_completed_and_critical_apart() -> None:
    scene, scale = scene_of(small_plan(), replace(OPTIONS, critical={2}))
    open_mark, reached = of_role(scene, "mark", 2)[0], of_role(scene, "mark", 3)[0]
    assert isinstance(open_mark, Polygon)
    assert isinstance(reached, Polygon)
    assert (open_mark.fill, open_mark.stroke) == ("surface", "critical")
    assert (reached.fill, reached.stroke) == ("completed", "completed")
    assert open_mark.stroke_width > reached.stroke_width
    middle = (min(x for x, _ in reached.points) + max(x for x, _ in reached.points)) / 2
    assert middle == pytest.approx(scale.x(MONDAY + 26 * MINUTES_PER_DAY)), "a completed milestone stands on its actual date"


def test_a_group_has_a_bracket_unless_all_of_it_lies_on_one_date() -> None:
    plan = small_plan()
    rows = build(plan, [1], grouping=("kind",))
    scale = TimeScale(MONDAY - 10 * MINUTES_PER_DAY, 10)
    view = View(0, len(rows) - 1, 800, len(rows) * 32)
    drawn = of_role(roadmap(rows, plan, scale, view, OPTIONS, measure, LinkIndex(Links.of(plan), rows)), "bracket")
    assert len(drawn) == 2, "milestones and work items"
    rows = build(plan, [1], keep={1, 2}, grouping=("kind",))
    drawn = of_role(roadmap(rows, plan, scale, view, OPTIONS, measure, LinkIndex(Links.of(plan), rows)), "bracket")
    assert len(drawn) == 1, "one milestone alone is its own sign"


def test_kinds_have_shapes_of_their_own() -> None:
    shapes = {mark_points(kind, 0, 0, 8) for kind in MilestoneKind}
    assert len(shapes) == len(MilestoneKind)
    for points in shapes:
        assert all(abs(x) <= 9 and abs(y) <= 9 for x, y in points)


def test_a_slip_shows_target_dotted_line_and_working_days() -> None:
    plan = small_plan()
    scene, scale = scene_of(plan, with_plan_facts(plan, [1], OPTIONS))
    target = of_role(scene, "target", 2)[0]
    slip_line = of_role(scene, "slip", 2)[0]
    assert isinstance(target, Polygon)
    assert target.dash
    assert isinstance(slip_line, Line)
    assert slip_line.dash
    assert scale.x(MONDAY + 4 * MINUTES_PER_DAY) < slip_line.x1 < slip_line.x2 < scale.x(MONDAY + 19 * MINUTES_PER_DAY)
    labels = [shape for shape in of_role(scene, "label", 2) if isinstance(shape, Text)]
    assert [(label.text, label.style.token) for label in labels] == [("18 Sep", "text"), ("+10 wd", "slip")]


def test_far_dates_carry_their_year() -> None:
    plan = small_plan()
    scene, _ = scene_of(plan, Options())
    assert {shape.text for shape in of_role(scene, "label") if isinstance(shape, Text)} == {"18 Sep 2026", "26 Sep 2026"}


def test_pins_forecasts_selection_and_weekends_are_drawn_when_known() -> None:
    plan = small_plan()
    plan.put(replace(plan[Milestone, 2], placement=Placement.PINNED))
    forecast = {2: Forecast(MONDAY + 20000, MONDAY + 30000, MONDAY + 40000)}
    plain, _ = scene_of(plan, OPTIONS)
    scene, _ = scene_of(plan, with_plan_facts(plan, [1], replace(OPTIONS, forecast=forecast, selection={1})))
    assert of_role(scene, "pin", 2)
    assert of_role(scene, "forecast", 2)
    assert of_role(scene, "selection")
    assert of_role(scene, "weekend")
    assert not of_role(plain, "forecast") + of_role(plain, "selection") + of_role(plain, "weekend")


def check_words(scene: Scene, *, links: bool = False) -> None:
    assert overlapping_texts(scene) == []
    assert clipped_texts(scene) == []
    assert crossed_texts(scene, links=links) == []


@pytest.mark.parametrize("seed", range(15))
def test_no_word_is_covered_clipped_or_crossed_at_any_scale(seed: int) -> None:
    plan = random_plan(seed, 40)
    rows = build(plan, [1])
    links = LinkIndex(Links.of(plan), rows)
    whole = fit_rows(rows, 900, OPTIONS)
    milestones = {row.id for row in plan.all(Milestone)}
    options = with_plan_facts(plan, [1], replace(OPTIONS, titles=seed % 2 == 0, zigzag=seed % 3 == 0, guides=milestones))
    for scale in (whole, *(whole.at_scale(mode, 450) for mode in Scale)):
        view = View(0, len(rows) - 1, 900, len(rows) * 32)
        scene = roadmap(rows, plan, scale, view, options, measure, links)
        check_words(scene, links=True)
        labels = {shape.owner for shape in scene.layer("labels")}
        assert labels | {cut.owner for cut in scene.shortened} >= {
            shape.owner for shape in scene.layer("marks") if 0 <= _middle(shape) <= 900
        }


def _middle(shape: object) -> float:
    assert isinstance(shape, Polygon)
    across = [x for x, _ in shape.points]
    return (min(across) + max(across)) / 2


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("size", [(1600, 900), (700, 400), (400, 300)])
def test_pictures_hold_every_word_or_list_it(seed: int, size: tuple[int, int]) -> None:
    plan = random_plan(seed, 30 + seed * 4, projects=1 + seed % 3)
    scene = picture(plan, list(range(1, 2 + seed % 3)), size, OPTIONS, measure)
    assert (scene.width, scene.height) == size
    check_words(scene)


@pytest.mark.parametrize("seed", range(15))
def test_a_report_names_every_milestone_with_its_date(seed: int) -> None:
    plan = random_plan(seed, 30)
    scene = report_roadmap(plan, 1, 690, Options(status_date=day_of(TODAY)), measure)
    check_words(scene)
    said = {text.text for text, _ in texts_of(scene)}
    assert scene.markers == ()
    assert scene.shortened == () or all(cut.shown for cut in scene.shortened)
    for row in plan.all(Milestone):
        if row.end is not None:
            assert any(text.replace("\u2068", "").replace("\u2069", "").startswith(f"{row.title} ") for text in said)


def test_an_empty_project_has_a_picture() -> None:
    plan = empty_plan()
    for options in (Options(), OPTIONS):
        check_words(picture(plan, [1], (800, 400), options, measure))
        check_words(report_roadmap(plan, 1, 690, options, measure))


def test_a_long_plan_says_how_many_rows_are_left_out() -> None:
    plan = empty_plan()
    for number in range(1, 101):
        plan.put(WorkItem(number, 1, f"Item {number}", order=number, number=number, start=MONDAY, end=MONDAY + 9999, status=1))
        if number > 1:
            plan.put(Dependency(1000 + number, 1, number))
    scene = picture(plan, [1], (900, 500), OPTIONS, measure)
    said = [text.text for text, _ in texts_of(scene)]
    shown = sum(1 for text in said if text.startswith("Item"))
    assert f"and {100 - shown} more rows" in said
    assert 0 < shown < 100
    lowest_row = max(bounds(shape, measure).bottom for shape in scene.layer("bars"))
    assert scene.layer("links")
    assert all(bounds(shape, measure).bottom < lowest_row for shape in scene.layer("links"))


def test_deeper_levels_fold_before_rows_are_left_out() -> None:
    plan = empty_plan()
    for parent in range(1, 6):
        plan.put(WorkItem(parent, 1, f"Phase {parent}", order=parent, number=parent, status=1))
        for child in range(20):
            row_id = parent * 100 + child
            plan.put(WorkItem(row_id, 1, f"Item {row_id}", parent=parent, number=row_id, start=MONDAY, end=MONDAY + 99, status=1))
    said = [text.text for text, _ in texts_of(picture(plan, [1], (900, 500), OPTIONS, measure))]
    assert [text for text in said if text.startswith("Phase")] == [f"Phase {n}" for n in range(1, 6)]
    assert not [text for text in said if text.startswith(("Item", "and"))]


def test_what_lies_under_the_mouse() -> None:
    plan = small_plan()
    scene, scale = scene_of(plan, with_plan_facts(plan, [1], OPTIONS))
    left, right = scale.x(MONDAY), scale.x(MONDAY + 14 * MINUTES_PER_DAY)
    mark = scale.x(MONDAY + 18 * MINUTES_PER_DAY + 1080)
    assert hit(scene, left + 2, 16, measure) == Hit(1, Part.START_EDGE)
    assert hit(scene, right - 2, 16, measure) == Hit(1, Part.END_EDGE)
    assert hit(scene, left + 30, 16, measure) == Hit(1, Part.BODY)
    assert hit(scene, (left + right) / 2, 25, measure) == Hit(1, Part.PROGRESS)
    assert hit(scene, right + 6, 16, measure) == Hit(1, Part.LINK_END)
    assert hit(scene, mark, 48, measure) == Hit(2, Part.BODY)
    assert hit(scene, mark + 24, 48, measure) == Hit(2, Part.LABEL)
    assert hit(scene, mark + 15, 48, measure) == Hit(2, Part.LINK_END)
    assert hit(scene, left - 6, 16, measure) == Hit(1, Part.LINK_START)
    assert hit(scene, scale.x(MONDAY + 4 * MINUTES_PER_DAY + 1080), 48, measure) == Hit(2, Part.TARGET)
    assert hit(scene, (right + mark) / 2, 34, measure) == Hit(50, Part.LINK)
    assert hit(scene, 5, 90, measure) is None
