"""Typed filters: read and written alike, judged as a slow second opinion does, kept up to date, explained, suggested."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest
from filter_plans import TODAY, filled_plan, keeps, random_filter, sight_of

from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain import dates
from milestone_desktop.domain.messages import PlanError, render
from milestone_desktop.filters.columns import Columns
from milestone_desktop.filters.fields import by_name, fields
from milestone_desktop.filters.judging import kept_ids
from milestone_desktop.filters.quick import first_views, quick_filters
from milestone_desktop.filters.reading import FilterError, read_filter
from milestone_desktop.filters.sentences import sentence
from milestone_desktop.filters.suggesting import suggestions
from milestone_desktop.filters.tree import EVERYTHING, All, Condition, Node, Not, Operator, Some
from milestone_desktop.filters.writing import write_filter
from random_edits import random_edit


def read(text: str) -> Node:
    return read_filter(text, lambda typed: dates.read_day(typed, TODAY)[0])


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_reads_back_the_same(seed: int) -> None:
    rng = random.Random(seed)
    plan = filled_plan(rng, 12)
    for _ in range(40):
        node = random_filter(rng, plan)
        text = write_filter(node)
        assert read(text) == node, text
        assert write_filter(read(text)) == text


@pytest.mark.parametrize("seed", range(25))
def test_filters_keep_what_a_slow_second_opinion_keeps(seed: int) -> None:
    rng = random.Random(seed)
    plan = filled_plan(rng)
    sight = sight_of(plan)
    columns = Columns(sight)
    for _ in range(60):
        node = random_filter(rng, plan)
        expected = [row.id for row in sorted(plan.activities(), key=lambda row: row.id) if keeps(node, row, sight)]
        assert kept_ids(node, columns).tolist() == expected, write_filter(node)


@pytest.mark.parametrize("seed", range(8))
def test_columns_follow_random_edits_and_their_undo(seed: int) -> None:
    rng = random.Random(seed)
    document = Document(MemoryStorage(filled_plan(rng)), lambda: datetime(2024, 6, 1, 9))
    columns = Columns(sight_of(document.plan))
    document.subscribe(lambda event: columns.heed(event.change_set))
    nodes = [random_filter(rng, document.plan) for _ in range(30)]
    for step in range(30):
        if step % 4 == 3 and document.history.undo is not None:
            document.undo()
        else:
            random_edit(rng, document)
        node = rng.choice(nodes)
        fresh = Columns(sight_of(document.plan))
        assert kept_ids(node, columns).tolist() == kept_ids(node, fresh).tolist(), write_filter(node)
        assert columns.projects.tolist() == fresh.projects.tolist()


def test_the_language() -> None:
    def one(field: str, operator: Operator, *values: str) -> Condition:
        return Condition(field, operator, values)

    assert read("") == EVERYTHING
    assert read("status:open due<30d tag:client") == All(
        (one("status", Operator.EQUALS, "open"), one("due", Operator.BELOW, "30d"), one("tag", Operator.EQUALS, "client"))
    )
    assert read("owner:me") == one("owner", Operator.EQUALS, "me")
    assert read("due:2026-12-01..2026-12-31") == one("due", Operator.BETWEEN, "2026-12-01", "2026-12-31")
    assert read("due:2026-12") == read("due:2026-12-01..2026-12-31")
    assert read("due<2026-12") == one("due", Operator.BELOW, "2026-12-01")
    assert read("due<=2026-12") == one("due", Operator.AT_MOST, "2026-12-31")
    assert read("start>2026") == one("start", Operator.ABOVE, "2026-12-31")
    assert read("start>=2027") == one("start", Operator.AT_LEAST, "2027-01-01")
    assert read("changed>2026-11-01") == one("changed", Operator.ABOVE, "2026-11-01")
    assert read('"go live"') == one("text", Operator.LIKE, "go live")
    assert read("-tag:client") == read("not tag:client") == read("tag!=client") == one("tag", Operator.NOT_EQUALS, "client")
    assert read("a or b c") == Some((read("a"), All((read("b"), read("c")))))
    assert read("(a or b) and c") == read("(a | b) c") == All((Some((read("a"), read("b"))), read("c")))
    assert read("-(a b)") == Not(read("a b"))
    assert read("assignee:mara") == one("owner", Operator.EQUALS, "mara")
    assert read("tag:a,b") == one("tag", Operator.IN, "a", "b")
    assert read("title:go") == one("title", Operator.LIKE, "go")
    assert read("title=go") == one("title", Operator.EQUALS, "go")
    assert read("owner:none") == one("owner", Operator.EMPTY)
    assert read('owner:"none"') == one("owner", Operator.EQUALS, "none")
    assert read("target:any") == one("target", Operator.NOT_EMPTY)
    assert read("due:next30d") == read('due:"next 30 days"') == one("due", Operator.NEXT, "30d")
    assert read("dates:2026-12") == one("dates", Operator.OVERLAPS, "2026-12-01", "2026-12-31")
    assert read("is:late -is:critical") == All((one("late", Operator.EQUALS, "yes"), one("critical", Operator.EQUALS, "no")))
    assert read("progress>=50%") == one("progress", Operator.AT_LEAST, "50")
    assert read("estimate>3") == one("estimate", Operator.ABOVE, "3d")
    assert read('start:"4 dec"') == one("start", Operator.EQUALS, "2024-12-04")
    assert read("start:..eom") == one("start", Operator.AT_MOST, "eom")
    assert read("Design, build") == read("Design build")


@pytest.mark.parametrize(
    ("text", "told", "at"),
    [
        ("stauts:open", "There is no field “stauts” (character 1). Did you mean status?", 0),
        ("a https://x", "There is no field “https” (character 3). Put it in quotes to look for the text.", 2),
        ("due<soonish", "At character 5: “soonish” is not a date. Type one such as", 4),
        ("(a or b", "The “(” at character 1 is never closed.", 0),
        ("a ) b", "At character 3 a “)” closes nothing.", 2),
        ('tag:"cli', "The quotation mark at character 5 is never closed.", 4),
        ("a or", "At character 5 something to look for is missing.", 4),
        ("status:", "After “status:” at character 1 a value is missing.", 0),
        ("status<open", "“<” at character 1 does not go with status.", 0),
        ("progress:half", "At character 10: “half” is not a number.", 9),
        ("progress:1,2", "progress takes one value, not several", 10),
        ("is:nice", "“is:nice” at character 1 is not known.", 0),
        ("critical:perhaps", "critical is yes or no, not “perhaps”", 9),
        ("dates:2026-12-01..", "dates needs a beginning and an end", 6),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, told: str, at: int) -> None:
    with pytest.raises(FilterError) as failure:
        read(text)
    assert failure.value.text().startswith(told)
    assert failure.value.start == at
    assert failure.value.end > at


def test_no_text_breaks_the_reader() -> None:
    rng = random.Random(5)
    alphabet = 'ab:<>=~!"()-,. \\|&\t' + "due status tag or not next30d .. none"
    for _ in range(4000):
        text = "".join(rng.choice(alphabet) for _ in range(rng.randrange(16)))
        try:
            node = read(text)
        except PlanError:
            continue
        assert read(write_filter(node)) == node, text
    with pytest.raises(FilterError, match="too deep"):
        read("(" * 5000 + "a" + ")" * 5000)
    assert read(" ".join(["a"] * 5000)) == All((Condition("text", Operator.LIKE, ("a",)),) * 5000)


def told(text: str) -> str:
    return render(sentence(read(text)))


def test_filters_in_words() -> None:
    assert told("status:open") == "Status is open"
    assert told("due<30d") == "Due less than 30 days ahead"
    assert told("end>-2w") == "End less than 2 weeks ago"
    assert told("due:next30d") == "Due in the next 30 days"
    assert told("changed:last1w") == "Changed in the last week"
    assert told("tag:a,b,c") == "Tag is one of a, b, c"
    assert told("-is:critical") == "not Critical"
    assert told("is:milestone") == "Only milestones"
    assert told("(a or owner:me) progress>50") == "(“a” or Owner is me) and Progress above 50 %"
    assert told("target:none") == "Target is empty"


def test_every_field_is_found_by_its_names_and_has_words() -> None:
    names = [name for field in fields() for name in (field.name, *field.aliases)]
    assert len(names) == len(set(names)) == len(by_name())
    for quick in (*quick_filters(), *first_views()):
        assert write_filter(read(quick.text)) == quick.text
        assert render(sentence(read(quick.text)))


def test_suggestions() -> None:
    plan = filled_plan(random.Random(1))

    def offered(text: str) -> list[str]:
        return [one.text for one in suggestions(text, len(text), plan)]

    assert offered("st")[:3] == ["status:", "state:", "start:"]
    assert "owner:" in offered("assi")
    assert offered("tag:a status:op") == ["open"]
    assert '"Mara Lindqvist"' in offered("owner:ma")
    assert offered("kind:client") == ['"Client approval"']
    assert "due" not in offered("nothing")
    assert offered('tag:"a st') == []
    found = suggestions("-status:dr", 10, plan)[0]
    assert (found.text, found.start, found.end) == ("dropped", 8, 10)


def test_the_guide_names_every_field() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "filters.md").read_text("utf-8")
    missing = [field.name for field in fields() if f"`{field.name}`" not in guide]
    assert missing == []
