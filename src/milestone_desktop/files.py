"""The only wiring of store, exchange and reports to documents: new, open, copy, check, import, print, draw."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.projects import project_with_key
from milestone_desktop.document.operations.templates import create_project
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.document.trial import Trial, try_out
from milestone_desktop.domain.dates import read_day
from milestone_desktop.domain.instants import Day, at
from milestone_desktop.domain.messages import N_, Message, PlanError, Translate, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import listed_projects
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.store import integrity
from milestone_desktop.store.backup import copy_file
from milestone_desktop.store.lock import LockedError
from milestone_desktop.store.recognise import is_database
from milestone_desktop.store.replacing import beside, discard, flush_to_disk
from milestone_desktop.store.storage import FileStorage
from milestone_desktop.store.workspace_file import create, open_
from milestone_desktop.template_choice import template_named
from milestone_desktop.tracking.figures import figures_of

if TYPE_CHECKING:
    from milestone_desktop.chart.shapes import Measure, Scene
    from milestone_desktop.exchange.apply import ImportResult
    from milestone_desktop.exchange.update import UpdateResult

Clock = Callable[[], datetime]
NOON = 720
KNOWN = N_("Project {key} came from the same plan already; “import --update {key}” brings it up to date.")


def new_workspace(path: Path, clock: Clock) -> Document:
    """Makes a workspace file with a calendar and workflow states and opens it.

    Raises PlanError where it cannot; then there is no file that was not there before.
    """
    create(path, seed_plan(), clock())
    try:
        return open_workspace(path, clock)
    except BaseException:
        discard(path)
        raise


def open_workspace(path: Path, clock: Clock, *, read_only: bool = False, take_over: bool = False) -> Document:
    """Opens a workspace file.

    Raises LockedError (a PlanError) where another window holds it, unless `read_only` or `take_over` is given, and
    other PlanErrors where it cannot be opened.
    """
    storage = open_(path, clock(), read_only=read_only, take_over=take_over)
    try:
        document = Document(storage, clock)
    except BaseException:
        storage.close()
        raise
    _spare_the_collector()
    return document


def _spare_the_collector() -> None:
    """Takes the first plan that a process opens, and the modules, out of the garbage collector's books: they hold no cycles,
    and looking through a million records for some would stop the window for a moment now and then. What lets go of a record
    still frees it."""
    if not gc.get_freeze_count():
        gc.freeze()


def is_in_use(error: PlanError) -> bool:
    """Whether opening failed because another window holds the workspace: it can be read, or a copy of it opened."""
    return isinstance(error, LockedError)


def save_copy(document: Document, path: Path, *, overwrite: bool = False) -> None:
    """Writes the whole workspace, with its journal, to another file. The document stays with its own."""
    storage = document.storage
    if not isinstance(storage, FileStorage):
        raise TypeError("this document is kept in memory only")
    storage.copy_to(path, document.clock(), overwrite=overwrite)


def copy_workspace(source: Path, target: Path, clock: Clock, *, overwrite: bool = False) -> None:
    """Copies a workspace file that need not be open here, also one that another window holds."""
    copy_file(source, target, clock(), overwrite=overwrite)


def check(path: Path) -> list[Message]:
    """What is wrong with a workspace file; nothing, if it is sound. It is only read."""
    return integrity.check(path)


def new_from_template(
    path: Path, clock: Clock, template: str, title: str, key: str | None = None, kickoff: str | None = None
) -> Document:
    """Makes a workspace with one project laid out from a template; kickoff as a person types a date, today if None.

    Raises PlanError where anything is wrong, and then there is no file.
    """
    today = clock().toordinal()
    first = today if kickoff is None else _day(kickoff, today)
    with _made_anew(path, clock) as document:
        chosen = template_named(document.plan, template)
        with document.edit("Add project") as edit:
            create_project(edit, chosen, title, first, key=key)
    return document


def new_sample(path: Path, clock: Clock) -> Document:
    """Makes a workspace with the sample as it stands today. Raises PlanError where it cannot; then there is no file."""
    from milestone_desktop.document import sample

    with _made_anew(path, clock) as document:
        sample.fill(document.storage, document.today)
        document.close()
    return open_workspace(path, clock)


def import_file(document: Document, source: Path, key: str | None = None) -> ImportResult:
    """Adds a project from another program's file as one edit. Raises PlanError; nothing has changed then."""
    from milestone_desktop.exchange import registry
    from milestone_desktop.exchange.apply import bring_in

    foreign = registry.read(source)
    with document.edit("Import") as edit:
        return bring_in(edit, foreign, key)


