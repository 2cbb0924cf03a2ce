"""Plans of other programs as those programs left them: unpacked from their archives, with the figures that they computed."""

from __future__ import annotations

import tarfile
from pathlib import Path
from xml.etree.ElementTree import iterparse

from data_folder import data_path

NAMESPACE = "{http://schemas.microsoft.com/project}"


def unpacked(archive: str, folder: Path, wanted: set[str]) -> dict[str, Path]:
    """The files of an archive whose name is wanted (of all, if none is named), by name."""
    found = {}
    with tarfile.open(data_path(archive), "r:xz") as tar:
        for member in tar:
            name = Path(member.name).name
            source = tar.extractfile(member) if member.isfile() and (name in wanted or not wanted) else None
            if source is not None:
                found[name] = folder / name
                found[name].write_bytes(source.read())
    return found


def names_in(archive: str) -> list[str]:
    """The names of the files of an archive, sorted."""
    with tarfile.open(data_path(archive), "r:xz") as tar:
        return sorted(Path(member.name).name for member in tar if member.isfile())


def stored(path: Path) -> dict[str, dict[str, str]]:
    """What Microsoft Project computed, by the task's unique id. Read here, not by the importer."""
    found: dict[str, dict[str, str]] = {}
    for _, element in iterparse(path):
        if element.tag == NAMESPACE + "Task":
            row = {child.tag.removeprefix(NAMESPACE): child.text or "" for child in element if len(child) == 0}
            found[row["UID"]] = row
            element.clear()
        elif element.tag == NAMESPACE + "Assignment":
            element.clear()
    return found
