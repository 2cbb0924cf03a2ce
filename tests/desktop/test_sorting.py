"""Ranks of sorted columns: kept from edit to edit, and always what sorting anew would give."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from milestone_desktop.desktop.models.columns import Column, sort_key
from milestone_desktop.desktop.models.sorting import SortCodes
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan

TITLE = Column("title", "Title", 100, lambda row: row.title)
END = Column("end", "End", 100, lambda row: str(row.end), order=lambda row: row.end)
TYPE = Column("type", "Type", 100, lambda row: row.type, order=lambda row: (len(row.type), row.type) if row.type else None)
OWN = ("title", "end", "type")
KEYS: list[list[tuple[Column, bool]]] = [
    [(TITLE, False)], [(TITLE, True)], [(END, True), (TITLE, False)], [(TYPE, False), (END, False), (TITLE, True)],
]  # fmt: skip


def plan_of(titles: list[str]) -> Plan:
    plan = Plan()
    for number, title in enumerate(titles, 1):
        plan.put(WorkItem(number, 1, title, order=number, number=number))
    return plan


def ids_of(plan: Plan) -> Any:
    """Every id as rows stand, with heads among them."""
    return np.array([-1, *(row.id for row in plan.activities()), -2], np.int64)


def by_hand(plan: Plan, keys: list[tuple[Column, bool]], ids: Any) -> list[int]:
    """The ids in order: sorted by the last key first, as Python does it."""
    found: list[int] = ids.tolist()
    for column, descending in reversed(keys):
        key = sort_key(column)
        values = {row_id: key(row) if (row := plan.activity(row_id)) is not None else None for row_id in found}
        with_value = [row_id for row_id in found if values[row_id] not in (None, "")]
        with_value.sort(key=values.__getitem__, reverse=descending)
        found = with_value + [row_id for row_id in found if values[row_id] in (None, "")]
    return found


def check(codes: SortCodes, plan: Plan) -> None:
    ids = ids_of(plan)
    for keys in KEYS:
        ranks = codes.ranks(keys, ids)
        assert ids[np.argsort(ranks)].tolist() == by_hand(plan, keys, ids)


@pytest.mark.parametrize("seed", range(8))
def test_edits_leave_the_ranks_as_sorting_anew_gives_them(seed: int) -> None:
    dice = random.Random(seed)
    words = ["", "Alpha", "alpha", "Émile", "emil", "Zoë", "10", "9", "Straße", "ß"]
    plan = plan_of([dice.choice(words) for _ in range(25)])
    codes = SortCodes(plan, OWN)
    check(codes, plan)
    for _edit in range(30):
        rows = list(plan.all(WorkItem))
        old = dice.choice(rows) if dice.random() < 0.7 and rows else None
        row_id = old.id if old is not None else max((row.id for row in rows), default=0) + dice.randrange(1, 40)
        new = None
        if old is None or dice.random() < 0.8:
            title = dice.choice(words) + dice.choice(["", "a", "b"])
            end = dice.choice([None, 3, 5, dice.randrange(9)])
            new = WorkItem(row_id, 1, title, order=row_id, number=row_id, end=end, type=dice.choice(["", "Epic", "Bug"]))
        change_set = ChangeSet(Message("Edit"), (Change(old, new),))
        plan.apply(change_set)
        codes.heed(change_set)
        check(codes, plan)


def test_there_is_always_room_between_two_neighbours() -> None:
    plan = plan_of(["a", "b"])
    codes = SortCodes(plan, OWN)
    check(codes, plan)
    title = "b"
    for number in range(3, 130):
        title = "a" + title  # each between the first and all that came before
        row = WorkItem(number, 1, title, order=number, number=number)
        change_set = ChangeSet(Message("Edit"), (Change(None, row),))
        plan.apply(change_set)
        codes.heed(change_set)
    ids = ids_of(plan)
    ranks = codes.ranks(KEYS[0], ids)
    assert ids[np.argsort(ranks)].tolist() == [1, *range(129, 2, -1), 2, -1, -2]


def test_a_column_that_follows_from_other_records_is_read_anew() -> None:
    plan = plan_of(["a", "b"])
    seen: list[int] = []
    other = Column("other", "Other", 100, lambda row: "", order=lambda row: seen.append(row.id) or row.id)
    codes = SortCodes(plan, OWN)
    codes.ranks([(other, False)], ids_of(plan))
    codes.ranks([(other, True)], ids_of(plan))
    assert seen == [1, 2]
    row = plan[WorkItem, 1]
    codes.heed(ChangeSet(Message("Edit"), (Change(row, replace(row, title="c")),)))
    codes.ranks([(other, False)], ids_of(plan))
    assert seen == [1, 2, 1, 2]
