"""Small things that layouts need."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget

Part = QWidget | QLayout


def delete_item(item: QLayoutItem | None) -> None:
    """Deletes the widget of an item that was taken out of its layout."""
    widget = item.widget() if item is not None else None
    if widget is not None:
        widget.hide()
        widget.deleteLater()


def hairline(*, vertical: bool) -> QWidget:
    """A line one pixel wide in the theme's colour."""
    line = QWidget()
    line.setObjectName("hairline")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def column_of(*parts: Part | tuple[Part, int]) -> QWidget:
    """A widget of parts below one another, without gaps; each may come with the share of the height that it takes."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for entry in parts:
        part, share = entry if isinstance(entry, tuple) else (entry, 0)
        if isinstance(part, QWidget):
            column.addWidget(part, share)
        else:
            column.addLayout(part, share)
    return whole


def centre_of(bars: Iterable[QWidget], banners: Iterable[QWidget], page: QWidget) -> QWidget:
    """The middle of the window: bars from edge to edge, banners with room at their sides, and the page below."""
    centre = QWidget()
    centre.setObjectName("centre")
    centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(centre)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for bar in bars:
        layout.addWidget(bar)
    layout.addLayout(Banners(banners))
    layout.addWidget(page, 1)
    return centre


class Banners(QVBoxLayout):
    """Banners below one another with room around them, which takes no height while none is shown."""

    SIDES, ENDS = 18, 6

    def __init__(self, banners: Iterable[QWidget]) -> None:
        super().__init__()
        self._banners = tuple(banners)
        self.setSpacing(4)
        for banner in self._banners:
            self.addWidget(banner)
            banner.installEventFilter(self)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        ends = self.ENDS if any(not banner.isHidden() for banner in self._banners) else 0
        self.setContentsMargins(self.SIDES, ends, self.SIDES, ends)
