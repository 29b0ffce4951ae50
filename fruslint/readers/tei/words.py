"""Makes the words a reader sees out of a run of markup, and finds the way back from them to the file.

Inline elements are joined, notes are taken out, references are decoded, and white space is folded as a browser does it.
What XML calls white space is folded and nothing else: a no-break space is a character like any other. One thing is not
shown as a browser would: white space that parts words from their punctuation only because a tag stands between the two
(``<hi>Washington </hi>,``) is a matter of the markup, and is left out of the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from fruslint.markup.elements import CDATA, Markup
from fruslint.markup.tags import REFERENCE, character
from fruslint.patterns import late
from fruslint.readers.tei.letters import Letters
from fruslint.record import Record
from fruslint.text import Piece, Text

WHITE = " \t\r\n"
BLANK = "\x03"
"""The mark of a cut at which the words on both sides stay apart: a line break, or a list inside of a paragraph."""
LINE = "\x01"
"""The mark of a cut at which a new line begins: the paragraphs of a note."""
NOTHING = ""
"""The mark of a cut that leaves no trace: a note."""

_EDGE = WHITE + BLANK + LINE

# Stands for an ampersand of a CDATA section, where it begins no reference.
_AMPERSAND = "\x02"
_CLOSING = frozenset(",.;:?!)]}")
_OPENING = frozenset("([{")
_LONGEST = 10_000
"""Characters; to count the letters of a longer text each time would take more than to work out its pieces."""
_EMPTY_CDATA = len("<![CDATA[]]>")
# Of all white space this is found fastest, and mostly nothing is left for the next pattern to do.
_INDENT = late(r"\n *")
_BLANKS = late(r"[ \t\r\n]+")
_WHITE_REFERENCE = late(r"&#(?:x0*(?:20|[9AaDd])|0*(?:32|9|10|13));")
# Where more than one character of the raw text, or a mark, is one of the words; a lone blank is nothing special.
_STEP = late(r"[ \t\r\n\x01\x03]{2,}+|[\x01\x03]|&[#\w]++;")


class Cut(Record):
    """What is taken out of a run: from which place of ``Markup.parts`` to which, and the mark that is left."""

    first: int
    last: int
    mark: str


class Run:
    """A stretch of markup: the places in ``Markup.parts`` it lies between, and what is taken out of it."""

    __slots__ = ("_cuts", "_taken", "first", "last")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self._cuts: list[Cut] | None = None
        self._taken = -1

    @property
    def cuts(self) -> list[Cut]:
        """What is taken out, in order."""
        if self._cuts is None:
            return []
        if len(self._cuts) > 1:
            self._cuts.sort()
        return self._cuts

    def cut(self, first: int, last: int, mark: str) -> None:
        """Take something out, unless it is in something that was taken out before."""
        if first <= self._taken:
            return
        if self._cuts is None:
            self._cuts = []
        if last > first:
            self._taken = last
        self._cuts.append(Cut(first, last, mark))

    def part(self, first: int, last: int, mark: str) -> None:
        """Set what stands between two places apart from what is around it."""
        self.cut(first, first, mark)
        self.cut(last, last, mark)


class RunText(Text):
    """The words of a run, or a part of them."""

    __slots__ = ("_letters", "_markup", "_part_of", "_run", "_skip")

    def __init__(self, markup: Markup, run: Run) -> None:
        self._content = self._pieces = None
        self._letters: Letters | None = None
        self._markup = markup
        self._run = run
        self._skip = 0
        self._part_of: RunText | None = None  # never itself: what leads back to itself is not freed

    def part(self, start: int, end: int | None = None) -> RunText:
        """The words from the character at ``start`` to that before ``end``."""
        chosen = RunText(self._markup, self._run)
        chosen._content = self.content[start:end]
        chosen._skip = self._skip + start
        chosen._part_of = self._part_of or self
        return chosen

    def piece(self, index: int) -> Piece:
        """The piece that the character at ``index`` belongs to; it may begin there, where nothing is folded or decoded."""
        whole = self._part_of or self
        if self._pieces is None and len(whole.content) < _LONGEST:
            index = min(index, len(self.content) - 1)
            origin = whole._origin(self._skip + index)
            if origin is not None:
                return Piece(index, origin)
        return super().piece(index)

    def _origin(self, index: int) -> int | None:
        """Where a letter of the whole stands, if that can be told without working out all the pieces."""
        if self._markup.cdata or not self.content[index : index + 1].strip():
            return None
        if self._letters is None:
            self._letters = Letters(self.content, *_written(self._markup, self._run))
        return self._letters.origin(index)

    def _find_content(self) -> str:
        return run_content(self._markup, self._run)

    def _find_pieces(self) -> tuple[Piece, ...]:
        pieces = _Way(self._markup, self._run).pieces()
        if not pieces:
            return (Piece(0, self._markup.offsets[self._run.first + 1]),)
        return _within(pieces, self._skip, self._skip + len(self.content))


def _written(markup: Markup, run: Run) -> tuple[list[str], list[int]]:
    """The texts of a run, and their offsets in the source."""
    texts: list[str] = []
    origins: list[int] = []
    begin = run.first
    for cut in (*run.cuts, Cut(run.last, run.last, NOTHING)):
        texts += markup.parts[begin + 1 : cut.first : 2]
        origins += markup.offsets[begin + 1 : cut.first : 2]
        begin = cut.last
    return texts, origins


def _within(pieces: list[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of the part of a text between two characters."""
    first = max(index for index, piece in enumerate(pieces) if piece.start <= start)
    head = pieces[first]
    inside = [piece for piece in pieces[first + 1 :] if piece.start < end]
    opening = head if head.start == start else Piece(start, head.origin + start - head.start)
    return tuple(Piece(piece.start - start, piece.origin, piece.width) for piece in (opening, *inside))


