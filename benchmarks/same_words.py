"""Says whether two folders of edition files hold the same words: those before and after ``fruslint fix``.

It knows nothing of fruslint, so that a mistake of its readers cannot hide a mistake of its fixes. Words are compared
letter by letter, white space counting only where it parts two words; what is left out are markup and apparatus: the
numbers of notes, pages and documents, and how the labels of lists are written.

    python benchmarks/same_words.py BEFORE AFTER
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from unicodedata import normalize
from xml.etree import ElementTree

ID = "{http://www.w3.org/XML/1998/namespace}id"
LABELS = ["participants", "subject", "subjects", "present", "place", "date", "time", "attending", "references"]
TEXT_NOTE = re.compile(r"^\s*\d{1,3}[.)]?\s+(?=\S)")
TEXT_TITLE = re.compile(r"^\W*\d{1,5}[A-Za-z]?[.,:;)]?\s*")
TEXT_PAGE = re.compile(r"[\[({]\s*(?:Facsimile +)?p[a-z]{0,4}\.?\s*[\dIlOoSg|ivxlc]{1,6}\s*[\])}]?", re.IGNORECASE)
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\xad\u200b-\u200f\u2060\ufeff]")
WORD = re.compile(r"[^\W\d_]+")


def main(before: Path, after: Path) -> int:
    """Compare all files of the two folders; returns how many do not hold the same words."""
    files = sorted(path.relative_to(before) for path in before.rglob("*") if path.suffix in {".txt", ".xml"})
    different = 0
    for file in files:
        for name, difference in differences(before / file, after / file):
            different += 1
            print(f"{file} {name}: {difference}")
    print(f"{len(files)} files, {different} documents with other words")
    return different


def differences(before: Path, after: Path) -> Iterator[tuple[str, str]]:
    """Each document of a file whose words are not the same, with the first that differ."""
    read = tei_documents if before.suffix == ".xml" else text_document
    old, new = read(before), read(after)
    if list(old) != list(new):
        yield "documents", f"{len(old)} before, {len(new)} after"
        return
    for name, words in old.items():
        if words != new[name]:
            yield name, first_difference(words, new[name])


def first_difference(old: Sequence[str], new: Sequence[str]) -> str:
    """Where two sequences of words part."""
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return f"{' '.join(old[max(0, at - 3) : at + 4])!r} -> {' '.join(new[max(0, at - 3) : at + 4])!r}"


def is_label(line: str) -> bool:
    """Whether a line is the label of a list, well spelt or not: a few words with one of its own among the first four."""
    words = [word.lower() for word in WORD.findall(line)]
    behind = ":" in line.strip(" \t:")
    return len(words) <= 6 and not behind and any(get_close_matches(word, LABELS, 1, 0.75) for word in words[:4])


def words_of(text: str) -> list[str]:
    """The words of a text: letters alone, in one form."""
    return WORD.findall(normalize("NFC", INVISIBLE.sub("", text)))


def text_document(path: Path) -> dict[str, list[str]]:
    """The words of a memorandum, and its numbers: the apparatus can hold as many digits as it likes."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in text.split("\n") if line.strip()]
    lines = [TEXT_TITLE.sub("", lines[0]), *(TEXT_NOTE.sub("", line) for line in lines[1:])] if lines else []
    kept = (line for line in lines if not is_label(line))
    return {path.stem: words_of(TEXT_PAGE.sub(" ", "\n".join(kept)))}


def tei_documents(path: Path) -> dict[str, list[str]]:
    """The words of each document of a volume, and of what stands in none, by another library than fruslint's."""
    documents: dict[str, list[str]] = {"": []}
    collect(ElementTree.parse(path).getroot(), "", documents)
    return documents


def collect(element: ElementTree.Element, inside: str, documents: dict[str, list[str]]) -> None:
    """Add the words of an element to the document it stands in; what is no inline element parts words."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name == "div" and element.get("type") == "document":
        inside = element.get(ID) or f"#{len(documents)}"
    own = documents.setdefault(inside, [])
    label = name == "head" and is_label("".join(element.itertext()))
    if name and not label and element.text:
        own += tei_words(element.text)
    for child in element:
        if not label:
            collect(child, inside, documents)
        if child.tail:
            own += tei_words(child.tail)


def tei_words(text: str) -> list[str]:
    """Words and numbers of a stretch of text: in a volume no number of the text is apparatus."""
    return re.findall(r"[^\W_]+", normalize("NFC", INVISIBLE.sub("", text)))


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    sys.exit(1 if main(Path(sys.argv[1]), Path(sys.argv[2])) else 0)
