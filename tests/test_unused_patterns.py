"""Which patterns of a configuration are told to fit nothing, and how they are taken out of it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.configuration.entries import collapsed, without
from fruslint.configuration.unused import missing
from fruslint.globs import matches, parse_glob
from fruslint.source import Source

LETTER = "{0}. Letter\n\nI agree.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in ("v/d1.txt", "v/d2.txt", "drafts/d3.txt"):
        write(name, LETTER.format(name[-5]))


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The patterns that are reported."""
    main(["check", "--extend-select", "LINT", "--ignore", "SRC,SEC", "--format", "json", *words])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [one["message"].split("’")[0][1:] for one in found if one["rule"] == "LINT010"]


@pytest.mark.parametrize(
    ("configuration", "unused"),
    [
        ("exclude: drafts", []),
        ("exclude: [drafts, draft]", ["draft"]),
        ("exclude: [drafts, drafts/d3.txt, drafts/**, drafts/d4.txt]", ["drafts/d4.txt"]),
        ("exclude: ['*.md', '*.bak']", ["*.bak"]),
        ("exclude: [node_modules, .venv, '.*']", []),
        ("exclude: [/d1.txt, /v/d1.txt, '**/d3.tx?', 'drafts/**/d3.txt', 'w/**']", ["/d1.txt", "w/**"]),
        ("exclude: [out, out/a.txt, 'out/**', '*.tmp', x.tmp]", []),
        ("include: ['d[12].txt', 'e*.txt']", ["e*.txt"]),
        ("include: '*.txt'\nexclude: drafts/*.txt", []),
        ("overrides: [{files: drafts, rules: {SEC: off}}]\nexclude: drafts", []),
        ("overrides: [{files: [v, w], rules: {SEC: off}}, {documents: d9, rules: {SEC: off}}]", ["w"]),
        ("overrides: [{files: v, rules: {}}, {files: v/d9.txt, year: 1950}]", ["v/d9.txt"]),
        ("extends: [text, base.yaml]", []),
        ("house-rules: [rules, more]", ["more"]),
    ],
)
def test_patterns_that_fit_nothing_are_reported(
    configuration: str, unused: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write("fruslint.yaml", configuration)
    write("base.yaml", "exclude: nothing\noverrides: [{files: nowhere, rules: {}}]\n")
    write("read.md", "")
    write(".gitignore", "out\n*.tmp\n")
    Path(".git").mkdir()
    Path("more").mkdir()
    shutil.copytree(Path(__file__).parents[1] / "rules" / "src", "rules")
    for rule in Path("rules").iterdir():
        if rule.stem == "SRC001":
            text = rule.read_text(encoding="utf-8").replace("id: SRC001", "id: HOUSE001")
            rule.write_text(text.replace("missing-source-note", "house-note").replace("family: SRC", "family: HOUSE"))
        else:
            rule.unlink()
    assert told(capsys) == unused
    assert told(capsys, "v", "drafts", "v/d1.txt") == []
    assert told(capsys, str(Path.cwd())) == unused


def test_nested_configurations_are_judged_each_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "exclude: [v/d1.txt, x]\n")
    write("v/fruslint.yaml", "exclude: [d2.txt, y]\nrules: {LINT010: error}\n")
    assert told(capsys) == ["x", "y"]
    assert told(capsys, "v") == ["y"]
    assert told(capsys, "..") == ["x", "y"]
    assert told(capsys, "--no-config") == []


def test_a_configuration_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "exclude: [x]\n")
    write("elsewhere/other.yaml", "exclude: [x]\n")
    assert told(capsys, "--config", "fruslint.yaml") == ["x"]
    assert told(capsys, "--config", "elsewhere/other.yaml") == []


def test_a_folder_that_cannot_be_read_may_hold_anything(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "exclude: [x]\n")

    def closed(path: str) -> object:
        if str(path).endswith("drafts"):
            raise PermissionError(13, "closed")
        return scandir(path)

    scandir = os.scandir
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", closed)
        assert told(capsys) == []


def test_include_is_not_emptied(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "include: ['e*.txt']\nselect: [LINT]\n")
    write("w/d1.txt", LETTER)
    write("w/fruslint.yaml", "select: [LINT]\n")
    assert main(["fix"]) == 1
    assert Path("fruslint.yaml").read_text(encoding="utf-8") == "include: ['e*.txt']\nselect: [LINT]\n"
    assert "left: 1 warning" in capsys.readouterr().out


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_fix_keeps_bytes(newline: str) -> None:
    lines = ["# é", "exclude:", "  # first", "  - drafts # a", "  - x", "", "select: [LINT]  # all", "# end"]
    before = b"\xef\xbb\xbf" + newline.join(lines).encode()
    Path("fruslint.yaml").write_bytes(before)
    assert main(["fix"]) == 0
    after = Path("fruslint.yaml").read_bytes()
    assert after == before.replace(f"  - x{newline}".encode(), b"")
    assert main(["fix"]) == 0
    assert Path("fruslint.yaml").read_bytes() == after


def test_a_configuration_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "exclude: [x]\nselect: [LINT]\n")
    os.link("fruslint.yaml", "other.yaml")
    assert main(["fix"]) == 1
    out = capsys.readouterr().out
    assert "could not be written" in out or "left: 1 error" in out
    assert Path("fruslint.yaml").read_text(encoding="utf-8") == "exclude: [x]\nselect: [LINT]\n"


