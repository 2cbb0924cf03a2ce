"""What a screen reader and the keyboard need: every control has a name, the focus can be seen, Tab goes from top to bottom.

The pages, states and dialogs are those of `devtools/shots/table.py`: whoever adds one there has it tried here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitterHandle,
    QStackedLayout,
    QTabBar,
    QTextEdit,
    QWidget,
)

from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.header import Header
from milestone_desktop.desktop.page_table import PAGES
from milestone_desktop.desktop.settings import Settings
from milestone_desktop.desktop.text_size import FACTOR, OURS, SIZES, apply_text_size, start_command
from milestone_desktop.desktop.theme import ThemeChoice, dress, load_fonts, theme_for
from milestone_desktop.desktop.window import MainWindow
from milestone_desktop.document.document import Document
from shots.steps import settle
from shots.table import SHOTS
from shots.workspaces import NOW, WORKSPACES

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
TRIED = tuple(shot for shot in SHOTS if shot.workspace in ("sample", "empty") and shot.plain)


@pytest.fixture
def open_window(qapp: QApplication, tmp_path: Path) -> Iterator[dict[str, MainWindow]]:
    """Windows by workspace, opened when first asked for."""
    windows: dict[str, MainWindow] = {}
    load_fonts()
    dress(qapp, theme_for(ThemeChoice.LIGHT))
    yield windows
    for window in windows.values():
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()


def window_of(windows: dict[str, MainWindow], workspace: str, folder: Path) -> MainWindow:
    if workspace not in windows:
        settings = Settings(folder / f"{workspace}.ini")
        settings.theme = ThemeChoice.LIGHT
        document = Document(WORKSPACES[workspace](), lambda: NOW)
        windows[workspace] = Desk(settings, lambda: NOW).show(document, None)
        windows[workspace].resize(1680, 940)
        settle()
    return windows[workspace]


def reachable(top: QWidget) -> list[QWidget]:
    """Everything shown in a window that the keyboard can get to."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisibleTo(top) and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None and not isinstance(widget, QSplitterHandle)
    ]  # fmt: skip


def name_of(widget: QWidget) -> str:
    """The name that a screen reader is given."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name).strip()


def nameless(top: QWidget) -> list[str]:
    """The controls without a name, and the scroll areas of our own that take the keyboard without one."""
    found = []
    for widget in reachable(top):
        own = isinstance(widget, QAbstractScrollArea) and type(widget).__module__.startswith("milestone_desktop")
        if (isinstance(widget, CONTROLS) or own) and not name_of(widget):
            parent = widget.parentWidget()
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


def unsaid(top: QWidget) -> list[str]:
    """Labels whose name stands in the way of their words; a sign alone may have a word for a name."""
    labels = [label for label in top.findChildren(QLabel) if label.isVisibleTo(top) and len(label.text()) > 2]
    named = [one for one in labels if one.accessibleName() and one.text().casefold() not in one.accessibleName().casefold()]
    heads = top.findChildren(Header)
    pills = [pill for head in heads for pill in head.findChildren(QPushButton) if pill.property("pill") and pill.text()]
    return [told(label) for label in (*named, *(pill for pill in pills if pill.text() not in name_of(pill)))]


def covering(top: QWidget) -> list[str]:
    """Parts that were laid out beside each other and lie over each other all the same, and buttons too narrow for their
    words."""
    found = []
    for parent in (top, *top.findChildren(QWidget)):
        layout = parent.layout()
        if layout is None or not parent.isVisibleTo(top):
            continue
        parts = [widget for widget in laid_out(layout) if widget.isVisibleTo(top) and widget.parentWidget() is parent]
        boxes = [(widget, widget.geometry().adjusted(1, 1, -1, -1)) for widget in parts]
        for number, (one, box) in enumerate(boxes):
            found += [f"{told(one)} over {told(other)}" for other, place in boxes[number + 1 :] if box.intersects(place)]
            if isinstance(one, QPushButton) and one.fontMetrics().horizontalAdvance(one.text()) > one.width():
                found.append(f"{told(one)} is cut")
    return found


def laid_out(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of those within it."""
    for number in range(0 if isinstance(layout, QStackedLayout) else layout.count()):
        item = layout.itemAt(number)
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from laid_out(inner)
        elif widget is not None:
            yield widget


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{name_of(widget)}”"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_control_of_every_page_and_dialog_has_a_name_and_room_of_its_own(
    open_window: dict[str, MainWindow], tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}
    tried, pages = 0, set()
    for shot in TRIED:
        window = window_of(open_window, shot.workspace, tmp_path)
        dialog = shot.prepare(window)
        settle()
        top = dialog if dialog is not None else window
        tried += len(reachable(top))
        pages.add(window.page_name)
        missing = nameless(top) + unsaid(top) + covering(top)
        if missing:
            found[shot.name] = missing
        if dialog is not None:
            dialog.close()
            dialog.deleteLater()
            settle()
        window.session.failed.emit("")
        window.find_bar.close_bar()
    assert found == {}
    assert tried > 20 * len(TRIED)
    assert set(PAGES) - pages == set(), "pages without a picture"


