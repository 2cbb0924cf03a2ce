"""Evidence and attachments: files kept inside the workspace, or links."""

from __future__ import annotations

from dataclasses import replace

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.linked_files import Seen
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.gates import Evidence
from milestone_desktop.domain.messages import N_, PlanError, message

LARGEST_FILE = 50 * 1024 * 1024


def check_size(name: str, size: int) -> None:
    """Raises PlanError where a file of so many bytes is too large to be kept inside the workspace."""
    if size > LARGEST_FILE:
        raise PlanError(
            N_("“{name}” is {size} MB; files up to {limit} MB can be kept inside the workspace."),
            N_("Attach a link to it instead."),
            name=name, size=round(size / 1_048_576), limit=LARGEST_FILE // 1_048_576,
        )  # fmt: skip


def attach_file(edit: Edit, activity_id: int, name: str, data: bytes, media_type: str = "") -> Evidence:
    """Keeps a file (its bytes) with an activity. Raises PlanError above 50 MB."""
    activity = existing(edit.plan, activity_id)
    check_size(name, len(data))
    edit.label = message(N_("Attach “{name}” to “{title}”"), name=name, title=activity.title)
    row = Evidence(
        edit.new_id(),
        activity.id,
        name,
        name=name,
        sha256=edit.attach(data),
        size=len(data),
        media_type=media_type,
        added=edit.now,
    )
    return edit.add(row)


def attach_link(edit: Edit, activity_id: int, title: str, link: str, seen: Seen | None = None) -> Evidence:
    """Keeps a link with an activity. seen: the file that it means as it is now (`linked_files.look_at`), so that a later
    change of it is found."""
    activity = existing(edit.plan, activity_id)
    edit.label = message(N_("Attach “{name}” to “{title}”"), name=title, title=activity.title)
    row = Evidence(edit.new_id(), activity.id, title.strip() or link, link=link.strip(), added=edit.now)
    return edit.add(row if seen is None else replace(row, sha256=seen.sha256, size=seen.size, modified=seen.modified))


def take_as_it_is(edit: Edit, evidence_id: int, seen: Seen) -> Evidence:
    """Keeps of a linked file what it is now: it is no longer called changed. An approval that covers it is."""
    row = edit.plan[Evidence, evidence_id]
    edit.label = message(N_("Take “{name}” as it is now"), name=row.title)
    return edit.update(row, sha256=seen.sha256, size=seen.size, modified=seen.modified)


def remove(edit: Edit, evidence_id: int) -> None:
    """Removes a piece of evidence; its bytes stay in the file for undo."""
    row = edit.plan[Evidence, evidence_id]
    edit.label = message(N_("Remove “{name}”"), name=row.title)
    edit.remove(row)
