"""The context menus of the timeline: of a bar or diamond, a pin, a dependency line, and of empty ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from milestone_desktop.chart.hit import Hit, Part
from milestone_desktop.desktop.dialogs.choose import choose_activity
from milestone_desktop.desktop.dialogs.dependency import DependencyDialog
from milestone_desktop.desktop.inspector.linked import link_types
from milestone_desktop.desktop.linking import attempt_link
from milestone_desktop.desktop.timeline.creating import add_milestone_on
from milestone_desktop.desktop.words import _, day_text, percent_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, dependencies, items
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType, Placement
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

PERCENTS = (0, 25, 50, 75, 100)


class Menus:
    """Made when asked for; what they do are edits of the session."""

    def __init__(self, body: TimelineBody) -> None:
        self._body = body

    def open(self, event: QContextMenuEvent) -> None:
        """The menu of what lies under the pointer; by the keyboard, of the marked line or the activity in hand."""
        body = self._body
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            current = body.activity_in_hand()
            place = body.end_point(current.id, at_start=False) if current is not None else None
            where = QPointF(body.viewport().rect().center()) if place is None else place
            where.setX(min(max(where.x(), 8), body.viewport().width() - 8))
            if body.link is not None:
                self.of_link(body.link, body.viewport().mapToGlobal(where.toPoint()))
            elif current is not None:
                self.of_activity(current, body.viewport().mapToGlobal(where.toPoint()))
            return
        position = QPointF(event.pos())
        row, hit = body.row_at(position.y()), body.hit_at(position)
        if hit is not None and hit.part is Part.LINK:
            body.select_link(hit.id)
            self.of_link(hit.id, event.globalPos())
            return
        session = body.model.session
        activity = session.plan.activity(hit.id) if hit is not None else None
        if hit is not None and activity is not None and row is not None:
            if activity.id not in session.selection:
                session.select([activity.id])
            self._of_hit(activity, hit, event.globalPos())
        else:
            self._of_ground(position, row, event.globalPos())

    def of_activity(self, activity: Activity, where: QPoint) -> QMenu:
        """What can be done with a bar or diamond, and with all that is selected along with it."""
        body, session = self._body, self._body.model.session
        menu = self._menu()
        menu.addAction(_("Open in the inspector"), lambda: body.activated.emit(activity.id))
        menu.addAction(_("Show all of it"), lambda: body.axis.fit(*_span(activity))).setEnabled(activity.end is not None)
        menu.addSeparator()
        ids = session.selection if activity.id in session.selection else (activity.id,)
        for text, days in ((_("A working day later"), 1), (_("A working day earlier"), -1), (_("A week later"), 5)):
            self._edit(menu, text, N_("Move rows"), _mover(ids, days))
        if isinstance(activity, WorkItem) and not body.model.is_parent(body.model.row_of(activity.id) or 0):
            progress = menu.addMenu(_("Progress"))
            for percent in PERCENTS:
                self._edit(progress, percent_text(percent), N_("Change progress"), _progress_setter(activity.id, percent))
        self._add_placement(menu, activity)
        menu.addSeparator()
        self._edit_with(menu, _("Add predecessor…"), lambda: self._add_link(activity, before=True))
        self._edit_with(menu, _("Add successor…"), lambda: self._add_link(activity, before=False))
        menu.addSeparator()
        self._edit(menu, _("Delete"), N_("Delete"), lambda edit: activities.delete(edit, ids))
        menu.popup(where)
        return menu

    def of_pin(self, activity_id: int, where: QPoint) -> None:
        """What can be done with a pin: take it away, or hold the date whatever the links say."""
        activity = self._body.model.session.plan.activity(activity_id)
        if activity is not None:
            menu = self._menu()
            self._add_placement(menu, activity)
            menu.popup(where)

    def of_link(self, dependency: int, where: QPoint) -> None:
        """What can be done with a dependency line."""
        session, body = self._body.model.session, self._body
        link = session.plan.get(Dependency, dependency)
        if link is None:
            return
        menu = self._menu()
        for value, text in link_types():
            change = _type_setter(dependency, LinkType(value))
            self._edit(menu, text, N_("Change dependency"), change, on=link.type.value == value)
        menu.addSeparator()
        self._edit_with(menu, _("Type and lag…"), lambda: DependencyDialog(session, dependency, body.window()).exec())
        menu.addAction(_("Go to the predecessor"), lambda: session.select([link.predecessor]))
        menu.addAction(_("Go to the successor"), lambda: session.select([link.successor]))
        menu.addSeparator()
        self._edit(menu, _("Remove this dependency"), N_("Remove dependency"), lambda edit: dependencies.remove(edit, dependency))
        menu.popup(where)

    # parts

    def _menu(self) -> QMenu:
        """A menu that goes away with what it was opened for."""
        for old in self._body.findChildren(QMenu):
            old.deleteLater()
        return QMenu(self._body)

    def _of_hit(self, activity: Activity, hit: Hit, where: QPoint) -> None:
        if hit.part is Part.PIN:
            self.of_pin(activity.id, where)
        else:
            self.of_activity(activity, where)

    def _of_ground(self, position: QPointF, row: int | None, where: QPoint) -> None:
        body, session = self._body, self._body.model.session
        menu = self._menu()
        moment = body.instant_at(position.x())
        day = day_of(moment)
        project, below = session.project, None if row is None else body.model.activity(row)
        words = _("Add a milestone on {date}").format(date=day_text(day, session.today(), weekday=True))
        adding = menu.addAction(words, lambda: self._add_milestone(day, below))
        adding.setEnabled(project is not None and not session.document.read_only)
        menu.addSeparator()
        menu.addAction(_("Zoom in here"), lambda: body.axis.zoom(2.0, position.x()))
        menu.addAction(_("Zoom out here"), lambda: body.axis.zoom(0.5, position.x()))
        menu.addAction(_("Bring this day to the middle"), lambda: body.axis.centre(moment))
        menu.popup(where)

    def _add_milestone(self, day: int, below: Activity | None) -> None:
        session = self._body.model.session
        made = None if session.project is None else add_milestone_on(session, session.project, day, below)
        if made is not None:
            session.select([made])
            self._body.made.emit(made)

    def _add_placement(self, menu: QMenu, activity: Activity) -> None:
        """Pin and fixed date, where the scheduler places an activity or would."""
        session = self._body.model.session
        if activity.placement is Placement.PINNED:
            self._edit(menu, _("Take the pin away"), N_("Remove pin"), lambda edit: dates.release(edit, [activity.id]))
        if activity.placement is Placement.FIXED:
            self._edit(menu, _("Let it be computed"), N_("Release date"), lambda edit: dates.release(edit, [activity.id]))
        elif dates.obeys_schedule(session.plan, activity):
            self._edit(menu, _("Fix the date"), N_("Fix date"), lambda edit: dates.fix(edit, [activity.id]))

    def _add_link(self, activity: Activity, *, before: bool) -> None:
        session, window = self._body.model.session, self._body.window()
        title = _("Add predecessor") if before else _("Add successor")
        chosen = choose_activity(session, window, title, lambda row: row.id != activity.id)
        if chosen is not None:
            ends = (chosen, activity.id) if before else (activity.id, chosen)
            attempt_link(session, N_("Add dependency"), lambda edit: dependencies.add(edit, *ends), [ends[1]])

    def _edit(self, menu: QMenu, text: str, label: str, change: Callable[[Edit], object], *, on: bool | None = None) -> None:
        session = self._body.model.session
        action = menu.addAction(text, lambda: session.attempt(label, change))
        action.setEnabled(not session.document.read_only)
        if on is not None:
            action.setCheckable(True)
            action.setChecked(on)

    def _edit_with(self, menu: QMenu, text: str, act: Callable[[], object]) -> None:
        menu.addAction(text, act).setEnabled(not self._body.model.session.document.read_only)


def _span(activity: Activity) -> tuple[int, int]:
    end = activity.end or 0
    return (end if activity.start is None or isinstance(activity, Milestone) else activity.start), end


def _mover(ids: tuple[int, ...], days: int) -> Callable[[Edit], object]:
    return lambda edit: dates.move(edit, ids, days)


def _progress_setter(item: int, percent: int) -> Callable[[Edit], object]:
    return lambda edit: items.set_progress(edit, item, percent)


def _type_setter(dependency: int, kind: LinkType) -> Callable[[Edit], object]:
    return lambda edit: dependencies.change(edit, dependency, type=kind)
