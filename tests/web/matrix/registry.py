"""The addresses of the registry: what a document is, its texts, its family, its relations."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

DESCRIBED = {"document-describe": "document"}
"""What a document is, said by those who register where it is kept."""


def _keyed(**words: str) -> dict[str, str]:
    return {"client_key": str(key()), **words}


def related(number: str = "27-NQ/TW") -> dict[str, str]:
    """Return a form that states a relation."""
    return _keyed(direction="out", kind="amends", number=number, reason="đã đọc")


REGISTRY = Entries(
    shown={"document-family": "document", "document-record": "document", "relation": "relation"},
    done={
        "document-merge": ("document", DECIDES),
        "document-unmerge": ("document", DECIDES),
        "relation-withdraw": ("relation", DECIDES),
        "text-take": ("text", DECIDES),
        "text-verify": ("text", DECIDES),
    },
    filled_in={"relation-new": ("document", DECIDES)},
    open_to_all=frozenset({"document-reference"}),
    told_apart=frozenset({*DESCRIBED, "term"}),
    kinds=DESCRIBED,
    forms={
        "text-take": lambda: _keyed(remark="bản ký"),
        "text-verify": _keyed,
        "relation-withdraw": lambda: {"reason": "nhắc tới mà thôi"},
        "relation-new": related,
    },
)
