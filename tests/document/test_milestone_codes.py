"""A milestone is named by its code, and by `KEY:CODE` where several projects have that code."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import milestones, projects
from milestone_desktop.document.operations.milestones import milestone_with_code
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.seeds import seed_plan


@pytest.fixture
def plan() -> Plan:
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 24, 10, 30))
    with document.edit("Add") as edit:
        for title, key in (("First", "OLD"), ("Second", "SEC")):
            project = projects.create(edit, title, key=key)
            milestones.create(edit, project.id, f"{title} ready")
        milestones.create(edit, project.id, "Shipped", code="SHIP")
        milestones.create(edit, project.id, "Odd", code="A:B")
        milestones.create(edit, project.id, "Small", code="x")
        milestones.create(edit, project.id, "Large", code="X")
        first = projects.project_with_key(edit.plan, "OLD")
        projects.set_fields(edit, first.id, key="FIR")
    return document.plan


@pytest.mark.parametrize(
    ("text", "project_key", "title"),
    [
        ("SHIP", None, "Shipped"),
        (" ship ", None, "Shipped"),
        ("FIR:M1", None, "First ready"),
        ("fir : m1", None, "First ready"),
        ("OLD:M1", None, "First ready"),
        ("SEC:M1", None, "Second ready"),
        ("M1", "SEC", "Second ready"),
        ("M1", "OLD", "First ready"),
        ("SEC:M1", "FIR", "Second ready"),
        ("A:B", None, "Odd"),
        ("SEC:A:B", None, "Odd"),
        ("x", None, "Small"),
        ("X", None, "Large"),
    ],
)
def test_the_milestone_that_is_meant(plan: Plan, text: str, project_key: str | None, title: str) -> None:
    assert milestone_with_code(plan, text, project_key).title == title


def test_an_ambiguous_code_names_the_candidates(plan: Plan) -> None:
    with pytest.raises(PlanError) as caught:
        milestone_with_code(plan, "m1")
    assert str(caught.value) == "“m1” is the code of several milestones. Name one of them: FIR:M1, SEC:M1."


@pytest.mark.parametrize(
    ("text", "project_key", "expected"),
    [
        ("M9", None, "no milestone with the code “M9”"),
        ("SHIP", "FIR", "no milestone with the code “SHIP”"),
        ("FIR:SHIP", None, "no milestone with the code “SHIP”"),
        ("NOPE:M1", None, "no project with the key “NOPE”"),
        ("M1", "NOPE", "no project with the key “NOPE”"),
        ("", None, "no milestone with the code"),
        (":", None, "no project with the key"),
    ],
)
def test_what_is_not_there(plan: Plan, text: str, project_key: str | None, expected: str) -> None:
    with pytest.raises(PlanError, match=expected):
        milestone_with_code(plan, text, project_key)
