"""A pasted list of milestones: lines of title, date, owner and type, as copied from a sheet or typed.

Tabs, semicolons, commas or runs of blanks part the columns. A header row names them; without one they are told by what
stands in them. Nothing is refused here: each row says what is wrong with it, and the person decides what to take.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, milestones, people, projects
from milestone_desktop.domain.activity_rules import LONGEST_TITLE
from milestone_desktop.domain.dates import Names, read_day
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, Message, PlanError, message

TITLE, START, END, OWNER, TYPE = "title", "start", "end", "owner", "type"
COLUMNS = (TITLE, START, END, OWNER, TYPE)

HEADERS: Mapping[str, str] = {
    **dict.fromkeys(("title", "name", "milestone", "milestone name", "task", "task name", "description", "what"), TITLE),
    **dict.fromkeys(("start", "start date", "from", "begin", "begins"), START),
    **dict.fromkeys(("date", "due", "due date", "end", "end date", "finish", "to", "target", "deadline", "when", "until"), END),
    **dict.fromkeys(("owner", "responsible", "lead", "assignee", "person", "who", "accountable"), OWNER),
    **dict.fromkeys(("type", "milestone type", "category"), TYPE),
}  # fmt: skip
"""What a header row may call a column, in lower case."""

DELIMITERS = ("\t", ";", ",")
MOST_ROWS = 5000
_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)")
_BLANKS = re.compile(r" {2,}")

Moment = tuple[Day, int | None]
"""A day and, if it was given, the minute of it."""

Reader = Callable[[str], Moment]


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One line. line: its number in the text, from 1; problems: what is wrong or was not understood, a sentence each;
    usable: it has a title, so that it can become a milestone."""

    line: int
    title: str
    start: Moment | None = None
    end: Moment | None = None
    owner: str = ""
    type: str = ""
    problems: tuple[Message, ...] = ()

    @property
    def usable(self) -> bool:
        return bool(self.title)


@dataclass(frozen=True, slots=True)
class PastedList:
    """columns: what each column of the text was taken for, "" for one that was left out; header: there was a header row."""

    columns: tuple[str, ...]
    header: bool
    rows: tuple[PastedRow, ...]


