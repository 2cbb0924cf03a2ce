"""Every field that can be asked of a milestone or work item, by name."""

from __future__ import annotations

from functools import cache

from milestone_desktop.filters.choice_fields import choices
from milestone_desktop.filters.field import Field
from milestone_desktop.filters.figure_fields import days, figures, truths
from milestone_desktop.filters.text_fields import people, texts


@cache
def fields() -> tuple[Field, ...]:
    """Every field, in the order in which a person would look for it."""
    return (*texts(), *people(), *choices(), *days(), *figures(), *truths())


@cache
def by_name() -> dict[str, Field]:
    """The fields by their names and other names, in lower case."""
    return {name: field for field in fields() for name in (field.name, *field.aliases)}


def field_named(name: str) -> Field:
    """The field of that name. Raises KeyError."""
    return by_name()[name]
