"""Bench figures of the roadmap's table: sorting, filtering, opening all parents, selecting all rows, and one edit of a cell."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from frame_runs import big_plan, session_on, show_page
from measure import cpu_ms
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.instants import day_of, day_to_iso
from milestone_desktop.domain.outline import is_parent

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from milestone_desktop.desktop.pages.roadmap import RoadmapPage
    from milestone_desktop.domain.plan import Plan

COUNTS = (1_000, 10_000, 100_000)
EDITS = 5


@cache
def application() -> QCoreApplication:
    """The one Qt application of this process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication(sys.argv[:1])


@cache
def opened_page(n_items: int) -> RoadmapPage:
    """The Roadmap page on a big plan, offscreen; kept for all runs."""
    application()
    return show_page(session_on(big_plan(n_items)))


def settled(page: RoadmapPage, act: Callable[[], object]) -> float:
    """CPU ms until what was done is on the screen."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()

    def run() -> None:
        act()
        QApplication.processEvents()

    return cpu_ms(run)


def sort_rows(n_items: int) -> float:
    """Two keys, the first downwards, painted; the sorting is cleared again beside the figure."""
    page = opened_page(n_items)
    page.model.set_sorting(())
    spent = settled(page, lambda: page.model.set_sorting([("end", True), ("title", False)]))
    page.model.set_sorting(())
    return spent


def filter_rows(n_items: int, *, painted: bool = False) -> float:
    """A typed filter of three conditions: read, judged over all rows, and the rows of table and timeline made of what it
    keeps, with the parents above. painted: and the next frame, whose cost is much the same whatever is filtered."""
    page = opened_page(n_items)
    shown = page.session.shown
    shown.clear()
    middle = day_to_iso(day_of(int(np.median(page.model.rows.base.end))))

    def type_it() -> None:
        shown.type(f"status:open end<{middle} -tag:client")

    spent = settled(page, type_it) if painted else cpu_ms(type_it)
    shown.clear()
    return spent


@cache
def fresh_plan(n_items: int) -> Plan:
    """A big plan for pages that are opened anew."""
    plan = big_plan(n_items)
    gc.freeze()  # as `open_workspace` does with the first file of a process
    return plan


def first_filter(n_items: int, *, ahead: bool = False) -> float:
    """The same filter as the first one after a page was opened: at once, or (ahead) after it stood still for a moment, in
    which the page reads what filters ask for."""
    page = fresh_page(n_items, ahead=ahead)
    middle = day_to_iso(day_of(int(np.median(page.model.rows.base.end))))
    spent = cpu_ms(lambda: page.session.shown.type(f"status:open end<{middle} -tag:client"))
    close(page)
    return spent


def first_sort(n_items: int, *, ahead: bool = False) -> float:
    """The same two keys as the first ones after a page was opened, painted."""
    page = fresh_page(n_items, ahead=ahead)
    spent = settled(page, lambda: page.model.set_sorting([("end", True), ("title", False)]))
    close(page)
    return spent


def fresh_page(n_items: int, *, ahead: bool) -> RoadmapPage:
    """A page that was opened a moment ago; ahead: and has stood still until nothing was left to be read."""
    from PySide6.QtCore import QCoreApplication

    application()
    page = show_page(session_on(fresh_plan(n_items)))
    while ahead and page.reads_ahead:
        QCoreApplication.processEvents()
    return page


def close(page: RoadmapPage) -> None:
    """Takes a page down with its session."""
    from PySide6.QtCore import QCoreApplication, QEvent

    page.close()
    page.deleteLater()
    page.session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def expand_rows(n_items: int) -> float:
    """All parents opened, all of them having been closed."""
    page = opened_page(n_items)
    page.collapse_all()
    return settled(page, page.expand_all)


def select_rows(n_items: int) -> float:
    """All rows and columns selected, in table, timeline and session."""
    page = opened_page(n_items)
    page.table.go_to(0, 0)
    return settled(page, page.table.selectAll)


def edit_cell(n_items: int) -> float:
    """One cell changed, written and painted; the mean of some."""
    page = opened_page(n_items)
    page.table.go_to(len(page.model.ids) // 2, 0)
    section = page.model.section_of("tags") or 0
    row = page.model.id_at(len(page.model.ids) // 2)

    def edits() -> None:
        for number in range(EDITS):
            page.model.take(section, [row], f"tag {number}")

    return settled(page, edits) / EDITS


def edit_filtered(n_items: int) -> float:
    """The progress of one item changed, written and painted while a filter asks for health, progress, slip and slack; the
    mean of some. What the filter asks for follows record by record."""
    page = opened_page(n_items)
    shown = page.session.shown
    shown.type("health:Late or progress>50 or slip>2 or slack<3")
    section = page.model.section_of("progress") or 0
    items = [row.id for row in page.session.plan.all(WorkItem) if not is_parent(page.session.plan, row.id)][:EDITS]

    def edits() -> None:
        for number, row_id in enumerate(items):
            page.model.take(section, [row_id], str(number * 7 % 100))

    edits()
    spent = settled(page, edits) / EDITS
    shown.clear()
    return spent


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """Name, unit and one run of each figure."""
    for count in COUNTS:
        yield f"sort.{count}", "ms", partial(sort_rows, count)
        yield f"filter.{count}", "ms", partial(filter_rows, count)
        yield f"sort_first.{count}", "ms", partial(first_sort, count)
        yield f"sort_first_ahead.{count}", "ms", partial(first_sort, count, ahead=True)
        yield f"filter_first.{count}", "ms", partial(first_filter, count)
        yield f"filter_first_ahead.{count}", "ms", partial(first_filter, count, ahead=True)
        yield f"filter_painted.{count}", "ms", partial(filter_rows, count, painted=True)
        yield f"expand_all.{count}", "ms", partial(expand_rows, count)
        yield f"select_all.{count}", "ms", partial(select_rows, count)
        yield f"edit.{count}", "ms", partial(edit_cell, count)
        yield f"edit_filtered.{count}", "ms", partial(edit_filtered, count)
