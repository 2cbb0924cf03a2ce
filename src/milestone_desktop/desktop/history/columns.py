"""The tables of the History page: the edits, and what differs from now."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, clock_text, day_text, instant_text, ngettext, say, working_days_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import JournalLine, Recorded
from milestone_desktop.domain.messages import N_
from milestone_desktop.tracking.then_and_now import Difference

FIELD_WORDS = {
    "title": N_("title"), "start": N_("start"), "end": N_("date"), "duration": N_("duration"), "parent": N_("outline"),
    "placement": N_("placement"), "constraint": N_("constraint"), "constraint_date": N_("constraint"), "deadline": N_("deadline"),
    "progress": N_("progress"), "status": N_("status"), "owner": N_("owner"), "target": N_("target"), "code": N_("code"),
    "actual_start": N_("actual dates"), "actual_finish": N_("actual dates"), "tags": N_("tags"), "notes": N_("notes"),
    "description": N_("description"), "dropped": N_("dropped"), "type": N_("type"), "kind": N_("kind"),
    "comment": N_("comment"), "comment_date": N_("comment"), "recovery": N_("recovery action"),
    "recovery_date": N_("recovery action"), "first_target": N_("target"), "target_reason": N_("target"),
    "remaining": N_("progress"), "stop": N_("progress"), "resume": N_("progress"), "dropped_reason": N_("dropped"),
    "duration_unit": N_("duration"), "amount": N_("amount"), "currency": N_("amount"), "invoiced": N_("billing"),
    "paid": N_("billing"), "estimate": N_("effort"), "logged": N_("effort"), "remaining_effort": N_("effort"),
    "priority": N_("priority"), "release": N_("release"), "module": N_("module"), "calendar": N_("calendar"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit. moved: titles of the milestones that it moved; undone: it was taken back later."""

    id: int
    line: JournalLine
    moves: tuple[Recorded, ...]
    undone: bool


def label_text(entry: Entry) -> str:
    label = say(entry.line.label)
    if entry.line.undoes is not None:
        return _("Undo: {label}").format(label=label)
    return _("{label} (undone)").format(label=label) if entry.undone else label


def entry_columns(session: Session) -> list[Column]:
    def moved(entry: Entry) -> str:
        titles = [row.title for move in entry.moves if (row := session.plan.get(Milestone, move.milestone)) is not None]
        if len(titles) > 2:
            return ngettext("{n} milestone", "{n} milestones", len(titles))
        return ", ".join(titles)

    def when(entry: Entry) -> str:
        return f"{day_text(entry.line.time.toordinal(), session.today())} {clock_text(entry.line.time)}"

    return [
        Column("label", _("Edit"), 190, label_text, tip=label_text),
        Column("time", _("When"), 112, when, order=lambda entry: entry.id),
        Column("moved", _("Moved"), 100, moved, tip=moved),
    ]


def difference_columns(session: Session) -> list[Column]:
    def what(row: Difference) -> str:
        if row.then is None:
            return _("added since")
        if row.now is None:
            return _("deleted since")
        return ", ".join(dict.fromkeys(_(FIELD_WORDS.get(name, N_("other"))) for name in row.fields))

    def date(moment: int | None) -> str:
        return "—" if moment is None else instant_text(moment, session.today())

    return [
        Column("title", _("What differs from now"), 220, lambda row: row.row.title),
        Column("then", _("Then"), 96, lambda row: date(row.then_end), order=lambda row: row.then_end or 0),
        Column("now", _("Now"), 96, lambda row: date(row.now_end), order=lambda row: row.now_end or 0),
        Column(
            "moved",
            _("Moved"),
            76,
            lambda row: "" if not row.working_days else working_days_text(row.working_days),
            right=True,
            order=lambda row: row.working_days or 0,
        ),
        Column("what", _("Change"), 180, what),
    ]
