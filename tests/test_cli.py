"""The command line: options, exit codes, and what happens when things go wrong."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from fruslint import __version__, runner
from fruslint.cli import main
from fruslint.cli.parser import size
from fruslint.discovery import Found
from fruslint.engine import Engine
from fruslint.rules import load_rules
from fruslint.runner import Task, read, run, size_in_words

ROOT = Path(__file__).resolve().parents[1]
SEED = "1. Memorandum of Conversation\n\nSUBJECT\n\n  • Cuba\n\nHe said it.\n"
# Written here, so that these tests do not depend on the wording of the built-in rules.
RULES = {
    "HOUSE001": ("unreadable", "error", "Not read: {detail}."),
    "HOUSE002": ("too-large", "warning", "Too large: {found}, more than {expected}."),
    "HOUSE003": ("not-utf8", "error", "Not UTF-8: {detail}."),
    "HOUSE004": ("not-edition-file", "info", "Not an edition file: {detail}."),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "FRUSLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    Path("house").mkdir()
    for id_, (kind, severity, message) in RULES.items():
        rule = {
            "id": id_,
            "name": f"house-{kind}",
            "family": "HOUSE",
            "severity": severity,
            "media": ["text", "tei"],
            "since": "0.1.0",
            "summary": f"House rule on {kind}.",
            "message": message,
            "why": "It matters.",
            "check": {"kind": "anomaly", "kinds": [kind]},
        }
        Path("house", f"{id_}.yaml").write_text(yaml.safe_dump(rule), encoding="utf-8")
    Path("v").mkdir()
    Path("v/d1.txt").write_text(SEED, encoding="utf-8")


# The built-in rules on files that cannot be checked stay on unless they are ignored.
BUILTIN = ("--ignore", "FILE")
HOUSE = ("--rules", "house", "--select", "HOUSE", *BUILTIN)


def check(*words: str) -> int:
    return main(["check", *HOUSE, *words])


def process(*words: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **settings.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "fruslint", *words],
        capture_output=True,
        timeout=60,
        env=environ,
        check=False,
        **settings,
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == main(["-V"]) == 0
    assert capsys.readouterr().out == f"fruslint {__version__}\n" * 2


def test_version_loads_next_to_nothing() -> None:
    code = "import sys; from fruslint.cli import main; main(['--version']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"argparse", "dataclasses", "re", "pathlib", "yaml", "jsonschema", "fruslint.findings"}


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
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
        (["xyzzy"], "there is no command `xyzzy` (commands: check, rules, explain)"),
        (["v"], "`v` is not a command; did you mean `fruslint check v`?"),
        (["--verison"], "there is no option --verison before a command; did you mean `--version`?"),
        (["check", "--slect", "X"], "there is no option --slect; did you mean `--select`?"),
        (["check", "--sel=X"], "there is no option --sel; did you mean `--select`?"),
        (["check", "--format", "jsn"], "--format: `jsn` is none of text, json; did you mean `json`?"),
        (["check", "--fail-on", "warn"], "did you mean `warning`?"),
        (["check", "--max-per-rule", "-1"], "--max-per-rule: "),
        (["check", "--max-per-rule", "ten"], "--max-per-rule: `ten` is not a whole number"),
        (["check", "--max-file-size", "big"], "`big` is not a size; write it like 500K, 64M or 2G"),
        (["check", "--select"], "--select: expected one argument"),
        (["check", "v", "\x1b[2J"], "there is no file or folder `\\x1b[2J`"),
        (["check", "v/d2.txt"], "there is no file or folder `v/d2.txt`; did you mean `d1.txt`?"),
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
        (["explain", "--rules", "house", "house"], "the rules of this family are HOUSE001, HOUSE002"),
    ],
)
def test_wrong_usage(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.startswith("fruslint")
    assert err.replace("\n", "").isprintable()


def test_a_clean_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("v") == 0
    assert capsys.readouterr().out.startswith("Checked 1 document in 1 file: nothing to report (")


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
    assert err == "fruslint: nothing to check: all files are left out by --exclude\n"


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"1. Telegram\n\n\xff\n")))
    assert check("-", "--stdin-filename", "w/d7.txt", "v") == 1
    assert "w/d7.txt:3:1: error HOUSE003" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 100)))
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


def test_an_unexpected_error_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a \x1b[2J bug")

    monkeypatch.setattr("fruslint.runner.run", fail)
    assert check("v") == 3
    err = capsys.readouterr().err
    assert "RuntimeError: a \\x1b[2J bug" in err
    assert "Please report this" in err
    assert "Traceback" not in err
    monkeypatch.setenv("FRUSLINT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        check("v")


def test_a_reader_that_fails_is_a_finding_and_exit_code_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(runner, "read_bytes", fail)
    Path("v/d2.txt").symlink_to("nowhere")
    assert check("v") == 3
    out = capsys.readouterr().out
    assert "v/d1.txt:1:1: error LINT001 The reader failed on this file, and it was not checked: ValueError: odd." in out
    assert "  = help: please report this mistake of fruslint\n" in out
    assert "v/d2.txt:1:1: error HOUSE001 Not read: the file is gone, or a link leads nowhere." in out


def test_ctrl_c(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fruslint.runner.run", stop)
    assert check("v") == 130
    assert capsys.readouterr().err == "fruslint: stopped\n"


def test_ctrl_c_in_a_process() -> None:
    words = [sys.executable, "-m", "fruslint", "check", "-"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        time.sleep(0.6)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()


def test_a_closed_pipe_ends_quietly() -> None:
    for number in range(2, 400):
        Path(f"v/d{number}.txt").write_bytes(b"\xff" * 100)
    command = f"{sys.executable} -m fruslint check {' '.join(HOUSE)} --max-per-rule 0 v | head -1"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, capture_output=True, env=environ, timeout=60, check=True)
    assert done.stdout.startswith(b"v/d10.txt:1:1: error HOUSE003")
    assert done.stderr == b""


def test_a_poor_encoding_never_fails() -> None:
    Path("v/d2.txt").write_bytes("1. “é日”\n\n".encode() + b"\xff")
    Path("v/é\u202e.txt").write_bytes("“é” ".encode() + b"\xff")
    for encoding in ("ascii", "cp1252", "utf-8"):
        done = process("check", *HOUSE, "v", env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
        assert (done.returncode, done.stderr) == (1, b"")
        done.stdout.decode(encoding)
    done = process("check", *HOUSE, "v", "--format", "json", env={"PYTHONIOENCODING": "ascii"})
    assert json.loads(done.stdout.decode("utf-8"))[1]["path"] == "v/é\u202e.txt"


def test_an_output_that_is_full_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        words = [sys.executable, "-m", "fruslint", "check", *HOUSE, "v"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, env=environ, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, b"fruslint: the report cannot be written: no space left on device\n")


def test_no_standard_output_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert check("v") == 0
    assert main(["--version"]) == 0


def test_a_file_above_the_limit_is_not_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("v/big.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert check("v/big.txt") == 1
    assert "Too large: 100 MiB, more than 64 MiB." in capsys.readouterr().out


def test_a_long_line_below_the_limit_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("v/long.txt").write_bytes(b"1. Telegram\n\n" + b"He said it. " * 400_000 + b"\xff")
    began = time.perf_counter()
    assert check("v/long.txt") == 1
    assert time.perf_counter() - began < 5
    assert "v/long.txt:3:4800001: error HOUSE003" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "there is no permission to read it"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "the file is gone, or a link leads nowhere"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
    ],
)
def test_a_file_that_cannot_be_opened(error: OSError, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    (anomaly,) = read(Task(Found("v/d1.txt", "v/d1.txt"))).anomalies
    assert (anomaly.kind, anomaly.values) == ("unreadable", {"detail": said})


def test_a_file_that_became_a_pipe_does_not_hang() -> None:
    os.mkfifo("v/pipe.txt")
    (anomaly,) = read(Task(Found("v/pipe.txt", "v/pipe.txt"))).anomalies
    assert anomaly.values == {"detail": "it is a pipe, not a file"}


def test_no_permission(capsys: pytest.CaptureFixture[str]) -> None:
    Path("v/d1.txt").chmod(0)
    if os.access("v/d1.txt", os.R_OK):
        pytest.skip("this user may read everything")
    assert check("v") == 1
    assert "v/d1.txt:1:1: error HOUSE001 Not read: there is no permission to read it." in capsys.readouterr().out


def test_the_order_of_the_files_makes_no_difference() -> None:
    for number in range(2, 30):
        Path(f"v/d{number}.txt").write_bytes(b"\xff" if number % 3 else b"")
    engine = Engine(load_rules([Path("house")]))
    tasks = [Task(Found(path.as_posix(), str(path))) for path in sorted(Path("v").iterdir())]
    forward, backward = run(engine, tasks, 3), run(engine, reversed(tasks), 3)
    assert forward.findings == backward.findings
    assert forward.rules == backward.rules
    assert [finding.more for finding in forward.findings] == [0, 0, 0, 16, 0, 6]


@pytest.mark.parametrize(
    ("text", "bytes_"), [("0", 0), ("10", 10), ("5k", 5120), ("64M", 64 << 20), ("2 GiB", 2 << 30), ("7B", 7)]
)
def test_sizes(text: str, bytes_: int) -> None:
    assert size(text) == bytes_


def test_sizes_in_words() -> None:
    assert [size_in_words(n) for n in (0, 1023, 1024, 1536, 64 << 20, 3 << 30)] == [
        "0 bytes",
        "1023 bytes",
        "1 KiB",
        "1.5 KiB",
        "64 MiB",
        "3 GiB",
    ]
