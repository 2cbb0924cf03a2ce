"""Relations between activities."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import items, projects, relations
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Relation, WorkItem
from milestone_desktop.domain.enums import RelationType
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.seeds import seed_plan


@pytest.fixture
def document() -> Document:
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 24, 10, 30))
    with document.edit("Add") as edit:
        project = projects.create(edit, "Aurora", start=instant(2026, 9, 1, 9))
        for title in ("Paint", "Paint again", "Sing"):
            items.create(edit, project.id, title)
    return document


def ids(document: Document) -> list[int]:
    return [row.id for row in document.plan.all(WorkItem)]


def test_a_relation_is_seen_from_both_ends_changed_and_removed(document: Document) -> None:
    paint, again, sing = ids(document)
    with document.edit("Relate") as edit:
        made = relations.add(edit, paint, again)
        relations.add(edit, sing, paint)
    assert len(relations.of_activity(document.plan, paint)) == 2
    assert relations.of_activity(document.plan, again) == [made]
    with document.edit("Change") as edit:
        assert relations.change(edit, made.id, RelationType.DUPLICATES).type is RelationType.DUPLICATES
    assert str(document.history.undo_labels()[0]) == "Change relation of “Paint” to “Paint again”"
    with document.edit("Remove") as edit:
        relations.remove(edit, made.id)
    assert relations.of_activity(document.plan, again) == []
    document.undo()
    assert document.plan[Relation, made.id].type is RelationType.DUPLICATES


def test_nothing_is_related_to_itself_or_twice(document: Document) -> None:
    paint, again, _sing = ids(document)
    with pytest.raises(PlanError, match="related to itself"), document.edit("Relate") as edit:
        relations.add(edit, paint, paint)
    with pytest.raises(PlanError, match="related already"), document.edit("Relate") as edit:
        relations.add(edit, paint, again)
        relations.add(edit, again, paint)
    with pytest.raises(PlanError, match="no longer there"), document.edit("Remove") as edit:
        relations.remove(edit, 987654)
    assert document.plan.count(Relation) == 0
