"""Every key of the keyboard map reaches its action, wherever the keyboard is on the main pages."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from window_desk import OpenDesk, settle

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
