"""The promises of fixes: none overlap, no word changes, nothing else moves, the last pass is the last."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from helpers_tei import document, tei
from helpers_words import document_words
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fruslint.engine import Engine
from fruslint.filereport import WHOLE, FileReport, Part
from fruslint.findings import REFUSED, Edit, Finding, Fix, Severity, order, place
from fruslint.fixing.comparison import difference
from fruslint.fixing.fixes import apply_to_bytes, choose
from fruslint.fixing.words import words_of
from fruslint.fixing.workpiece import Workpiece
from fruslint.model import Volume
from fruslint.readers import read_bytes
from fruslint.rules import builtin_rules, select
from fruslint.source import BYTE_ORDER_MARK, Source, Span, decode

SOUND = sorted(Path(__file__).parents[1].glob("corpus/sound/**/*.txt"))
VOLUME = next(Path(__file__).parents[1].glob("corpus/sound/*.xml"))
MEMORANDUM = "12. Memorandum of Conversation1\n\nThe Minister said:  no. He left.\n\n  1. Source: Files. Secret.\n"
slow = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


@cache
def engine(unsafe: bool = False) -> Engine:
    wanted = {"safe", "unsafe"} if unsafe else {"safe"}
    return Engine(rule for rule in select(builtin_rules()) if rule.fix in wanted)


def fixed(data: bytes, path: str = "v/d12.txt", rules: Engine | None = None, unsafe: bool = False) -> Workpiece:
    piece = Workpiece(rules or engine(unsafe), path, data, unsafe=unsafe)
    piece.settle()
    return piece


class Loose(Engine):
    """Proposes what no check of fruslint would: replacements anywhere in the file, by rule, pattern and replacement."""

    def __init__(self, *proposals: tuple[int, str, str], safe: bool = True) -> None:
        super().__init__(())
        self._proposals = proposals
        self._safe = safe

    def check(self, volume: Volume, timed: bool = False, part: Part = WHOLE) -> FileReport:
        source = volume.source
        found = [
            Finding(f"HOUSE{number:03}", Severity.ERROR, place(source, span), "Wrong.", fix=Fix((edit,), self._safe))
            for number, pattern, replacement in self._proposals
            for match in re.finditer(pattern, source.text)
            for span in [Span(*match.span())]
            for edit in [Edit(span, match.expand(replacement))]
        ]
        return FileReport(source.path, source.path, volume.medium, 1, tuple(sorted(found, key=order)))


def finding(edits: Sequence[tuple[int, int, str]], rule: str = "HOUSE001", safe: bool = True) -> Finding:
    made = tuple(Edit(Span(start, end), text) for start, end, text in edits)
    where = place(Source("d1.txt", "x" * 100), Span(edits[0][0], edits[0][1]))
    return Finding(rule, Severity.ERROR, where, "Wrong.", fix=Fix(made, safe))


spans = st.tuples(st.integers(0, 60), st.integers(0, 3), st.sampled_from(["", "a", "bb"]))
fixes = st.lists(st.lists(spans, min_size=1, max_size=3, unique_by=lambda span: span[0] // 10), max_size=12)


def touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def overlaps_itself(fix: Fix) -> bool:
    ordered = sorted(edit.span for edit in fix.edits)
    return any(after.start < before.end for before, after in pairwise(ordered))


@given(fixes)
def test_fixes_that_touch_are_never_made_together(many: list[list[tuple[int, int, str]]]) -> None:
    found = [finding([(start, start + length, text) for start, length, text in one]) for one in many]
    chosen = choose(found)
    for index, one in enumerate(chosen):
        for other in chosen[:index]:
            assert one.fix
            assert other.fix
            pairs = [(a, b) for a in one.fix.edits for b in other.fix.edits]
            assert all(b in one.fix.edits or a in other.fix.edits or not touch(a, b) for a, b in pairs)


@given(fixes)
def test_a_fix_is_left_out_only_where_another_takes_its_place(many: list[list[tuple[int, int, str]]]) -> None:
    found = [finding([(start, start + length, text) for start, length, text in one]) for one in many]
    chosen = choose(found)
    taken = [edit for one in chosen if one.fix for edit in one.fix.edits]
    for left in (one for one in found if one not in chosen):
        assert left.fix
        assert overlaps_itself(left.fix) or any(a != b and touch(a, b) for a in left.fix.edits for b in taken)


ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}
letters = st.text("ab é—\U0001f600\r\n\t", max_size=6)


@given(st.lists(st.tuples(letters, letters, letters), max_size=8), st.sampled_from(sorted(ENCODINGS)))
def test_bytes_outside_the_edits_stay(parts: list[tuple[str, str, str]], encoding: str) -> None:
    codec, mark = encoding.removesuffix("-sig"), ENCODINGS[encoding]
    text, edits, wanted = "", [], mark
    for kept, old, new in parts:
        text += kept + "|"
        edits.append(Edit(Span(len(text), len(text) + len(old)), new))
        text += old
        wanted += f"{kept}|{new}".encode(codec)
    assert apply_to_bytes(mark + text.encode(codec), edits) == wanted


def test_a_mark_is_taken_away_by_its_own_edit_alone() -> None:
    data = codecs.BOM_UTF8 + b"12. A"
    assert apply_to_bytes(data, [Edit(BYTE_ORDER_MARK, "")]) == b"12. A"
    assert apply_to_bytes(data, [Edit(Span(3, 3), " ")]) == codecs.BOM_UTF8 + b"12.  A"


def spoil(text: str, places: Sequence[tuple[float, str]]) -> str:
    """The text with slips at places that are given as parts of its length."""
    for at, slip in sorted(places, reverse=True):
        index = int(at * len(text))
        text = text[:index] + slip + text[index:]
    return text


SLIPS = st.sampled_from(
    [" ", "  ", "\t", "\n", "\n\n", "\r\n", " \n", "\u00a0", "\u200b", "\ufeff", ",", "[Page 9", "³"]
)
slips = st.lists(st.tuples(st.floats(0, 1), SLIPS), max_size=5)


def words_by_hand(data: bytes) -> str:
    """All letters of a text in order: nothing of fruslint has a hand in this."""
    return "".join(char for char in decode(data).text if char.isalpha())


@slow
@given(st.sampled_from(SOUND), slips, st.booleans())
@example(SOUND[0], [(0.0, "[Page 9"), (1.0, "[Page 9")], False)  # the one is read aright only beside the other
def test_a_spoilt_memorandum_keeps_its_words_and_comes_to_rest(
    path: Path, places: list[tuple[float, str]], carriage: bool
) -> None:
    text = spoil(path.read_text(encoding="utf-8"), places)
    data = (text.replace("\n", "\r\n") if carriage else text).encode()
    piece = fixed(data)
    assert words_by_hand(piece.data).replace("Page", "") == words_by_hand(data).replace("Page", "")
    before, after = read_bytes("v/d12.txt", data), read_bytes("v/d12.txt", piece.data)
    assert after.medium is before.medium
    assert [one.id for one in after.documents] == [one.id for one in before.documents]
    assert list(map(document_words, after.documents)) == list(map(document_words, before.documents))
    again = fixed(piece.data)
    assert again.data == piece.data
    assert not again.fixed


@slow
@given(slips)
def test_a_spoilt_volume_keeps_its_words_and_comes_to_rest(places: list[tuple[float, str]]) -> None:
    data = spoil(VOLUME.read_text(encoding="utf-8"), places).encode()
    piece = fixed(data, "frus1964-68v90.xml")
    before, after = read_bytes("frus1964-68v90.xml", data), read_bytes("frus1964-68v90.xml", piece.data)
    assert difference(before, after, safe=True) == "" if before.documents else piece.data == data
    assert fixed(piece.data, "frus1964-68v90.xml").data == piece.data


@slow
@given(st.sampled_from(SOUND), slips)
def test_unsafe_fixes_come_to_rest_too(path: Path, places: list[tuple[float, str]]) -> None:
    piece = fixed(spoil(path.read_text(encoding="utf-8"), places).encode(), unsafe=True)
    assert fixed(piece.data, unsafe=True).data == piece.data


def complaints(piece: Workpiece) -> list[str]:
    found = piece.complaints(piece.report.findings)
    assert {one.rule for one in found} <= {REFUSED}
    return [f"{one.place.start.line}:{one.place.start.column} {one.message}" for one in found]


def test_a_safe_fix_that_changes_a_word_is_refused_and_the_others_are_made() -> None:
    rules = Loose((1, "said", "told"), (2, "  (?=no)", " "))
    piece = fixed(MEMORANDUM.encode(), rules=rules)
    assert piece.data.decode() == MEMORANDUM.replace("said:  no", "said: no")
    assert piece.fixed == {"HOUSE002": 1}
    assert complaints(piece) == [
        "3:14 The fix of HOUSE001 was not made here: it would make ‘told no He’ of ‘said no He’."
    ]


def test_one_wrong_fix_of_a_rule_does_not_keep_the_others_from_being_made() -> None:
    text = MEMORANDUM.replace("no.", "no;  it  was  s o.")
    rules = Loose((1, "(?<=[a-z;:]) {2}", " "), (1, "(?<= s) (?=o)", ""))
    piece = fixed(text.encode(), rules=rules)
    assert piece.data.decode() == MEMORANDUM.replace(":  no.", ": no; it was s o.")
    assert complaints(piece) == ["3:32 The fix of HOUSE001 was not made here: it would make ‘so He left’ of ‘s o He’."]


def test_a_rule_whose_fixes_are_all_wrong_is_not_tried_for_ever() -> None:
    text = MEMORANDUM.replace("He left.", "He left. " * 300)
    piece = fixed(text.encode(), rules=Loose((1, "left", "stayed")))
    assert piece.data.decode() == text
    assert len(complaints(piece)) == 300


def test_rules_that_undo_each_other_are_both_barred() -> None:
    rules = Loose((1, r"(?<=\w\.) (?=[A-Z])", "  "), (2, r"(?<=\w\.)  (?=[A-Z])", " "), (3, ":  ", ": "))
    piece = fixed(MEMORANDUM.encode(), rules=rules)
    assert piece.data.decode() == MEMORANDUM.replace(":  ", ": ")
    assert complaints(piece)[0].endswith(
        "The fix of HOUSE001 was not made here: the fixes of HOUSE001 and HOUSE002 undo each other in this file."
    )


def test_a_fix_that_asks_for_another_without_end_is_barred() -> None:
    rules = Loose((1, "(?<=Minister) ", "  "), (3, ":  ", ": "))
    piece = fixed(MEMORANDUM.encode(), rules=rules)
    assert piece.data.decode() == MEMORANDUM.replace(":  ", ": ")
    assert "never come to an end" in complaints(piece)[0]


def test_unsafe_fixes_are_made_only_where_they_are_asked_for() -> None:
    rules = Loose((1, "said", "told"), safe=False)
    assert fixed(MEMORANDUM.encode(), rules=rules).data.decode() == MEMORANDUM
    assert "Minister told" in fixed(MEMORANDUM.encode(), rules=rules, unsafe=True).data.decode()


TEI = tei(document('<head>7. Telegram</head>\n<p>He went <hi rend="italic">home</hi>  at   noon &amp; ate.</p>'))


@pytest.mark.parametrize(
    ("pattern", "replace"), [("home</hi>", "home<hi>"), ("&amp;", "&"), ("went", "<p>"), ('n="7"', "n=7")]
)
def test_a_fix_that_breaks_the_markup_is_refused(pattern: str, replace: str) -> None:
    rules = Loose((1, pattern, replace), (2, " {2,}", " "), safe=False)
    piece = fixed(TEI.encode(), "frus1955-57v99.xml", rules, unsafe=True)
    assert piece.data.decode() == TEI.replace("  at   noon", " at noon")
    (complaint,) = complaints(piece)
    assert complaint.endswith("The fix of HOUSE001 was not made here: it would leave a file that cannot be read.")


@pytest.mark.parametrize(
    ("pattern", "replace", "said"),
    [
        ("went", "", "make ‘home at noon’ of ‘went home at’"),
        (" (?=<hi)", "", "make ‘wenthome at noon’ of ‘went home at’"),
        ('xml:id="d7"', 'xml:id="d8"', "make document ‘d8’ of ‘d7’"),
        ('type="document"', 'type="chapter"', "make 0 documents of 1"),
        ("A Volume of", "The Volume of", "make ‘The Volume of’ of ‘A Volume of’"),
    ],
)
def test_a_safe_fix_changes_no_document(pattern: str, replace: str, said: str) -> None:
    piece = fixed(TEI.encode(), "frus1955-57v99.xml", Loose((1, pattern, replace)))
    assert piece.data.decode() == TEI
    assert said in complaints(piece)[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00 \n \n",
        b"12. Memorandum of Conversation1 \n\nCaf\xe9 \n",
        b'<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><text> </TEI> \r\n',
        b"<!DOCTYPE TEI><TEI> \r\n</TEI>",
        b"<html><body> \r\n</body></html>",
        b"just \r\n a shopping list \r\n",
        b"\0\1\2 \r\n",
        b"",
        b"\xef\xbb\xbf",
    ],
)
def test_what_cannot_be_read_is_not_touched(data: bytes) -> None:
    for name in ("v/list.txt", "v/frus1955-57v99.xml"):
        assert fixed(data, name, unsafe=True).data == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_file_stays_in_its_encoding(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(
        encoding, codecs.BOM_UTF32_LE if encoding.endswith("le") else codecs.BOM_UTF32_BE
    )
    spoilt = mark + MEMORANDUM.replace("He left.", "He left, naïve—.  \t").encode(encoding)
    piece = fixed(spoilt)
    assert piece.data == mark + MEMORANDUM.replace("He left.", "He left, naïve—.").replace(":  ", ": ").encode(encoding)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9 Mos\u0441ow", "cafe\u0301 Moscow"),
        ("of\ufb01ce Nor\u00adway", "office Norway"),
        ("It\u00e2\u20ac\u2122s ‘so’", "It’s ‘so’"),
        ("a, b; c", "a b  c."),
        ("5\u00a0miles", "5 miles"),
    ],
)
def test_spellings_that_nobody_can_tell_apart_are_one_word(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("colour", "color"),
        ("to day", "today"),
        ("to-day", "today"),
        ("791793", "791–793"),
        ("$5", "5"),
        ("“so", "so"),
        ("Secret", "secret"),
        ("r\u00e9sum\u00e9", "resume"),
        ("(so)", "so"),
        ("lost \ufffd", "lost"),
    ],
)
def test_all_else_is_another_word(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_look_alikes_of_every_safe_rule_are_known() -> None:
    tables = [rule.parameters.get("substitutes", {}) for rule in builtin_rules() if rule.fix == "safe"]
    assert any(tables)
    for table in tables:
        for one, other in table.items():
            assert words_of(f"x{one}x") == words_of(f"x{other}x"), one
