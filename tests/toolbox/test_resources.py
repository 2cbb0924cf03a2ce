"""What ships with the program is there, can be read by those who use it, and carries its licence."""

import io
import re
import sys
import xml.etree.ElementTree as ElementTree  # our own files, not a stranger's
from pathlib import Path

import dev
import pypdf
import pytest
import typst
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer

from milestone_desktop.resource_files import resource, resources_root
from milestone_desktop.store.schema import APPLICATION_ID

FONTS = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf", "Inter-Italic.ttf")
ICONS = """
arrow-down arrow-left arrow-right arrow-up book-open briefcase calendar calendar-check calendar-days chart-gantt chart-line
check chevron-down chevron-right chevrons-down-up chevrons-up-down circle-alert circle-help clipboard clipboard-paste command
copy diamond diamond-plus download ellipsis eye eye-off file-input file-plus file-text filter flag folder-open group history
image indent-decrease indent-increase info keyboard layers link list-checks list-plus lock maximize minimize monitor moon
panel-left panel-right paperclip pin plus printer receipt redo-2 save scissors search settings star sun tag target trash-2
trending-up triangle-alert undo-2 unlink upload user users x zoom-in zoom-out
"""


def test_a_resource_is_found_beside_the_module() -> None:
    assert resource("icons", "plus.svg") == resources_root() / "icons" / "plus.svg"
    assert resource("themes").is_dir()


def test_every_folder_of_resources_holds_a_file() -> None:
    """Git keeps no empty folder: a clean checkout would lack it."""
    folders = [path for path in resources_root().rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert [path.name for path in folders if not any(child.is_file() for child in path.rglob("*"))] == []


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/nothing\.svg is missing"):
        resource("icons", "nothing.svg")


def test_a_frozen_program_looks_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    file = tmp_path / "milestone_desktop" / "resources" / "icons" / "plus.svg"
    file.parent.mkdir(parents=True)
    file.touch()
    assert resource("icons", "plus.svg") == file


def test_every_icon_is_there_and_can_be_coloured() -> None:
    missing = [name for name in ICONS.split() if not (resource("icons") / f"{name}.svg").is_file()]
    assert missing == []
    fixed = [path.name for path in resource("icons").glob("*.svg") if "currentColor" not in path.read_text(encoding="utf-8")]
    assert fixed == ["milestone-desktop.svg"]


def test_every_icon_can_be_drawn(qapp: QGuiApplication) -> None:
    drawings = {path.name: path.read_bytes() for path in resource("icons").glob("*.svg")}
    assert [name for name, data in drawings.items() if not QSvgRenderer(QByteArray(data)).isValid()] == []


def test_the_program_icon_is_256_pixels_wide(qapp: QGuiApplication) -> None:
    image = QImage(str(resource("icons", "milestone-desktop.png")))
    assert (image.width(), image.height()) == (256, 256)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(128, 96).name() == "#ffffff"


def test_qt_knows_every_font_as_inter(qapp: QGuiApplication) -> None:
    for name in FONTS:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        assert "Inter" in QFontDatabase.applicationFontFamilies(number), name


def test_figures_can_be_of_one_width(qapp: QGuiApplication) -> None:
    QFontDatabase.addApplicationFont(str(resource("fonts", "Inter-Regular.ttf")))
    font = QFont("Inter", 20)
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") < metrics.horizontalAdvance("0000")
    font.setFeature(QFont.Tag("tnum"), 1)
    tabular = QFontMetricsF(font)
    assert tabular.horizontalAdvance("1111") == pytest.approx(tabular.horizontalAdvance("0000"))


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("weight: 400", "Regular"),
        ("weight: 500", "Medium"),
        ("weight: 600", "SemiBold"),
        ("weight: 700", "Bold"),
        ('style: "italic"', "Italic"),
    ],
)
def test_typst_finds_each_style_of_inter(style: str, name: str) -> None:
    source = f'#set text(font: "Inter", fallback: false, {style})\nMilestone 111'.encode()
    data = typst.compile(source, font_paths=[str(resource("fonts"))], ignore_system_fonts=True)
    assert isinstance(data, bytes)
    fonts = pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]
    assert [font.get_object()["/BaseFont"].partition("+")[2] for font in fonts.values()] == [f"Inter-{name}"]


def test_licences_of_fonts_and_icons_are_kept() -> None:
    assert "SIL OPEN FONT LICENSE" in resource("fonts", "LICENSE.txt").read_text(encoding="utf-8").upper()
    icons = resource("icons", "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in icons
    assert "Cole Bemis" in icons


def test_every_locked_library_has_its_notice() -> None:
    notices = (dev.ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8").lower()
    locked = re.findall(r"^([a-z0-9-]+)==", (dev.REQUIREMENTS / "run.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(locked) > 10
    assert [name for name in locked if name not in notices] == []
    assert "Apache License" in (dev.ROOT / "LICENSE").read_text(encoding="utf-8")


def test_every_pinned_requirement_is_hashed() -> None:
    for lock in ("run", "dev"):
        blocks = re.split(r"(?m)^(?=[a-z])", (dev.REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8"))
        assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("suffix", ["xml", "metainfo.xml"])
def test_the_linux_files_agree_on_their_names(suffix: str) -> None:
    folder = dev.ROOT / "packaging" / "linux"
    root = ElementTree.parse(folder / f"org.milestonedesktop.MilestoneDesktop.{suffix}").getroot()
    text = ElementTree.tostring(root, encoding="unicode")
    entry = (folder / "org.milestonedesktop.MilestoneDesktop.desktop").read_text(encoding="utf-8")
    assert "application/x-milestones" in text
    assert "MimeType=application/x-milestones;" in entry
    assert "Icon=milestone-desktop\n" in entry


def test_the_file_type_is_recognised_by_the_workspace_mark() -> None:
    tree = ElementTree.parse(dev.ROOT / "packaging" / "linux" / "org.milestonedesktop.MilestoneDesktop.xml")
    namespace = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    marks = {match.get("offset"): match.get("value") for match in tree.iterfind(".//m:match", namespace)}
    assert marks == {"0": "SQLite format 3", "68": APPLICATION_ID.to_bytes(4, "big").decode("ascii")}
