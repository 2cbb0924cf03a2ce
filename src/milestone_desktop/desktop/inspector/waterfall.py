"""What led from a milestone's target to its date, step by step, where there is room for it."""

from __future__ import annotations

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.trend.waterfall import WaterfallView
from milestone_desktop.desktop.words import _


def add_waterfall(panel: Panel) -> None:
    """Adds the waterfall to a panel; it is hidden where the milestone has no slip."""
    section = panel.section(_("From the target to the date"))
    view = WaterfallView(panel.session)
    section.wide(view)
    panel.on_refresh(lambda: section.setVisible(view.show_milestone(panel.row_id)))
