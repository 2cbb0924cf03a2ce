"""Tables as data: what each column is called, what it shows of a record, how it sorts and what an edit of it does.

A `ColumnTable` shows records by their ids, in the order it is given; filtering and sorting happen outside, on the ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.search import folded

Index = QModelIndex | QPersistentModelIndex
MANY = 40
"""From so many rows on one signal for the whole stretch costs less than one for each."""
Choices = Sequence[tuple[Any, str]]
"""What may be chosen: value and the word for it."""


class Role(IntEnum):
    """What a table tells beside Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    LOOK = Qt.ItemDataRole.UserRole + 2
    RAW = Qt.ItemDataRole.UserRole + 3


class Look(StrEnum):
    """How a cell is drawn."""

    PLAIN = "plain"
    MUTED = "muted"
    TITLE = "title"  # raw: the activity, whose sign stands before the title
    STATUS = "status"  # raw: a StateGroup
    PROGRESS = "progress"  # raw: percent or None
    PILLS = "pills"  # raw: a tuple of words
    HEALTH = "health"  # raw: a Health
    SLIP = "slip"  # raw: working days or None
    CHECK = "check"  # raw: bool
    TICK = "tick"  # raw: bool; a box that is ticked off
    TONED = "toned"  # raw: the token of the text's colour
    DATE = "date"
    CRITICAL = "critical"  # raw: bool


