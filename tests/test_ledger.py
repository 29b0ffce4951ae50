"""Ledgers are read with exact errors, edited in place, written whole or not at all, and merge."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fruslint.errors import ConfigurationError
from fruslint.silencing.ledger import Entry, Ledger, add, load, parse, remove, resolve, save
from fruslint.silencing.ledger_text import read_entries, render
from fruslint.silencing.silences import ACCEPTED, BASELINE, find_ledgers
from fruslint.source import Source

ONE = Entry(
    rule="NAME001",
    file="v05/d41.txt",
    fingerprint="3f2a9b0c11d2e3f4",
    document="d41",
    words="approved by [Caloway] on March 15",
    message="‘Caloway’ is almost ‘Calloway’: one of the two spellings is probably wrong.",
    reason="So in the original.",
    author="Ada Orme",
    date="2026-05-03",
)


def entry(number: int, file: str = "v05/d41.txt", **changes: str) -> Entry:
    words = {"fingerprint": f"{number:016x}", "words": f"the words around {number}", "file": file, **changes}
    return ONE._replace(**words)


def ledger(text: str, name: str = ACCEPTED) -> Ledger:
    return parse(Source(name, text), name)


def test_an_entry_is_a_block_that_people_can_read() -> None:
    made = add(ledger(""), [ONE])
    assert made.source.text.endswith(
        "\n\n"
        '- fingerprint: "3f2a9b0c11d2e3f4"\n'
        "  rule: NAME001\n"
        "  file: v05/d41.txt\n"
        "  document: d41\n"
        '  words: "approved by [Caloway] on March 15"\n'
        '  message: "‘Caloway’ is almost ‘Calloway’: one of the two spellings is probably wrong."\n'
        "  reason: So in the original.\n"
        '  accepted: "2026-05-03 by Ada Orme"\n'
        "  # 3f2a9b0c11d2e3f4\n"
    )
    assert made.entries == (ONE,)


def test_a_baseline_has_one_line_for_each() -> None:
    short = Entry("NAME001", "v05/d41.txt", "af2a9b0c11d2e3f4")
    made = add(ledger("", BASELINE), [short])
    assert made.source.text.splitlines()[-1] == "- {fingerprint: af2a9b0c11d2e3f4, rule: NAME001, file: v05/d41.txt}"
    assert made.entries == (short,)


texts = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
entries = st.builds(
    Entry,
    rule=texts,
    file=texts.filter(lambda text: text[0] != "/" and ".." not in text),
    fingerprint=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    document=texts,
    words=texts,
    message=texts,
    reason=texts,
    author=texts,
    date=st.dates().map(str),
)


@settings(deadline=None)
@given(st.lists(entries, max_size=4, unique_by=lambda one: one.key), st.booleans())
def test_what_is_written_is_read_again(written: list[Entry], compact: bool) -> None:
    source = Source("x.yaml", "".join(render(one, compact) for one in written))
    assert [one for one, _ in read_entries(source)] == written


@settings(deadline=None)
@given(st.lists(entries, min_size=1, max_size=3, unique_by=lambda one: one.key), st.booleans())
def test_yaml_reads_the_same(written: list[Entry], compact: bool) -> None:
    text = "".join(render(one, compact) for one in written)
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    read = yaml.safe_load(text)
    assert [(one["rule"], one["file"], one["reason"]) for one in read] == [(e.rule, e.file, e.reason) for e in written]
    by_hand = "".join(f"- rule: {rule}\n  'file': x\n" for rule in ("A", "B"))
    assert [one.rule for one, _ in read_entries(Source("x", by_hand))] == ["A", "B"]


def test_remarks_and_wrapped_texts_of_people_stay() -> None:
    text = (
        "# ours\n- rule: NAME001   # a remark\n  file: a.txt\n  reason: >-\n    So in\n    the original.\n"
        "# about the next\n- rule: NAME001\n  file: c.txt\n"
    )
    before = ledger(text)
    assert before.entries[0].reason == "So in the original."
    after = add(before, [entry(1, "b.txt")])
    assert remove(after, {entry(1, "b.txt").key}).source.text == text
    assert remove(before, {before.entries[0].key}).source.text == "# ours\n" + text[text.index("# about") :]
    assert [one.file for one in after.entries] == ["a.txt", "b.txt", "c.txt"]


def test_files_are_ordered_as_people_count_them() -> None:
    made = add(ledger(""), [entry(1, "d10.txt"), entry(2, "d9.txt"), entry(3, "d10.txt", document="d2")])
    assert [(one.file, one.document) for one in made.entries] == [
        ("d9.txt", "d41"),
        ("d10.txt", "d2"),
        ("d10.txt", "d41"),
    ]


def test_an_entry_for_the_same_finding_takes_the_place_of_the_old_one() -> None:
    made = add(add(ledger(""), [ONE]), [ONE._replace(reason="Asked again.")])
    assert [one.reason for one in made.entries] == ["Asked again."]


BLOCK = render(ONE, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- rule: [NAME001\n  file: x\n", r"x\.yaml:2:\d+: this is not YAML"),
        ("rule: NAME001\nfile: x\n", r"x\.yaml:1:1: this is no ledger: it must be a list"),
        ("- NAME001\n", r"x\.yaml:1:3: an entry must be a table"),
        ("- rule: NAME001\n", r"x\.yaml:1:1: the key `file` is missing"),
        ("- rule: NAME001\n  fil: x\n", r"x\.yaml:2:3: `fil` is not a known key of an entry; did you mean `file`\?"),
        ("- rule: NAME001\n  file: 12\n", r"x\.yaml:2:9: `file` must be a text; put quotes"),
        ("- rule: NAME001\n  file:\n", r"x\.yaml:2:\d+: `file` must be a text"),
        ("- rule: NAME001\n  rule: NAME002\n  file: x\n", r"x\.yaml:2:3: the key `rule` stands here a second time"),
        ("- rule: NAME001\n  file: ../x\n", r"x\.yaml:2:9: `\.\./x` leads out of the folder"),
        ("- rule: NAME001\n  file: /x\n", r"x\.yaml:2:9: `/x` leads out of the folder"),
        (BLOCK.replace("3f2a", "3f2g"), r"x\.yaml:1:16: `3f2g9b0c11d2e3f4` is not a fingerprint"),
        (BLOCK.replace("2026-05-03 by", "May 3,"), r"x\.yaml:8:13: `May 3, Ada Orme` does not say when and by whom"),
        (
            BLOCK + BLOCK,
            r"x\.yaml:10:1: this is the second entry for the same finding of NAME001; the first is in line 1",
        ),
        (
            f"<<<<<<< HEAD\n{BLOCK}=======\n>>>>>>> b\n",
            r"x\.yaml:1:1: a merge left a conflict here; keep the entries of",
        ),
        (BLOCK + "---\n- rule: X\n", r"x\.yaml:11:1: a second document begins here"),
        ("- &a {rule: X, file: x}\n", r"x\.yaml:1:3: anchors"),
        ("\t- rule: X\n", r"x\.yaml:1:1: a tab cannot indent"),
        ("[" * 100, r"x\.yaml:1:"),
    ],
)
def test_nonsense_by_hand_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        parse(Source("x.yaml", text), "x.yaml")


@given(st.text(alphabet='- {}rule:file\n"#<=>|x,[]', max_size=40))
def test_any_text_gives_entries_or_an_error(text: str) -> None:
    try:
        parse(Source("x.yaml", text), "x.yaml")
    except ConfigurationError as error:
        said = str(error)
        assert said.startswith("x.yaml:"), said


def test_a_failed_or_late_command_overwrites_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ACCEPTED
    file.write_text(BLOCK, encoding="utf-8")
    mine = load(str(file))
    file.write_text(BLOCK + "# someone else\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="changed by someone else"):
        save(mine, add(mine, [entry(1)]))
    mine = load(str(file))
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(ConfigurationError, match="cannot be written: no space left"):
        save(mine, add(mine, [entry(1)]))
    assert file.read_text(encoding="utf-8") == BLOCK + "# someone else\n"
    assert [path.name for path in tmp_path.iterdir()] == [ACCEPTED]


def test_a_ledger_that_is_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ACCEPTED)
    with pytest.raises(ConfigurationError, match="cannot be read: it is a pipe, not a file"):
        load(str(tmp_path / ACCEPTED))


def test_a_ledger_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a: b", encoding="utf-8")
    (tmp_path / ACCEPTED).symlink_to("secret")
    with pytest.raises(ConfigurationError, match="is a link"):
        load(str(tmp_path / ACCEPTED))


def test_ledgers_are_looked_for_up_to_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "v"
    inner.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    for folder in (tmp_path, tmp_path / "repository", inner):
        (folder / ACCEPTED).touch()
    found = find_ledgers(str(inner), {})
    assert [Path(file).parent for file in found] == [inner, tmp_path / "repository"]


def test_a_merge_with_marks_is_resolved() -> None:
    text = (
        f"# head\n{render(entry(1), False)}<<<<<<< HEAD\n{render(entry(2), False)}||||||| base\n=======\n"
        f"{render(entry(3), False)}{render(entry(2, reason='Theirs.'), False)}>>>>>>> theirs\n{render(entry(4), False)}"
    )
    made = resolve(Source("x.yaml", text), "x.yaml")
    assert [int(one.fingerprint, 16) for one in made.entries] == [1, 2, 3, 4]
    assert made.entries[1].reason == ONE.reason, "of two entries for one finding ours stays"
    assert made.source.text.startswith("# head\n")


def test_of_two_entries_for_one_finding_the_first_stays() -> None:
    text = render(entry(1), False) + render(entry(1, reason="Later."), False) + render(entry(2), False)
    made = resolve(Source("x.yaml", text), "x.yaml")
    assert [one.reason for one in made.entries] == [ONE.reason, ONE.reason]


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=False)


def merged(folder: Path, base: list[Entry], ours: list[Entry], theirs: list[Entry], attributes: str = "") -> str | None:
    """What git makes of two branches that each add entries to a ledger; None for a conflict."""
    file = folder / ACCEPTED
    git(folder, "init", "-q", "-b", "main")
    if attributes:
        (folder / ".gitattributes").write_text(attributes, encoding="utf-8")
    (folder / "x").touch()
    start = add(ledger(""), base) if base else ledger("")
    if base:
        file.write_text(start.source.text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    for branch, new in (("ours", ours), ("theirs", theirs)):
        git(folder, "checkout", "-q", "-b", branch, "main")
        file.write_text(add(start, new).source.text, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", branch)
    done = git(folder, "merge", "-q", "ours", "-m", "merge")
    return file.read_text(encoding="utf-8") if done.returncode == 0 else None


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
class TestMerge:
    def test_branches_that_accept_in_different_documents_merge(self, tmp_path: Path) -> None:
        base = [entry(number, f"d{number}.txt") for number in (1, 5, 9)]
        text = merged(tmp_path, base, [entry(3, "d3.txt"), entry(4, "d4.txt")], [entry(7, "d7.txt")])
        assert text is not None, "git found a conflict"
        assert [one.file for one in ledger(text).entries] == [f"d{number}.txt" for number in (1, 3, 4, 5, 7, 9)]

    @pytest.mark.parametrize("base", [0, 1])
    @pytest.mark.parametrize("ours", [1, 3, 30])
    def test_neighbours_merge_where_both_sides_are_kept(self, tmp_path: Path, base: int, ours: int) -> None:
        attributes = f"{ACCEPTED} merge=union\n"
        mine = [entry(number) for number in range(2, 2 + ours)]
        text = merged(tmp_path, [entry(1)] * base, mine, [entry(80), entry(90)], attributes)
        assert text is not None, "git found a conflict"
        assert set(ledger(text).entries) == {*[entry(1)] * base, *mine, entry(80), entry(90)}

    def test_neighbours_without_that_are_resolved(self, tmp_path: Path) -> None:
        assert merged(tmp_path, [entry(1)], [entry(2)], [entry(3)]) is None
        text = (tmp_path / ACCEPTED).read_text(encoding="utf-8")
        made = resolve(Source(ACCEPTED, text), ACCEPTED)
        assert sorted(int(one.fingerprint, 16) for one in made.entries) == [1, 2, 3]
