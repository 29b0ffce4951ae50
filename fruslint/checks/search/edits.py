"""Edits of words that a check found in a text: exact, as small as they can be, and none where they would touch markup."""

from __future__ import annotations

from fruslint.checks.base import Edits
from fruslint.model import Document, Medium
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import Text

_BLANKS = late(r"\s+")
_NAMED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def stands_plain(document: Document, span: Span, words: str) -> bool:
    """Whether these words of a text stand at their ``span`` as they are, but for the width of white space between them.

    They do not where a marker, a page break or markup was taken out of them, where a reference (``&amp;``) stands for
    one of their characters, and where they go over the end of a block.
    """
    written = document.source.text[span.start : span.end]
    if "\n" in words or (document.medium is Medium.TEI and ("<" in written or "&" in written)):
        return False
    return written == words or _BLANKS.sub(" ", written) == _BLANKS.sub(" ", words)


def rewritten(document: Document, text: Text, start: int, end: int, new: str) -> Edits:
    """The edit that makes ``new`` of ``content[start:end]``; none where these words do not stand plain in the file.

    Only what differs is replaced, so that two corrections of one word can be made together; there is no edit where
    nothing differs.
    """
    old = text.content[start:end]
    if old == new or not stands_plain(document, text.span(start, end), old):
        return ()
    same = _alike(old, new)
    behind = _alike(old[same:][::-1], new[same:][::-1])
    low, high = start + same, end - behind
    addition = new[same : len(new) - behind]
    return ((_place(text, low, high, start), written_in(document, addition)),)


def parted(document: Document, text: Text, index: int) -> Edits:
    """The edit that sets a blank in front of ``content[index]``: behind the markers, notes and end tags before it."""
    if document.element is None:
        place = text.origin(index)
    else:
        from fruslint.checks.elements.layout import place_for_blank  # a run over memoranda needs no markup

        place = place_for_blank(document.element.markup, text.span(index - 1, index).end)
    return ((Span(place, place), " "),)


def written_in(document: Document, words: str) -> str:
    """Words as they are written in a file of the medium of ``document``."""
    if document.medium is Medium.TEI:
        for char, reference in _NAMED:
            words = words.replace(char, reference)
    return words


def _place(text: Text, low: int, high: int, start: int) -> Span:
    """Where ``content[low:high]`` stands; an empty stretch stands right behind the character before it."""
    if low < high or low == start:
        return text.span(low, high)
    end = text.span(low - 1, low).end
    return Span(end, end)


def _alike(one: str, other: str) -> int:
    """How many characters are the same at the beginning of both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))
