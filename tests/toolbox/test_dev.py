"""The pure parts of dev.py: stamps, apt lines, arguments, environments; and its handling of wrong commands."""

import json
import sys
from pathlib import Path

import dev
import pytest

HASHES = {"run": "a", "dev": "b"}


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    (tmp_path / "run.txt").write_text("one==1\n", encoding="utf-8")
    (tmp_path / "dev.txt").write_text("one==1\ntwo==2\n", encoding="utf-8")
    return tmp_path


def make_venv_folder(folder: Path, settings: str) -> Path:
    python = dev.venv_python(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    return folder


def test_hashes_follow_the_lock_and_the_python_version(requirements: Path) -> None:
    first = dev.lock_hashes(requirements, (3, 11))
    assert first == dev.lock_hashes(requirements, (3, 11))
    assert set(first.values()).isdisjoint(dev.lock_hashes(requirements, (3, 12)).values())
    (requirements / "dev.txt").write_text("one==1\ntwo==3\n", encoding="utf-8")
    second = dev.lock_hashes(requirements, (3, 11))
    assert second["run"] == first["run"]
    assert second["dev"] != first["dev"]


def test_the_development_lock_serves_run_too() -> None:
    stamp = dev.stamp_after_install("dev", HASHES)
    assert dev.is_installed("run", stamp, HASHES)
    assert dev.is_installed("dev", stamp, HASHES)


def test_the_run_lock_does_not_serve_development() -> None:
    stamp = dev.stamp_after_install("run", HASHES)
    assert dev.is_installed("run", stamp, HASHES)
    assert not dev.is_installed("dev", stamp, HASHES)


def test_a_changed_lock_is_installed_again() -> None:
    assert not dev.is_installed("run", dev.stamp_after_install("run", HASHES), {"run": "c", "dev": "d"})


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}"])
def test_an_absent_or_broken_stamp_means_nothing_is_installed(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / dev.STAMP_NAME).write_text(content, encoding="utf-8")
    assert dev.read_stamp(tmp_path) == {}


def test_a_stamp_is_read_as_written(tmp_path: Path) -> None:
    (tmp_path / dev.STAMP_NAME).write_text(json.dumps(HASHES), encoding="utf-8")
    assert dev.read_stamp(tmp_path) == HASHES


def test_a_failed_installation_leaves_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / dev.STAMP_NAME
    stamp.write_text(json.dumps(HASHES), encoding="utf-8")
    monkeypatch.setattr(dev, "pip_for", lambda _: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(dev.ToolboxError, match="tries again"):
        dev.install("dev", tmp_path, HASHES)
    assert not stamp.exists()


def test_a_complete_installation_leaves_its_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "pip_for", lambda _: [sys.executable, "-c", "pass"])
    dev.install("run", tmp_path, HASHES)
    assert dev.read_stamp(tmp_path) == {"run": "a"}
    assert [path.name for path in tmp_path.iterdir()] == [dev.STAMP_NAME]


@pytest.mark.parametrize("settings", ["home = /usr/bin\nversion = 3.12.4\n", "home = /x\nversion_info = 3.12.4.final.0\n"])
def test_the_python_of_an_environment_is_read_from_its_settings(tmp_path: Path, settings: str) -> None:
    assert dev.venv_version(make_venv_folder(tmp_path / "venv", settings)) == (3, 12)


def test_an_environment_without_interpreter_is_none(tmp_path: Path) -> None:
    venv = make_venv_folder(tmp_path / "venv", "version = 3.12.4\n")
    dev.venv_python(venv).unlink()
    assert dev.venv_version(venv) is None
    assert dev.venv_version(tmp_path / "nothing") is None


def test_the_interpreter_lies_elsewhere_on_windows() -> None:
    assert dev.venv_python(Path("v"), windows=True) == Path("v/Scripts/python.exe")
    assert dev.venv_python(Path("v"), windows=False) == Path("v/bin/python")


