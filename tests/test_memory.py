"""Nothing that was read is kept: a run pauses the search for circles, so that what leads back to itself would pile up."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from fruslint.engine import Engine
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules

CORPUS = Path(__file__).parent.parent / "corpus"
VOLUME = next((CORPUS / "sound").rglob("*.xml"))
MEMORANDUM = next((CORPUS / "sound").rglob("*.txt"))


@pytest.mark.parametrize("file", [VOLUME, MEMORANDUM], ids=["volume", "memorandum"])
def test_a_file_is_freed_without_the_garbage_collector(file: Path) -> None:
    engine = Engine(builtin_rules())
    data = file.read_bytes()
    engine.conclude([engine.check(read_bytes(str(file), data))])  # what is made once and kept
    gc.collect()
    gc.disable()
    try:
        engine.conclude([engine.check(read_bytes(str(file), data))])
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = {type(thing).__name__ for thing in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == set(), "these lead back to themselves"
