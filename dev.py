#!/usr/bin/env python3
"""The toolbox of Milestone Desktop. It needs nothing but Python 3.11 or newer and pip.

    python3 dev.py run [ARGUMENT ...]       start the program from this checkout
    python3 dev.py test [PYTEST ARGUMENT ...]  the whole test suite, without a screen
    python3 dev.py check [--no-tests]       ruff, formatting, mypy, then the tests
    python3 dev.py shots DIR [--only GLOB]  draw every page, dialog and state of the window as PNG files
    python3 dev.py bench [--only GLOB] [--runs N]  one JSON line per measured figure
    python3 dev.py build                    make dist/milestone-desktop/ with PyInstaller

The first call makes `.venv` and installs the locked requirements; later calls start at once.
Arguments after the command are handed on, and so is the exit code.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
STAMP_NAME = "installed-requirements.json"
OLDEST_PYTHON = (3, 11)
MOST_TEST_PROCESSES = 8

# Found by `ldd` on the Qt libraries and on the plugins "offscreen" and "xcb" of PySide6-Essentials 6.11:
# the library each of them loads from the system → the Debian package that has it.
DRAWING_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
BUILD_PROGRAMS = {"objdump": "binutils", "objcopy": "binutils", "ldd": "libc-bin"}


class ToolboxError(Exception):
    """Something the person at the keyboard can mend; the text says what and how."""


@dataclass(frozen=True)
class Needs:
    """What a command needs of the machine: the lock `requirements/<lock>.txt`, a window, programs to build with."""

    lock: str
    window: bool = False
    build: bool = False


def say(text: str) -> None:
    """Tell the person what happens, apart from the command's own output."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


# --- the virtual environment ------------------------------------------------------------------------------------------


def venv_python(venv: Path, windows: bool = os.name == "nt") -> Path:
    """Return the path of the interpreter inside `venv`, whether it exists or not."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def venv_version(venv: Path) -> tuple[int, int] | None:
    """Return (major, minor) of the Python that made `venv`, or None if there is no usable environment."""
    settings = venv / "pyvenv.cfg"
    if not settings.is_file() or not venv_python(venv).exists():
        return None
    for line in settings.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        numbers = value.strip().split(".")
        if name.strip() in ("version", "version_info") and len(numbers) >= 2 and all(part.isdigit() for part in numbers[:2]):
            return int(numbers[0]), int(numbers[1])
    return None


def lock_hashes(requirements: Path, python: tuple[int, int]) -> dict[str, str]:
    """Return for each lock ("run", "dev") a hash that changes when the lock or the Python version does."""
    salt = f"python {python[0]}.{python[1]}\n".encode()
    return {name: hashlib.sha256(salt + (requirements / f"{name}.txt").read_bytes()).hexdigest() for name in ("run", "dev")}


def read_stamp(venv: Path) -> dict[str, str]:
    """Return what was last installed completely, as lock name → hash; empty after an interrupted installation."""
    try:
        stamp = json.loads((venv / STAMP_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def stamp_after_install(lock: str, hashes: Mapping[str, str]) -> dict[str, str]:
    """Return the stamp to write once `lock` is installed: the development lock contains the run lock."""
    return dict(hashes) if lock == "dev" else {"run": hashes["run"]}


def is_installed(lock: str, stamp: Mapping[str, str], hashes: Mapping[str, str]) -> bool:
    """Tell whether `stamp` says that exactly the present `lock` is installed."""
    return stamp.get(lock) == hashes[lock]


def pip_of_this_machine() -> list[str] | None:
    """Return the command line of a pip outside the environment, or None."""
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    found = shutil.which("pip3") or shutil.which("pip")
    return [found] if found else None


def make_venv(venv: Path) -> None:
    """Make an empty environment, with pip in it where Python brings one along (Debian keeps `ensurepip` apart)."""
    if venv.exists():
        shutil.rmtree(venv)
    say(f"making {venv.name} with Python {sys.version_info[0]}.{sys.version_info[1]}")
    if find_spec("ensurepip") is not None:
        with_pip = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
        if with_pip.returncode == 0:
            return
        shutil.rmtree(venv, ignore_errors=True)
    without_pip = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=False)
    if without_pip.returncode != 0:
        raise ToolboxError("Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv")


def pip_for(venv: Path) -> list[str]:
    """Return the command line of a pip that installs into `venv`: its own, else the machine's with `--python`."""
    python = venv_python(venv)
    own = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    if own.returncode == 0:
        return [str(python), "-m", "pip"]
    outer = pip_of_this_machine()
    if outer is None:
        raise ToolboxError("pip is missing. On Debian and Ubuntu: apt-get install python3-pip")
    return [*outer, "--python", str(python)]


