"""What a screen reader says: the names of what stands beside a label, and news and refusals where the keyboard is not."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget


def say_aloud(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Has a screen reader, where one runs, say something about a widget. urgent: at once, in the midst of what it says."""
    if not words or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def name_beside(field: QWidget, label: str) -> None:
    """Names what stands beside a label. Words that only tell keep themselves for a name, and are described by the label."""
    if isinstance(field, QLabel):
        field.setAccessibleDescription(label)
    else:
        field.setAccessibleName(label)
