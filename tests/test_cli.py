"""The command line: options, exit codes, and where the report goes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers_cli import BUILTIN, HOUSE, ROOT, RULES, SEED, check, put_in, settle

from fruslint import __version__
from fruslint.cli import main
from fruslint.cli.parser import _columns


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, monkeypatch)


def test_the_version_is_told_for_both_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == main(["-V"]) == 0
    assert capsys.readouterr().out == f"fruslint {__version__}\n" * 2


def test_version_loads_next_to_nothing() -> None:
    code = "import sys; from fruslint.cli import main; main(['--version']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"argparse", "dataclasses", "re", "pathlib", "yaml", "jsonschema", "fruslint.findings"}


def test_help_fits_into_the_terminal_and_keeps_names_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    _columns.cache_clear()
    assert main(["fix", "--help"]) == 0
    described = capsys.readouterr().out.partition("\n\n")[2].partition("\npositional arguments")[0]
    assert described.startswith("Fixes what needs no judgement: ")
    assert max(map(len, described.splitlines())) <= 70
    assert " --unsafe-fixes " in described.replace("\n", " ")
    _columns.cache_clear()


def test_help_has_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "fruslint check memoranda/" in capsys.readouterr().out
    for command in ("check", "rules", "explain"):
        assert main([command, "--help"]) == 0
        assert "examples:" in capsys.readouterr().out
    main(["check", "-h"])
    said = capsys.readouterr().out
    assert all(word in said for word in ("exit codes:", "NO_COLOR", "node_modules", "--fail-on", "standard input"))


def test_no_command_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: fruslint COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chekc"], "there is no command `chekc`; did you mean `check`?"),
        (["xyzzy"], "there is no command `xyzzy` (commands: check, "),
        (["v"], "`v` is not a command; did you mean `fruslint check v`?"),
        (["--verison"], "there is no option --verison before a command; did you mean `--version`?"),
        (["check", "--slect", "X"], "there is no option --slect; did you mean `--select`?"),
        (["check", "--sel=X"], "there is no option --sel; did you mean `--select`?"),
        (["check", "--format", "jsn"], "--format: there is no `jsn`; did you mean `json`?"),
        (["check", "--fail-on", "warn"], "did you mean `warning`?"),
        (["check", "--max-per-rule", "-1"], "--max-per-rule: "),
        (["check", "--max-per-rule", "ten"], "--max-per-rule: `ten` is not a whole number"),
        (["check", "--max-file-size", "big"], "`big` is not a size; write it like 500K, 64M or 2G"),
        (["check", "--select"], "--select: expected one argument"),
        (
            ["check", "v", "--select", ""],
            "--select: `` names nothing; leave the option out, or write it like NOTE,PAGE001",
        ),
        (["check", "v", "--ignore", " , "], "--ignore: ` , ` names nothing"),
        (["rules", "--family", ""], "--family: `` names nothing"),
        (["accept", "v", "--rule", ","], "--rule: `,` names nothing"),
        (["check", "v", "\x1b[2J"], "there is no file or folder `\\x1b[2J`"),
        (["check", "v/d2.txt"], "there is no file or folder `v/d2.txt`; did you mean `v/d1.txt`?"),
        (["check", "", "v"], "there is no file or folder ``"),
        (["check", "v", "--stdin-filename", "x.txt"], "--stdin-filename is for standard input; add the path -"),
        (["check", "v", "--rules", "hause"], "hause: does not exist"),
        (["check", "v", "--output", "v"], "--output names a folder, not a file: v"),
        (["check", "v", "--output", "w/x"], "the folder of --output w/x does not exist"),
        (["check", "house"], "nothing to check: there are no .txt or .xml files in house"),
        (["check", "v", *HOUSE, "--select", "HOSUE"], "`HOSUE` selects no rule; did you mean `HOUSE`?"),
        (["check", "v", *HOUSE, "--ignore", "house-unreadble"], "did you mean `house-unreadable`?"),
        (["rules", "--rules", "house", "--family", "HAUSE"], "there is no family `HAUSE`; did you mean `HOUSE`?"),
        (["rules", "extra"], "there is one word too many: extra"),
        (["explain"], "the following arguments are required: RULE"),
        (["explain", "--rules", "house", "HOUSE009"], "there is no rule `HOUSE009`; did you mean `HOUSE00"),
        (["explain", "lint001"], "LINT001 is no rule of an edition; it says that fruslint itself failed on a file"),
        (
            ["explain", "--rules", "house", "house"],
            "`house` is a family of 4 rules; see `fruslint rules --family HOUSE`",
        ),
    ],
)
def test_wrong_usage_is_refused_with_the_right_word(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.startswith("fruslint")
    assert err.replace("\n", "").isprintable()


def test_a_run_without_findings_says_so_and_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v") == 0
    assert capsys.readouterr().out == "Checked 1 document in 1 file: nothing to report\n"


@pytest.mark.parametrize(
    ("fail_on", "name", "code"),
    [
        ("error", "bad.txt", 1),
        ("warning", "bad.txt", 1),
        ("never", "bad.txt", 0),
        ("warning", "odd.txt", 0),
        ("info", "odd.txt", 1),
        ("error", "odd.txt", 0),
    ],
)
def test_exit_code_follows_fail_on(fail_on: str, name: str, code: int) -> None:
    Path("bad.txt").write_bytes(b"1. Telegram\n\n\xff\n")
    Path("odd.txt").write_bytes(b"")
    assert check(name, "--fail-on", fail_on) == code


def test_the_default_is_the_current_folder_and_to_fail_on_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--max-file-size", "10") == 1
    out = capsys.readouterr().out
    assert "v/d1.txt:1:1: warning HOUSE002 Too large: 64 bytes, more than 10 bytes.\n" in out
    assert "Checked 0 documents in 1 file: 1 warning" in out


def test_a_name_behind_two_dashes_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    Path("-d1.txt").write_text(SEED, encoding="utf-8")
    assert check("--quiet", "--", "-d1.txt", "v") == 0
    assert check("-d1.txt") == 2
    assert "there is no option -d1.txt" in capsys.readouterr().err


def test_options_and_paths_in_any_order() -> None:
    assert check("v", "--quiet", "v/d1.txt", "--fail-on", "never", "v") == 0


def test_a_selection_does_not_hide_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_bytes(b"1. Telegram\n\n\xff\n")
    words = ["check", "bad.txt", "--rules", "house", "--select", "HOUSE001"]
    assert main([*words, *BUILTIN]) == 1
    assert "bad.txt:3:1: error HOUSE003 Not UTF-8: byte 13 of the file (0xFF)" in capsys.readouterr().out
    assert main([*words, *BUILTIN, "--ignore", "house-not-utf8"]) == 0


def test_output_goes_to_a_file_and_is_not_checked_next_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(".", "--output", "report.txt") == 0
    assert capsys.readouterr().out == ""
    first = Path("report.txt").read_text(encoding="utf-8")
    assert first.startswith("Checked 1 document in 1 file")
    assert check(".", "--output", "./report.txt") == 0
    assert Path("report.txt").read_text(encoding="utf-8").startswith("Checked 1 document in 1 file")


def test_all_files_excluded_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v/d1.txt", "--exclude", "v") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "fruslint: nothing to check: all files are left out (--exclude, configuration, .gitignore)\n"


def test_standard_input_is_checked_under_the_name_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(b"1. Telegram\n\n\xff\n", monkeypatch)
    assert check("-", "--stdin-filename", "w/d7.txt", "v") == 1
    assert "w/d7.txt:3:1: error HOUSE003" in capsys.readouterr().out
    put_in(b"x" * 100, monkeypatch)
    assert check("-", "--max-file-size", "99") == 1
    assert "<stdin>:1:1: warning HOUSE002" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", None)
    assert check("-", "--fail-on", "info") == 1


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--rules", "house", "--family", "HOUSE", "--severity", "error"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "HOUSE001 error    house-unreadable: House rule on unreadable.",
        "HOUSE003 error    house-not-utf8: House rule on not-utf8.",
        "2 rules; `fruslint explain RULE` shows one with examples",
    ]
    assert main(["rules", "--rules", "house", "--family", "HOUSE", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [rule["id"] for rule in listed] == sorted(RULES)
    assert listed[0]["media"] == ["tei", "text"]


def test_explain_takes_ids_and_names_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--rules", "house", "house001", "House-Not-Utf8"]) == 0
    out = capsys.readouterr().out
    assert "HOUSE001 house-unreadable (error, plain text and TEI; since 0.1.0)" in out
    assert "HOUSE003 house-not-utf8" in out
    assert "Why\n  It matters.\n" in out
