"""`report`: the PDF, whose project, as of when, and always the same."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command_line import NOW, ODD_TITLES, CommandLine, everything_in, in_process
from pypdf import PdfReader

from milestone_desktop import files
from milestone_desktop.document.operations import milestones, projects
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import instant


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_every_milestone_stands_twice_in_an_archive_file_for_everyone(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert run.done("report", plan, out, "--status-date", "2026-09-14") == ""
    text = text_of(out)
    assert "Aurora mobile app" in text
    assert "14 Sep 2026" in text
    picture, table = text.split("Planned / actual", 1)[0].split("Roadmap", 1)[1], text.split("Planned / actual", 1)[1]
    document = files.open_workspace(plan, lambda: NOW, read_only=True)
    titles = [row.title for row in document.plan.all(Milestone)]
    document.close()
    assert len(titles) == 7
    for title in titles:
        assert title in picture
        assert title in table
    reader = PdfReader(out)
    root: Any = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    metadata = root["/Metadata"].get_object().get_data().decode()
    for part in ("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"):
        assert part in metadata
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].get_object().values():
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")
def test_poppler_says_tagged_and_finds_every_milestone_twice(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    run.done("report", plan, out)
    told = subprocess.run(["pdfinfo", out], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Tagged:\s+yes$", told, re.MULTILINE)
    text = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True).stdout
    for title in ("Project kickoff", "Planning complete", "Prototype ready", "Go-live", "Lessons learned"):
        assert text.count(title) >= 2


def test_where_there_are_several_projects_one_has_to_be_named(run: CommandLine, two: Path, tmp_path: Path) -> None:
    before = everything_in(tmp_path)
    assert "FIR, SEC" in run("report", two, tmp_path / "out.pdf").refused()
    assert "FIR, SEC" in run("report", two, tmp_path / "out.pdf", "--project", "NOPE").refused()
    assert everything_in(tmp_path) == before
    for key, title in (("FIR", "First"), ("old", "First"), (" sec ", "Second")):
        run.done("report", two, tmp_path / "out.pdf", "--project", key)
        assert text_of(tmp_path / "out.pdf").startswith(title)


def test_a_workspace_without_projects(run: CommandLine, tmp_path: Path) -> None:
    files.new_workspace(tmp_path / "a.milestones", lambda: NOW).close()
    assert "no projects yet" in run("report", tmp_path / "a.milestones", tmp_path / "out.pdf").refused()
    assert "no projects yet" in run("picture", tmp_path / "a.milestones", tmp_path / "out.svg").refused()
    assert list(everything_in(tmp_path)) == ["a.milestones"]


@pytest.mark.parametrize(
    ("out", "words", "expected"),
    [
        ("out.pdf", ["--status-date", "31.31"], "31.31"),
        ("out.pdf", ["--status-date", ""], "not a date"),
        ("out.pdf", ["--status-date", "2026-11-24 9:00"], "time of day"),
        ("nowhere/out.pdf", [], "could not be written"),
        ("out.txt", [], ".pdf"),
        ("plan.milestones", [], ".pdf"),
        ("folder.pdf", [], "not a file"),
        ("folder", [], ".pdf"),
        ("twin.pdf", [], "workspace itself"),
        ("link.pdf", [], "workspace itself"),
    ],
)
def test_what_cannot_be_printed_or_written(
    run: CommandLine, plan: Path, tmp_path: Path, out: str, words: list[str], expected: str
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "twin.pdf").hardlink_to(plan)
    (tmp_path / "link.pdf").symlink_to(plan)
    before = everything_in(tmp_path)
    assert expected in run("report", plan, tmp_path / out, *words).refused()
    assert everything_in(tmp_path) == before


def test_an_older_report_is_replaced_and_kept_if_that_fails(
    run: CommandLine, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"older")
    before = everything_in(tmp_path)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("milestone_desktop.files.flush_to_disk", full)
        assert "No space left" in run("report", plan, out).refused()
    assert everything_in(tmp_path) == before
    run.done("report", plan, out)
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif("__import__('os').name == 'nt'", reason="making links needs a right there")
def test_a_link_to_an_older_report_stays_a_link(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"older")
    (tmp_path / "out.pdf").symlink_to("real.pdf")
    run.done("report", plan, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes().startswith(b"%PDF-")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.milestones"
    document = files.new_workspace(path, lambda: NOW)
    with document.edit("Add") as edit:
        project = projects.create(edit, "計画 🎉 \x1b[31m #import", key="H", start=instant(2026, 9, 1, 9))
        for number, title in enumerate(ODD_TITLES):
            milestones.create(edit, project.id, title, instant(2026, 12, 4 + number, 17))
    document.close()
    return path


def test_the_same_bytes_each_time_and_everywhere(run: CommandLine, hostile: Path, tmp_path: Path) -> None:
    made = []
    run("report", hostile, tmp_path / "0.pdf", "--status-date", "2026-11-24")
    made.append((tmp_path / "0.pdf").read_bytes())
    for number, environment in enumerate(
        ({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, {"TZ": "Etc/GMT+12", "PYTHONHASHSEED": "2", "LANG": "C"}), 1
    ):
        folder = tmp_path / f"cwd{number}"
        folder.mkdir()
        words = ["report", "../hostile.milestones", f"../{number}.pdf", "--status-date", "2026-11-24"]
        assert in_process(*words, environment=environment, folder=folder).code == 0
        made.append((tmp_path / f"{number}.pdf").read_bytes())
    assert made[0] == made[1] == made[2]


def test_characters_that_cannot_be_printed_are_told(run: CommandLine, hostile: Path, tmp_path: Path) -> None:
    result = run("report", hostile, tmp_path / "out.pdf")
    assert (result.code, result.out) == (0, "")
    told = result.err.splitlines()
    assert any("U+0007" in line and "bell[U+0007] rings" in line for line in told)
    assert any("U+001B" in line for line in told)
    assert "\x1b" not in result.err
    assert all(line.endswith(".") for line in told)
    text = "".join(text_of(tmp_path / "out.pdf").split())
    for words in ("bell[U+0007]rings", '#import"x":*', "$x$<b>&@y"):
        assert text.count(words) >= 2, words


def test_the_status_date_makes_a_difference(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    pages = []
    for day in ("2026-08-20", "2026-12-24"):
        run.done("report", plan, tmp_path / "out.pdf", "--status-date", day)
        pages.append(text_of(tmp_path / "out.pdf"))
    assert "Late" not in pages[0].split("Planned / actual", 1)[1]
    assert "Late" in pages[1].split("Planned / actual", 1)[1]


def test_reading_leaves_the_workspace_as_it_is(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    before = everything_in(tmp_path)
    run.done("report", plan, tmp_path / "out.pdf")
    after = everything_in(tmp_path)
    assert io.BytesIO(after.pop("out.pdf") or b"").read(5) == b"%PDF-"
    assert after == before


def test_parts_are_chosen(run: CommandLine, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    run.done("report", plan, out)
    assert "Milestone Name" not in text_of(out)
    run.done("report", plan, out, "--with", "milestone-report", "--without", "milestones", "--without", "roadmap")
    text = text_of(out)
    assert "Milestone Name Owner Due Date Status Tasks" in text
    assert "Planned / actual" not in text
    assert "Roadmap" not in text
    before = everything_in(tmp_path)
    assert "invalid choice: 'weather'" in run("report", plan, out, "--with", "weather").refused()
    assert everything_in(tmp_path) == before
