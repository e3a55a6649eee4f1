"""The addresses of what the reader has learned: names, lines of the lexicon, rules."""

from tests.web.matrix.entries import Entries

OF_DOCUMENTS = {
    "learned-name": "document",
    "learned-name-end": "document",
    "lexicon-line": "document",
    "lexicon-decide": "document",
}
"""What somebody sees who sees a document of which it was learned."""

LEARNING = Entries(
    open_to_all=frozenset({"learned-names", "lexicon", "reading-rules"}),
    told_apart=frozenset(OF_DOCUMENTS),
    kinds=OF_DOCUMENTS,
)