def import_into(source: Path, path: Path, clock: Clock, key: str | None = None) -> tuple[Project, ImportResult]:
    """Adds a project to a workspace file, which is made if it is missing. Returns the project and what was found.

    Raises PlanError; nothing has changed then.
    """
    from milestone_desktop.exchange import registry
    from milestone_desktop.exchange.apply import bring_in
    from milestone_desktop.exchange.update import imported_before

    foreign = registry.read(source)
    with closing(open_workspace(path, clock)) if path.exists() else _made_anew(path, clock) as document:
        known = imported_before(document.plan, foreign)
        with document.edit("Import") as edit:
            result = bring_in(edit, foreign, key)
        document.close()
        if known is not None:
            result = replace(result, findings=(message(KNOWN, key=known.key), *result.findings))
        return document.plan[Project, result.project_id], result


@dataclass(frozen=True, slots=True)
class Renewed:
    """What importing a file again did, or would do. trial: the dates that it moves."""

    project: Project
    result: UpdateResult
    trial: Trial


def import_again(
    source: Path, path: Path, clock: Clock, key: str, *, delete_gone: bool = False, only_look: bool = False
) -> Renewed:
    """Brings a project of a workspace file up to date from the file that it was imported from.

    key: of the project; delete_gone: rows that the file no longer holds are deleted; only_look: nothing is written.
    Raises PlanError; nothing has changed then.
    """
    from milestone_desktop.exchange import registry
    from milestone_desktop.exchange.said import recalled
    from milestone_desktop.exchange.update import bring_up_to_date

    foreign = registry.read(source)
    with closing(open_workspace(path, clock, read_only=only_look)) as document:
        project = project_with_key(document.plan, key)
        said = recalled(project, document.blob)
        results: list[UpdateResult] = []

        def action(edit: Edit) -> None:
            results.append(bring_up_to_date(edit, foreign, project.id, said, delete_gone=delete_gone))

        trial = try_out(document, action)
        if not only_look:
            with document.edit("Import again") as edit:
                action(edit)
        return Renewed(document.plan[Project, project.id], results[-1], trial)


def plan_of(path: Path, clock: Clock) -> tuple[Plan, tuple[Message, ...]]:
    """The plan in a workspace, or in any file that can be imported, for reading only; and what was not understood in such a
    file. Raises PlanError."""
    if is_database(path):
        with closing(open_workspace(path, clock, read_only=True)) as document:
            return document.plan, ()
    document = Document(MemoryStorage(seed_plan()), clock)
    return document.plan, import_file(document, path).findings


def chosen_project(plan: Plan, key: str | None) -> Project:
    """The project with that key, or the only one, scenarios aside. Raises PlanError where one has to be named."""
    if key is not None:
        return project_with_key(plan, key)
    rows = listed_projects(plan)
    if not rows:
        raise PlanError(N_("The workspace has no projects yet."), N_("Add one first."))
    if len(rows) > 1:
        raise PlanError(
            N_("The workspace has several projects."),
            N_("Name one with --project: {keys}."),
            keys=", ".join(row.key for row in rows),
        )
    return rows[0]


