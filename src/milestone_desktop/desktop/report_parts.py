"""Which parts the person wants in reports; kept with the workspace, without an edit."""

from __future__ import annotations

from milestone_desktop.desktop.session import Session
from milestone_desktop.reports.parts import USUAL, Part

KEPT = "report_parts"
"""Under this name the workspace remembers which parts a report has."""


def chosen_parts(session: Session) -> frozenset[Part]:
    """The parts that the person wants in reports."""
    kept = session.kept(KEPT)
    known = {part.value for part in Part}
    return frozenset(Part(name) for name in kept if name in known) if isinstance(kept, list) else USUAL


def choose_part(session: Session, part: Part, wanted: bool) -> None:
    """Has a part in reports from now on, or leaves it out."""
    parts = chosen_parts(session) | {part} if wanted else chosen_parts(session) - {part}
    session.keep(KEPT, [each.value for each in Part if each in parts])
