"""The calendars to choose from: those of the workspace, of people, and of each project."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from milestone_desktop.desktop.dialogs.calendar_use import used_by
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import calendars
from milestone_desktop.domain.projects import Calendar, Person, Project
from milestone_desktop.domain.scenarios import scenario_ids

ROW = Qt.ItemDataRole.UserRole + 1
LIST_WIDTH = 206


class CalendarList(QListWidget):
    """chosen: another calendar was taken in hand, by its id."""

    chosen = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName(_("Calendars"))
        self.setFixedWidth(LIST_WIDTH)
        self.setObjectName("calendarList")
        self.currentItemChanged.connect(self._choose)

    def ids(self) -> list[int]:
        """The calendars listed, from top to bottom."""
        return [row.id for _group, rows in self._groups() for row in rows]

    def usual(self) -> int | None:
        """The calendar of the project shown, else the first one; None where there is none."""
        ids, own = self.ids(), self._session.project
        return own.calendar if own is not None and own.calendar in ids else (ids[0] if ids else None)

    def show_calendars(self, hand: int | None) -> None:
        """Lists them anew. hand: the one that is chosen."""
        self.blockSignals(True)
        self.clear()
        for group, rows in self._groups():
            head = QListWidgetItem(group)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(head)
            for row in rows:
                item = QListWidgetItem(row.name)
                item.setData(ROW, row.id)
                item.setToolTip(used_by(self._session, row))
                self.addItem(item)
                if row.id == hand:
                    self.setCurrentItem(item)
        self.blockSignals(False)

    def _groups(self) -> list[tuple[str, list[Calendar]]]:
        """The calendars by what they belong to; those of scenarios only where that is shown."""
        plan, here = self._session.plan, self._session.project_id
        hidden = scenario_ids(plan) - {here}
        rows = sorted(plan.all(Calendar), key=lambda row: (row.name.casefold(), row.id))
        shared = [row for row in rows if row.project is None]
        personal = [row for row in shared if _is_personal(self._session, row)]
        groups = [(_("Workspace"), [row for row in shared if row not in personal]), (_("People"), personal)]
        owners = sorted(
            (row for row in plan.all(Project) if row.id not in hidden), key=lambda row: (row.id != here, row.order, row.id)
        )
        groups += [(project.title, [row for row in rows if row.project == project.id]) for project in owners]
        return [(title, found) for title, found in groups if found]

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(ROW) is not None:
            self.chosen.emit(item.data(ROW))


def _is_personal(session: Session, row: Calendar) -> bool:
    """Whether only people work by a calendar."""
    users = calendars.users(session.plan, row.id)
    return bool(users) and all(isinstance(user, Person) for user in users)
