"""Two paragraphs that may be one: what may stand between them, and words that end no sentence."""

from __future__ import annotations

from fruslint.model import Document
from fruslint.patterns import late
from fruslint.text import Block

# Between two paragraphs of markup: the end of one, a page, the beginning of one that is neither centred nor a signature
_TAGS = late(
    r"(?:\s|</p>|<pb\b[^<>]*/>|<p(?:\s(?![^<>]*(?:center|right))[^<>]*)?>|<(?:hi|persName|placeName|gloss)\b[^<>]*>)+"
)
# Behind a comma "and" may end one of the points of a list
_OPEN = late(
    r" (?:an?|the|of|in|on|at|by|to|from|for|with|into|as|that|which|whose|their|our|your|its|his|than|if|because|who|when"
    r"|while|was|were|has|had|have|been|would|could|should|must|not|said"
    r"|(?<![,;?!”] )(?:and|or|but))$"
)
_A_WORD = late(r"[A-ZÀ-Þ][\w’'-]+[ ,.;]|I[ ,]")
_POINT = late(r"[,;?!”] (?:and|or|but)$")
# The last words of a paragraph, in characters.
_REACH = 20


def adjoin(document: Document, before: Block, block: Block) -> bool:
    """Whether no more stands between two paragraphs of a TEI file than their tags and a page."""
    between = document.source.text[before.span.end : block.text.pieces[0].origin]
    return _TAGS.fullmatch(between) is not None


def stays_open(before: Block, block: Block) -> bool:
    """Whether a paragraph ends with a word that ends no sentence, before one that begins with a word in capitals."""
    end = before.text.content
    if not "a" <= end[-1:] <= "z" or not _A_WORD.match(block.text.content):
        return False
    return _OPEN.search(end, max(0, len(end) - _REACH), len(end)) is not None


def ends_point(before: Block) -> bool:
    """Whether a paragraph is one of the points of a list: it ends with "and" behind a mark."""
    end = before.text.content
    return _POINT.search(end, max(0, len(end) - _REACH), len(end)) is not None
