"""The workspaces that pictures are drawn of, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import milestones, templates
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.projects import Person, Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.template_choice import all_templates

NOW = datetime(2026, 11, 24, 10, 0)  # a plan's times have no time zone
MANY_ROWS = 10_000
GERMAN = (
    "Abnahme der Barrierefreiheitsprüfung einschließlich Nachbesserungsfristen durch die Sicherheitsbeauftragten",
    "Donaudampfschifffahrtsgesellschaftskapitänsprüfungsvorbereitung",
    "Rechtsschutzversicherungsgesellschaften informieren",
)
ARABIC = (
    "اعتماد خطة النشر النهائية من قبل لجنة الإشراف بعد مراجعة جميع الملاحظات",
    "تسليم النموذج الأولي إلى العميل",
    "مراجعة 3 وثائق (v2.1) قبل 12/04",
)
LONG_NAMES = (*GERMAN, *ARABIC)
PLACES = (
    "Aberdeen", "Bergen", "Cork", "Dresden", "Exeter", "Faro", "Ghent", "Hull", "Innsbruck", "Jena", "Kiel", "Leeds", "Metz",
    "Nantes", "Oulu", "Porto", "Rostock", "Split", "Turku", "Umeå", "Varna", "Wexford", "York", "Zagreb",
)  # fmt: skip
MANY_PROJECTS = len(PLACES)
PEOPLE = ("Dr. Friederike Müller-Lüdenscheidt von Hohenstein", "عبد الرحمن بن محمد الأنصاري")
Row = TypeVar("Row")


def empty() -> MemoryStorage:
    """A new workspace."""
    return MemoryStorage(seed_plan())


def one_project() -> MemoryStorage:
    """One project, fresh from the first template."""
    storage = MemoryStorage(seed_plan())
    document = Document(storage, lambda: NOW)
    with document.edit("Lay out") as edit:
        templates.create_project(edit, all_templates(document.plan)[0], "Aurora mobile app", NOW.toordinal() - 21, key="AUR")
    return storage


def blank() -> MemoryStorage:
    """One project in which there is nothing yet."""
    storage = MemoryStorage(seed_plan())
    document = Document(storage, lambda: NOW)
    nothing = next(template for template in all_templates(document.plan) if template.name == "blank")
    with document.edit("Lay out") as edit:
        templates.create_project(edit, nothing, "Aurora mobile app", NOW.toordinal(), key="AUR")
    return storage


def sample_workspace() -> MemoryStorage:
    """The sample: four projects, months of history."""
    storage = MemoryStorage(seed_plan())
    sample.fill(storage, NOW.toordinal())
    return storage


def long_names() -> MemoryStorage:
    """The sample, everything in it called by long German and Arabic names."""
    storage = sample_workspace()
    document = Document(storage, lambda: NOW)
    with document.edit("Rename") as edit:
        for number, row in enumerate(_by_id(document.plan.activities())):
            tags = ("Sicherheitsüberprüfung", ARABIC[1]) if number % 3 == 0 else row.tags
            edit.update(row, title=LONG_NAMES[number % len(LONG_NAMES)], tags=tags)
        for number, project in enumerate(_by_id(document.plan.all(Project))):
            edit.update(project, title=LONG_NAMES[number])
        for number, person in enumerate(_by_id(document.plan.all(Person))):
            edit.update(person, name=PEOPLE[number % len(PEOPLE)])
    return storage


def _by_id(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.id)  # type: ignore[attr-defined]  # every kind has an id


def many_rows() -> MemoryStorage:
    """One project of ten thousand rows with two links a row."""
    from frame_runs import big_plan

    return MemoryStorage(big_plan(MANY_ROWS))


def many_projects() -> MemoryStorage:
    """Two dozen projects from all templates, begun over the last year; the work of the older ones is overdue."""
    storage = MemoryStorage(seed_plan())
    document = Document(storage, lambda: NOW)
    layouts = [template for template in all_templates(document.plan) if template.activities]
    with document.edit("Lay out") as edit:
        for number in range(MANY_PROJECTS):
            kickoff = NOW.toordinal() - 330 + 15 * number
            templates.create_project(edit, layouts[number % len(layouts)], f"{PLACES[number]} branch", kickoff)
    return storage


def one_day() -> MemoryStorage:
    """One project with forty milestones on one day, between two others."""
    storage = MemoryStorage(seed_plan())
    document = Document(storage, lambda: NOW)
    nothing = next(template for template in all_templates(document.plan) if not template.activities)
    with document.edit("Lay out") as edit:
        project = templates.create_project(edit, nothing, "Forty sites", NOW.toordinal(), key="FOR")
        for number in range(42):
            day = NOW.toordinal() + (30 if 0 < number < 41 else 2 * number - 24)
            milestones.create(edit, project.id, f"Site {number} opens", at(day, 17 * 60))
    return storage


WORKSPACES: dict[str, Callable[[], MemoryStorage]] = {
    "empty": empty,
    "blank": blank,
    "one-project": one_project,
    "sample": sample_workspace,
    "long-names": long_names,
    "many-rows": many_rows,
    "many-projects": many_projects,
    "one-day": one_day,
}
