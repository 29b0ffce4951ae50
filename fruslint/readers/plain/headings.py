"""Tells the headings of sections in a plain-text memorandum, misspelt ones too."""

from __future__ import annotations

import re

from fruslint.language.vocabulary import LOOSE_KINDS, SECTION_LABELS, is_side, section_kind
from fruslint.patterns import late
from fruslint.readers.misspelt import expected_label
from fruslint.readers.plain.lines import Line, LineKind
from fruslint.record import Record
from fruslint.source import Span

_LABEL = late(r"\s*(\S.*?)\s*(:?)(?<!\d)(\d{0,2})\s*$")
_INLINE = late(r"\s*([A-Za-z][A-Za-z.&/() ]{1,24}?)(?:\s*:\s*|(?<=[A-Z])(?: *\t| {2})\s*)(\S.*)$")
LONGEST_LABEL = 60
_FEWEST = 3
# A number in front of a label; a dash, a point, an ornament or a word that it goes on at its end, which nobody sets there
_DRESS = late(
    r"(?:\(?(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)] ?|[-–—*•#_]+ ?)?(?P<label>[A-Z][A-Z/& -]*?[A-Z])(?: (?P=label))?"
    r"(?: ?[—–.,;*_-]*| \((?i:cont(?:inued|[’']?d)?)\.?\))"
)


class Heading(Record):
    """A label on a line of its own: its place, the kind of section, and the label that a misspelt one is meant to be."""

    label: Span
    section: str
    expected: str = ""


class InlineHeading(Record):
    """A label in front of a text: its place, the kind of section, and the place of the text."""

    label: Span
    section: str
    words: Span


def heading_on(line: Line, before_list: bool) -> Heading | None:
    """The heading on a line; ``before_list`` says whether the next thing below it is a list."""
    if line.kind is LineKind.ITEM or len(line.text) > LONGEST_LABEL:
        return None
    found = _LABEL.match(line.text)
    if found is None:
        return None
    label = Span(line.span.start + found.start(1), line.span.start + found.end(1))
    section = section_kind(found[1])
    if section and (before_list or (section not in LOOSE_KINDS and _stands_alone(found))):
        return Heading(label, section)
    return _unknown_heading(found[1], label, before_list)


def _stands_alone(found: re.Match[str]) -> bool:
    """Capitals, a colon or few words make a heading even where no list follows."""
    return found[1].isupper() or bool(found[2]) or len(found[1].split()) <= 2


def _unknown_heading(label: str, span: Span, before_list: bool) -> Heading | None:
    """A misspelt heading, or any line in capitals that stands right above a list."""
    expected = _undressed(label)
    if not expected and (is_side(label) or label.startswith(("[", "("))):
        return None
    if before_list or label.isupper():
        expected = expected or _spaced_out(label) or expected_label(label)
        if expected:
            return Heading(span, SECTION_LABELS[expected], expected)
    return Heading(span, "") if before_list and label.isupper() else None


def _spaced_out(label: str) -> str:
    """The known label whose letters are parted by blanks, as in ``S U B J E C T``."""
    joined = label.replace(" ", "")
    return joined if joined in SECTION_LABELS and len(joined) > _FEWEST and label == " ".join(joined) else ""


def _undressed(label: str) -> str:
    """The known label in one that is numbered, set twice, or has a dash or a point behind it."""
    found = _DRESS.fullmatch(label)
    bare = found["label"] if found is not None else ""
    return bare if bare in SECTION_LABELS and SECTION_LABELS[bare] not in LOOSE_KINDS else ""


def inline_heading_on(line: Line) -> InlineHeading | None:
    """``Participants: Dr. ...``, the label in front of the text as in volumes of 1948-54 and in e-volumes.

    Behind one in capitals a tab, or blanks, are as good as the colon.
    """
    begin = line.text[line.indent : LONGEST_LABEL]
    if line.kind is LineKind.ITEM or (":" not in begin and "\t" not in begin and "  " not in begin):
        return None
    found = _INLINE.match(line.text)
    section = section_kind(found[1]) if found else ""
    if found is None or not section or section in LOOSE_KINDS:
        return None
    start = line.span.start
    label = Span(start + found.start(1), start + found.end(1))
    return InlineHeading(label, section, Span(start + found.start(2), start + len(line.text.rstrip())))
