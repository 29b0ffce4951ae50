"""Makes ``rules/words/english.txt`` of the word lists of SCOWL, which Debian has in its package ``scowl``.

Run as ``python tools/english_words.py FOLDER``, FOLDER being where the lists of SCOWL lie (``/usr/share/dict/scowl``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

# American, British and Canadian spelling and what they share, with the variants.
_DIALECTS = ("american", "british", "british_z", "canadian", "english")
_VARIANTS = ("american_variant_1", "british_variant_1", "british_variant_2", "variant_1", "variant_2", "variant_3")
# SCOWL's own measure of how rare a word is: up to 20 every reader knows it, up to 35 it is in small dictionaries.
_FREQUENT, _COMMON, _RARE = 20, 35, 70
_KEY = 3
_TARGET = Path(__file__).parent.parent / "rules" / "words" / "english.txt"


def main(folder: Path) -> None:
    """Writes one line for all words that begin with the same three letters: frequent | common | other ones."""
    frequent = _words(folder, _DIALECTS, _FREQUENT)
    common = _words(folder, _DIALECTS, _COMMON) - frequent
    others = _words(folder, _DIALECTS + _VARIANTS, _RARE) - frequent - common
    words = sorted(frequent | common | others)
    if not words:
        raise SystemExit(f"no lists of SCOWL in {folder}")
    with _TARGET.open("w", encoding="ascii", newline="\n") as file:
        for key, group in groupby(words, lambda word: word[:_KEY]):
            chosen = list(group)
            ranks = (" ".join(word for word in chosen if word in rank) for rank in (frequent, common, others))
            file.write(f"{key:{_KEY}}| {' | '.join(ranks)} \n")


def _words(folder: Path, lists: Iterable[str], rarest: int) -> set[str]:
    """The words in small letters without accents or apostrophes."""
    sizes = [size for size in range(rarest + 1) if size % 5 == 0]
    files = [folder / f"{name}-words.{size}" for name in lists for size in sizes]
    lines = [line for file in files if file.is_file() for line in file.read_text(encoding="iso-8859-1").split()]
    return {line for line in lines if line.isascii() and line.isalpha() and line.islower()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
