"""What the kind of a milestone adds to its panel: the sections of the kind, made when a milestone of it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from milestone_desktop.desktop.inspector.approval import add_approval
from milestone_desktop.desktop.inspector.kickoff import add_kickoff
from milestone_desktop.desktop.inspector.launch import add_launch
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.planning import add_planning
from milestone_desktop.desktop.inspector.prototype import add_prototype
from milestone_desktop.desktop.inspector.review import add_review
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneKind

BUILDERS: dict[MilestoneKind, Callable[[Panel], None]] = {
    MilestoneKind.KICKOFF: add_kickoff,
    MilestoneKind.PLANNING: add_planning,
    MilestoneKind.PROTOTYPE: add_prototype,
    MilestoneKind.CLIENT_APPROVAL: add_approval,
    MilestoneKind.LAUNCH: add_launch,
    MilestoneKind.REVIEW: add_review,
}
"""The acceptance criteria of a UAT stand in every milestone's panel."""


def add_kind(panel: Panel) -> None:
    """Adds the sections of whatever kind the milestone is of."""
    groups: dict[MilestoneKind, Panel] = {}
    place = panel.column.count()

    def refresh() -> None:
        row = panel.row
        kind = row.kind if isinstance(row, Milestone) else MilestoneKind.GENERIC
        for other, group in groups.items():
            group.setVisible(other is kind)
        if kind in BUILDERS:
            if kind not in groups:
                groups[kind] = Panel(panel.session, panel, roomy=panel.roomy)
                groups[kind].column.setContentsMargins(0, 0, 0, 0)
                groups[kind].places, groups[kind].tables = panel.places, panel.tables
                BUILDERS[kind](groups[kind])
                panel.column.insertWidget(place, groups[kind])
            groups[kind].show_activity(panel.row_id)

    panel.on_refresh(refresh)
