"""How an instruction is written that says what is not to be reported, and read: in a TEI file, for the place it stands at.

It looks like ``<?fruslint ignore NOTE004 reason="So printed."?>``.
``ignore`` holds for the element it stands in, ``ignore-next`` for the next one, ``ignore-document`` for the document it
stands in, and ``ignore-file`` for the whole file. An edition text of plain words cannot hold one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from fruslint.findings import Edit, Place, place
from fruslint.markup.elements import Markup
from fruslint.markup.tags import decode
from fruslint.model import Volume
from fruslint.near import nearest
from fruslint.patterns import late
from fruslint.record import Record
from fruslint.source import Source, Span

_INSTRUCTION = late(
    r"""<\?fruslint\s+(?P<scope>[\w-]+)(?:\s+(?P<rules>(?!reason\s*=)[\w-]+(?:\s*,\s*[\w-]+)*))?"""
    r"""(?:\s+reason\s*=\s*(?P<reason>"[^"]*"|'[^']*'))?\s*\?>"""
)
_WORD = late(r"[\w-]+")
_FORM = 'write <?fruslint ignore RULE, RULE reason="..."?>'


class Word(Record):
    """A rule, name or family that an instruction names, and where."""

    text: str
    place: Place


class Instruction(Record):
    """An instruction, and the part of the file it holds for; ``problem`` says why it holds for none.

    ``removal`` is the edit that takes it out; ``listed`` is the one that takes out its list of words.
    """

    place: Place
    document: str
    removal: Edit
    listed: Edit
    words: tuple[Word, ...] = ()
    scope: Span = Span(0, 0)
    reason: str = ""
    problem: str = ""


def read_instructions(volume: Volume, markup: Markup) -> tuple[Instruction, ...]:
    """The instructions in a TEI volume, whose markup is given, in order."""
    return tuple(_Reader(volume, markup, part).read() for part in markup.instructions)


class _UnknownError(ValueError):
    """An instruction cannot be understood; the text says why, and what to do."""


class _Reader:
    """Reads the instruction that is a part of the markup."""

    def __init__(self, volume: Volume, markup: Markup, part: int) -> None:
        self._markup = markup
        self._source = volume.source
        self._part = part
        self._span = Span(markup.offsets[part], markup.offsets[part + 1])
        self._around = [one for one in volume.documents if one.span.start <= self._span.start < one.span.end]

    def read(self) -> Instruction:
        """The instruction; with a ``problem`` where it cannot be understood."""
        document = self._around[-1].id if self._around else ""
        removal = _removal(self._source, self._span)
        made = Instruction(place(self._source, self._span), document, removal, removal)
        try:
            found = _INSTRUCTION.fullmatch(self._markup.parts[self._part])
            if found is None:
                raise _UnknownError(_FORM)
            scope = self._scope(found["scope"])
            if not found["rules"]:
                raise _UnknownError(f"it names no rule; {_FORM}")
        except _UnknownError as error:
            return made._replace(problem=str(error))
        listed = _edit(self._source, self._moved(found.span("rules")))
        reason = decode((found["reason"] or '""')[1:-1]).strip()
        return made._replace(listed=listed, words=tuple(self._words(found)), scope=scope, reason=reason)

    def _scope(self, word: str) -> Span:
        find = _SCOPES.get(word)
        if find is None:
            raise _UnknownError(f"‘{word}’ is not known; perhaps {nearest(word, _SCOPES) or ', '.join(_SCOPES)}")
        return find(self)

    def element(self) -> Span:
        """The element around the instruction."""
        number = self._markup.around(self._span.start)
        if number is None:
            raise _UnknownError("it stands in no element; write ignore-file for the whole file")
        return self._markup.span(number)

    def next_element(self) -> Span:
        """The element behind the instruction, with the same parent."""
        number = bisect_right(self._markup.opens, self._part)
        around = self._markup.around(self._span.start)
        parent = -1 if around is None else around
        if number >= len(self._markup) or self._markup.parents[number] != parent:
            raise _UnknownError("no element follows it in the one it stands in")
        return self._markup.span(number)

    def document(self) -> Span:
        """The innermost document around the instruction."""
        if not self._around:
            raise _UnknownError("it stands in no document; write ignore-file for the whole file")
        return min((one.span for one in self._around), key=_length)

    def file(self) -> Span:
        """All of the file, and its end."""
        return Span(0, len(self._source.text) + 1)

    def _words(self, found: re.Match[str]) -> Iterator[Word]:
        for match in _WORD.finditer(found[0], *found.span("rules")):
            yield Word(match[0], place(self._source, self._moved(match.span())))

    def _moved(self, span: tuple[int, int]) -> Span:
        return Span(self._span.start + span[0], self._span.start + span[1])


_SCOPES: dict[str, Callable[[_Reader], Span]] = {
    "ignore": _Reader.element,
    "ignore-next": _Reader.next_element,
    "ignore-document": _Reader.document,
    "ignore-file": _Reader.file,
}


def _length(span: Span) -> int:
    return span.end - span.start


def _removal(source: Source, span: Span) -> Edit:
    """The edit that takes an instruction out, with its line where it has one for itself."""
    text = source.text
    line = source.line_span(source.position(span.start).line)
    before, behind = text[line.start : span.start], text[span.end : line.end]
    alone = span.end <= line.end and not (before + behind).strip() and line.start
    return _edit(source, Span(source.line_span(source.position(line.start).line - 1).end, line.end) if alone else span)


def _edit(source: Source, span: Span) -> Edit:
    return Edit(span, "", source.position(span.start), source.position(span.end))
