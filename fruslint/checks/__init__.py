"""The kinds of checks. A rule names its kind, ``kind: marker-balance``; the module of the kind is loaded when it is."""

from __future__ import annotations

from importlib import import_module

from fruslint.checks.base import AnyCheck

# kind -> module below this package and class in it; loaded only when a rule uses it, so that a run starts fast
KINDS: dict[str, tuple[str, str]] = {
    "anomaly": ("anomaly", "AnomalyCheck"),
    "calendar": ("calendar_dates", "CalendarCheck"),
    "document-sequence": ("document_sequence", "DocumentSequenceCheck"),
    "edge-paragraph": ("edge_paragraph", "EdgeParagraphCheck"),
    "ending": ("ending", "EndingCheck"),
    "missing-title": ("document_number", "MissingTitleCheck"),
    "coded-dates": ("coded_dates", "CodedDatesCheck"),
    "document-dates": ("document_dates", "DocumentDatesCheck"),
    "tagged-names": ("tagged_names", "TaggedNamesCheck"),
    "reference-numbers": ("reference_numbers", "ReferenceNumbersCheck"),
    "untagged-lists": ("untagged_lists", "UntaggedListsCheck"),
    "names-with-titles": ("names_with_titles", "NamesWithTitlesCheck"),
    "untagged-words": ("untagged_words", "UntaggedWordsCheck"),
    "pointers": ("pointers", "PointersCheck"),
    "reference-words": ("reference_words", "ReferenceWordsCheck"),
    "note-direction": ("note_direction", "NoteDirectionCheck"),
    "number-range": ("number_range", "NumberRangeCheck"),
    "number-mismatch": ("document_number", "NumberMismatchCheck"),
    "number-missing": ("document_number", "NumberMissingCheck"),
    "vanished-id": ("vanished_id", "VanishedIdCheck"),
    "silence": ("silence", "SilenceCheck"),
    "unfinished-paragraph": ("unfinished_paragraph", "UnfinishedParagraphCheck"),
    "unused-pattern": ("unused_pattern", "UnusedPatternCheck"),
    "same-text": ("same_text", "SameTextCheck"),
    "name-spellings": ("name_spellings", "NameSpellingsCheck"),
    "name-variant": ("name_variant", "NameVariantCheck"),
    "balance-of-pairs": ("pairs", "PairsCheck"),
    "balance-of-quotes": ("quotes", "QuotesCheck"),
    "formula": ("formula", "FormulaCheck"),
    "habit": ("habit", "HabitCheck"),
    "mojibake": ("mojibake", "MojibakeCheck"),
    "pattern": ("pattern", "PatternCheck"),
    "apparatus": ("apparatus", "ApparatusCheck"),
    "broken-paragraph": ("broken_paragraph", "BrokenParagraphCheck"),
    "edge-blanks": ("edge_blanks", "EdgeBlanksCheck"),
    "file-form": ("file_form", "FileFormCheck"),
    "note-labels": ("note_labels", "NoteLabelsCheck"),
    "note-start": ("note_start", "NoteStartCheck"),
    "note-text": ("note_text", "NoteTextCheck"),
    "page-break": ("page_break", "PageBreakCheck"),
    "page-runs": ("page_runs", "PageRunsCheck"),
    "page-sequence": ("page_sequence", "PageSequenceCheck"),
    "section": ("section", "SectionCheck"),
    "section-required": ("section_required", "SectionRequiredCheck"),
    "repeated-passage": ("repeated_passage", "RepeatedPassageCheck"),
    "required-words": ("required_words", "RequiredWordsCheck"),
    "slips": ("slips", "SlipsCheck"),
    "source-note": ("source_note", "SourceNoteCheck"),
    "near-miss": ("near_miss", "NearMissCheck"),
    "participants": ("participants", "ParticipantsCheck"),
    "run-together": ("run_together", "RunTogetherCheck"),
    "split-acronym": ("split_acronym", "SplitAcronymCheck"),
    "section-habit": ("section_habit", "SectionHabitCheck"),
    "markup": ("markup", "MarkupCheck"),
    "unique-id": ("unique_id", "UniqueIdCheck"),
    "element-names": ("element_names", "ElementNamesCheck"),
    "table-shape": ("table_shape", "TableShapeCheck"),
    "volume-id": ("volume_id", "VolumeIdCheck"),
    "break-position": ("break_position", "BreakPositionCheck"),
    "enumerators": ("enumerators", "EnumeratorsCheck"),
    "facsimiles": ("facsimiles", "FacsimilesCheck"),
    "first-paragraph": ("first_paragraph", "FirstParagraphCheck"),
    "list-label": ("list_label", "ListLabelCheck"),
    "note-id": ("note_id", "NoteIdCheck"),
    "notice-style": ("notice_style", "NoticeStyleCheck"),
    "outside-schema": ("outside_schema", "OutsideSchemaCheck"),
    "page-id": ("page_id", "PageIdCheck"),
    "volume-pointers": ("volume_pointers", "VolumePointersCheck"),
    "nesting": ("nesting", "NestingCheck"),
    "sibling-order": ("sibling_order", "SiblingOrderCheck"),
    "bare-text": ("bare_text", "BareTextCheck"),
    "attribute-names": ("attribute_names", "AttributeNamesCheck"),
    "character-references": ("character_references", "CharacterReferencesCheck"),
    "leftovers": ("leftovers", "LeftoversCheck"),
    "id-form": ("id_form", "IdFormCheck"),
    "xpath": ("xpath", "XPathCheck"),
}


def check_class(kind: str) -> type[AnyCheck]:
    """The class of a kind of check; raises KeyError for an unknown one."""
    module, name = KINDS[kind]
    found: type[AnyCheck] = getattr(import_module(f"fruslint.checks.{module}"), name)
    return found
