"""The addresses of conferences: the list, one, its sites, and what sites tell."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

CONFERENCES = Entries(
    shown={"conference": "conference", "conference-room": "conference", "site": "site"},
    filled_in={"conference-call": ("conference", DECIDES)},
    done={
        "conference-step": ("conference", DECIDES),
        "site-link": ("site", DECIDES),
        "site-count": ("site", DECIDES),
    },
    listed={"conferences": "conference"},
    told_apart=frozenset({"conference-new", "conference-live"}),
    kinds={"conference-live": "conference"},
    words={"slug:step": "open"},
    forms={
        "conference-call": lambda: {"group": "bao-cao", "n-delegates": "30"},
        "conference-step": dict,
        "site-link": lambda: {"client_key": str(key()), "link": "tested"},
        "site-count": lambda: {"client_key": str(key()), "n-delegates": "12"},
    },
)
