"""The sidebar: the portfolio and the projects, each with its progress and health."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.offered_views import Offered, node_of, offered_views
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import HEALTH_TOKENS, health_text, progress_ring, semibold
from milestone_desktop.desktop.words import _, number_text, percent_text
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.projects import Project, View
from milestone_desktop.domain.scenarios import scenarios_of

ENTRY = Qt.ItemDataRole.UserRole + 1
COUNT_AFTER = 150
"""Milliseconds after an edit until views are counted anew: what is typed quickly is counted once."""

COMMANDS = {
    (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): "rename",
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "delete",
    (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): "up",
    (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): "down",
}
NARROW = 58
WIDE = 206


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar. kind: "portfolio", "section", "project", "scenario", "archive" or "view"; view: the key of
    a view."""

    kind: str
    text: str
    project: int | None = None
    count: str = ""
    progress: int | None = None
    health: Health = Health.NONE
    view: str = ""


class Sidebar(QWidget):
    """Lists what can be shown and shows it. `set_narrow` leaves only the signs.

    view_wanted: a view was chosen, by its key; view_command: "rename", "delete", "up" or "down" is to be done to it.
    """

    view_wanted = Signal(str)
    view_command = Signal(str)
    archive_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.narrow = False
        self._counts: dict[str, str] = {}
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setAccessibleName(_("Portfolio, projects and saved views"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(EntryDelegate(self))
        self.saved = QLabel()
        self.saved.setObjectName("saved")
        self.saved.setIndent(0)  # else Qt adds half a letter to the style sheet's padding
        self.saved.setAccessibleDescription(_("Saved state"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.saved)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.installEventFilter(self)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer_commands)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count_next)
        self._counted: set[str] = set()
        session.projects_touched.connect(self._on_projects)
        session.project_changed.connect(self.rebuild)
        session.changed.connect(self._on_changed)
        session.shown.view_changed.connect(self._show_current)
        session.theme_changed.connect(self.list.viewport().update)
        self.rebuild()

    def set_narrow(self, narrow: bool) -> None:
        """Only signs (True), or signs and words."""
        if narrow != self.narrow:
            self.narrow = narrow
            self.saved.setVisible(not narrow)
            self.rebuild()

    def show_saved(self, text: str) -> None:
        self.saved.setText(text)

    def entries(self) -> list[Entry]:
        """What the sidebar lists, in order."""
        facts = self.session.facts
        projects = facts.projects()
        found = [Entry("portfolio", _("Portfolio"), None, number_text(len(projects)))]
        if projects:
            found.append(Entry("section", _("Projects")))
        for project in projects:
            found.append(self._entry_of(project))
            found += [self._entry_of(scenario, "scenario") for scenario in scenarios_of(self.session.plan, project.id)]
        archived = len(facts.archived())
        if archived:
            found.append(Entry("archive", _("Archived"), None, number_text(archived)))
        if projects:
            found.append(Entry("section", _("Saved views")))
            found += [self._entry_of_view(view) for view in offered_views(self.session)]
        return found

    def count(self) -> None:
        """Says beside each view how many rows it keeps in the project in hand."""
        self._counted.clear()
        while self._count_one():
            continue

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a saved view F2 renames, Delete deletes, and Alt with an arrow key moves it."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        item = self.list.currentItem()
        command = COMMANDS.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if command is None or item is None or not item.data(ENTRY).view.startswith("own:"):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.view_command.emit(command)
        return True

    def _offer_commands(self, position: QPoint) -> None:
        """The menu of a view: what can be done to it. It is shown first, so that one sees what is meant."""
        item = self.list.itemAt(position)
        if item is None or item.data(ENTRY).kind != "view":
            return
        own = item.data(ENTRY).view.startswith("own:")
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = {
            "update": _("Update"), "rename": _("Rename…"), "duplicate": _("Duplicate"), "up": _("Move up"),
            "down": _("Move down"), "delete": _("Delete"), "leave": _("Leave the view"),
        }  # fmt: skip
        for name, text in words.items():
            action = menu.addAction(text)
            action.setEnabled(own or name in ("duplicate", "leave"))
            action.triggered.connect(lambda _checked=False, name=name: self.view_command.emit(name))
        menu.popup(self.list.viewport().mapToGlobal(position))

    def _count_anew(self) -> None:
        """Counts the views once nothing is edited for a moment."""
        self._counted.clear()
        self._counting.start(COUNT_AFTER)

    def _count_next(self) -> None:
        """Counts one view after the other, with room in between for what a person does."""
        if self._count_one():
            self._counting.start(0)

    def _count_one(self) -> bool:
        """Counts a view that was not counted yet; False where there is none."""
        views = {view.key: view for view in offered_views(self.session) if view.key not in self._counted}
        item = next((item for item in self._items() if item.data(ENTRY).kind == "view" and item.data(ENTRY).view in views), None)
        if item is None:
            return False
        entry = item.data(ENTRY)
        kept = number_text(self.session.shown.count(node_of(self.session, views[entry.view])))
        self._counts[entry.view] = kept
        self._counted.add(entry.view)
        show_entry(item, replace(entry, count=kept))
        return True

    def _entry_of_view(self, view: Offered) -> Entry:
        return Entry("view", view.title, count=self._counts.get(view.key, ""), view=view.key)

    def _on_changed(self, event: Changed) -> None:
        if any(True for _change in event.change_set.of(View)):
            self.rebuild()
        self._count_anew()

    def rebuild(self) -> None:
        """Lists everything anew, keeping what is shown."""
        self.list.blockSignals(True)
        self.list.clear()
        for entry in self.entries():
            item = QListWidgetItem()
            if entry.kind == "section":
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
            show_entry(item, entry)
        self.list.blockSignals(False)
        self._show_current()
        self._count_anew()

    def _on_projects(self, touched: frozenset[int]) -> None:
        """Shows the touched projects as they stand now; all anew only where projects came, went or changed places."""
        listed = [item for item in self._items() if item.data(ENTRY).project is not None]
        plan, wanted = self.session.plan, []
        for project in self.session.facts.projects():
            wanted += [project, *scenarios_of(plan, project.id)]
        if [item.data(ENTRY).project for item in listed] != [project.id for project in wanted] or self._archive_is_stale():
            self.rebuild()
            return
        for item, project in zip(listed, wanted, strict=True):
            if project.id in touched:
                show_entry(item, self._entry_of(project, item.data(ENTRY).kind))

    def _entry_of(self, project: Project, kind: str = "project") -> Entry:
        facts = self.session.facts
        return Entry(
            kind, project.title, project.id,
            progress=facts.progress.of_project(project.id), health=facts.project_assessment(project).health,
        )  # fmt: skip

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _show_current(self) -> None:
        self.list.blockSignals(True)
        shown = self.session.project_id
        for row in range(self.list.count()):
            entry = self.list.item(row).data(ENTRY)
            view = self.session.shown.view
            plain = entry.kind not in ("section", "archive", "view") and entry.project == shown
            if entry.view == view if view else plain:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    def _on_row(self, row: int) -> None:
        item = self.list.item(row)
        if item is None or item.data(ENTRY).kind == "section":
            return
        entry = item.data(ENTRY)
        if entry.view:
            self.view_wanted.emit(entry.view)
        elif entry.kind == "archive":
            self.archive_wanted.emit()
        else:
            if entry.project == self.session.project_id and self.session.shown.view:
                self.view_command.emit("leave")
            self.session.show_project(entry.project)

    def _archive_is_stale(self) -> bool:
        """Whether the line of the archive tells another number than there is."""
        told = [item.data(ENTRY).count for item in self._items() if item.data(ENTRY).kind == "archive"]
        archived = len(self.session.facts.archived())
        return told != ([number_text(archived)] if archived else [])


def show_entry(item: QListWidgetItem, entry: Entry) -> None:
    """Puts an entry on a line of the list."""
    told = accessible_text(entry)
    item.setData(ENTRY, entry)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
    item.setToolTip(told if entry.kind != "section" else "")


def accessible_text(entry: Entry) -> str:
    """A line in words: title, progress and health."""
    if entry.kind == "scenario":
        return _("{title}, scenario, {health}").format(title=entry.text, health=health_text(entry.health))
    if entry.kind == "view":
        return _("View {title}, {count} rows").format(title=entry.text, count=entry.count) if entry.count else entry.text
    if entry.kind != "project":
        return entry.text
    return _("{title}, {progress}, {health}").format(
        title=entry.text, progress=percent_text(entry.progress), health=health_text(entry.health)
    )


class EntryDelegate(QStyledItemDelegate):
    """Draws one line of the sidebar."""

    def __init__(self, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, 34 if index.data(ENTRY).kind == "section" else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        entry: Entry = index.data(ENTRY)
        box = QRectF(option.rect).adjusted(10, 1, -10, -1)
        state = option.state
        theme = self._sidebar.session.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        session = self._sidebar.session
        if entry.kind == "view":
            chosen = entry.view == session.shown.view
        else:
            chosen = entry.kind not in ("section", "archive") and entry.project == session.project_id
        if chosen or (state & QStyle.StateFlag.State_MouseOver and entry.kind != "section"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(box, 7, 7)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        self._content(painter, box, entry, chosen)
        painter.restore()

    def _content(self, painter: QPainter, box: QRectF, entry: Entry, chosen: bool) -> None:
        session, theme = self._sidebar.session, self._sidebar.session.theme
        font = self._sidebar.list.font()
        flags = Qt.AlignmentFlag.AlignVCenter
        if entry.kind == "section":
            small = semibold(font)
            small.setPixelSize(12)
            painter.setFont(small)
            painter.setPen(theme.color("text-muted"))
            if not self._sidebar.narrow:
                painter.drawText(box.adjusted(8, 6, 0, 0), flags, entry.text)
            return
        ratio = painter.device().devicePixelRatioF()
        inwards = 18 if entry.kind == "scenario" else 0
        left = box.left() + (box.width() - 18) / 2 if self._sidebar.narrow else box.left() + 8 + inwards
        if entry.kind in ("portfolio", "archive"):
            painter.drawPixmap(int(left), int(box.center().y() - 8), session.icons.pixmap("layers", "text-muted", 16, ratio))
        elif entry.kind == "view":
            if self._sidebar.narrow:
                painter.drawPixmap(int(left), int(box.center().y() - 8), session.icons.pixmap("filter", "text-muted", 16, ratio))
        elif entry.kind == "scenario":
            painter.drawPixmap(int(left), int(box.center().y() - 8), session.icons.pixmap("flask-conical", "trial", 16, ratio))
        else:
            ring = progress_ring(entry.progress, theme.color(HEALTH_TOKENS[entry.health]), theme.color("ring-track"), 18, ratio)
            painter.drawPixmap(int(left), int(box.center().y() - 9), ring)
        if self._sidebar.narrow:
            return
        painter.setFont(semibold(font) if chosen else font)
        painter.setPen(theme.color("trial" if entry.kind == "scenario" else "text"))
        room = box.adjusted(8 if entry.kind == "view" else 34 + inwards, 0, -34 if entry.count else -6, 0)
        text = elided(painter.fontMetrics(), entry.text, room.width())
        painter.drawText(room, flags, in_its_direction(text))
        if entry.count:
            painter.setFont(font)
            painter.setPen(theme.color("text-muted"))
            painter.drawText(box.adjusted(0, 0, -8, 0), flags | Qt.AlignmentFlag.AlignRight, entry.count)
