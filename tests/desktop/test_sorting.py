"""Ranks of sorted columns: kept from edit to edit, and always what sorting anew would give."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from window_desk import NOW

from milestone_desktop.desktop.activity_fields.registry import OWN_FIELDS, activity_fields, alike
from milestone_desktop.desktop.models import sorting
from milestone_desktop.desktop.models.columns import Column, sort_key
from milestone_desktop.desktop.models.sorting import SortCodes
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.theme import load_theme
from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.filters.at_once import keys_of
from milestone_desktop.filters.records import Records
from random_operations import random_operation

TITLE = Column("title", "Title", 100, lambda row: row.title)
END = Column("end", "End", 100, lambda row: str(row.end), order=lambda row: row.end)
TYPE = Column("type", "Type", 100, lambda row: row.type, order=lambda row: (len(row.type), row.type) if row.type else None)
OWN = ("title", "end", "type")
Keys = list[list[tuple[Column, bool]]]
KEYS: Keys = [
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


def check(codes: SortCodes, plan: Plan, keys_wanted: Keys = KEYS) -> None:
    ids = ids_of(plan)
    for keys in keys_wanted:
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


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_ahead_a_little_at_a_time_between_edits_is_what_is_read_at_once(seed: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(sorting, "_A_LITTLE", 4)
    dice = random.Random(seed)
    plan = plan_of([dice.choice(["", "Alpha", "Émile", "10", "b"]) + str(dice.randrange(30)) for _ in range(30)])
    codes = SortCodes(plan, OWN, {"type": keys_of("type")})
    steps = 0
    for _edit in range(12):
        for _step in range(dice.randrange(15)):
            steps += codes.read_ahead((TITLE, END, TYPE))
        if dice.random() < 0.5:
            check(codes, plan, [dice.choice(KEYS)])
        old = dice.choice(list(plan.all(WorkItem)))
        new = replace(old, title=dice.choice("xyz"), end=dice.choice((None, 4)), type=dice.choice(("", "Bug")))
        change_set = ChangeSet(Message("Edit"), (Change(old, new),))
        plan.apply(change_set)
        codes.heed(change_set)
    while codes.read_ahead((TITLE, END, TYPE)):
        steps += 1
    assert steps > 10
    check(codes, plan)


def test_a_column_that_others_may_alter_is_not_read_ahead() -> None:
    plan = plan_of(["a", "b"])
    other = Column("other", "Other", 100, lambda row: "", order=lambda row: row.id)
    assert not SortCodes(plan, OWN).read_ahead((other,))


@pytest.mark.parametrize("seed", range(2))
def test_every_column_sorts_by_hand_as_it_does_with_values_read_once_for_many(seed: int, qapp: QApplication) -> None:
    dice, storage = random.Random(seed), MemoryStorage(seed_plan())
    sample.fill(storage, NOW.date().toordinal())
    document = Document(storage, lambda: NOW)
    session = Session(document, load_theme("light"))
    columns, known = activity_fields(session), alike(session.facts)
    codes = SortCodes(session.plan, OWN_FIELDS, known)
    document.subscribe(lambda event: codes.heed(event.change_set))
    assert known.keys() <= columns.keys()
    for _round in range(4):
        check(codes, session.plan, [[(column, dice.random() < 0.5)] for column in columns.values()])
        records = Records(session.plan)
        for name, keys in known.items():
            value, seen = sort_key(columns[name]), dict[int, Any]()
            for at, key in enumerate(keys(records).tolist()):
                assert key >= 0
                assert seen.setdefault(key, value(records.row(at))) == value(records.row(at)), name
        for _edit in range(6):
            random_operation(document, dice)
