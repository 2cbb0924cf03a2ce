"""A one-page card to share a milestone that was reached, as PDF and as picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.words import DateWords, GettextWords
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_, PlanError, Translate
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.reports import typesetting
from milestone_desktop.reports.fonts import FontChoice, shipped_fonts, with_fallbacks
from milestone_desktop.reports.glyphs import Printable, characters_beyond, texts_in
from milestone_desktop.reports.status import light_colours
from milestone_desktop.reports.words import Words

_TEMPLATE = "card.typ"
_PIXELS_PER_INCH = 192.0
_LONG_TITLE = 40
_LONGEST_NOTE = 420
_BEYOND_ASCII = range(0x80, 0x110000)
_TONES = ("accent", "health-completed", "slip", "diamond-outline")


@dataclass(frozen=True, slots=True)
class Card:
    """pdf: one page; png: the same as a picture, 1360 pixels wide."""

    pdf: bytes
    png: bytes


def achievement_card(
    plan: Plan,
    milestone_id: int,
    note: str,
    people: Sequence[str],
    *,
    translate: Translate = str,
    dates: DateWords | None = None,
    language: tuple[str, str | None] = ("en", None),
) -> Card:
    """Draws the card of a milestone; the same arguments give the same bytes. Text never makes it fail.

    note: what was achieved; people: who is to be thanked. Raises PlanError where it has not been reached.
    """
    import typst

    words = Words(translate, dates or GettextWords(translate))
    data = _data(plan, plan[Milestone, milestone_id], note, people, words, light_colours())
    data["language"] = {"lang": language[0], "region": language[1]}
    shipped = shipped_fonts()
    beyond = characters_beyond(texts_in(data), shipped.draws)
    fonts = with_fallbacks(shipped, beyond) if beyond else shipped
    try:
        return _drawn(Printable(fonts.draws).data(data), fonts)
    except typst.TypstError:
        return _drawn(Printable(fonts.draws, _BEYOND_ASCII).data(data), fonts)


def _drawn(data: dict[str, Any], fonts: FontChoice) -> Card:
    made, _pages = typesetting.pdf(_TEMPLATE, data, fonts)
    return Card(made, typesetting.pngs(_TEMPLATE, data, fonts, _PIXELS_PER_INCH)[0])


def _data(
    plan: Plan, row: Milestone, note: str, people: Sequence[str], words: Words, colours: Mapping[str, str]
) -> dict[str, Any]:
    if row.actual_finish is None:
        raise PlanError(N_("“{title}” has not been reached."), N_("Complete it first."), title=row.title)
    day = day_of(row.actual_finish)
    reached = date.fromordinal(day)
    said = note.strip()
    shown = said if len(said) <= _LONGEST_NOTE else said[: _LONGEST_NOTE - 1].rstrip() + "…"
    return {
        "colours": dict(colours),
        "document_date": [reached.year, reached.month, reached.day],
        "kind": words.say(N_("Milestone reached · {kind}"), kind=words.translate(row.kind.value)),
        "title": row.title if len(row.title) <= 140 else row.title[:139].rstrip() + "…",
        "title_size": 26 if len(row.title) <= _LONG_TITLE else 19,
        "reached": words.day(day),
        "slip": _slip(plan, row, words),
        "note": [line.strip() for line in shown.splitlines() if line.strip()][:6],
        "thanks": words.say(N_("Thanks to {people}"), people=", ".join(people)) if people else "",
        "project": plan[Project, row.project].title,
        "mark": [[(x + 1) / 2, (y + 1) / 2] for x, y in mark_points(row.kind, 0.0, 0.0, 1.0)],
        "confetti": _confetti(row.id),
    }


def _slip(plan: Plan, row: Milestone, words: Words) -> str:
    days = slip(plan, row, WorkTimes(plan))
    if days is None:
        return ""
    if days == 0:
        return words.say(N_("on the day that was promised"))
    form = N_("{days} before it was promised") if days < 0 else N_("{days} after it was promised")
    return words.say(form, days=words.working_days(abs(days)))


def _confetti(seed: int) -> list[dict[str, Any]]:
    """Bits of paper at the right of the card: always the same for one milestone, never over the text."""
    bits, state = [], seed * 2_654_435_761 % 2**32 or 1
    for number in range(26):
        draws = []
        for _n in range(4):
            state = (state * 1_664_525 + 1_013_904_223) % 2**32
            draws.append(state / 2**32)
        bits.append({
            "x": round(128 + 46 * draws[0], 2), "y": round(7.5 + 12 * draws[1] ** 1.5, 2), "turn": round(360 * draws[2], 1),
            "width": round(2.2 + 2 * draws[3], 2), "colour": _TONES[number % len(_TONES)],
        })  # fmt: skip
    return bits
