"""From report data to pages: PDF/A-3a that is also PDF/UA-1, or PNG for a preview. The same data gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from milestone_desktop.reports.fonts import FAMILY, FontChoice, opened
from milestone_desktop.reports.glyphs import texts_in
from milestone_desktop.resource_files import resource

if TYPE_CHECKING:
    import typst


def pdf(template: str, data: dict[str, Any], fonts: FontChoice) -> tuple[bytes, int]:
    """Returns the laid-out report and its number of pages. Raises typst.TypstError if a text cannot be drawn after all."""
    with opened(fonts) as shown:
        compiler = _compiler(template, data, fonts, shown)
        made = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=_timestamp(data["document_date"]))
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made, int(pages)


def pngs(template: str, data: dict[str, Any], fonts: FontChoice, pixels_per_inch: float) -> list[bytes]:
    """Returns each page as a PNG picture."""
    with opened(fonts) as shown:
        made = _compiler(template, data, fonts, shown).compile(format="png", ppi=pixels_per_inch)
    if made is None:
        raise TypeError("typst gave no pictures")
    return [made] if isinstance(made, bytes) else made


def undrawable(data: dict[str, Any], fonts: FontChoice) -> frozenset[str]:
    """Returns the texts of the data that typst refuses although each character has a glyph (a mark that no font joins)."""
    import typst

    with opened(fonts) as shown:
        doubtful = [text for text in sorted(set(texts_in(data))) if not text.isascii()]
        return frozenset(text for text in doubtful if not _is_drawn(text, fonts, shown, typst.TypstError))


def _is_drawn(text: str, fonts: FontChoice, shown: typst.Fonts, refusal: type[Exception]) -> bool:
    import typst

    try:
        typst.compile(
            _PROBE,
            font_paths=shown,
            ignore_system_fonts=True,
            sys_inputs={"text": text, "families": json.dumps(_families(fonts))},
            pdf_standards=["a-3a", "ua-1"],
        )
    except refusal:
        return False
    return True


_PROBE = b"""
#set document(title: "probe")
#set text(font: json(bytes(sys.inputs.families)), lang: "en")
#for weight in (400, 600, 700) { par(text(weight: weight, sys.inputs.text)) }
"""


def _compiler(template: str, data: dict[str, Any], fonts: FontChoice, shown: typst.Fonts) -> typst.Compiler:
    import typst

    inputs = {"report": json.dumps({**data, "families": _families(fonts)}, ensure_ascii=True, sort_keys=True)}
    return typst.Compiler(
        str(resource("reports", template)),
        root=str(resource("reports")),
        font_paths=shown,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def _families(fonts: FontChoice) -> list[str]:
    return [FAMILY, *fonts.families]


def _timestamp(day: Iterable[int]) -> int:
    """Noon of the report's day in seconds since 1970, so that no clock gets into the file."""
    year, month, date = day
    return int(datetime(year, month, date, 12, tzinfo=UTC).timestamp())
