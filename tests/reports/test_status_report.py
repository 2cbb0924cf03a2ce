"""The status report as a file: what stands on its pages, that it is an archive file for everyone, and always the same."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import report_plans as plans
from pypdf import PdfReader
from report_plans import AURORA, STATUS_DATE, Row

from milestone_desktop.domain.instants import day_from_iso, day_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.reports.status import Report, preview, status_report

HOSTILE = (
    "日本語の計画",
    "خطة المشروع",
    "Launch 🎉 👨‍👩‍👧",
    "bell\x07 and \x00 nul",
    '#import "x": *',
    "$math$ @ref <label>",
    "</svg><script>",
    "back\\slash \\u{41} *b* _i_ `c`",
    "a\u0301\u0489 ת\u05b0 \u202e",
    "own \ue000 \uffff \ud800",
    "नमस्ते ไทย 한국",
    "line\nbreak\ttab\u2028x",
    "{title} %s {0}",
    "   ",
    "Ünïcode – “q” → ≤ ✓",
)


def printed(plan: Plan) -> Report:
    return status_report(plan, AURORA, today=STATUS_DATE, receipts=())


def text_of(report: Report) -> str:
    """The text of all pages in reading order, each run of blanks and line breaks as one space."""
    pages = PdfReader(io.BytesIO(report.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def squeezed(text: str) -> str:
    """The text without any blank: a long title is broken into lines wherever it must be."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def aurora() -> Report:
    receipts = [plans.moved(plans.PROTOTYPE, "2026-11-16T10:00", "2026-12-02", "2026-12-04", 2)]
    return status_report(plans.aurora(), AURORA, today=STATUS_DATE, receipts=receipts)


def test_every_milestone_stands_in_the_table_and_in_the_picture(aurora: Report) -> None:
    text = text_of(aurora)
    picture, table = text.split("Planned / actual", 1)[0].split("Roadmap", 1)[1], text.split("Planned / actual", 1)[1]
    for row in plans.SEVEN:
        assert row.title in picture
        assert row.title in table


def test_the_page_states_the_headline_figures_and_the_table(aurora: Report) -> None:
    text = text_of(aurora)
    for words in (
        "Aurora mobile app",
        "Status report · 23 Nov 2026",
        "Field crews see and close jobs without a network.",
        "! Late",
        "2 of 7",
        "milestones completed",
        "53 %",
        "next: Prototype ready, +10 wd",
        "“Prototype ready” was promised for 20 Nov 2026 and is now planned for 4 Dec 2026, 10 working days later.",
        "Freeze the scope of the map screens (by 27 Nov 2026, owner: programme lead)",
        "mobile lead 20 Nov 2026 4 Dec 2026 +10 wd ! Late",
        "programme lead 15 Sep 2026 18 Sep 2026 +3 wd ✓ Completed",
        "programme lead 4 Sep 2026 4 Sep 2026 on time ✓ Completed",
        "16 Nov 2026: Prototype ready, 2 Dec 2026 → 4 Dec 2026 (+2 wd)",
        "4 Dec 2026: Prototype ready (2 of 5 criteria open)",
        "Target: baseline 1, 1 Sep 2026",
        "1 / 1",
    ):
        assert words in text, words


def test_the_file_is_tagged_and_says_which_standards_it_keeps(aurora: Report) -> None:
    reader = PdfReader(io.BytesIO(aurora.pdf))
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    metadata = root["/Metadata"].get_object().get_data().decode()
    for part in ("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"):
        assert part in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "Aurora mobile app"


def test_the_file_has_an_outline_of_its_sections(aurora: Report) -> None:
    entries = PdfReader(io.BytesIO(aurora.pdf)).outline
    titles = [entry.title for entry in entries if not isinstance(entry, list)]
    assert titles == ["Decisions wanted", "Roadmap", "Milestones", "Moves in the last 30 days", "Next 30 days"]


def test_the_picture_has_words_for_those_who_cannot_see_it(aurora: Report) -> None:
    assert "7 milestones from 4 Sep 2026 to 12 Feb 2027" in aurora.data["picture"]["alt"]


def structure_types(report: Report) -> set[str]:
    """The types of all elements of the tag tree."""
    root = PdfReader(io.BytesIO(report.pdf)).trailer["/Root"]["/StructTreeRoot"]
    found: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += [child for child in node if not isinstance(child, int)]
        elif isinstance(node, dict):
            found.add(str(node.get("/S", "")))
            if "/K" in node and not isinstance(node["/K"], int):
                waiting.append(node["/K"])
    return found


def test_headings_table_and_figure_are_tagged_as_such(aurora: Report) -> None:
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/P"} <= structure_types(aurora)


