"""Text that does not fit is cut where it ends, and stands whole in a tip."""

from PySide6.QtWidgets import QApplication

from milestone_desktop.desktop.elided import ElidedLabel, elided, runs_from_the_right
from milestone_desktop.desktop.theme import load_fonts

ARABIC = "اعتماد خطة النشر النهائية من قبل لجنة الإشراف"


def test_the_dots_stand_where_the_text_ends(qapp: QApplication) -> None:
    load_fonts()
    label = ElidedLabel()
    metrics = label.fontMetrics()
    assert elided(metrics, "short", 500) == "short"
    assert elided(metrics, ARABIC, 5000) == ARABIC
    assert elided(metrics, "a rather long title of a project", 80).endswith("…")
    assert elided(metrics, ARABIC, 80).endswith("…\u200f")
    label.deleteLater()


def test_the_first_letter_with_a_direction_decides() -> None:
    assert runs_from_the_right(ARABIC)
    assert runs_from_the_right(f"3. {ARABIC}")
    assert not runs_from_the_right("Launch إطلاق")
    assert not runs_from_the_right("12/04")


def test_a_label_gives_way_and_tells_the_whole_in_its_tip(qapp: QApplication) -> None:
    label = ElidedLabel()
    label.setText("Abnahme der Barrierefreiheitsprüfung einschließlich Nachbesserungsfristen")
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    label.resize(label.minimumSizeHint())
    label.show()
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(2000, 30)
    label.grab()
    assert label.toolTip() == ""
    label.close()
    label.deleteLater()
