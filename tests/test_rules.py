"""Loading rule files: what a sound one gives, and how each wrong one is refused."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from helpers_rules import make_rule, rule_text, write_rule
from hypothesis import example, given
from hypothesis import strategies as st

from fruslint.data import yamlfile
from fruslint.errors import ConfigurationError
from fruslint.findings import Severity
from fruslint.model import Medium
from fruslint.rules import Rule, builtin_rules, load_rule, load_rules, read_rule, select
from fruslint.source import Source


def refused(text: str | bytes) -> ConfigurationError:
    """The error for a rule file."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ConfigurationError) as caught:
        read_rule(yamlfile.source_of("rule.yaml", data), Path("rule.yaml"))
    return caught.value


@contextlib.contextmanager
def may_refuse() -> Iterator[None]:
    try:
        yield
    except ConfigurationError as error:
        str(error).encode()


def at(error: ConfigurationError) -> tuple[int, int]:
    assert error.place is not None
    return error.place.start


def test_a_sound_rule_has_everything_its_file_says(tmp_path: Path) -> None:
    rule = load_rule(write_rule(tmp_path, exits=["Tables."], default=False, once=True, fix="safe", sets=["strict"]))
    assert rule == Rule(
        id="NOTE001",
        name="marker-without-note",
        family="NOTE",
        severity=Severity.ERROR,
        media=frozenset(Medium),
        summary="A marker points at a note that is not there.",
        message="Marker {found} has no note.",
        why="The reader finds nothing.",
        kind="anomaly",
        since="0.1.0",
        path=tmp_path / "rule.yaml",
        parameters={"kinds": ["lost-note"]},
        exits=("Tables.",),
        default=False,
        once=True,
        fix="safe",
        sets=("strict",),
    )
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert {rule} == {load_rule(rule.path, validate=False)}


def test_what_is_optional_has_a_plain_default() -> None:
    rule = make_rule()
    assert (rule.exits, rule.default, rule.once, rule.fix, rule.sets) == ((), True, False, None, ())


def test_a_rule_file_may_begin_with_a_mark_a_comment_and_a_line_of_dashes() -> None:
    text = "\ufeff# ours\n\n---\n" + rule_text() + "---\nbad: []\n"
    assert read_rule(yamlfile.source_of("x", text.encode()), Path("x")).id == "NOTE001"


