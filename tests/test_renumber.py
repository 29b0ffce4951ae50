"""``fruslint renumber``: the notes of a document count up again, with all that refers to them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers_tei import document, tei
from hypothesis import given, settings
from hypothesis import strategies as st

from fruslint.cli import main
from fruslint.fixing.fixes import apply_edits
from fruslint.readers import read_source
from fruslint.renumbering.memoranda import plan_memorandum
from fruslint.source import Source

GAP = """\
326. Memorandum of Conversation, Lisbon, October 24, 19571

The Minister had read our note.2 He would reply in 1958.4 It was late.5 Once more.2

  1. Source: Department of State, Central Files. Secret.
  2. The note reads: “See footnote 4 below.”
  4. See footnote 2 above, and footnote 3, Document 12.
  5. Not printed. See footnote 5, Document 326, and footnote 4 above.
"""
FILLED = """\
326. Memorandum of Conversation, Lisbon, October 24, 19571

The Minister had read our note.2 He would reply in 1958.3 It was late.4 Once more.2

  1. Source: Department of State, Central Files. Secret.
  2. The note reads: “See footnote 3 below.”
  3. See footnote 2 above, and footnote 3, Document 12.
  4. Not printed. See footnote 4, Document 326, and footnote 4 above.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str) -> None:
    Path(path).write_bytes(text.encode())


def read(path: str) -> str:
    return Path(path).read_bytes().decode()


def renumbered(text: str) -> str:
    """A memorandum after a plan for it; the same text where it was refused."""
    volume = read_source(Source("d326.txt", text))
    return apply_edits(text, plan_memorandum(volume).edits)


def test_a_note_was_taken_away(capsys: pytest.CaptureFixture[str]) -> None:
    write("d326.txt", GAP)
    assert main(["renumber", "d326.txt"]) == 0
    assert read("d326.txt") == FILLED
    assert capsys.readouterr().out == (
        "d326.txt:7:3: d326 note 4 -> 3\n"
        "d326.txt:8:3: d326 note 5 -> 4\n"
        "d326.txt:8:62: not moved: ‘footnote 4’: it is not certain whose note is meant\n"
        "d326.txt: 2 notes renumbered, 2 references moved\n"
    )


def test_the_second_time_nothing_changes(capsys: pytest.CaptureFixture[str]) -> None:
    write("d326.txt", FILLED)
    assert main(["renumber", "d326.txt"]) == 0
    assert read("d326.txt") == FILLED
    assert capsys.readouterr().out == "d326.txt: nothing to renumber, 4 notes are in order\n"


def test_one_note_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    write("d4.txt", "4. Letter1\n\nHe said it.\n\n  1. Source: Department of State, Central Files. Secret.\n")
    assert main(["renumber", "d4.txt"]) == 0
    assert capsys.readouterr().out == "d4.txt: nothing to renumber, 1 note is in order\n"


def test_a_diff_shows_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write("d326.txt", GAP)
    assert main(["renumber", "d326.txt", "--diff"]) == 1
    out = capsys.readouterr().out
    assert read("d326.txt") == GAP
    assert out.startswith("--- a/d326.txt\n+++ b/d326.txt\n@@ -1,8 +1,8 @@\n 326. Mem")
    assert "-  4. See footnote 2" in out
    assert "+  3. See footnote 2" in out
    write("d326.txt", FILLED)
    assert main(["renumber", "d326.txt", "--diff"]) == 0
    assert capsys.readouterr().out == ""


def memorandum(markers: list[int], labels: list[int]) -> str:
    """A memorandum with these markers, the first on its title, and these numbers in its list."""
    words = [f"Sentence {chr(97 + index)} ended so.{number}" for index, number in enumerate(markers[1:])]
    notes = [f"  {label}. Note {chr(97 + index)} says this." for index, label in enumerate(labels)]
    title = f"12. Memorandum of Conversation{markers[0]}"
    return "\n".join([title, "", " ".join(words), "", *notes, ""])