def test_missing_libraries_name_their_packages() -> None:
    absent = {"libEGL.so.1", "libxcb-cursor.so.0"}
    assert dev.missing_libraries(dev.Needs("dev"), lambda name: name not in absent) == {"libEGL.so.1": "libegl1"}
    assert dev.missing_libraries(dev.Needs("run", window=True), lambda name: name not in absent) == {
        "libEGL.so.1": "libegl1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
    }


def test_missing_build_programs_name_their_package() -> None:
    assert dev.missing_build_programs(lambda _: None) == {"objdump": "binutils", "objcopy": "binutils", "ldd": "libc-bin"}
    assert dev.missing_build_programs(lambda program: f"/usr/bin/{program}") == {}


def test_the_apt_line_names_each_package_once() -> None:
    line = dev.apt_command(["libglib2.0-0", "libegl1", "libglib2.0-0"], root=False)
    assert " ".join(line) == "sudo apt-get install --yes --no-install-recommends libegl1 libglib2.0-0"
    assert dev.apt_command(["libegl1"], root=True)[0] == "apt-get"


def test_a_person_who_is_not_root_is_told_the_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(dev.ToolboxError, match="sudo apt-get install --yes --no-install-recommends libegl1"):
        dev.mend_machine({"libEGL.so.1": "libegl1"})
    assert "libEGL.so.1" in capsys.readouterr().err


def test_another_distribution_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    with pytest.raises(dev.ToolboxError, match="package manager"):
        dev.mend_machine({"libEGL.so.1": "libegl1"})


def test_the_whole_suite_is_spread_over_the_processors() -> None:
    assert dev.test_arguments((), processors=2) == ["-n", "2", "--dist", "worksteal"]
    assert dev.test_arguments((), processors=1) == []
    assert dev.test_arguments((), processors=64)[1] == str(dev.MOST_TEST_PROCESSES)
    assert dev.test_arguments(("-k", "toolbox"), processors=2) == ["-k", "toolbox"]


def test_a_child_finds_our_sources_first_and_no_screen() -> None:
    inherited = {"PYTHONPATH": "theirs", "PYTHONHOME": "wrong", "PYTHONDONTWRITEBYTECODE": "1", "HOME": "h"}
    environment = dev.child_environment(True, inherited)
    assert environment["PYTHONPATH"].split(dev.os.pathsep) == [str(dev.ROOT / "src"), "theirs"]
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["HOME"] == "h"
    assert not {"PYTHONHOME", "PYTHONDONTWRITEBYTECODE"} & set(environment)
    assert "QT_QPA_PLATFORM" not in dev.child_environment(False, {})


def test_window_libraries_are_asked_for_where_there_is_a_screen() -> None:
    assert dev.has_screen({"DISPLAY": ":0"})
    assert not dev.has_screen({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"})
    assert not dev.has_screen({})


@pytest.mark.parametrize(("code", "expected"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 15)", 143)])
def test_exit_codes_are_handed_on(code: str, expected: int) -> None:
    assert dev.call([sys.executable, "-c", code]) == expected


def test_an_unknown_command_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert capsys.readouterr().err.startswith("dev.py: there is no command “fly”.")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert [command for command in dev.COMMANDS if f"dev.py {command}" not in text] == []


def test_check_names_what_failed_and_goes_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    called: list[str] = []

    def call(command: list[str]) -> int:
        called.append(command[2])
        return 1 if command[2] == "mypy" else 0

    monkeypatch.setattr(dev, "prepare", lambda _: "python")
    monkeypatch.setattr(dev, "call", call)
    assert dev.check([]) == 1
    assert called == ["ruff", "ruff", "mypy", "pytest"]
    assert capsys.readouterr().err.endswith("failed: mypy\n")
    called.clear()
    assert dev.check(["--no-tests"]) == 1
    assert called == ["ruff", "ruff", "mypy"]
