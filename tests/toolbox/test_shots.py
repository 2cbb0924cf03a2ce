"""The table of pictures: every line can be drawn, and each picture has a file of its own."""

from collections import Counter
from pathlib import Path

import pytest

import milestone_desktop
from shots.drawing import draw
from shots.shot import VARIANTS, Shot, pictures
from shots.steps import nothing
from shots.table import SHOTS
from shots.workspaces import WORKSPACES


def test_no_two_pictures_share_a_file() -> None:
    names = Counter(picture.name for picture in pictures(SHOTS))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_line_names_a_workspace_that_there_is() -> None:
    assert {shot.workspace for shot in SHOTS} <= set(WORKSPACES)


def test_a_line_gives_both_themes_and_its_variants() -> None:
    drawn = [picture.name for picture in pictures((Shot("page", nothing, "small high-contrast"),))]
    assert drawn == ["page-light", "page-dark", "page-small-light", "page-small-dark", "page-high-contrast"]


def test_a_line_may_leave_the_large_window_out() -> None:
    drawn = [picture.name for picture in pictures((Shot("page", nothing, "2x", plain=False),))]
    assert drawn == ["page-2x-light", "page-2x-dark"]


def test_an_unknown_variant_is_an_error() -> None:
    with pytest.raises(KeyError):
        list(pictures((Shot("page", nothing, "huge"),)))
    assert "huge" not in VARIANTS


def test_a_name_that_nothing_has_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert draw(SHOTS, tmp_path / "drawn", "no-such-*") == 1
    assert "no picture is called “no-such-*”" in capsys.readouterr().err
    assert not (tmp_path / "drawn").exists()


def test_names_are_listed_without_drawing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert draw(SHOTS, tmp_path / "drawn", "welcome-*", only_names=True) == 0
    assert capsys.readouterr().out.split() == [
        "welcome-light", "welcome-dark", "welcome-small-light", "welcome-small-dark", "welcome-high-contrast"
    ]  # fmt: skip
    assert not (tmp_path / "drawn").exists()


def test_a_heading_of_the_inspector_is_drawn_in_a_small_window_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(milestone_desktop.__file__).parents[1]))
    name = "milestone-schedule-small-light"
    assert draw(SHOTS, tmp_path, name) == 0, capfd.readouterr().err
    assert (tmp_path / f"{name}.png").stat().st_size > 10_000
