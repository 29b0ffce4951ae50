"""How fast fruslint is on TEI volumes, beside programs that read XML, and how its time grows with their size.

    python benchmarks/tei.py [FOLDER] [--volumes 6] [--megabytes 3] [--repeat 3]

FOLDER holds volumes of yours; without it they are made of the sample volume. lxml, xmllint and jing (with the schema of
--rng) take part where they are installed, and so does a Schematron where you have one: --schematron is the stylesheet that
SchXslt or the ISO skeleton made of it, --saxon the file Saxon-HE.jar. One process of Java goes through all volumes then. All
run by turns, and only ratios of their times mean anything. Nothing is kept.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from timing import measure, show
from volumes import volume, write_volumes

HERE = Path(__file__).resolve().parent
CHECK = [sys.executable, "-m", "fruslint", "check", "--quiet", "--fail-on", "never"]
ALONE = [*CHECK, "--no-cache", "--jobs", "1"]
FLOOR = "expat with line and column"
SIZES = (1, 2, 4, 8, 16)


def main() -> None:
    options = parse()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.folder or Path(name, "volumes"))
        if not options.folder:
            write_volumes(folder, options.volumes, options.megabytes)
        size = sum(path.stat().st_size for path in folder.rglob("*.xml")) / 1_000_000
        runs = commands(folder, Path(name, "cache"), options.rng)
        if options.schematron:
            runs["Schematron, Saxon, one process"] = schematron(folder, options, Path(name, "reports"))
        times = measure(runs, options.repeat)
        show(f"{size:.0f} MB in {sum(1 for _ in folder.rglob('*.xml'))} volumes", times, FLOOR)
        print(f"\n  {size / times['fruslint']:.1f} MB a second in one process, {size / times[FLOOR]:.0f} for expat")
        show_growth(Path(name, "growth"), options.repeat)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="volumes of yours")
    parser.add_argument("--volumes", type=int, default=6, help="how many volumes to make (6)")
    parser.add_argument("--megabytes", type=float, default=3, help="how large each is (3)")
    parser.add_argument("--repeat", type=int, default=3, help="how often each command runs (3)")
    parser.add_argument("--rng", help="a RELAX NG schema for jing")
    parser.add_argument("--schematron", metavar="XSL", type=Path, help="the stylesheet made of a Schematron")
    parser.add_argument("--saxon", metavar="JAR", type=Path, help="the Saxon that runs it, such as Saxon-HE.jar")
    options = parser.parse_args()
    if bool(options.schematron) != bool(options.saxon):
        parser.error("--schematron and --saxon go together")
    return options


def commands(folder: Path, cache: Path, schema: str | None) -> dict[str, list[str]]:
    files = sorted(map(str, folder.rglob("*.xml")))
    found = {
        FLOOR: [sys.executable, str(HERE / "expat_pass.py"), str(folder)],
        "fruslint": [*ALONE, str(folder)],
        "fruslint, two processes": [*CHECK, "--no-cache", "--jobs", "2", str(folder)],
        "fruslint, nothing changed": [*CHECK, "--cache-dir", str(cache), str(folder)],
    }
    if find_spec("lxml") is not None:
        found["lxml, parse and walk"] = [sys.executable, str(HERE / "lxml_walk.py"), str(folder)]
    if shutil.which("xmllint"):
        found["xmllint --noout"] = ["xmllint", "--noout", *files]
    if shutil.which("jing") and schema:
        found["jing"] = ["jing", schema, *files]
    return found


def schematron(folder: Path, options: argparse.Namespace, reports: Path) -> list[str]:
    """The command that validates all volumes of a folder, and writes a report on each."""
    reports.mkdir()
    transform = ["java", "-cp", str(options.saxon.resolve()), "net.sf.saxon.Transform"]
    return [*transform, f"-s:{folder.resolve()}", f"-xsl:{options.schematron.resolve()}", f"-o:{reports}"]


def show_growth(folder: Path, repeat: int) -> None:
    """The time for a volume of twice the size, again and again."""
    folder.mkdir()
    runs = {}
    for size in SIZES:
        file = folder / f"frus1964-68v{size:02}.xml"
        file.write_text(volume(size * 500_000), encoding="utf-8", newline="\n")
        runs[f"{size * 0.5:.1f} MB"] = [*ALONE, str(file)]
    times = measure(runs, repeat)
    print("\ngrowth: each against the one before")
    last = None
    for name, seconds in times.items():
        print(f"  {name:<34} " + (f"{seconds / last:8.2f} x" if last else " " * 10) + f"   {seconds * 1000:10.0f} ms")
        last = seconds


if __name__ == "__main__":
    main()
