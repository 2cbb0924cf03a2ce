"""Project templates: activities with offsets in working days from a kickoff day, as TOML text.

title = "Product launch"
summary = "…"

[[activity]]
id = "build"                 # how others refer to it
title = "Build"              # a work item; parents take their dates from their children
type = "Epic"

[[activity]]
id = "ready"
title = "Prototype ready"
milestone = "Prototype"      # the kind makes it a milestone
parent = "build"
day = 20                     # working days after kickoff; an item has `first` and `last`
after = ["coding", "review SS+2d"]
counts = ["coding"]          # work items that count for the milestone
checklist = ["Demo script rehearsed"]
criteria = ["must: Runs on both phones", "should: Works with gloves"]
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from milestone_desktop.domain.enums import CriterionPriority, LinkType, MilestoneKind
from milestone_desktop.domain.messages import N_, PlanError

_AFTER = re.compile(r"^(?P<id>[\w-]+)(?:\s+(?P<type>FS|SS|FF|SF))?(?:\s*(?P<days>[+-]\d+)d)?$")


@dataclass(frozen=True, slots=True)
class TemplateLink:
    """A predecessor by its id in the template; lag in working days."""

    predecessor: str
    type: LinkType = LinkType.FS
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class TemplateActivity:
    """kind: None for a work item. first, last: working days after kickoff (a milestone has only `last`)."""

    id: str
    title: str
    kind: MilestoneKind | None = None
    type: str = ""
    parent: str = ""
    first: int | None = None
    last: int | None = None
    description: str = ""
    role: str = ""
    tags: tuple[str, ...] = ()
    after: tuple[TemplateLink, ...] = ()
    counts: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    criteria: tuple[tuple[CriterionPriority, str], ...] = ()
    agenda: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    in_scope: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectTemplate:
    """name: how it is chosen on the command line; activities stand in outline order, parents before children."""

    name: str
    title: str
    summary: str
    activities: tuple[TemplateActivity, ...]


def read(text: str, name: str) -> ProjectTemplate:
    """The template in a TOML text. Raises PlanError naming what cannot be understood."""
    try:
        data = tomllib.loads(text)
        activities = tuple(_activity(entry) for entry in data.get("activity", []))
        template = ProjectTemplate(name, str(data["title"]), str(data.get("summary", "")), activities)
        _check(template)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise PlanError(
            N_("The template “{name}” cannot be read: {reason}."),
            N_("Choose another, or mend its text."),
            name=name,
            reason=str(error),
        ) from error
    return template


def write(template: ProjectTemplate) -> str:
    """The TOML text of a template, read back by `read`."""
    lines = [f"title = {_quoted(template.title)}", f"summary = {_quoted(template.summary)}"]
    for activity in template.activities:
        lines += ["", "[[activity]]", *(f"{key} = {_toml(value)}" for key, value in _entry(activity).items())]
    return "\n".join(lines) + "\n"


def _activity(entry: Mapping[str, Any]) -> TemplateActivity:
    known = {"id", "title", "milestone", "type", "parent", "day", "first", "last", "description", "role", "tags", "after",
             "counts", "checklist", "criteria", "agenda", "objectives", "in_scope", "out_of_scope", "steps"}  # fmt: skip
    if unknown := sorted(set(entry) - known):
        raise ValueError(f"unknown entry {unknown[0]!r}")

    def several(key: str) -> tuple[str, ...]:
        return tuple(str(value) for value in entry.get(key, ()))

    last = entry.get("day", entry.get("last"))
    return TemplateActivity(
        id=str(entry["id"]),
        title=str(entry["title"]),
        kind=MilestoneKind(entry["milestone"]) if "milestone" in entry else None,
        type=str(entry.get("type", "")),
        parent=str(entry.get("parent", "")),
        first=int(entry["first"]) if "first" in entry else None,
        last=int(last) if last is not None else None,
        description=str(entry.get("description", "")),
        role=str(entry.get("role", "")),
        tags=several("tags"),
        after=tuple(_link(text) for text in several("after")),
        counts=several("counts"),
        checklist=several("checklist"),
        criteria=tuple(_criterion(text) for text in several("criteria")),
        agenda=several("agenda"),
        objectives=several("objectives"),
        in_scope=several("in_scope"),
        out_of_scope=several("out_of_scope"),
        steps=several("steps"),
    )


def _link(text: str) -> TemplateLink:
    found = _AFTER.match(text.strip())
    if found is None:
        raise ValueError(f"not a predecessor: {text!r}")
    return TemplateLink(found["id"], LinkType(found["type"] or "FS"), int(found["days"] or 0))


def _criterion(text: str) -> tuple[CriterionPriority, str]:
    priority, separator, rest = text.partition(":")
    if separator and priority.strip() in set(CriterionPriority):
        return CriterionPriority(priority.strip()), rest.strip()
    return CriterionPriority.MUST, text.strip()


def _check(template: ProjectTemplate) -> None:
    seen: dict[str, TemplateActivity] = {}
    every = {activity.id for activity in template.activities}
    for activity in template.activities:
        if activity.id in seen:
            raise ValueError(f"two activities have the id {activity.id!r}")
        if activity.parent and activity.parent not in seen:
            raise ValueError(f"{activity.id!r} has a parent that does not stand above it: {activity.parent!r}")
        for other in (*(link.predecessor for link in activity.after), *activity.counts):
            if other not in every:
                raise ValueError(f"{activity.id!r} refers to {other!r}, which is not there")
        if activity.first is not None and activity.last is not None and activity.first > activity.last:
            raise ValueError(f"{activity.id!r} ends before it starts")
        seen[activity.id] = activity


def _entry(activity: TemplateActivity) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": activity.id, "title": activity.title}
    if activity.kind is not None:
        entry["milestone"] = activity.kind.value
    entry |= {"type": activity.type, "parent": activity.parent}
    if activity.kind is not None:
        entry["day"] = activity.last
    else:
        entry |= {"first": activity.first, "last": activity.last}
    entry |= {"description": activity.description, "role": activity.role, "tags": activity.tags}
    entry["after"] = [_link_text(link) for link in activity.after]
    entry["counts"] = activity.counts
    entry["checklist"] = activity.checklist
    entry["criteria"] = [f"{priority.value}: {text}" for priority, text in activity.criteria]
    for key in ("agenda", "objectives", "in_scope", "out_of_scope", "steps"):
        entry[key] = getattr(activity, key)
    return {key: value for key, value in entry.items() if value not in (None, "", (), [])}


def _link_text(link: TemplateLink) -> str:
    lag = f"{link.lag_days:+d}d" if link.lag_days else ""
    return f"{link.predecessor} {link.type.value}{lag}" if lag or link.type is not LinkType.FS else link.predecessor


def _toml(value: str | int | Sequence[str]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    return "[" + ", ".join(_quoted(text) for text in value) + "]"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's, save that TOML also wants DEL escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
