"""The TEI reader: what it makes of a sound document, and of the forms its parts come in."""

from __future__ import annotations

import pickle

import pytest
from helpers_tei import document, read, read_volume, tei, written

from fruslint.model import DocumentKind, Medium
from fruslint.text import BlockKind

MEMORANDUM = """\
<head>7. Memorandum of Conversation<note n="1" xml:id="d7fn1" type="source">Source: Department of State,
    Central Files. Secret.</note>
</head>
<opener>
    <dateline><placeName>Lisbon</placeName>, <date when="1957-10-24">October 24,
        1957</date>, 3 p.m.</dateline>
    <seg rendition="#left">Confidential</seg>
</opener>
<list type="subject">
    <head>SUBJECT</head>
    <item>Fishing limits</item>
</list>
<list type="participants">
    <head><hi rend="smallcaps">Participants</hi>:</head>
    <item>Portugal
        <list>
            <item>Mr. <persName corresp="#p_AJ1">Amaral</persName>, Minister of Fisheries</item>
            <item>Dr. <persName corresp="#p_PR1">Pires</persName>—Counselor</item>
        </list>
    </item>
    <item>US
        <list><item>FIS—Mr. Harlan</item></list>
    </item>
</list>
<p>The <hi rend="italic">Minister</hi> had read our note.<note n="2" xml:id="d7fn2"><p>The note &amp; the annex:</p>
    <p>“We regret the delay.”</p></note> He would re<pb n="21" xml:id="pg_21" facs="0041"/>ply in
    1958.</p>
<pb n="22" xml:id="pg_22" facs="0042"/>
<quote><p>“The fleet has left.”</p></quote>
<table rows="1" cols="2"><row><cell>Boats</cell><cell>12</cell></row></table>
<closer><signed><hi rend="strong">J. Harlan</hi></signed><affiliation>Vice Consul</affiliation></closer>
"""


def contents(content: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text.content) for block in read(content).blocks]


def test_the_parts_of_a_document() -> None:
    memorandum = read(MEMORANDUM)
    assert memorandum.title is not None
    assert memorandum.number is not None
    assert (memorandum.number.text, memorandum.title.text.content) == ("7", "Memorandum of Conversation")
    assert (memorandum.id, memorandum.volume, memorandum.year) == ("d7", "frus1955-57v99", 1957)
    assert (memorandum.kind, memorandum.medium) == (DocumentKind.MEMCON, Medium.TEI)
    assert [(section.kind, len(section.items), section.after_body) for section in memorandum.sections] == [
        ("subject", 1, False),
        ("participants", 5, False),
    ]
    assert [label.text for label in (memorandum.number, memorandum.coded_number) if label] == ["7", "7"]


def test_the_blocks_of_a_document() -> None:
    assert [(block.kind, block.depth, block.text.content) for block in read(MEMORANDUM).blocks] == [
        (BlockKind.TITLE, 0, "Memorandum of Conversation"),
        (BlockKind.DATELINE, 0, "Lisbon, October 24, 1957, 3 p.m."),
        (BlockKind.OPENER, 0, "Confidential"),
        (BlockKind.HEADING, 0, "SUBJECT"),
        (BlockKind.ITEM, 0, "Fishing limits"),
        (BlockKind.HEADING, 0, "Participants"),
        (BlockKind.ITEM, 0, "Portugal"),
        (BlockKind.ITEM, 1, "Mr. Amaral, Minister of Fisheries"),
        (BlockKind.ITEM, 1, "Dr. Pires—Counselor"),
        (BlockKind.ITEM, 0, "US"),
        (BlockKind.ITEM, 1, "FIS—Mr. Harlan"),
        (BlockKind.PARAGRAPH, 0, "The Minister had read our note. He would reply in 1958."),
        (BlockKind.QUOTE, 0, "“The fleet has left.”"),
        (BlockKind.TABLE, 0, "Boats"),
        (BlockKind.TABLE, 0, "12"),
        (BlockKind.CLOSER, 0, "J. Harlan Vice Consul"),
        (BlockKind.NOTE, 0, "Source: Department of State, Central Files. Secret."),
        (BlockKind.NOTE, 0, "The note & the annex:\n“We regret the delay.”"),
    ]


def test_participants() -> None:
    memorandum = read(MEMORANDUM)
    assert [(one.side, one.name.text, one.office and one.office.text) for one in memorandum.participants] == [
        ("Portugal", "Mr. Amaral", "Minister of Fisheries"),
        ("Portugal", "Dr. Pires", "Counselor"),
        ("US", "Mr. Harlan", "FIS"),
    ]
    amaral = memorandum.participants[0]
    assert written(memorandum, amaral.name.span) == 'Mr. <persName corresp="#p_AJ1">Amaral'


