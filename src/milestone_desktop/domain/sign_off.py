"""What an approval covers: a snapshot taken when it is given, and what of it is another now.

A snapshot holds title, *to*, criteria with their results, evidence and linked work items with key, title and state; not
the milestone's own status, progress or notes. A later mismatch marks the approval and never reopens it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from milestone_desktop.domain.activities import Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import SignOffDecision
from milestone_desktop.domain.gates import Criterion, Evidence, SignOff, SignOffCondition
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState

APPROVALS = (SignOffDecision.APPROVED, SignOffDecision.WITH_CONDITIONS)

Snapshot = Mapping[str, Any]
"""JSON: {"title", "to", "criteria": [{"id", "code", "text", "priority", "result", "waived"}], "evidence": [{"id", "title",
"sha256", "link"}], "items": [{"id", "key", "title", "state"}]}; `to` is an ISO instant or None."""


def snapshot(plan: Plan, milestone: Milestone) -> dict[str, Any]:
    """What an approval of the milestone covers as it stands now."""
    criteria = sorted(plan.where(Criterion, "milestone", milestone.id), key=lambda row: (row.order, row.id))
    items = (plan.get(WorkItem, link.item) for link in plan.where(MilestoneLink, "milestone", milestone.id))
    return {
        "title": milestone.title,
        "to": None if milestone.end is None else instant_to_iso(milestone.end),
        "criteria": [
            {"id": row.id, "code": row.code, "text": row.text, "priority": row.priority.value, "result": row.result.value,
             "waived": row.waived_reason}
            for row in criteria
        ],
        "evidence": [
            {"id": row.id, "title": row.title, "sha256": row.sha256, "link": row.link}
            for row in plan.where(Evidence, "activity", milestone.id)
        ],
        "items": [_item(plan, row) for row in sorted((row for row in items if row is not None), key=lambda row: row.id)],
    }  # fmt: skip


def fingerprint(covered: Snapshot) -> str:
    """The SHA-256 of a snapshot, whatever order its fields were read in."""
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_whole(sign_off: SignOff) -> bool:
    """Whether a record's snapshot is the one that was taken when it was given: its SHA-256 says so."""
    return bool(sign_off.snapshot_sha256) and fingerprint(sign_off.snapshot) == sign_off.snapshot_sha256


def standing(plan: Plan, milestone: Milestone) -> list[SignOff]:
    """The records that are not superseded, the latest last."""
    rows = [row for row in plan.where(SignOff, "milestone", milestone.id) if not row.superseded]
    return sorted(rows, key=lambda row: (row.signed, row.id))


def approval_in_force(plan: Plan, milestone: Milestone) -> SignOff | None:
    """The latest record that stands, where it approves and its snapshot is whole."""
    rows = standing(plan, milestone)
    if not rows or rows[-1].decision not in APPROVALS or not is_whole(rows[-1]):
        return None
    return rows[-1]


def open_conditions(plan: Plan, sign_off: SignOff) -> list[SignOffCondition]:
    """The conditions that are still to be met. They stay open after the milestone is completed."""
    return [row for row in plan.where(SignOffCondition, "sign_off", sign_off.id) if not row.done]


def changed_since(plan: Plan, sign_off: SignOff) -> tuple[Message, ...]:
    """What an approval covered that is another now, one sentence each; nothing where all of it still stands."""
    milestone = plan.get(Milestone, sign_off.milestone)
    if milestone is None:
        return (message(N_("the milestone was deleted")),)
    if not is_whole(sign_off):
        return (message(N_("the record of what it covers was altered")),)
    now = snapshot(plan, milestone)
    if fingerprint(now) == sign_off.snapshot_sha256:
        return ()
    return tuple(_differences(sign_off.snapshot, now))


def _item(plan: Plan, row: WorkItem) -> dict[str, Any]:
    state = plan.get(WorkflowState, row.status)
    key = f"{plan[Project, row.project].key}-{row.number}"
    return {"id": row.id, "key": key, "title": row.title, "state": state.name if state is not None else ""}


def _differences(then: Snapshot, now: Snapshot) -> Iterator[Message]:
    if then["title"] != now["title"]:
        yield message(N_("title: “{old}” became “{new}”"), old=then["title"], new=now["title"])
    if then["to"] != now["to"]:
        yield message(N_("date: {old} became {new}"), old=_day(then["to"]), new=_day(now["to"]))
    yield from _of_rows(then["criteria"], now["criteria"], _CRITERION, "code")
    yield from _of_rows(then["evidence"], now["evidence"], _EVIDENCE, "title")
    yield from _of_rows(then["items"], now["items"], _ITEM, "key")


_CRITERION = {
    "": (N_("criterion {name} was added"), N_("criterion {name} was deleted")),
    "code": N_("criterion {name} is now {new}"),
    "text": N_("criterion {name}: its text became “{new}”"),
    "priority": N_("criterion {name}: {old} became {new}"),
    "result": N_("criterion {name}: {old} became {new}"),
    "waived": N_("criterion {name}: waived with another reason, or no longer"),
}
_EVIDENCE = {
    "": (N_("evidence “{name}” was added"), N_("evidence “{name}” was removed")),
    "title": N_("evidence “{name}” is now called “{new}”"),
    "sha256": N_("evidence “{name}” is another file"),
    "link": N_("evidence “{name}” leads elsewhere"),
}
_ITEM = {
    "": (N_("work item {name} was linked"), N_("work item {name} is no longer linked")),
    "key": N_("work item {name} has the key {new} now"),
    "title": N_("work item {name}: “{old}” became “{new}”"),
    "state": N_("work item {name}: {old} became {new}"),
}


def _of_rows(then: list[dict[str, Any]], now: list[dict[str, Any]], words: Mapping[str, Any], name: str) -> Iterator[Message]:
    before, after = {row["id"]: row for row in then}, {row["id"]: row for row in now}
    added, removed = words[""]
    for row_id, row in before.items():
        twin = after.get(row_id)
        if twin is None:
            yield message(removed, name=row[name])
            continue
        for field, sentence in words.items():
            if field and row.get(field) != twin.get(field):
                yield message(sentence, name=row[name], old=row.get(field), new=twin.get(field))
    for row_id, row in after.items():
        if row_id not in before:
            yield message(added, name=row[name])


def _day(moment: str | None) -> str:
    return "—" if moment is None else moment.split("T")[0]
