"""What the window asks of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from milestone_desktop.chart.shapes import Scene
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, number_text, say
from milestone_desktop.domain.activities import Activity
from milestone_desktop.filters.sentences import sentence

MOST_WORDS = 70
"""So many characters of a filter stand in the status bar."""


class Page(QWidget):
    """A page behind a tab. It listens to the session itself; the window only tells it what to search for.

    finds: the kinds of activity that it shows, for the find bar. filterable: it shows the milestones and work items that the
    filter of `session.shown` keeps, else it is searched for words. searchable: whether the box of the tool row means it.
    rows_changed: how many rows it shows may have changed. least: the size below which it is scrolled; None where it makes do
    with what there is.
    """

    rows_changed = Signal()
    searchable = True
    finds: tuple[type[Activity], ...] = ()
    least: QSize | None = None
    filterable = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.session = session
        self.filter_text = ""

    def set_filter(self, text: str) -> None:
        """Shows only rows in which each word of `text` stands."""
        self.filter_text = text

    def rows_text(self) -> str:
        """How many rows there are, and how many a filter hides; for the status bar."""
        return ""

    def reveal(self, row_id: int) -> bool:
        """Unfolds and scrolls to an activity. False where the page does not show it or its filter hides it."""
        return False

    def hidden_rows(self) -> int:
        """How many rows the filter hides."""
        return 0

    def filtered_out(self, ids: Sequence[int]) -> int:
        """How many of these activities the filter hides."""
        return 0

    def view_definition(self) -> dict[str, Any]:
        """What a saved view keeps of the page beside filter and groups."""
        return {}

    def show_view(self, definition: Mapping[str, Any]) -> None:
        """Shows what a saved view says of the page."""

    def name_row(self, row_id: int) -> None:
        """Opens the title of a new row for typing, where the page can."""

    def as_picture(self) -> Scene | None:
        """What the page shows, for a file of its own; None where that is not a picture."""
        return None

    def enter(self) -> None:
        """The page has come to the front."""


def rows_text(session: Session, shown: int, hidden: int) -> str:
    """How many rows there are, how many the filter hides, and what it asks for."""
    told = ngettext("{n} row", "{n} rows", shown)
    if not session.shown.filtering:
        return told
    words = say(sentence(session.shown.node))
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS].rstrip() + "…"
    return _("{rows}, {hidden} hidden by the filter: {filter}").format(rows=told, hidden=number_text(hidden), filter=words)


@runtime_checkable
class TimedPage(Protocol):
    """A page with a time axis: what the window's view modes and zoom work on."""

    @property
    def scale(self) -> str:
        """The view mode by name: "day" … "year"."""

    def set_scale(self, name: str) -> None: ...

    def zoom_in(self) -> None: ...

    def zoom_out(self) -> None: ...

    def go_to_today(self) -> None: ...

    def fit(self) -> None: ...
