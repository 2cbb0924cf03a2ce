"""Small things that Qt's layouts need."""

from __future__ import annotations

from PySide6.QtWidgets import QLayoutItem


def delete_item(item: QLayoutItem | None) -> None:
    """Deletes the widget of an item that was taken out of its layout."""
    widget = item.widget() if item is not None else None
    if widget is not None:
        widget.hide()
        widget.deleteLater()
