"""The addresses of own programmes; who may what is told in the tests of their pages.

A programme is one unit's and a conference another's, so no object here is of one unit alone.
"""

from tests.web.matrix.entries import Entries

_OF_CONFERENCES = ("programmes-owe",)
_OF_PROGRAMMES = (
    "programmes",
    "programmes-file",
    "programmes-coverage",
    "programmes-remind",
    "programme",
    "programme-link",
    "programme-review",
    "programme-ask",
    "programme-answer",
    "programme-close",
)

PROGRAMMES = Entries(
    shown={"conference-programmes": "conference"},
    told_apart=frozenset({*_OF_CONFERENCES, *_OF_PROGRAMMES}),
    kinds=dict.fromkeys((*_OF_CONFERENCES, *_OF_PROGRAMMES), "conference"),
)
