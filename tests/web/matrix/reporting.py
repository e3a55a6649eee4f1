"""The addresses of reporting: what waits for the reader, regimes, the room of a collection."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

OF_QUESTIONS = ("integrity-question", "integrity-answer", "integrity-close")
"""Who sees, answers and closes a question is told in the tests of its pages."""

REPORTING = Entries(
    shown={
        "collection": "collection",
        "collection-file": "collection",
        "collection-outliers": "collection",
    },
    filled_in={
        "collection-close": ("collection", DECIDES),
        "collection-reopen": ("collection", DECIDES),
    },
    open_to_all=frozenset({"reports", "regimes", "regime", "outbox", "integrity"}),
    told_apart=frozenset({"regime-new", "regime-open", "regime-end", *OF_QUESTIONS}),
    kinds={
        **dict.fromkeys(OF_QUESTIONS, "collection"),
        "regime": "regime",
        "regime-open": "regime",
        "regime-end": "regime",
    },
    forms={
        "collection-close": lambda: {"client_key": str(key())},
        "collection-reopen": lambda: {"client_key": str(key()), "note": "Phường gửi muộn"},
    },
)
