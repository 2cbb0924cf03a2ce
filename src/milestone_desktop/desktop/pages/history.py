"""History: every edit, the roadmap as it stood on any day beside what differs from now, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSlider, QSplitter, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.moves import confirm_moves
from milestone_desktop.desktop.history.columns import Entry, difference_columns, entry_columns
from milestone_desktop.desktop.history.picture import PastRoadmap
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, long_day_text, ngettext
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import restore
from milestone_desktop.document.plan_history import PlanHistory
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Recorded
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.tracking.then_and_now import Difference, differences

IDLE = 60
"""Milliseconds between two steps of keeping states ahead of the slider."""


class HistoryPage(Page):
    """Edits at the left; at the right the slider over the roadmap as it stood, and what differs from now below it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.entries: dict[int, Entry] = {}
        self.rows: dict[int, Difference] = {}
        self.day: Day = session.today()
        self._history: PlanHistory | None = None
        self._then: Plan | None = None
        self._stale = True
        self._sliding = False
        self.list = RecordTable(session, entry_columns(session), lambda row_id: self.entries.get(row_id), _("Edits"))
        self.picture = PastRoadmap(session)
        self.table = RecordTable(
            session, difference_columns(session), lambda row_id: self.rows.get(row_id), _("What differs from now")
        )
        self._warming = QTimer(self)
        self._warming.setInterval(IDLE)
        self._warming.timeout.connect(self._keep_ahead)
        self._lay_out()
        self.list.picked.connect(self._on_entry)
        self.table.picked.connect(self._offer)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        self.setFocusProxy(self.slider)

    # what the window asks

    def enter(self) -> None:
        if self._stale:
            self.reload()
        self._warming.start()

    def set_filter(self, text: str) -> None:
        super().set_filter(text)
        self.list.search(text)
        self.rows_changed.emit()

    def rows_text(self) -> str:
        return ngettext("{n} edit", "{n} edits", len(self.list.records.ids))

    # showing

    def reload(self) -> None:
        """Reads the journal; the day shown stays."""
        self._stale = False
        document = self.session.document
        self._history = PlanHistory(document.storage, document.plan)
        self._then = None
        self._fill_milestones()
        self._fill_list()
        first = self._history.first_day
        self._sliding = True
        self.slider.setRange(first if first is not None else self.session.today(), max(self.session.today(), first or 0))
        self._sliding = False
        self.show_day(min(max(self.day, self.slider.minimum()), self.slider.maximum()))

    def show_day(self, day: Day) -> None:
        """Shows the plan as it stood at the end of a day."""
        if self._stale:
            self.day = day
            return
        self.day = day
        self._sliding = True
        self.slider.setValue(day)
        self._sliding = False
        if self._history is not None:
            self._show(self._history.on(day), long_day_text(day, weekday=True))

    def show_entry(self, sequence: int) -> None:
        """Shows the plan as it stood after an edit."""
        entry = self.entries.get(sequence)
        if entry is None or self._history is None:
            return
        self.day = entry.line.time.toordinal()
        self._sliding = True
        self.slider.setValue(self.day)
        self._sliding = False
        told = _("{day}, after edit {number}").format(day=long_day_text(self.day, weekday=True), number=sequence)
        self._show(self._history.at(sequence), told)

    # inside

    def _lay_out(self) -> None:
        self.milestone = QComboBox()
        self.milestone.setAccessibleName(_("Show the edits of"))
        self.milestone.activated.connect(lambda _number: self._fill_list())
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Day"))
        self.slider.setPageStep(7)
        self.slider.valueChanged.connect(self._on_slider)
        self.told = QLabel()
        self.told.setProperty("section", True)
        self.told.setProperty("strong", True)
        self.before = self._stepper("‹", _("One day back"), -1)
        self.after = self._stepper("›", _("One day on"), 1)
        self.restore_row = QPushButton(_("Restore row…"))
        self.restore_row.clicked.connect(self._restore_row)
        self.restore_all = QPushButton(_("Restore the whole project…"))
        self.restore_all.clicked.connect(self._restore_project)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        choosing = QHBoxLayout()
        choosing.setContentsMargins(18, 10, 18, 10)
        choosing.addWidget(self.milestone, 1)
        column.addLayout(choosing)
        column.addWidget(self.list, 1)
        strip = QHBoxLayout()
        strip.setContentsMargins(18, 10, 18, 4)
        strip.setSpacing(8)
        strip.addWidget(self.before)
        strip.addWidget(self.slider, 1)
        strip.addWidget(self.after)
        state = QHBoxLayout()
        state.setContentsMargins(18, 2, 18, 10)
        state.setSpacing(8)
        state.addWidget(self.told, 1)
        state.addWidget(self.restore_row)
        state.addWidget(self.restore_all)
        below = QSplitter(Qt.Orientation.Vertical)
        below.setHandleWidth(1)
        below.setChildrenCollapsible(False)
        area = QScrollArea()
        area.setWidget(self.picture)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Roadmap as it stood"))
        below.addWidget(area)
        below.addWidget(self.table)
        below.setSizes([420, 220])
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(strip)
        column.addLayout(state)
        column.addWidget(below, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([430, 900])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _stepper(self, text: str, name: str, by: int) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFixedWidth(34)
        button.setShortcut(QKeySequence("Alt+Shift+Left" if by < 0 else "Alt+Shift+Right"))
        button.clicked.connect(lambda: self.slider.setValue(self.slider.value() + by))
        return button

    def _fill_milestones(self) -> None:
        chosen = self.milestone.currentData()
        self.milestone.clear()
        self.milestone.addItem(_("All edits"), None)
        project = self.session.project_id
        for _level, row in walk(self.session.plan, project) if project is not None else ():
            if isinstance(row, Milestone):
                self.milestone.addItem(row.title, row.id)
        self.milestone.setCurrentIndex(max(0, self.milestone.findData(chosen)))

    def _fill_list(self) -> None:
        """The edits, the newest first; of one milestone where one is chosen."""
        if self._history is None:
            return
        storage = self.session.document.storage
        moves: dict[int, list[Recorded]] = {}
        for move in storage.moves():
            moves.setdefault(move.entry, []).append(move)
        undone: set[int] = set()
        for line in reversed(self._history.lines):
            if line.undoes is not None and line.sequence not in undone:
                undone.add(line.undoes)
        chosen = self.milestone.currentData()
        wanted = None if chosen is None else storage.entries_of(chosen)
        self.entries = {
            line.sequence: Entry(line.sequence, line, tuple(moves.get(line.sequence, ())), line.sequence in undone)
            for line in reversed(self._history.lines)
            if wanted is None or line.sequence in wanted
        }
        self.list.blockSignals(True)
        self.list.show_records(self.entries)
        self.list.blockSignals(False)
        self.rows_changed.emit()

    def _show(self, then: Plan, told: str) -> None:
        project = self.session.project_id
        self._then = then
        found = differences(then, self.session.plan, project)
        self.rows = {row.activity: row for row in found}
        count = ngettext("{n} row differs from now", "{n} rows differ from now", len(found)) if found else _("as it is now")
        self.told.setText(_("{day} · {count}").format(day=told, count=count))
        if project is not None:
            self.picture.show_state(then, project, self.day)
        self.table.show_records(self.rows)
        self._offer()

    def _offer(self) -> None:
        writable = not self.session.document.read_only and self._then is not None and bool(self.rows)
        row = self.rows.get(self.table.hand or 0)
        self.restore_row.setEnabled(writable and row is not None and row.then is not None)
        self.restore_all.setEnabled(writable)

    def _has_content(self, digest: str) -> bool:
        try:
            self.session.document.blob(digest)
        except KeyError:
            return False
        return True

    def _restore_row(self) -> None:
        row, then = self.rows.get(self.table.hand or 0), self._then
        if row is not None and then is not None:
            day = self.day
            confirm_moves(
                self.session,
                N_("Restore row"),
                lambda edit: restore.restore_row(edit, then, row.activity, day, self._has_content),
            )

    def _restore_project(self) -> None:
        project, then, day = self.session.project_id, self._then, self.day
        if project is not None and then is not None:
            confirm_moves(
                self.session,
                N_("Restore project"),
                lambda edit: restore.restore_project(edit, then, project, day, self._has_content),
            )

    def _on_slider(self, value: int) -> None:
        if not self._sliding:
            self.show_day(value)

    def _on_entry(self) -> None:
        hand = self.list.hand
        if hand is not None and self.list.hasFocus():
            self.show_entry(hand)

    def _keep_ahead(self) -> None:
        """Keeps states of the plan while nothing else is to be done, so that each step of the slider is a short one."""
        if not self.isVisible() or self._history is None or not self._history.warm():
            self._warming.stop()

    def _on_changed(self, event: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _on_project(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()
