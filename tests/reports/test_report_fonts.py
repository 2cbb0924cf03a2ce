"""Fonts of the system help out where they exist; where they do not, or typst refuses, codes are printed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import report_plans as plans
from pypdf import PdfReader
from report_plans import AURORA, STATUS_DATE, Row

from milestone_desktop.reports import fonts
from milestone_desktop.reports.fonts import Face, FontChoice, opened, shipped_fonts, system_faces, with_fallbacks
from milestone_desktop.reports.status import status_report
from milestone_desktop.resource_files import resource


def printed_text(title: str) -> tuple[str, set[str]]:
    """The text of the report about one milestone of that title, and the codes of what was replaced."""
    report = status_report(plans.plan_of([Row(title, "2026-11-20", "2026-12-04")]), AURORA, today=STATUS_DATE)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report.pdf)).pages)
    return "".join(text.split()), {entry.code for entry in report.replaced}


def test_only_the_shipped_fonts_are_shown_where_they_suffice() -> None:
    with opened(shipped_fonts()) as shown:
        found = shown.fonts()
    assert {font.family for font in found} == {"Inter"}
    assert {Path(font.path).parent for font in found if font.path} == {resource("fonts")}


def test_another_inter_of_the_system_is_never_taken() -> None:
    assert not [face for face in system_faces() if face.family.startswith("Inter")]


def test_families_are_chosen_by_what_they_draw_and_their_files_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inter itself plays the system's font, under other names."""
    bold, regular = resource("fonts", "Inter-Bold.ttf"), resource("fonts", "Inter-Regular.ttf")
    faces = [
        Face("Letters Mono", 400, regular, 0),
        Face("Letters Sans", 700, bold, 0),
        Face("Letters Sans", 400, regular, 0),
        Face("Broken Sans", 400, resource("fonts", "LICENSE.txt"), 0),
        Face("Gone Sans", 400, Path("no such font.ttf"), 0),
    ]
    monkeypatch.setattr(fonts, "system_faces", lambda: faces)
    choice = with_fallbacks(shipped_fonts(), {ord("Ж"), 0x65E5})
    assert choice.families == ("Letters Sans",)
    assert choice.files == (bold, regular)
    assert choice.draws(ord("Ж"))
    assert not choice.draws(0x65E5)
    with opened(choice) as shown:
        assert len(shown.fonts()) == 7


def test_without_any_other_font_a_title_is_printed_in_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "system_faces", list)
    text, codes = printed_text("日本 plan")
    assert text.count("[U+65E5][U+672C]plan") >= 2
    assert codes == {"U+65E5", "U+672C"}


def test_what_typst_refuses_after_all_is_replaced_and_the_rest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "system_faces", list)
    monkeypatch.setattr(FontChoice, "draws", lambda self, code: True)
    plan = plans.plan_of([Row("🎉 ready", "2026-11-20", "2026-12-04"), Row("Prüfung", "2026-11-20", "2026-12-05")])
    report = status_report(plan, AURORA, today=STATUS_DATE)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report.pdf)).pages)
    assert text.count("[U+1F389] ready") >= 2
    assert text.count("Prüfung") >= 2
    assert "U+1F389" in {entry.code for entry in report.replaced}
