"""Makes TEI volumes of any size out of the sample volume, no two documents of them alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = next((ROOT / "corpus" / "sound").rglob("*.xml"))
_DOCUMENT = re.compile(r'[ \t]*<div [^>]*type="document".*?\n[ \t]*</div>\n', re.DOTALL)
_PAGE = re.compile(r"<pb [^>]*/>")


def write_volumes(folder: Path, volumes: int, megabytes: float) -> None:
    """Write so many ``volumes`` of about that size each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(volumes):
        (folder / f"frus1964-68v{number + 1:02}.xml").write_text(
            volume(int(megabytes * 1_000_000), number), encoding="utf-8", newline="\n"
        )


def volume(size: int, number: int = 0) -> str:
    """A volume of about ``size`` bytes."""
    text = SAMPLE.read_text(encoding="utf-8")
    samples = _DOCUMENT.findall(text)
    parts: list[str] = []
    length = 0
    for document in _documents(samples, number):
        parts.append(document)
        length += len(document)
        if length >= size:
            break
    start = text.index(samples[0])
    end = text.index(samples[-1]) + len(samples[-1])
    return text[:start] + "".join(parts) + text[end:]


def _documents(samples: list[str], salt: int) -> Iterator[str]:
    page = 0
    number = 0
    while True:
        for sample in samples:
            number += 1
            own = re.search(r'xml:id="(d[0-9]+)"', sample)
            old = own[1] if own else "d1"
            made = re.sub(rf'\b{old}(?=[f"])', f"d{number}", sample)
            made = re.sub(r'\bn="[0-9]+" (?=type="document")|(?<=type="document" )n="[0-9]+"', f'n="{number}"', made)
            made = re.sub(r"(<head>)[0-9]+\.", rf"\g<1>{number}.", made)
            made, pages = _paged(made, page)
            page += pages
            yield made.replace("</p>", f" This was the {number * 100 + salt}th time.</p>", 1)


def _paged(text: str, last: int) -> tuple[str, int]:
    """The text with its pages counted on behind ``last``, and how many there are."""
    numbers = count(last + 1)
    return _PAGE.subn(lambda _: _page(next(numbers)), text)


def _page(number: int) -> str:
    return f'<pb facs="{number:04}" n="{number}" xml:id="pg_{number}"/>'
