"""Which activities a filter keeps: one mask a condition, over whole columns."""

from __future__ import annotations

import operator as compare
from collections.abc import Callable
from functools import reduce

import numpy as np
import numpy.typing as npt

from milestone_desktop.domain.projects import Person, Project, Workspace
from milestone_desktop.filters import moments
from milestone_desktop.filters.cells import EDGE, Floats, Mask, figures_of
from milestone_desktop.filters.columns import Columns
from milestone_desktop.filters.field import FULL, Field, Sort
from milestone_desktop.filters.fields import field_named
from milestone_desktop.filters.tree import All, Condition, Node, Not, Operator

_OPPOSITE = {
    Operator.NOT_EQUALS: Operator.EQUALS,
    Operator.NOT_IN: Operator.IN,
    Operator.NOT_LIKE: Operator.LIKE,
    Operator.NOT_EMPTY: Operator.EMPTY,
}
_SIZES: dict[Operator, Callable[[Floats, Floats], Mask]] = {
    Operator.EQUALS: compare.eq,
    Operator.BELOW: compare.lt,
    Operator.AT_MOST: compare.le,
    Operator.ABOVE: compare.gt,
    Operator.AT_LEAST: compare.ge,
}


def kept_ids(node: Node, columns: Columns, project: int | None = None) -> npt.NDArray[np.int64]:
    """The ids of the activities that a filter keeps (of one project), in ascending order.

    A comparison with a value that is not there does not hold; its opposite does.
    """
    mask = judge(node, columns)
    if project is not None:
        mask = mask & (columns.projects == project)
    return columns.ids[mask]


def judge(node: Node, columns: Columns) -> Mask:
    """The mask of a filter over all activities."""
    if isinstance(node, Condition):
        return _condition(node, columns)
    if isinstance(node, Not):
        return ~judge(node.part, columns)
    whole = np.full(len(columns.ids), isinstance(node, All))
    return reduce(
        np.logical_and if isinstance(node, All) else np.logical_or, (judge(part, columns) for part in node.parts), whole
    )


def _condition(node: Condition, columns: Columns) -> Mask:
    opposite = _OPPOSITE.get(node.operator)
    if opposite is not None:
        return ~_condition(Condition(node.field, opposite, node.values), columns)
    field = field_named(node.field)
    match field.sort:
        case Sort.TEXT | Sort.WORDS | Sort.PERSON:
            return _of_texts(node, field, columns)
        case Sort.FLAG:
            return np.equal(columns.figures(field).first, float(node.values[0] == "yes"))
        case _:
            return _of_figures(node, field, columns)


def _of_texts(node: Condition, field: Field, columns: Columns) -> Mask:
    texts = columns.texts(field)
    if node.operator is Operator.EMPTY:
        return texts.empty()
    needles: list[str] = []
    for value in node.values:
        text = value.casefold()
        if field.sort is Sort.PERSON and text == "me":
            me = _me(columns)
            needles += [FULL + me + EDGE] if me else []
        elif node.operator is Operator.LIKE:
            needles.append(text)
        else:
            needles += [EDGE + text + EDGE] + ([FULL + text + EDGE] if field.sort is Sort.PERSON else [])
    if len(needles) == 1:
        return texts.with_part(needles[0])
    return reduce(np.logical_or, (texts.with_part(needle) for needle in needles), np.zeros(len(columns.ids), np.bool_))


def _me(columns: Columns) -> str:
    """The name of the person at the keyboard, "" where nobody is."""
    plan = columns.sight.plan
    workspace = plan.get(Workspace, 1)
    me = plan.get(Person, workspace.me) if workspace is not None else None
    return me.name.casefold() if me is not None else ""


def _of_figures(node: Condition, field: Field, columns: Columns) -> Mask:
    figures = columns.figures(field)
    first, last = figures.first, figures.last
    if node.operator is Operator.EMPTY:
        return np.isnan(first)
    with np.errstate(invalid="ignore"):
        if node.operator in (Operator.NEXT, Operator.LAST):
            here, reach = _meant("0d", field, columns), _meant(_ahead(node), field, columns)
            return (first >= np.minimum(here, reach)) & (first <= np.maximum(here, reach))
        meant = [_meant(value, field, columns) for value in node.values]
        if node.operator is Operator.OVERLAPS:
            return (first <= meant[1]) & (last >= meant[0])
        if node.operator is Operator.BETWEEN:
            return (first >= meant[0]) & (first <= meant[1])
        return _SIZES[node.operator](first, meant[0])


def _ahead(node: Condition) -> str:
    return node.values[0] if node.operator is Operator.NEXT else f"-{node.values[0]}"


def _meant(value: str, field: Field, columns: Columns) -> Floats:
    """What a value means for each activity: days and efforts go by its project."""
    if field.sort is Sort.NUMBER:
        return np.full(len(columns.ids), float(value))
    sight = columns.sight
    today = sight.today()
    if field.sort is Sort.EFFORT:
        return figures_of(columns.projects, lambda one: moments.minutes_meant(value, sight.plan[Project, one]))

    def meant(project: int) -> float:
        return float(moments.day_meant(value, today, today if field.own_clock else sight.status_day(project)))

    return figures_of(columns.projects, meant)
