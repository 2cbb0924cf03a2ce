"""Asks for the name of a view, and where it is to be offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField, LineField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import views
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import View


class SaveViewDialog(FormDialog):
    """For a new view (definition), or to rename one (view). made: the id of the view that was saved."""

    label = N_("Save view")

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        definition: Mapping[str, Any] | None = None,
        view: View | None = None,
        name: str = "",
    ) -> None:
        title = _("Save view") if view is None else _("Rename view")
        super().__init__(session, title, _("Save") if view is None else _("Rename"), parent)
        self._definition, self._view = dict(definition or {}), view
        self.made: int | None = None
        self.name = LineField()
        self.name.setText(view.name if view is not None else name)
        self.add(_("Name"), self.name)
        self.where = ChoiceField()
        project = session.project
        choices: list[tuple[object, str]] = [(None, _("In all projects"))]
        if project is not None:
            choices.insert(0, (project.id, _("Only in {project}").format(project=project.title)))
        self.where.offer(choices, view.project if view is not None else choices[0][0])
        self.add(_("Offered"), self.where)
        self.name.selectAll()
        self.name.setFocus()

    def write(self, edit: Edit) -> None:
        project = self.where.currentData()
        if self._view is None:
            self.made = views.create(edit, self.name.text(), self._definition, project).id
            return
        row = views.set_project(edit, self._view.id, project)
        self.made = views.rename(edit, row.id, self.name.text()).id
