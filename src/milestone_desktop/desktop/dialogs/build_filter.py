"""Builds a filter by hand: rows of field, operator and value, in groups of which all or any must hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, say, say_error
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.filters.field import OPERATORS, Field, Sort
from milestone_desktop.filters.fields import field_named, fields
from milestone_desktop.filters.moments import within
from milestone_desktop.filters.reading import canonical, condition, negated
from milestone_desktop.filters.sentences import operator_words
from milestone_desktop.filters.tree import (
    EVERYTHING,
    PAIRED,
    VALUELESS,
    All,
    Condition,
    Node,
    Not,
    Operator,
    Some,
    every,
    some,
)

DEEPEST = 3
"""How deep groups are built in each other by hand; typed filters may go deeper."""

FIELD_WIDTH, OPERATOR_WIDTH, REMOVE_WIDTH = 160, 150, 40
"""Px, so that the rows of a group stand in columns."""

_REACHES = (Operator.NEXT, Operator.LAST)
_LISTS = (Operator.IN, Operator.NOT_IN, Operator.LIKE, Operator.NOT_LIKE)


class ConditionRow(QWidget):
    """One condition. changed: something else was chosen or typed; removed: it is to go."""

    changed = Signal()
    removed = Signal()

    def __init__(self, session: Session, given: Condition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.field = ChoiceField()
        self.field.setAccessibleName(_("Field"))
        self.field.offer([(one.name, _(one.heading)) for one in fields()], given.field)
        self.field.setMaxVisibleItems(16)
        self.operator = ChoiceField()
        self.operator.setAccessibleName(_("Comparison"))
        self.choice = ChoiceField()
        self.choice.setAccessibleName(_("Value"))
        self.values = [QLineEdit(), QLineEdit()]
        self.between = QLabel(_("and"))
        self.between.setProperty("muted", True)
        self.remove = QToolButton()
        self.remove.setFixedWidth(REMOVE_WIDTH)
        self.remove.setText("✕")
        self.remove.setAccessibleName(_("Remove this condition"))
        self.remove.setToolTip(_("Remove this condition"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field.setFixedWidth(FIELD_WIDTH)
        self.operator.setFixedWidth(OPERATOR_WIDTH)
        for widget in (self.field, self.operator, self.choice, self.values[0], self.between, self.values[1], self.remove):
            row.addWidget(widget, 1 if widget is self.choice or isinstance(widget, QLineEdit) else 0)
        self.field.picked.connect(self._take_field)
        self.operator.picked.connect(self._take_operator)
        self.choice.picked.connect(self.changed)
        for number, value in enumerate(self.values):
            value.setAccessibleName(_("Value") if number == 0 else _("Last value"))
            value.textEdited.connect(lambda _text: self.changed.emit())
        self.remove.clicked.connect(self.removed)
        self._show(given)

    def node(self) -> Condition:
        """The condition. Raises PlanError where a value is missing or cannot be read."""
        field, operator = self._field(), Operator(self.operator.currentData())
        if operator in VALUELESS:
            return Condition(field.name, operator)
        if field.sort is Sort.FLAG:
            return Condition(field.name, operator, (str(self.choice.currentData()),))
        texts = [value.text().strip() for value in self.values[: 2 if operator in PAIRED else 1]]
        if not all(texts):
            raise PlanError(N_("{field}: a value is missing."), N_("Type one, or remove the condition."), field=_(field.heading))
        if operator in _REACHES:
            reach = within(f"next {texts[0]}")
            if reach is None:
                raise PlanError(N_("“{text}” is no number of days."), N_("Type one such as 30d, 2w or 1m."), text=texts[0])
            return Condition(field.name, operator, (reach[1],))
        if field.sort in (Sort.TEXT, Sort.WORDS, Sort.PERSON):
            parts = tuple(part.strip() for part in texts[0].split(",") if part.strip()) if operator in _LISTS else (texts[0],)
            return condition(field.name, operator, parts)
        values = tuple(canonical(field, text, self._session.shown.read_day) for text in texts)
        return Condition(field.name, operator, values)

    def _field(self) -> Field:
        return field_named(str(self.field.currentData()))

    def _take_field(self) -> None:
        field = self._field()
        self._show(Condition(field.name, OPERATORS[field.sort][0], ("yes",) if field.sort is Sort.FLAG else ()))
        self.changed.emit()

    def _take_operator(self) -> None:
        self._arrange()
        self.changed.emit()

    def _show(self, given: Condition) -> None:
        field = field_named(given.field)
        told = [(operator.value, _words(operator, field.sort)) for operator in OPERATORS[field.sort]]
        self.operator.offer(list[tuple[object, str]](told), given.operator.value)
        self.choice.offer([("yes", _("yes")), ("no", _("no"))], given.values[0] if given.values else "yes")
        texts = (", ".join(given.values), "") if given.operator not in PAIRED else (*given.values, "", "")
        for value, text in zip(self.values, texts, strict=False):
            value.setText(text)
            value.setPlaceholderText(_hint(field))
        offered = list(field.choices(self._session.plan)) if field.choices is not None else []
        if field.sort is Sort.PERSON:
            offered.insert(0, "me")
        completer = QCompleter(QStringListModel(offered, self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.values[0].setCompleter(completer if offered else None)  # type: ignore[arg-type]  # None takes it away
        self._arrange()

    def _arrange(self) -> None:
        """Shows the editors that go with the comparison."""
        operator, flag = Operator(self.operator.currentData()), self._field().sort is Sort.FLAG
        self.choice.setVisible(flag)
        self.values[0].setVisible(not flag and operator not in VALUELESS)
        paired = operator in PAIRED
        self.values[1].setVisible(paired)
        self.between.setVisible(paired)


class GroupBox(QFrame):
    """Conditions and groups of which all or any must hold, or must not. changed: it asks for something else."""

    changed = Signal()
    removed = Signal()

    def __init__(self, session: Session, given: Node, depth: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._depth = depth
        self.parts: list[ConditionRow | GroupBox] = []
        self.setObjectName("filterGroup" if depth else "filterRoot")
        self.joining = ChoiceField()
        self.joining.setAccessibleName(_("Which must hold"))
        opposite, inner = (True, given.part) if isinstance(given, Not) else (False, given)
        self.joining.offer(
            [("all", _("All of these hold")), ("any", _("Any of these holds")), ("not all", _("Not all of these hold")),
             ("not any", _("None of these holds"))],
            ("not " if opposite else "") + ("any" if isinstance(inner, Some) else "all"),
        )  # fmt: skip
        self.joining.picked.connect(self.changed)
        self.add_row = self._adder(_("+ Condition"), lambda: self._add(Condition("text", Operator.LIKE)))
        self.add_group = self._adder(_("+ Group"), lambda: self._add(Some()))
        self.remove = self._adder("✕", self.removed.emit)
        self.remove.setFixedWidth(REMOVE_WIDTH)
        self.remove.setAccessibleName(_("Remove this group"))
        head = QHBoxLayout()
        head.addWidget(self.joining)
        head.addStretch(1)
        for button in (self.add_row, self.add_group, self.remove):
            head.addWidget(button)
        self.add_group.setVisible(depth < DEEPEST)
        self.remove.setVisible(depth > 0)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12 if depth else 0, 8, 12 if depth else 0, 8)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addLayout(self._list)
        for part in inner.parts if isinstance(inner, All | Some) else (inner,):
            self._put(part)
        if depth and not self.parts:
            self._put(Condition("text", Operator.LIKE))

    def node(self) -> Node:
        """What the group asks for; nothing in it: everything. Raises PlanError."""
        parts = [part.node() for part in self.parts]
        if not parts:
            return EVERYTHING
        how = str(self.joining.currentData())
        joined = some(parts) if how.endswith("any") else every(parts)
        return negated(joined) if how.startswith("not") else joined

    def _adder(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.clicked.connect(lambda: act())
        return button

    def _add(self, node: Node) -> None:
        self._put(node)
        part = self.parts[-1]
        (part.field if isinstance(part, ConditionRow) else part.joining).setFocus()
        self.changed.emit()

    def _put(self, node: Node) -> None:
        made: ConditionRow | GroupBox
        if isinstance(node, Condition):
            made = ConditionRow(self._session, node)
        else:
            made = GroupBox(self._session, node, self._depth + 1)
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        self.parts.append(made)
        self._list.addWidget(made)

    def _remove(self, part: ConditionRow | GroupBox) -> None:
        self._list.removeWidget(part)
        place = self.parts.index(part)
        self.parts.remove(part)
        part.hide()
        part.deleteLater()
        near = self.parts[min(place, len(self.parts) - 1)] if self.parts else None
        (near.remove if near is not None else self.add_row).setFocus()
        self.changed.emit()


class BuildFilterDialog(Dialog):
    """The filter in hand as rows, with how many rows it keeps; the pages show it when the dialog is accepted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("Filter"))
        self.setMinimumSize(720, 420)
        heading = QLabel(_("Show only rows of which…"))
        heading.setProperty("heading", True)
        node = session.shown.node
        self.root = GroupBox(
            session, node if session.shown.filtering else All((Condition("status", Operator.EQUALS, ("open",)),))
        )
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleDescription(_("What the filter keeps"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.done_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.done_button.setText(_("Show"))
        self.done_button.setProperty("primary", True)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes from field to field, and what has it is scrolled to
        area.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.root)
        column.addStretch(1)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        for widget in (heading, area, self.told, buttons):
            layout.addWidget(widget)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.root.changed.connect(self._tell)
        self._tell()

    def accept(self) -> None:
        try:
            node = self.root.node()
        except PlanError:
            self._tell()
            return
        self._session.shown.set_filter(node)
        super().accept()

    def _tell(self) -> None:
        """How many rows the filter keeps, or what is wrong with it."""
        try:
            kept = self._session.shown.count(self.root.node())
        except PlanError as error:
            self._say(say_error(error), wrong=True)
            return
        self._say(ngettext("Keeps {n} milestone or work item", "Keeps {n} milestones and work items", kept), wrong=False)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.told.setText(text)
        self.told.setProperty("error", wrong)
        self.told.setProperty("muted", not wrong)
        self.told.style().polish(self.told)


def _words(operator: Operator, sort: Sort) -> str:
    """The comparison alone: “is”, “before”, “in the next”; where two values follow, what stands before the first one."""
    told = say(operator_words(operator, sort))
    if told.count("…") > 1:
        told = told.partition("…")[0]
    return told.replace("…", "").replace("  ", " ").strip()


def _hint(field: Field) -> str:
    """What may be typed as a value."""
    match field.sort:
        case Sort.DAY | Sort.SPAN:
            return _("4 dec, 30d, today, eom")
        case Sort.EFFORT:
            return _("3d, 2w4d")
        case Sort.NUMBER:
            return field.unit
        case _:
            return ""
