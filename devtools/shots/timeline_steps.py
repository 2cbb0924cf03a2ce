"""What the roadmap's timeline is made to show before its picture is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.shot import Prepare
from shots.steps import page, settle

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow
    from milestone_desktop.domain.activities import Activity


def scale(name: str, title: str = "Prototype ready") -> Prepare:
    """The roadmap in a view mode, about the day of an activity."""

    def prepare(window: MainWindow) -> QWidget | None:
        page("roadmap", title)(window)
        window.roadmap.set_scale(name)
        window.roadmap.axis.centre(_activity(window, title).end or 0)
        return None

    return prepare


def shown(*names: str, title: str = "Prototype ready") -> Prepare:
    """The roadmap with more shown than usual."""

    def prepare(window: MainWindow) -> QWidget | None:
        page("roadmap", title)(window)
        before = window.roadmap.shown
        window.roadmap.set_shown(before | set(names))
        settle()
        picture = window.grab()
        window.roadmap.set_shown(before)
        return _framed(window, picture)

    return prepare


def dragged(title: str, days: float) -> Prepare:
    """A bar or diamond on its way, with everything that follows it."""

    def prepare(window: MainWindow) -> QWidget | None:
        from PySide6.QtCore import QEvent, QPointF

        page("roadmap", "")(window)
        body, activity = window.roadmap.body, _activity(window, title)
        row = window.roadmap.model.row_of(activity.id)
        if row is None or activity.end is None:
            raise LookupError(f"no bar is called “{title}”")
        begin = activity.start if activity.start is not None else activity.end
        start = QPointF(body.axis.scale.x((begin + activity.end) // 2), body.row_box(row).center().y())
        _send(body, QEvent.Type.MouseButtonPress, start)
        for share in (0.5, 1.0):
            _send(body, QEvent.Type.MouseMove, start + QPointF(share * days * body.axis.scale.pixels_per_day, 0))
        settle()
        picture = window.grab()
        body.tool.cancel()
        return _framed(window, picture)

    return prepare


def _framed(window: MainWindow, picture: object) -> QWidget:
    """A picture that was taken already, as something to be drawn."""
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    if isinstance(picture, QPixmap):
        label.setPixmap(picture)
        label.setFixedSize(window.size())
    label.show()
    return label


def _activity(window: MainWindow, title: str) -> Activity:
    rows = window.session.plan.activities_where("project", window.session.project_id)
    return next(row for row in rows if row.title == title)


def _send(body: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QAbstractScrollArea, QApplication

    if not isinstance(body, QAbstractScrollArea):
        raise TypeError("the timeline scrolls")
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    view = body.viewport()
    QApplication.sendEvent(view, QMouseEvent(kind, at, view.mapToGlobal(at), button, left, Qt.KeyboardModifier.NoModifier))


def lanes(*grouping: str, title: str = "Prototype ready") -> Prepare:
    """The roadmap packed into lanes."""

    def prepare(window: MainWindow) -> QWidget | None:
        page("roadmap", title)(window)
        shown = window.session.shown
        shown.set_grouping(grouping)
        shown.set_packed(True)
        window.roadmap.fit()
        settle()
        picture = window.grab()
        shown.set_packed(False)
        shown.set_grouping(())
        return _framed(window, picture)

    return prepare
