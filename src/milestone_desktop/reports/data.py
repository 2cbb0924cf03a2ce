"""A status report as plain JSON: every text, figure and colour that the template lays out. Text is data, never markup."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person
from milestone_desktop.reports.facts import MilestoneFacts, ProjectFacts
from milestone_desktop.reports.milestone_table import mark_outline, milestone_report
from milestone_desktop.reports.parts import HEADINGS, USUAL, Part
from milestone_desktop.reports.sentences import (
    DatedReceipt,
    coming,
    comments,
    decisions,
    last_milestone,
    moves,
    next_milestone,
    open_log,
    summary,
)
from milestone_desktop.reports.words import NOTHING, Words

_LABEL_LENGTH = 26


@dataclass(frozen=True, slots=True)
class Look:
    """paper: `a4` or `us-letter`; colours: `#rrggbb` by token of the theme; language: as in `en` or `de`."""

    paper: str
    colours: Mapping[str, str]
    language: str


def report_data(
    plan: Plan,
    facts: ProjectFacts,
    receipts: Sequence[DatedReceipt] | None,
    words: Words,
    look: Look,
    parts: Collection[Part] = USUAL,
) -> dict[str, Any]:
    """Returns the report without its picture and its list of replaced characters, both of which need fonts.

    receipts: None leaves the section about moves out; parts: what stands in it. The same arguments give the same data.
    """
    project = facts.project
    title = project.title or project.key or NOTHING
    people = {person.id: person.name for person in plan.all(Person)}
    day = date.fromordinal(facts.status_date)
    return {
        "language": _language(look.language),
        "paper": look.paper,
        "colours": dict(look.colours),
        "title": title,
        "kind": words.say(N_("Status report")),
        "date": words.day(facts.status_date),
        "document_date": [day.year, day.month, day.day],
        "description": _paragraphs(project.description),
        "figures": _figures(facts, words),
        "summary": summary(facts, words),
        "milestones": _milestone_table(facts, words) if Part.MILESTONES in parts else None,
        "lists": _lists(facts, people, receipts, words, parts),
        "tasks": milestone_report(plan, project, words) if Part.TASKS in parts else None,
        "footer": [_footer_title(title, words), _baseline_line(facts, words)],
        "page_form": words.translate(N_("{page} / {pages}")),
    }


def shortened(text: str, length: int) -> str:
    """Returns the text, cut with an ellipsis where it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _language(tag: str) -> dict[str, str | None]:
    """A tag such as `de` or `en-GB` in its parts; the region may be missing."""
    lang, _, region = tag.replace("_", "-").partition("-")
    return {"lang": lang.lower(), "region": region.upper() if len(region) == 2 else None}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _figures(facts: ProjectFacts, words: Words) -> list[dict[str, Any]]:
    """The headline figures: value over label, and behind the label a slip. width: their share of the page's width."""
    health = words.health(facts.health)
    done = sum(entry.done for entry in facts.wanted)
    of_all = words.say(N_("{done} of {count}"), done=done, count=len(facts.wanted))
    progress = NOTHING if facts.progress is None else words.say(N_("{percent} %"), percent=facts.progress)
    figures = [
        _figure(health["word"], words.say(N_("health")), 1.05) | {"sign": health["sign"], "tone": health["tone"]},
        _figure(of_all, words.say(N_("milestones completed")), 1.05),
        _figure(progress, words.say(N_("work complete")), 0.8),
    ]
    following, last = next_milestone(facts), last_milestone(facts)
    if following is not None:
        figures.append(_date_figure(following, N_("next: {title}"), words))
    if last is not None and last is not following:
        figures.append(_date_figure(last, N_("last: {title}"), words))
    return figures


def _figure(value: str, label: str, width: float) -> dict[str, Any]:
    return {"value": value, "sign": "", "tone": "", "label": label, "slip": "", "width": width}


def _date_figure(entry: MilestoneFacts, form: str, words: Words) -> dict[str, Any]:
    label = words.say(form, title=shortened(entry.row.title, _LABEL_LENGTH))
    return _figure(words.date(entry.moment), label, 1.25) | {"slip": words.move(entry.slip) if entry.slip else ""}


def _milestone_table(facts: ProjectFacts, words: Words) -> dict[str, Any]:
    return {
        "heading": words.say(HEADINGS[Part.MILESTONES]),
        "columns": [
            words.say(N_("Milestone")),
            words.say(N_("Owner")),
            words.say(N_("Target")),
            words.say(N_("Planned / actual")),
            words.say(N_("Slip")),
            words.say(N_("Health")),
        ],
        "nothing": words.say(N_("There are none yet.")),
        "rows": [_milestone_row(entry, words) for entry in facts.milestones],
    }


def _milestone_row(entry: MilestoneFacts, words: Words) -> dict[str, Any]:
    row = entry.row
    note = ""
    if row.dropped is not None:
        form = N_("dropped {date}: {reason}") if row.dropped_reason else N_("dropped {date}")
        note = words.say(form, date=words.day(row.dropped), reason=row.dropped_reason)
    elif _target_moved(entry):
        note = words.say(N_("first target {date}"), date=words.date(row.first_target))
    return {
        "title": row.title or NOTHING,
        "note": note,
        "done": entry.done,
        "mark": mark_outline(row),
        "owner": entry.owner or NOTHING,
        "target": words.date(row.target),
        "planned": words.date(entry.moment),
        "slip": words.slip(entry.slip),
        "health": words.health(entry.health),
    }


def _target_moved(entry: MilestoneFacts) -> bool:
    first, target = entry.row.first_target, entry.row.target
    return first is not None and target is not None and day_of(first) != day_of(target)


def _lists(
    facts: ProjectFacts,
    people: dict[int, str],
    receipts: Sequence[DatedReceipt] | None,
    words: Words,
    parts: Collection[Part],
) -> list[dict[str, Any]]:
    """The short lists around the table: heading, lines, and what stands there if there are none; place: `before` or `after`."""
    lists = []
    wanted = decisions(facts, people, words) if Part.DECISIONS in parts else []
    if wanted:
        lists.append(_list("before", words.say(HEADINGS[Part.DECISIONS]), wanted))
    if receipts is not None and Part.MOVES in parts:
        nothing = words.say(N_("No milestone moved."))
        lists.append(_list("after", words.say(HEADINGS[Part.MOVES]), moves(facts, receipts, words), nothing))
    if Part.NEXT in parts:
        nothing = words.say(N_("No milestone is planned."))
        lists.append(_list("after", words.say(HEADINGS[Part.NEXT]), coming(facts, words), nothing))
    logged = open_log(facts, people, words) if Part.LOG in parts else []
    if logged:
        lists.append(_list("after", words.say(HEADINGS[Part.LOG]), logged))
    said = comments(facts, words) if Part.COMMENTS in parts else []
    if said:
        lists.append(_list("after", words.say(HEADINGS[Part.COMMENTS]), said))
    return lists


def _list(place: str, heading: str, lines: list[str], nothing: str = "") -> dict[str, Any]:
    return {"place": place, "heading": heading, "lines": lines, "nothing": nothing}


def _footer_title(title: str, words: Words) -> str:
    return words.say(N_("{project} · status report"), project=shortened(title, 60))


def _baseline_line(facts: ProjectFacts, words: Words) -> str:
    if facts.baseline is None:
        return ""
    return words.say(
        N_("Target: {name}, {date}"),
        name=shortened(facts.baseline.name, 40),
        date=words.day(day_of(facts.baseline.created)),
    )