@pytest.mark.parametrize(
    ("markers", "labels", "new_markers", "new_labels"),
    [
        ([1, 2, 4], [1, 2, 4], [1, 2, 3], [1, 2, 3]),
        ([1, 2, 2, 3], [1, 2, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4]),
        ([1, 2, 9, 3], [1, 2, 9, 3], [1, 2, 3, 4], [1, 2, 3, 4]),
        ([1, 3, 2], [1, 3, 2], [1, 2, 3], [1, 2, 3]),
        ([0, 1, 3], [1, 2, 4], [0, 1, 2], [1, 2, 3]),
        ([0, 1, 1, 2], [1, 2, 2, 3], [0, 1, 2, 3], [1, 2, 3, 4]),
        ([2, 3, 4], [2, 3, 4], [1, 2, 3], [1, 2, 3]),
        ([1, 2, 3], [1, 2, 4], [1, 2, 3], [1, 2, 3]),
        ([2, 3, 4], [1, 2, 3], [2, 3, 4], [1, 2, 3]),
    ],
)
def test_markers_and_list_count_up_each_from_its_own_start(
    markers: list[int], labels: list[int], new_markers: list[int], new_labels: list[int]
) -> None:
    assert renumbered(memorandum(markers, labels)) == memorandum(new_markers, new_labels)


@pytest.mark.parametrize(
    ("markers", "labels", "said"),
    [
        ([1, 2, 3], [1, 2], "marker 3 has no note"),
        ([1, 2], [1, 2, 3], "note 3 has no marker"),
        ([1, 2, 4], [1, 2, 3], "marker 4 stands where that of note 3 is expected"),
    ],
)
def test_what_does_not_come_out_even_is_refused(
    markers: list[int], labels: list[int], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = memorandum(markers, labels)
    write("d12.txt", text)
    assert main(["renumber", "d12.txt"]) == 1
    assert read("d12.txt") == text
    out = capsys.readouterr().out
    assert f"not renumbered: {said}; add what is missing or take its other half away, and run this again\n" in out
    assert out.endswith("d12.txt: nothing was changed\n")


def test_a_repeated_note_keeps_its_number() -> None:
    """Where a note is printed again the list has its words twice, and the markers have its number twice."""
    before = memorandum([1, 3, 4, 3, 5], [1, 3, 4, 5, 6]).replace("Note d says", "Note b says")
    after = memorandum([1, 2, 3, 2, 4], [1, 2, 3, 4, 5]).replace("Note d says", "Note b says")
    assert renumbered(before) == after


def test_a_second_marker_goes_with_its_note() -> None:
    assert renumbered(GAP.replace("Once more.2", "Once more.4")) == FILLED.replace("Once more.2", "Once more.3")


def test_forms_of_markers_bytes_and_line_ends_stay() -> None:
    text = GAP.replace("1958.4", "1958.⁴").replace("\n", "\r\n")
    write("d326.txt", "\ufeff" + text)
    assert main(["renumber", "d326.txt"]) == 0
    assert read("d326.txt") == "\ufeff" + FILLED.replace("1958.3", "1958.³").replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("See footnote 4 above.", "See footnote 3 above."),
        ("See footnotes 4 and 5 below.", "See footnotes 3 and 4 below."),
        ("See footnote 4, supra.", "See footnote 3, supra."),
        ("(See footnote 4.)", "(See footnote 3.)"),
        ("See footnote 4, Document 326.", "See footnote 3, Document 326."),
        ("See footnote 4, Document 17.", "See footnote 4, Document 17."),
        ("See Document 17, footnote 4.", "See Document 17, footnote 4."),
        ("See vol. XIV, footnote 4, Document 326.", "See vol. XIV, footnote 4, Document 326."),
        ("See footnote 4, Document 326, vol. XIV.", "See footnote 4, Document 326, vol. XIV."),
        ("See footnote 4 thereto.", "See footnote 4 thereto."),
        ("See footnote 4, ibid., p. 5.", "See footnote 4, ibid., p. 5."),
        ("See note 4 above of the Embassy.", "See note 4 above of the Embassy."),
    ],
)
def test_words_move_where_it_is_certain_what_they_mean(words: str, moved: str) -> None:
    assert renumbered(GAP.replace("Not printed.", words)) == FILLED.replace("Not printed.", moved)


