"""Nothing that was read is kept: a run pauses the search for circles, so that what leads back to itself would pile up.

And what a large file took goes back to the system.
"""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
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


# A block of 16 MB is freed, and then one of 12 MB, which others followed; prints the kilobytes that went back with it.
GIVEN_BACK = """
from fruslint.memory import return_large_blocks

def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))

return_large_blocks()
first = b"x" * 16_000_000
del first
large = b"x" * 12_000_000
small = [bytes(1000) for _ in range(1000)]
before = resident()
del large
print(before - resident())
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc keeps what was freed"
)
def test_what_a_large_file_took_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", GIVEN_BACK], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 10_000
