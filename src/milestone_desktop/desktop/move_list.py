"""The list of moves: what an edit would move, with old and new dates and working days, before it is taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, ngettext, pair_text, range_text, time_text, working_days_text
from milestone_desktop.document.recompute import Move
from milestone_desktop.document.trial import LatestFinish, Trial
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.projects import Project

FEW = 8
"""Up to so many moves are seen at a glance, so that there is nothing to search."""


class MoveList(QWidget):
    """A sentence with the totals, a search box, and one line for each move."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._moves: dict[int, Move] = {}
        self.totals = QLabel()
        self.totals.setProperty("strong", True)
        self.totals.setWordWrap(True)
        self.totals.setAccessibleDescription(_("What would move"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search the moves"))
        self.search.setClearButtonEnabled(True)
        self.search.setProperty("search", True)
        self.search.setFixedWidth(190)
        self.table = RecordTable(session, self._columns(), self._moves.get, _("Moves"))
        self.search.textChanged.connect(self.table.search)
        top = QHBoxLayout()
        top.addWidget(self.totals, 1)
        top.addWidget(self.search, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addStretch()  # without a list what is said stays at the top

    def show_trial(self, trial: Trial) -> None:
        """Lists the moves of a trial; where there are none, it says so."""
        self._moves.clear()
        self._moves.update({move.activity: move for move in trial.moves})
        self.totals.setText(totals_text(trial))
        self.search.setVisible(len(trial.moves) > FEW)
        self.table.setVisible(bool(trial.moves))
        projects = {move.project for move in trial.moves}
        section = [column.id for column in self.table.records.columns].index("project")
        self.table.setColumnHidden(section, len(projects) < 2 and projects <= {self._session.project_id})
        self.table.show_records(self._moves)

    def say(self, text: str) -> None:
        """Shows a sentence in place of a list."""
        self._moves.clear()
        self.table.show_records(())
        self.totals.setText(text)
        self.search.hide()
        self.table.hide()

    def _columns(self) -> tuple[Column, ...]:
        session = self._session

        def project_title(move: Move) -> str:
            project = session.plan.get(Project, move.project)
            return project.title if project is not None else _("the new project")

        return (
            Column("title", _("Activity"), 150, lambda move: move.title, Look.TITLE, raw=lambda move: move.row,
                   tip=lambda move: move.title),
            Column("project", _("Project"), 130, project_title, Look.MUTED, tip=project_title),
            Column("old", _("Old date"), 192, lambda move: dates_text(move, session.today())[0], Look.MUTED, right=True,
                   order=lambda move: move.old_end),
            Column("new", _("New date"), 192, lambda move: dates_text(move, session.today())[1], right=True,
                   order=lambda move: move.new_end),
            Column("days", _("Working days"), 112, lambda move: working_days_text(move.working_days), Look.SLIP, right=True,
                   raw=lambda move: move.working_days, order=lambda move: move.working_days),
        )  # fmt: skip


def dates_text(move: Move, today: Day) -> tuple[str, str]:
    """Old and new dates: of a milestone its date, of an item start and end; with times where the days look the same."""
    if move.milestone:
        old, new = pair_text(move.old_end, move.new_end, today)
        same = old == new
        return (_timed(move.old_end, today), _timed(move.new_end, today)) if same else (old, new)
    old, new = range_text(move.old_start, move.old_end, today), range_text(move.new_start, move.new_end, today)
    if old != new:
        return old, new
    if move.old_end == move.new_end:
        return _timed(move.old_start, today), _timed(move.new_start, today)
    return _timed(move.old_end, today), _timed(move.new_end, today)


def totals_text(trial: Trial) -> str:
    """`12 activities move, 3 milestones later, latest finish +4 wd`."""
    if not trial.moves:
        return _("No date moves.")
    parts = [ngettext("{n} activity moves", "{n} activities move", len(trial.moves))]
    ends = [(move.old_end, move.new_end) for move in trial.moves if move.milestone]
    dated = [(old, new) for old, new in ends if old is not None and new is not None]
    later, earlier = sum(new > old for old, new in dated), sum(new < old for old, new in dated)
    if later:
        parts.append(ngettext("{n} milestone later", "{n} milestones later", later))
    if earlier:
        parts.append(ngettext("{n} milestone earlier", "{n} milestones earlier", earlier))
    named = len(trial.latest) > 1
    parts += [_latest_text(row, named=named) for row in trial.latest if row.working_days is not None]
    return ", ".join(parts)


def _latest_text(row: LatestFinish, *, named: bool) -> str:
    days = working_days_text(row.working_days)
    if named:
        return _("latest finish of “{project}” {days}").format(project=row.title, days=days)
    return _("latest finish {days}").format(days=days)


def _timed(moment: Instant | None, today: Day) -> str:
    if moment is None:
        return day_text(None, today)
    return _("{day}, {time}").format(day=day_text(day_of(moment), today), time=time_text(moment))
