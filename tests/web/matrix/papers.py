"""The addresses of documents, proposals and duties."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES, ISSUES


def _keyed(**words: str) -> dict[str, str]:
    return {"client_key": str(key()), **words}


OF_DUTIES = ("duty-step", "duty-report", "duty-explain", "duty-cancel-parts", "evidence")
"""What is done to a duty that was issued; who may is told in the tests of its life."""

PAPERS = Entries(
    shown={
        "document": "document",
        "document-original": "document",
        "desk": "document",
        "desk-news": "document",
        "desk-differences": "document",
        "likeness": "likeness",
        "duty": "duty",
        "document-glance": "document",
    },
    done={
        "proposal-accept": ("task", DECIDES),
        "proposal-reject": ("task", DECIDES),
        "proposal-merge": ("task", DECIDES),
        "proposal-reopen": ("task", DECIDES),
        "proposal-keep": ("task", DECIDES),
        "desk-undo": ("document", DECIDES),
        "read-again": ("document", DECIDES),
        "desk-reread": ("document", DECIDES),
        "desk-settle": ("document", DECIDES),
        "likeness-answer": ("likeness", DECIDES),
        "duty-issue": ("duty", ISSUES),
        "duty-withdraw": ("duty", DECIDES),
    },
    filled_in={
        "duty-amend": ("duty", DECIDES),
        "proposal-split": ("task", DECIDES),
        "desk-several": ("document", DECIDES),
        "desk-add": ("document", DECIDES),
    },
    listed={"documents": "document", "duties": "duty"},
    told_apart=frozenset(
        {
            "meeting-new",
            "meeting",
            "document-new",
            "arrivals",
            "duties-import",
            "notices-read",
            *OF_DUTIES,
        }
    ),
    kinds={"arrivals": "document", "meeting": "document", **dict.fromkeys(OF_DUTIES, "duty")},
    words={"<slug:step>": "accept"},
    open_to_all=frozenset(
        {
            *("morning", "duty-board", "duties-counted", "duties-file", "notices"),
            *("silent", "silent-file", "duties-urge", "documents-file", "target-board-file"),
            "targets-at-risk",
        }
    ),
    forms={
        "proposal-accept": lambda: _keyed(title="Lập kế hoạch"),
        "proposal-reject": lambda: _keyed(reason="duplicate"),
        "proposal-merge": lambda: _keyed(other="4"),
        "proposal-reopen": _keyed,
        "proposal-keep": lambda: {"title": "Lập kế hoạch"},
        "proposal-split": lambda: _keyed(word="5"),
        "desk-undo": lambda: _keyed(act=str(key())),
        "desk-several": lambda: _keyed(act="reject", reason="duplicate", offered="3", row="3"),
        "desk-add": lambda: _keyed(kind="task", words="tham mưu báo cáo"),
        "desk-reread": _keyed,
        "desk-settle": lambda: _keyed(act="leave"),
        "likeness-answer": _keyed,
        "duty-issue": _keyed,
        "duty-withdraw": _keyed,
        "duty-amend": lambda: _keyed(title="Lập kế hoạch", version="1"),
    },
)
