"""What is said of documents that are left out of a volume, or stand in the wrong place."""

from __future__ import annotations

from collections.abc import Iterable

from fruslint.checks.document_sequence import DocumentSequenceCheck
from fruslint.readers import read_bytes


def told(headings: Iterable[str]) -> list[str]:
    """What is found in memoranda with these headings, in this order."""
    check = DocumentSequenceCheck({})
    documents = [read_bytes("d.txt", f"{one} Letter\n\nHe said it.\n".encode()).documents[0] for one in headings]
    return [hit.values["detail"] for hit in check.conclude([check.collect(one) for one in documents])]


def numbered(*numbers: int) -> list[str]:
    return [f"{number}." for number in numbers]


def test_documents_that_are_left_out_are_named() -> None:
    behind = range(8, 60)
    assert told(numbered(1, 2, 3, 4, 6, 7, *behind)) == ["follows 4: there is no 5"]
    assert told(numbered(1, 2, *behind)) == ["follows 2: there is no 3 to 7"]


def test_of_those_left_out_one_in_brackets_is_there() -> None:
    assert told([*numbered(1, 2), "[5].", *numbered(*range(8, 60))]) == ["follows 2: there is no 3, 4, 6, 7"]


def test_the_fewer_of_the_documents_that_changed_places_are_in_the_wrong_one() -> None:
    assert told(numbered(1, 3, 4, 2, *range(5, 60))) == ["stands behind 4 and belongs behind 1"]
    assert told(numbered(1, 4, 2, 3, *range(5, 60))) == ["stands behind 1 and belongs behind 3"]
