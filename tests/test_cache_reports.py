"""What is known from an earlier run is reported as if it had been looked at now: in every format, with every option."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from fruslint import files
from fruslint.cli import main
from fruslint.engine import Engine
from fruslint.reporters import FORMATS

ROOT = Path(__file__).resolve().parents[1]
# In a volume more of some rules than a report shows of them, and in a folder of memoranda too, if not in each file.
_SLIPS = "He said that that was was in in the the end ,and no more .\n\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two volumes in TEI and one of memoranda, in which rules find more than is shown of them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "corpus" / "sound" / "frus1948v90", "files/frus1948v90")
    for number, path in enumerate(sorted(Path("files").rglob("*.txt"))):
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "\n" + _SLIPS * (2 + 20 * (number == 1)), encoding="utf-8")
    volume = (ROOT / "corpus" / "sound" / "frus1964-68v90.xml").read_text(encoding="utf-8")
    worse = volume.replace("</p>", " " + _SLIPS.strip() * 3 + "</p>")
    for name in ("files/frus1964-68v90.xml", "files/frus1964-68v91.xml"):
        Path(name).write_text(worse, encoding="utf-8")
    return tmp_path


def reports(out: Path, *options: str) -> dict[str, bytes]:
    """The report of a run in each format."""
    out.mkdir(parents=True, exist_ok=True)
    formats = [word for one in FORMATS for word in ("--format", f"{one}={out / one}")]
    assert main(["check", "files", "--jobs", "1", "--fail-on", "never", *options, *formats]) == 0
    return {one: (out / one).read_bytes() for one in FORMATS}


def alone(out: Path, *options: str) -> dict[str, bytes]:
    """The report in each format, each from a run of its own."""
    found = {}
    for one in sorted(FORMATS):
        assert main(["check", "files", "--jobs", "1", "--fail-on", "never", *options, f"--format={one}={out}"]) == 0
        found[one] = out.read_bytes()
    return found


def unlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no file may be looked at."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was looked at that is known")

    monkeypatch.setattr(Engine, "check", refuse)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--max-per-rule", "1"),
        ("--max-per-rule", "25"),
        ("--max-per-rule", "0"),
    ],
    ids=" ".join,
)
def test_a_second_run_reports_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]) -> None:
    cold = reports(folder / "cold", "--no-cache", *options)
    reports(folder / "first", "--cache-dir", "kept")
    unlooked(monkeypatch)
    assert b"more" in cold["text"] or options[-1:] == ("0",), "nothing was folded"
    assert reports(folder / "warm", "--cache-dir", "kept", *options) == cold
    assert alone(folder / "alone", "--cache-dir", "kept", *options) == cold


def test_fingerprints_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten places of a rule, which are shown, and of all, which a baseline needs; no volume is read for them again."""
    volumes = ["check", *map(str, Path("files").glob("*.xml")), "--jobs=1", "--fail-on=never", "--format=json=out"]

    def found(*options: str) -> bytes:
        assert main([*volumes, *options]) == 0
        return Path("out").read_bytes()

    cold = {options: found("--no-cache", *options) for options in ((), ("--max-per-rule=0",), ("--max-per-rule=2",))}
    for options in cold:
        found("--cache-dir=kept", *options)

    def refuse(*_: object) -> None:
        raise AssertionError("a file was read that is known")

    monkeypatch.setattr(files, "data_of", refuse)
    assert {options: found("--cache-dir=kept", *options) for options in cold} == cold


def test_findings_that_are_damaged_are_looked_for_again(folder: Path) -> None:
    cold = reports(folder / "cold", "--no-cache", "--max-per-rule", "0")
    reports(folder / "first", "--cache-dir", "kept")
    with sqlite3.connect("kept/results.sqlite") as connection:
        assert connection.execute("UPDATE results SET rest = X'00' WHERE rest <> X''").rowcount == 2
    connection.close()
    assert reports(folder / "warm", "--cache-dir", "kept", "--max-per-rule", "0") == cold
    with sqlite3.connect("kept/results.sqlite") as connection:
        assert connection.execute("SELECT * FROM results WHERE rest = X'00'").fetchall() == []
    connection.close()


@pytest.mark.parametrize("name", ["accepted", "baseline"])
def test_what_was_decided_on_is_left_out_of_what_is_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    reports(folder / "first", "--cache-dir", "kept")
    if name == "baseline":
        assert main(["baseline", "files/frus1964-68v90.xml", "--cache-dir", "kept"]) == 0
    else:
        why = ("--reason", "So printed.", "--author", "Editor")
        assert main(["accept", "files", "--rule", "TYPO", *why, "--cache-dir", "kept"]) == 0
    cold = reports(folder / "cold", "--no-cache")
    assert b" silenced" in cold["text"]
    unlooked(monkeypatch)
    assert reports(folder / "warm", "--cache-dir", "kept") == cold


def test_an_instruction_in_a_file_holds_for_all_that_is_known(folder: Path) -> None:
    volume = folder / "files/frus1964-68v90.xml"
    text = volume.read_text(encoding="utf-8")
    volume.write_text(
        text.replace("<body>", '<body><?fruslint ignore TYPO reason="So printed."?>', 1), encoding="utf-8"
    )
    cold = reports(folder / "cold", "--no-cache")
    assert reports(folder / "first", "--cache-dir", "kept") == cold
    assert reports(folder / "warm", "--cache-dir", "kept") == cold
    assert alone(folder / "alone", "--cache-dir", "kept") == cold