def test_every_font_is_embedded(aurora: Report) -> None:
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(aurora.pdf)).pages
        for font in page["/Resources"]["/Font"].get_object().values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "Inter" in font["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_two_runs_in_two_processes_give_the_same_bytes(aurora: Report) -> None:
    code = (
        "import hashlib, report_plans as p; from milestone_desktop.reports.status import status_report;"
        "r = status_report(p.plan_of([p.Row('日本 é 🎉', '2026-11-20', '2026-12-04')]), 1, today=p.STATUS_DATE);"
        "print(hashlib.sha256(r.pdf).hexdigest())"
    )
    source = Path(sys.modules["milestone_desktop"].__file__ or "").parents[1]
    path = os.pathsep.join((str(source), str(Path(plans.__file__).parent)))
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    here = printed_one()
    assert runs == [hashlib.sha256(here.pdf).hexdigest()] * 2


def printed_one() -> Report:
    return status_report(plans.plan_of([Row("日本 é 🎉", "2026-11-20", "2026-12-04")]), AURORA, today=STATUS_DATE)


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_makes_the_report_fail(title: str) -> None:
    report = printed(plans.plan_of([Row(title, "2026-11-20", "2026-12-04")], title=title, description=title))
    assert report.pages == 1
    assert len(PdfReader(io.BytesIO(report.pdf)).pages) == 1


def test_all_such_titles_together_print_and_what_was_replaced_is_listed() -> None:
    rows = [Row(title, "2026-11-20", "2026-12-04") for title in HOSTILE]
    report = printed(plans.plan_of(rows))
    assert {"U+0007", "U+0000", "U+E000", "U+FFFF", "U+D800"} <= {entry.code for entry in report.replaced}
    assert "bell[U+0007] and [U+0000] nul" in {entry.where for entry in report.replaced}
    text = squeezed(text_of(report))
    for words in (
        '#import"x":*',
        "$math$@ref<label>",
        "</svg><script>",
        "back\\slash\\u{41}*b*_i_`c`",
        "{title}%s{0}",
        "bell[U+0007]",
    ):
        assert text.count(words) >= 2, words
    assert "Charactersthatcannotbeprintedareshownascodes:" in text


def test_a_title_of_500_letters_is_printed_in_full() -> None:
    for title in ("word " * 100, "Unbroken" * 63):
        report = printed(plans.plan_of([Row(title, "2026-11-20", "2026-12-04"), *plans.SEVEN]))
        table = squeezed(text_of(report)).split("Planned/actual", 1)[1]
        assert squeezed(title) in table


def test_two_hundred_milestones_run_over_pages_with_the_head_repeated() -> None:
    days = [day_to_iso(day_from_iso("2026-09-04") + 3 * number) for number in range(200)]
    rows = [Row(f"Milestone {number:03d}", day, day) for number, day in enumerate(days)]
    report = printed(plans.plan_of(rows))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(report.pdf)).pages]
    assert report.pages == len(pages) > 4
    table_pages = [page for page in pages if "Planned / actual" in page]
    assert len(table_pages) >= 4
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    picture, table = text_of(report).split("Planned / actual", 1)
    for row in rows:
        assert row.title in table
        assert row.title in picture.split("Roadmap", 1)[1]


def test_plans_without_milestones_or_without_dates_print() -> None:
    empty = printed(plans.plan_of([]))
    assert "This project has no milestones." in text_of(empty)
    assert "There are none yet." in text_of(empty)
    undated = printed(plans.plan_of([Row("Somewhen"), Row("Somehow")]))
    assert "0 of 2" in text_of(undated)
    assert text_of(undated).count("Somewhen") >= 1


def test_letter_paper_and_another_language() -> None:
    report = status_report(
        plans.aurora(), AURORA, today=STATUS_DATE, paper="us-letter", language="de-AT",
        translate=lambda text: {"Milestones": "Meilensteine"}.get(text, text),
    )  # fmt: skip
    reader = PdfReader(io.BytesIO(report.pdf))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert reader.trailer["/Root"]["/Lang"] == "de-AT"
    assert "Meilensteine" in text_of(report)


def test_the_plan_is_left_as_it_was() -> None:
    plan, untouched = plans.aurora(), plans.aurora()
    status_report(plan, AURORA, today=STATUS_DATE, status_date=STATUS_DATE + 100)
    assert plan == untouched


def test_the_preview_shows_the_same_pages(aurora: Report) -> None:
    pages = preview(aurora, pixels_per_inch=40)
    assert len(pages) == aurora.pages
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_an_unknown_project_is_something_a_person_can_mend() -> None:
    with pytest.raises(PlanError, match="There is no such project"):
        status_report(plans.aurora(), 99, today=STATUS_DATE)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_poppler_finds_every_milestone_twice(aurora: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(aurora.pdf)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    for row in plans.SEVEN:
        assert text.count(row.title) >= 2, row.title