def test_notes_and_their_markers() -> None:
    memorandum = read(MEMORANDUM)
    assert [(note.label.text, note.kind) for note in memorandum.notes] == [("1", "source"), ("2", "")]
    assert [(marker.label.text, marker.note) for marker in memorandum.markers] == [("1", 0), ("2", 1)]
    assert [written(memorandum, marker.label.span) for marker in memorandum.markers] == ["1", "2"]
    assert written(memorandum, memorandum.markers[1].place).startswith('<note n="2"')
    assert written(memorandum, memorandum.notes[1].span).endswith("</note>")
    assert memorandum.title is not None
    assert memorandum.title.span.start < memorandum.markers[0].place.start < memorandum.title.span.end


def test_page_breaks() -> None:
    memorandum = read(MEMORANDUM)
    assert [(page.label.text, page.in_word, page.in_note) for page in memorandum.page_breaks] == [
        ("21", True, False),
        ("22", False, False),
    ]
    assert written(memorandum, memorandum.page_breaks[0].span) == '<pb n="21" xml:id="pg_21" facs="0041"/>'


def test_spans_lead_back_to_the_markup() -> None:
    memorandum = read(MEMORANDUM)
    assert written(memorandum, memorandum.span).startswith('<div type="document"')
    assert written(memorandum, memorandum.span).endswith("</div>")
    table = next(block for block in memorandum.blocks if block.kind is BlockKind.TABLE)
    assert written(memorandum, table.span) == "<cell>Boats</cell>"
    assert memorandum.number is not None
    assert written(memorandum, memorandum.number.span) == "7"
    assert memorandum.element is not None
    assert memorandum.element.get("xml:id") == "d7"


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        ("12. Letter", "12", "Letter"),
        ("\n  <hi>12.</hi>\n  Letter", "12", "Letter"),
        ("[12]. Letter", "[12]", "Letter"),
        ("12a. Letter", "12a", "Letter"),
        ("7 Letter", "7", "Letter"),
        ("474th Meeting of the Board", "7", "474th Meeting of the Board"),
        ("12 Boats", "7", "12 Boats"),
        ("Letter", "7", "Letter"),
        ("", "7", ""),
    ],
)
def test_number_and_title(head: str, number: str, title: str) -> None:
    read_document = read(f"<head>{head}</head><p>x</p>")
    assert read_document.title is not None
    assert (read_document.number and read_document.number.text, read_document.title.text.content) == (number, title)
    if title:
        assert written(read_document, read_document.title.text.span(0, len(title))).startswith(
            title.split(maxsplit=1)[0]
        )


def test_a_document_without_head_or_number() -> None:
    empty = read_volume(tei(document("", 'xml:id="d9"'))).documents[0]
    assert (empty.title, empty.number, empty.year, empty.blocks) == (None, None, 1955, ())


@pytest.mark.parametrize(
    ("dateline", "year"),
    [
        ('<date when="1949-02-03">February 3</date>', 1949),
        ('<date notBefore="1948-01-01" notAfter="1951">undated</date>', 1948),
        ('<hi><date from="1947-01-01">x</date></hi>', 1947),
        ("<date>undated</date>", 1955),
        ('Lisbon<note n="1"><date when="1899">1899</date></note>', 1955),
    ],
)
def test_the_year_of_a_document(dateline: str, year: int) -> None:
    assert read(f"<head>1. Letter</head><dateline>{dateline}</dateline>").year == year


def test_an_editorial_note_by_its_subtype() -> None:
    volume = read_volume(tei(document("<head>1. Papers</head>", 'subtype="editorial-note"')))
    assert volume.documents[0].kind is DocumentKind.EDITORIAL_NOTE


