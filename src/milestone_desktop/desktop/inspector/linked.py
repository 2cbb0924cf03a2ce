"""What an activity is linked to: work items of a milestone, milestones of an item, predecessors and successors."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.dialogs.choose import choose_activities
from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.fields import ChoiceField, LineField
from milestone_desktop.desktop.inspector.panel import Panel, Section
from milestone_desktop.desktop.inspector.row_list import Row, RowList
from milestone_desktop.desktop.lags import lag_text, read_lag
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import draw_track
from milestone_desktop.desktop.words import _, ngettext, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dependencies, links
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType, StateGroup
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project

LINK_PADDING = 8
"""What a button that looks like a link needs beside its words."""


def link_types() -> list[tuple[str, str]]:
    """The four kinds of dependency with their words."""
    return [
        (LinkType.FS.value, _("FS finish → start")),
        (LinkType.SS.value, _("SS start → start")),
        (LinkType.FF.value, _("FF finish → finish")),
        (LinkType.SF.value, _("SF start → finish")),
    ]


def add_linked_items(panel: Panel) -> None:
    """Adds the work items that count for a milestone."""
    section = panel.section(_("Work items"))
    rows = RowList(lambda item: LinkedRow(panel, item, lambda: [panel.row_id, item.id]))
    button = adder(_("Link work items…"))
    section.wide(rows)
    section.wide(button)

    def add() -> None:
        session = panel.session
        there = {item.id for item in session.facts.items_of(session.plan[Milestone, panel.row_id])}
        chosen = choose_activities(
            session, panel.window(), _("Link work items"), lambda row: isinstance(row, WorkItem) and row.id not in there
        )
        if chosen:
            panel.commit(N_("Link work items"), lambda edit: links.link(edit, panel.row_id, chosen))

    def refresh() -> None:
        session = panel.session
        found = session.facts.items_of(session.plan[Milestone, panel.row_id])
        open_ones = sum(session.facts.group(item) is not StateGroup.DONE for item in found)
        section.heading.setText(
            ngettext("Work items · {n} open", "Work items · {n} open", open_ones) if found else _("Work items")
        )
        rows.show_things(found)
        button.setEnabled(not session.document.read_only)

    button.clicked.connect(add)
    panel.on_refresh(refresh)


def add_milestones_of_item(panel: Panel) -> None:
    """Adds the milestones that a work item counts for."""
    section = panel.section(_("Milestones"))
    rows = RowList(lambda milestone: LinkedRow(panel, milestone, lambda: [milestone.id, panel.row_id]))
    button = adder(_("Link to milestones…"))
    section.wide(rows)
    section.wide(button)

    def current() -> list[Milestone]:
        return panel.session.facts.milestones_of(panel.session.plan[WorkItem, panel.row_id])

    def add() -> None:
        there = {milestone.id for milestone in current()}
        chosen = choose_activities(
            panel.session, panel.window(), _("Link to milestones"), lambda row: isinstance(row, Milestone) and row.id not in there
        )
        if chosen:
            panel.commit(N_("Link to milestones"), lambda edit: links.set_milestones(edit, panel.row_id, [*there, *chosen]))

    def refresh() -> None:
        rows.show_things(current())
        button.setEnabled(not panel.session.document.read_only)

    button.clicked.connect(add)
    panel.on_refresh(refresh)


class LinkedRow(Row):
    """Title (a click goes there), progress, unlink."""

    def __init__(self, panel: Panel, activity: Activity, pair: Any) -> None:
        super().__init__(panel.session, activity)
        self._panel = panel
        self._pair = pair
        self.title = title_button(panel.session, activity)
        self.track = Track(panel.session)
        self.line.addWidget(self.title, 1)
        self.line.addWidget(self.track)
        self.small_button("unlink", _("Unlink"), self._unlink)

    def refresh(self, thing: Any) -> None:
        super().refresh(thing)
        show_title(self.title, thing, self.session)
        self.track.show_percent(self.session.facts.progress_of(thing))

    def _unlink(self) -> None:
        milestone, item = self._pair()
        self._panel.commit(N_("Unlink"), lambda edit: links.unlink(edit, milestone, [item]))


def add_dependencies(panel: Panel) -> None:
    """Adds predecessors and successors."""
    _one_side(panel, _("Predecessors"), _("Add predecessor…"), "successor", "predecessor")
    _one_side(panel, _("Successors"), _("Add successor…"), "predecessor", "successor")


def _one_side(panel: Panel, title: str, add_text: str, own: str, other: str) -> None:
    section: Section = panel.section(title)
    rows = RowList(lambda dependency: DependencyRow(panel, dependency, other))
    button = adder(add_text)
    error = section.error_label()
    section.wide(rows)
    section.wide(error)
    section.wide(button)

    def add() -> None:
        taken = {getattr(row, other) for row in panel.session.plan.where(Dependency, own, panel.row_id)} | {panel.row_id}
        chosen = choose_activities(panel.session, panel.window(), add_text.removesuffix("…"), lambda row: row.id not in taken)

        def put(edit: Edit) -> None:
            for activity in chosen:
                ends = {own: panel.row_id, other: activity}
                dependencies.add(edit, ends["predecessor"], ends["successor"])

        if chosen:
            panel.commit(N_("Add dependency"), put, error)

    def refresh() -> None:
        rows.show_things(panel.session.facts.links(panel.row_id, own))
        button.setEnabled(not panel.session.document.read_only)

    button.clicked.connect(add)
    panel.on_refresh(refresh)


class DependencyRow(Row):
    """The other end, type, lag, remove."""

    def __init__(self, panel: Panel, dependency: Dependency, other: str) -> None:
        super().__init__(panel.session, dependency)
        self._panel = panel
        self._other = other
        self.title = title_button(panel.session, self._activity())
        self.type = ChoiceField()
        self.type.setFixedWidth(52)
        self.type.view().setMinimumWidth(170)
        self.type.setAccessibleName(_("Type of dependency"))
        self.lag = LineField()
        self.lag.setFixedWidth(52)
        self.lag.setPlaceholderText(_("lag"))
        self.lag.setAccessibleName(_("Lag"))
        self.lag.setToolTip(_("Lag: +2d, -4h, +3ed (elapsed), 50%"))
        for widget in (self.type, self.lag):
            widget.setProperty("calm", True)
        self.line.addWidget(self.title, 1)
        self.line.addWidget(self.type)
        self.line.addWidget(self.lag)
        self.small_button("x", _("Remove dependency"), self._remove)
        self.type.picked.connect(lambda: self._change(type=LinkType(self.type.currentData())))
        self.lag.left.connect(self._on_lag)

    def refresh(self, thing: Any) -> None:
        super().refresh(thing)
        show_title(self.title, self._activity(), self.session)
        self.type.offer(list(link_types()), thing.type.value)
        self.type.setItemText(self.type.currentIndex(), thing.type.value)
        self.lag.show_text(lag_text(thing, self._project()))
        for widget in (self.type, self.lag):
            widget.setEnabled(not self.session.document.read_only)

    def _on_lag(self) -> None:
        try:
            lag, unit = read_lag(self.lag.text(), self._project())
        except PlanError as error:
            self.session.failed.emit(say_error(error))
            return
        if self._change(lag=lag, lag_unit=unit):
            self.lag.setModified(False)

    def _change(self, **fields: Any) -> bool:
        dependency = self.thing
        return self._panel.commit(N_("Change dependency"), lambda edit: dependencies.change(edit, dependency.id, **fields))

    def _remove(self) -> None:
        dependency = self.thing
        self._panel.commit(N_("Remove dependency"), lambda edit: dependencies.remove(edit, dependency.id))

    def _activity(self) -> Activity:
        found = self.session.plan.activity(getattr(self.thing, self._other))
        if found is None:
            raise LookupError(f"dependency {self.thing.id} has no {self._other}")
        return found

    def _project(self) -> Project:
        after = self.session.plan.activity(self.thing.successor)
        return self.session.plan[Project, after.project if after is not None else self._activity().project]


class Track(QWidget):
    """A thin progress bar."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._percent = 0
        self.setFixedSize(QSize(42, 20))

    def show_percent(self, percent: int | None) -> None:
        self._percent = percent or 0
        self.setAccessibleName(_("{percent} % done").format(percent=self._percent))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_track(painter, QRectF(0, self.height() / 2 - 2.5, 40, 5), self._percent, self._session.theme)
        painter.end()


class TitleButton(QPushButton):
    """A title that takes one to its row; it ends in … where there is too little room."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self.setProperty("quiet", True)
        self.setProperty("link", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_title(self, title: str) -> None:
        """Shows another title."""
        self._title = title
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(elided(self.fontMetrics(), self._title, self.width() - LINK_PADDING).replace("&", "&&"))


def title_button(session: Session, activity: Activity) -> TitleButton:
    """A title that takes one to its row."""
    button = TitleButton()
    button.clicked.connect(lambda: session.select([activity.id]))
    return button


def show_title(button: TitleButton, activity: Activity, session: Session) -> None:
    """The title of an activity on its button; the code too in its tip."""
    code = session.facts.code(activity)
    button.show_title(activity.title)
    button.setToolTip(f"{code} {activity.title}")
    button.setAccessibleName(_("Go to {title}").format(title=activity.title))


def adder(text: str) -> QPushButton:
    """A quiet button below a list."""
    button = QPushButton(text)
    button.setProperty("quiet", True)
    button.setProperty("adder", True)
    button.setAccessibleName(text.removesuffix("…"))
    return button
