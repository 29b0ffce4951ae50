"""Counts the calls that fruslint makes to check a volume and a memorandum: a measure of its work that no clock disturbs.

    python benchmarks/work.py            print the calls for each thousand characters
    python benchmarks/work.py --keep     write them to work.json, which a test compares with

A change that makes fruslint do more work is seen here before anybody waits for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import FrameType

from volumes import ROOT, volume

from fruslint.engine import Engine
from fruslint.model import Volume
from fruslint.readers import read_source
from fruslint.rules import builtin_rules
from fruslint.source import Source

KEPT = Path(__file__).with_name("work.json")
_SIZE = 120_000


def count() -> dict[str, float]:
    """Calls of functions, Python's own included, for each thousand characters that are read and checked."""
    memoranda = sorted((ROOT / "corpus" / "sound").rglob("*.txt"))
    texts = {
        "reading a volume": [("v/frus1964-68v01.xml", volume(_SIZE))],
        "reading memoranda": [(f"v/{path.name}", path.read_text(encoding="utf-8")) for path in memoranda],
    }
    engine = Engine(rule for rule in builtin_rules() if rule.default)
    found = {}
    for what, files in texts.items():
        sources = [Source(*file) for file in files]
        characters = sum(len(source.text) for source in sources) / 1000
        for source in sources:  # patterns are compiled when they are first needed
            engine.check(read_source(source))
        reading = calls(partial(_read, sources))
        checking = calls(partial(_check, engine, _read(sources)))
        found[what] = round(reading / characters, 1)
        found[what.replace("reading", "checking")] = round(checking / characters, 1)
    return found


def _read(sources: Iterable[Source]) -> list[Volume]:
    return [read_source(source) for source in sources]


def _check(engine: Engine, volumes: Iterable[Volume]) -> None:
    for read in volumes:
        engine.check(read)


def calls(work: Callable[[], object]) -> int:
    """How many calls something makes."""
    made = 0

    def seen(_: FrameType, event: str, __: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


if __name__ == "__main__":
    print(json.dumps(count(), indent=2))
    if "--keep" in sys.argv:
        KEPT.write_text(json.dumps(count(), indent=2) + "\n", encoding="utf-8")
