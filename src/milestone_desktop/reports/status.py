"""The status report: a project on one day, on paper, for people who do not use the program."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from milestone_desktop.chart.words import DateWords, GettextWords
from milestone_desktop.domain.health import Figures
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, Translate
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.reports import typesetting
from milestone_desktop.reports.cleaning import printable_plan, texts_of
from milestone_desktop.reports.data import Look, report_data
from milestone_desktop.reports.facts import at_status_date, project_facts
from milestone_desktop.reports.fonts import FontChoice, shipped_fonts, with_fallbacks
from milestone_desktop.reports.glyphs import Printable, Replaced, characters_beyond, texts_in
from milestone_desktop.reports.parts import USUAL, Part
from milestone_desktop.reports.picture import roadmap_picture
from milestone_desktop.reports.sentences import DatedReceipt
from milestone_desktop.reports.words import Words
from milestone_desktop.resource_files import resource

_TEMPLATE = "status.typ"
_BEYOND_ASCII = range(0x80, 0x110000)


@dataclass(frozen=True, slots=True)
class Report:
    """A printed report. pages: how many; replaced: characters that could not be printed, for the person to be told."""

    pdf: bytes
    pages: int
    replaced: tuple[Replaced, ...]
    data: Mapping[str, Any] = field(repr=False)
    fonts: FontChoice = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Order:
    """What to print. plan: as it stands on the status date; project: likewise."""

    plan: Plan
    project: Project
    status_date: Day
    receipts: Sequence[DatedReceipt] | None
    figures: Mapping[int, Figures]
    words: Words
    look: Look
    lanes: Sequence[str] | None = None
    parts: frozenset[Part] = USUAL


def status_report(
    plan: Plan,
    project_id: int,
    *,
    today: Day,
    status_date: Day | None = None,
    receipts: Sequence[DatedReceipt] | None = None,
    figures: Mapping[int, Figures] | None = None,
    translate: Translate = str,
    dates: DateWords | None = None,
    colours: Mapping[str, str] | None = None,
    paper: str = "a4",
    language: str = "en",
    lanes: Sequence[str] | None = None,
    parts: Collection[Part] = USUAL,
) -> Report:
    """Prints the status report of a project as PDF/A-3a and PDF/UA-1; the same arguments give the same bytes.

    today: used where neither `status_date` nor the project's own is set; receipts: every move with the time of its
    edit, None leaves that section out; figures: what else is known of milestones, by id; dates: how days are written;
    colours: `#rrggbb` by token, the light theme's by default; paper: `a4` or `us-letter`; lanes: the roadmap shows all work
    items, several on a row, in these groups (`domain.grouping`; none: below their parents), None the phases alone;
    parts: what stands in it.
    Raises PlanError where there is no such project. A text never makes it fail: see `Report.replaced`.
    """
    twin, project = at_status_date(plan, project_id, status_date, today)
    order = _Order(
        plan=twin,
        project=project,
        status_date=project.status_date if project.status_date is not None else today,
        receipts=receipts,
        figures=figures or {},
        words=Words(translate, dates or GettextWords(translate)),
        look=Look(paper, dict(colours) if colours is not None else light_colours(), language),
        lanes=lanes,
        parts=frozenset(parts),
    )
    fonts = _fonts_for(order)
    return _printed(order, fonts)


def preview(report: Report, pixels_per_inch: float = 96.0) -> list[bytes]:
    """Returns each page of a report as a PNG picture."""
    return typesetting.pngs(_TEMPLATE, dict(report.data), report.fonts, pixels_per_inch)


def light_colours() -> dict[str, str]:
    """Returns the light theme's colours by token: paper is white."""
    with resource("themes", "light.toml").open("rb") as file:
        colours: dict[str, str] = tomllib.load(file)["colours"]
    return colours


def _fonts_for(order: _Order) -> FontChoice:
    """Inter, and system fonts where the project's texts or the reader's language need others."""
    shipped = shipped_fonts()
    facts = project_facts(order.plan, order.project, order.status_date, order.figures)
    data = report_data(order.plan, facts, order.receipts, order.words, order.look, order.parts)
    texts = chain(texts_of(order.plan, order.project.id), texts_in(data))
    beyond = characters_beyond(texts, shipped.draws)
    return with_fallbacks(shipped, beyond) if beyond else shipped


def _printed(order: _Order, fonts: FontChoice) -> Report:
    """Prints with every character that has a glyph; then without those that typst refused; then in ASCII."""
    import typst

    data, replaced = _printable_data(order, fonts, frozenset())
    try:
        return _report(data, fonts, replaced)
    except typst.TypstError:
        refused = _foreign(typesetting.undrawable(data, fonts))
    data, replaced = _printable_data(order, fonts, refused)
    try:
        return _report(data, fonts, replaced)
    except typst.TypstError:
        data, replaced = _printable_data(order, fonts, _BEYOND_ASCII)
        return _report(data, fonts, replaced)


def _report(data: dict[str, Any], fonts: FontChoice, replaced: tuple[Replaced, ...]) -> Report:
    made, pages = typesetting.pdf(_TEMPLATE, data, fonts)
    return Report(made, pages, replaced, data, fonts)


def _foreign(texts: frozenset[str]) -> frozenset[int]:
    """What to do without: all that is not ASCII, but the isolates that the program itself put in."""
    return frozenset(
        ord(character) for text in texts for character in text if not character.isascii() and character not in "\u2068\u2069"
    )


def _printable_data(
    order: _Order, fonts: FontChoice, refused: frozenset[int] | range
) -> tuple[dict[str, Any], tuple[Replaced, ...]]:
    printable = Printable(fonts.draws, refused)
    plan = printable_plan(order.plan, order.project.id, printable)
    project = plan[Project, order.project.id]
    facts = project_facts(plan, project, order.status_date, order.figures)
    look = order.look
    raw = report_data(plan, facts, order.receipts, order.words, look, order.parts)
    raw["picture"] = (
        roadmap_picture(plan, facts, order.words, look.colours, look.paper, fonts.measure(), order.lanes)
        if Part.ROADMAP in order.parts
        else None
    )
    data: dict[str, Any] = printable.data(raw)
    data["replaced"] = _replaced_note(printable.replaced, order.words)
    return data, printable.replaced


def _replaced_note(replaced: tuple[Replaced, ...], words: Words) -> str | None:
    """One line for the reader who meets such a code on the page."""
    codes = list(dict.fromkeys(entry.code for entry in replaced))
    if not codes:
        return None
    return words.say(N_("Characters that cannot be printed are shown as codes: {codes}."), codes=", ".join(codes))