class Editor(StrEnum):
    """How a cell is edited. All but CHOICE and TOGGLE take a text that the column reads."""

    TEXT = "text"
    LINES = "lines"
    LIST = "list"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    TOGGLE = "toggle"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Its functions take the record of a row.

    text: what the cell says, also to a screen reader; raw: what its look draws; order: what it sorts by (default: the
    text); value: what it holds now, as `write` takes it; write: makes the edit of a new value; width: logical pixels.

    Of what is typed or pasted: typed: the text that an editor begins with (default: the text); read: the value that a text
    means, raises PlanError; told: a value in words, before it is taken; copied: the cell for other programs, which `read`
    understands (default: the text); shown: what a field in the inspector says (default: what an editor begins with);
    why_not: what keeps a cell from being edited; words: what may be completed; single: what goes to one row only, unless it
    is asked for. group: where the column stands in the list of all columns.
    """

    id: str
    heading: str
    width: int
    text: Callable[[Any], str]
    look: Look = Look.PLAIN
    right: bool = False
    raw: Callable[[Any], Any] | None = None
    order: Callable[[Any], Any] | None = None
    editor: Editor | None = None
    value: Callable[[Any], Any] | None = None
    choices: Callable[[Any], Choices] | None = None
    write: Callable[[Edit, Any, Any], object] | None = None
    label: str = ""
    tip: Callable[[Any], str] | None = None
    editable: Callable[[Any], bool] | None = None
    group: str = ""
    typed: Callable[[Any], str] | None = None
    read: Callable[[Any, str], Any] | None = None
    told: Callable[[Any, Any], str] | None = None
    copied: Callable[[Any], str] | None = None
    shown: Callable[[Any], str] | None = None
    why_not: Callable[[Any], PlanError | None] | None = None
    words: Callable[[], Sequence[str]] | None = None
    single: bool = False


Attempt = Callable[[str, Callable[[Edit], object]], bool]
"""Makes one edit under a label; False where it was refused."""


class ColumnTable(QAbstractTableModel):
    """Records by id, one a row. fetch: the record of an id; attempt: makes an edit, or None where nothing is edited."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[int], Any],
        attempt: Attempt | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._attempt = attempt
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}

    @property
    def ids(self) -> list[int]:
        """The ids in the order of the rows."""
        return self._ids

    def row_of(self, row_id: int) -> int | None:
        """The row that shows a record, or None."""
        return self._rows.get(row_id)

    def set_ids(self, ids: Iterable[int]) -> None:
        """Shows these records in this order. The same records in another order keep their selection."""
        wanted = list(ids)
        if wanted == self._ids:
            return
        if len(wanted) == len(self._ids) and set(wanted) == set(self._rows):
            self._reorder(wanted)
        else:
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()

    def patch(self, ids: Iterable[int]) -> None:
        """Shows anew what changed in some records."""
        last = len(self.columns) - 1
        rows = sorted(self._rows[row_id] for row_id in set(ids) if row_id in self._rows)
        if len(rows) > MANY:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], last))
            return
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        column = self.columns[index.column()]
        if role == Role.ID:
            return self._ids[index.row()]
        if role == Role.LOOK:
            return column.look.value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role in _TEXT_ROLES:
            record = self._fetch(self._ids[index.row()])
            return None if record is None else _told(column, record, role)
        return None

    def raw(self, index: Index) -> Any:
        """What the look of a cell draws; a Python object, so it does not go through Qt's roles."""
        column = self.columns[index.column()]
        record = self.record(index)
        return column.raw(record) if column.raw is not None and record is not None else None

    def record(self, index: Index) -> Any:
        """The record that a cell is about."""
        return self._fetch(self._ids[index.row()])

    def column(self, index: Index) -> Column:
        return self.columns[index.column()]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or self._attempt is None or column.write is None:
            return False
        record, write = self.record(index), column.write
        if record is None:
            return False
        if value == _begun(column, record):
            return True
        read = column.read if column.editor in _TYPED else None

        def take(edit: Edit) -> None:
            write(edit, record, value if read is None else read(record, value))

        return self._attempt(column.label, take)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        column = self.columns[index.column()]
        if self._attempt is None or column.write is None or column.editor is None:
            return base
        record = self.record(index)
        if column.editable is not None and not column.editable(record):
            return base
        if column.why_not is not None and column.why_not(record) is not None:
            return base
        return base | Qt.ItemFlag.ItemIsEditable

    def _take(self, ids: list[int]) -> None:
        self._ids = ids
        self._rows = {row_id: row for row, row_id in enumerate(ids)}

    def _reorder(self, ids: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids_before = [self._ids[index.row()] for index in before]
        self._take(ids)
        after = [self.index(self._rows[row_id], index.column()) for row_id, index in zip(ids_before, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def restructures(changes: Iterable[Change]) -> bool:
    """Whether any of the changes added or removed a record, or moved it in the outline."""
    return any(
        change.old is None or change.new is None
        or (change.old.order, change.old.parent) != (change.new.order, change.new.parent)
        for change in changes
    )  # fmt: skip


def sort_key(column: Column) -> Callable[[Any], Any]:
    """What the records of a column are ordered by; None and "" for those without a value."""
    text = column.text
    return column.order if column.order is not None else lambda record: folded(text(record))


def sorted_ids(ids: Iterable[int], column: Column, fetch: Callable[[int], Any], *, descending: bool = False) -> list[int]:
    """The ids by one column; records without a value stand last in both directions, equal ones keep their order."""
    key = sort_key(column)
    keyed = [(key(record), row_id) for row_id in ids if (record := fetch(row_id)) is not None]
    with_value = [pair for pair in keyed if pair[0] is not None and pair[0] != ""]
    without = [row_id for key, row_id in keyed if key is None or key == ""]
    with_value.sort(key=lambda pair: pair[0], reverse=descending)
    return [row_id for _, row_id in with_value] + without


def matching_ids(ids: Iterable[int], columns: Sequence[Column], fetch: Callable[[int], Any], words: str) -> list[int]:
    """The ids of records in which every word stands somewhere, upper and lower case alike."""
    wanted = words.casefold().split()
    if not wanted:
        return list(ids)
    found = []
    for row_id in ids:
        record = fetch(row_id)
        if record is not None:
            told = " ".join(column.text(record) for column in columns).casefold()
            if all(word in told for word in wanted):
                found.append(row_id)
    return found


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _begun(column: Column, record: Any) -> Any:
    """What an editor begins with."""
    if column.read is not None and column.editor in _TYPED:
        return (column.typed if column.typed is not None else column.text)(record)
    return column.value(record) if column.value is not None else column.text(record)


def _told(column: Column, record: Any, role: int) -> Any:
    if role == Qt.ItemDataRole.EditRole:
        return _begun(column, record)
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.tip(record) if column.tip is not None else None
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{column.heading}: {column.text(record)}"
    return column.text(record)


_TYPED = frozenset({Editor.TEXT, Editor.LINES, Editor.LIST, Editor.NUMBER, Editor.DATE})
"""Editors whose text the column reads, where it can."""

_TEXT_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
