"""A planning milestone: whether the plan is ready, worked out from what stands in it."""

from __future__ import annotations

from milestone_desktop.desktop.inspector.gate import GateList
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import action_button, button_strip
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import baselines
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import readiness
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Baseline


def add_planning(panel: Panel) -> None:
    """Adds the readiness, and a way to save the baseline that it asks for."""
    section = panel.section(_("Readiness"))
    shown = GateList(panel.session)
    section.wide(shown)
    button_strip(section, action_button(panel, _("Save a baseline"), lambda: _save(panel)))
    panel.on_refresh(lambda: shown.show_conditions(readiness(panel.session.plan, panel.session.plan[Milestone, panel.row_id])))


def _save(panel: Panel) -> None:
    def save(edit: Edit) -> None:
        project = edit.plan[Milestone, panel.row_id].project
        number = max((row.number for row in edit.plan.where(Baseline, "project", project)), default=0) + 1
        baselines.save(edit, project, _("Baseline {number}").format(number=number))

    panel.commit(N_("Save baseline"), save)
