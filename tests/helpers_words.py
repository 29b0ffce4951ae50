"""The words of a document, by which tests of fixes compare what was with what is."""

from __future__ import annotations

from fruslint.fixing.words import document_texts, words_of
from fruslint.model import Document


def document_words(document: Document) -> list[str]:
    """All words of a document in the order of its parts, its notes last."""
    return [word for text in document_texts(document) for word in words_of(text)]
