"""Every key of the keyboard map reaches its action, wherever the keyboard is on the main pages."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from window_desk import OpenDesk, settle

from milestone_desktop.document.operations import activities

PLACES = ("table", "timeline", "milestones", "inspector")


def keyboard_at(desk: OpenDesk, place: str) -> QWidget:
    """Brings the keyboard to a place, with a milestone in hand."""
    desk.show("milestones" if place == "milestones" else "roadmap")
    desk.select(desk.milestone("Planning complete"))
    if place == "timeline":
        desk.do("view.timeline")
    elif place == "inspector":
        button = desk.window.inspector.findChildren(QPushButton)[0]
        button.setFocus()
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


@pytest.mark.parametrize("place", PLACES)
def test_every_key_reaches_its_action(desk: OpenDesk, place: str) -> None:
    focused = keyboard_at(desk, place)
    actions, reached = desk.window.actions_, []
    for action in actions.table:
        made = actions[action.id]
        made.triggered.disconnect()
        made.triggered.connect(lambda _on=False, name=action.id: reached.append(name))
        made.setEnabled(True)
    pressed = [action.id for action in actions.table if not actions[action.id].shortcut().isEmpty()]
    assert len(pressed) > 60
    for name in pressed:
        QTest.keySequence(focused, actions[name].shortcut())
    assert reached == pressed


def test_what_has_two_keys_is_reached_by_both_and_the_map_tells_them(desk: OpenDesk) -> None:
    window, title = desk.window, desk.milestone("Project kickoff").title
    desk.show("roadmap")
    window.session.attempt("Rename", lambda edit: activities.rename(edit, desk.milestone(title).id, "Start"))
    for redo in ("Ctrl+Shift+Z", "Ctrl+Y"):
        desk.do("edit.undo")
        assert desk.milestone(title)
        QTest.keySequence(window.roadmap.table, QKeySequence(redo))
        assert desk.milestone("Start")
    keys = dict(keys for _menu, keyed in window.actions_.key_map() for keys in keyed)
    assert keys["Redo"] == "Ctrl+Shift+Z, Ctrl+Y"