def install(lock: str, venv: Path, hashes: Mapping[str, str]) -> None:
    """Install the locked requirements, checking every file's hash; the stamp is written last."""
    stamp = venv / STAMP_NAME
    stamp.unlink(missing_ok=True)
    say(f"installing requirements/{lock}.txt (the first time takes a few minutes)")
    command = [*pip_for(venv), "install", "--require-hashes", "--no-deps", "--disable-pip-version-check"]
    command += [] if sys.stderr.isatty() else ["--quiet"]
    command += ["--requirement", str(REQUIREMENTS / f"{lock}.txt")]
    if subprocess.run(command, check=False).returncode != 0:
        raise ToolboxError("pip could not install the requirements (its message is above). Calling dev.py again tries again.")
    unfinished = stamp.with_suffix(".part")
    unfinished.write_text(json.dumps(stamp_after_install(lock, hashes)), encoding="utf-8")
    unfinished.replace(stamp)


def ensure_venv(lock: str, venv: Path = VENV) -> Path:
    """Return the interpreter of an environment that has everything in `lock`, making or mending it where needed."""
    this_python = (sys.version_info[0], sys.version_info[1])
    made_by = venv_version(venv)
    if made_by != this_python:
        if made_by is not None:
            say(f"{venv.name} was made by Python {made_by[0]}.{made_by[1]}: making it anew")
        make_venv(venv)
    hashes = lock_hashes(REQUIREMENTS, this_python)
    if not is_installed(lock, read_stamp(venv), hashes):
        install(lock, venv, hashes)
    return venv_python(venv)


# --- the machine ------------------------------------------------------------------------------------------------------


def can_load(library: str) -> bool:
    """Tell whether the system's loader finds `library` with everything it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(needs: Needs, loads: Callable[[str], bool] = can_load) -> dict[str, str]:
    """Return library → Debian package for each system library that Qt needs here and that does not load."""
    wanted = {**DRAWING_LIBRARIES, **(WINDOW_LIBRARIES if needs.window else {})}
    return {library: package for library, package in wanted.items() if not loads(library)}


def missing_build_programs(finds: Callable[[str], str | None] = shutil.which) -> dict[str, str]:
    """Return program → Debian package for each program PyInstaller calls and that is not there."""
    return {program: package for program, package in BUILD_PROGRAMS.items() if finds(program) is None}


def missing_python_library(loads: Callable[[str], bool] = can_load) -> dict[str, str]:
    """Return the shared library of this Python, which a frozen program carries along, if Debian keeps it apart."""
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    system_python = Path(sys.base_prefix) == Path("/usr")
    if not system_python or ".so" not in name or loads(name):
        return {}
    return {name: f"libpython{sys.version_info[0]}.{sys.version_info[1]}"}


def apt_command(packages: Iterable[str], root: bool) -> list[str]:
    """Return the command that installs `packages` on Debian and its kin; each package once, in order of name."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *sorted(set(packages))]
    return command if root else ["sudo", *command]


def mend_machine(missing: Mapping[str, str]) -> None:
    """Install what is missing as root on Debian; anywhere else say the exact line and stop."""
    has_apt = shutil.which("apt-get") is not None
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    line = " ".join(apt_command(missing.values(), root))
    say(f"missing on this machine: {', '.join(missing)}")
    if not has_apt:
        raise ToolboxError(f"Please install these with your system's package manager. On Debian it would be: {line}")
    if not root:
        raise ToolboxError(f"Please run this line, then try again:\n  {line}")
    say(line)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet=2"], env=quiet, check=False, stdout=sys.stderr)
    command = [*apt_command(missing.values(), root), "--quiet=2"]
    if subprocess.run(command, env=quiet, check=False, stdout=sys.stderr).returncode != 0:
        raise ToolboxError("apt-get could not install them (its message is above).")


def ensure_machine(needs: Needs) -> None:
    """See that the system libraries and programs a command needs are there. Only Linux keeps them apart from Python."""
    if not sys.platform.startswith("linux"):
        return

    def missing() -> dict[str, str]:
        builders = {**missing_build_programs(), **missing_python_library()} if needs.build else {}
        return {**missing_libraries(needs), **builders}

    first = missing()
    if not first:
        return
    mend_machine(first)
    still = missing()
    if still:
        raise ToolboxError(f"Still missing after the installation: {', '.join(still)}.")


