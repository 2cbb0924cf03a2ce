"""What an import would bring, to be looked at before it is taken. Nothing is changed by it."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.document.operations.projects import unique_key
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.exchange.foreign import ForeignPlan


@dataclass(frozen=True, slots=True)
class Preview:
    """key: the one that the project would get; counts: as in `ForeignPlan.counts`; first, last: the planned dates' range."""

    title: str
    key: str
    counts: dict[str, int]
    findings: tuple[Message, ...]
    first: Instant | None
    last: Instant | None


def preview(foreign: ForeignPlan, workspace: Plan) -> Preview:
    """What bringing this plan into the workspace would add."""
    title = foreign.project.title.strip()
    return Preview(
        title,
        unique_key(workspace, title),
        foreign.counts(),
        foreign.findings.messages(),
        min(foreign.instants(), default=None),
        max(foreign.instants(), default=None),
    )
