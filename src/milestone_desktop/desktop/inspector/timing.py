"""What the schedule says of the activity: slack, what it waits for, what it drives, and where its days go."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from milestone_desktop.desktop.inspector.linked import TitleButton, show_title, title_button
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.row_list import Row, RowList
from milestone_desktop.desktop.inspector.strip import Strip, segment_text
from milestone_desktop.desktop.schedule_words import held_text
from milestone_desktop.desktop.words import _, ngettext, say, say_error
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.domain.activities import Activity
from milestone_desktop.scheduling.explain import Explanation, explain
from milestone_desktop.scheduling.paths import path_from, path_to
from milestone_desktop.scheduling.schedule import Schedule

MOST = 6
"""How many of the activities that it drives are named; the others are counted."""


def add_timing(panel: Panel) -> None:
    """Adds slack, driver, what it drives, the chains and the explanation to a panel."""
    facts = panel.session.facts
    section = panel.section(_("Schedule"))
    section.told(_("Slack"), lambda row: _slack_text(panel, row))
    section.told(_("Critical"), lambda row: {True: _("yes"), False: _("no"), None: "—"}[facts.is_critical(row)])
    _add_driver(panel, section)
    _add_driven(panel, section)
    _add_chains(panel, section)
    _add_explanation(panel, section)


def _slack_text(panel: Panel, row: Activity) -> str:
    timing = panel.session.facts.timing
    total, free = timing.slack(row), timing.free_slack(row)
    if total is None:
        return "—"
    return _("{total}, {free} of it free").format(total=timing.text(row, total), free=timing.text(row, free))


def _add_driver(panel: Panel, section: Any) -> None:
    """What it waits for: a link to the driving predecessor, or what else holds it where it is."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(9, 0, 0, 0)
    link = TitleButton()
    told = WrappedText()
    told.setIndent(1)
    told.setMinimumHeight(26)
    layout.addWidget(link)
    layout.addWidget(told)
    section.pair(_("Waits for"), holder)
    session = panel.session
    link.clicked.connect(lambda: session.select(_ids(session.facts.driver(panel.row) if panel.row is not None else None)))

    def refresh() -> None:
        row = panel.row
        driver = None if row is None else session.facts.driver(row)
        link.setVisible(driver is not None)
        told.setVisible(driver is None)
        if driver is not None:
            show_title(link, driver, session)
        elif row is not None:
            told.setText(held_text(session, row))
            told.setAccessibleDescription(_("Waits for"))

    panel.on_refresh(refresh)


def _ids(row: Activity | None) -> list[int]:
    return [] if row is None else [row.id]


class _DrivenRow(Row):
    """One activity that this one drives: its title takes one there."""

    def __init__(self, panel: Panel, activity: Activity) -> None:
        super().__init__(panel.session, activity)
        self.title = title_button(panel.session, activity)
        self.line.addWidget(self.title, 1)

    def refresh(self, thing: Any) -> None:
        super().refresh(thing)
        show_title(self.title, thing, self.session)


def _add_driven(panel: Panel, section: Any) -> None:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(9, 0, 0, 0)
    layout.setSpacing(0)
    rows = RowList(lambda activity: _DrivenRow(panel, activity))
    more = WrappedText()
    more.setMinimumHeight(26)
    layout.addWidget(rows)
    layout.addWidget(more)
    section.pair(_("Drives"), holder)

    def refresh() -> None:
        found = [] if panel.row is None else panel.session.facts.timing.driven(panel.row)
        rows.setVisible(bool(found))
        rows.show_things(found[:MOST])
        left = len(found) - MOST
        more.setText(ngettext("and {n} more", "and {n} more", left) if left > 0 else _("nothing"))
        more.setVisible(left > 0 or not found)

    panel.on_refresh(refresh)


def _add_chains(panel: Panel, section: Any) -> None:
    """Buttons that select the chain that leads to the activity, and all that follows from it."""
    strip = QWidget()
    line = QHBoxLayout(strip)
    line.setContentsMargins(0, 4, 0, 2)
    line.setSpacing(6)
    to, onward = QPushButton(_("Path to it")), QPushButton(_("Path from it"))
    to.setToolTip(_("Select the chain of activities that this one waits for"))
    onward.setToolTip(_("Select all that moves when this one does"))
    for button in (to, onward):
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.addWidget(button)
    section.wide(strip)

    def choose(onwards: bool) -> None:
        schedule, row_id = panel.session.document.schedule(), panel.row_id
        if schedule is not None and row_id in schedule.row_of:
            panel.session.select(chain(schedule, row_id, onwards=onwards), row_id)

    to.clicked.connect(lambda: choose(False))
    onward.clicked.connect(lambda: choose(True))

    def refresh() -> None:
        schedule, row_id = panel.session.document.schedule(), panel.row_id
        known = schedule is not None and row_id in schedule.row_of
        to.setEnabled(known and schedule is not None and len(chain(schedule, row_id, onwards=False)) > 1)
        onward.setEnabled(known and panel.row is not None and bool(panel.session.facts.timing.driven(panel.row)))

    panel.on_refresh(refresh)


def chain(schedule: Schedule, row_id: int, *, onwards: bool) -> list[int]:
    """The chain that leads to an activity, or the activity and all that it drives. Raises KeyError."""
    return [row_id, *path_from(schedule, row_id)] if onwards else path_to(schedule, row_id)


def _add_explanation(panel: Panel, section: Any) -> None:
    sentence = WrappedText()
    sentence.setAccessibleDescription(_("Why it is when it is"))
    sentence.setContentsMargins(0, 6, 0, 4)
    strip = Strip(panel.session)
    told = WrappedText()
    told.setProperty("muted", True)
    told.setMinimumHeight(34)
    told.setAccessibleDescription(_("The segment pointed at"))
    for widget in (sentence, strip, told):
        section.wide(widget)

    def point(number: int) -> None:
        pointed = 0 <= number < len(strip.segments)
        told.setText(segment_text(panel.session, strip.segments[number]) if pointed else _("Point at a part to read what it is."))

    strip.pointed.connect(point)
    point(-1)

    def refresh() -> None:
        found = _explanation(panel)
        problem = panel.session.document.schedule_problem
        sentence.setText(say(found.sentence) if found is not None else say_error(problem) if problem is not None else "")
        sentence.setVisible(bool(sentence.text()))
        strip.show_segments(found.segments if found is not None else ())
        told.setVisible(bool(strip.segments))

    panel.on_refresh(refresh)


def _explanation(panel: Panel) -> Explanation | None:
    schedule = panel.session.document.schedule()
    if schedule is None or panel.row_id not in schedule.row_of:
        return None
    return explain(panel.session.plan, schedule, panel.row_id)
