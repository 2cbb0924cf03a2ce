"""XML files as streams of elements, read with what can do harm refused, and every failure told in one sentence.

Document types and entities are refused, so that a small file cannot swell in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.exchange.foreign import ForeignPlan
from milestone_desktop.exchange.xml_fields import local_name


class EncodingError(Exception):
    """The file's encoding does not exist here, or its bytes do not fit it."""


def head_text(head: bytes) -> str:
    """The beginning of an XML file as text; what cannot be read in it is replaced."""
    return head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")


def events(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    """Each element with "start" as it opens and with "end" as it closes.

    Raises ParseError, DefusedXmlException or EncodingError.
    """
    found = iter(iterparse(file, events=("start", "end"), forbid_dtd=True))
    while True:
        try:
            event = next(found)
        except StopIteration:
            return
        except (ParseError, DefusedXmlException):
            raise
        except (LookupError, ValueError) as error:
            raise EncodingError from error
        yield event


def read_xml(path: Path, read: Callable[[BinaryIO, str], ForeignPlan]) -> ForeignPlan:
    """What `read` makes of an open file and its name, which may use `events`. Raises PlanError where the file is damaged
    or holds a document type or an entity."""
    try:
        with path.open("rb") as file:
            return read(file, path.name)
    except DefusedXmlException as error:
        raise PlanError(
            N_("“{name}” holds a document type or entities, which no plan needs and which can do harm; it was not read."),
            N_("Save it again from the program that it comes from."),
            name=path.name,
        ) from error
    except ParseError as error:
        raise PlanError(
            N_("“{name}” is not a complete XML file: it cannot be read beyond line {line}."),
            N_("Save it again from the program that it comes from."),
            name=path.name,
            line=error.position[0],
        ) from error
    except EncodingError as error:
        raise PlanError(
            N_("The characters of “{name}” are in an encoding that cannot be read."),
            N_("Save it again as UTF-8."),
            name=path.name,
        ) from error


def other_kind(root: Element, name: str) -> PlanError:
    """The error to raise for a file that is XML but no plan."""
    return PlanError(
        N_("“{name}” is XML of another kind (<{root}>), not a plan of Microsoft Project or Primavera P6."),
        N_("In Microsoft Project, choose Save As and the type XML; in Primavera P6, export as P6 XML."),
        name=name,
        root=local_name(root)[:40],
    )
