"""Cells as text between programs: tabs between cells, line breaks between rows, quotes around what holds either."""

from __future__ import annotations

from collections.abc import Sequence

Grid = list[list[str]]


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as any spreadsheet takes them."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def from_tsv(text: str) -> Grid:
    """What `to_tsv` and spreadsheets write. A quoted cell may hold tabs, line breaks and doubled quotes; rows are as long
    as they are."""
    rows: Grid = []
    row: list[str] = []
    at, end = 0, len(text)
    while at < end:
        cell, at = _cell(text, at)
        row.append(cell)
        mark = text[at : at + 1]
        if mark == "\t":
            at += 1
            if at == end:
                row.append("")
        else:
            rows.append(row)
            row = []
            at += 2 if text[at : at + 2] == "\r\n" else 1
    if row:
        rows.append(row)
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at a place, and where its end mark stands."""
    if text[at : at + 1] == '"':
        quoted = _quoted_cell(text, at + 1)
        if quoted is not None:
            return quoted
    ends = [found for mark in "\t\r\n" if (found := text.find(mark, at)) >= 0]
    last = min(ends, default=len(text))
    return text[at:last], last


def _quoted_cell(text: str, at: int) -> tuple[str, int] | None:
    """None where the quote does not enclose the whole cell, and so is part of it."""
    parts: list[str] = []
    while (found := text.find('"', at)) >= 0:
        parts.append(text[at:found])
        if text[found + 1 : found + 2] == '"':
            parts.append('"')
            at = found + 2
        elif found + 1 == len(text) or text[found + 1] in "\t\r\n":
            return "".join(parts).replace("\r\n", "\n"), found + 1
        else:
            return None
    return None


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\r\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
