"""The fields that hold texts and people."""

from __future__ import annotations

from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.filters.field import FULL, Field, Reader, Sight, Sort, attribute


def texts() -> tuple[Field, ...]:
    names = ((Person, None), (Assignment, "item"), (Project, None))
    return (
        Field("text", N_("Text"), Sort.TEXT, _anywhere, ("any-text",), names),
        Field("title", N_("Title"), Sort.TEXT, attribute("title"), ("name",)),
        Field("key", N_("Key"), Sort.WORDS, key_of, ("id",), ((Project, None),)),
        Field("code", N_("Code"), Sort.WORDS, attribute("code")),
        Field("description", N_("Description"), Sort.TEXT, attribute("description")),
        Field("notes", N_("Notes"), Sort.TEXT, attribute("notes"), ("note",)),
        Field("comment", N_("Comment"), Sort.TEXT, attribute("comment")),
        Field("recovery", N_("Recovery action"), Sort.TEXT, attribute("recovery")),
    )


def _anywhere(sight: Sight) -> Reader:
    """What is written on the rows: title, key, code, tags, people, type, release and module."""
    key, owner = key_of(sight), _owner(sight)

    def read(activity: Activity) -> tuple[str, ...]:
        people = (name.removeprefix(FULL) for name in owner(activity) if name.startswith(FULL))
        more = (activity.release, activity.module, getattr(activity, "type", ""))
        return (activity.title, *key(activity), activity.code, *activity.tags, *people, *more)

    return read


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
        Field("owner", N_("Owner"), Sort.PERSON, _owner, ("assignee", "assigned"), ((Person, None), (Assignment, "item")),
              choices=_names),
        Field("reporter", N_("Reporter"), Sort.PERSON, _reporter, (), ((Person, None),), choices=_names),
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
            people = [plan.get(Person, activity.owner)]
        else:
            people = [plan.get(Person, row.person) for row in plan.where(Assignment, "item", activity.id)]
        return tuple(form for person in people if person is not None for form in _name_forms(person.name))

    return read


def _reporter(sight: Sight) -> Reader:
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        person = plan.get(Person, getattr(activity, "reporter", None))
        return _name_forms(person.name) if person is not None else ()

    return read