def test_words_that_go_on_behind_a_comma_are_not_certain(capsys: pytest.CaptureFixture[str]) -> None:
    write("d326.txt", GAP.replace("Not printed.", "See footnote 4, which is long, and footnote 4, Harbor Papers."))
    assert main(["renumber", "d326.txt"]) == 0
    out = capsys.readouterr().out
    assert "d326.txt:8:19: not moved: ‘footnote 4’: it is not certain whose note is meant\n" in out
    assert (
        out.count("it is not certain") == 2
    )  # nor is the last one of the line, behind Document 326; Harbor Papers are


def test_other_memoranda_are_named_and_changed_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    other = "12. Memorandum of Conversation\n\nHe said.1\n\n  1. See footnote 5, Document 326.\n"
    write("d326.txt", GAP)
    write("d12.txt", other)
    assert main(["renumber", "d326.txt", "--also", "d12.txt", "--diff"]) == 1
    assert "+  1. See footnote 4, Document 326.\n" in capsys.readouterr().out
    assert main(["renumber", "d326.txt"]) == 0
    assert "d12.txt:5:19: not moved: this refers to a note" in capsys.readouterr().out
    assert read("d12.txt") == other
    write("d326.txt", GAP)
    assert main(["renumber", "d326.txt", "--also", "d12.txt"]) == 0
    assert read("d12.txt") == other.replace("footnote 5", "footnote 4")
    assert "2 notes renumbered, 3 references moved in 2 files\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.txt"], "`missing.txt` cannot be read: the file is gone"),
        (["."], "`.` cannot be read: it is a folder"),
        (["todo.txt"], "todo.txt: this file cannot be renumbered: it has no heading"),
        (["d326.txt", "d327"], "d326.txt: there is no document `d327` in it; did you mean `d326`?"),
        (["d326.txt", "--also", "missing.txt"], "`missing.txt` cannot be read"),
    ],
)
def test_wrong_usage_is_told_and_nothing_written(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("d326.txt", GAP)
    write("todo.txt", "Buy more paper.\n")
    assert main(["renumber", *words]) == 2
    assert said in capsys.readouterr().err
    assert read("d326.txt") == GAP


def test_a_pipe_is_refused_and_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("d326.txt")
    assert main(["renumber", "d326.txt"]) == 2
    assert "`d326.txt` cannot be read: it is a pipe, not a file" in capsys.readouterr().err


def test_help_says_what_moves(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["renumber", "--help"]) == 0
    assert "Markers, notes, ids and all that refers to them in the file move together" in capsys.readouterr().out


def test_a_file_that_may_not_be_written_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("d326.txt", GAP)
    Path("d326.txt").chmod(0o444)
    assert main(["renumber", "d326.txt"]) == 2
    assert "`d326.txt` was not written: the file is read-only" in capsys.readouterr().err
    assert read("d326.txt") == GAP


SENTENCES = st.lists(
    st.sampled_from(
        ["He agreed.", "It was 1958.", "They had 20,000 boats.", "The note (of May) said", "“No,” he said"]
    ),
    min_size=2,
    max_size=8,
)


@settings(deadline=None)
@given(SENTENCES, st.sampled_from([0, 1]), st.data())
def test_after_a_note_is_taken_away_or_added_all_count_up(
    sentences: list[str], start: int, data: st.DataObject
) -> None:
    full = generated(sentences, start, list(range(len(sentences) + 1)))
    assert renumbered(full) == full
    index = data.draw(st.integers(1, len(sentences)))
    numbers = list(range(len(sentences) + 1))
    if data.draw(st.booleans()):
        sentences = [*sentences[: index - 1], *sentences[index:]]
        numbers.remove(index)
    else:
        sentences = [*sentences[:index], "A sentence that was added.", *sentences[index:]]
        numbers.insert(index, index)
    result = renumbered(generated(sentences, start, numbers))
    assert result == generated(sentences, start, list(range(len(sentences) + 1)))
    assert renumbered(result) == result


def generated(sentences: list[str], start: int, numbers: list[int]) -> str:
    """A memorandum with a marker on its title and one behind each sentence; the list counts from 1."""
    markers = [str(number + start) for number in numbers]
    words = " ".join(sentence + marker for sentence, marker in zip(sentences, markers[1:], strict=True))
    notes = "".join(f"  {number + 1}. Note {index}.\n" for index, number in enumerate(numbers))
    return f"12. Memorandum of Conversation{markers[0]}\n\n{words}\n\n{notes}"


def note(number: str, words: str = "Not printed.", identity: str | None = None, more: str = "") -> str:
    identity = f"d7fn{number}" if identity is None else identity
    return f'<note n="{number}" xml:id="{identity}"{more}>{words}</note>'


def volume(*notes: str, rest: str = "") -> str:
    """A volume with one document that has these notes, and ``rest`` behind it."""
    return tei(document("<head>7. A Title" + notes[0] + "</head>\n<p>Text " + " and ".join(notes[1:]) + ".</p>") + rest)


VOLUME = "frus1955-57v99.xml"


def renumber_volume(text: str, *words: str) -> str:
    write(VOLUME, text.replace("<TEI ", '<TEI xml:id="frus1955-57v99" '))
    main(["renumber", VOLUME, *words])
    return read(VOLUME).replace('<TEI xml:id="frus1955-57v99" ', "<TEI ")


def test_a_note_of_a_volume_was_taken_away() -> None:
    rest = (
        '<div type="document" n="8" xml:id="d8"><head>8. Another</head><p>See <ref target="#d7fn4">footnote 4, Document'
        ' 7</ref>, <ref target="#d7fn3">3</ref>, <ref target="#d7fn2">footnote 2</ref>, <ref target="#d7fn3">July 3</ref>'
        ' and footnote 4, <ref target="#d7">Document 7</ref>.</p></div>'
    )
    before = volume(note("1"), note("3", "See footnote 4 below."), note("4"), rest=rest.replace("#d7fn2", "#d7fn1"))
    after = volume(note("1"), note("2", "See footnote 3 below."), note("3"), rest=rest.replace("#d7fn2", "#d7fn1"))
    after = after.replace("#d7fn3", "#d7fn2").replace("#d7fn4", "#d7fn3").replace("footnote 4, ", "footnote 3, ")
    after = after.replace('#d7fn2">3<', '#d7fn2">2<')
    assert renumber_volume(before) == after
    assert renumber_volume(after) == after


def test_a_note_was_added_to_a_volume(capsys: pytest.CaptureFixture[str]) -> None:
    rest = '<p xml:id="x"><ref target="#d7fn2">footnote 2</ref> <ref target="#d7fnnew">footnote 2</ref></p>'
    before = volume(note("1"), note("2", "New.", "d7fnnew"), note("2"), note("3"), rest=rest)
    after = volume(note("1"), note("2", "New."), note("3"), note("4"), rest=rest)
    after = after.replace('#d7fn2">footnote 2', '#d7fn3">footnote 3').replace("#d7fnnew", "#d7fn2")
    assert renumber_volume(before) == after
    assert "d7 note 2 -> 3\n" in capsys.readouterr().out


def test_a_second_marker_keeps_pointing_at_its_note() -> None:
    again = '<note n="3" target="d7fn3">Not printed.</note>'
    before = volume(note("1"), note("3"), again, note("4", "Other."))
    after = volume(note("1"), note("2"), again.replace("3", "2"), note("3", "Other."))
    assert renumber_volume(before) == after


def test_symbols_and_restarts_are_left() -> None:
    table = (
        f"<table><row><cell>a{note('1', 'A.', 'd7fn5')}</cell><cell>b{note('3', 'B.', 'd7fn6')}</cell></row></table>"
    )
    before = volume(note("1"), note("*", "S.", "d7fn-sym1"), note("3", "C."), table, note("4", "D."))
    table = table.replace('n="3"', 'n="2"')
    after = volume(note("1"), note("*", "S.", "d7fn-sym1"), note("2", "C."), table, note("3", "D."))
    assert renumber_volume(before) == after


def test_numbers_go_on_from_the_chapter() -> None:
    head = '<div type="chapter" xml:id="ch1"><head>A Chapter<note n="1" xml:id="ch1fn1">On the chapter.</note></head>'
    before = volume(note("2"), note("4")).replace('<div type="document"', f'{head}<div type="document"')
    before = before.replace("</div></body>", "</div></div></body>")
    assert renumber_volume(before) == before.replace(note("4"), note("3"))


def test_ids_that_count_already_stay() -> None:
    before = volume(note("1"), note("2", "B.", "d7fn2"), note("2", "C.", "d7fn3"), note("3", "D.", "d7fn4"))
    assert renumber_volume(before) == volume(note("1"), note("2", "B."), note("3", "C."), note("4", "D."))


def test_an_id_of_another_document_is_put_right_when_it_moves() -> None:
    before = volume(note("1"), note("3", "C.", "d6fn3"))
    assert renumber_volume(before) == volume(note("1"), note("2", "C."))


def test_only_the_documents_that_are_named_change() -> None:
    other = document("<head>8. B</head><p>x" + note("2", "A.", "d8fn2") + "</p>", 'n="8" xml:id="d8"')
    before = volume(note("1"), note("3"), rest=other)
    assert renumber_volume(before, "d7") == volume(note("1"), note("2"), rest=other)
    after = volume(note("1"), note("2"), rest=other.replace('n="2" xml:id="d8fn2"', 'n="1" xml:id="d8fn1"'))
    assert renumber_volume(before) == after


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ('<p xml:id="d7fn2">x</p>', "d7: the id d7fn2 is taken by another element, in line"),
        ('<p xml:id="d7fn3">x</p>', "d7: two elements have the id d7fn3; give one of them another"),
    ],
)
def test_ids_that_are_not_free_are_told(rest: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = volume(note("1"), note("3"), rest=rest)
    assert renumber_volume(before) == before
    assert said in capsys.readouterr().out


def test_a_reference_that_shows_another_number_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    before = volume(note("1"), note("3"), rest='<p><ref target="#d7fn3">footnote 9</ref></p>')
    assert renumber_volume(before).count('<ref target="#d7fn2">footnote 9</ref>') == 1
    assert "not moved: the reference shows 9 and points at note 3, which is 2 now" in capsys.readouterr().out


def test_another_volume_is_named_and_changed_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    text = tei(document(f'<head>7. T</head><p>See <ref target="{VOLUME[:-4]}#d7fn3">footnote 3</ref>.</p>'))
    write("frus1955-57v98.xml", text)
    before = volume(note("1"), note("3"))
    renumber_volume(before)
    assert "frus1955-57v98.xml" in capsys.readouterr().out
    assert read("frus1955-57v98.xml") == text
    renumber_volume(before, "--also", "frus1955-57v98.xml")
    assert read("frus1955-57v98.xml") == text.replace('#d7fn3">footnote 3', '#d7fn2">footnote 2')


def test_files_are_read_in_the_encoding_that_is_configured(capsys: pytest.CaptureFixture[str]) -> None:
    def encoded(text: str) -> bytes:
        return text.replace("The Minister", "Señor Amaral – the Minister –").encode("windows-1252")

    mention = "12. Memorandum of Conversation1\n\nThe Minister left.2\n\n  1. Source: Files.\n"
    mention += "  2. See footnote 4, Document 326.\n"
    Path("d326.txt").write_bytes(encoded(GAP))
    Path("d12.txt").write_bytes(encoded(mention))
    assert main(["renumber", "d326.txt"]) == 2
    assert "wrong in UTF-8" in capsys.readouterr().err
    write("fruslint.yaml", "encoding: windows-1252\n")
    assert main(["renumber", "d326.txt", "--no-config"]) == 2
    assert main(["renumber", "d326.txt", "--also", "d12.txt"]) == 0
    assert Path("d326.txt").read_bytes() == encoded(FILLED)
    assert Path("d12.txt").read_bytes() == encoded(mention.replace("footnote 4", "footnote 3"))


def test_it_is_said_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["renumber"]) == 2
    assert "required: FILE\n" in capsys.readouterr().err
    assert main(["renumber", "."]) == 2
    assert "it is a folder; name one memorandum or volume" in capsys.readouterr().err


def test_a_configuration_of_overrides_and_one_that_is_named_hold_too() -> None:
    write("house.yaml", 'overrides:\n  - files: ["d3*.txt"]\n    encoding: windows-1252\n')
    Path("d326.txt").write_bytes(GAP.replace("late", "tarde, señor").encode("windows-1252"))
    assert main(["renumber", "d326.txt"]) == 2
    assert main(["renumber", "d326.txt", "--config", "house.yaml"]) == 0
    assert Path("d326.txt").read_bytes() == FILLED.replace("late", "tarde, señor").encode("windows-1252")
    assert main(["renumber", "d326.txt", "--config", "none.yaml"]) == 2
