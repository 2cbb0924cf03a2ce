"""What a person says about a milestone: comment, recovery action, a health of their own, and that it is no longer wanted."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.common import Choices, setter, text_setter
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.signs import health_word
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, milestones
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.messages import N_, PlanError


def add_judgement(panel: Panel) -> None:
    """Adds these sections to a panel."""
    comment = panel.section(_("Comment for the report"))
    comment.text(N_("Change comment"), lambda row: row.comment, _dated(panel, "comment"), _("Comment for the report"))
    recovery = panel.section(_("Recovery action"))
    recovery.text(N_("Change recovery action"), lambda row: row.recovery, _dated(panel, "recovery"), _("Recovery action"))
    section = panel.section(_("Judgement"))
    section.line(_("Reason"), N_("Change reason of health"), lambda row: row.health_reason, text_setter(panel, "health_reason"))
    section.choice(
        _("Health is"), N_("Override health"), _healths,
        lambda row: None if row.health_override is None else row.health_override.value,
        lambda edit, value: _override(panel, edit, value),
    )  # fmt: skip
    section.date(_("Until"), N_("Change end of health"), lambda row: row.health_until, setter(panel, "health_until"))
    dropped = section.line(
        _("Dropped, why"), N_("Drop milestone"), lambda row: row.dropped_reason, lambda edit, text: _drop(panel, edit, text)
    )
    dropped.setPlaceholderText(_("not dropped"))


def _healths(row: Any) -> Choices:
    return [
        (None, _("worked out")),
        *((value.value, health_word(value)) for value in (Health.ON_TRACK, Health.AT_RISK, Health.LATE)),
    ]


def _override(panel: Panel, edit: Edit, value: str | None) -> None:
    row = panel.row
    if value is not None and row is not None and not row.health_reason.strip():
        raise PlanError(N_("A health set by hand needs a reason."), N_("Type the reason above first."))
    activities.set_fields(edit, [panel.row_id], health_override=None if value is None else Health(value))


def _drop(panel: Panel, edit: Edit, reason: str) -> None:
    """A reason drops the milestone; taking the reason away takes it back."""
    if reason.strip():
        milestones.drop(edit, panel.row_id, reason)
    else:
        milestones.take_up(edit, panel.row_id)


def _dated(panel: Panel, name: str) -> Any:
    """What writes a text together with the day on which it was written."""

    def put(edit: Edit, text: str) -> None:
        day = edit.today if text.strip() else None
        activities.set_fields(edit, [panel.row_id], **{name: text.strip(), f"{name}_date": day})

    return put
