"""What an acceptance test gave, on paper: the criteria of a milestone with their results, and the rounds before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from milestone_desktop.chart.words import DateWords, GettextWords
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import ordered
from milestone_desktop.domain.enums import CriterionResult
from milestone_desktop.domain.gates import Criterion, CriterionRun
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError, Translate
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.reports import typesetting
from milestone_desktop.reports.fonts import shipped_fonts, with_fallbacks
from milestone_desktop.reports.glyphs import Printable, characters_beyond, texts_in
from milestone_desktop.reports.status import light_colours
from milestone_desktop.reports.words import NOTHING, Words

_TEMPLATE = "results.typ"
_BEYOND_ASCII = range(0x80, 0x110000)
_LOOKS = {
    CriterionResult.NOT_RUN: ("○", "text-muted"),
    CriterionResult.PASS: ("✓", "health-on-track"),
    CriterionResult.FAIL: ("×", "health-late"),  # the cross that the shipped font has
    CriterionResult.BLOCKED: ("!", "health-at-risk"),
}
"""Sign and colour token of each result."""

_COLUMNS = (N_("Id"), N_("Criterion"), N_("Priority"), N_("Result"), N_("Tester"), N_("Date"))


def acceptance_results(
    plan: Plan,
    milestone_id: int,
    today: Day,
    *,
    translate: Translate = str,
    dates: DateWords | None = None,
    language: tuple[str, str | None] = ("en", None),
) -> bytes:
    """Prints the results as PDF/A-3a and PDF/UA-1; the same arguments give the same bytes. Text never makes it fail.

    Raises PlanError where the milestone has no acceptance criteria.
    """
    import typst

    data = _data(plan, plan[Milestone, milestone_id], today, Words(translate, dates or GettextWords(translate)))
    data["language"] = {"lang": language[0], "region": language[1]}
    shipped = shipped_fonts()
    beyond = characters_beyond(texts_in(data), shipped.draws)
    fonts = with_fallbacks(shipped, beyond) if beyond else shipped
    try:
        return typesetting.pdf(_TEMPLATE, Printable(fonts.draws).data(data), fonts)[0]
    except typst.TypstError:
        return typesetting.pdf(_TEMPLATE, Printable(fonts.draws, _BEYOND_ASCII).data(data), fonts)[0]


def _data(plan: Plan, row: Milestone, today: Day, words: Words) -> dict[str, Any]:
    criteria = ordered(plan, Criterion, row.id)
    if not criteria:
        raise PlanError(N_("“{title}” has no acceptance criteria."), N_("Add them first."), title=row.title)
    day = date.fromordinal(today)
    facts = [words.say(N_("due {date}"), date=words.date(row.end)), words.translate(row.status.value)]
    owner = plan.get(Person, row.owner)
    facts += [owner.name] if owner is not None else []
    return {
        "colours": light_colours(),
        "document_date": [day.year, day.month, day.day],
        "title": row.title,
        "kind": words.say(N_("Acceptance results")),
        "date": words.day(today),
        "lead": " · ".join(facts),
        "project": plan[Project, row.project].title,
        "page_form": words.say(N_("Page {page} of {pages}"), page="{page}", pages="{pages}"),
        "columns": [words.say(name) for name in _COLUMNS],
        "rounds": list(_rounds(plan, criteria, words)),
    }  # fmt: skip


def _rounds(plan: Plan, criteria: Sequence[Criterion], words: Words) -> Iterable[dict[str, Any]]:
    """The round that is going on, then those before it, the latest first."""
    now = max(row.round for row in criteria)
    yield _round(plan, now, [(row, row) for row in criteria], words)
    runs = [(row, run) for row in criteria for run in plan.where(CriterionRun, "criterion", row.id)]
    for number in sorted({run.round for _, run in runs}, reverse=True):
        yield _round(plan, number, [(row, run) for row, run in runs if run.round == number], words)


def _round(
    plan: Plan, number: int, results: Sequence[tuple[Criterion, Criterion | CriterionRun]], words: Words
) -> dict[str, Any]:  # fmt: skip
    passed = sum(found.result is CriterionResult.PASS for _, found in results)
    heading = words.say(N_("Round {number}: {passed} of {count} passed"), number=number, passed=passed, count=len(results))
    return {"heading": heading, "rows": [_row(plan, criterion, found, words) for criterion, found in results]}


def _row(plan: Plan, criterion: Criterion, found: Criterion | CriterionRun, words: Words) -> dict[str, str]:
    sign, tone = _LOOKS[found.result]
    tester = plan.get(Person, found.tester)
    waived = found.waived_reason if isinstance(found, Criterion) else ""
    notes = [found.note, words.say(N_("waived: {reason}"), reason=waived) if waived else ""]
    return {
        "code": criterion.code,
        "text": criterion.text,
        "note": " · ".join(note for note in notes if note),
        "priority": words.translate(criterion.priority.value),
        "sign": sign,
        "tone": tone,
        "result": words.translate(found.result.value),
        "tester": tester.name if tester is not None else NOTHING,
        "date": words.day(found.tested) if found.tested is not None else NOTHING,
    }
