"""The addresses of conferences: the list, one, its sites, and what sites tell."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

CONFERENCES = Entries(
    shown={"conference": "conference", "conference-room": "conference", "site": "site"},
    filled_in={"conference-call": ("conference", DECIDES)},
    done={
        "conference-open": ("conference", DECIDES),
        "conference-close": ("conference", DECIDES),
        "conference-call-off": ("conference", DECIDES),
        "site-summons": ("site", DECIDES),
        "site-drop": ("site", DECIDES),
        "site-link": ("site", DECIDES),
        "site-count": ("site", DECIDES),
    },
    listed={"conferences": "conference"},
    public=frozenset({"door", "door-passes"}),
    told_apart=frozenset(
        {
            "attendee-classes",
            "conference-new",
            "conference-live",
            "site-delegates",
            "site-passes",
            "delegate-renew",
        }
    ),
    kinds={
        "conference-live": "conference",
        "site-delegates": "site",
        "site-passes": "site",
        "delegate-renew": "site",
    },
    forms={
        "conference-call": lambda: {"group": "bao-cao", "n-delegates": "30"},
        "conference-open": dict,
        "conference-close": dict,
        "conference-call-off": dict,
        "site-summons": lambda: {"n-delegates": "12"},
        "site-drop": dict,
        "site-link": lambda: {"client_key": str(key()), "link": "tested"},
        "site-count": lambda: {"client_key": str(key()), "n-delegates": "12"},
    },
)