class TestNotes:
    """Notes in all the forms they come in."""

    def test_a_second_reference(self) -> None:
        again = read('<p>a<note n="1" xml:id="x">One.</note> b<note n="1" target="#x">One.</note></p>')
        assert [note.text.content for note in again.notes] == ["One."]
        assert [marker.note for marker in again.markers] == [0, 0]

    def test_a_second_reference_by_its_label(self) -> None:
        again = read('<p>a<note n="1" xml:id="x">One.</note> b<note n="1" target="d6fn1"/></p>')
        assert [marker.note for marker in again.markers] == [0, 0]

    def test_a_reference_to_a_note_of_another_document(self) -> None:
        other = read('<p>a<note n="*" target="d6fn-sym1">Not found.</note></p>')
        assert [(note.text.content, marker.note) for note, marker in zip(other.notes, other.markers, strict=True)] == [
            ("Not found.", 0)
        ]

    def test_a_note_printed_inline(self) -> None:
        inline = read('<note rend="inline" type="source"><p>Files,</p><p>lot 60</p></note><head>1. X</head>')
        assert [note.text.content for note in inline.inline_notes] == ["Files, lot 60"]
        assert (inline.notes, inline.markers) == ((), ())
        assert inline.blocks[0].kind is BlockKind.OPENER

    def test_a_note_in_a_note(self) -> None:
        nested = read('<p>a<note n="1">One <note n="2">Two.</note>more.</note></p>')
        assert [note.text.content for note in nested.notes] == ["One more.", "Two."]

    def test_a_note_without_a_number(self) -> None:
        bare = read('<p>a<note xml:id="x">One.</note></p>')
        assert (bare.notes[0].label.text, written(bare, bare.notes[0].label.span)) == ("", "note")

    def test_a_list_and_a_table_in_a_note(self) -> None:
        listed = read('<p>a<note n="1">See: <list><head>H</head><item>b</item><item>c</item></list></note></p>')
        assert [note.text.content for note in listed.notes] == ["See:\nH\nb\nc"]
        assert [block.kind for block in listed.blocks] == [BlockKind.PARAGRAPH, BlockKind.NOTE]

    def test_an_empty_note(self) -> None:
        assert [note.text.content for note in read('<p>a<note n="1"/> b</p>').notes] == [""]

    def test_notes_on_the_heading_of_a_chapter(self) -> None:
        chapter = '<div type="chapter"><head>Fish<note n="1">All of it.</note></head>'
        volume = read_volume(tei(f"{chapter}{document('<head>1. X</head>')}{document('<head>2. Y</head>')}</div>"))
        assert [[note.text.content for note in one.chapter_notes] for one in volume.documents] == [["All of it."], []]


class TestBlocks:
    """Blocks in all the forms they come in."""

    def test_a_list_in_a_paragraph(self) -> None:
        assert contents("<p>Boats:<list><item>one</item></list>and more.</p>") == [
            ("paragraph", "Boats: and more."),
            ("item", "one"),
        ]

    def test_a_label_is_the_beginning_of_its_item(self) -> None:
        labelled = "<list><label>1.</label><item>One <list><label>(a)</label><item>a</item></list></item></list>"
        assert contents(labelled) == [("item", "1. One"), ("item", "(a) a")]

    def test_a_label_without_an_item(self) -> None:
        assert contents("<postscript><label>Annex</label><p>x</p></postscript>") == [
            ("heading", "Annex"),
            ("paragraph", "x"),
        ]

    def test_a_label_in_an_item(self) -> None:
        assert contents("<list><item><label>1:</label> One</item></list>") == [("item", "1: One")]

    def test_paragraphs_in_an_item(self) -> None:
        assert contents("<list><item><p>One.</p><p>Two.</p></item></list>") == [("item", "One. Two.")]

    def test_an_empty_item_is_kept_and_an_empty_paragraph_is_not(self) -> None:
        assert contents("<list><item/></list><p> </p><p><pb n='1'/></p><p/>") == [("item", "")]

    def test_a_quotation_in_a_paragraph(self) -> None:
        assert contents("<p>He said <quote>no</quote>.</p>") == [("paragraph", "He said no.")]
        assert contents("<quote>“No.”</quote>") == [("quote", "“No.”")]
        assert contents("<p>He said <quote><p>no</p></quote> twice</p>") == [
            ("paragraph", "He said twice"),
            ("quote", "no"),
        ]

    def test_a_line_break_parts_words(self) -> None:
        assert contents("<p>Lisbon<lb/>Porto<lb/> Faro</p>") == [("paragraph", "Lisbon Porto Faro")]

    def test_a_dateline_in_a_closer(self) -> None:
        closer = "<closer><signed>J. Harlan<lb/>Consul</signed><dateline>Faro, May 1</dateline></closer>"
        assert contents(closer) == [("closer", "J. Harlan Consul"), ("dateline", "Faro, May 1")]

    def test_a_salutation_and_a_lone_signature(self) -> None:
        assert contents("<opener><salute>Sir:</salute></opener><signed>J. Harlan</signed>") == [
            ("opener", "Sir:"),
            ("closer", "J. Harlan"),
        ]

    def test_a_seg_in_running_text(self) -> None:
        assert contents("<p>one<seg>two</seg></p>") == [("paragraph", "onetwo")]

    def test_an_unknown_element(self) -> None:
        assert contents("<foo>one <bar>two</bar></foo>") == [("paragraph", "one two")]
        assert contents("<list><itemitem>one</itemitem></list>") == [("item", "one")]

    def test_what_the_house_notes_is_not_read(self) -> None:
        assert contents("<frus:pages>2</frus:pages><p>a <frus:x>no</frus:x>b</p>") == [("paragraph", "a b")]

    def test_a_figure(self) -> None:
        figure = '<figure><graphic url="x"/><head>A Map</head></figure>'
        assert contents(f"<p>See:{figure}</p>") == [("paragraph", "See:"), ("heading", "A Map")]

    def test_a_heading_of_a_table(self) -> None:
        assert contents("<table><head>Boats</head><row><cell><p>a</p><p>b</p></cell></row></table>") == [
            ("heading", "Boats"),
            ("table", "a b"),
        ]

    def test_a_document_in_a_document(self) -> None:
        inner = document('<head>2. Inner</head><p>in<pb n="5"/></p>', 'xml:id="d2"')
        volume = read_volume(tei(document(f'<head>1. Outer</head>{inner}<p>out<pb n="6"/></p>', 'xml:id="d1"')))
        assert [[block.text.content for block in one.blocks] for one in volume.documents] == [
            ["Outer", "out"],
            ["Inner", "in"],
        ]
        assert [[page.label.text for page in one.page_breaks] for one in volume.documents] == [["6"], ["5"]]


