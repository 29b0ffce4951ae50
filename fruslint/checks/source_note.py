"""Reports that the source note of a document is missing, begins wrongly, or stands in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from fruslint.apparatus.citation import SourceNote, lead_span, source_notes
from fruslint.checks.base import Edits, Hit, Parameters, RelatedSpan
from fruslint.checks.search.edits import rewritten
from fruslint.checks.search.expressions import PATTERNS
from fruslint.language.spelling import distance
from fruslint.language.vocabulary import SOURCE_LEAD
from fruslint.model import UNREAD_NOTE, Document, DocumentKind, Note
from fruslint.patterns import late
from fruslint.source import Span
from fruslint.text import BODY, BlockKind

_FIRST = "1"
_POINTS = ".,"
_REACH = 20
_BRACKETS = ("[", "(")
_OPENERS = frozenset({BlockKind.OPENER, BlockKind.PARAGRAPH})
_FIRST_WORD = late(r"\W{0,2}(?P<word>[^\W_]{4,8}|[^\W_]{1,6} [^\W_]{1,2}(?=:))(?P<mark>[:;,.]?)\s+(?=[A-Z“‘\[])")
# The word in the signs of some markup, with other marks behind it, doubled, or glued to the next word
_GARBLED = late(
    r"(?:<\w{1,8}>|[*_“\"])*(?P<word>[Ss]ource(?::\s+Source)?)(?P<mark>(?:\s?[:;,.—–-]|</\w{1,8}>|[*_”\"])*)\s*"
    r"(?=[A-Z“‘\[])"
)
_WORD = "source"
_FAR = 2
_LONGEST_LINE = 120


class SourceNoteCheck:
    """Looks for one fault, ``report``, of the source note.

    ``missing``: there is none; ``cited_above`` tells a line above the text that cites the source itself. ``lead``: the
    first note is one by ``looks_like`` or by a misprinted first word, and does not begin ``Source:``. ``not-first``: it
    stands behind another note, or its marker is not in the title. ``several``: there are two. ``from_year``: older
    documents are left out, and kinds of documents that are among ``not_documents``.
    """

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["report"],
        "additionalProperties": False,
        "properties": {
            "report": {"enum": ["missing", "lead", "not-first", "several"]},
            "from_year": {"type": "integer"},
            "not_documents": {"type": "array", "items": {"enum": list(DocumentKind)}},
            "looks_like": PATTERNS,
            "cited_above": PATTERNS,
        },
    }
    VALUES: ClassVar[frozenset[str]] = frozenset({"found", "expected", "label"})

    def __init__(self, parameters: Parameters) -> None:
        self._from_year: int = parameters.get("from_year", 0)
        self._left_out = frozenset(map(DocumentKind, parameters.get("not_documents", ())))
        self._looks_like = [late(pattern) for pattern in parameters.get("looks_like", ())]
        self._cited_above = [late(pattern) for pattern in parameters.get("cited_above", ())]
        reports: dict[str, Callable[[Document, Sequence[SourceNote]], Iterator[Hit]]] = {
            "missing": self._missing,
            "lead": self._lead,
            "not-first": self._not_first,
            "several": self._several,
        }
        self._report = reports[parameters["report"]]

    def check_document(self, document: Document) -> Iterator[Hit]:
        """The hits for the one fault."""
        if document.kind in self._left_out or (document.year or self._from_year) < self._from_year:
            return iter(())
        return self._report(document, source_notes(document))

    def _missing(self, document: Document, sources: Sequence[SourceNote]) -> Iterator[Hit]:
        has_text = any(block.kind in BODY for block in document.blocks)
        if sources or not has_text or self._is_cited_above(document) or _is_coded(document) or _is_unread(document):
            return
        if document.notes and (_almost_lead(document.notes[0]) or self._is_source(document.notes[0])):
            return
        yield Hit(_title(document), {})

    def _is_cited_above(self, document: Document) -> bool:
        lines = [block.text.content for block in document.blocks if block.kind in _OPENERS][:3]
        short = [line for line in lines if len(line) <= _LONGEST_LINE and not line.endswith(".")]
        return any(pattern.search(line) for pattern in self._cited_above for line in short)

    def _is_source(self, note: Note) -> bool:
        return any(pattern.search(note.text.content) for pattern in self._looks_like)

    def _lead(self, document: Document, sources: Sequence[SourceNote]) -> Iterator[Hit]:
        first = document.notes[0] if document.notes else None
        if first is None:
            return
        misprint = _almost_lead(first)
        if misprint is not None:
            yield _misprinted(document, first, misprint)
        elif not sources and self._is_source(first):
            values = {"found": first.text.content.split(None, 1)[0], "expected": SOURCE_LEAD}
            yield Hit(lead_span(first.text), values, edits=_new_lead(document, first), unsafe=True)

    def _not_first(self, document: Document, sources: Sequence[SourceNote]) -> Iterator[Hit]:
        source = next(iter(sources), None)
        if source is None or source.note is None:
            return
        values = {"label": document.notes[source.note].label.text}
        if source.note > 0:
            related = (RelatedSpan(document.notes[0].span, "the first note"),)
            yield Hit(lead_span(source.text), values, related)
            return
        marker = next((marker for marker in document.markers if marker.note == 0), None)
        if marker is not None and document.title is not None and marker.label.span.start > document.title.span.end:
            yield Hit(lead_span(source.text), values, (RelatedSpan(marker.label.span, "its marker"),))

    def _several(self, document: Document, sources: Sequence[SourceNote]) -> Iterator[Hit]:
        yield from self._typed(document, sources)
        first = next(iter(sources), None)
        for source in sources[1:]:
            if first is not None and first.note is not None and source.note is not None:
                values = {"label": document.notes[source.note].label.text}
                related = (
                    RelatedSpan(lead_span(first.text), f"note {document.notes[first.note].label.text} is one too"),
                )
                yield Hit(lead_span(source.text), values, related)

    def _typed(self, document: Document, sources: Sequence[SourceNote]) -> Iterator[Hit]:
        """A later note that the markup calls the source, and that does not begin as one."""
        known = {source.note for source in sources}
        for index, note in enumerate(document.notes):
            if index and note.kind == "source" and index not in known and self._is_known(document, sources):
                yield Hit(lead_span(note.text), {"label": note.label.text})

    def _is_known(self, document: Document, sources: Sequence[SourceNote]) -> bool:
        """Whether the first note is the source."""
        return any(source.note == 0 for source in sources) or document.notes[0].kind == "source"


def _is_coded(document: Document) -> bool:
    """Whether the markup says of a note that it is the source, whatever its words are."""
    return any(note.kind == "source" for note in (*document.notes, *document.inline_notes))


def _is_unread(document: Document) -> bool:
    """Whether the first note stands in the text; that is said of it already."""
    return any(one.kind == UNREAD_NOTE and one.values["found"].startswith(_FIRST) for one in document.anomalies)


def _misprinted(document: Document, note: Note, misprint: re.Match[str]) -> Hit:
    """The hit for a lead that is not written as it should be; to put another word there is no safe fix."""
    content = note.text.content
    start, end = misprint.start("word") if content.startswith(_BRACKETS) else 0, misprint.end("mark")
    is_glued = end < len(content) and not content[end].isspace()
    # To take a dash away would be to change words.
    has_dash = not set(misprint["mark"]).isdisjoint("–—-")
    expected = f"{SOURCE_LEAD} " if is_glued else SOURCE_LEAD
    edits = () if has_dash else rewritten(document, note.text, start, end, expected)
    values = {"found": content[start:end], "expected": SOURCE_LEAD}
    is_marked = start < misprint.start("word") and not content[start].isspace() and content[start] not in _POINTS
    return Hit(
        note.text.span(start, end), values, edits=edits, unsafe=misprint["word"] != SOURCE_LEAD[:-1] or is_marked
    )


def _new_lead(document: Document, note: Note) -> Edits:
    """Puts the lead in front of the first word, and of the tags that begin with it."""
    place = note.text.origin(0)
    if document.element is not None:
        from fruslint.checks.elements.layout import before_tags  # a run over memoranda needs no markup

        place = before_tags(document.element.markup, place)
    return ((Span(place, place), f"{SOURCE_LEAD} "),)


def _almost_lead(note: Note) -> re.Match[str] | None:
    """The first word of a note where it is ``Source:`` misprinted: the word, or the colon."""
    content = note.text.content
    if _WORD not in content[:_REACH].casefold():
        return _misspelt(content)
    garbled = _GARBLED.match(content)
    if garbled is not None:
        return garbled if content[: garbled.end("mark")] != SOURCE_LEAD else None
    return None if content.startswith((SOURCE_LEAD, "[" + SOURCE_LEAD)) else _misspelt(content)


def _misspelt(content: str) -> re.Match[str] | None:
    """The first word where it is almost ‘source’, with a mark behind it as that has."""
    found = _FIRST_WORD.match(content)
    if found is None:
        return None
    word = found["word"].replace(" ", "").casefold()
    if word == _WORD:
        return found
    return found if found["mark"] in (":", ";") and distance(word, _WORD, _FAR) <= _FAR else None


def _title(document: Document) -> Span:
    """The marker of the title, where the source note should hang; its words where it has none."""
    title = document.title
    if title is None:
        return document.span
    marker = next((m for m in document.markers if title.span.start <= m.label.span.start < title.span.end), None)
    return marker.label.span if marker else title.text.whole()
