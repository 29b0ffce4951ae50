"""The least a checker can do: reads files and searches each for twenty patterns. A yardstick for ``text.py``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

PATTERNS = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\bthe the\b",
        r"\b(\w+) \1\b",
        r" [,;:.]",
        r",,|;;",
        r"[a-z],[A-Z]",
        r"[{}^~]",
        r"\[Page ?\d+\]",
        r"\[Pg \d+\]",
        r"^ *\d+\. ",
        r"^ *• ",
        r"[a-z.,;)”]\d{1,3}\b",
        r"\bIbid\b",
        r"\b(?:Top Secret|Secret|Confidential)\b",
        r"\bnot declassified\b",
        r"\d{1,2}:\d\d [ap]\.m\.",
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d+",
        r"\bpp\. \d+[–-]\d+",
        r"â€|Ã",
        r"[\u200b\u00ad\ufeff]",
        r"[ \t]+$",
    )
]


def hits(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    return sum(len(pattern.findall(text)) for pattern in PATTERNS)


if __name__ == "__main__":
    print(sum(hits(path) for name in sys.argv[1:] for path in sorted(Path(name).rglob("*.txt"))))
