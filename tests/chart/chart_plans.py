"""Plans, measures and checks that the tests of the chart room share."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np

from milestone_desktop.chart.shapes import Box, Bundle, Line, Point, Polyline, Scene, Segments, Text, TextStyle, text_box
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType, MilestoneKind, MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project, WorkflowState

MONDAY = instant(2026, 8, 31)
WEEK = tuple(((540, 780), (840, 1080)) if day < 5 else () for day in range(7))
WORDS = (
    "Kickoff",
    "Prototype ready",
    "UAT",
    "Go-live",
    "Sign-off by the client",
    "M",
    "Lessons learned and shared",
    "发布",
    "إطلاق",
)


def measure(text: str, style: TextStyle) -> float:
    """A stand-in for a font: letters of unlike widths, in proportion to the size."""
    units = sum(0.3 if letter in "il.,' " else 0.9 if letter in "MW发布" else 0.56 for letter in text)
    return units * style.size * (1.05 if style.weight >= 600 else 1.0)


def empty_plan(projects: int = 1) -> Plan:
    plan = Plan()
    plan.put(Calendar(1, "Standard", WEEK))
    for number in range(1, projects + 1):
        plan.put(Project(number, f"P{number}", f"Project {number}", 1))
    for number, group in enumerate(StateGroup, 1):
        plan.put(WorkflowState(number, str(group), group))
    return plan


def random_activity(dice: random.Random, row_id: int, project: int, parent: int | None) -> Activity:
    begin = MONDAY + dice.randrange(0, 300 * 1440)
    title = f"{dice.choice(WORDS)} {row_id}"
    if dice.random() < 0.4:
        done = dice.random() < 0.3
        return Milestone(
            row_id, project, title, parent, float(dice.randrange(9)), end=begin if dice.random() < 0.9 else None,
            kind=dice.choice(list(MilestoneKind)), target=begin + dice.randrange(-40, 40) * 1440 if dice.random() < 0.5 else None,
            status=MilestoneStatus.COMPLETED if done else MilestoneStatus.NEW, actual_finish=begin if done else None,
        )  # fmt: skip
    dated = dice.random() < 0.8
    return WorkItem(
        row_id, project, title, parent, float(dice.randrange(9)), number=row_id, start=begin if dated else None,
        end=begin + dice.randrange(0, 60 * 1440) if dated else None, progress=dice.randrange(101), status=dice.randint(1, 3),
    )  # fmt: skip


def random_plan(seed: int, activities: int = 40, projects: int = 1, links: int = 30) -> Plan:
    """A plan with hierarchy, milestones with and without dates and targets, and dependencies of all types."""
    dice = random.Random(seed)
    plan = empty_plan(projects)
    by_project: dict[int, list[int]] = {number: [] for number in range(1, projects + 1)}
    for row_id in range(1, activities + 1):
        project = dice.randint(1, projects)
        parents = by_project[project]
        parent = dice.choice(parents) if parents and dice.random() < 0.7 else None
        plan.put(random_activity(dice, row_id, project, parent))
        parents.append(row_id)
    for number in range(links):
        a, b = dice.sample(range(1, activities + 1), 2)
        plan.put(Dependency(1000 + number, a, b, dice.choice(list(LinkType))))
    return plan


def texts_of(scene: Scene) -> list[tuple[Text, Box]]:
    words = (shape for layer in scene.layers for shape in layer.shapes if isinstance(shape, Text))
    return [(text, text_box(text, measure)) for text in words]


def overlapping_texts(scene: Scene) -> list[tuple[str, str]]:
    """Every pair of texts that cover each other."""
    placed = sorted(texts_of(scene), key=lambda text: text[1].top)
    found = []
    for number, (one, box) in enumerate(placed):
        for other, other_box in placed[number + 1 :]:
            if other_box.top > box.bottom:
                break
            if box.overlaps(other_box):
                found.append((one.text, other.text))
    return found


def clipped_texts(scene: Scene) -> list[str]:
    """Every text that is not wholly inside the scene."""
    return [
        text.text
        for text, box in texts_of(scene)
        if box.left < -0.01 or box.top < -0.01 or box.right > scene.width + 0.01 or box.bottom > scene.height + 0.01
    ]


def crossed_texts(scene: Scene, *, links: bool) -> list[tuple[str, str]]:
    """Every text that a line runs through, with the line's role; dependency lines only if asked for."""
    placed = texts_of(scene)
    roles, ends = _straight_pieces(scene, links=links)
    if not placed or not roles:
        return []
    (x1, y1), (x2, y2) = ends.transpose(1, 2, 0)
    left, right, top, bottom = np.minimum(x1, x2), np.maximum(x1, x2), np.minimum(y1, y2), np.maximum(y1, y2)
    found = []
    for text, box in placed:
        near = (left < box.right) & (right > box.left) & (top < box.bottom) & (bottom > box.top)
        for number in np.flatnonzero(near).tolist():
            (ax, ay), (bx, by) = ends[number].tolist()
            if _runs_through(box, (ax, ay), (bx, by)):
                found.append((text.text, roles[number]))
    return found


def faults(scene: Scene) -> dict[str, object]:
    """Whatever is wrong with the words of a scene."""
    found = {"overlap": overlapping_texts(scene), "cut": clipped_texts(scene), "crossed": crossed_texts(scene, links=True)}
    return {name: what for name, what in found.items() if what}


def _straight_pieces(scene: Scene, *, links: bool) -> tuple[list[str], np.ndarray]:
    """The straight pieces of all lines: their roles, and their two ends as an array of n × 2 × 2."""
    roles: list[str] = []
    ends: list[tuple[Point, Point]] = []
    many_roles: list[str] = []
    many = []
    for layer in scene.layers:
        for shape in layer.shapes:
            if isinstance(shape, Line):
                roles.append(shape.role)
                ends.append(((shape.x1, shape.y1), (shape.x2, shape.y2)))
            elif isinstance(shape, Polyline) and links:
                pieces = list(pairwise(shape.points))
                roles += ["link"] * len(pieces)
                ends += pieces
            elif isinstance(shape, Segments):
                many.append(shape.ends.reshape(-1, 2, 2))
                many_roles += [shape.role] * len(many[-1])
            elif isinstance(shape, Bundle) and links:
                many.append(np.stack((shape.points[:, :-1], shape.points[:, 1:]), axis=2).reshape(-1, 2, 2))
                many_roles += ["link"] * len(many[-1])
    return roles + many_roles, np.concatenate((np.array(ends).reshape(-1, 2, 2), *many))


def _runs_through(box: Box, a: Point, b: Point) -> bool:
    """Whether a straight line has more than a point inside a box: halved until a middle lies inside or it is short."""
    if max(a[0], b[0]) <= box.left or min(a[0], b[0]) >= box.right or max(a[1], b[1]) <= box.top or min(a[1], b[1]) >= box.bottom:
        return False
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    if box.left < middle[0] < box.right and box.top < middle[1] < box.bottom:
        return True
    return math.dist(a, b) > 0.01 and (_runs_through(box, a, middle) or _runs_through(box, middle, b))