def run_content(markup: Markup, run: Run) -> str:
    """The words of a run."""
    if markup.cdata:
        return _join(_stretches(markup, run)).replace(_AMPERSAND, "&")
    cuts = run.cuts
    texts = list(_uncut(markup.parts, run, cuts)) if cuts else markup.parts[run.first + 1 : run.last : 2]
    raw = "".join(texts)
    if "&#" in raw or (len(texts) > 1 and _has_white_at_tags(texts)):
        return _join(_stretches(markup, run))
    return _lines(raw) if cuts else _fold(raw)


def _has_white_at_tags(texts: list[str]) -> bool:
    """Whether white space and punctuation meet where two texts do."""
    last = LINE
    for text in texts:
        if text:
            first = text[0]
            if (first in _CLOSING and last in WHITE) or (last in _OPENING and first in WHITE):
                return True
            last = text[-1]
    return False


def _uncut(parts: list[str], run: Run, cuts: list[Cut]) -> Iterator[str]:
    """The texts between the cuts, and their marks."""
    begin = run.first
    for first, last, mark in cuts:
        yield from parts[begin + 1 : first : 2]
        yield mark
        begin = last
    yield from parts[begin + 1 : run.last : 2]


def _lines(raw: str) -> str:
    raw = raw.replace(BLANK, " ")
    return "\n".join(filter(None, map(_fold, raw.split(LINE)))) if LINE in raw else _fold(raw)


def _join(stretches: list[_Stretch]) -> str:
    return _lines("".join([stretch.text for stretch in stretches]))


def _fold(raw: str) -> str:
    """The text with each run of white space as one blank, none at its ends, and references decoded."""
    if "\n" in raw:
        raw = _INDENT.sub(" ", raw.replace("\r\n", "\n") if "\r" in raw else raw)
    if "  " in raw or "\t" in raw or "\r" in raw:
        raw = _BLANKS.sub(" ", raw)
    raw = raw.strip(" ")
    return REFERENCE.sub(character, raw) if "&" in raw else raw


class _Stretch(Record):
    """A text or a mark, its offset in the source, and its width there if it is a mark."""

    text: str
    origin: int
    width: int