WRONG = [
    ("misspelt key", rule_text().replace("summary:", "sumary:"), (9, 1), "`sumary` is not a known key", "`summary`"),
    ("unknown key", rule_text() + "zzz: 1\n", (16, 1), "`zzz` is not a known key", "known are `id`, `name`"),
    ("missing key", rule_text(why=None), (1, 1), "the key `why` is missing", ""),
    ("misspelt value", rule_text(severity="eror"), (4, 11), "`eror` is not a value of `severity`", "`error`"),
    ("wrong value", rule_text(fix=True), (16, 6), "`true` is not a value of `fix`", "allowed are `safe`, `unsafe`"),
    (
        "wrong medium",
        rule_text(media=["text", "html"]),
        (7, 3),
        "`html` is not a value of entry 2 of `media`",
        "`text`",
    ),
    ("text for list", rule_text(media="text"), (5, 8), "`media` must be a list, not `text`", "`[text]`"),
    ("list for text", rule_text(why=["x"]), (12, 1), "`why` must be a text, not a list", ""),
    ("word for boolean", rule_text() + "once: no\n", (16, 7), "`once` must be true or false, not `no`", ""),
    ("empty value", rule_text(why=""), (11, 6), "`why` must not be empty", ""),
    ("bad id", rule_text(id="note1"), (1, 5), "`id` does not have the right form", ""),
    ("bad version", rule_text(since="1"), (8, 8), "`since` does not have the right form", ""),
    ("id of another family", rule_text(id="PAGE001"), (1, 5), "not that of a rule of the family `NOTE`", "digits"),
    ("id that only begins as the family", rule_text(id="NOTES001"), (1, 5), "not that of a rule of the family", ""),
    ("unknown check", rule_text(check={"kind": "anomaly-x"}), (13, 9), "`anomaly-x` is not a kind", "`anomaly`"),
    ("no kind", rule_text(check={"kinds": ["x"]}), (13, 3), "the key `kind` is missing in `check`", ""),
    ("wrong parameter", rule_text(check={"kind": "anomaly", "kinds": [1]}), (15, 5), "entry 1 of `kinds` must be", ""),
    (
        "shape that no text has",
        rule_text(check={"kind": "pattern", "in": ["words"], "patterns": ["x"], "shapes": ["\u044f"]}),
        (19, 5),
        "entry 1 of `shapes` does not have the right form: `\u044f`; write it as in `aA`",
        "",
    ),
    (
        "misspelt parameter",
        rule_text(check={"kind": "anomaly", "kind_s": ["x"]}),
        (14, 3),
        "`kind_s` is not a known key in `check`",
        "`kinds`",
    ),
    ("unknown placeholder", rule_text(message="{fond}."), (10, 10), "gives no value `fond`", "`found`"),
    ("attribute in placeholder", rule_text(message="{found.x}."), (10, 10), "a `{` that belongs to no {name}", ""),
    ("lone brace", rule_text(message="a } b."), (10, 10), "a `}` that belongs to no {name}; write `}}`", ""),
    (
        "duplicate key",
        rule_text() + "id: NOTE002\n",
        (16, 1),
        "`id` stands here a second time; the first is in line 1",
        "",
    ),
    ("anchor", "id: &a NOTE001\n", (1, 5), "anchors and aliases", "quotes"),
    ("alias", "id: *a\n", (1, 5), "", ""),
    ("tag", "id: !!python/object:os.system x\n", (1, 5), "tags are not allowed", "quotes"),
    ("tab", "id: NOTE001\ncheck:\n\tkind: x\n", (3, 1), "a tab cannot indent a line", "blanks"),
    ("colon in text", "summary: one: two\n", (1, 13), "this is not YAML", "put quotes around"),
    ("control character", "id: a\x07b\n", (1, 6), "U+0007 is not allowed", "escape"),
    ("not UTF-8", b"id: NOTE001\nname: \xff\n", (2, 7), "byte 18 (0xFF) is not valid utf-8", ""),
    ("empty file", "", (1, 1), "expected the keys and values of a document of the form `rule`", ""),
    ("comment only", "# nothing\n", (1, 1), "expected the keys and values", ""),
    ("a list", "- id: x\n", (1, 1), "expected the keys and values", ""),
    ("a list as key", "? [a]\n: b\n", (1, 3), "a key must be a word or a text", ""),
    ("an empty key", "'': b\n", (1, 1), "a key must be a word or a text", ""),
    ("second document by dots", "a: 1\n...\nb: 2\n", (3, 1), "", ""),
    ("nested too deeply", "a: " + "[" * 100_000, (1, 36), "nested more than 32 levels deep", ""),
    ("nested too deeply, blocks", "- " * 100_000 + "a", (1, 67), "nested more than 32 levels deep", ""),
    ("nested too deeply, mixed", "[{" * 100_000, (1, 3), "a key must be a word", ""),
    ("billion laughs", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", (1, 4), "anchors and aliases", ""),
]


@pytest.mark.parametrize(("text", "where", "message", "hint"), [case[1:] for case in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_file_is_refused_with_place_message_and_hint(
    text: str | bytes, where: tuple[int, int], message: str, hint: str
) -> None:
    began = time.perf_counter()
    error = refused(text)
    assert time.perf_counter() - began < 2
    assert at(error) == where, str(error)
    assert message in str(error)
    assert hint in error.hint
    assert str(error).startswith(f"rule.yaml:{where[0]}:{where[1]}: ")


@pytest.mark.parametrize("text", [case[1] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_wrong_file_is_refused_without_libyaml_too(text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "_Parser", yaml.Loader)
    assert at(refused(text))


def test_an_error_shows_the_line_and_a_caret() -> None:
    assert str(refused("id: NOTE001\nname: 北京\tx: y\n")).splitlines()[1:] == [
        "    name: 北京 x: y",
        "    " + " " * 11 + "  ^"[1:],
    ]


def test_an_error_shows_the_part_of_a_long_line_and_no_control_character() -> None:
    message = str(refused("id: " + "a" * 5000 + "\x1b[31m: : b" + "c" * 5000))
    assert "\x1b" not in message
    assert max(map(len, message.splitlines())) < 200


@pytest.mark.parametrize("pattern", ["(a", "[", "*", "(?P<a>x)(?P<a>y)"])
def test_a_bad_regular_expression_is_pointed_at(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    from fruslint.checks.anomaly import AnomalyCheck

    def make(self: AnomalyCheck, parameters: dict[str, list[str]]) -> None:
        re.compile(f"(?:{parameters['kinds'][1]})")

    monkeypatch.setattr(AnomalyCheck, "__init__", make)
    error = refused(rule_text(check={"kind": "anomaly", "kinds": ["a", pattern]}))
    assert at(error)[0] == 16
    assert "this is not a regular expression" in error.message


def test_a_check_that_refuses_its_parameters_is_an_error_at_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    from fruslint.checks.anomaly import AnomalyCheck

    def make(self: AnomalyCheck, parameters: object) -> None:
        raise ValueError("`low` is greater than `high`")

    monkeypatch.setattr(AnomalyCheck, "__init__", make)
    error = refused(rule_text())
    assert at(error) == (12, 1)
    assert error.message == "the check refuses its parameters: `low` is greater than `high`"


def test_an_id_or_name_of_two_rules_is_refused_with_both_files(tmp_path: Path) -> None:
    first = write_rule(tmp_path, "a.yaml")
    second = write_rule(tmp_path, "b.yaml", name="other")
    with pytest.raises(ConfigurationError, match="the id `NOTE001` is that of another rule") as caught:
        load_rules([tmp_path])
    assert caught.value.path == str(second)
    assert str(first) in caught.value.message
    write_rule(tmp_path, "b.yaml", id="NOTE002")
    with pytest.raises(ConfigurationError, match="the name `marker-without-note` is that of another rule"):
        load_rules([second], known=[load_rule(first)])


def test_a_rule_loaded_twice_is_refused(tmp_path: Path) -> None:
    path = write_rule(tmp_path)
    with pytest.raises(ConfigurationError, match="that of another rule"):
        load_rules([path, tmp_path])


def test_folders_are_searched_in_depth_and_rules_come_by_id(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write_rule(tmp_path, "z.yaml")
    write_rule(tmp_path / "b", "a.yml", id="NOTE000", name="first")
    (tmp_path / "b" / "readme.md").write_text("no rule")
    assert [rule.id for rule in load_rules([tmp_path])] == ["NOTE000", "NOTE001"]


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(path: Path, onerror: Callable[[OSError], None]) -> None:
        onerror(PermissionError(13, "Permission denied", str(path)))

    monkeypatch.setattr(os, "walk", walk)
    with pytest.raises(ConfigurationError, match="cannot be read: there is no permission to read it") as caught:
        load_rules([tmp_path])
    assert caught.value.path == str(tmp_path)


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "long.yaml").write_bytes(b"#" * (yamlfile.MAX_BYTES + 1))
    for name, message in (
        ("missing.yaml", "does not exist"),
        ("x.yaml", "is a folder, not a file"),
        ("pipe.yaml", "is not a regular file"),
        ("long.yaml", "is longer than 1,000,000 bytes"),
        ("nul\0.yaml", "cannot be read|does not exist"),
    ):
        with pytest.raises(ConfigurationError, match=message) as caught:
            load_rule(tmp_path / name)
        assert caught.value.path == str(tmp_path / name)


def test_a_built_in_rule_that_is_broken_is_explained_too() -> None:
    with pytest.raises(ConfigurationError, match="the key `name` is missing"):
        read_rule(Source("x", rule_text(name=None)), Path("x"), validate=False)


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"a: " + b"1" * 5000)
@example(b"a: -1e99999")
@example(b'"\\uD800": 1')
@example(b"%YAML 9.9\n---\n")
@example(b"\n" * 200 + b"x\n---\n")
def test_arbitrary_bytes_are_a_rule_or_the_one_error(data: bytes) -> None:
    for validate in (True, False):
        with may_refuse():
            assert isinstance(read_rule(yamlfile.source_of("x.yaml", data), Path("x.yaml"), validate), Rule)


@given(st.text(st.sampled_from(list("ab:-?[]{}&*!|>'\"#%@`,\n\t 0.~\r\u2028é")), max_size=60), st.integers(0, 400))
def test_a_rule_with_anything_put_in_is_a_rule_or_the_one_error(noise: str, offset: int) -> None:
    text = rule_text()
    with may_refuse():
        assert read_rule(Source("x.yaml", text[:offset] + noise + text[offset:]), Path("x.yaml"))


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]))
SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS


@given(st.dictionaries(TEXTS.filter(bool), st.recursive(SCALARS, st.lists, max_leaves=5)))
def test_json_is_read_as_what_it_is(value: dict[str, object]) -> None:
    source = Source("x", json.dumps(value, ensure_ascii=False))
    assert yamlfile.parse(source, next(yamlfile.split(source))).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-0.5e3", -500.0),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("010", "010"),
        ("1:30", "1:30"),
        ("1963-02-03", "1963-02-03"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ('"12"', "12"),
        ("'null'", "null"),
        ("9" * 30, "9" * 30),
    ],
)
def test_plain_words_are_what_they_are_in_json(text: str, value: object) -> None:
    source = Source("x", f"a: {text}\n")
    assert yamlfile.parse(source, next(yamlfile.split(source))).value == {"a": value}


def test_the_built_in_rules_load_without_a_second_look() -> None:
    rules = builtin_rules()
    assert [rule.id for rule in rules] == sorted(rule.id for rule in rules)


class TestSelection:
    RULES = (
        make_rule(),
        make_rule(id="NOTE012", name="stray-marker", default=False),
        make_rule(id="NOTE013", name="empty-note", sets=["strict"]),
        make_rule(id="PAGE001", name="page-gap", family="PAGE"),
    )

    @pytest.mark.parametrize(
        ("chosen", "ignored", "extended", "left"),
        [
            ([], [], [], "NOTE001 NOTE013 PAGE001"),
            (["ALL"], [], [], "NOTE001 NOTE012 NOTE013 PAGE001"),
            (["NOTE"], [], [], "NOTE001 NOTE012 NOTE013"),
            (["NOTE01"], [], [], "NOTE012 NOTE013"),
            (["page-gap", "NOTE001"], [], [], "NOTE001 PAGE001"),
            (["strict"], [], [], "NOTE013"),
            ([], [], ["NOTE012"], "NOTE001 NOTE012 NOTE013 PAGE001"),
            ([], ["NOTE"], [], "PAGE001"),
            ([], ["ALL"], [], ""),
            (["NOTE"], ["NOTE01"], [], "NOTE001"),
            (["NOTE01"], ["NOTE"], [], "NOTE012 NOTE013"),
            (["NOTE"], ["NOTE01"], ["NOTE013"], "NOTE001 NOTE013"),
            (["NOTE001"], ["NOTE001"], [], ""),
            (["NOTE001"], ["marker-without-note"], [], ""),
            (["strict"], ["NOTE"], [], ""),
            (["NOTE"], ["ALL"], [], "NOTE001 NOTE012 NOTE013"),
        ],
    )
    def test_the_more_specific_selector_decides(
        self, chosen: list[str], ignored: list[str], extended: list[str], left: str
    ) -> None:
        assert " ".join(rule.id for rule in select(self.RULES, chosen, ignored, extended)) == left

    @pytest.mark.parametrize(
        ("word", "hint"),
        [
            ("NOTE9", "did you mean `NOTE`?"),
            ("note", "did you mean `NOTE`?"),
            ("pagegap", "did you mean `page-gap`?"),
            ("N", ""),
            ("all", "did you mean `ALL`?"),
            ("strct", "did you mean `strict`?"),
            ("", ""),
        ],
    )
    def test_a_selector_that_matches_nothing_is_refused(self, word: str, hint: str) -> None:
        for option in ("select", "ignore", "extend_select"):
            with pytest.raises(ConfigurationError, match="selects no rule") as caught:
                select(self.RULES, **{option: [word]})
            assert caught.value.hint == hint
            assert "\n" not in str(caught.value)
