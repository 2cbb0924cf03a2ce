"""The sidebar: the portfolio and the projects, each with its progress and health."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import HEALTH_TOKENS, health_text, progress_ring, semibold
from milestone_desktop.desktop.words import _, number_text, percent_text
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import scenarios_of

ENTRY = Qt.ItemDataRole.UserRole + 1
NARROW = 58
WIDE = 206


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar. kind: "portfolio", "section", "project", "scenario" or "archive"."""

    kind: str
    text: str
    project: int | None = None
    count: str = ""
    progress: int | None = None
    health: Health = Health.NONE


class Sidebar(QWidget):
    """Lists what can be shown and shows it. `set_narrow` leaves only the signs."""

    archive_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.narrow = False
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setAccessibleName(_("Portfolio and projects"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(EntryDelegate(self))
        self.saved = QLabel()
        self.saved.setObjectName("saved")
        self.saved.setAccessibleName(_("Saved state"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.saved)
        self.list.currentRowChanged.connect(self._on_row)
        session.projects_touched.connect(self._on_projects)
        session.project_changed.connect(self._show_current)
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
        return found

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
        for row in range(self.list.count()):
            entry = self.list.item(row).data(ENTRY)
            if entry.kind not in ("section", "archive") and entry.project == self.session.project_id:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    def _on_row(self, row: int) -> None:
        item = self.list.item(row)
        if item is None or item.data(ENTRY).kind == "section":
            return
        if item.data(ENTRY).kind == "archive":
            self.archive_wanted.emit()
        else:
            self.session.show_project(item.data(ENTRY).project)

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
        chosen = bool(state & QStyle.StateFlag.State_Selected)
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
        elif entry.kind == "scenario":
            painter.drawPixmap(int(left), int(box.center().y() - 8), session.icons.pixmap("flask-conical", "trial", 16, ratio))
        else:
            ring = progress_ring(entry.progress, theme.color(HEALTH_TOKENS[entry.health]), theme.color("hairline"), 18, ratio)
            painter.drawPixmap(int(left), int(box.center().y() - 9), ring)
        if self._sidebar.narrow:
            return
        painter.setFont(semibold(font) if chosen else font)
        painter.setPen(theme.color("trial" if entry.kind == "scenario" else "text"))
        room = box.adjusted(34 + inwards, 0, -34 if entry.count else -6, 0)
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, flags, text)
        if entry.count:
            painter.setFont(font)
            painter.setPen(theme.color("text-muted"))
            painter.drawText(box.adjusted(0, 0, -8, 0), flags | Qt.AlignmentFlag.AlignRight, entry.count)
