"""Checks volumes, checks them again with nothing changed, and with one changed: how much of the first run each takes.

    python benchmarks/again.py              with volumes that it makes
    python benchmarks/again.py FOLDER       with yours, which stay as they are

Every run is one of the whole program, and writes its report into a file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from timing import run
from volumes import write_volumes

FIRST = "first run"
FORMATS = ("text", "json", "sarif", "html")


def main() -> None:
    options = parse()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "volumes")
        if options.folder:
            shutil.copytree(options.folder, folder, copy_function=linked)
        else:
            write_volumes(folder, options.volumes, options.megabytes)
        files = sorted(folder.rglob("*.xml"))
        command = check(folder, Path(name))
        times = {FIRST: run([*command, "text"])}
        for one in FORMATS:
            run([*command, one])  # for a page, and for fingerprints, more is kept
            times[f"nothing changed, as {one}"] = middle([*command, one], options.repeat)
        share = change(files[0]) / sum(path.stat().st_size for path in files)
        times["one volume changed"] = run([*command, "text"])
        show(times, len(files), share)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="volumes of yours")
    parser.add_argument("--volumes", type=int, default=6, help="how many volumes to make (6)")
    parser.add_argument("--megabytes", type=float, default=3, help="how large each is (3)")
    parser.add_argument("--repeat", type=int, default=5, help="how often each command runs (5)")
    return parser.parse_args()


def check(folder: Path, out: Path) -> list[str]:
    """The command to check a folder, without the format at its end."""
    words = [
        "check",
        str(folder),
        "--fail-on",
        "never",
        "--cache-dir",
        str(out / "kept"),
        "--output",
        str(out / "report"),
    ]
    return [sys.executable, "-m", "fruslint", *words, "--format"]


def middle(command: Sequence[str], repeat: int) -> float:
    """The median of the seconds that a command takes."""
    return statistics.median(run(command) for _ in range(repeat))


def linked(source: str, target: str) -> str:
    """Give a file a second name, which takes no room, or copy it where that is not possible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)
    return target


def change(path: Path) -> int:
    """Put a new file with a little more in the place of one; how large it is."""
    text = path.read_bytes()
    path.unlink()  # the file of the user may have this name too
    path.write_bytes(text + b"\n<!-- changed -->\n")
    return path.stat().st_size


def show(times: dict[str, float], volumes: int, share: float) -> None:
    """Print what of the first run each takes."""
    print(f"\n{volumes} volumes")
    for name, seconds in times.items():
        print(f"  {name:<34} {seconds / times[FIRST]:8.1%}   {seconds * 1000:10.0f} ms")
    print(f"\n  the volume that changed is {share:.1%} of all")


if __name__ == "__main__":
    main()
