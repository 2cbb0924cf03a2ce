"""What a milestone holds beside its dates: checklist, evidence, and the records of the seven kinds and their gates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from milestone_desktop.domain.enums import (
    AgendaState,
    CriterionPriority,
    CriterionResult,
    GoDecisionValue,
    LessonCategory,
    SignOffDecision,
)
from milestone_desktop.domain.fields import belongs_to, refers_to
from milestone_desktop.domain.instants import Day, Instant


@dataclass(slots=True)
class ChecklistEntry:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    done: bool = False
    done_on: Day | None = None
    owner: Annotated[int | None, refers_to("Person")] = None
    due: Day | None = None


@dataclass(slots=True)
class Criterion:
    """An acceptance criterion with its result in the round that is going on."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    code: str
    text: str
    order: float = 0.0
    priority: CriterionPriority = CriterionPriority.MUST
    result: CriterionResult = CriterionResult.NOT_RUN
    tester: Annotated[int | None, refers_to("Person")] = None
    tested: Day | None = None
    round: int = 1
    note: str = ""
    waived_reason: str = ""


@dataclass(slots=True)
class CriterionRun:
    """The result of a criterion in an earlier round."""

    id: int
    criterion: Annotated[int, belongs_to("Criterion")]
    round: int
    result: CriterionResult
    tester: Annotated[int | None, refers_to("Person")] = None
    tested: Day | None = None
    note: str = ""


@dataclass(slots=True)
class Evidence:
    """A file inside the workspace (sha256, size in bytes) or a link; also a work item's attachment.

    With a link to a file on this computer: sha256, size and when it was last written (`modified`), as they were when it was
    linked. sha256 is "" where the file could not be read then, and for every other link.
    """

    id: int
    activity: Annotated[int, belongs_to("Activity")]
    title: str
    criterion: Annotated[int | None, refers_to("Criterion")] = None
    name: str = ""
    sha256: str = ""
    size: int = 0
    media_type: str = ""
    link: str = ""
    added: Instant | None = None
    modified: Instant | None = None

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are inside the workspace."""
        return bool(self.sha256) and not self.link


@dataclass(slots=True)
class SignOff:
    """An approval as it was given. Superseded, never edited. snapshot: what it covered, and `snapshot_sha256` of it."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    approver: str
    decision: SignOffDecision
    signed: Day
    role: str = ""
    organisation: str = ""
    method: str = ""
    note: str = ""
    file_name: str = ""
    file_sha256: str = ""
    snapshot: dict[str, Any] = field(default_factory=dict)
    snapshot_sha256: str = ""
    superseded: bool = False


@dataclass(slots=True)
class SignOffCondition:
    id: int
    sign_off: Annotated[int, belongs_to("SignOff")]
    text: str
    owner: Annotated[int | None, refers_to("Person")] = None
    due: Day | None = None
    done: bool = False


@dataclass(slots=True)
class GateOverride:
    """A gate passed although something was open: what, why and when."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    reason: str
    given: Day
    open_points: tuple[str, ...] = ()


@dataclass(slots=True)
class Meeting:
    """The kickoff's meeting."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    held: Instant | None = None
    place: str = ""
    notes: str = ""


@dataclass(slots=True)
class AgendaRow:
    """minutes: planned length."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    minutes: int = 0
    owner: Annotated[int | None, refers_to("Person")] = None
    state: AgendaState = AgendaState.OPEN
    reason: str = ""


@dataclass(slots=True)
class Objective:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    measure: str = ""


@dataclass(slots=True)
class ScopeLine:
    """included: True = in scope, False = out."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    included: bool = True


@dataclass(slots=True)
class RoleLine:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    role: str
    order: float = 0.0
    person: Annotated[int | None, refers_to("Person")] = None
    duties: str = ""


@dataclass(slots=True)
class Artefact:
    """Something a prototype shows."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    title: str
    order: float = 0.0
    version: str = ""
    link: str = ""
    evidence: Annotated[int | None, refers_to("Evidence")] = None


@dataclass(slots=True)
class Feedback:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    author: str = ""
    given: Day | None = None
    severity: str = ""
    decision: str = ""
    item: Annotated[int | None, refers_to("WorkItem")] = None


@dataclass(slots=True)
class LaunchStep:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    owner: Annotated[int | None, refers_to("Person")] = None
    planned: Instant | None = None
    required: bool = True
    rollback: str = ""
    done: bool = False


@dataclass(slots=True)
class GoDecision:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    decision: GoDecisionValue
    decided: Day
    decided_by: str = ""
    note: str = ""


@dataclass(slots=True)
class Lesson:
    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    order: float = 0.0
    category: LessonCategory = LessonCategory.TO_IMPROVE
    cause: str = ""
    impact: str = ""
    recommendation: str = ""
    owner: Annotated[int | None, refers_to("Person")] = None
    follow_up: Annotated[int | None, refers_to("WorkItem")] = None


@dataclass(slots=True)
class Achievement:
    """A note on a milestone reached. people: names as they were then."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    text: str
    reached: Day
    people: tuple[str, ...] = ()
