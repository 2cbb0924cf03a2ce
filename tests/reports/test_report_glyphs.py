"""Text that no font can draw becomes a visible code, and is listed."""

from __future__ import annotations

import pytest

from milestone_desktop.reports.fonts import shipped_fonts
from milestone_desktop.reports.glyphs import Printable, Replaced, characters_beyond, visible

INTER = shipped_fonts()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kickoff – “Ünïcode” → ✓ ▲", "Kickoff – “Ünïcode” → ✓ ▲"),
        ("日", "[U+65E5]"),
        ("bell\x07", "bell[U+0007]"),
        ("zero\x00", "zero[U+0000]"),
        ("own \ue000", "own [U+E000]"),
        ("half \ud83c", "half [U+D83C]"),
        ("none \uffff", "none [U+FFFF]"),
        ("far \U00100000", "far [U+100000]"),
        ("family \U0001f468\u200d\U0001f469", "family [U+1F468][U+1F469]"),
        ("heart \U0001f9e1\ufe0f!", "heart [U+1F9E1]!"),
        ("a\u200db", "a\u200db"),
        ("two\r\nlines\u2028three", "two\nlines\nthree"),
        ("tab\tbed", "tab bed"),
    ],
)
def test_what_cannot_be_printed_is_shown_as_a_code(text: str, shown: str) -> None:
    assert visible(text, INTER.draws)[0] == shown


def test_each_character_is_listed_once_for_each_text() -> None:
    printable = Printable(INTER.draws)
    shown = printable.data({"title": "日日\x07", "rows": ["日", {"note": "fine", "count": 3, "none": None}]})
    assert shown == {"title": "[U+65E5][U+65E5][U+0007]", "rows": ["[U+65E5]", {"note": "fine", "count": 3, "none": None}]}
    assert printable.replaced == (
        Replaced("U+65E5", "[U+65E5][U+65E5][U+0007]"),
        Replaced("U+0007", "[U+65E5][U+65E5][U+0007]"),
        Replaced("U+65E5", "[U+65E5]"),
    )


def test_a_line_has_no_line_breaks() -> None:
    assert Printable(INTER.draws).line("  a\n\tb \u2029 c ") == "a b c"


def test_what_is_refused_is_replaced_although_a_font_has_it() -> None:
    assert Printable(INTER.draws, frozenset({ord("é"), 0x200D})).text("é\u200de") == "[U+00E9]e"


def test_only_characters_that_a_font_could_have_call_for_another_font() -> None:
    assert characters_beyond(["aé\x07\ue000\u200d日"], INTER.draws) == {0x65E5}
