"""The addresses around and after a conference: run sheet, conclusions, record, questions."""

from uuid import uuid4

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

CONCLUDING = Entries(
    shown={
        "conference-calendar": "conference",
        "conference-conclusions": "conference",
        "conference-record": "conference",
        "conference-questions": "conference",
        "conference-study": "conference",
        "conference-sessions": "conference",
    },
    filled_in={
        "conference-run-sheet": ("conference", DECIDES),
        "conference-conclude": ("conference", DECIDES),
        "conference-notice": ("conference", DECIDES),
        "conference-session-new": ("conference", DECIDES),
    },
    done={
        "conference-record-freeze": ("conference", DECIDES),
        "conference-settle": ("conference", DECIDES),
        "site-ask": ("site", DECIDES),
        "site-acknowledge": ("site", DECIDES),
        "conference-study-call": ("conference", DECIDES),
        "site-study": ("site", DECIDES),
    },
    told_apart=frozenset({"conference-record-file"}),
    kinds={"conference-record-file": "conference"},
    forms={
        "conference-run-sheet": lambda: {"version": "1", "title_1": "Khai mạc"},
        "conference-conclude": lambda: {
            "act": "keep",
            "line1-client_key": str(key()),
            "line1-title": "Ban hành kế hoạch",
        },
        "conference-notice": lambda: {
            "act": "keep",
            "client_key": str(key()),
            "system": "party",
            "issuer": "THÀNH ỦY",
        },
        "conference-record-freeze": dict,
        "conference-settle": lambda: {
            "client_key": str(key()),
            "question": str(uuid4()),
            "step": "show",
        },
        "conference-study-call": lambda: {"client_key": str(key()), "until": "9/9/2030"},
        "site-study": lambda: {"client_key": str(key()), "due": "30", "handed_in": "28"},
        "conference-session-new": lambda: {
            "client_key": str(key()),
            "title": "Buổi học bù",
            "day": "9/9/2030",
        },
        "site-acknowledge": lambda: {"client_key": str(key()), "n-delegates": "2"},
        "site-ask": lambda: {"client_key": str(key()), "text": "Bao giờ?"},
    },
)
