"""What the palette offers for what is typed: a short command, actions, pages, projects, views, people, milestones and items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_desktop.desktop.actions import key_text
from milestone_desktop.desktop.offered_views import offered_views
from milestone_desktop.desktop.page_table import PAGES, Place
from milestone_desktop.desktop.palette.names import Names
from milestone_desktop.desktop.typed_dates import day_first, names
from milestone_desktop.desktop.words import _, instant_text, say
from milestone_desktop.document.document import Changed
from milestone_desktop.document.short_commands import Reading, ShortCommand, read_command
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.ranking import score
from milestone_desktop.domain.search import folded

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

MOST = 60
MOST_OF_A_GROUP = 12
RECENT_BONUS = 120
PROJECT_BONUS = 100
"""There are few projects and many things, whose keys begin with the project's."""

PREFIXES = {">": ("action", "page"), "#": ("thing",), "@": ("person",)}
"""What a text that begins with one of these signs looks for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. id: kind and name, such as `action:edit.undo`; note: what stands at its end; enabled: whether it can be done
    now; command: what a short command would do."""

    id: str
    group: str
    title: str
    note: str = ""
    enabled: bool = True
    run: Callable[[], object] | None = None
    command: ShortCommand | None = None


class Offers:
    """Finds the entries. recent: ids of entries taken last, the latest first."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._names = Names(window.session.plan)
        self.recent: list[str] = []
        window.session.changed.connect(self._on_changed)

    def take(self, entry: Entry) -> None:
        """Remembers that an entry was chosen."""
        if entry.command is None:
            self.recent = [entry.id, *(name for name in self.recent if name != entry.id)][:MOST_OF_A_GROUP]

    def find(self, text: str) -> list[Entry]:
        """What answers a text, best first within its group, the groups by their best. Raises PlanError where it is a short
        command that cannot be understood."""
        text = text.strip()
        kinds = PREFIXES.get(text[:1])
        wanted = folded(text[1:].strip() if kinds is not None else text)
        command = None if kinds is not None else self._command(text)
        found = [(points, entry) for points, entry in self._scored(wanted, kinds) if points > 0]
        best: dict[str, int] = {}
        for points, entry in found:
            best[entry.group] = max(best.get(entry.group, 0), points)
        found.sort(key=lambda pair: (-best[pair[1].group], pair[1].group, -pair[0]))
        return [*([command] if command is not None else []), *_limited(entry for _points, entry in found)]

    # inside

    def _command(self, text: str) -> Entry | None:
        session = self._window.session
        reading = Reading(
            session.today(), lambda project: session.facts.status_day(project, session.today()), session.project_id,
            day_first(), names(),
        )  # fmt: skip
        command = read_command(session.plan, text, reading)
        if command is None:
            return None
        return Entry("command", _("Do"), say(command.words), _("Enter"), not session.document.read_only, None, command)

    def _scored(self, wanted: str, kinds: tuple[str, ...] | None) -> Iterator[tuple[int, Entry]]:
        """Every entry with its score. Where nothing is typed, what was taken last, then all actions."""
        bonus = {name: RECENT_BONUS - 5 * number for number, name in enumerate(self.recent)}
        for kind, source in (
            ("action", self._actions), ("page", self._pages), ("project", self._projects), ("person", self._people),
            ("view", self._views),
        ):  # fmt: skip
            if kinds is not None and kind not in kinds:
                continue
            for entry in source():
                points = score(wanted, folded(entry.title))
                points += PROJECT_BONUS if points and kind == "project" else 0
                if points and not entry.enabled:
                    points = max(1, points - RECENT_BONUS)
                yield points + (bonus.get(entry.id, 0) if points else 0), entry
        if kinds is None or "thing" in kinds:
            yield from self._things(wanted, bonus)

    def _actions(self) -> Iterator[Entry]:
        actions = self._window.actions_
        for action in actions.table:
            made = actions[action.id]
            title = made.text().replace("&", "")
            yield Entry(f"action:{action.id}", _("Actions"), title, key_text(made), made.isEnabled(), made.trigger)

    def _pages(self) -> Iterator[Entry]:
        """The pages that can be shown now and have a tab or a place in More; those with an action of their own are there."""
        here, taken = self._window.session.project_id is not None, {action.id for action in self._window.actions_.table}
        for name, page in PAGES.items():
            if page.place is not Place.ELSEWHERE and page.fits(with_project=here) and f"view.{name}" not in taken:
                yield Entry(f"page:{name}", _("Pages"), page.title(), "", True, self._shower(name))

    def _projects(self) -> Iterator[Entry]:
        session = self._window.session
        for project in session.facts.projects():
            title = f"{project.key} {project.title}"
            yield Entry(f"project:{project.id}", _("Projects"), title, _(project.status.value), True, self._opener(project.id))

    def _views(self) -> Iterator[Entry]:
        for view in offered_views(self._window.session):
            yield Entry(f"view:{view.key}", _("Views"), view.title, "", True, self._view(view.key))

    def _people(self) -> Iterator[Entry]:
        for person in self._window.session.facts.people():
            yield Entry(f"person:{person.id}", _("People"), person.name, person.role, True, self._owner(person.id))

    def _things(self, wanted: str, bonus: dict[str, int]) -> Iterator[tuple[int, Entry]]:
        plan, facts, today = self._window.session.plan, self._window.session.facts, self._window.session.today()
        recent = [int(name.partition(":")[2]) for name in self.recent if name.startswith("thing:")]
        listed = {project.id for project in facts.projects()}
        for row_id, points in self._names.best(wanted, MOST, recent):
            row = plan.activity(row_id)
            if row is None or row.project not in listed:
                continue
            group = _("Milestones") if isinstance(row, Milestone) else _("Work items")
            title = f"{facts.code(row)} {row.title}".strip()
            note = " · ".join(part for part in (plan[Project, row.project].title, instant_text(row.end, today)) if part)
            entry = Entry(f"thing:{row_id}", group, title, note, True, self._thing(row_id))
            yield points + bonus.get(entry.id, 0), entry

    def _shower(self, page: str) -> Callable[[], object]:
        return lambda: self._window.show_page(page)

    def _view(self, key: str) -> Callable[[], object]:
        return lambda: self._window.show_view(key)

    def _opener(self, project: int) -> Callable[[], object]:
        return lambda: self._window.session.show_project(project)

    def _owner(self, person: int) -> Callable[[], object]:
        return lambda: self._window.show_owner(person)

    def _thing(self, row_id: int) -> Callable[[], object]:
        return lambda: self._window.show_found(row_id)

    def _on_changed(self, event: Changed) -> None:
        self._names.heed(event.change_set)


def _limited(entries: Iterable[Entry]) -> Iterator[Entry]:
    """A few of each group, and not too many of all."""
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.group] = counts.get(entry.group, 0) + 1
        if counts[entry.group] <= MOST_OF_A_GROUP and sum(min(n, MOST_OF_A_GROUP) for n in counts.values()) <= MOST:
            yield entry
