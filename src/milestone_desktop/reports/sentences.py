"""What a report says in words. Every sentence follows from the data it is given; nothing is said that is not so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.enums import Health, LogType
from milestone_desktop.domain.instants import Day, day_of, from_datetime
from milestone_desktop.domain.messages import N_
from milestone_desktop.reports.facts import MilestoneFacts, ProjectFacts
from milestone_desktop.reports.words import Words

DatedReceipt = tuple[datetime, Receipt]
"""A receipt with the local time of the edit that made it."""

WINDOW = 30
"""Days that "Moves" looks back and "Next" looks ahead."""

_NAMED_LATE = 3


def summary(facts: ProjectFacts, words: Words) -> list[str]:
    """Returns the sentences under the headline figures: what is late and by how much, and when the last milestone comes."""
    if not facts.wanted:
        return [words.say(N_("This project has no milestones."))]
    if not facts.open:
        return [_all_completed(len(facts.wanted), words)]
    late = [entry for entry in facts.open if entry.health is Health.LATE]
    at_risk = [entry for entry in facts.open if entry.health is Health.AT_RISK]
    sentences = [_late_sentence(entry, facts.status_date, words) for entry in late[:_NAMED_LATE]]
    if len(late) == _NAMED_LATE + 1:
        sentences.append(words.say(N_("One more milestone is late.")))
    elif len(late) > _NAMED_LATE:
        sentences.append(words.say(N_("{count} more milestones are late."), count=len(late) - _NAMED_LATE))
    if len(at_risk) == 1:
        sentences.append(words.say(N_("“{title}” is at risk."), title=at_risk[0].row.title))
    elif at_risk:
        sentences.append(words.say(N_("{count} milestones are at risk."), count=len(at_risk)))
    if all(entry.health is Health.ON_TRACK for entry in facts.open):
        sentences.append(words.say(N_("Every open milestone is on track.")))
    return sentences + _end_sentence(facts, late[:_NAMED_LATE], words)


def moves(facts: ProjectFacts, receipts: Sequence[DatedReceipt], words: Words) -> list[str]:
    """Returns one line for each milestone whose planned date or target moved on balance in the days up to the status date.

    A date that was set for the first time is no move.
    """
    by_milestone: dict[tuple[int, str], list[DatedReceipt]] = {}
    for time, receipt in receipts:
        if facts.status_date - WINDOW < day_of(from_datetime(time)) <= facts.status_date:
            by_milestone.setdefault((receipt.milestone, receipt.what), []).append((time, receipt))
    titles = {entry.row.id: entry.row.title for entry in facts.milestones}
    lines = []
    for (milestone, what), found in by_milestone.items():
        found.sort(key=lambda dated: dated[0])
        first, last = found[0][1].old, found[-1][1].new
        if milestone in titles and first is not None and first != last:
            lines.append((found[-1][0], milestone, what, _move_line(titles[milestone], found, words)))
    return [line for *_, line in sorted(lines)]


def coming(facts: ProjectFacts, words: Words) -> list[str]:
    """Returns one line for each open milestone of the days after the status date."""
    lines = []
    for entry in facts.open_between(facts.status_date, facts.status_date + WINDOW):
        line = words.say(N_("{date}: {title}"), date=words.date(entry.row.end), title=entry.row.title)
        if entry.criteria_open:
            line = words.say(
                N_("{milestone} ({open} of {count} criteria open)"),
                milestone=line,
                open=entry.criteria_open,
                count=entry.criteria,
            )
        lines.append(line)
    return lines


def comments(facts: ProjectFacts, words: Words) -> list[str]:
    """Returns the comments and recovery actions that people wrote at milestones, with their dates."""
    lines = []
    for entry in facts.milestones:
        row = entry.row
        for text, day, form in (
            (row.comment, row.comment_date, N_("{title}: {text}")),
            (row.recovery, row.recovery_date, N_("{title}, recovery: {text}")),
        ):
            if text:
                line = words.say(form, title=row.title, text=text)
                lines.append(line if day is None else f"{line} ({words.day(day)})")
    return lines


def decisions(facts: ProjectFacts, people: dict[int, str], words: Words) -> list[str]:
    """Returns the open decisions of the log. people: names by id."""
    return [_with_owner_and_due(entry.text, people.get(entry.owner or 0, ""), entry.due, words) for entry in facts.decisions]


def open_log(facts: ProjectFacts, people: dict[int, str], words: Words) -> list[str]:
    """Returns the open risks, issues and actions of the log, each with its type and what is done about it."""
    lines = []
    for entry in facts.log:
        told = words.say(_LOG_FORMS[entry.type], text=entry.text)
        line = _with_owner_and_due(told, people.get(entry.owner or 0, ""), entry.due, words)
        lines.append(words.say(N_("{entry}: {response}"), entry=line, response=entry.response) if entry.response else line)
    return lines


def _with_owner_and_due(text: str, owner: str, due: Day | None, words: Words) -> str:
    details = []
    if due is not None:
        details.append(words.say(N_("by {date}"), date=words.day(due)))
    if owner:
        details.append(words.say(N_("owner: {name}"), name=owner))
    return f"{text} ({', '.join(details)})" if details else text


def _all_completed(count: int, words: Words) -> str:
    if count == 1:
        return words.say(N_("The one milestone is completed."))
    return words.say(N_("All {count} milestones are completed."), count=count)


def _late_sentence(entry: MilestoneFacts, status_date: Day, words: Words) -> str:
    row = entry.row
    is_ahead = row.end is not None and day_of(row.end) >= status_date
    if is_ahead and entry.slip is not None and entry.slip > 0:
        return words.say(
            N_("“{title}” was promised for {target} and is now planned for {planned}, {days} later."),
            title=row.title,
            target=words.date(row.target),
            planned=words.date(row.end),
            days=words.working_days(entry.slip),
        )
    if row.target is not None and (is_ahead or row.end is None or day_of(row.end) == day_of(row.target)):
        return words.say(
            N_("“{title}” was promised for {target} and is not completed."), title=row.title, target=words.date(row.target)
        )
    if row.target is not None:
        return words.say(
            N_("“{title}” was promised for {target}, planned for {planned}, and is not completed."),
            title=row.title,
            target=words.date(row.target),
            planned=words.date(row.end),
        )
    if row.end is not None and not is_ahead:
        return words.say(
            N_("“{title}” was planned for {planned} and is not completed."), title=row.title, planned=words.date(row.end)
        )
    return words.say(N_("“{title}” is late."), title=row.title)


def _end_sentence(facts: ProjectFacts, already: Sequence[MilestoneFacts], words: Words) -> list[str]:
    """When the last milestone comes, unless a sentence about it stands already or it has no date."""
    last = last_milestone(facts)
    if last is None or not last.open or last in already:
        return []
    values = {"title": last.row.title, "date": words.date(last.row.end)}
    if last.slip is None:
        return [words.say(N_("The last milestone, “{title}”, is planned for {date}."), **values)]
    if last.slip == 0:
        return [words.say(N_("The last milestone, “{title}”, is planned for {date}, as promised."), **values)]
    values["days"] = words.working_days(abs(last.slip))
    if last.slip > 0:
        return [words.say(N_("The last milestone, “{title}”, is planned for {date}, {days} later than promised."), **values)]
    return [words.say(N_("The last milestone, “{title}”, is planned for {date}, {days} earlier than promised."), **values)]


def last_milestone(facts: ProjectFacts) -> MilestoneFacts | None:
    """Returns the wanted milestone with the latest date, planned or actual; None if none has one."""
    dated = [entry for entry in facts.wanted if entry.moment is not None]
    return dated[-1] if dated else None


def next_milestone(facts: ProjectFacts) -> MilestoneFacts | None:
    """Returns the open milestone with the earliest planned date, overdue ones included; None if none has one."""
    return next((entry for entry in facts.open if entry.row.end is not None), None)


def _move_line(title: str, found: Sequence[DatedReceipt], words: Words) -> str:
    time, last = found[-1]
    first = found[0][1]
    values = {
        "day": words.day(day_of(from_datetime(time))),
        "title": title,
        "old": words.date(first.old),
        "new": words.date(last.new),
    }
    is_target = last.what == "target"
    if last.new is None:
        form = N_("{day}: {title}, target removed (was {old})") if is_target else N_("{day}: {title}, date removed (was {old})")
        return words.say(form, **values)
    line = words.say(N_("{day}: {title}, target {old} → {new}") if is_target else N_("{day}: {title}, {old} → {new}"), **values)
    days = [receipt.working_days for _, receipt in found if receipt.working_days is not None]
    return f"{line} ({words.move(sum(days))})" if len(days) == len(found) else line


_LOG_FORMS = {LogType.RISK: N_("Risk: {text}"), LogType.ISSUE: N_("Issue: {text}"), LogType.ACTION: N_("Action: {text}")}
"""How the report names an entry of the log."""
