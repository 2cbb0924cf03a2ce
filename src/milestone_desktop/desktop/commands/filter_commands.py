"""What the filter and the groups of the pages can be told to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.build_filter import BuildFilterDialog
from milestone_desktop.desktop.dialogs.changed_since import ChangedSinceDialog
from milestone_desktop.domain.grouping import MOST_LEVELS
from milestone_desktop.filters.quick import quick_filters

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

Command = Callable[["MainWindow"], None]
Question = Callable[["MainWindow"], bool]


def can_filter(window: MainWindow) -> bool:
    """Whether the page in front goes by the filter."""
    return window.page is not None and window.page.filterable


def is_filtering(window: MainWindow) -> bool:
    return can_filter(window) and window.session.shown.filtering


def can_group(window: MainWindow) -> bool:
    return window.page_name == "roadmap"


def build_filter(window: MainWindow) -> None:
    """Opens the dialog in which the filter is built by hand."""
    BuildFilterDialog(window.session, window).exec()


def changed_since(window: MainWindow) -> None:
    """Asks for a day and shows what was changed since then."""
    ChangedSinceDialog(window.session, window).exec()


def clear_filter(window: MainWindow) -> None:
    window.session.shown.clear()


def quick_toggler(name: str) -> Command:
    """The command that switches a quick filter on, or off where it is on."""
    text = next(quick.text for quick in quick_filters() if quick.id == name)

    def toggle(window: MainWindow) -> None:
        shown = window.session.shown
        node = shown.read(text)
        if shown.has(node):
            shown.remove(node)
        else:
            shown.add(node)

    return toggle


def quick_is_on(name: str) -> Question:
    """Whether this quick filter is part of the filter."""
    text = next(quick.text for quick in quick_filters() if quick.id == name)
    return lambda window: can_filter(window) and window.session.shown.has(window.session.shown.read(text))


def group_setter(level: int, name: str) -> Command:
    """The command that groups by something at the first (0) or second (1) level; "" for nothing there."""

    def set_group(window: MainWindow) -> None:
        shown = window.session.shown
        levels = [*shown.grouping, "", ""][:MOST_LEVELS]
        if level == 0 and name in ("", "none"):
            levels[1] = ""
        elif level == 1 and name and not levels[0]:
            levels[0] = "project"
        if name and name in levels:
            levels[levels.index(name)] = ""
        levels[level] = name
        shown.set_grouping(tuple(one for one in levels if one))

    return set_group


def group_is(level: int, name: str) -> Question:
    """Whether the rows are grouped by this at a level."""

    def question(window: MainWindow) -> bool:
        grouping = window.session.shown.grouping
        now = grouping[level] if level < len(grouping) else ""
        return now == name or (level == 0 and name == "project" and now == "")

    return question


def toggle_lanes(window: MainWindow) -> None:
    """Packs the rows into lanes, or gives each item a row of its own again."""
    window.session.shown.set_packed(not window.session.shown.packed)


def are_packed(window: MainWindow) -> bool:
    return can_group(window) and window.session.shown.packed


def row_stepper(by: int) -> Command:
    """The command that takes the next (1) or the one before (−1) of those that share a row in hand."""
    return lambda window: window.roadmap.lanes.step_in_hand(by)
