"""Configurations: found, refused with their place, merged, and applied to files, documents and volumes."""

from __future__ import annotations

import json
import pickle
import re
from contextlib import suppress
from pathlib import Path

import pytest
from helpers_cli import put_in
from helpers_tei import document, tei
from hypothesis import example, given
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.configuration.load import read
from fruslint.errors import ConfigurationError

MEMO = "{number}. Memorandum of Conversation{year}\n\n[Page {page}] It was late. [Page {next}] It was dark.\n"


def memo(path: str, number: int = 1, year: str = "", page: int = 1, step: int = 2) -> None:
    write(path, MEMO.format(number=number, year=year, page=page, next=page + step))


def write(path: str, text: str | bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    memo("v/d1.txt")


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """``path severity RULE`` of each finding."""
    main(["check", "--format", "concise", "--no-cache", "--max-per-rule", "0", *words])
    out, err = capsys.readouterr()
    assert err == ""
    return [f"{path} {said}" for path, said in re.findall(r"^([^:]+):\d+:\d+: (\w+ \w+)", out, re.MULTILINE)]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said of a wrong configuration, on the first line."""
    assert main(["check", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "\x1b" not in err
    return err.removeprefix("fruslint: ").splitlines()[0]


WRONG = {
    "rules: {NOTE001: of}": "fruslint.yaml:1:18: `of` is not a value of `NOTE001`; did you mean `off`?",
    "rules:\n  NOTE01: off\n  PGE001: off": "fruslint.yaml:3:3: `PGE001` selects no rule; did you mean `PAGE001`?",
    "rulez: {}": "fruslint.yaml:1:1: `rulez` is not a known key; did you mean `rules`?",
    "select: [PAGE, page-gap]": "fruslint.yaml:1:16: `page-gap` selects no rule; did you mean",
    "extends: strct": "fruslint.yaml:1:10: `strct` is neither a built-in set nor a file; did you mean `strict`?",
    "extends: [strict, base.yml]": "fruslint.yaml:1:19: there is no configuration file `base.yml`; did you mean `bases.yml`?",
    "extends: ../base.yaml": "fruslint.yaml:1:10: `../base.yaml` lies outside of ., and is not read; name the",
    "extends: /etc/passwd": "fruslint.yaml:1:10: `/etc/passwd` lies outside of ., and is not read; name the",
    "house-rules: ../rules": "fruslint.yaml:1:14: `../rules` lies outside of ., and is not read",
    "house-rules: rulse": "fruslint.yaml:1:14: there is no folder `rulse`",
    "rules: {TYPO: {expected: x}}": "fruslint.yaml:1:16: parameters are those of one rule, and here are many; name the rule",
    "rules: {NOTE007: {expcted: 1}}": "fruslint.yaml:1:19: `expcted` is not a known key in `NOTE007`; did you mean `expected`?",
    "rules: {NOTE007: {expected: one}}": "fruslint.yaml:1:29: `expected` must be a whole number, not `one`",
    "rules: {NOTE007: {severity: grave}}": "fruslint.yaml:1:29: `grave` is not a value of `severity`; allowed are",
    "rules: {TYPO004: {expected: round}}": "fruslint.yaml:1:9: the check refuses its parameters: `round` is none of the",
    "rules: {TYPO009: {patterns: ['(a+)+b']}}": "fruslint.yaml:1:30: this regular expression is dangerous",
    "rules: {TYPO009: {patterns: ['(']}}": "fruslint.yaml:1:30: this is not a regular expression: missing )",
    "rules: [NOTE001]": "fruslint.yaml:1:8: `rules` must be a table of keys and values, not a list",
    "- strict": "fruslint.yaml:1:1: the document must be a table of keys and values, not a list",
    "fail-on: 3": "fruslint.yaml:1:10: `3` is not a value of `fail-on`; allowed are",
    "max-per-rule: -1": "fruslint.yaml:1:15: `max-per-rule` is too small: `-1`, and the least is 0",
    "max-file-size: 3 apples": "fruslint.yaml:1:16: `max-file-size` does not have the right form",
    "encoding: windows-1525": "fruslint.yaml:1:11: `windows-1525` is not a value of `encoding`; did you mean `windows-125",
    "schema-version: 1815": "fruslint.yaml:1:17: `1815` is not a version of the schema; ",
    "year: 12": "fruslint.yaml:1:7: `year` is too small: `12`, and the least is 1600",
    "exclude: [../v]": "fruslint.yaml:1:11: `../v` is not a path pattern",
    "exclude: ['']": "fruslint.yaml:1:11: entry 1 of `exclude` must not be empty",
    "exclude: ['/']": "fruslint.yaml:1:11: a pattern must not be empty",
    "overrides: [{rules: {NOTE: off}}]": "fruslint.yaml:1:13: an override names `files`, `documents` or `years`",
    "overrides: [{documents: 9-3}]": "fruslint.yaml:1:25: `9-3` runs backwards",
    "overrides: [{years: old}]": "fruslint.yaml:1:21: `years` does not have the right form",
    "overrides: [{years: -5}]": "fruslint.yaml:1:21: `-5` is no range of years",
    "overrides: [{years: 1951-1949}]": "fruslint.yaml:1:21: `1951-1949` runs backwards",
    "overrides: [{years: 1951, encoding: latin-1}]": "fruslint.yaml:1:27: `encoding` is decided before the documents",
    "rules: {NOTE001: off, NOTE001: on}": "fruslint.yaml:1:23: the key `NOTE001` stands here a second time",
    "a: [": "fruslint.yaml:1:5: this is not YAML",
    "a: b: c": "fruslint.yaml:1:5: this is not YAML: mapping values are not allowed",
    "a: *b": "fruslint.yaml:1:4: anchors and aliases",
    "a: !!python/object/apply:os.system [ls]": "fruslint.yaml:1:4: tags are not allowed",
    "a: 1\n---\nb: 2": "fruslint.yaml:2:1: a second document begins here",
    "a: \x1b[2J": "fruslint.yaml:1:4: the character U+001B is not allowed here",
    "a: " + "[" * 3000: "fruslint.yaml:1:36: nested more than 32 levels deep",
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_a_wrong_configuration_is_refused_with_its_place(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("bases.yml", "")
    write("fruslint.yaml", text)
    assert refused(capsys).startswith(WRONG[text])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x00\x01\x02\xff\xfe binary", "fruslint.yaml:1:4: byte 3 (0xFF) is not valid utf-8; save the file as UTF-8"),
        (b"a: 1\n" * 250_000, "fruslint.yaml: is longer than 1,000,000 bytes"),
        (b"", ""),
        (b"# nothing but a comment\n", ""),
    ],
)
def test_bytes_that_are_no_configuration(data: bytes, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", data)
    if said:
        assert refused(capsys) == said
    else:
        assert "v/d1.txt error PAGE001" in checked(capsys)


def test_a_configuration_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("fruslint.yaml").mkdir()
    assert refused(capsys) == "fruslint.yaml: is a folder, not a file"
    Path("fruslint.yaml").rmdir()
    Path("fruslint.yaml").symlink_to("nowhere.yaml")
    assert refused(capsys) == "fruslint.yaml: is a link that leads nowhere"
    assert main(["check", "--config", "other.yaml"]) == 2
    assert "there is no configuration file `other.yaml`" in capsys.readouterr().err


@given(st.text(st.sampled_from("abrules:{}[]\n -,'\"NOTE01off*"), max_size=60))
@example("rules:\n  NOTE001:")
@example("extends:")
@example("overrides: [null]")
def test_any_text_is_a_configuration_or_the_one_error(text: str) -> None:
    for name in ("anything.yaml", "anything.toml"):
        write(name, text if name.endswith("yaml") else f"[tool.fruslint]\n{text}")
        with suppress(ConfigurationError):
            assert isinstance(read(name, name).value, dict)


# ---- where it is found


def test_the_nearest_holds_alone(capsys: pytest.CaptureFixture[str]) -> None:
    memo("v/w/d2.txt", 2)
    write("fruslint.yaml", "rules: {PAGE001: off}\nselect: [PAGE]")
    write("v/w/.fruslint.yaml", "select: [PAGE001]\nrules: {PAGE001: info}")
    assert checked(capsys) == ["v/w/d2.txt info PAGE001"]


def test_a_table_in_pyproject(capsys: pytest.CaptureFixture[str]) -> None:
    write("pyproject.toml", '[project]\nname = "fruslint-files"\n')
    assert "v/d1.txt error PAGE001" in checked(capsys)
    write("pyproject.toml", '[tool.fruslint]\nselect = ["PAGE001"]\nrules.PAGE001 = "warning"\n')
    assert checked(capsys) == ["v/d1.txt warning PAGE001"]
    write("fruslint.yaml", "select: PAGE001")
    assert checked(capsys) == ["v/d1.txt error PAGE001"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[tool.fruslint]\nselect = "PAGE01"\nfail_on = 1\n',
            "pyproject.toml:3:1: `fail_on` is not a known key; did you",
        ),
        (
            '[tool.fruslint]\nselect = ["PAGE",\n "PGAE"]\n',
            "pyproject.toml:3:2: `PGAE` selects no rule; did you mean `PAGE`?",
        ),
        (
            "[tool.fruslint.rules]\nNOTE001 = 1979-05-27\n",
            "pyproject.toml:2:11: `1979-05-27` is not a value of `NOTE001`",
        ),
        (
            '[[tool.fruslint.overrides]]\nfiles = "v"\n[[tool.fruslint.overrides]]\nfils = "v"\n',
            "pyproject.toml:4:1: `fils`",
        ),
        ("[tool.fruslint]\nselect = [1, \n", "pyproject.toml:3:1: this is not TOML: "),
        ("[tool.fruslint]\na = " + "[" * 5000, "pyproject.toml: lists or tables are nested too deeply"),
        ("tool = {fruslint = {max-per-rule = 0.5}}\n", "pyproject.toml:1:1: `max-per-rule` must be a whole number"),
    ],
)
def test_a_wrong_table_in_pyproject(text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("pyproject.toml", text)
    assert refused(capsys).startswith(said)


def test_a_project_without_our_table(capsys: pytest.CaptureFixture[str]) -> None:
    write("pyproject.toml", "[project]\n")
    assert refused(capsys, "--config", "pyproject.toml") == "pyproject.toml: has no table `[tool.fruslint]`"


def test_standard_input_has_the_configuration_of_its_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("v/fruslint.yaml", "select: PAGE001\nrules: {PAGE001: info}")
    for name, said in (("v/d9.txt", "v/d9.txt info PAGE001"), ("d9.txt", "d9.txt error PAGE001")):
        put_in(Path("v/d1.txt").read_bytes(), monkeypatch)
        assert said in checked(capsys, "-", "--stdin-filename", name)


def test_a_configuration_above_the_repository_is_named_and_not_used(capsys: pytest.CaptureFixture[str]) -> None:
    write("../fruslint.yaml", "rules: {PAGE001: off}\nselect: PAGE001")
    assert main(["check", "v", "--select", "PAGE001", "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert "PAGE001" in out
    assert "fruslint.yaml lies outside of the repository and is not used; name it with --config if you want it\n" in err
    assert main(["check", "v", "--config", "../fruslint.yaml", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_link_that_leads_out_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: 12345\n")
    Path("fruslint.yaml").symlink_to(secret)
    assert refused(capsys).startswith("fruslint.yaml: is a link that leads out of the repository, and is not read")
    Path("fruslint.yaml").unlink()
    Path("base.yaml").symlink_to(secret)
    write("fruslint.yaml", "extends: base.yaml")
    assert refused(capsys).startswith("fruslint.yaml:1:10: `base.yaml` lies outside of .")
    write("fruslint.yaml", "house-rules: house")
    Path("house").mkdir()
    Path("house/HOUSE001.yaml").symlink_to(secret)
    assert "is a link that leads out of ." in refused(capsys)


def test_configurations_that_extend_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "extends: house/a.yaml")
    write("house/a.yaml", "extends: [strict, ../b.yaml]")
    write("b.yaml", "extends: house/a.yaml")
    said = "b.yaml:1:10: configurations extend each other in a circle: house/a.yaml -> b.yaml -> house/a.yaml"
    assert refused(capsys) == said


def test_what_is_extended_is_overruled_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", "select: PAGE001\nrules: {PAGE001: info}\nexclude: drafts")
    write("b.yaml", "rules: {PAGE001: warning}")
    memo("drafts/d2.txt", 2)
    write("fruslint.yaml", "extends: [a.yaml, b.yaml]")
    assert checked(capsys) == ["v/d1.txt warning PAGE001"]
    write("fruslint.yaml", "extends: [b.yaml, a.yaml]")
    assert checked(capsys) == ["v/d1.txt info PAGE001"]


def test_a_set_by_name_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("strict", "not: yaml: at all")
    write("fruslint.yaml", "extends: tei")
    assert main(["check", "v"]) == 2
    assert "nothing to check" in capsys.readouterr().err
    assert main(["check", "v/d1.txt", "--select", "PAGE001"]) == 1


# ---- what it does


def test_a_severity_for_a_family_turns_nothing_on(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "rules: {PAGE: info}")
    assert main(["config", "show", "v/d1.txt", "--format", "json"]) == 0
    rules = {one["id"]: one for one in json.loads(capsys.readouterr().out)["rules"]}
    assert rules["PAGE001"]["on"]
    assert not rules["PAGE011"]["on"]
    write("fruslint.yaml", "rules: {PAGE011: info}")
    assert main(["config", "show", "v/d1.txt", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rules"][0]["on"]


def test_a_file_that_cannot_be_read_is_told_whatever_is_selected(capsys: pytest.CaptureFixture[str]) -> None:
    write("v/d2.txt", b"2. Telegram\n\n\xff\n")
    write("fruslint.yaml", "select: PAGE002")
    assert checked(capsys) == ["v/d2.txt error FILE002"]
    write("fruslint.yaml", "select: PAGE002\nignore: FILE")
    assert checked(capsys) == []


def test_an_encoding_that_is_declared(capsys: pytest.CaptureFixture[str]) -> None:
    write("v/d2.txt", "2. Memorandum of Conversation\n\n[Page 1] Señor [Page 3] Olmo.\n".encode("latin-1"))
    write("fruslint.yaml", "select: [PAGE001]\noverrides:\n- {files: v/d2.txt, encoding: windows-1252}")
    assert checked(capsys) == ["v/d1.txt error PAGE001", "v/d2.txt error PAGE001"]
    write("fruslint.yaml", "select: [PAGE001]")
    assert "v/d2.txt error PAGE001" not in checked(capsys)


def test_house_rules_are_known_to_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    rule = (
        "id: HOUSE001\nname: late-word\nfamily: HOUSE\nseverity: info\nmedia: [text]\nsince: 1.0.0\nsummary: Late.\n"
        "message: 'Write early for {found}.'\nwhy: So.\ncheck: {kind: pattern, in: [body], patterns: [late]}\n"
    )
    write("house/HOUSE001.yaml", rule)
    write("fruslint.yaml", "house-rules: house\nselect: HOUSE")
    assert checked(capsys) == ["v/d1.txt info HOUSE001"]
    assert main(["explain", "HOUSE001"]) == 0
    assert main(["rules", "--family", "HOUSE"]) == 0
    assert main(["config", "show"]) == 0
    assert "late-word" in capsys.readouterr().out
    assert main(["explain", "HOUSE001", "--no-config"]) == 2


def test_overrides_in_one_folder_leave_volume_wide_rules_whole(capsys: pytest.CaptureFixture[str]) -> None:
    for number, page in ((1, 1), (2, 3), (3, 9)):
        memo(f"w/d{number}.txt", number, page=page, step=1)
    write("fruslint.yaml", "select: PAGE007")
    assert checked(capsys, "w") == ["w/d3.txt error PAGE007"]
    write("fruslint.yaml", "select: PAGE007\noverrides: [{files: w/d2.txt, rules: {PAGE: off}}]")
    assert checked(capsys, "w") == ["w/d3.txt error PAGE007"]
    write("fruslint.yaml", "select: PAGE007\noverrides: [{files: w/d3.txt, rules: {PAGE: off}}]")
    assert checked(capsys, "w") == []
    write("fruslint.yaml", "select: PAGE007\noverrides: [{documents: 2-9, rules: {PAGE: warning}}]")
    assert checked(capsys, "w") == ["w/d3.txt warning PAGE007"]
    write("fruslint.yaml", "ignore: ALL\noverrides: [{documents: d3, rules: {PAGE007: info}}]")
    assert checked(capsys, "w") == ["w/d3.txt info PAGE007"]


def test_parameters_for_some_documents_only(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(1, 4):
        write(f"w/d{number}.txt", f"{number}. Telegram{number % 2}\n\nIt was “late.”\n\n  1. Not printed.\n")
    write("fruslint.yaml", "select: NOTE007\nrules: {NOTE007: {expected: 0}}")
    whole = checked(capsys, "w")
    assert whole == ["w/d1.txt warning NOTE007", "w/d3.txt warning NOTE007"]
    write(
        "fruslint.yaml",
        "select: NOTE007\nrules: {NOTE007: {expected: 0}}\n"
        "overrides: [{documents: 2-3, rules: {NOTE007: {expected: 1}}}]",
    )
    assert checked(capsys, "w") == [whole[0], whole[0].replace("d1", "d2")]


def test_documents_and_years_in_a_volume(capsys: pytest.CaptureFixture[str]) -> None:
    documents = "".join(
        document(
            f"<head>{number}. Memorandum, May 4, {year}</head><p>He saw the the end.</p>",
            f'n="{number}" xml:id="d{number}"',
        )
        for number, year in ((1, 1948), (2, 1952), (3, 1961))
    )
    write("volume.xml", tei(documents))
    write("fruslint.yaml", "select: TYPO010")
    everywhere = checked(capsys, "volume.xml")
    assert len(everywhere) == 3
    write("fruslint.yaml", "select: TYPO010\noverrides: [{years: -1951, rules: {TYPO010: off}}]")
    assert len(checked(capsys, "volume.xml")) == 2
    write("fruslint.yaml", "select: TYPO010\noverrides: [{years: 1952-, documents: [d1, 3], rules: {TYPO010: off}}]")
    assert len(checked(capsys, "volume.xml")) == 2
    write("fruslint.yaml", "ignore: ALL\noverrides: [{documents: d2, rules: {TYPO010: error}}]")
    assert [one for one in checked(capsys, "volume.xml") if "TYPO" in one] == ["volume.xml error TYPO010"]


def test_a_year_for_documents_that_do_not_tell(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "select: PAGE001\nyear: 1948\noverrides: [{years: 1948, rules: {PAGE001: info}}]")
    memo("v/d2.txt", 2, ", May 4, 1961")
    assert checked(capsys) == ["v/d1.txt info PAGE001", "v/d2.txt error PAGE001"]


def test_workers_and_the_cache_see_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(2, 12):
        memo(f"v/d{number}.txt", number)
    write(
        "fruslint.yaml",
        "select: PAGE001\nrules: {PAGE001: warning}\noverrides:\n- {documents: 3-5, rules: {PAGE001: off}}\n"
        "- {files: v/d7.txt, rules: {PAGE001: info}}\n",
    )
    alone = checked(capsys)
    assert checked(capsys, "--jobs", "2") == alone
    for _ in range(2):
        main(["check", "--format", "concise", "--cache-dir", "cache", "--max-per-rule", "0"])
        out = capsys.readouterr().out
        assert out.count("PAGE001") == len(alone) == 8
        assert out.count("info PAGE001") == 1
    write("fruslint.yaml", "select: PAGE001")
    main(["check", "--format", "concise", "--cache-dir", "cache", "--max-per-rule", "0"])
    assert capsys.readouterr().out.count("error PAGE001") == 11


def test_overrides_hold_in_the_parts_of_a_volume(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = ((number, f"<head>{number}. Memorandum, May 4, {1945 + number}</head>") for number in range(1, 9))
    written = (
        document(f"{head}<p>He saw the the end.</p>", f'n="{number}" xml:id="d{number}"') for number, head in heads
    )
    write("volume.xml", tei("".join(written)))
    write(
        "fruslint.yaml",
        "select: [TYPO010, NOTE]\noverrides: [{years: -1949, rules: {TYPO010: off}}, {documents: 7, rules: {TYPO010: info}}]",
    )
    monkeypatch.setattr("fruslint.processes.workers._LARGE", 1)
    alone, together = (checked(capsys, "volume.xml", "--jobs", jobs) for jobs in "12")
    assert alone == together == [f"volume.xml {how} TYPO010" for how in ("warning", "warning", "info", "warning")]


def test_an_engine_can_be_sent_to_another_process() -> None:
    from fruslint.configuration.house import Asked, House
    from fruslint.readers import read_bytes

    write("fruslint.yaml", "select: PAGE001\noverrides: [{documents: 2, rules: {PAGE001: off}}]")
    path = Path("v/d1.txt").resolve()
    engine = House(Asked()).engine([("v/d1.txt", str(path))])
    volume = read_bytes("v/d1.txt", path.read_bytes())
    again = pickle.loads(pickle.dumps(engine))
    assert again.check(volume).findings == engine.check(volume).findings != ()
    assert again.settings("v/d1.txt") == engine.settings("v/d1.txt")


def test_the_strictest_limits_hold(capsys: pytest.CaptureFixture[str]) -> None:
    memo("w/d2.txt", 2)
    write("v/fruslint.yaml", "select: PAGE001\nfail-on: never")
    write("w/fruslint.yaml", "select: PAGE001\nrules: {PAGE001: info}\nfail-on: info")
    assert main(["check", "v"]) == 0
    assert main(["check", "w"]) == 1
    assert main(["check", "v", "w"]) == 1
    assert main(["check", "v", "w", "--fail-on", "never"]) == 0


# ---- init


def test_init_writes_what_can_be_read_and_never_twice(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(2, 12):
        write(f"v/d{number}.txt", f"{number}. Telegram1\n\nHe said “so” and “no.”\n\n  1. Not printed.\n")
    write("v/d99.txt", "99. Señor\n".encode("latin-1"))
    assert main(["init", "--stdout"]) == 0
    text = capsys.readouterr().out
    assert not Path("fruslint.yaml").exists()
    assert "12 memoranda" not in text
    assert "11 memoranda in plain text, 1 file not in UTF-8" in text
    assert 'TYPO004: {expected: "curly quotation marks"}' in text
    assert "SRC001: off" in text, "it is found in all of them"
    assert "FILE002: off" not in text, "a rule that found one slip is no rule to turn off"
    assert main(["init"]) == 0
    assert Path("fruslint.yaml").read_text(encoding="utf-8") == text
    assert main(["init"]) == 2
    assert "there is a configuration already: fruslint.yaml" in capsys.readouterr().err
    proposals = [
        line.removeprefix("# ") for line in text.splitlines() if re.match("# (rules|overrides|fail-on|  )", line)
    ]
    head = text.index("extends:")
    write("fruslint.yaml", "\n".join(line for line in proposals if text.index(line) > head))
    assert main(["check", "v", "--fail-on", "never"]) == 0
    capsys.readouterr()
    assert main(["config", "show", "v/d2.txt"]) == 0
    assert "expected: 1" in capsys.readouterr().out


def test_init_takes_what_is_done_once_or_twice_for_no_habit(capsys: pytest.CaptureFixture[str]) -> None:
    write("v/d2.txt", "2. Telegram1\n\nHe said “no.”\n\n  1. Not printed.\n")
    assert main(["init", "--stdout"]) == 0
    assert "expected:" not in capsys.readouterr().out


def test_init_builds_on_the_configuration_above_it(capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", "select: PAGE001")
    assert main(["init", "v", "--diff"]) == 0
    assert '+extends: "../fruslint.yaml"\n' in capsys.readouterr().out
    assert main(["init", "v"]) == 0
    capsys.readouterr()
    assert checked(capsys, "v") == ["v/d1.txt error PAGE001"]
    assert main(["init", "nowhere"]) == 2


def test_init_in_an_empty_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert main(["init", "empty"]) == 0
    assert "no edition files yet" in Path("empty/fruslint.yaml").read_text(encoding="utf-8")
    assert main(["config", "show", "empty"]) == 0
    assert main(["config", "schema"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["title"] == "fruslint configuration"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select: TYOP\n", "fruslint.yaml:1:9: `TYOP` selects no rule; did you mean `TYPO`?"),
        ("rules: {TYOP: off}\n", "fruslint.yaml:1:9: `TYOP` selects no rule; did you mean `TYPO`?"),
        ("max-file-size: 5X\n", "does not have the right form: `5X`; write it as in `500K` or `64M`"),
        ("include: ['*.md']\n", "nothing to check: no file in v fits `include` of fruslint.yaml; a pattern"),
        ("dialect: {page: N}\n", "1:17: `N` is no form of a page break; write N for the number"),
    ],
)
def test_what_a_beginner_is_told(text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("fruslint.yaml", text)
    assert main(["check", "v"]) == 2
    assert said in capsys.readouterr().err


def test_init_wants_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "v/d1.txt"]) == 2
    assert "`v/d1.txt` is no folder" in capsys.readouterr().err
    assert main(["init", "w"]) == 2
    assert "there is no folder `w`" in capsys.readouterr().err
