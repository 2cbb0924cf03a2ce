"""Finding words: every text of every kind of record is found, without case and accents; the index follows every edit."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import datetime
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.kinds import KINDS, references
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.search import (
    BELONGINGS,
    TextIndex,
    all_folded,
    folded,
    in_outline_order,
    place_of,
    span_in,
    texts_of,
)
from milestone_desktop.domain.seeds import seed_plan
from plan_factory import every_kind_plan, random_plan
from random_operations import random_operation


def slow_find(plan: Plan, wanted: str) -> set[int]:
    """The same by reading each text of each activity."""
    needle = folded(wanted.strip())
    return {row.id for row in plan.activities() if any(needle in folded(said.text) for said in texts_of(plan, row))}


def test_case_and_accents_do_not_matter() -> None:
    assert folded("Tomás ÉLÀN") == "tomas elan"
    assert span_in("Talk to Tomás today", "TOMAS") == (8, 13)
    assert span_in("Straße 7", "sse") == (4, 6)
    assert span_in("Straße 7", "7") == (7, 8)
    assert span_in("nothing", "some") is None
    assert span_in("nothing", "  ") is None


@given(st.lists(st.text()))
def test_many_texts_are_folded_as_each_is(texts: list[str]) -> None:
    assert all_folded(texts) == [folded(text) for text in texts]


def test_every_text_of_every_kind_of_record_is_found() -> None:
    plan = every_kind_plan(random.Random(1))
    index = TextIndex(plan)
    told = {said.heading for row in plan.activities() for said in texts_of(plan, row)}
    assert {*BELONGINGS.values(), "Acceptance results", "Conditions of the sign-off"} <= told
    for row in plan.activities():
        for said in texts_of(plan, row):
            wanted = said.text.strip().split("\n")[0]
            if wanted.strip():
                assert row.id in index.find(wanted), said


def test_whatever_belongs_to_an_activity_and_holds_words_is_searched() -> None:
    """A kind of record that comes later is not forgotten."""
    owned = {Milestone, WorkItem}
    names = {"Activity", "Milestone", "WorkItem"}
    while more := {
        kind for kind in KINDS if kind not in owned and any(
            reference.kind in names and reference.on_delete is OnDelete.CASCADE for reference in references(kind).values()
        )
    }:  # fmt: skip
        owned |= more
        names |= {kind.__name__ for kind in more}
    plan = every_kind_plan(random.Random(3))
    said = {folded(text.text) for row in plan.activities() for text in texts_of(plan, row)}
    silent = {"source", "extra", "constraint", "duration_unit", "sha256", "file_sha256", "media_type", "content", "currency"}
    left_out = {
        f"{kind.__name__}.{field.name}"
        for kind in owned
        for field in fields(kind)
        if get_type_hints(kind)[field.name] is str and field.name not in silent
        for row in plan.all(kind)
        if getattr(row, field.name) and folded(getattr(row, field.name)) not in said
    }
    assert left_out <= {"Milestone.target_calendar", "SignOff.snapshot", "SignOff.snapshot_sha256"}


@pytest.mark.parametrize("seed", range(4))
def test_the_index_follows_every_edit_undo_and_redo(seed: int) -> None:
    dice = random.Random(seed)
    document = Document(MemoryStorage(random_plan(dice, 25)), lambda: datetime(2026, 11, 23, 14, 2))
    index = TextIndex(document.plan)
    document.subscribe(lambda event: index.heed(event.change_set))
    wanted = ("a", "proto", "日本", "launch", "unicode", "TODO", "x", "e")
    for step in range(40):
        random_operation(document, dice)
        if step % 5 == 4 and document.history.undo:
            document.undo()
        word = wanted[step % len(wanted)]
        assert set(index.find(word)) == slow_find(document.plan, word), word


def test_nothing_is_found_across_two_texts() -> None:
    plan = seed_plan()
    plan.put(Milestone(1, 1, "Ready", code="RDY", tags=("go", "live"), kind=MilestoneKind.GENERIC))
    index = TextIndex(plan)
    assert index.find("go") == [1]
    assert index.find("golive") == []
    assert index.find("go live") == []
    assert index.find("") == []
    assert index.find("   ") == []


def test_where_it_stands_is_told_with_the_words_around_it() -> None:
    plan = seed_plan()
    row = Milestone(1, 1, "Ready", notes="First line\nand then much later, after many words, we talk to Zoë about the gate")
    plan.put(row)
    place = place_of(plan, row, "zoe")
    assert place is not None
    assert place.heading == "Notes"
    assert place.excerpt[place.start : place.end] == "Zoë"
    assert place.excerpt.startswith("…")
    assert "\n" not in place.excerpt
    title = place_of(plan, row, "read")
    assert title is not None
    assert (title.heading, title.excerpt[title.start : title.end]) == ("Title", "Read")
    assert place_of(plan, row, "nowhere") is None


def test_matches_come_in_the_order_of_the_outline() -> None:
    plan = random_plan(random.Random(7), 60)
    rows: list[Activity] = list(plan.activities())
    ordered = in_outline_order(plan, [row.id for row in rows], lambda project: project)
    place = {row_id: number for number, row_id in enumerate(ordered)}
    assert sorted(ordered) == sorted(row.id for row in rows)
    for row in rows:
        if row.parent is not None:
            assert place[row.parent] < place[row.id]
