"""What answers better stands higher."""

from __future__ import annotations

import pytest

from milestone_desktop.domain.ranking import score


def best(wanted: str, *texts: str) -> list[str]:
    return [text for text in sorted(texts, key=lambda text: -score(wanted, text)) if score(wanted, text)]


def test_whole_then_beginning_then_words_then_inside_then_letters() -> None:
    assert best("fit", "outfit", "fit the whole plan", "fit", "a fit", "finest") == [
        "fit", "fit the whole plan", "a fit", "outfit", "finest"
    ]  # fmt: skip
    assert best("undo", "find next", "understood", "undo rename")[0] == "undo rename"


def test_beginnings_of_words_answer() -> None:
    assert score("gtt", "go to today")
    assert score("gotod", "go to today")
    assert score("aws", "add work item") == 0
    assert best("ami", "add milestone", "a mild idea", "amiable") == ["amiable", "a mild idea", "add milestone"]


def test_scattered_letters_answer_only_where_they_lie_close() -> None:
    assert score("prtype", "prototype")
    assert score("xyz", "prototype") == 0
    assert score("pe", "p" + "x" * 30 + "e") == 0
    assert score("prtype", "prototype", letters=False) == 0


def test_several_words_stand_in_any_order_and_all_must_be_there() -> None:
    assert score("screens map", "aur-6 map screens")
    assert score("screens missing", "aur-6 map screens") == 0
    assert score("map screens", "aur-6 map screens") > score("screens map", "aur-6 map screens")


@pytest.mark.parametrize("wanted", ["", "a", "ab", "abc def"])
def test_an_empty_text_answers_nothing_but_nothing(wanted: str) -> None:
    assert bool(score(wanted, "")) is (wanted == "")


def test_shorter_answers_come_first() -> None:
    assert best("re", "report of the status", "redo") == ["redo", "report of the status"]
