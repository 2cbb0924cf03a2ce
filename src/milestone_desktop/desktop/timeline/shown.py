"""What the timeline shows beside bars and diamonds: each a name that a view keeps, and an entry of the menu Show."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.desktop.words import _

LINKS, CRITICAL, TARGETS, DATES, NAMES = "links", "critical", "targets", "dates", "names"
BASELINE = "baseline"
PROGRESS, ZIGZAG, GUIDES, DEADLINES, WEEKENDS, LANE = "progress", "zigzag", "guides", "deadlines", "weekends", "lane"

USUAL = frozenset({LINKS, CRITICAL, TARGETS, DATES, PROGRESS, GUIDES, DEADLINES, WEEKENDS, LANE})
"""What shows where nobody has chosen yet."""

STATE = "timeline.show"
"""The key of the view state under which the names are kept."""


def show_titles() -> dict[str, str]:
    """Everything that can be shown or left out, in the order of the menu."""
    return {
        LINKS: _("Dependencies"),
        CRITICAL: _("Critical path"),
        TARGETS: _("Targets and slips"),
        BASELINE: _("Baseline"),
        DEADLINES: _("Deadlines"),
        PROGRESS: _("Progress of bars"),
        ZIGZAG: _("Progress line"),
        GUIDES: _("Guide of the milestone"),
        DATES: _("Dates of milestones"),
        NAMES: _("Names beside bars"),
        WEEKENDS: _("Weekends and holidays"),
        LANE: _("All milestones on one line"),
    }


def known(names: Iterable[object]) -> frozenset[str]:
    """The names among `names` that there are: an older or newer program may have kept others."""
    return frozenset(name for name in names if isinstance(name, str)) & frozenset(show_titles())
