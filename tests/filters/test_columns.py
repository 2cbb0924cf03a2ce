"""Columns that are read at once hold what their readers say record by record: at first, and after every edit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from filter_plans import filled_plan, sight_of

from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.filters.cells import EDGE, Texts, cell_of, cells_of, figures_of
from milestone_desktop.filters.columns import Columns
from milestone_desktop.filters.field import Field, Sort
from milestone_desktop.filters.fields import fields
from random_edits import random_edit

TEXTS = (Sort.TEXT, Sort.WORDS, Sort.PERSON)


def wild_plan(rng: random.Random) -> Plan:
    """A plan with texts that would lead a careless joining of many astray, and links that point nowhere."""
    plan = filled_plan(rng, rng.choice((1, 12, 40)))
    for row in list(plan.activities()):
        if rng.random() < 0.2:
            plan.put(replace(row, title=rng.choice(("", "\n\2\n", "ẞ İstanbul ﬁ", "a\0b", "\0", " A\n\2"))))
    items, milestones = list(plan.all(WorkItem)), list(plan.all(Milestone))
    for item in items[:2]:
        plan.put(replace(item, parent=10**9))
    if milestones:
        plan.put(Assignment(plan.take_number("id"), milestones[0].id, 1))
    plan.put(Assignment(plan.take_number("id"), 10**9, 1))
    return plan


def parts(texts: Texts, at: int) -> list[str]:
    """The texts of a cell, in any order."""
    return sorted(part for part in texts.cell(at).split(EDGE) if part)


def check(columns: Columns, field: Field, rows: list[Activity]) -> None:
    """Compares a column with what its reader says of each record."""
    read = field.made(columns.sight)
    assert columns.ids.tolist() == [row.id for row in rows]
    if field.sort in TEXTS:
        texts = columns.texts(field)
        for at, row in enumerate(rows):
            said = sorted(part for part in cell_of(read(row)).split(EDGE) if part)
            assert parts(texts, at) == said, (field.name, row.id)
        return
    figures = columns.figures(field).cells
    for at, row in enumerate(rows):
        value = read(row)
        wanted = [np.nan] * figures.shape[1] if value is None else value if isinstance(value, tuple) else [value]
        assert np.array_equal(figures[at], np.array(wanted, np.float64), equal_nan=True), (field.name, row.id, value)


@pytest.mark.parametrize("seed", range(10))
def test_columns_hold_what_the_readers_say_at_first_and_after_every_edit(seed: int) -> None:
    rng = random.Random(seed)
    document = Document(MemoryStorage(wild_plan(rng)), lambda: datetime(2024, 6, 1, 9))
    columns = Columns(sight_of(document.plan))
    document.subscribe(lambda event: columns.heed(event.change_set))
    asked = rng.sample(fields(), 30)
    for step in range(8):
        rows = sorted(document.plan.activities(), key=lambda row: row.id)
        for field in fields() if step in (0, 7) else asked:
            check(columns, field, rows)
        if step % 3 == 2 and document.history.undo is not None:
            document.undo()
        else:
            random_edit(rng, document)


def test_columns_of_an_empty_plan() -> None:
    columns = Columns(sight_of(seed_plan()))
    for field in fields():
        check(columns, field, [])


def test_a_column_read_between_two_edits_follows_the_second_one() -> None:
    """What was read of the records before an edit is not taken for what they say after it."""
    rng = random.Random(5)
    document = Document(MemoryStorage(filled_plan(rng)), lambda: datetime(2024, 6, 1, 9))
    columns = Columns(sight_of(document.plan))
    document.subscribe(lambda event: columns.heed(event.change_set))
    for field in fields():
        check(columns, field, sorted(document.plan.activities(), key=lambda row: row.id))
        random_edit(rng, document)


def test_many_texts_fold_as_each_does() -> None:
    rng = random.Random(3)
    some = ["", "A", "\0", "\n\2\n", "Straße", "ǅ", "a\n\2", "\2\nb", "ΣΑΣ", "İ"]
    for count in (0, 1, 5000):
        texts = [rng.choice(some[:5] if count == 1 else some) for _ in range(count)]
        assert cells_of(texts) == [cell_of((text,)) for text in texts]
    plain = [rng.choice(("", "Ä", "b")) for _ in range(9000)]
    assert cells_of(plain) == [cell_of((text,)) for text in plain]


@pytest.mark.parametrize("ids", [[], [3], [3, 3, 3], [1, 5, 1, 2], [1, 10**9, 1]])
def test_a_figure_of_each_project_is_worked_out_once(ids: list[int]) -> None:
    asked: list[int] = []

    def figure(one: int) -> float:
        asked.append(one)
        return one * 2.0

    assert figures_of(np.array(ids, np.int64), figure).tolist() == [one * 2.0 for one in ids]
    assert sorted(asked) == sorted(set(ids))


def test_a_project_with_another_key_has_other_keys() -> None:
    plan = filled_plan(random.Random(1), 12)
    document = Document(MemoryStorage(plan), lambda: datetime(2024, 6, 1, 9))
    columns = Columns(sight_of(document.plan))
    document.subscribe(lambda event: columns.heed(event.change_set))
    key = next(field for field in fields() if field.name == "key")
    rows = sorted(plan.activities(), key=lambda row: row.id)
    check(columns, key, rows)
    project = next(iter(plan.all(Project)))
    with document.edit("Change key") as edit:
        edit.update(edit.plan[Project, project.id], key="NEW")
    check(columns, key, rows)
    assert any("new-1" in parts(columns.texts(key), at) for at in range(len(rows)))