def read_list(
    text: str,
    today: Day,
    *,
    types: Sequence[str] = ("Engineering", "Billing"),
    day_first: bool | None = None,
    names: Names | None = None,
) -> PastedList:
    """The milestones that a text means, with what is wrong in each line.

    today: what dates without a year and words such as “tomorrow” count from; types: milestone types of the workspace;
    day_first: whether 3/4 is 3 April, None to tell it from the dates themselves; names: the language's month and
    weekday names. Raises PlanError where there are more lines than a list has.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise PlanError(
            N_("The list has {count} lines; {limit} can be pasted at once."),
            N_("Paste it in parts."),
            count=len(lines),
            limit=MOST_ROWS,
        )
    read = _date_reader(text, today, day_first, names)
    cells = _cells([line for _, line in lines], read)
    named = _header(cells[0], read) if cells else None
    body = cells[1:] if named is not None else cells
    numbers = [number for number, _ in lines][len(cells) - len(body) :]
    columns = _columns(body, named or {}, types, read)
    rows = tuple(_row(number, row, columns, types, read) for number, row in zip(numbers, body, strict=True))
    return PastedList(columns, named is not None, rows)


def bring_in(edit: Edit, project_id: int, rows: Iterable[PastedRow]) -> list[int]:
    """Adds a milestone for each usable row, in their order, and returns their ids. People who are not there are added.

    A bare day means what a typed one means in this project.
    """
    project = projects.project(edit.plan, project_id)
    added: list[int] = []
    for row in rows:
        if not row.usable:
            continue
        fields: dict[str, Any] = {"type": row.type} if row.type else {}
        if row.owner:
            fields["owner"] = people.named(edit, row.owner).id
        milestone = milestones.create(edit, project.id, row.title, **fields)
        end = dates.end_instant(edit.plan, milestone, *row.end) if row.end is not None else None
        start = dates.start_instant(edit.plan, milestone, *row.start) if row.start is not None else None
        if start is not None and end is not None and start >= end:
            start = None
        edit.update(milestone, start=start, end=end)
        added.append(milestone.id)
    edit.label = message(N_("Paste milestones: {count}"), count=len(added))
    return added


def _cells(lines: list[str], read: Reader) -> list[list[str]]:
    """The lines parted in the first way that gives a column of dates; without one, at tabs or semicolons if there are any."""
    ways: list[Callable[[str], list[str]]] = [
        *(partial(_parted, delimiter=delimiter) for delimiter in DELIMITERS),
        _at_blanks,
        partial(_before_date, read=read),
    ]
    tried = [[way(line) for line in lines] for way in ways]
    for rows in tried:
        width = max((len(row) for row in rows), default=0)
        for place in range(width if width > 1 else 0):
            cells = [row[place] for row in rows if place < len(row) and row[place]]
            if 2 * sum(_is_date(cell, read) for cell in cells) >= max(len(rows) // 2, 1):
                return rows
    for rows in tried[:2]:
        if 2 * sum(len(row) > 1 for row in rows) >= len(rows):
            return rows
    return [[line.strip()] for line in lines]


def _at_blanks(line: str) -> list[str]:
    return [cell.strip() for cell in _BLANKS.split(line.strip())]


def _before_date(line: str, read: Reader) -> list[str]:
    """`Kickoff 4 May 2026` as title and date; the date is the longest end of the line, of up to four words, that is one."""
    words = line.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        if any(sign.isdigit() for sign in tail) and _is_date(tail, read):
            return [" ".join(words[:-count]).rstrip(" ,:–-"), tail]
    return [line.strip()]


def _parted(line: str, delimiter: str) -> list[str]:
    """One line as cells; a line with quotes that do not close is parted as it stands."""
    try:
        row = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        row = line.split(delimiter)
    return [cell.strip() for cell in row]


def _date_reader(text: str, today: Day, day_first: bool | None, names: Names | None) -> Reader:
    """Reads dates with the order of day and month in which more of the text's numeric dates are dates; day first where
    both are alike."""
    orders = (True, False) if day_first is None else (day_first,)
    readers = [partial(read_day, today=today, day_first=order, names=names) for order in orders]
    numeric = _NUMERIC.findall(text)
    return max(readers, key=lambda read: sum(_is_date(found, read) for found in numeric))


def _is_date(text: str, read: Reader) -> bool:
    try:
        read(text)
    except PlanError:
        return False
    return True


def _header(first: list[str], read: Reader) -> dict[int, str] | None:
    """What the first line calls its columns; None where it is no header."""
    found: dict[int, str] = {}
    for place, cell in enumerate(first):
        name = HEADERS.get(cell.casefold().strip(" :*"))
        if name is not None and name not in found.values():
            found[place] = name
        elif cell and _is_date(cell, read):
            return None
    return found or None


def _columns(rows: list[list[str]], named: Mapping[int, str], types: Sequence[str], read: Reader) -> tuple[str, ...]:
    """What each column holds: as its header says, else what most of its cells look like."""
    found = dict(named)
    width = max((len(row) for row in rows), default=0)
    columns = {place: [row[place] for row in rows if place < len(row) and row[place]] for place in range(width)}
    known_types = {name.casefold() for name in types}
    dated = [place for place, cells in columns.items() if place not in found and _mostly(cells, partial(_is_date, read=read))]
    for place in dated:
        if END not in found.values():
            found[place] = END
        elif START not in found.values() and not named:  # the second of two dates is the one that counts
            earlier = next(other for other, name in found.items() if name == END)
            found[earlier], found[place] = START, END
    for place, cells in columns.items():
        if place not in found and TYPE not in found.values() and _mostly(cells, lambda cell: cell.casefold() in known_types):
            found[place] = TYPE
    rest = [place for place, cells in columns.items() if place not in found and place not in dated and cells]
    if TITLE not in found.values() and rest:
        title = max(rest, key=lambda place: len(set(columns[place])) * 1000 - place)
        found[title] = TITLE
        rest.remove(title)
    if OWNER not in found.values() and rest:
        found[rest[0]] = OWNER
    return tuple(found.get(place, "") for place in range(width))


def _mostly(cells: list[str], holds: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(holds, cells)) * 2 > len(cells)


def _row(number: int, cells: list[str], columns: tuple[str, ...], types: Sequence[str], read: Reader) -> PastedRow:
    """One line with its problems."""
    values = {name: cells[place] for place, name in enumerate(columns) if name and place < len(cells)}
    problems: list[Message] = []
    moments = {name: _moment(values.get(name, ""), read, problems) for name in (START, END)}
    start, end = moments[START], moments[END]
    if not values.get(END):
        problems.append(message(N_("There is no date.")))
    if start is not None and end is not None and start[0] > end[0]:
        problems.append(message(N_("It would start after its date; the start is left out.")))
        start = None
    title = values.get(TITLE, "")
    if not title:
        problems.append(message(N_("There is no title, so nothing can be added.")))
    if len(title) > LONGEST_TITLE:
        problems.append(message(N_("The title is longer than {limit} characters and is shortened."), limit=LONGEST_TITLE))
        title = title[: LONGEST_TITLE - 1] + "…"
    written = values.get(TYPE, "")
    kind = next((name for name in types if name.casefold() == written.casefold()), "")
    if written and not kind:
        problems.append(message(N_("“{type}” is not a milestone type here; the usual one is taken."), type=written))
    return PastedRow(number, title, start, end, values.get(OWNER, ""), kind, tuple(problems))


def _moment(text: str, read: Reader, problems: list[Message]) -> Moment | None:
    if not text:
        return None
    try:
        return read(text)
    except PlanError as error:
        problems.append(error.message)
        return None
