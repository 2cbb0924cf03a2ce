"""Searching every text of a plan: which milestones and work items say something, and where they say it.

A `TextIndex` keeps what each activity says as one folded text, made when first asked for and patched by each change, so that
a search through 100 000 activities is one pass of substring tests.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, get_type_hints

from milestone_desktop.domain.activities import (
    Activity,
    Assignment,
    Milestone,
    MilestoneLink,
    MoveReason,
    Relation,
    WorkItem,
)
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.gates import (
    Achievement,
    AgendaRow,
    Artefact,
    ChecklistEntry,
    Criterion,
    CriterionRun,
    Evidence,
    Feedback,
    GateOverride,
    GoDecision,
    LaunchStep,
    Lesson,
    Meeting,
    Objective,
    RoleLine,
    ScopeLine,
    SignOff,
    SignOffCondition,
)
from milestone_desktop.domain.kinds import references
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import BaselineRepair, Person, Project, WorkflowState
from milestone_desktop.domain.registers import LogEntry, LogLink

BREAK = "\n"
"""Between two texts of one activity: nothing that is searched for can reach from one into the next."""

AROUND = 32
"""Characters shown before and after what was found."""

BELONGINGS: dict[type, str] = {
    ChecklistEntry: N_("Checklist"),
    Criterion: N_("Acceptance criteria"),
    Evidence: N_("Evidence"),
    SignOff: N_("Sign-off"),
    GateOverride: N_("Reason"),
    Meeting: N_("Meeting"),
    AgendaRow: N_("Agenda"),
    Objective: N_("Objectives"),
    ScopeLine: N_("Scope"),
    RoleLine: N_("Roles"),
    Artefact: N_("Artefacts"),
    Feedback: N_("Feedback"),
    LaunchStep: N_("Go-live checklist"),
    GoDecision: N_("Go decision"),
    Lesson: N_("Lessons"),
    Achievement: N_("Achievements"),
    MoveReason: N_("Reason of a move"),
    BaselineRepair: N_("Reason of a repair"),
}
"""What belongs to one activity and says something, with the heading under which it is found."""

_INNER: dict[type, tuple[type, str, str]] = {
    CriterionRun: (Criterion, "criterion", N_("Acceptance results")),
    SignOffCondition: (SignOff, "sign_off", N_("Conditions of the sign-off")),
}
"""What belongs to one of these in turn: to which kind, by which field, and its heading."""

_SHARED_FIELDS = (
    (N_("Title"), "title"), (N_("Code"), "code"), (N_("Description"), "description"), (N_("Notes"), "notes"),
    (N_("Release"), "release"), (N_("Module"), "module"), (N_("Reason for the health"), "health_reason"),
)  # fmt: skip
ITEM_FIELDS = (*_SHARED_FIELDS, (N_("Type"), "type"))
MILESTONE_FIELDS = (
    *_SHARED_FIELDS, (N_("Type"), "type"), (N_("Comment"), "comment"), (N_("Recovery action"), "recovery"),
    (N_("Reason of the target"), "target_reason"), (N_("Dropped"), "dropped_reason"),
)  # fmt: skip
"""The fields of words that work items and milestones have themselves, with their headings."""

_OWNERS = frozenset({"Milestone", "Activity", "WorkItem"})
_OWNER_FIELDS = frozenset({"milestone", "activity"})
_HASHES = frozenset({"sha256", "file_sha256", "content", "source", "media_type"})
_OTHERS = (Person, WorkflowState, LogEntry, LogLink, Project)
"""What stands in the texts of many activities: a change to one of these makes the index anew."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text of an activity and where it stands: the heading's message id."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: the heading, and the words around it with where they begin and end in the excerpt."""

    heading: str
    excerpt: str
    start: int
    end: int


def folded(text: str) -> str:
    """The text without case and accents, for comparing: `Tomás` and `tomas` are the same."""
    if text.isascii():
        return text.lower()
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))


def all_folded(texts: Sequence[str]) -> list[str]:
    """Many texts folded; those without accents, mostly nearly all, at one go."""
    found = "\n".join(texts).lower().split("\n")
    if len(found) != len(texts):  # some text has line breaks of its own
        return [folded(text) for text in texts]
    for place, text in enumerate(texts):
        if not text.isascii():
            found[place] = folded(text)
    return found


def texts_of(plan: Plan, activity: Activity) -> Iterator[Said]:
    """Everything an activity says, its title first."""
    yield from _own_texts(plan, activity)
    if isinstance(activity, WorkItem):
        for row in plan.where(Assignment, "item", activity.id):
            yield from _name(plan, N_("Assignees"), row.person)
    else:
        for link in plan.where(LogLink, "milestone", activity.id):
            yield from _log_texts(plan, link)
    for kind, owner in _BELONGING_FIELDS.items():
        for row in plan.where(kind, owner, activity.id):
            yield from _belonging_texts(row)
            for inner, (holder, field, _heading) in _INNER.items():
                parts: Iterable[Any] = plan.where(inner, field, row.id) if holder is kind else ()
                for part in parts:
                    yield from _belonging_texts(part)


def _own_texts(plan: Plan, activity: Activity) -> Iterator[Said]:
    """What stands in the activity's own fields."""
    for heading, field in _own_fields(activity):
        text = getattr(activity, field)
        if text:
            yield Said(heading, text)
    for tag in activity.tags:
        yield Said(N_("Tags"), tag)
    if isinstance(activity, WorkItem):
        project, state = plan.get(Project, activity.project), plan.get(WorkflowState, activity.status)
        yield Said(N_("Key"), _key_text(project, activity.number))
        yield Said(N_("Status"), state.name if state is not None else "")
        yield from _name(plan, N_("Reporter"), activity.reporter)
    elif isinstance(activity, Milestone):
        yield from _name(plan, N_("Owner"), activity.owner)


