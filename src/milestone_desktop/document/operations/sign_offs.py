"""Approvals of a milestone: recorded with what they cover, superseded, never edited; their conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.milestones import milestone
from milestone_desktop.domain.enums import SignOffDecision
from milestone_desktop.domain.gates import SignOff, SignOffCondition
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.sign_off import fingerprint, snapshot, standing


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who signs says. file: name and bytes of the signed document; conditions: text, owner, due."""

    approver: str
    decision: SignOffDecision
    signed: Day
    role: str = ""
    organisation: str = ""
    method: str = ""
    note: str = ""
    conditions: Sequence[tuple[str, int | None, Day | None]] = ()
    file: tuple[str, bytes] | None = None


def record(edit: Edit, milestone_id: int, given: Given, covers: Mapping[str, Any] | None = None) -> SignOff:
    """Records an approval or a rejection with a snapshot of what it covers; those before it are superseded.

    covers: what the person saw that it covers (`domain.sign_off.snapshot`). Raises PlanError where that is not how the
    milestone stands now, where nobody is named, where it lies ahead, and where conditions and decision contradict.
    """
    row = milestone(edit.plan, milestone_id)
    now = snapshot(edit.plan, row)
    _check(edit, given)
    if covers is not None and fingerprint(covers) != fingerprint(now):
        raise PlanError(
            N_("“{title}” is no longer what was to be approved."), N_("Look at what it covers now, then record it again."),
            title=row.title,
        )  # fmt: skip
    label = (
        N_("Record rejection of “{title}”") if given.decision is SignOffDecision.REJECTED else N_("Record approval of “{title}”")
    )
    edit.label = message(label, title=row.title)
    for earlier in standing(edit.plan, row):
        edit.update(earlier, superseded=True)
    name, data = given.file if given.file is not None else ("", None)
    made = edit.add(
        SignOff(
            edit.new_id(), row.id, given.approver.strip(), given.decision, given.signed, role=given.role.strip(),
            organisation=given.organisation.strip(), method=given.method.strip(), note=given.note.strip(), file_name=name,
            file_sha256="" if data is None else edit.attach(data), snapshot=now, snapshot_sha256=fingerprint(now),
        )
    )  # fmt: skip
    for text, owner, due in given.conditions:
        edit.add(SignOffCondition(edit.new_id(), made.id, text.strip(), owner, due))
    return made


def supersede(edit: Edit, sign_off_id: int) -> SignOff:
    """Withdraws an approval: it stays on record and counts no longer."""
    row = edit.plan[SignOff, sign_off_id]
    edit.label = message(N_("Supersede the approval of {approver}"), approver=row.approver)
    return edit.update(row, superseded=True)


def change_condition(edit: Edit, condition_id: int, **fields: Any) -> SignOffCondition:
    """Ticks a condition off (`done`), or gives it another owner or due day."""
    row = edit.plan[SignOffCondition, condition_id]
    edit.label = message(N_("Change condition “{text}”"), text=row.text)
    return edit.update(row, **fields)


def _check(edit: Edit, given: Given) -> None:
    if not given.approver.strip():
        raise PlanError(N_("An approval names the person who gave it."), N_("Type the approver's name."))
    if given.signed > edit.today:
        raise PlanError(N_("An approval cannot have been given in the future."), N_("Type the day on which it was given."))
    wanted = given.decision is SignOffDecision.WITH_CONDITIONS
    texts = [text for text, _owner, _due in given.conditions]
    if wanted and not any(text.strip() for text in texts):
        raise PlanError(N_("An approval with conditions has at least one."), N_("Type the conditions, one a line."))
    if texts and not wanted:
        raise PlanError(
            N_("Only an approval with conditions has conditions."), N_("Choose “Approved with conditions”, or delete them.")
        )
    if not all(text.strip() for text in texts):
        raise PlanError(N_("A condition without text says nothing."), N_("Type what is to be met."))