def write_status_report(
    document: Document,
    out: Path,
    key: str | None = None,
    status_date: str | None = None,
    translate: Translate = str,
    *,
    lanes: bool = False,
    more: Iterable[str] = (),
    less: Iterable[str] = (),
) -> list[Message]:
    """Prints the status report of a project as PDF. Returns what its reader should know: characters without a glyph.

    status_date: as a person types a date; None: the project's own, or else today; lanes: the roadmap shows all work items,
    several on a row; more, less: parts (`reports.parts.Part`) to have beside the usual ones, and to leave out.
    Raises PlanError; `out` is as it was then.
    """
    from milestone_desktop.reports.parts import USUAL, Part
    from milestone_desktop.reports.status import status_report

    require_suffix(out, ".pdf")
    project = chosen_project(document.plan, key)
    day = None if status_date is None else _day(status_date, document.today)
    receipts = document.receipts()
    report = status_report(
        document.plan,
        project.id,
        today=document.today,
        status_date=day,
        receipts=[(line.time, receipt) for line, receipt in receipts],
        figures=figures_of(document.plan, receipts, document.today, document.schedule()),
        translate=translate,
        lanes=() if lanes else None,
        parts=(USUAL | set(map(Part, more))) - set(map(Part, less)),
    )
    write_result(document, out, report.pdf)
    return [
        message(N_("No font has a glyph for {code}; printed as “{where}”."), code=found.code, where=found.where)
        for found in report.replaced
    ]


def roadmap_picture(
    document: Document,
    size: tuple[int, int],
    measure: Measure,
    key: str | None = None,
    translate: Translate = str,
    *,
    lanes: bool = False,
) -> Scene:
    """The roadmap of one project, or of all, as a picture of exactly `size` pixels; lanes: with several items on a row.
    Raises PlanError."""
    from milestone_desktop.chart.options import Options
    from milestone_desktop.chart.pictures import picture
    from milestone_desktop.chart.words import GettextWords

    rows = [project_with_key(document.plan, key)] if key is not None else listed_projects(document.plan)
    chosen = [row.id for row in rows]
    if not chosen:
        raise PlanError(N_("The workspace has no projects yet."), N_("Add one first."))
    status_date = document.plan[Project, chosen[0]].status_date if len(chosen) == 1 else None
    options = Options(words=GettextWords(translate), today=at(document.today, NOON), status_date=status_date)
    return picture(document.plan, chosen, size, options, measure, lanes=lanes)


def require_suffix(out: Path, *suffixes: str) -> None:
    """Raises PlanError where a result's name does not end in one of the suffixes: it may be a name given by mistake."""
    if out.suffix.lower() not in suffixes:
        raise PlanError(
            N_("“{name}” does not end in {suffixes}."),
            N_("Choose a name with such an ending."),
            name=out.name or str(out),
            suffixes=" / ".join(suffixes),
        )


def write_result(document: Document, out: Path, data: bytes) -> None:
    """Writes what was made of a document, never over the document itself. Raises PlanError."""
    storage = document.storage
    if isinstance(storage, FileStorage) and out.exists() and out.samefile(storage.path):
        raise PlanError(N_("“{name}” is the workspace itself and was left as it is."), N_("Choose another name."), name=out.name)
    write_whole(out, data)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file as a whole or not at all; an older one is replaced. Raises PlanError naming the file."""
    target = path.resolve()  # through a symbolic link, so that the link stays one
    if target.exists() and not target.is_file():
        raise PlanError(N_("“{name}” is not a file that can be replaced."), N_("Choose another name."), name=path.name)
    part = beside(target, "part")
    try:
        part.write_bytes(data)
        flush_to_disk(part)
        part.replace(target)
    except OSError as error:
        raise PlanError(
            N_("“{name}” could not be written: {reason}."),
            N_("Choose another folder or name."),
            name=path.name,
            reason=error.strerror or type(error).__name__,
        ) from error
    finally:
        discard(part)


def _day(text: str, today: Day) -> Day:
    """The day that a person typed. Raises PlanError, also where it has a time of day, which nobody would look at."""
    day, minute = read_day(text, today)
    if minute is not None:
        raise PlanError(N_("A day is wanted, and “{text}” has a time of day."), N_("Leave the time out."), text=text.strip())
    return day


@contextmanager
def _made_anew(path: Path, clock: Clock) -> Iterator[Document]:
    """A new workspace that is taken away again if the block fails."""
    document = new_workspace(path, clock)
    try:
        yield document
    except BaseException:
        document.close()
        discard(path)
        raise
