"""The log: risks, issues, decisions, actions, assumptions and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from milestone_desktop.domain.enums import LogState, LogType
from milestone_desktop.domain.fields import belongs_to, refers_to
from milestone_desktop.domain.instants import Day


@dataclass(slots=True)
class LogEntry:
    id: int
    project: Annotated[int, belongs_to("Project")]
    text: str
    type: LogType = LogType.NOTE
    owner: Annotated[int | None, refers_to("Person")] = None
    raised: Day | None = None
    due: Day | None = None
    state: LogState = LogState.OPEN
    response: str = ""
    order: float = 0.0
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class LogLink:
    """A milestone that a log entry is about."""

    id: int
    entry: Annotated[int, belongs_to("LogEntry")]
    milestone: Annotated[int, belongs_to("Milestone")]
