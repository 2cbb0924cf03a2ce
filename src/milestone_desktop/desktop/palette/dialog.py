"""The palette's window: a field, below it what answers, and what a short command would do before Enter takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.elided import elided, write
from milestone_desktop.desktop.palette.entries import Entry, Offers
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import semibold
from milestone_desktop.desktop.spoken import say_aloud
from milestone_desktop.desktop.words import _, say_error
from milestone_desktop.domain.messages import PlanError

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
WIDTH, HEIGHT = 640, 440
LINE, HEAD = 32, 26
PAD = 12
ENTRY = Qt.ItemDataRole.UserRole + 1
KEYS_FOR_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class EntryModel(QAbstractListModel):
    """The entries in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def begins_group(self, row: int) -> bool:
        """Whether a line is the first of its group, and so has the group's name above it."""
        return row == 0 or self.entries[row].group != self.entries[row - 1].group

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (entry.group, entry.title, entry.note, "" if entry.enabled else _("not available now"))
            return ", ".join(part for part in told if part)
        return entry if role == ENTRY else None


class PaletteDialog(Dialog):
    """Up and Down choose while one types; Enter takes, Esc closes."""

    def __init__(self, window: MainWindow, offers: Offers) -> None:
        super().__init__(window)
        self._window = window
        self._offers = offers
        self.setWindowTitle(_("Command palette"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setModal(True)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search, or type a command such as AUR-12 +5d"))
        self.field.setAccessibleName(_("Command or name"))
        self.model = EntryModel(self)
        self.list = QListView()
        self.list.setAccessibleName(_("What answers"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(window.session, self.model, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told = QLabel()
        self.told.setAccessibleDescription(_("What was understood"))
        self.told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self._place()
        self._find("")

    def take(self, row: int) -> None:
        """Does what a line says. What is refused is told, and the palette stays."""
        if not 0 <= row < len(self.model.entries):
            return
        entry = self.model.entries[row]
        if not entry.enabled:
            self._say(_("This cannot be done now."), wrong=True)
            return
        if entry.command is not None:
            self._perform(entry)
            return
        self._offers.take(entry)
        self.accept()
        if entry.run is not None:
            entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in KEYS_FOR_LIST:
                self._go(event.key())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    # inside

    def _perform(self, entry: Entry) -> None:
        command, session = entry.command, self._window.session
        if command is None:
            return
        try:
            done = session.perform(command.words, command.do)
        except PlanError as error:
            self._say(say_error(error), wrong=True)
            return
        if done:
            self.accept()
            self._window.show_found(command.activity.id)

    def _find(self, text: str) -> None:
        try:
            entries = self._offers.find(text)
        except PlanError as error:
            self.model.show_entries([])
            self._say(say_error(error), wrong=True)
            return
        self.model.show_entries(entries)
        self.list.setCurrentIndex(self.model.index(0))
        self.list.scrollToTop()
        if entries and entries[0].command is not None:
            self._say(_("Enter does it; Undo takes it back."), wrong=False)
        elif not entries:
            self._say(_("Nothing is called so."), wrong=False)
        else:
            self._say(_("> actions   # milestones and items   @ people"), wrong=False)
        if entries:
            self._tell_line()
        else:
            say_aloud(self.told, self.told.text())

    def _say(self, text: str, *, wrong: bool) -> None:
        self.told.setText(text)
        for name, value in (("error", wrong), ("muted", not wrong)):
            self.told.setProperty(name, value)
        self.told.style().polish(self.told)
        if wrong:
            say_aloud(self.told, text, urgent=True)

    def _tell_line(self) -> None:
        """The keyboard stays in the field: a screen reader is told which line Enter would take."""
        entry = self.model.entries[self.list.currentIndex().row()]
        say_aloud(self.list, ", ".join(part for part in (entry.title, entry.note, entry.group) if part))

    def _go(self, key: int) -> None:
        count = len(self.model.entries)
        if not count:
            return
        page = max(1, self.list.viewport().height() // LINE - 1)
        row = self.list.currentIndex().row()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        wanted = row + steps[Qt.Key(key)]
        wrapped = wanted % count if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) else min(max(wanted, 0), count - 1)
        self.list.setCurrentIndex(self.model.index(wrapped))
        self._tell_line()

    def _place(self) -> None:
        """Over the upper middle of the window."""
        around = self._window.rect()
        width, height = min(WIDTH, around.width() - 40), min(HEIGHT, around.height() - 60)
        self.resize(width, height)
        corner = self._window.mapToGlobal(QPoint((around.width() - width) // 2, max(20, around.height() // 8)))
        self.move(corner)


class EntryDelegate(QStyledItemDelegate):
    """A line: the title at its beginning, the note at its end; the group's name above the first of it."""

    def __init__(self, session: Session, model: EntryModel, parent: QListView) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, LINE + (HEAD if self._model.begins_group(index.row()) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, theme = self._model.entries[index.row()], self._session.theme
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._view.font()
        if self._model.begins_group(index.row()):
            small = semibold(font)
            small.setPixelSize(12)
            painter.setFont(small)
            painter.setPen(theme.color("text-muted"))
            write(painter, QRectF(box.left() + PAD, box.top(), box.width() - PAD, HEAD), entry.group)
            box.setTop(box.top() + HEAD)
        state = option.state
        if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if state & QStyle.StateFlag.State_Selected else "hover"))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 6, 6)
        painter.setFont(font)
        inside = box.adjusted(PAD, 0, -PAD, 0)
        note = elided(painter.fontMetrics(), entry.note, inside.width() * 0.45)
        room = painter.fontMetrics().horizontalAdvance(note) + 16 if note else 0
        painter.setPen(theme.color("text" if entry.enabled else "text-disabled"))
        write(painter, inside.adjusted(0, 0, -room, 0), entry.title)
        painter.setPen(theme.color("text-muted" if entry.enabled else "text-disabled"))
        write(painter, inside, note, right=True)
        painter.restore()
