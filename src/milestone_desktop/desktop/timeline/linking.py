"""Dragging a dependency from an end of one bar to an end of another."""

from __future__ import annotations

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dependencies
from milestone_desktop.domain.activities import Activity, Dependency
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.loops import LoopsThrough
from milestone_desktop.domain.messages import N_, PlanError

TYPES = {
    (False, True): LinkType.FS,
    (True, True): LinkType.SS,
    (False, False): LinkType.FF,
    (True, False): LinkType.SF,
}
"""By whether it leaves the start of the one and whether it leads to the start of the other."""


class Link:
    """The activity where the drag began comes first. problem: why a release would do nothing, in words."""

    label = N_("Add dependency")

    def __init__(self, session: Session, activity: Activity, *, from_start: bool) -> None:
        self.activity = activity
        self.from_start = from_start
        self.target: Activity | None = None
        self.problem = ""
        self._session = session
        self._type = LinkType.FS
        self._loops = LoopsThrough(session.plan, activity.id)

    def over(self, target: Activity | None, *, to_start: bool) -> str:
        """The pointer is over `target`, or over nothing; returns what releasing would do."""
        self.target = target if target is not None and target.id != self.activity.id else None
        self.problem = ""
        if self.target is None:
            return _("{before} → drop on what follows it").format(before=self.activity.title)
        self._type = TYPES[self.from_start, to_start]
        if self._is_there(self.target):
            self.problem = _("The two are linked already.")
        try:
            self._loops.refuse(self.target.id)
        except PlanError as error:
            self.problem = say_error(error)
        return _("{before} → {after} ({type})").format(before=self.activity.title, after=self.target.title, type=self._type.value)

    def commit(self, edit: Edit) -> None:
        """Adds the dependency. Raises PlanError where it would close a loop."""
        if self.target is not None:
            dependencies.add(edit, self.activity.id, self.target.id, self._type)

    def _is_there(self, target: Activity) -> bool:
        links = self._session.plan.where(Dependency, "predecessor", self.activity.id)
        return any(link.successor == target.id for link in links)
