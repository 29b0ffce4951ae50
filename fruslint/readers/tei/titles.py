"""What is wrong with the heading of a document: the form of its number, and its capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fruslint.language.vocabulary import USUAL_TITLES
from fruslint.model import Anomaly, Label
from fruslint.patterns import late
from fruslint.source import Source
from fruslint.text import Block, Text

# How other headings begin, the longer words first.
_OTHERS = (
    "Memorandum From the; Telegram From the; Letter From the; Memorandum From; Telegram From; Letter From; "
    "Memorandum; Telegram; Airgram; Despatch; Circular; Minutes; Letter; Message; Report; "
    "Record; Notes; Note; Paper; Summary; Statement; Draft"
)
_BEGINNINGS = (*USUAL_TITLES.values(), *_OTHERS.split("; "))
_USUAL = {words.casefold(): words for words in _BEGINNINGS}
_BEGINNING = late(rf"(?:{'|'.join(_BEGINNINGS)})\b", re.IGNORECASE)


def number_form(source: Source, heading: Text, number: Label, end: int) -> Iterator[Anomaly]:
    """A number that is not written as in ‘12. Memorandum’, or stands twice; the heading proper begins at ``end``."""
    words = heading.content
    expected = f"{number.text.lstrip('0')}. "
    again = f"{number.text}."
    while words.startswith(again, end):
        end += len(words) - end - len(words[end + len(again) :].lstrip())
    found = words[:end].lstrip()
    if found == expected or end == len(words) or number.number is None:
        return
    span = heading.span(end - len(found), end)
    is_certain = source.text[slice(*span)] == found and found.count(number.text) == 1
    edits = ((span, expected),) if is_certain else ()
    yield Anomaly("number-form", span, {"found": found, "expected": expected}, edits)


def title_case(source: Source, title: Block) -> Iterator[Anomaly]:
    """A heading that begins with one of the usual words, in capitals or small letters."""
    words = title.text.content
    if words[:1].isupper() and not words[1:2].isupper():
        return
    found = _beginning(words)
    if not (found[:1].islower() or found.isupper()):
        return
    expected = _USUAL[found.casefold()]
    span = title.text.span(0, len(found))
    is_whole = source.text[slice(*span)] == found
    yield Anomaly("title-case", span, {"found": found, "expected": expected}, ((span, expected),) if is_whole else ())


def _beginning(words: str) -> str:
    """The usual words a title begins with; of them the first one where it alone is in capitals. Empty if there are none."""
    begins = _BEGINNING.match(words)
    found = begins[0] if begins is not None else ""
    first = found.partition(" ")[0]
    return first if first.isupper() and not found.isupper() and first.casefold() in _USUAL else found