def _own_fields(activity: Activity) -> tuple[tuple[str, str], ...]:
    return MILESTONE_FIELDS if isinstance(activity, Milestone) else ITEM_FIELDS


def _key_text(project: Project | None, number: int) -> str:
    return f"{project.key if project is not None else ''}-{number}"


def _name(plan: Plan, heading: str, person: int | None) -> Iterator[Said]:
    row = plan.get(Person, person)
    if row is not None:
        yield Said(heading, row.name)


def _log_texts(plan: Plan, link: LogLink) -> Iterator[Said]:
    entry = plan.get(LogEntry, link.entry)
    for text in () if entry is None else (entry.text, entry.response):
        if text:
            yield Said(N_("Log"), text)


def _belonging_texts(row: Any) -> Iterator[Said]:
    kind = type(row)
    for name in _STRINGS[kind]:
        text = getattr(row, name)
        if text:
            yield Said(BELONGINGS[kind] if kind in BELONGINGS else _INNER[kind][2], text)


def _strings_of(kind: type) -> tuple[str, ...]:
    """The fields of a kind that hold words, none of them a hash or a fixed value."""
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if hints[field.name] is str and field.name not in _HASHES)


_STRINGS = {kind: _strings_of(kind) for kind in (*BELONGINGS, *_INNER)}
_BELONGING_FIELDS = {
    kind: next(name for name, reference in references(kind).items() if reference.kind in _OWNERS and name in _OWNER_FIELDS)
    for kind in BELONGINGS
}


def _all_texts(plan: Plan) -> dict[int, str]:
    """What every activity says, folded: each kind of record is read once."""
    names = {row.id: row.name for row in plan.all(Person)}
    states = {row.id: row.name for row in plan.all(WorkflowState)}
    projects = {row.id: row for row in plan.all(Project)}
    of_item, of_milestone = _getter(ITEM_FIELDS), _getter(MILESTONE_FIELDS)
    told: dict[int, str] = {}
    for item in plan.all(WorkItem):
        key, reporter = _key_text(projects.get(item.project), item.number), names.get(item.reporter or 0, "")
        told[item.id] = folded(BREAK.join((*of_item(item), *item.tags, key, states.get(item.status, ""), reporter)))
    for milestone in plan.all(Milestone):
        told[milestone.id] = folded(BREAK.join((*of_milestone(milestone), *milestone.tags, names.get(milestone.owner or 0, ""))))
    for assignment in plan.all(Assignment):
        told[assignment.item] += BREAK + folded(names.get(assignment.person, ""))
    for link in plan.all(LogLink):
        told[link.milestone] += "".join(BREAK + folded(said.text) for said in _log_texts(plan, link))
    for kind, owner in _BELONGING_FIELDS.items():
        rows: Iterable[Any] = plan.all(kind)
        for row in rows:
            told[getattr(row, owner)] += "".join(BREAK + folded(said.text) for said in _belonging_texts(row))
    for kind in _INNER:
        for row in plan.all(kind):
            owned_by = _owner_of_inner(plan, row)
            if owned_by is not None:
                told[owned_by] += "".join(BREAK + folded(said.text) for said in _belonging_texts(row))
    return told