class TestSections:
    """Lists at the head of a document."""

    def test_lines_in_front_of_the_first_list_are_openers(self) -> None:
        listed = "<p>SecDel/MC/3</p><list type='subject'><head>SUBJECT</head><item>x</item></list><p>He came.</p>"
        one = read(listed)
        assert [block.kind.value for block in one.blocks] == ["opener", "heading", "item", "paragraph"]
        assert not one.sections[0].after_body

    def test_a_list_behind_the_text(self) -> None:
        one = read("<p>He came.</p><list type='subject'><head>SUBJECT</head><item>x</item></list>")
        assert (one.blocks[0].kind, one.sections[0].after_body) == (BlockKind.PARAGRAPH, True)

    def test_a_misspelt_heading(self) -> None:
        section = read("<list><head>PARTICPANTS</head><item>x</item></list>").sections[0]
        assert (section.kind, section.expected) == ("participants", "PARTICIPANTS")

    @pytest.mark.parametrize("kind", ["participants", "subject"])
    def test_a_list_without_a_heading(self, kind: str) -> None:
        section = read(f'<list type="{kind}"><item>Mr. Harlan</item></list>').sections[0]
        assert (section.kind, section.heading) == (kind, None)

    def test_a_list_of_the_text_is_no_section(self) -> None:
        assert read("<list><item>x</item></list><p>a<list><head>SUBJECT</head><item>x</item></list></p>").sections == ()

    def test_a_label_in_the_first_item(self) -> None:
        one = read('<list type="participants"><item>Present: Mr. Harlan</item><item>Mr. Pires</item></list>')
        section = one.sections[0]
        assert section.heading is not None
        assert (section.heading.text.content, section.inline) == ("Present", True)
        assert [item.text.content for item in section.items] == ["Mr. Harlan", "Mr. Pires"]
        assert [block.kind.value for block in one.blocks] == ["heading", "item", "item"]
        assert written(one, section.items[0].text.span(0, 3)) == "Mr."

    @pytest.mark.parametrize("label", ["PARTICIPANTS", "The following were there:"])
    def test_a_heading_that_is_coded_as_an_item(self, label: str) -> None:
        one = read(f'<list type="participants"><item>{label}</item><item>Mr. Pires</item></list>')
        section = one.sections[0]
        assert section.heading is not None
        assert (section.kind, section.heading.text.content) == ("participants", label.rstrip(":"))
        assert [item.text.content for item in section.items] == ["Mr. Pires"]
        assert [anomaly.kind for anomaly in one.anomalies] == ["heading-as-item"] * label.isupper()

    def test_lists_of_several_delegations(self) -> None:
        lists = '<list type="participants"><item>Mr. Harlan</item></list>' * 2
        assert [len(section.items) for section in read(lists).sections] == [2]
        apart = read(lists.replace("</list><list", "</list><p>and:</p><list"))
        assert [len(section.items) for section in apart.sections] == [1, 1]

    def test_the_heading_of_a_nested_list_is_a_side(self) -> None:
        nested = "<item><list><head>US</head><item>Mr. Harlan</item></list></item>"
        one = read(f'<list type="participants"><head>PARTICIPANTS</head>{nested}</list>')
        assert [(person.side, person.name.text) for person in one.participants] == [("US", "Mr. Harlan")]
        assert [item.depth for item in one.sections[0].items] == [0, 1]

    def test_a_table_with_labels_is_a_list(self) -> None:
        rows = [("Participants:", "Mr. Harlan, Consul"), ("", "Mr. Pires"), ("Subject:", "Fish")]
        cells = "".join(f"<row><cell>{label}</cell><cell>{item}</cell></row>" for label, item in rows)
        one = read(f"<p><table>{cells}</table></p><p>He came.</p>")
        assert [(section.kind, section.inline, len(section.items)) for section in one.sections] == [
            ("participants", True, 2),
            ("subject", True, 1),
        ]
        assert [(block.kind.value, block.text.content) for block in one.blocks[:2]] == [
            ("heading", "Participants"),
            ("item", "Mr. Harlan, Consul"),
        ]
        assert [person.name.text for person in one.participants] == ["Mr. Harlan", "Mr. Pires"]

    @pytest.mark.parametrize("first", ["Boats", "Place", ""])
    def test_a_table_is_no_list(self, first: str) -> None:
        table = f"<table><row><cell>{first}</cell><cell>a</cell></row><row><cell>b</cell><cell>c</cell></row></table>"
        assert read(table).sections == ()

    def test_a_sentence_is_no_heading_of_people(self) -> None:
        head = "1. A new agreement would be open to interpretation in either capital."
        section = read(f'<list type="participants"><head>{head}</head><item>2. No.</item></list>').sections[0]
        assert section.kind == ""


