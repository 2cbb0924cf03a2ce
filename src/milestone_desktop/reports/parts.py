"""The parts of a status report that one may have or leave out."""

from __future__ import annotations

from enum import StrEnum

from milestone_desktop.domain.messages import N_


class Part(StrEnum):
    """In the order of the pages. Headline figures and summary are always there."""

    DECISIONS = "decisions"
    ROADMAP = "roadmap"
    MILESTONES = "milestones"
    MOVES = "moves"
    NEXT = "next"
    LOG = "log"
    COMMENTS = "comments"
    TASKS = "milestone-report"


HEADINGS: dict[Part, str] = {
    Part.DECISIONS: N_("Decisions wanted"),
    Part.ROADMAP: N_("Roadmap"),
    Part.MILESTONES: N_("Milestones"),
    Part.MOVES: N_("Moves in the last 30 days"),
    Part.NEXT: N_("Next 30 days"),
    Part.LOG: N_("Open risks, issues and actions"),
    Part.COMMENTS: N_("Comments"),
    Part.TASKS: N_("Milestone report"),
}

USUAL = frozenset(Part) - {Part.TASKS}
"""The parts of a report where nothing else is asked for."""
