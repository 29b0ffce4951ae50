"""Moves the words of documents that refer to notes which get another number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fruslint.model import Document
from fruslint.renumbering.mentions import Mention, find_mentions
from fruslint.renumbering.plan import Draft, Numbers
from fruslint.source import Span
from fruslint.text import BlockKind

_ALL = frozenset(BlockKind)
Skip = Callable[[Span], bool]
"""Whether a place is none to look at, because the markup says what it refers to."""


def move_mentions(draft: Draft, documents: Iterable[Document], moved: Mapping[str, Numbers], skip: Skip) -> None:
    """Move the mentions in ``documents`` of notes of the documents in ``moved``, which are known by their number."""
    for document in documents:
        text = document.view(_ALL).text
        own = number_of(document)
        for mention in find_mentions(text.content):
            numbers = moved.get(mention.document or own)
            if numbers and not mention.foreign:
                spans = [text.span(*number) for number in mention.numbers]
                if not any(map(skip, spans)):
                    _move(draft, mention, spans, numbers)


def number_of(document: Document) -> str:
    """The number by which references name a document; empty if it has none."""
    return document.number.text.strip("[]") if document.number is not None else ""


def _move(draft: Draft, mention: Mention, spans: list[Span], numbers: Numbers) -> None:
    """Move one mention as a whole, or say why it stays."""
    texts = [draft.source.text[span.start : span.end] for span in spans]
    values = [int(text) for text in texts if text.isdigit()]
    if len(values) < len(texts):
        return
    whole = Span(spans[0].start, spans[-1].end)
    why = _doubt(mention, values, numbers)
    if why:
        draft.leave(whole, f"‘{mention.words}’: {why}")
        return
    for span, value in zip(spans, values, strict=True):
        draft.refer(span, str(numbers.changed.get(value, value)))


def _doubt(mention: Mention, values: list[int], numbers: Numbers) -> str:
    """Why a mention cannot be moved; empty if it can, or need not."""
    for value in values:
        if value in numbers.ambiguous:
            return f"two notes have the number {value}"
        if value not in numbers.known:
            return f"there is no note {value}"
    if not mention.certain and any(value in numbers.changed for value in values):
        return "it is not certain whose note is meant"
    return ""
