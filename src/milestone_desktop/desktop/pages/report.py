"""The status report as it will be printed, and a button that makes the PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from milestone_desktop.desktop import jobs
from milestone_desktop.desktop.layouts import delete_item
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.report_parts import choose_part, chosen_parts
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.tools import menu_button
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.reports.parts import HEADINGS, Part

if TYPE_CHECKING:
    from milestone_desktop.desktop.report_work import PrintedReport

PAGE_WIDTH = 720
MM_PER_INCH = 25.4
A4_WIDTH_MM = 210


class ReportPage(Page):
    """Lays the report out beside the window whenever the plan has changed and the page is in front."""

    searchable = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.printed: PrintedReport | None = None
        self._job: jobs.Job | None = None
        self._stale = True
        self.save = QPushButton(_("Save PDF…"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self.ask_where)
        self.told = QLabel()
        self.told.setProperty("muted", True)
        strip = QHBoxLayout()
        strip.setContentsMargins(18, 10, 18, 10)
        strip.setSpacing(14)
        strip.addWidget(self.save)
        self.parts = menu_button(_("Parts"), [self._part(part) for part in Part])
        strip.addWidget(self.parts)
        strip.addWidget(self.told, 1)
        self._pages = QVBoxLayout()
        self._pages.setContentsMargins(24, 8, 24, 24)
        self._pages.setSpacing(18)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        desk = QWidget()
        desk.setObjectName("desk")
        desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        desk.setLayout(self._pages)
        self.desk = QScrollArea()
        self.desk.setWidget(desk)
        self.desk.setWidgetResizable(True)
        self.desk.setAccessibleName(_("Preview of the report"))
        self.setFocusProxy(self.desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self.desk, 1)
        session.changed.connect(self._on_change)
        session.project_changed.connect(self._on_change)
        session.shown.packed_changed.connect(self._on_change)
        session.shown.grouping_changed.connect(self._on_change)
        self._offer()

    def enter(self) -> None:
        if self._stale:
            self.lay_out()

    def lay_out(self) -> None:
        """Begins to lay the report out; `printed` holds it once that is done."""
        project = self.session.project_id
        if project is None:
            return
        from milestone_desktop.desktop.report_work import order_for, print_report

        if self._job is not None:
            self._job.cancel()
        self._stale = False
        self.told.setText(_("Laying out the report…"))
        ratio = self.devicePixelRatioF()
        order = order_for(self.session, project, PAGE_WIDTH * ratio / (A4_WIDTH_MM / MM_PER_INCH))
        self._job = jobs.run(
            print_report, order, parent=self, text=_("Laying out the report…"), done=self._show, failed=self._on_failure
        )
        self._job.over.connect(self._forget_job)

    def _part(self, part: Part) -> QAction:
        """The entry of the menu that has a part in the report or leaves it out."""
        entry = QAction(_(HEADINGS[part]), self)
        entry.setCheckable(True)
        entry.setChecked(part in chosen_parts(self.session))

        def choose(wanted: bool) -> None:
            choose_part(self.session, part, wanted)
            self.lay_out()

        entry.triggered.connect(choose)
        return entry

    def ask_where(self) -> None:
        """Asks for a file name and writes the PDF there."""
        project = self.session.project
        if self.printed is None or project is None:
            return
        proposal = str(Path.home() / f"{project.key} {_('status report')}.pdf")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save PDF"), proposal, _("PDF documents (*.pdf)"))
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Writes the PDF."""
        if self.printed is None:
            return
        try:
            path.write_bytes(self.printed.pdf)
        except OSError as error:
            self.session.failed.emit(
                _("“{name}” could not be written: {reason}. Choose another folder.").format(name=path.name, reason=error.strerror)
            )
        else:
            self.told.setText(_("Saved as {name}").format(name=path.name))

    def _show(self, printed: PrintedReport) -> None:
        self.printed = printed
        while self._pages.count():
            delete_item(self._pages.takeAt(0))
        for number, png in enumerate(printed.pages, 1):
            picture = QPixmap()
            picture.loadFromData(png, "PNG")
            picture.setDevicePixelRatio(picture.width() / PAGE_WIDTH)
            page = QLabel()
            page.setPixmap(picture)
            page.setObjectName("paper")
            page.setAccessibleName(_("Page {number} of the report").format(number=number))
            self._pages.addWidget(page)
        told = ngettext("{n} page", "{n} pages", len(printed.pages))
        if printed.replaced:
            told = _("{pages}; without a glyph and printed as codes: {characters}").format(
                pages=told, characters=", ".join(printed.replaced)
            )
        self.told.setText(told)
        self._offer()

    def _on_failure(self, error: Exception) -> None:
        self.told.setText("")
        if not isinstance(error, PlanError):
            raise error
        self.session.fail(error)

    def _on_change(self) -> None:
        self._stale = True
        if self.isVisible():
            self.lay_out()

    def _forget_job(self) -> None:
        self._job = None

    def _offer(self) -> None:
        self.save.setEnabled(self.printed is not None)
