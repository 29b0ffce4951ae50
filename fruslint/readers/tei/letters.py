"""Finds where one letter of a text stands in the file, without working out where all the others do.

White space is folded and left out on the way from markup to words, and letters are not, unless references stand for some.
So the hundredth letter of the words is the hundredth of the markup's text, and letters are counted at the speed of C.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from fruslint.patterns import late

_SHOWN = " \n"
_WHITE = " \t\r\n"
_LETTER = late(r"[^ \t\r\n]")


class Letters:
    """The letters of a text: all its characters but white space."""

    __slots__ = ("_asked", "_blanks", "_content", "_ends", "_origins", "_place", "_raw", "_same")

    def __init__(self, content: str, texts: Sequence[str], origins: Sequence[int]) -> None:
        """``content`` is the text; ``texts`` are what it was made of, and ``origins`` where each of them begins in the file."""
        self._content = content
        self._raw = raw = "".join(texts)
        self._ends = list(accumulate(map(len, texts)))
        self._origins = origins
        self._blanks = [blank for blank in _WHITE if blank in raw]
        self._asked = self._place = 0
        # Where a reference was decoded, it was of more letters than the one it stands for.
        self._same = _letters(content, 0, len(content), _SHOWN) == _letters(raw, 0, len(raw), self._blanks)

    def origin(self, index: int) -> int | None:
        """Where the letter at ``index`` of the text stands in the file; None where that takes a closer look."""
        if not self._same:
            return None
        place = self._find(index)
        text = bisect_right(self._ends, place)
        return self._origins[text] + place - (self._ends[text - 1] if text else 0)

    def _find(self, index: int) -> int:
        """Where in the raw text that letter stands; it goes on from the letter that was asked for last."""
        if index < self._asked:
            self._asked = self._place = 0
        raw, blanks, place = self._raw, self._blanks, self._place
        before = _letters(self._content, self._asked, index, _SHOWN)
        while found := _LETTER.search(raw, place):
            place = found.start()
            if not before:
                break
            # As many characters further on, there may be blanks among them: so many letters are still to be passed.
            before, place = before - _letters(raw, place, place + before, blanks), place + before
        self._asked, self._place = index, place
        return place


def _letters(text: str, start: int, end: int, blanks: Sequence[str]) -> int:
    """How many of the characters between two places are letters."""
    count = end - start
    for blank in blanks:
        count -= text.count(blank, start, end)
    return count