class TestVolume:
    """What stands around the documents."""

    FRONT = """
    <pb n="III" xml:id="pg_III"/>
    <div type="section" xml:id="persons"><head>Persons</head><list type="names">
        <item>Editor’s note</item>
        <item><hi rend="strong"><persName xml:id="p_HJ1">Harlan, James</persName>,</hi> Consul at Faro;
            see <persName corresp="#p_AJ1">Amaral</persName></item>
        <item><hi rend="strong"><persName>Pires, Rui</persName>,</hi> Counselor</item>
    </list></div>
    <div type="section"><list type="terms"><item><term xml:id="t_FIS1">FIS</term>, Fisheries</item></list></div>
    """

    def test_persons_and_terms(self) -> None:
        volume = read_volume(tei(document(MEMORANDUM), front=self.FRONT))
        assert [(entry.id, entry.name.content, entry.text.content) for entry in volume.persons] == [
            ("p_HJ1", "Harlan, James", "Harlan, James, Consul at Faro; see Amaral"),
            ("", "Pires, Rui", "Pires, Rui, Counselor"),
        ]
        assert [(entry.id, entry.name.content) for entry in volume.terms] == [("t_FIS1", "FIS")]
        harlan = volume.persons[0]
        assert written(volume, harlan.name.span(0, 6)) == "Harlan"
        assert written(volume, harlan.span).startswith("<item>")

    def test_page_breaks_of_the_whole_file(self) -> None:
        volume = read_volume(tei(document(MEMORANDUM), front=self.FRONT))
        assert [page.label.text for page in volume.page_breaks] == ["III", "21", "22"]

    def test_an_attachment(self) -> None:
        attached = '<frus:attachment xml:id="d7at1"><head>Tab A</head><p>x<note n="2">y</note></p></frus:attachment>'
        one = read(f'<head>7. X<note n="1">z</note></head>{attached}')
        assert [(each.id, each.title and each.title.text.content) for each in one.attachments] == [("d7at1", "Tab A")]
        assert [note.label.text for note in one.notes] == ["1", "2"]

    @pytest.mark.parametrize(
        ("header", "root", "expected"),
        [
            ('<idno type="frus"> frus1 </idno>', "", "frus1"),
            ('<idno type="frus"/>', 'xml:id="frus2"', "frus2"),
            ("", "", "frus3"),
        ],
    )
    def test_the_id_of_a_volume(self, header: str, root: str, expected: str) -> None:
        text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" {root}><teiHeader>{header}</teiHeader></TEI>'
        assert read_volume(text, "volumes/frus3.xml").id == expected

    def test_a_volume_can_be_pickled(self) -> None:
        volume = read_volume(tei(document(MEMORANDUM), front=self.FRONT))
        again = pickle.loads(pickle.dumps(volume))
        assert again.documents[0].blocks == volume.documents[0].blocks
        assert again.persons == volume.persons
