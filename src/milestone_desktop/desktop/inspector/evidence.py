"""Files and links kept with an activity."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from milestone_desktop.desktop.dialogs.link import LinkDialog
from milestone_desktop.desktop.inspector.linked import adder
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.row_list import Row, RowList
from milestone_desktop.desktop.opening import open_kept_file
from milestone_desktop.desktop.words import _, long_day_text, number_text, say
from milestone_desktop.document import kept_files
from milestone_desktop.document.linked_files import Standing, look_at, path_of
from milestone_desktop.document.operations import evidence
from milestone_desktop.domain.gates import Evidence
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_, PlanError


def add_evidence(panel: Panel, title: str) -> None:
    """Adds the section of files and links to a panel."""
    section = panel.section(title)
    section.take_files(lambda paths: [attach(panel, path) for path in paths])
    rows = RowList(lambda thing: EvidenceRow(panel, thing))
    file, link = adder(_("Attach file…")), adder(_("Attach link…"))
    strip = QWidget()
    line = QHBoxLayout(strip)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(file)
    line.addWidget(link)
    line.addStretch(1)
    section.wide(rows)
    section.wide(strip)

    def add_file() -> None:
        name, _kind = QFileDialog.getOpenFileName(panel.window(), _("Attach file"), str(Path.home()))
        if name:
            attach(panel, Path(name))

    def add_link() -> None:
        LinkDialog(panel.session, panel.row_id, panel.window()).exec()

    def refresh() -> None:
        rows.show_things(panel.session.plan.where(Evidence, "activity", panel.row_id))
        for button in (file, link):
            button.setEnabled(not panel.session.document.read_only)

    file.clicked.connect(add_file)
    link.clicked.connect(add_link)
    panel.on_refresh(refresh)


def attach(panel: Panel, path: Path) -> bool:
    """Keeps a copy of a file inside the workspace."""
    try:
        evidence.check_size(path.name, path.stat().st_size)
        data = path.read_bytes()
    except PlanError as error:
        panel.session.fail(error)
        return False
    except OSError as error:
        panel.session.failed.emit(
            _("“{name}” cannot be read: {reason}. Check that you may open it.").format(name=path.name, reason=error.strerror)
        )
        return False
    kind = mimetypes.guess_type(path.name)[0] or ""
    return panel.commit(N_("Attach file"), lambda edit: evidence.attach_file(edit, panel.row_id, path.name, data, kind))


STANDINGS = {
    Standing.SAME: ("✓", N_("as linked"), "On track"),
    Standing.CHANGED: ("▲", N_("changed since"), "At risk"),
    Standing.GONE: ("?", N_("not found"), "At risk"),
    Standing.UNREADABLE: ("?", N_("cannot be read"), "At risk"),
    Standing.UNKNOWN: ("?", N_("not read"), "At risk"),
}
"""Of a linked file: sign, words, and the health whose colour it has."""


class EvidenceRow(Row):
    """Title (a click opens a link, or a copy of a file that is only read), how a linked file stands, save a copy, remove."""

    def __init__(self, panel: Panel, thing: Evidence) -> None:
        super().__init__(panel.session, thing)
        self._panel = panel
        self.title = QPushButton()
        self.title.setProperty("quiet", True)
        self.title.setProperty("link", True)
        self.title.clicked.connect(self._open)
        self.line.addWidget(self.title, 1)
        self.standing = QLabel()
        self.line.addWidget(self.standing)
        self.take = self.small_button("refresh-cw", _("Take it as it is now"), self._take_as_it_is)
        if thing.is_kept:
            save = self.small_button("download", _("Save a copy of the file"), self._save)
            save.setEnabled(True)
        self.small_button("x", _("Remove"), self._remove)

    def refresh(self, thing: Any) -> None:
        super().refresh(thing)
        size = _("{size} kB").format(size=number_text(max(1, thing.size // 1000))) if thing.is_kept else ""
        self.title.setText("  ".join(part for part in (thing.title.replace("&", "&&"), size) if part))
        self.title.setIcon(self.session.icons.icon("paperclip" if thing.is_kept else "external-link"))
        digest = _("SHA-256 {digest}").format(digest=thing.sha256) if thing.sha256 else ""
        self.title.setToolTip("\n".join(part for part in (thing.link or thing.name, digest) if part))
        self.title.setAccessibleName(_("Open {name}").format(name=thing.title))
        self._show_standing(thing)

    def _show_standing(self, thing: Evidence) -> None:
        standing = self.session.linked_files.standing(thing)
        self.standing.setVisible(standing is not None)
        self.take.setVisible(standing in (Standing.CHANGED, Standing.UNKNOWN))
        if standing is None:
            return
        sign, words, health = STANDINGS[standing]
        self.standing.setText(f"{sign} {_(words)}")
        self.standing.setProperty("health", health)
        self.standing.style().polish(self.standing)
        fault = self.session.linked_files.fault(thing)
        when = long_day_text(day_of(thing.modified)) if thing.modified is not None else ""
        kept = _("Linked as it was written on {date}.").format(date=when) if when else ""
        told = "" if fault is None else f"{say(fault)}."
        self.standing.setToolTip("\n".join(part for part in (told[:1].upper() + told[1:], kept) if part))

    def _take_as_it_is(self) -> None:
        thing, seen = self.thing, look_at(self.thing.link)
        if seen is None:
            self.session.failed.emit(
                _("“{name}” cannot be read now. Put it back where it was, or link it anew.").format(name=thing.title)
            )
            return
        self._panel.commit(N_("Take file as it is now"), lambda edit: evidence.take_as_it_is(edit, thing.id, seen))

    def _open(self) -> None:
        if self.thing.is_kept:
            open_kept_file(self.session, self.thing.sha256, self.thing.name)
        else:
            path = path_of(self.thing.link)
            address = QUrl.fromUserInput(self.thing.link) if path is None else QUrl.fromLocalFile(str(path))
            if not QDesktopServices.openUrl(address):
                self.session.failed.emit(_("The system cannot open {link}.").format(link=self.thing.link))

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self.window(), _("Save a copy of the file"), str(Path.home() / self.thing.name))
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Writes the bytes kept in the workspace to a file."""
        fault = kept_files.fault(self.session.document, self.thing.sha256, self.thing.name)
        if fault is not None:
            self.session.failed.emit(say(fault)[:1].upper() + say(fault)[1:] + ".")
            return
        try:
            path.write_bytes(self.session.document.blob(self.thing.sha256))
        except OSError as error:
            self.session.failed.emit(
                _("“{name}” could not be written: {reason}. Choose another folder.").format(name=path.name, reason=error.strerror)
            )

    def _remove(self) -> None:
        thing = self.thing
        self._panel.commit(N_("Remove evidence"), lambda edit: evidence.remove(edit, thing.id))