# --- the commands -----------------------------------------------------------------------------------------------------


def child_environment(offscreen: bool, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for a child: this checkout's sources first, and no screen where none is wanted.

    Compiled modules are kept, whatever the machine says: compiling all sources and tests anew costs each child seconds.
    """
    unwanted = ("PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in inherited.items() if name not in unwanted}
    before = inherited.get("PYTHONPATH")
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), *([before] if before else [])])
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def call(command: Sequence[str], offscreen: bool = True, folder: Path | None = ROOT) -> int:
    """Run a child to its end and return its exit code, 128 + signal if a signal ended it (as shells do)."""
    with subprocess.Popen(list(command), env=child_environment(offscreen), cwd=folder) as child:
        while True:
            try:
                code = child.wait()
                break
            except KeyboardInterrupt:  # the child got it too and decides; its exit code is what counts
                continue
    return code if code >= 0 else 128 - code


def test_arguments(given: Sequence[str], processors: int) -> list[str]:
    """Return pytest's arguments: the ones given, or the whole suite spread over the processors."""
    if given:
        return list(given)
    processes = max(1, min(processors, MOST_TEST_PROCESSES))
    return ["-n", str(processes), "--dist", "worksteal"] if processes > 1 else []


def has_screen(environment: Mapping[str, str]) -> bool:
    """Tell whether Qt would open windows through X here (also Xwayland), so that its libraries must be there."""
    return bool(environment.get("DISPLAY")) and environment.get("QT_QPA_PLATFORM") != "offscreen"


def prepare(needs: Needs) -> str:
    """Make the machine and the environment ready and return the interpreter to call."""
    ensure_machine(needs)
    return str(ensure_venv(needs.lock))


def run(arguments: Sequence[str]) -> int:
    """Start the program; relative file names mean the caller's folder."""
    python = prepare(Needs("run", window=has_screen(os.environ)))
    return call([python, "-m", "milestone_desktop", *arguments], offscreen=False, folder=None)


def test(arguments: Sequence[str]) -> int:
    """Run the tests without a screen."""
    python = prepare(Needs("dev"))
    return call([python, "-m", "pytest", *test_arguments(arguments, os.cpu_count() or 1)])


def check(arguments: Sequence[str]) -> int:
    """Run every check, also after one has failed, and name those that failed."""
    parser = argparse.ArgumentParser(prog="dev.py check", description="ruff, formatting, mypy, then the tests")
    parser.add_argument("--no-tests", action="store_true", help="leave the tests out")
    options = parser.parse_args(arguments)
    python = prepare(Needs("dev"))
    steps = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
    }
    if not options.no_tests:
        steps["tests"] = [python, "-m", "pytest", *test_arguments((), os.cpu_count() or 1)]
    failed = []
    for name, command in steps.items():
        say(name)
        if call(command) != 0:
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def shots(arguments: Sequence[str]) -> int:
    """Draw the window's pages and states into a folder."""
    parser = argparse.ArgumentParser(
        prog="dev.py shots", description="draw every page, dialog and state as PNG files; devtools/shots/table.py lists them"
    )
    parser.add_argument("directory", metavar="DIR", type=Path)
    options, others = parser.parse_known_args(arguments)
    python = prepare(Needs("dev"))
    return call([python, "devtools/shots", str(options.directory.resolve()), *others])


def bench(arguments: Sequence[str]) -> int:
    """Measure and print one JSON line per figure."""
    python = prepare(Needs("dev"))
    return call([python, "devtools/bench.py", *arguments])


def build(arguments: Sequence[str]) -> int:
    """Freeze the program into dist/milestone-desktop/."""
    argparse.ArgumentParser(prog="dev.py build", description="make dist/milestone-desktop/").parse_args(arguments)
    python = prepare(Needs("dev", window=True, build=True))
    command = [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", "dist", "--workpath", "build", "packaging/milestone-desktop.spec"]
    code = call(command)
    if code == 0:
        say("made dist/milestone-desktop/")
    return code


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "shots": shots,
    "bench": bench,
    "build": build,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says and return the exit code."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        say(f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer is needed; this is {sys.version.split()[0]}.")
        return 2
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        say(f"there is no command “{arguments[0]}”. Commands: {', '.join(COMMANDS)}. More: python3 dev.py --help")
        return 2
    try:
        return command(arguments[1:])
    except ToolboxError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
