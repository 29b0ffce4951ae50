"""Tags of an XML text: their names and attributes; and what the references in a text stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Span

# One tag, comment, processing instruction or CDATA section; quantifiers are possessive to keep hostile tags cheap.
TAG = late(
    r"""(<(?:/[^>]*+|[^!?>"'/][^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+"""
    r"""|!--[\s\S]*?--|\?[\s\S]*?\?|!\[CDATA\[[\s\S]*?\]\])>)"""
)
_NAME = late(r"[^\s/>]+")
ATTRIBUTE = late(r"""\s([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
"""An attribute in a start tag: its name, and its value as one of two groups, by the kind of its quotes."""
REFERENCE = late(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
"""A reference to a character, or to one of the five entities that need no DOCTYPE."""

_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BLANKS = late(r"\r\n|[\t\r\n]")


class Attribute(Record):
    """An attribute: its value with references decoded, and where its name and its value (without quotes) stand."""

    name: str
    value: str
    name_span: Span
    span: Span


def tag_name(tag: str) -> str:
    """The name in a start tag, empty if there is none."""
    found = _NAME.match(tag, 1)
    return found[0] if found else ""


def find_attribute(tag: str, name: str) -> re.Match[str] | None:
    """Where an attribute stands in a start tag; most are found at once, since few tags have both kinds of quotes."""
    if name not in tag:
        return None
    if "'" not in tag:
        found = _search(name)(tag)
        if found is None or not tag.count('"', 0, found.start()) % 2:
            return found
    return next((found for found in ATTRIBUTE.finditer(tag) if found[1] == name), None)


@cache
def _search(name: str) -> Callable[[str], re.Match[str] | None]:
    return late(rf"""\s({re.escape(name)})\s*=\s*(?:"([^"]*)"|'([^']*)')""").search


@cache
def plain_value(name: str) -> Callable[[str], re.Match[str] | None]:
    """Finds a value that is what it looks like: what stands between two attributes has a blank in it."""
    return late(rf''' {re.escape(name)}="([^"&\s]+)"''').search


def attribute_of(found: re.Match[str], start: int) -> Attribute:
    """The attribute that was found in a tag which begins at the offset ``start``."""
    group = 2 if found[2] is not None else 3
    name, value = found.span(1), found.span(group)
    return Attribute(
        found[1], value_of(found), Span(start + name[0], start + name[1]), Span(start + value[0], start + value[1])
    )


def value_of(found: re.Match[str]) -> str:
    """A value as XML reads it: a tab or line break in it is a blank."""
    value = found[2] if found[2] is not None else found[3]
    if "\n" in value or "\t" in value or "\r" in value:
        value = _BLANKS.sub(" ", value)
    return decode(value)


def decode(text: str) -> str:
    """A text with its references decoded."""
    return REFERENCE.sub(character, text) if "&" in text else text


def character(reference: re.Match[str]) -> str:
    """The character that a reference stands for."""
    hexadecimal, decimal, named = reference.groups()
    if named:
        return _NAMED[named]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def open_tags(text: str, end: int) -> list[tuple[str, int]]:
    """The names and offsets of the start tags that are open at ``end``, up to which the text must be well-formed."""
    opened: list[tuple[str, int]] = []
    for found in TAG.finditer(text, 0, end):
        tag = found[0]
        if tag[1] == "/":
            if opened:
                opened.pop()
        elif tag[1] not in "!?" and tag[-2] != "/":
            opened.append((tag_name(tag), found.start()))
    return opened
