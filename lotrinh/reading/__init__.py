"""From text to structure: what a document cites, dates, promises, orders and reports.

`read_text` takes any string and returns a `Reading`: facts with the characters that prove them,
the numbered pieces of the text, and what the text itself is. It has no clock, no network and no
database; the grammar is one for Vietnamese and English, its words are the lexicon files.
"""

from lotrinh.reading.asked import Asked, NumberKey, number_key, read_asked
from lotrinh.reading.citations import canonical_number
from lotrinh.reading.facts import (
    Citation,
    Clause,
    DateFact,
    Event,
    Fact,
    Header,
    PersonMention,
    Reading,
    Relation,
    Result,
    Target,
    Task,
    UnitMention,
)
from lotrinh.reading.lexemes import lexemes, word_of
from lotrinh.reading.paper import Cell, Note, Paper, Table
from lotrinh.reading.passages import Passage, passage_of
from lotrinh.reading.reader import read_paper, read_text
from lotrinh.reading.registry import Known, Registry
from lotrinh.reading.same_document import Comparison, Difference, compare
from lotrinh.reading.text import fold
from lotrinh.reading.vocabulary import confidence_of, vocabulary

__all__ = [
    "Asked",
    "Cell",
    "Citation",
    "Clause",
    "Comparison",
    "DateFact",
    "Difference",
    "Event",
    "Fact",
    "Header",
    "Known",
    "Note",
    "NumberKey",
    "Paper",
    "Passage",
    "PersonMention",
    "Reading",
    "Registry",
    "Relation",
    "Result",
    "Table",
    "Target",
    "Task",
    "UnitMention",
    "canonical_number",
    "compare",
    "confidence_of",
    "fold",
    "lexemes",
    "number_key",
    "passage_of",
    "read_asked",
    "read_paper",
    "read_text",
    "vocabulary",
    "word_of",
]
