"""Plans to test with: random ones with every field filled, made from the annotations of the records, and large ones."""

from __future__ import annotations

import random
from dataclasses import replace
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import ConstraintType, LinkType, MilestoneStatus, Placement, Priority
from milestone_desktop.domain.fields import OnDelete, Reference
from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant
from milestone_desktop.domain.kinds import ACTIVITY_KINDS, KINDS, field_names, kind_named
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Person, Project, WorkflowState, Workspace
from milestone_desktop.domain.seeds import seed_plan

FIRST = instant(2024, 1, 1)
TEXTS = (
    "Kickoff", "a", "Žluťoučký kůň", "里程碑", "معلم", "🎉 launch", "line\nbreak\ttab", "quote ' \" ;--", "#import x", "\x07bell",
    "zero\0byte",
    "{braces}", "  spaces  ", "null", "0", "e\u0301",
)  # fmt: skip


def random_text(rng: random.Random) -> str:
    """A text such as people and hostile files give."""
    return " ".join(rng.choice(TEXTS) for _ in range(rng.randint(1, 3)))


def random_value(rng: random.Random, hint: Any, tags: tuple[Any, ...] = ()) -> Any:
    """A value of an annotation, never its None. References are left to the caller."""
    origin = get_origin(hint)
    if origin is Annotated:
        return random_value(rng, get_args(hint)[0], tags + hint.__metadata__)
    if origin in (Union, UnionType):
        return random_value(rng, next(part for part in get_args(hint) if part is not type(None)), tags)
    if "instant" in tags:
        return FIRST + rng.randrange(2000 * MINUTES_PER_DAY)
    if "day" in tags:
        return FIRST // MINUTES_PER_DAY + rng.randrange(2000)
    if origin is tuple:
        parts = get_args(hint)
        if parts[-1] is Ellipsis:
            return tuple(random_value(rng, parts[0]) for _ in range(rng.randint(1, 3)))
        return tuple(random_value(rng, part) for part in parts)
    if origin is dict:
        return {"note": random_text(rng), "list": [1, 2.5, None, True, {"deep": []}], random_text(rng): rng.randrange(99)}
    if issubclass(hint, StrEnum):
        return rng.choice(list(hint))
    if hint is str:
        return random_text(rng)
    return {bool: True, int: rng.randint(1, 100), float: rng.random() * 1000}[hint]


def filled_record(rng: random.Random, kind: type, row_id: int, plan: Plan) -> Any:
    """A record with every field filled; references point to records that are in `plan`, and are None where none is."""
    hints = get_type_hints(kind, include_extras=True)
    fields: dict[str, Any] = {"id": row_id}
    for name in field_names(kind)[1:]:
        reference = next((tag for tag in getattr(hints[name], "__metadata__", ()) if isinstance(tag, Reference)), None)
        fields[name] = _some_id(rng, plan, reference.kind) if reference else random_value(rng, hints[name])
    if kind is Calendar:
        fields["week"] = (((540, 720), (780, 1020)), None, (), ((1320, 1800),), ((480, 960),), (), None)
    return kind(**fields)


def _some_id(rng: random.Random, plan: Plan, kind: str) -> int | None:
    rows = list(plan.activities()) if kind == "Activity" else list(plan.all(kind_named(kind)))
    return rng.choice(rows).id if rows else None


def every_kind_plan(rng: random.Random, each: int = 3) -> Plan:
    """A plan with `each` records of every kind and every field filled. It obeys the references, not the other rules."""
    plan = Plan()
    plan.put(Workspace(plan.take_number("id")))
    for kind in KINDS[1:]:
        for _ in range(each):
            plan.put(filled_record(rng, kind, plan.take_number("id"), plan))
    plan.put(filled_record(rng, Workspace, 1, plan))
    for kind in KINDS:
        rows: list[Any] = list(plan.all(kind))
        for row in rows:
            _fill_what_came_later(rng, plan, row)
    plan.counters |= {f"item:{project.id}": 1000 for project in plan.all(Project)}
    return plan


def _fill_what_came_later(rng: random.Random, plan: Plan, row: Any) -> None:
    hints = get_type_hints(type(row), include_extras=True)
    for name in field_names(type(row)):
        for tag in getattr(hints[name], "__metadata__", ()):
            if isinstance(tag, Reference) and getattr(row, name) is None:
                row = replace(row, **{name: _some_id(rng, plan, tag.kind)})
    plan.put(row)


