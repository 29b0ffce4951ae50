"""The kinds of checks. A rule names its kind, ``kind: balance-of-pairs``; the module of the kind is loaded when it is."""

from __future__ import annotations

from importlib import import_module

from fruslint.checks.base import AnyCheck

KINDS: dict[str, str] = {
    # What a file is as a file, what its reader met in it, and what is said of it elsewhere
    "file-form": "FileFormCheck",
    "anomaly": "AnomalyCheck",
    "silence": "SilenceCheck",
    "unused-pattern": "UnusedPatternCheck",
    # Words, wherever they stand
    "pattern": "PatternCheck",
    "habit": "HabitCheck",
    "slips": "SlipsCheck",
    "near-miss": "NearMissCheck",
    "formula": "FormulaCheck",
    "mojibake": "MojibakeCheck",
    "split-acronym": "SplitAcronymCheck",
    "balance-of-pairs": "PairsCheck",
    "balance-of-quotes": "QuotesCheck",
    "repeated-passage": "RepeatedPassageCheck",
    "calendar": "CalendarCheck",
    "required-words": "RequiredWordsCheck",
    # Documents: their numbers, headings and paragraphs
    "missing-title": "MissingTitleCheck",
    "number-missing": "NumberMissingCheck",
    "number-mismatch": "NumberMismatchCheck",
    "document-sequence": "DocumentSequenceCheck",
    "same-text": "SameTextCheck",
    "ending": "EndingCheck",
    "edge-paragraph": "EdgeParagraphCheck",
    "broken-paragraph": "BrokenParagraphCheck",
    "unfinished-paragraph": "UnfinishedParagraphCheck",
    "paragraph-numbers": "ParagraphNumbersCheck",
    # Sections and those who took part
    "section": "SectionCheck",
    "section-habit": "SectionHabitCheck",
    "section-required": "SectionRequiredCheck",
    "exchanged-sections": "ExchangedSectionsCheck",
    "participants": "ParticipantsCheck",
    "run-together": "RunTogetherCheck",
    # Names of persons
    "name-variant": "NameVariantCheck",
    "name-spellings": "NameSpellingsCheck",
    "office-names": "OfficeNamesCheck",
    # Notes and their markers
    "apparatus": "ApparatusCheck",
    "note-labels": "NoteLabelsCheck",
    "note-text": "NoteTextCheck",
    "note-start": "NoteStartCheck",
    "note-direction": "NoteDirectionCheck",
    "own-number": "OwnNumberCheck",
    "source-note": "SourceNoteCheck",
    # Pages and ranges of pages
    "page-break": "PageBreakCheck",
    "page-sequence": "PageSequenceCheck",
    "page-runs": "PageRunsCheck",
    "number-range": "NumberRangeCheck",
    # Markup: which elements there are, what they have, and where they stand
    "element-names": "ElementNamesCheck",
    "attribute-names": "AttributeNamesCheck",
    "markup": "MarkupCheck",
    "xpath": "XPathCheck",
    "outside-schema": "OutsideSchemaCheck",
    "nesting": "NestingCheck",
    "sibling-order": "SiblingOrderCheck",
    "bare-text": "BareTextCheck",
    "glued-tags": "GluedTagsCheck",
    "printed-page": "PrintedPageCheck",
    "between-tags": "BetweenTagsCheck",
    "isbn": "IsbnCheck",
    "header-titles": "HeaderTitlesCheck",
    "division-ids": "DivisionIdsCheck",
    "term-spellings": "TermSpellingsCheck",
    "contents": "ContentsCheck",
    "tagged-words": "TaggedWordsCheck",
    "edge-blanks": "EdgeBlanksCheck",
    "character-references": "CharacterReferencesCheck",
    "leftovers": "LeftoversCheck",
    "break-position": "BreakPositionCheck",
    # Ids in markup, and what refers to them
    "id-form": "IdFormCheck",
    "unique-id": "UniqueIdCheck",
    "vanished-id": "VanishedIdCheck",
    "volume-id": "VolumeIdCheck",
    "page-id": "PageIdCheck",
    "note-id": "NoteIdCheck",
    "pointers": "PointersCheck",
    "volume-pointers": "VolumePointersCheck",
    "reference-numbers": "ReferenceNumbersCheck",
    "reference-words": "ReferenceWordsCheck",
    "untagged-words": "UntaggedWordsCheck",
    # Dates, names, lists, notes and pages in markup
    "coded-times": "CodedTimesCheck",
    "coded-dates": "CodedDatesCheck",
    "document-dates": "DocumentDatesCheck",
    "document-period": "DocumentPeriodCheck",
    "tagged-names": "TaggedNamesCheck",
    "given-names": "GivenNamesCheck",
    "name-words": "NameWordsCheck",
    "names-with-titles": "NamesWithTitlesCheck",
    "untagged-lists": "UntaggedListsCheck",
    "list-label": "ListLabelCheck",
    "entry-shape": "EntryShapeCheck",
    "enumerators": "EnumeratorsCheck",
    "table-shape": "TableShapeCheck",
    "last-paragraph": "LastParagraphCheck",
    "first-paragraph": "FirstParagraphCheck",
    "note-position": "NotePositionCheck",
    "note-runs": "NoteRunsCheck",
    "notice-style": "NoticeStyleCheck",
    "facsimiles": "FacsimilesCheck",
}
"""Kind -> its class, which stands in the module of the same name (``balance_of_pairs``); that is loaded only when a rule
uses it, so that a run starts fast.
"""


def check_class(kind: str) -> type[AnyCheck]:
    """The class of a kind of check; raises KeyError for an unknown one."""
    name, module = KINDS[kind], kind.replace("-", "_")
    found: type[AnyCheck] = getattr(import_module(f"fruslint.checks.{module}"), name)
    return found
