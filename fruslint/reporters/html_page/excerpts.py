"""The words around a place, cut to a slip that is read at a glance, with the place marked."""

from __future__ import annotations

from fruslint.findings import Place
from fruslint.reporters.html_page.words import CUT, MARK, MARK_END, coded

_BEFORE, _AFTER, _MARKED = 110, 130, 160
_RELATED = 45
_WORD = 16
_REACH = 160  # so far an excerpt goes behind the place; what reaches it may go on


def excerpt(place: Place) -> str:
    """The line around a place as coded text; empty where there is nothing to see."""
    return _slip(place, _BEFORE, _AFTER)


def short_excerpt(place: Place) -> str:
    """A few words around a related place."""
    return _slip(place, _RELATED, _RELATED)


def _slip(place: Place, before: int, after: int) -> str:
    text = place.excerpt.text
    if not text.strip():
        return ""
    start = min(max(place.start.column - place.excerpt.column, 0), len(text))
    end = _end(place, start)
    first, last = _word_start(text, start - before, start), _word_end(text, end + after, end)
    left = CUT if first > 0 or place.excerpt.column > 1 else ""
    right = CUT if last < len(text) or last - start >= _REACH or end - start >= _MARKED else ""
    mark = coded(text[start:end], marked=True)
    return f"{left}{coded(text[first:start])}{MARK}{mark}{MARK_END}{coded(text[end:last])}{right}"


def _end(place: Place, start: int) -> int:
    """Where the mark ends: with the line, where the place goes on behind it."""
    text = place.excerpt.text
    length = place.end.column - place.start.column if place.end.line == place.start.line else len(text)
    return min(start + min(length, _MARKED), len(text))


def _word_start(text: str, index: int, limit: int) -> int:
    """``index``, or the next beginning of a word behind it."""
    if index <= 0:
        return 0
    space = text.find(" ", index, min(index + _WORD, limit))
    return space + 1 if space >= 0 else index


def _word_end(text: str, index: int, limit: int) -> int:
    """``index``, or the end of the word before it."""
    if index >= len(text):
        return len(text)
    space = text.rfind(" ", max(index - _WORD, limit), index)
    return space if space >= 0 else index
