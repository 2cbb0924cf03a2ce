"""The views that can be chosen: those of every workspace, and those that the person has saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations.views import views_for
from milestone_desktop.filters.quick import first_views
from milestone_desktop.filters.reading import FilterError
from milestone_desktop.filters.tree import EVERYTHING, Node
from milestone_desktop.filters.writing import write_filter

PARTS = ("filter", "group", "lanes", "columns", "sort", "scale", "show")


@dataclass(frozen=True, slots=True)
class Offered:
    """One view. key: what tells it from others; record: the id of its `View`, None for one of every workspace."""

    key: str
    title: str
    definition: Mapping[str, Any]
    record: int | None = None


def offered_views(session: Session) -> list[Offered]:
    """The views offered in the project in hand, in order."""
    found = [Offered(f"first:{one.id}", _(one.title), {"filter": one.text}) for one in first_views()]
    own = views_for(session.plan, session.project_id)
    return [*found, *(Offered(f"own:{view.id}", view.name, view.definition, view.id) for view in own)]


def view_in_hand(session: Session) -> Offered | None:
    """The view that is shown, altered or not; None for none."""
    key = session.shown.view
    return next((one for one in offered_views(session) if one.key == key), None) if key else None


def node_of(session: Session, view: Offered) -> Node:
    """A view's filter. One that cannot be read, written by a newer version perhaps, keeps everything."""
    try:
        return session.shown.read(str(view.definition.get("filter", "")))
    except FilterError:
        return EVERYTHING


def definition_now(session: Session, more: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown now as a view's definition. more: what the page in front adds to filter and groups."""
    shown = session.shown
    return {"filter": write_filter(shown.node), "group": list(shown.grouping), "lanes": shown.packed, **more}


def is_altered(view: Offered, now: Mapping[str, Any]) -> bool:
    """Whether something that the view says is shown otherwise now."""
    return any(name in view.definition and name in now and view.definition[name] != now[name] for name in PARTS)