def test_the_focus_can_be_seen_on_every_control_of_the_window(open_window: dict[str, MainWindow], tmp_path: Path) -> None:
    window = window_of(open_window, "sample", tmp_path)
    window.activateWindow()
    unseen = []
    for page in ("roadmap", "milestones"):
        window.show_page(page)
        settle()
        for widget in reachable(window):
            if not isinstance(widget, (QAbstractButton, QComboBox, QLineEdit, QTabBar)) or widget.width() < 4:
                continue
            window.menuBar().setFocus()
            window.setFocus()
            settle()
            before = picture(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            settle()
            if widget.hasFocus() and picture(widget) == before:
                unseen.append(f"{type(widget).__name__} {name_of(widget)}")
    assert unseen == []


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_tab_goes_through_the_window_from_top_to_bottom(open_window: dict[str, MainWindow], tmp_path: Path) -> None:
    window = window_of(open_window, "sample", tmp_path)
    window.show_page("milestones")
    settle()
    page = window.page
    assert page is not None
    parts = (window.sidebar, window.header, window.tab_strip, window.tools, page)
    order: list[int] = []
    widget = window.sidebar.list
    chain: list[QWidget] = []
    for _step in range(2000):
        chain.append(widget)
        following = widget.nextInFocusChain()
        assert isinstance(following, QWidget)
        widget = following
        if widget is window.sidebar.list:
            break
    for part in parts:
        inside = [n for n, one in enumerate(chain) if part is one or part.isAncestorOf(one)]
        tabbed = [n for n in inside if chain[n].isVisible() and chain[n].focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert tabbed, type(part).__name__
        order.append(min(tabbed))
    assert order == sorted(order)
    tops = [window.mapFromGlobal(part.mapToGlobal(QPoint(0, 0))).y() for part in parts[1:]]
    assert tops == sorted(tops)


# the size of words


def test_a_size_becomes_qts_factor_and_what_the_person_set_stays() -> None:
    environment: dict[str, str] = {}
    apply_text_size(150, environment)
    assert environment == {FACTOR: "1.5", OURS: "1.5"}
    apply_text_size(200, environment)
    assert environment[FACTOR] == "2"
    apply_text_size(100, environment)
    assert environment == {}
    own = {FACTOR: "3"}
    apply_text_size(200, own)
    assert own == {FACTOR: "3"}


def test_another_size_closes_the_window_and_starts_on_the_same_workspace(
    open_window: dict[str, MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "size.ini")
    assert settings.text_size == 100
    desk = Desk(settings, lambda: NOW)
    window = desk.show(Document(WORKSPACES["empty"](), lambda: NOW), None)
    open_window["own"] = window
    settle()
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    window.actions_["view.text.100"].trigger()
    assert not ended
    window.actions_["view.text.200"].trigger()
    settle()
    assert ended == [True]
    assert desk.start_again == start_command(None)
    assert Settings(tmp_path / "size.ini").text_size == 200
    assert not window.isVisible()
    assert max(SIZES) == 200


def test_the_command_that_starts_anew_names_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert start_command(tmp_path / "a.milestones")[1:] == ["-m", "milestone_desktop", str(tmp_path / "a.milestones")]
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert start_command(tmp_path / "a.milestones")[1:] == [str(tmp_path / "a.milestones")]
