"""Finds the notes that the words of a document refer to: ``see footnote 3 above``, ``footnote 4, Document 17``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fruslint.patterns import late
from fruslint.record import Record

_MENTION = late(
    r"\b[Ff]ootnotes?\s+(?P<numbers>\d{1,3}(?!\d)(?:(?:,\s\d{1,3})*,?\s(?:and|or|through|to)\s\d{1,3}(?!\d)|[–-]\d{1,3}(?!\d))?)"
    r"(?:,?\s\(?(?:(?:to|in|of|see)\s)?Document\s(?P<document>\d{1,4}[A-Za-z]?)\b)?"
)
_NUMBER = late(r"\d+")
# What follows a note of the same document, and what follows one of anything else.
_HERE = late(r",?\s(?:above|below|supra|infra)\b|[.;)\]]?\s*$|\.[)\]”]*\s+[A-Z“(]|[)\]]")
_ELSEWHERE = late(r",?\s(?:thereto|ibid|Ibid|of|to|in|p\.|pp\.|vol|see|Foreign|on)\b|,\s(?=[A-Z“\d])")
# A document or a volume named before the note: the note is one of that.
_DOCUMENT_BEFORE = late(r"Document\s(?P<document>\d{1,4}[A-Za-z]?)\b[^.;]{0,30}$")
_VOLUME_BEFORE = late(r"(?:\bvol(?:ume|\.)\s\w+|Relations)\b[^.;]{0,30}$")
_VOLUME_BEHIND = late(r"[^.;]{0,12}\b(?:vol\.|volume)\s")
_REACH = 60


class Mention(Record):
    """Words that refer to notes: the places of the numbers in the text, and the number of the document if one is named.

    ``certain`` if they surely mean notes of that document, or of the one they stand in; ``foreign`` if they surely do
    not.
    """

    start: int
    end: int
    words: str
    numbers: tuple[tuple[int, int], ...]
    document: str
    certain: bool
    foreign: bool


def find_mentions(content: str) -> Iterator[Mention]:
    """The mentions in a text, in order; one that goes over the end of a block is none."""
    if "ootnote" not in content:
        return
    for found in _MENTION.finditer(content):
        if "\n" not in found[0]:
            yield _mention(content, found)


def _mention(content: str, found: re.Match[str]) -> Mention:
    base = found.start("numbers")
    numbers = tuple((base + n.start(), base + n.end()) for n in _NUMBER.finditer(found["numbers"]))
    end = found.end()
    before = content[max(0, found.start() - _REACH) : found.start()].rpartition("\n")[2]
    behind = content[end : end + _REACH].partition("\n")[0]
    owner = _DOCUMENT_BEFORE.search(before)
    in_volume = _VOLUME_BEFORE.search(before) is not None
    if found["document"]:
        foreign = in_volume or _VOLUME_BEHIND.match(behind) is not None
        return Mention(found.start(), end, found[0], numbers, found["document"], not foreign, foreign)
    if owner is not None and not in_volume:
        return Mention(found.start(), end, found[0], numbers, owner["document"], certain=False, foreign=False)
    certain = not in_volume and _HERE.match(behind) is not None
    foreign = in_volume or (not certain and _ELSEWHERE.match(behind) is not None)
    return Mention(found.start(), end, found[0], numbers, "", certain, foreign)