def _owner_of_inner(plan: Plan, row: Any) -> int | None:
    """The activity that a part of one of its belongings is about; None where that belonging is gone."""
    kind, field, _heading = _INNER[type(row)]
    holder: Any = plan.get(kind, getattr(row, field))
    return None if holder is None else getattr(holder, _BELONGING_FIELDS[kind])


def _getter(own: tuple[tuple[str, str], ...]) -> Callable[[Any], tuple[str, ...]]:
    return attrgetter(*(field for _heading, field in own))


class TextIndex:
    """What every activity of a plan says, folded. `heed` each change-set of the plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._texts: dict[int, str] | None = None

    def heed(self, change_set: ChangeSet) -> None:
        """Takes in a change: what it concerns is read anew."""
        if self._texts is None:
            return
        if any(change.kind in _OTHERS for change in change_set.changes):
            self._texts = None
            return
        for row_id in _concerned(self._plan, change_set):
            activity = self._plan.activity(row_id)
            if activity is None:
                self._texts.pop(row_id, None)
            else:
                self._texts[row_id] = _folded_texts(self._plan, activity)

    def find(self, wanted: str, holds: Callable[[int], bool] = lambda _row_id: True) -> list[int]:
        """The ids of the activities that say what is wanted, without regard to case and accents; in no order.

        holds: whether an activity is to be searched at all. Nothing wanted finds nothing.
        """
        needle = folded(wanted.strip())
        if not needle:
            return []
        texts = self._texts
        if texts is None:
            texts = self._texts = _all_texts(self._plan)
        return [row_id for row_id, text in texts.items() if needle in text and holds(row_id)]


def _folded_texts(plan: Plan, activity: Activity) -> str:
    return folded(BREAK.join(said.text for said in texts_of(plan, activity)))


def _concerned(plan: Plan, change_set: ChangeSet) -> set[int]:
    """The activities whose texts a change may have altered."""
    found: set[int] = set()
    for change in change_set.changes:
        for row in (change.old, change.new):
            if isinstance(row, Activity):
                found.add(row.id)
            elif isinstance(row, Assignment):
                found.add(row.item)
            elif type(row) in _INNER:
                owner = _owner_of_inner(plan, row)
                found |= set() if owner is None else {owner}
            elif row is not None and not isinstance(row, (MilestoneLink, Relation)):
                owner = getattr(row, "milestone", getattr(row, "activity", None))
                if isinstance(owner, int):
                    found.add(owner)
    return found


def place_of(plan: Plan, activity: Activity, wanted: str) -> Place | None:
    """Where an activity says what is wanted: the first of its texts that does. None where none does."""
    needle = folded(wanted.strip())
    for said in texts_of(plan, activity) if needle else ():
        if needle in folded(said.text):
            return _cut(said, needle)
    return None


def span_in(text: str, wanted: str) -> tuple[int, int] | None:
    """Where in a text what is wanted stands first, as (first, behind the last) character; None where it does not."""
    needle = folded(wanted.strip())
    plain = folded(text)
    at = plain.find(needle) if needle else -1
    if at < 0:
        return None
    if len(plain) == len(text):
        return at, at + len(needle)
    ends: list[int] = []  # where each letter's folded form ends: "ß" is two letters, a combining accent none
    for letter in text:
        ends.append((ends[-1] if ends else 0) + len(folded(letter)))
    start = next((n for n, end in enumerate(ends) if end > at), 0)
    last = next((n for n, end in enumerate(ends) if end >= at + len(needle)), len(text) - 1)
    return start, last + 1


def _cut(said: Said, needle: str) -> Place:
    """The words around what was found; line breaks become spaces."""
    text = " ".join(said.text.split())
    found = span_in(text, needle) or (0, 0)
    first, last = max(0, found[0] - AROUND), min(len(text), found[1] + AROUND)
    lead = "…" if first else ""
    excerpt = f"{lead}{text[first:last]}{'…' if last < len(text) else ''}"
    shift = len(lead) - first
    return Place(said.heading, excerpt, found[0] + shift, found[1] + shift)


def in_outline_order(plan: Plan, ids: Iterable[int], project_order: Callable[[int], Any]) -> list[int]:
    """Activities as the roadmap lists them: by project, each below its parent."""
    paths: dict[int, tuple[tuple[float, int], ...]] = {}

    def path(row: Activity) -> tuple[tuple[float, int], ...]:
        known = paths.get(row.id)
        if known is None:
            parent = plan.activity(row.parent)
            known = paths[row.id] = (*(path(parent) if parent is not None else ()), (row.order, row.id))
        return known

    rows = [row for row in map(plan.activity, ids) if row is not None]
    return [row.id for row in sorted(rows, key=lambda row: (project_order(row.project), row.project, path(row)))]