PROJECTS = [
    ('[tool.fruslint]\nexclude = "x"\nselect = ["LINT"]\n', [("exclude",)], '[tool.fruslint]\nselect = ["LINT"]\n'),
    ('[tool]\nfruslint.exclude = ["x", "y"]\n', [("exclude", 1)], '[tool]\nfruslint.exclude = ["x"]\n'),
    (
        '[tool]\nfruslint = { exclude = ["x", \'y\'], select = "ALL" }\n',
        [("exclude",)],
        '[tool]\nfruslint = { select = "ALL" }\n',
    ),
    (
        '[tool.fruslint]\noverrides = [ {files = "a", rules = {SEC = "off"}}, {files = ["b", "c"], year = 1950} ]\n',
        [("overrides", 0)],
        '[tool.fruslint]\noverrides = [ {files = ["b", "c"], year = 1950} ]\n',
    ),
    (
        '[[tool.fruslint.overrides]]\nfiles = "a"\n[tool.fruslint.overrides.rules]\nSEC = "off"\n\n[tool.x]\ny = 1\n',
        [("overrides",)],
        None,  # what is left would be no configuration of ours, and that above it would hold
    ),
    (
        '[tool.fruslint]\n[[tool.fruslint.overrides]]\nfiles="a"\n[tool.x]\ny=1\n[[tool.fruslint.overrides]]\nfiles="b"\n',
        [("overrides",)],
        None,  # the table between them is not ours
    ),
]


@pytest.mark.parametrize(("text", "paths", "left"), PROJECTS)
def test_tables_of_a_project(text: str, paths: list[tuple[str | int, ...]], left: str | None) -> None:
    assert without(Source("pyproject.toml", text), paths) == left


NAMES = st.sampled_from(["a", "b*", "'*.txt'", '"c d"', "x/**", "é"])
LISTS = st.lists(NAMES, min_size=1, max_size=4)


@given(st.lists(LISTS, min_size=1, max_size=3), st.integers(0, 2), st.data())
def test_any_patterns_can_be_taken_out(lists: list[list[str]], style: int, data: st.DataObject) -> None:
    text = "# head\nselect: ALL  # all\n"
    for index, words in enumerate(lists):
        text += _written(f"k{index}", words, style)
    value = yaml.safe_load(text)
    every: list[tuple[str | int, ...]] = [(f"k{i}", j) for i, words in enumerate(lists) for j in range(len(words))]
    chosen = data.draw(st.sets(st.sampled_from(every)))
    left = without(Source("fruslint.yaml", text), collapsed(value, chosen))
    assert left is not None
    wanted = {
        f"k{i}": [value[f"k{i}"][j] for j in range(len(w)) if (f"k{i}", j) not in chosen] for i, w in enumerate(lists)
    }
    assert yaml.safe_load(left) == {"select": "ALL", **{key: words for key, words in wanted.items() if words}}
    assert left.startswith("# head\nselect: ALL  # all\n")


def _written(key: str, words: list[str], style: int) -> str:
    if style == 0:
        return f"{key}: [{', '.join(words)}]  # why\n"
    if style == 1:
        return f"{key}:\n" + "".join(f"  - {word}  # why\n\n" for word in words)
    return f"{key}: [\n" + "".join(f"  {word},\n" for word in words) + "]\n"


PARTS = st.sampled_from(["a", "b", "*", "?", "**", "a*", "[ab]"])


@given(
    st.lists(PARTS, min_size=1, max_size=4),
    st.sets(st.sampled_from(["a", "b", "a/a", "a/b", "b/ab", "a/b/a", "ab/b/b"])),
)
def test_a_search_finds_what_a_pattern_fits(parts: list[str], files: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in files:
            Path(folder, name).mkdir(parents=True, exist_ok=True)
        glob = parse_glob("/".join(parts), folder)
        fits = any(matches(glob, str(path)) for path in Path(folder).rglob("*"))
        assert (glob.parts in missing([glob.parts], folder)) is not fits


def test_a_pattern_can_be_accepted_and_be_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Like any finding; a decision that is good for nothing any more is one itself."""
    only = ["--select", "LINT", "--format", "concise"]
    write("fruslint.yaml", "exclude: [one, two]\n")
    assert main(["check", *only, "--fail-on", "info"]) == 1
    assert main(["accept", "--rule", "LINT010", "--at", "fruslint.yaml:1:11", "--reason", "soon", "--author", "A"]) == 0
    assert "LINT010 ‘one’" in capsys.readouterr().out
    assert main(["baseline"]) == 0
    capsys.readouterr()
    assert main(["check", *only, "--fail-on", "info"]) == 0
    write("fruslint.yaml", "exclude: []\n")
    assert main(["check", *only, "--fail-on", "info"]) == 1
    told = capsys.readouterr().out
    assert "fruslint-accepted.yaml" in told
    assert "fruslint-baseline.yaml" in told
    assert main(["accept", "--prune"]) == 0
    assert main(["baseline", "--update"]) == 0
    assert main(["check", *only, "--fail-on", "info"]) == 0


def test_an_accepted_pattern_is_not_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "exclude:\n  - one\n  - two\n")
    assert main(["accept", "--rule", "LINT010", "--at", "fruslint.yaml:2:5", "--reason", "soon", "--author", "A"]) == 0
    main(["fix"])
    assert Path("fruslint.yaml").read_text() == "exclude:\n  - one\n"
    capsys.readouterr()
    main(["check", "--select", "LINT", "--format", "concise"])
    assert capsys.readouterr().out == ""
