"""How much fruslint does, counted in calls: the same on a slow and a fast machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

WORK = Path(__file__).resolve().parents[1] / "benchmarks" / "work.py"
# Versions of Python count a little differently.
MORE = 1.2


def test_the_work_has_not_grown() -> None:
    done = subprocess.run([sys.executable, str(WORK)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    kept = json.loads(WORK.with_name("work.json").read_text(encoding="utf-8"))
    grown = {what: (kept[what], calls) for what, calls in found.items() if calls > kept[what] * MORE}
    assert not grown, f"calls for each thousand characters, before and now: {grown}; see benchmarks/README.md"
    assert found.keys() == kept.keys()
