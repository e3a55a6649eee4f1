"""The addresses of documents, proposals, duties and targets."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES, ISSUES


def _keyed(**words: str) -> dict[str, str]:
    return {"client_key": str(key()), **words}


PAPERS = Entries(
    shown={
        "document": "document",
        "document-original": "document",
        "desk": "document",
        "duty": "duty",
        "target": "target",
    },
    done={
        "proposal-accept": ("task", DECIDES),
        "proposal-reject": ("task", DECIDES),
        "read-again": ("document", DECIDES),
        "duty-issue": ("duty", ISSUES),
        "duty-withdraw": ("duty", DECIDES),
    },
    filled_in={"duty-amend": ("duty", DECIDES)},
    listed={"documents": "document", "duties": "duty", "targets": "target"},
    told_apart=frozenset({"document-new"}),
    forms={
        "proposal-accept": lambda: _keyed(title="Lập kế hoạch"),
        "proposal-reject": lambda: _keyed(reason="duplicate"),
        "duty-issue": _keyed,
        "duty-withdraw": _keyed,
        "duty-amend": lambda: _keyed(title="Lập kế hoạch", version="1"),
    },
)
