"""The fields that hold texts and people."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

import numpy as np

from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.filters.at_once import by, keys_of, texts_of
from milestone_desktop.filters.cells import EDGE, Floats, Ints, Texts, cell_of, cells_of
from milestone_desktop.filters.field import FULL, Column, Field, Reader, Sight, Sort, attribute
from milestone_desktop.filters.records import Records


def texts() -> tuple[Field, ...]:
    names = ((Person, None), (Assignment, "item"), (Project, None))
    return (
        Field("text", N_("Text"), Sort.TEXT, _anywhere, _all_anywhere, ("any-text",), names),
        _written("title", N_("Title"), aliases=("name",)),
        Field("key", N_("Key"), Sort.WORDS, key_of, _keys, ("id",), ((Project, None),)),
        _written("code", N_("Code"), Sort.WORDS),
        _written("description", N_("Description")),
        _written("notes", N_("Notes"), aliases=("note",)),
        _written("comment", N_("Comment")),
        _written("recovery", N_("Recovery action")),
    )


def _written(name: str, heading: str, sort: Sort = Sort.TEXT, aliases: tuple[str, ...] = ()) -> Field:
    """A text of the record, by the name of its field."""
    return Field(name, heading, sort, attribute(name), texts_of(name), aliases)


def _anywhere(sight: Sight) -> Reader:
    """What is written on the rows: title, key, code, tags, people, type, release and module."""
    key, around = key_of(sight), _around(sight)
    return lambda activity: (activity.title, *key(activity), activity.code, *around(activity))


def _around(sight: Sight) -> Reader:
    """What many rows have in common of that."""
    owner = _owner(sight)

    def read(activity: Activity) -> tuple[str, ...]:
        people = (name.removeprefix(FULL) for name in owner(activity) if name.startswith(FULL))
        return (*activity.tags, *people, activity.release, activity.module, getattr(activity, "type", ""))

    return read


def _all_anywhere(field: Field, sight: Sight, records: Records) -> Column:
    around, places = records.read_once(_by_surroundings(records), _around(sight))
    shared = list(map(cell_of, around))
    own = (cells_of(records.values("title")), _key_cells(records), cells_of(records.values("code")))
    common = map(shared.__getitem__, records.unordered(places).tolist())
    return Texts(list(map("".join, zip(*own, common, strict=True))), records.order.copy())


def _by_surroundings(records: Records) -> Ints:
    return records.together(by_people(records), keys_of("tags", "release", "module", "type")(records))


def _keys(field: Field, sight: Sight, records: Records) -> Column:
    return Texts(_key_cells(records), records.order.copy())


def _key_cells(records: Records) -> list[str]:
    """The keys of items, the codes of milestones."""
    begin = {project.id: EDGE + project.key.casefold() + "-" for project in records.plan.all(Project)}
    projects, numbers = records.values("project"), records.values("number")
    codes = cells_of(records.values("code")[: records.milestones])
    items = zip(projects[records.milestones :], numbers[records.milestones :], strict=True)
    return codes + [f"{begin[project]}{number}{EDGE}" if project in begin else "" for project, number in items]


def key_of(sight: Sight) -> Reader:
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if isinstance(activity, WorkItem):
            project = plan.get(Project, activity.project)
            return (f"{project.key}-{activity.number}",) if project is not None else ()
        return (activity.code,) if activity.code else ()

    return read


def people() -> tuple[Field, ...]:
    return (
        Field("owner", N_("Owner"), Sort.PERSON, _owner, _owners, ("assignee", "assigned"),
              ((Person, None), (Assignment, "item")), choices=_names),
        Field("reporter", N_("Reporter"), Sort.PERSON, _reporter, by("reporter"), (), ((Person, None),), choices=_names),
    )  # fmt: skip


def _names(plan: Plan) -> list[str]:
    return sorted((person.name for person in plan.all(Person)), key=str.casefold)


def _name_forms(name: str) -> tuple[str, ...]:
    """The full name, and each word of it: `owner:mara` finds Mara Lindqvist."""
    return (FULL + name, *name.split())


def _owner(sight: Sight) -> Reader:
    """The owner of a milestone, everybody who works on an item."""
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if isinstance(activity, Milestone):
            return _forms_of(plan, [activity.owner])
        return _forms_of(plan, [row.person for row in plan.where(Assignment, "item", activity.id)])

    return read


def _forms_of(plan: Plan, people: Iterable[int | None]) -> tuple[str, ...]:
    found = (plan.get(Person, person) for person in people)
    return tuple(form for person in found if person is not None for form in _name_forms(person.name))


def _owners(field: Field, sight: Sight, records: Records) -> Column:
    places, people = _people(records)
    return Texts.of(_forms_of(sight.plan, some) for some in people).spread(places)


def by_people(records: Records) -> Ints:
    """Where the value follows from who owns or works on an activity."""
    return _people(records)[0]


def _people(records: Records) -> tuple[Ints, list[tuple[int, ...]]]:
    """Those who own or work on activities, each combination once, and which of them is that of each activity."""
    known: dict[tuple[int, ...], int] = {(): 0}
    found = np.zeros(len(records), np.int64)
    owner = records.numbers("owner")
    _number_alone(found, np.flatnonzero(~np.isnan(owner)), owner, known)
    at, person = _work(records)
    first = np.flatnonzero(np.diff(at, prepend=-1))
    counts = np.diff(np.append(first, len(at)))
    alone = first[counts == 1]
    whole = np.zeros(len(records))
    whole[at[alone]] = person[alone]
    _number_alone(found, at[alone], whole, known)
    people = person.tolist()
    for begin, count in zip(first[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
        found[at[begin]] = known.setdefault(tuple(people[begin : begin + count]), len(known))
    return found, list(known)


def _number_alone(found: Ints, at: Ints, people: Floats, known: dict[tuple[int, ...], int]) -> None:
    """Numbers activities with one person each. people: the person of every activity."""
    numbers = {person: known.setdefault((int(person),), len(known)) for person in np.unique(people[at]).tolist()}
    found[at] = np.fromiter(map(numbers.__getitem__, people[at].tolist()), np.int64, len(at))


def _work(records: Records) -> tuple[Ints, Ints]:
    """Where the items stand that people work on, and the people, in order of item and assignment."""
    rows = records.plan.all(Assignment)
    item, person, by_id = (np.fromiter(map(attrgetter(name), rows), np.int64, len(rows)) for name in ("item", "person", "id"))
    order = np.lexsort((by_id, item))
    at = np.minimum(np.searchsorted(records.ids, item[order]), max(len(records) - 1, 0))
    there = np.flatnonzero((records.ids[at] == item[order]) & ~records.is_milestone[at]) if len(records) else at[:0]
    return at[there], person[order][there]


def _reporter(sight: Sight) -> Reader:
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        person = plan.get(Person, getattr(activity, "reporter", None))
        return _name_forms(person.name) if person is not None else ()

    return read
