"""The parts by themselves: column tables, words, typed dates, lags, themes, jobs, settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QLocale, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from window_desk import finish_jobs

from milestone_desktop.desktop import jobs
from milestone_desktop.desktop.activity_fields.reading import read_money, read_percent, read_points
from milestone_desktop.desktop.amounts import amount_text, money_text, read_amount
from milestone_desktop.desktop.icons import Icons
from milestone_desktop.desktop.lags import lag_text, read_lag
from milestone_desktop.desktop.models.columns import Column, ColumnTable, Editor, Role, matching_ids, sorted_ids
from milestone_desktop.desktop.settings import MOST_RECENT_FILES, Settings
from milestone_desktop.desktop.stylesheet import stylesheet
from milestone_desktop.desktop.theme import ThemeChoice, load_theme, theme_for, ui_font
from milestone_desktop.desktop.typed_dates import read_day
from milestone_desktop.desktop.words import (
    clock_text,
    day_text,
    percent_text,
    range_text,
    say,
    time_text,
    working_days_text,
)
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import LagUnit
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError, message
from milestone_desktop.domain.projects import Project

TODAY = date(2026, 11, 23).toordinal()
PROJECT = Project(1, "AUR", "Aurora", 2)
LETTERS = {1: "Berta", 2: "anton", 3: "Cäsar", 4: ""}


@dataclass(slots=True)
class Letter:
    id: int
    title: str


def fetch(row_id: int) -> Letter | None:
    return Letter(row_id, LETTERS[row_id]) if row_id in LETTERS else None


TITLE = Column(
    "title", "Title", 100, lambda row: row.title, editor=Editor.TEXT, write=lambda edit, row, value: None, label="Rename"
)
NUMBER = Column("number", "Number", 50, lambda row: str(row.id), right=True, order=lambda row: row.id)


def test_a_column_table_is_a_sound_model_through_every_change(qapp: QApplication) -> None:
    model = ColumnTable([TITLE, NUMBER], fetch, lambda label, function: True)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids([1, 2, 3])
    held = QPersistentModelIndex(model.index(0, 0))
    model.set_ids([3, 1, 2])
    assert (held.row(), held.data(Role.ID)) == (1, 1)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.patch([2, 99])
    assert changed == [2]
    model.set_ids([3])
    model.set_ids([])
    assert model.rowCount() == 0


def test_a_column_table_writes_only_what_differs(qapp: QApplication) -> None:
    written: list[str] = []

    def attempt(label: str, function: object) -> bool:
        written.append(label)
        return True

    column = Column(
        "title", "Title", 100, lambda row: row.title, editor=Editor.TEXT, value=lambda row: row.title,
        write=lambda edit, row, value: None, label="Rename",
    )  # fmt: skip
    model: QAbstractItemModel = ColumnTable([column, NUMBER], fetch, attempt)
    assert isinstance(model, ColumnTable)
    model.set_ids([1])
    assert model.setData(model.index(0, 0), "Berta")
    assert written == []
    assert model.setData(model.index(0, 0), "Bertha")
    assert written == ["Rename"]
    assert not model.setData(model.index(0, 1), "2")
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Number"


def test_rows_without_a_value_sort_last_both_ways() -> None:
    assert sorted_ids([1, 2, 3, 4], TITLE, fetch) == [2, 1, 3, 4]
    assert sorted_ids([1, 2, 3, 4], TITLE, fetch, descending=True) == [3, 1, 2, 4]
    assert sorted_ids([3, 1, 2], NUMBER, fetch) == [1, 2, 3]


def test_every_word_of_a_search_must_stand_in_a_row() -> None:
    assert matching_ids([1, 2, 3, 4], [TITLE, NUMBER], fetch, "ANTON 2") == [2]
    assert matching_ids([1, 2, 3, 4], [TITLE, NUMBER], fetch, "anton 3") == []
    assert matching_ids([1, 2], [TITLE], fetch, "  ") == [1, 2]


def test_words_write_days_as_people_do() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        assert day_text(date(2026, 12, 4).toordinal(), TODAY) == "4 Dec"
        assert day_text(date(2027, 1, 8).toordinal(), TODAY) == "8 Jan 2027"
        assert day_text(None, TODAY) == "—"
        assert range_text(instant(2026, 11, 23), instant(2026, 12, 4, 18), TODAY) == "23 Nov – 4 Dec"
        assert range_text(None, instant(2026, 12, 4, 18), TODAY) == "4 Dec"
        assert (working_days_text(10), working_days_text(-3), working_days_text(0)) == ("+10 wd", "−3 wd", "0 wd")
        assert (percent_text(72), percent_text(None)) == ("72 %", "—")
        assert (time_text(instant(2026, 12, 4, 17, 5)), clock_text(datetime(2026, 1, 1, 9, 3))) == ("17:05", "09:03")
        assert say(message("its target, {target}, has passed", target="2026-11-20")) == "its target, 20 Nov 2026, has passed"
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        assert day_text(date(2026, 12, 4).toordinal(), TODAY) == "Dec 4"
        assert day_text(date(2027, 1, 8).toordinal(), TODAY) == "Jan 8, 2027"
    finally:
        QLocale.setDefault(QLocale.c())


def test_typed_days_follow_the_locale() -> None:
    december, march = date(2026, 12, 3).toordinal(), date(2027, 3, 12).toordinal()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        assert read_day("3.12", TODAY) == december
        assert read_day("3 dez", TODAY) == december
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        assert read_day("3/12", TODAY) == march
    finally:
        QLocale.setDefault(QLocale.c())
    assert read_day("  ", TODAY) is None
    with pytest.raises(PlanError):
        read_day("31.31", TODAY)


@pytest.mark.parametrize(
    ("text", "lag", "unit"),
    [
        ("", 0, LagUnit.WORKING),
        ("+2d", 960, LagUnit.WORKING),
        ("-4h", -240, LagUnit.WORKING),
        ("+3ed", 3 * 1440, LagUnit.ELAPSED),
        ("+50%", 5000, LagUnit.PERCENT),
        ("-12.5e%", -1250, LagUnit.ELAPSED_PERCENT),
    ],
)
def test_lags_are_read_and_written_alike(text: str, lag: int, unit: LagUnit) -> None:
    assert read_lag(text, PROJECT) == (lag, unit)
    written = lag_text(Dependency(1, 2, 3, lag=lag, lag_unit=unit), PROJECT)
    assert read_lag(written, PROJECT) == ((lag, unit) if lag else (0, LagUnit.WORKING))


@pytest.mark.parametrize("text", ["soon", "5%%", "d2"])
def test_what_is_no_lag_is_refused(text: str) -> None:
    with pytest.raises(PlanError):
        read_lag(text, PROJECT)


def test_figures_are_read_strictly() -> None:
    assert (read_percent("70 %"), read_points("0,5"), read_points(""), read_amount("12 000,5")) == (70, 0.5, None, 1_200_050)
    assert [read_percent(text) for text in ("70.00%", "70,00\u00a0%", "100", "٧٠٪")] == [70, 70, 100, 70]
    assert amount_text(1_200_050) == "12000.50"
    for text in ("101", "much", "45.5%", "%"):
        with pytest.raises(PlanError):
            read_percent(text)
    for reader, text in ((read_points, "-1"), (read_amount, "1.2345")):
        with pytest.raises(PlanError):
            reader(text)


@pytest.mark.parametrize(
    "text", ["12000.5", "12,000.50", "12.000,50", "12 000,5", "12\u202f000,50", "12’000.50", "12'000.5", "12٬000٫50"]
)
def test_an_amount_is_read_however_its_thousands_are_parted(text: str) -> None:
    assert read_amount(text) == 1_200_050
    assert read_money(f"{text} eur") == read_money(f"€{text}") == (1_200_050, "EUR")


def test_thousands_are_no_decimals() -> None:
    assert (read_amount("1.234"), read_amount("1,234,567"), read_amount("12,34,567.8")) == (123_400, 123_456_700, 123_456_780)
    for text in ("1.23.4", "1,2345", "12,000,5", "1" * 13):
        with pytest.raises(PlanError):
            read_amount(text)


def test_an_amount_is_shown_with_the_separators_of_the_locale() -> None:
    assert (money_text(4_800_000), money_text(123_456_750)) == ("48,000", "1,234,567.50")
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    try:
        assert money_text(123_456_750) == "1.234.567,50"
        assert read_amount(money_text(123_456_750)) == 123_456_750
    finally:
        QLocale.setDefault(QLocale.c())


@pytest.mark.parametrize("name", ["light", "dark", "high-contrast"])
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
def test_the_hint_of_an_empty_field_can_be_read(qapp: QApplication, name: str, kind: type[QWidget]) -> None:
    theme, before = load_theme(name), qapp.styleSheet()
    field = kind()
    try:
        qapp.setStyleSheet(stylesheet(theme))
        field.ensurePolished()
        assert field.palette().color(QPalette.ColorRole.PlaceholderText) == theme.color("text-faint")
    finally:
        qapp.setStyleSheet(before)
        field.deleteLater()


@pytest.mark.parametrize("name", ["light", "dark", "high-contrast"])
def test_each_theme_dresses_the_window(qapp: QApplication, name: str) -> None:
    theme = load_theme(name)
    text = stylesheet(theme)
    assert "@" not in text
    assert theme.colours["accent"] in text
    assert theme.palette().windowText().color() == theme.color("text")
    icon = Icons(theme).icon("flag", "accent").pixmap(32, 32).toImage()
    inked = {icon.pixelColor(x, y).name() for x in range(32) for y in range(32) if icon.pixelColor(x, y).alpha() == 255}
    assert inked == {theme.color("accent").name()}


def test_an_unknown_token_is_a_fault() -> None:
    with pytest.raises(KeyError):
        load_theme("light").color("no-such-token")


def test_the_system_theme_is_one_of_ours(qapp: QApplication) -> None:
    assert theme_for(ThemeChoice.SYSTEM).name in ("light", "dark")
    assert theme_for(ThemeChoice.HIGH_CONTRAST).name == "high-contrast"


def test_figures_of_columns_have_one_width_and_hyphens_of_words_their_own(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    from milestone_desktop.desktop.theme import load_fonts

    load_fonts()
    metrics = QFontMetricsF(ui_font(figures=True))
    assert len({round(metrics.horizontalAdvance(figure * 8), 3) for figure in "0123456789"}) == 1
    assert QFontMetricsF(ui_font()).horizontalAdvance("go-live") < metrics.horizontalAdvance("go-live") - 1


def test_a_job_brings_its_result_its_error_or_nothing(qapp: QApplication) -> None:
    parent = QWidget()
    results: list[object] = []

    def broken() -> None:
        raise ValueError("no")

    jobs.run(lambda: 42, parent=parent, text="Counting", done=results.append, failed=results.append)
    finish_jobs()
    jobs.run(broken, parent=parent, text="Failing", done=results.append, failed=results.append)
    finish_jobs()
    jobs.run(lambda: 43, parent=parent, text="Cancelled", done=results.append, failed=results.append).cancel()
    finish_jobs()
    assert results[0] == 42
    assert isinstance(results[1], ValueError)
    assert len(results) == 2
    parent.deleteLater()


def test_settings_keep_theme_and_recent_files(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    assert settings.theme is ThemeChoice.SYSTEM
    settings.theme = ThemeChoice.DARK
    paths = [tmp_path / f"{number}.milestones" for number in range(MOST_RECENT_FILES + 3)]
    for path in paths:
        path.touch()
        settings.remember_file(path)
    settings.remember_file(paths[5])
    paths[7].unlink()
    settings.sync()
    again = Settings(tmp_path / "s.ini")
    recent = again.recent_files()
    assert again.theme is ThemeChoice.DARK
    assert recent[0] == paths[5]
    assert paths[7] not in recent
    assert len(recent) == MOST_RECENT_FILES - 1
