"""The roadmap as it stood: the real one, over a past state of the plan, with where its rows are now drawn below them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from milestone_desktop.desktop.history.now_rows import NowRows
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.arranging import KEY as COLUMNS
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.document.past import PastDocument
from milestone_desktop.document.plan_history import PlanHistory
from milestone_desktop.domain.changes import Change, ChangeSet, JournalLine
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.projects import Project
from milestone_desktop.tracking.then_and_now import Differences

SHOWN = shown.USUAL - {shown.CRITICAL} | {shown.BASELINE}
"""What the timeline shows: no critical path, for which each state would have to be scheduled."""

TITLES = 330
"""Pixels of the table beside the timeline at first."""


class PastRoadmap(QStackedWidget):
    """One project of a past state, read-only: it folds, scrolls, zooms and is selected in like any roadmap.

    selected: another row is in hand, by its id (-1 for none).
    """

    selected = Signal(int)

    def __init__(self, session: Session, history: PlanHistory, day: Day) -> None:
        super().__init__()
        self._real = session
        self._project: int | None = None
        self.document = PastDocument(history, session.document.storage, day)
        self.then = Session(self.document, session.theme, self)
        self.now_rows = NowRows(session)
        self.roadmap = RoadmapPage(self.then, kept=self.now_rows)
        self.roadmap.set_shown(SHOWN)
        self.roadmap.splitter.setSizes([TITLES, 800])
        self.absent = QLabel()
        self.absent.setProperty("muted", True)
        self.absent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.absent.setWordWrap(True)
        self.addWidget(self.roadmap)
        self.addWidget(self.absent)
        self.setAccessibleName(_("Roadmap as it stood"))
        session.theme_changed.connect(lambda: self.then.set_theme(session.theme))
        self.then.failed.connect(session.failed)
        self.then.selection_changed.connect(lambda: self.selected.emit(self.then.current or -1))

    def show_project(self, project: int | None) -> None:
        """Shows another project, or that it was not there yet."""
        self._project = project
        there = self.then.plan.get(Project, project) is not None
        if there and self.then.project_id != project:
            columns = {f"{COLUMNS} project {project}": {"columns": ["title", "end"]}}
            self.document.storage.keep_view_state(columns)
            self.then.show_project(project)
        self.absent.setText(_("The project was not there yet on {day}.").format(day=long_day_text(self.document.day)))
        self.setCurrentWidget(self.roadmap if there else self.absent)
        self.roadmap.setAccessibleDescription(_("As it stood on {day}").format(day=long_day_text(self.document.day)))

    def go_to(self, sequence: int, day: Day, found: Differences) -> None:
        """Shows the plan as it stood after an entry; `found` learns what has changed in it by that."""
        self.document.begin(sequence, day)
        self._take(found, self.document.changes)

    def _take(self, found: Differences, changes: list[Change]) -> None:
        found.take(changes)
        self.now_rows.take(found)
        self.then.facts.health.forget()
        self.document.tell()
        self.show_project(self._project)

    def follow(self, line: JournalLine, change_set: ChangeSet, found: Differences) -> None:
        """Takes in an edit of the plan as it stands now."""
        found.heed(change_set)
        self.document.follow(line, change_set)
        self._take(found, self.document.changes)

    def select(self, row_id: int) -> None:
        """Takes a row in hand, unfolding what hides it; none where it was not there."""
        there = self.then.plan.activity(row_id)
        self.then.select([row_id] if there is not None and there.project == self._project else [])

    def close_down(self) -> None:
        """Lets go of the past plan."""
        self.then.close()

    def focus_place(self) -> QWidget:
        return self.roadmap.table
