"""``fruslint fix`` as its user meets it: what is accepted stays, what fails is said, nothing is lost on the way."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers_cli import put_in

from fruslint.cli import main

SOUND = (
    "12. Memorandum of Conversation, Oslo, May 9, 19601\n\nSUBJECT\n\n  • Fishing\n\nPARTICIPANTS\n\n  • Mr. Harlan\n\n"
    "The Minister left.\n\n  1. Source: Department of State, Central Files, 600.413/5–960. Secret. Drafted by Harlan.\n"
)
SPOILT = SOUND.replace("SUBJECT", "SUBJCET").replace("left.", "left .")
VOLUME = Path(__file__).parents[1] / "corpus" / "sound" / "frus1964-68v90.xml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "v").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "v" / "d12.txt").write_text(SPOILT, encoding="utf-8")
    return tmp_path


def text(path: str = "v/d12.txt") -> str:
    return Path(path).read_bytes().decode()


def test_what_someone_accepted_is_not_fixed() -> None:
    accepted = ["accept", "v", "--rule", "TYPO017", "--reason", "So printed.", "--author", "A. Editor"]
    assert main(accepted) == 0
    assert main(["fix", "v"]) == 0
    assert text() == SPOILT.replace("SUBJCET", "SUBJECT")
    assert main(["check", "v", "--fix", "--no-silence"]) == 0
    assert text() == SOUND


def test_an_instruction_keeps_its_place_from_being_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    markup = VOLUME.read_text(encoding="utf-8")
    at = markup.index('<note n="1"')
    typed = markup.replace('<note n="1" type="source"', '<note n="1"', 1)
    Path("v/frus1964-68v90.xml").write_text(typed, encoding="utf-8")
    assert main(["fix", "v/frus1964-68v90.xml", "--select", "SRC009", "--diff"]) in (0, 1)
    first = capsys.readouterr().out
    told = (
        typed[: typed.index("<body")]
        + '<?fruslint ignore-file SRC009 reason="By rule."?>'
        + typed[typed.index("<body") :]
    )
    Path("v/frus1964-68v90.xml").write_text(told, encoding="utf-8")
    assert main(["fix", "v/frus1964-68v90.xml", "--select", "SRC009"]) == 0
    assert text("v/frus1964-68v90.xml") == told
    assert at > 0
    assert (typed == markup) == (first == "")


def test_an_instruction_that_is_good_for_nothing_is_taken_out() -> None:
    markup = VOLUME.read_text(encoding="utf-8")
    path = Path("v/frus1964-68v90.xml")
    at = markup.index("<body")
    path.write_text(f'{markup[:at]}<?fruslint ignore-file PAGE001 reason="No."?>{markup[at:]}', encoding="utf-8")
    assert main(["fix", str(path), "--quiet", "--fail-on", "error"]) == 0
    assert text(str(path)) == markup
    assert main(["fix", str(path), "--diff", "--fail-on", "error"]) == 0


def test_instructions_side_by_side_go_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    markup = VOLUME.read_text(encoding="utf-8")
    path = Path("v/frus1964-68v90.xml")
    at = markup.index("<body")
    unused = '<?fruslint ignore-file PAGE001 reason="No."?>' * 5
    path.write_text(f"{markup[:at]}{unused}{markup[at:]}", encoding="utf-8")
    assert main(["fix", str(path), "--diff", "--fail-on", "error"]) == 1
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.startswith("+")][1:] == ["+<body>"]
    assert main(["fix", str(path)]) == 0
    assert "Fixed 5 places in 1 of 1 file; left: nothing.\n" in capsys.readouterr().out
    assert text(str(path)) == markup


def test_what_an_unused_instruction_stood_between_is_fixed_in_the_same_run(capsys: pytest.CaptureFixture[str]) -> None:
    markup = VOLUME.read_text(encoding="utf-8")
    path = Path("v/frus1964-68v90.xml")
    split = 'as well <?fruslint ignore PAGE001 reason="No."?>. His'
    path.write_text(markup.replace("as well. His", split), encoding="utf-8")
    assert main(["fix", str(path)]) == 0
    assert "Fixed 2 places in 1 of 1 file; left: nothing.\n" in capsys.readouterr().out
    assert text(str(path)) == markup


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00broken", b"\x00\x01", b"shopping \n list \n", b"<TEI><p></TEI> \n", b""]
)
def test_what_cannot_be_read_goes_through_as_it_came(
    data: bytes, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    put_in(data, monkeypatch)
    main(["fix", "-", "--stdin-filename", "v/list.txt"])
    assert capfdbinary.readouterr().out == data


def test_what_is_too_large_goes_through_whole(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = SPOILT.encode() * 1000
    put_in(data, monkeypatch)
    main(["fix", "-", "--max-file-size", "1K"])
    assert capfdbinary.readouterr().out == data


def test_carriage_returns_and_encodings_pass_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = b"\xff\xfe" + SPOILT.replace("\n", "\r\n").encode("utf-16-le")
    put_in(data, monkeypatch)
    main(["fix", "-", "--stdin-filename", "v/d12.txt", "--select", "TYPO017"])
    expected = SPOILT.replace("left .", "left.").replace("\n", "\r\n")
    assert capfdbinary.readouterr().out == b"\xff\xfe" + expected.encode("utf-16-le")


def test_a_report_for_programs_stays_apart_from_what_was_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "v", "--fix", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) is not None
    assert "Fixed 2 places in 1 of 1 file" in err


def test_a_report_for_programs_is_not_mixed_with_a_diff(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "v", "--diff", "--format", "json"]) == 2
    assert "give the report a file: --format json=FILE" in capsys.readouterr().err
    assert main(["check", "v", "--diff", "--format", "json=r.json"]) == 1
    assert text() == SPOILT
    assert Path("r.json").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_git_applies_a_diff(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    shutil.rmtree(".git")
    Path("v/d 13.txt").write_bytes(SPOILT.replace("12.", "13.").replace("\n", "\r\n").encode().rstrip())
    Path("v/d14.txt").write_bytes(b"\xef\xbb\xbf" + SPOILT.replace("12.", "14.").encode() + b"\n\n")
    main(["fix", "v", "--diff"])
    diff = capfdbinary.readouterr().out
    shutil.copytree("v", "w/v")
    main(["fix", "v"])
    applied = subprocess.run(["git", "apply", "-"], input=diff, cwd=folder / "w", capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr.decode()
    for path in Path("v").iterdir():
        assert path.read_bytes() == (Path("w") / path).read_bytes()


def test_one_link_to_a_file_is_enough(capsys: pytest.CaptureFixture[str]) -> None:
    Path("links").mkdir()
    Path("links/d12.txt").symlink_to(Path("v/d12.txt").resolve())
    assert main(["fix", "links/d12.txt"]) == 0
    assert Path("links/d12.txt").is_symlink()
    assert text() == SOUND
    assert "links/d12.txt: SEC003, TYPO017" in capsys.readouterr().out


def test_a_file_that_vanishes_between_reading_and_writing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = os.stat

    def vanish(path: object, **words: bool) -> os.stat_result:
        if str(path).endswith("d12.txt") and not words and "writing" in sys._getframe(1).f_code.co_filename:
            Path("v/d12.txt").unlink(missing_ok=True)
        return real(path, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", vanish)
    assert main(["fix", "v"]) == 1
    monkeypatch.undo()
    out = capsys.readouterr().out
    assert "1 file could not be written" in out


def ask(answers: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    return main(["fix", "v", "--interactive", *words])


HYPHENS = SOUND.replace("left.", "left the arrange-ment and the assist-ance and the govern-ment to us.")


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ("y\ny\ny\n", ""),
        ("y\nn\ny\n", "assist-ance"),
        ("n\na\n", "arrange-ment"),
        ("d\n", "arrange-ment assist-ance govern-ment"),
        ("y\nq\n", "assist-ance govern-ment"),
        ("y\n", "assist-ance govern-ment"),
        ("", "arrange-ment assist-ance govern-ment"),
        ("?\nwhat\nw\ny\ny\ny\n", ""),
    ],
)
def test_each_answer_does_what_the_question_says(answers: str, left: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("v/d12.txt").write_text(HYPHENS, encoding="utf-8")
    ask(answers, monkeypatch, "--select", "TYPO019")
    assert [word for word in text().replace(".", " ").split() if "-" in word and word.islower()] == left.split()


def test_what_is_right_as_it_is_printed_is_accepted_on_the_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("v/d12.txt").write_text(HYPHENS, encoding="utf-8")
    monkeypatch.setattr("fruslint.cli.interactive.user_name", lambda _: "A. Editor")
    assert ask("r\n\nr\nSo printed.\ny\ny\n", monkeypatch, "--select", "TYPO019") == 0
    assert "arrange-ment and the assistance and the government" in text()
    assert "reason: So printed." in text("fruslint-accepted.yaml")
    assert "left: nothing" in capsys.readouterr().out
    assert main(["check", "v", "--select", "TYPO019"]) == 0


def test_a_hostile_text_writes_nothing_to_the_terminal_but_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("v/d12.txt").write_text(HYPHENS.replace("left", "left\x1b[2J\u202e"), encoding="utf-8")
    ask("n\nn\nn\n", monkeypatch, "--select", "TYPO019")
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert "\u202e" not in out + err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--interactive", "--diff"], "--interactive asks about each fix"),
        (["--interactive", "-"], "--interactive reads your answers from standard input"),
        (["nowhere"], "there is no file or folder `nowhere`"),
        (["v", "--select", "TYPO999"], "`TYPO999` selects no rule"),
    ],
)
def test_wrong_usage_is_refused_and_nothing_is_written(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fix", *words]) == 2
    assert said in capsys.readouterr().err
    assert text() == SPOILT
