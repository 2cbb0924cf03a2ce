"""History: every edit, the roadmap as it stood on any day beside what differs from now, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.moves import confirm_moves
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.history.columns import Entry, difference_columns, entry_columns
from milestone_desktop.desktop.history.day_slider import DaySlider
from milestone_desktop.desktop.history.past_roadmap import PastRoadmap
from milestone_desktop.desktop.layouts import column_of
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
from milestone_desktop.tracking.then_and_now import Differences

IDLE = 60
"""Milliseconds between two steps of reading the journal ahead of the slider."""

LISTED_TOGETHER = 500
"""Entries that are looked through at once for those of the project in hand."""

LIST_WIDTH, PAST_HEIGHT = 200, 200
"""The least that the list of edits and the roadmap as it stood can be read in, in px."""

WHOLE_WORKSPACE = -1
"""Stands for all edits in the choice of milestones; None stands for those of the project."""


class HistoryPage(Page):
    """Edits at the left; at the right the slider over the roadmap as it stood, and what differs from now below it.

    scale_changed: another view mode or zoom of that roadmap.
    """

    least = QSize(820, 440)
    scale_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.entries: dict[int, Entry] = {}
        self.day: Day = session.today()
        self.past: PastRoadmap | None = None
        self.found: Differences | None = None
        self._history: PlanHistory | None = None
        self._waiting: list[Changed] = []
        self._project: int | None = None
        self._listed_from = 1
        self._told = ""
        self.list = RecordTable(session, entry_columns(session), lambda row_id: self.entries.get(row_id), _("Edits"))
        self.table = RecordTable(session, difference_columns(session), self._difference, _("What differs from now"))
        self._warming = QTimer(self)
        self._warming.setInterval(IDLE)
        self._warming.timeout.connect(self._read_ahead)
        self._lay_out()
        self.list.picked.connect(self._on_entry)
        self.table.picked.connect(self._on_row)
        self.slider.day_chosen.connect(self.show_day)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        self.setFocusProxy(self.slider)

    # what the window asks

    def enter(self) -> None:
        if self.past is None:
            self._open()
        self._catch_up()
        self._warming.start()

    def set_filter(self, text: str) -> None:
        super().set_filter(text)
        self.list.search(text)
        self.rows_changed.emit()

    def rows_text(self) -> str:
        return ngettext("{n} edit", "{n} edits", len(self.list.records.ids))

    @property
    def scale(self) -> str:
        """The view mode of the roadmap as it stood."""
        return self.past.roadmap.scale if self.past is not None else ""

    def set_scale(self, name: str) -> None:
        if self.past is not None:
            self.past.roadmap.set_scale(name)

    def zoom_in(self) -> None:
        if self.past is not None:
            self.past.roadmap.zoom_in()

    def zoom_out(self) -> None:
        if self.past is not None:
            self.past.roadmap.zoom_out()

    def go_to_today(self) -> None:
        """Brings the day that is shown to the middle."""
        if self.past is not None:
            self.past.roadmap.go_to_today()

    def fit(self) -> None:
        if self.past is not None:
            self.past.roadmap.fit()

    # showing

    def show_day(self, day: Day) -> None:
        """Shows the plan as it stood at the end of a day."""
        if self._history is None:
            self.day = day
            return
        self._show(self._history.entry_on(day), day, long_day_text(day, weekday=True))

    def show_entry(self, sequence: int) -> None:
        """Shows the plan as it stood after an edit."""
        if self._history is not None and sequence in self.entries:
            day = self.entries[sequence].line.time.toordinal()
            told = _("{day}, after edit {number}").format(day=long_day_text(day, weekday=True), number=sequence)
            self._show(sequence, day, told)

    def _show(self, sequence: int, day: Day, told: str) -> None:
        self.day, self._told = day, told
        self.slider.put_on(day)
        self._warming.start()  # not while the slider is on its way
        if self.past is not None and self.found is not None:
            self.past.go_to(sequence, day, self.found)
            self._tell_differences()
        self._take_in_list(sequence)

    def _take_in_list(self, sequence: int) -> None:
        """The edit after which the plan is shown is the one in hand, or the last listed one before it."""
        listed = next((number for number in self.entries if number <= sequence), None)
        if listed is not None and listed != self.list.hand and not self.list.hasFocus():
            with QSignalBlocker(self.list):
                self.list.take(listed)

    def _tell_differences(self) -> None:
        rows = self.found.rows if self.found is not None else {}
        count = ngettext("{n} row differs from now", "{n} rows differ from now", len(rows)) if rows else _("as it is now")
        self.told.setText(_("{day} · {count}").format(day=self._told, count=count))
        self.legend.setVisible(bool(rows))
        self.differing.setCurrentWidget(self.table if rows else self.same)
        with QSignalBlocker(self.table):
            self.table.show_records(sorted(rows))
        self._offer()

    # opening and following

    def _open(self) -> None:
        """Reads the journal, and builds the roadmap as it stood."""
        document = self.session.document
        self._history = PlanHistory(document.storage, document.plan)
        self.past = PastRoadmap(self.session, self._history, min(self.day, self.session.today()))
        self.past.selected.connect(self._on_selected)
        self.past.roadmap.scale_changed.connect(self.scale_changed)
        self.below.insertWidget(0, self.past)
        self.past.setMinimumHeight(PAST_HEIGHT)
        self.below.setSizes([460, 200])
        self.destroyed.connect(self.past.close_down)
        self._project = None

    def _catch_up(self) -> None:
        """Takes in the edits made and the project chosen while the page was not in front."""
        if self.past is None or self._history is None:
            return
        fresh = self.session.project_id != self._project or self.found is None
        if fresh:
            self._project = self.session.project_id
            self._listed_from = max(1, self._history.last - LISTED_TOGETHER)
            self.found = Differences(self._history.plan, self.session.plan, self._project)
            self._fill_milestones()
        assert self.found is not None
        for event in self._waiting:
            self.past.follow(event.line, event.change_set, self.found)
        if fresh or self._waiting:
            self._waiting.clear()
            self.past.show_project(self._project)
            self._fill_list()
            self._reach_days()
            self.show_day(min(max(self.day, self.slider.slider.minimum()), self.slider.slider.maximum()))

    def _reach_days(self) -> None:
        first = self._history.first_day if self._history is not None else None
        today = self.session.today()
        self.slider.set_days(first if first is not None else today, max(today, first or 0))

    def _on_changed(self, event: Changed) -> None:
        if self.past is not None:
            self._waiting.append(event)
            if self.isVisible():
                self._catch_up()

    def _on_project(self) -> None:
        if self.isVisible() and self.session.project_id is not None:
            self._catch_up()

    def _read_ahead(self) -> None:
        """Reads the journal while nothing else is to be done: for the list, and so that each step of the slider is a short
        one."""
        if not self.isVisible() or self._history is None:
            self._warming.stop()
        elif self._listed_from > 1:
            self._listed_from = max(1, self._listed_from - LISTED_TOGETHER)
            self._fill_list()
        elif not self._history.warm():
            self._warming.stop()

    # building

    def _lay_out(self) -> None:
        self.slider = DaySlider()
        self.below = QSplitter(Qt.Orientation.Vertical)
        self.below.setHandleWidth(1)
        self.below.setChildrenCollapsible(False)
        self.same = QLabel(
            _("Nothing differs from now. Choose an edit, or a day with the slider, to see the plan as it stood then.")
        )
        self.same.setProperty("muted", True)
        self.same.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.same.setWordWrap(True)
        self.differing = QStackedWidget()
        self.differing.addWidget(self.table)
        self.differing.addWidget(self.same)
        self.below.addWidget(self.differing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        edits = column_of(self._chooser(), (self.list, 1))
        edits.setMinimumWidth(LIST_WIDTH)
        self.splitter.addWidget(edits)
        self.splitter.addWidget(column_of(self.slider, self._state(), (self.below, 1)))
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([510, 860])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _chooser(self) -> QHBoxLayout:
        self.milestone = ChoiceField()
        self.milestone.setAccessibleName(_("Show the edits of"))
        self.milestone.activated.connect(lambda _number: self._fill_list())
        line = QHBoxLayout()
        line.setContentsMargins(18, 10, 18, 10)
        line.addWidget(self.milestone, 1)
        return line

    def _state(self) -> QWidget:
        self.told = QLabel()
        self.told.setProperty("section", True)
        self.told.setProperty("strong", True)
        self.legend = QLabel(_("Thin bars: where it is now"))
        self.legend.setProperty("muted", True)
        self.restore_row = QPushButton(_("Restore row…"))
        self.restore_row.clicked.connect(self._restore_row)
        self.restore_all = QPushButton(_("Restore the whole project…"))
        self.restore_all.clicked.connect(self._restore_project)
        line = QHBoxLayout()
        line.setContentsMargins(18, 2, 18, 10)
        line.setSpacing(8)
        line.addWidget(self.told, 1)
        for widget in (self.legend, self.restore_row, self.restore_all):
            line.addWidget(widget)
        state = QWidget()
        state.setLayout(line)
        return state

    # the list of edits

    def _fill_milestones(self) -> None:
        chosen, project = self.milestone.currentData(), self.session.project
        self.milestone.clear()
        self.milestone.addItem(_("All edits of the project"), None)
        self.milestone.addItem(_("All edits of the workspace"), WHOLE_WORKSPACE)
        for _level, row in walk(self.session.plan, project.id) if project is not None else ():
            if isinstance(row, Milestone):
                self.milestone.addItem(row.title, row.id)
        self.milestone.setCurrentIndex(max(0, self.milestone.findData(chosen)))

    def _wanted(self) -> set[int] | None:
        """The entries to be listed, None for all."""
        chosen, storage = self.milestone.currentData(), self.session.document.storage
        if chosen == WHOLE_WORKSPACE or self.session.project_id is None:
            return None
        if chosen is not None:
            return storage.entries_of(chosen)
        return storage.entries_of_project(self.session.project_id, self.session.plan, self._listed_from)

    def _fill_list(self) -> None:
        """The edits, the newest first."""
        if self._history is None:
            return
        moves: dict[int, list[Recorded]] = {}
        for move in self.session.document.storage.moves():
            moves.setdefault(move.entry, []).append(move)
        undone: set[int] = set()
        for line in reversed(self._history.lines):
            if line.undoes is not None and line.sequence not in undone:
                undone.add(line.undoes)
        wanted = self._wanted()
        self.entries = {
            line.sequence: Entry(line.sequence, line, tuple(moves.get(line.sequence, ())), line.sequence in undone)
            for line in reversed(self._history.lines)
            if wanted is None or line.sequence in wanted
        }
        with QSignalBlocker(self.list):
            self.list.show_records(self.entries)
        self.rows_changed.emit()

    def _on_entry(self) -> None:
        hand = self.list.hand
        if hand is not None and self.list.hasFocus():
            self.show_entry(hand)

    # rows that differ, and the way back

    def _difference(self, row_id: int) -> object:
        return self.found.rows.get(row_id) if self.found is not None else None

    def _on_row(self) -> None:
        """A row of the table is in hand: the roadmap shows it."""
        hand = self.table.hand
        if self.table.hasFocus() and hand is not None and self.past is not None:
            self.past.select(hand)
        self._offer()

    def _on_selected(self, row_id: int) -> None:
        """A row of the roadmap is in hand: so it is in the table, where it differs."""
        if self.table.hasFocus():
            return
        with QSignalBlocker(self.table):
            if self.found is not None and row_id in self.found.rows:
                self.table.take(row_id)
            else:
                self.table.setCurrentIndex(QModelIndex())
                self.table.clearSelection()
        self._offer()

    def _offer(self) -> None:
        rows = self.found.rows if self.found is not None else {}
        writable = not self.session.document.read_only and bool(rows)
        row = rows.get(self.table.hand or 0)
        self.restore_row.setEnabled(writable and row is not None and row.then is not None)
        self.restore_all.setEnabled(writable and self.past is not None and self.past.currentWidget() is self.past.roadmap)

    def _has_content(self, digest: str) -> bool:
        try:
            self.session.document.blob(digest)
        except KeyError:
            return False
        return True

    def _restore_row(self) -> None:
        row_id, history, day = self.table.hand, self._history, self.day
        if row_id is not None and history is not None and self._difference(row_id) is not None:
            then = history.plan.copy()
            confirm_moves(
                self.session,
                N_("Restore row"),
                lambda edit: restore.restore_row(edit, then, row_id, day, self._has_content),
            )

    def _restore_project(self) -> None:
        project, history, day = self.session.project_id, self._history, self.day
        if project is not None and history is not None:
            then = history.plan.copy()
            confirm_moves(
                self.session,
                N_("Restore project"),
                lambda edit: restore.restore_project(edit, then, project, day, self._has_content),
            )
