"""Compiled patterns are kept from run to run, and are those that Python would make."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.patterns import kept_patterns, late
from fruslint.patterns import store as patternstore
from fruslint.patterns.store import PatternStore, store_file, store_files

SAMPLES = [
    (r"abc", 0),
    (r"(?P<number>[0-9]+)(?:st|nd|rd|th)\b", re.IGNORECASE),
    (r"^(?P<label>[A-Z])(x)?(?P<rest>.*)$", re.MULTILINE),
    (r"(?i:é|ß)[^\W\d_]+(?<!’)(?=[,;])", 0),
    (r"(a)\1*+(?>b|c)", re.DOTALL),
    (r"(?x) spaced [ ] # and explained", 0),
]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store that holds the samples."""
    store = PatternStore(tmp_path / "patterns.bin")
    for pattern, flags in SAMPLES:
        store.compile(pattern, flags)
    store.save()
    return tmp_path / "patterns.bin"


def forbid(*_: object) -> re.Pattern[str]:
    raise AssertionError("compiled again")


def test_a_kept_pattern_is_the_one_that_python_makes(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [re.compile(*sample) for sample in SAMPLES]
    monkeypatch.setattr(re, "compile", forbid)
    store = PatternStore(kept)
    for sample, pattern in zip(SAMPLES, expected, strict=True):
        made = store.compile(*sample)
        assert made == pattern
        assert (made.pattern, made.flags, made.groups) == (pattern.pattern, pattern.flags, pattern.groups)
        assert dict(made.groupindex) == dict(pattern.groupindex)
    named = store.compile(*SAMPLES[1]).search("the 22ND meeting")
    assert named is not None
    assert (named["number"], named.lastgroup) == ("22", "number")


def test_a_mistake_in_a_pattern_is_told_as_ever(tmp_path: Path) -> None:
    with pytest.raises(re.error):
        PatternStore(tmp_path / "patterns.bin").compile("(", 0)


@given(st.data())
def test_damage_does_no_harm(data: st.DataObject) -> None:
    """Whatever stands in the file, patterns match what they should."""
    folder = Path(os.environ["FRUSLINT_CACHE_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "damaged.bin"
    file.unlink(missing_ok=True)
    store = PatternStore(file)
    store.compile("a(?P<b>b+)", 0)
    store.save()
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["cut", "changed", "foreign"]))
    changed = whole[:place] + bytes((whole[place] ^ data.draw(st.integers(1, 255)),)) + whole[place + 1 :]
    # a right sum over wrong content: what someone would write who means harm
    foreign = patternstore._sum(changed[4:]) + changed[4:]
    file.write_bytes({"cut": whole[:place], "changed": changed, "foreign": foreign}[kind])
    found = PatternStore(file).compile("a(?P<b>b+)", 0)
    assert kind == "foreign" or found == re.compile("a(?P<b>b+)")


def test_what_another_python_kept_is_left_alone(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patternstore, "_STAMP", "another")
    store = PatternStore(kept)
    store.compile("abc", 0)
    store.save()
    assert list(patternstore._read(kept)[0]) == [("abc", 0)]


def test_two_runs_add_to_what_the_other_kept(kept: Path) -> None:
    first, second = PatternStore(kept), PatternStore(kept)
    first.compile("first", 0)
    second.compile("second", 0)
    first.save()
    second.save()
    assert {pattern for pattern, _ in patternstore._read(kept)[0]} == {"first", "second", *(one for one, _ in SAMPLES)}


def test_a_store_does_not_grow_for_ever(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patternstore, "_MOST", len(SAMPLES) + 1)
    store = PatternStore(kept)
    for pattern in ("abc", "one", "two"):
        store.compile(pattern, 0)
    store.save()
    assert {pattern for pattern, _ in patternstore._read(kept)[0]} == {"abc", "one", "two"}


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = PatternStore(tmp_path / "file" / "patterns.bin")
    assert store.compile("abc", 0).match("abc")
    store.save()


def test_a_python_that_makes_patterns_in_another_way_is_done_without(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()

    def gone(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(patternstore, "_private", gone)
    store = PatternStore(kept)
    assert store.compile("abc", 0).match("abc")
    store.save()
    assert kept.read_bytes() == before


def test_late_patterns_come_from_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kept_patterns(tmp_path):
        assert late("kept (once)").search("it is kept once")
    monkeypatch.setattr(re, "compile", forbid)
    with kept_patterns(tmp_path):
        assert late("kept (once)").search("it is kept once")


def test_a_second_run_compiles_nothing(tmp_path: Path, root: Path) -> None:
    """Held against the real compiler, in processes of their own."""
    count = (
        "import json, re, sys\n"
        "real, made = re._compiler.compile, []\n"
        "def counted(*given):\n"
        "    caller = sys._getframe(3).f_globals['__name__']\n"
        "    made.extend([given[0]] if caller.startswith('fruslint') else [])\n"
        "    return real(*given)\n"
        "re._compiler.compile = counted\n"
        "from fruslint.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "print(json.dumps(made), file=sys.stderr)\n"
    )
    file = sorted((root / "corpus" / "sound").rglob("*.txt"))[0]
    environment = {**os.environ, "FRUSLINT_CACHE_DIR": str(tmp_path)}

    def compiled(*options: str) -> list[str]:
        command = [sys.executable, "-c", count, "check", str(file), "--quiet", *options]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=root)
        patterns: list[str] = json.loads(done.stderr.splitlines()[-1])
        return patterns

    assert len(compiled("--no-cache")) > 50
    assert store_files(tmp_path) == []
    assert len(compiled()) > 50
    assert compiled() == [], "patterns of the program are made by `late`"


def test_the_cache_command_shows_and_clears_them(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with kept_patterns(tmp_path):
        late("abc").search("abc")
    where = ["--cache-dir", str(tmp_path)]
    assert main(["cache", *where]) == 0
    assert "compiled patterns, " in capsys.readouterr().out
    assert main(["cache", "clear", *where]) == 0
    assert "removed" in capsys.readouterr().out
    assert not store_file(tmp_path).exists()