def random_plan(rng: random.Random, size: int) -> Plan:
    """A plan that keeps the rules: projects, an outline of some `size` activities, links, people and a few of the rest."""
    plan = seed_plan()
    calendar = next(iter(plan.all(Calendar))).id
    for number in range(1 + size // 40):
        plan.put(Person(plan.take_number("id"), random_text(rng), role=random_text(rng)))
        plan.put(Project(plan.take_number("id"), f"P{number}", random_text(rng), calendar))
    projects = sorted(plan.all(Project), key=lambda project: project.id)
    for _ in range(size):
        plan.put(_random_activity(rng, plan, rng.choice(projects)))
    activities = sorted(plan.activities(), key=lambda row: row.id)
    ends = {tuple(sorted(rng.sample(range(len(activities)), 2))) for _ in range(size // 2)} if size > 1 else set()
    for before, after in sorted(ends):
        if not _related(plan, activities[before], activities[after]):
            plan.put(
                Dependency(plan.take_number("id"), activities[before].id, activities[after].id, LinkType.FS, rng.randrange(960))
            )
    return plan


def _random_activity(rng: random.Random, plan: Plan, project: Project) -> Activity:
    siblings = plan.activities_where("project", project.id)
    parent = rng.choice([*siblings, None]) if siblings else None
    start = FIRST + rng.randrange(700) * MINUTES_PER_DAY + 540
    common: dict[str, Any] = {
        "project": project.id,
        "title": random_text(rng),
        "parent": parent.id if parent else None,
        "order": rng.random(),
        "start": start,
        "end": start + rng.randrange(1, 20) * MINUTES_PER_DAY,
        "tags": tuple(random_text(rng) for _ in range(rng.randrange(3))),
    }
    row_id = plan.take_number("id")
    if rng.random() < 0.2:
        return Milestone(row_id, code=f"M{row_id}", owner=_some_id(rng, plan, "Person"), **common)
    states = list(plan.all(WorkflowState))
    return WorkItem(
        row_id, number=plan.take_number(f"item:{project.id}"), status=rng.choice(states).id, progress=rng.randrange(101), **common
    )


def _related(plan: Plan, one: Activity, other: Activity) -> bool:
    """Whether one of the two stands above the other in the outline."""
    return one.id in _line_up(plan, other) or other.id in _line_up(plan, one)


def _line_up(plan: Plan, row: Activity | None) -> set[int]:
    found = set()
    while row is not None:
        found.add(row.id)
        row = plan.activity(row.parent)
    return found


def full_plan(n_items: int, n_links: int, seed: int = 1) -> Plan:
    """One project with `n_items` work items, every field filled plausibly, and `n_links` links from earlier to later."""
    rng = random.Random(seed)
    plan = seed_plan()
    calendar = next(iter(plan.all(Calendar))).id
    people = [Person(plan.take_number("id"), f"Person {number}", "Engineer") for number in range(50)]
    for person in people:
        plan.put(person)
    project = Project(plan.take_number("id"), "BIG", "A big project", calendar, lead=people[0].id)
    plan.put(project)
    states = [state.id for state in plan.all(WorkflowState)]
    ids: list[int] = []
    for number in range(1, n_items + 1):
        parent = ids[(number - 1) // 10 * 10] if number % 10 != 1 else None
        item = _full_item(rng, plan.take_number("id"), number, parent, project, rng.choice(states), rng.choice(people).id)
        plan.put(item)
        ids.append(item.id)
    plan.counters[f"item:{project.id}"] = n_items
    for before, after in _forward_pairs(rng, n_items, n_links):
        kind, lag = rng.choice(list(LinkType)), rng.choice((0, 480, -240))
        plan.put(Dependency(plan.take_number("id"), ids[before], ids[after], kind, lag))
    return plan


def _forward_pairs(rng: random.Random, n_items: int, n_links: int) -> list[tuple[int, int]]:
    """Places of an earlier and a later item, each pair once, never a parent (every tenth) with a child of its own."""
    found: dict[tuple[int, int], None] = {}
    while len(found) < n_links:
        before = rng.randrange(n_items - 1)
        after = min(before + rng.randint(1, 39), n_items - 1)
        if before % 10 or after // 10 != before // 10:
            found[before, after] = None
    return list(found)


def _full_item(
    rng: random.Random, row_id: int, number: int, parent: int | None, project: Project, status: int, person: int
) -> WorkItem:
    start = FIRST + (number // 60) * MINUTES_PER_DAY + rng.randrange(540, 1080, 15)
    days = rng.randint(1, 15)
    end = start + days * MINUTES_PER_DAY
    return WorkItem(
        row_id,
        project.id,
        f"Work on part {number} of the whole",
        parent=parent,
        order=float(number),
        code=f"C{number}",
        start=start,
        end=end,
        duration=days * 480,
        placement=rng.choice(list(Placement)),
        calendar=project.calendar,
        constraint=rng.choice(list(ConstraintType)),
        constraint_date=start,
        deadline=end + MINUTES_PER_DAY,
        progress=rng.randrange(101),
        actual_start=start,
        actual_finish=end,
        remaining=days * 240,
        stop=start + 240,
        resume=start + 480,
        estimated=rng.random() < 0.5,
        optimistic=days * 400,
        most_likely=days * 480,
        pessimistic=days * 700,
        tags=(rng.choice(("red", "green", "blue")), rng.choice(("late", "early"))),
        release=f"R{number % 7}",
        module=f"Module {number % 20}",
        description=f"What is to be done for part {number}, and how we know that it is done.",
        notes=f"Note {number}",
        health_override=None,
        source=f"mspdi:{number}",
        extra={"uid": str(number)},
        number=number,
        status=status,
        priority=rng.choice(list(Priority)),
        reporter=person,
        estimate=days * 480,
        logged=days * 200,
        remaining_effort=days * 280,
        story_points=float(rng.choice((1, 2, 3, 5, 8))),
    )


def required_reference(reference: Reference) -> bool:
    """Whether a field of this reference can never be None."""
    return reference.on_delete is OnDelete.REFUSE


def completed(milestone: Milestone, when: int) -> Milestone:
    """The milestone as reached at that instant."""
    return replace(milestone, status=MilestoneStatus.COMPLETED, actual_finish=when)


__all__ = ["ACTIVITY_KINDS", "every_kind_plan", "filled_record", "full_plan", "random_plan", "random_text", "random_value"]
