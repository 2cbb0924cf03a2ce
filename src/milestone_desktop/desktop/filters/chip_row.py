"""The row under the tool row that names the filter in words, one condition beside the other, and the view it belongs to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.filters.flow import FlowLayout
from milestone_desktop.desktop.layouts import delete_item
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, say, say_error
from milestone_desktop.filters.sentences import sentence
from milestone_desktop.filters.tree import Node, tops

LONGEST = 90
"""Characters of a condition in words; the tip tells all of it."""

LONGEST_TITLE = 40
"""Characters of a title that an edit has hidden."""


class ChipRow(QWidget):
    """Shown while there is a filter or a view. built: the person wants to build the filter by hand; saved, updated: to
    keep what is shown as a view of its own, or in the view at hand."""

    built = Signal()
    saved = Signal()
    updated = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chips")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Filter in words"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._session = session
        self._made: tuple[object, ...] = ()
        self._row = FlowLayout(self)
        self._row.setContentsMargins(18, 6, 18, 6)

    def tell(self, hidden: int, view: str, *, altered: bool, own: bool) -> None:
        """Names what is shown. hidden: how many rows the filter hides; view: the name of the view at hand, altered since;
        own: a view that can be updated."""
        shown = self._session.shown
        problem = say_error(shown.problem) if shown.problem is not None else ""
        left = self._left()
        state = (shown.node, hidden, view, altered, own, problem, left)
        self.setVisible(shown.filtering or bool(view) or bool(problem))
        if state == self._made:
            return
        focused = self.focused_chip()
        self._made = state
        while self._row.count():
            delete_item(self._row.takeAt(0))
        if view:
            self._label(view, _("View"), look="strong")
            if altered:
                self._label(_("changed"), _("The view was changed"))
                if own:
                    self._button(_("Update"), self.updated.emit, _("Update the view"))
        if shown.filtering:
            for node in tops(shown.node):
                self._chip(node)
            self._button(_("Edit…"), self.built.emit, _("Edit the filter"))
            self._button(_("Clear"), shown.clear, _("Clear the filter"))
        if not view or altered:
            self._button(_("Save as…"), self.saved.emit, _("Save what is shown as a view"))
        if shown.filtering:
            told = ngettext("{n} row hidden", "{n} rows hidden", hidden)
            told = _("{hidden}; the last edit hid {what}").format(hidden=told, what=left) if left else told
            self._label(told, _("Rows hidden by the filter"))
            if left:
                self._button(_("Keep in view"), shown.keep_what_left, _("Keep in view what the last edit hid"))
        if problem:
            self._label(problem, _("What is wrong with the filter"), look="error")
        self._focus_chip(focused)
        self.updateGeometry()

    def _left(self) -> str:
        """What the last edit has taken out of the filter: its title, or how many rows; "" for none."""
        left, plan = self._session.shown.left, self._session.plan
        row = plan.activity(left[0]) if len(left) == 1 else None
        if row is not None:
            return _("“{title}”").format(title=row.title if len(row.title) <= LONGEST_TITLE else f"{row.title[:LONGEST_TITLE]}…")
        return ngettext("{n} row", "{n} rows", len(left)) if left else ""

    def chips(self) -> list[QPushButton]:
        """The conditions, each a button that takes it away."""
        return [button for button in self.findChildren(QPushButton) if button.property("chip") and not button.isHidden()]

    def focused_chip(self) -> int:
        """The place of the chip that has the keyboard, −1 for none."""
        return next((place for place, chip in enumerate(self.chips()) if chip.hasFocus()), -1)

    def _focus_chip(self, place: int) -> None:
        """After one was taken away by a key, the next one has the keyboard."""
        chips = self.chips()
        if place >= 0 and chips:
            chips[min(place, len(chips) - 1)].setFocus()

    def _chip(self, node: Node) -> None:
        told = say(sentence(node))
        told = told[:1].upper() + told[1:]
        short = told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"
        chip = self._button(f"{short}  ✕", lambda: self._session.shown.remove(node), _("Remove: {words}").format(words=told))
        chip.setProperty("quiet", False)
        chip.setProperty("pill", True)
        chip.setProperty("chip", True)
        chip.setToolTip(_("{words} – click to take it away").format(words=told))

    def _button(self, text: str, act: Callable[[], None], name: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: act())
        self._row.addWidget(button)
        return button

    def _label(self, text: str, name: str, *, look: str = "muted") -> QLabel:
        label = QLabel(text)
        label.setAccessibleName(_("{name}: {text}").format(name=name, text=text))
        label.setProperty(look, True)
        label.setMinimumHeight(26)
        self._row.addWidget(label)
        return label
