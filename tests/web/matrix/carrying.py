"""The addresses of carrying duties down."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES, ISSUES

CARRIED = {"duty-spread": "duty", "duty-break-down": "duty", "duty-part-new": "duty"}
"""Forms that are confirmed, that need an issued duty, or that name a unit."""

CARRYING = Entries(
    shown={"document-cascade": "document", "duty-parts": "duty"},
    done={"duty-gather": ("duty", ISSUES), "duty-part-end": ("duty", DECIDES)},
    told_apart=frozenset(CARRIED),
    kinds=CARRIED,
    forms={"duty-gather": lambda: {"client_key": str(key())}},
)
