"""Finds documents without a heading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from fruslint.checks.base import Hit, Parameterless
from fruslint.language.vocabulary import section_kind
from fruslint.model import Document
from fruslint.source import Span


class MissingTitleCheck(Parameterless):
    """Asks for a heading with words in it; the label of a section is none."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"found"})

    def check_document(self, document: Document) -> Iterator[Hit]:
        """A hit if the document has no heading."""
        title = document.title
        words = title.text.content.strip() if title else ""
        label = document.number
        if label is not None and not words:
            yield Hit(label.span, {"found": label.text})
        elif title is not None and words:
            if label is None and section_kind(words):
                yield Hit(title.span, {"found": words})
        else:
            start = (title or document).span.start
            yield Hit(Span(start, start), {"found": "nothing"})
