"""What a person says about a milestone: comment, recovery action, a health of their own, and that it is no longer wanted."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.common import Choices
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.signs import health_word
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_


def add_judgement(panel: Panel) -> None:
    """Adds these sections to a panel."""
    comment = panel.section(_("Comment for the report"))
    comment.text(N_("Change comment"), lambda row: row.comment, _dated(panel, "comment"), _("Comment for the report"))
    recovery = panel.section(_("Recovery action"))
    recovery.text(N_("Change recovery action"), lambda row: row.recovery, _dated(panel, "recovery"), _("Recovery action"))
    section = panel.section(_("Judgement"))
    section.line(_("Reason"), N_("Change reason of health"), lambda row: row.health_reason, _reason_setter(panel))
    section.choice(
        _("Health is"), N_("Override health"), _healths,
        lambda row: None if row.health_override is None else row.health_override.value,
        lambda edit, value: _override(panel, edit, value),
    )  # fmt: skip
    section.date(_("Until"), N_("Change end of health"), lambda row: row.health_until, _until_setter(panel))
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
    row = edit.plan[Milestone, panel.row_id]
    milestones.judge(edit, row.id, None if value is None else Health(value), row.health_reason, row.health_until)


def _reason_setter(panel: Panel) -> Any:
    """A reason stands first, for a health that is set next; once that is set, it cannot be taken away."""

    def put(edit: Edit, text: str) -> None:
        row = edit.plan[Milestone, panel.row_id]
        if row.health_override is None:
            activities.set_fields(edit, [row.id], health_reason=text.strip())
        else:
            milestones.judge(edit, row.id, row.health_override, text, row.health_until)

    return put


def _until_setter(panel: Panel) -> Any:
    """The same for the end; left empty it is two weeks after the status date."""

    def put(edit: Edit, day: Day | None) -> None:
        row = edit.plan[Milestone, panel.row_id]
        if row.health_override is None:
            activities.set_fields(edit, [row.id], health_until=day)
        else:
            milestones.judge(edit, row.id, row.health_override, row.health_reason, day)

    return put


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
