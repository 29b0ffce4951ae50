"""How fast fruslint is on plain text, beside programs that do something comparable.

    python benchmarks/text.py [FOLDER] [--documents 10000] [--repeat 5]

FOLDER holds memoranda of yours; without it they are made of those of the sample corpus, which are a quarter as long as
real ones, so that what each costs by itself weighs more. All of them run by turns on the same machine, and only ratios of
their times mean anything. yamllint takes part where it is installed. Nothing is kept but the compiled patterns, for the
check of one memorandum and until the end, as they are from one commit to the next. From a source checkout the rules are
read from their YAML files, which a wheel need not do.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from timing import ROOT, Commands, measure, show

SOUND = ROOT / "corpus" / "sound"
PLAIN_LOOP = Path(__file__).with_name("plain_loop.py")
FRUSLINT = [sys.executable, "-m", "fruslint"]
CHECK = [*FRUSLINT, "check", "--quiet", "--fail-on", "never", "--jobs", "1"]
IN_A_VOLUME = 250
SHARE_FOR_YAML = 20  # yamllint is given one document in so many


def main() -> None:
    options = parse()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FRUSLINT_CACHE_DIR"] = str(folder / "cache")
        texts = own(options.folder) if options.folder else documents(options.documents)
        one, many, yaml, count = make_all(folder, texts)
        show("start", measure(start(), options.repeat), "python -c 'import argparse'")
        show("one memorandum", measure(of_one(one, yaml / "0.yaml"), options.repeat), "plain loop")
        many_times = measure(of_many(many), max(1, options.repeat // 3))
        show(f"{count:,} documents", many_times, "plain loop")
        show_rates(count, many_times["fruslint"], yaml, options.repeat)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="memoranda of yours")
    parser.add_argument("--documents", type=int, default=10_000, help="how many documents to make (10000)")
    parser.add_argument("--repeat", type=int, default=5, help="how often each command runs (5)")
    return parser.parse_args()


def make_all(folder: Path, texts: Iterable[str]) -> tuple[Path, Path, Path, int]:
    """One memorandum, a folder of many in volumes, and one of YAML files of the same size; and how many they are."""
    one, many, yaml = folder / "one" / "d1.txt", folder / "many", folder / "yaml"
    count = 0
    for index, text in enumerate(texts):
        count += 1
        number = index % IN_A_VOLUME + 1
        write(many / f"frus1961-63v{index // IN_A_VOLUME + 1}" / f"d{number}.txt", text)
        if index % SHARE_FOR_YAML == 0:
            write(yaml / f"{index // SHARE_FOR_YAML}.yaml", as_yaml(text))
    write(one, next(documents(1)))
    return one, many, yaml, count


def own(folder: Path) -> Iterator[str]:
    """The memoranda in a folder, and in those below it."""
    return (path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt")))


def documents(count: int) -> Iterator[str]:
    """Memoranda like those of the sample corpus, no two of them alike."""
    samples = [path.read_text(encoding="utf-8") for path in sorted(SOUND.rglob("*.txt"))]
    page = 1
    for index in range(count):
        text = samples[index % len(samples)]
        text = re.sub(r"\A\d+", str(index % IN_A_VOLUME + 1), text)
        text, pages = renumbered(text, page)
        page = page + pages if (index + 1) % IN_A_VOLUME else 1
        yield text.replace("said that", f"said, for the {index + 1}th time, that", 1)


def renumbered(text: str, first: int) -> tuple[str, int]:
    """The text with its pages counted on behind ``first``, and how many there are."""
    count = 0

    def number(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"[Page {first + count}]"

    return re.sub(r"\[Page \d+\]", number, text), count


def as_yaml(text: str) -> str:
    """A sound YAML file of about the size of ``text``."""
    lines = text.replace('"', "'").splitlines()
    return "---\n" + "".join(f'line{number}: "{line}"\n' for number, line in enumerate(lines) if line.strip())


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def start() -> Commands:
    return {
        "python -c 'import argparse'": [sys.executable, "-c", "import argparse"],
        "fruslint --version": [*FRUSLINT, "--version"],
        **with_yamllint({"yamllint --version": ["--version"]}),
    }


def of_one(document: Path, yaml: Path) -> Commands:
    return {
        "plain loop": [sys.executable, str(PLAIN_LOOP), str(document.parent)],
        "fruslint": [*CHECK, str(document)],
        **with_yamllint({"yamllint": [*YAMLLINT, str(yaml)]}),
    }


def of_many(folder: Path) -> Commands:
    return {
        "plain loop": [sys.executable, str(PLAIN_LOOP), str(folder)],
        "fruslint": [*CHECK, "--no-cache", str(folder)],
        "fruslint --jobs 2": [*CHECK, "--no-cache", "--jobs", "2", str(folder)],
    }


YAMLLINT = ["-d", "{extends: default, rules: {line-length: disable}}"]


def with_yamllint(commands: Commands) -> Commands:
    if find_spec("yamllint") is None:
        return {}
    return {name: [sys.executable, "-m", "yamllint", *arguments] for name, arguments in commands.items()}


def show_rates(count: int, seconds: float, yaml: Path, repeat: int) -> None:
    print(f"\nrates\n  {'fruslint':<30} {count / seconds:8,.0f} documents a second")
    for name, command in with_yamllint({"yamllint": [*YAMLLINT, str(yaml)]}).items():
        taken = measure({name: command}, max(1, repeat // 3))[name]
        files = sum(1 for _ in yaml.iterdir())
        print(f"  {name:<30} {files / taken:8,.0f} files of the same size a second")


if __name__ == "__main__":
    main()