def _stretches(markup: Markup, run: Run) -> list[_Stretch]:
    """The run piece by piece, without the white space that stands between a tag or a note and the punctuation there."""
    found: list[_Stretch] = []
    begin = run.first
    for cut in (*run.cuts, Cut(run.last, run.last, NOTHING)):
        for origin, text in _texts(markup, begin, cut.first):
            _add_all(found, origin, text) if "&#" in text else _add(found, origin, text)
        if cut.mark:
            start = markup.offsets[cut.first]
            found.append(_Stretch(cut.mark, start, markup.offsets[cut.first + 1] - start))
        begin = cut.last
    return found


def _texts(markup: Markup, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Each text between two places with its offset; that of a CDATA section too, its ampersands masked."""
    offsets = markup.offsets
    for place in range(first + 1, last):
        part = markup.parts[place]
        if not place % 2:
            if part:
                yield offsets[place], part
        elif part.startswith(CDATA) and len(part) > _EMPTY_CDATA:
            yield offsets[place] + len(CDATA), part[len(CDATA) : -3].replace("&", _AMPERSAND)


def _add_all(found: list[_Stretch], origin: int, text: str) -> None:
    """Add a text in which references may stand for white space."""
    done = 0
    for white in _WHITE_REFERENCE.finditer(text):
        if white.start() > done:
            _add(found, origin + done, text[done : white.start()])
        found.append(_Stretch(BLANK, origin + white.start(), len(white[0])))
        done = white.end()
    if done < len(text):
        _add(found, origin + done, text[done:])


def _add(found: list[_Stretch], origin: int, text: str) -> None:
    """Add a text; white space before closing punctuation and behind opening punctuation goes if a tag parts the two."""
    if text[0] in _CLOSING:
        while found and not found[-1].width:
            last = found.pop()
            kept = last.text.rstrip(WHITE)
            if kept:
                found.append(_Stretch(kept, last.origin, 0))
                break
    elif text[0] in WHITE and found and found[-1].text[-1] in _OPENING:
        kept = text.lstrip(WHITE)
        origin, text = origin + len(text) - len(kept), kept
    if text:
        found.append(_Stretch(text, origin, 0))


class _Way:
    """Works out the pieces of a run: slower than its content, and exact."""

    def __init__(self, markup: Markup, run: Run) -> None:
        self._stretches = _stretches(markup, run)
        self._raw = "".join([stretch.text for stretch in self._stretches])
        lengths = (len(stretch.text) for stretch in self._stretches)
        self._starts = list(accumulate(lengths, initial=0))
        self._pieces: list[Piece] = []
        self._at = 0
        self._length = 0

    def pieces(self) -> list[Piece]:
        """The pieces in order; none if there are no words."""
        raw = self._raw
        done = len(raw) - len(raw.lstrip(_EDGE))
        end = len(raw.rstrip(_EDGE))
        for step in _STEP.finditer(raw, done, end):
            self._plain(done, step.start())
            self._step(step.start(), step.end(), step[0][0] == "&")
            done = step.end()
        self._plain(done, end)
        return self._pieces

    def _step(self, start: int, end: int, reference: bool) -> None:
        """A reference, or a run of white space, of which as much counts as lies side by side in the source."""
        stretch = self._stretch(start)
        if stretch.width:
            self._add(stretch.origin, stretch.width)
        else:
            width = end - start if reference else min(end, self._starts[self._at + 1]) - start
            self._add(stretch.origin + start - self._starts[self._at], width)
        self._length += 1

    def _plain(self, start: int, end: int) -> None:
        """Text that stands in the source as it is, apart from tags in it."""
        while start < end:
            stretch = self._stretch(start)
            stop = min(end, self._starts[self._at + 1])
            self._add(stretch.origin + start - self._starts[self._at], 1)
            self._length += stop - start
            start = stop

    def _add(self, origin: int, width: int) -> None:
        """A piece from here on, unless it only goes on with the last one."""
        if width == 1 and self._pieces:
            last = self._pieces[-1]
            if not last.width and last.origin + self._length - last.start == origin:
                return
        self._pieces.append(Piece(self._length, origin, width if width != 1 else 0))

    def _stretch(self, index: int) -> _Stretch:
        """The stretch that the character at ``index`` is in; to be asked in ascending order."""
        while self._starts[self._at + 1] <= index:
            self._at += 1
        return self._stretches[self._at]
