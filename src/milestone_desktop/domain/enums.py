"""The closed vocabularies of a plan. Values are product English, stored in the file and printed in JSON as they stand."""

from __future__ import annotations

from enum import StrEnum


class ProjectStatus(StrEnum):
    ACTIVE = "Active"
    ON_HOLD = "On Hold"
    COMPLETED = "Completed"
    ARCHIVED = "Archived"


class ScheduleMode(StrEnum):
    COMPUTED = "computed"
    RECORDED = "recorded"


class ProgressBasis(StrEnum):
    DURATION = "duration"
    ESTIMATE = "estimate"
    COUNT = "count"


class ProgressFrom(StrEnum):
    ITEMS = "items"
    CRITERIA = "criteria"
    BOTH = "both"


class Placement(StrEnum):
    COMPUTED = "computed"
    PINNED = "pinned"
    FIXED = "fixed"


class ConstraintType(StrEnum):
    """Values are the field's usual abbreviations: As Soon As Possible … Must Finish On."""

    ASAP = "ASAP"
    ALAP = "ALAP"
    SNET = "SNET"
    SNLT = "SNLT"
    FNET = "FNET"
    FNLT = "FNLT"
    MSO = "MSO"
    MFO = "MFO"


class MilestoneStatus(StrEnum):
    NEW = "New"
    IN_PROGRESS = "In Progress"
    COMPLETED = "Completed"


class MilestoneKind(StrEnum):
    GENERIC = "Generic"
    KICKOFF = "Kickoff"
    PLANNING = "Planning"
    PROTOTYPE = "Prototype"
    UAT = "UAT"
    LAUNCH = "Launch"
    CLIENT_APPROVAL = "Client approval"
    REVIEW = "Review"


class StateGroup(StrEnum):
    """What a workflow state of a work item counts as."""

    NEW = "New"
    IN_PROGRESS = "In Progress"
    DONE = "Done"


class Priority(StrEnum):
    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"
    URGENT = "Urgent"


class LinkType(StrEnum):
    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagUnit(StrEnum):
    """How a dependency's lag is counted: working minutes, elapsed minutes, or percent of the predecessor's duration."""

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed percent"


OF_DURATION = (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT)
"""The lags that follow from the duration of the predecessor."""


class RelationType(StrEnum):
    RELATES_TO = "relates to"
    DUPLICATES = "duplicates"


class Health(StrEnum):
    COMPLETED = "Completed"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    LATE = "Late"
    NONE = "—"


class LogType(StrEnum):
    RISK = "risk"
    ISSUE = "issue"
    DECISION = "decision"
    ACTION = "action"
    ASSUMPTION = "assumption"
    NOTE = "note"


class LogState(StrEnum):
    OPEN = "Open"
    CLOSED = "Closed"


class CriterionPriority(StrEnum):
    MUST = "must"
    SHOULD = "should"


class CriterionResult(StrEnum):
    NOT_RUN = "Not Run"
    PASS = "Pass"
    FAIL = "Fail"
    BLOCKED = "Blocked"


class AgendaState(StrEnum):
    OPEN = "Open"
    DONE = "Done"
    WAIVED = "Waived"


class SignOffDecision(StrEnum):
    APPROVED = "Approved"
    WITH_CONDITIONS = "Approved with conditions"
    REJECTED = "Rejected"


class GoDecisionValue(StrEnum):
    GO = "Go"
    NO_GO = "No-go"


class LessonCategory(StrEnum):
    WENT_WELL = "went well"
    TO_IMPROVE = "to improve"
    IDEA = "idea"
