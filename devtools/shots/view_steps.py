"""What a window does before a picture of filters, groups and views is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.shot import Prepare
from shots.steps import page, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow


def filtered(name: str, text: str, *grouping: str) -> Prepare:
    """A page of the first project with a typed filter and groups."""

    def prepare(window: MainWindow) -> QWidget | None:
        page(name)(window)
        window.session.shown.type(text)
        window.session.shown.set_grouping(grouping)
        settle()
        if name == "roadmap":
            window.roadmap.fit()
        return None

    return prepare


def understood(window: MainWindow) -> QWidget | None:
    """A date is being typed in the inspector, and its reading stands beside it."""
    from PySide6.QtTest import QTest

    from milestone_desktop.desktop.fields import ReadField

    page("milestones", "Prototype ready", inspector=True)(window)
    field = next(one for one in window.inspector.findChildren(ReadField) if one.accessibleName() == "Target" and one.isVisible())
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "+2w")
    settle()
    return None


def building(text: str) -> Prepare:
    """The dialog that builds a filter."""

    def prepare(window: MainWindow) -> QWidget | None:
        from milestone_desktop.desktop.dialogs.build_filter import BuildFilterDialog

        filtered("roadmap", text)(window)
        dialog = BuildFilterDialog(window.session, window)
        dialog.resize(860, 520)
        dialog.show()
        return dialog

    return prepare


def viewed(key: str, *grouping: str) -> Prepare:
    """A view of every workspace on the roadmap, altered where groups are given."""

    def prepare(window: MainWindow) -> QWidget | None:
        page("roadmap")(window)
        window.session.shown.set_grouping(())
        window.show_view(key)
        if grouping:
            window.session.shown.add(window.session.shown.read("owner:any"))
        window.session.shown.set_grouping(grouping)
        window.sidebar.count()
        settle()
        return None

    return prepare
