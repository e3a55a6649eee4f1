"""The addresses of streams: watching a conference, sending it, and who may send."""

from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES

STREAMS = Entries(
    shown={"conference-watch": "conference", "conference-watch-now": "conference"},
    done={"conference-item": ("conference", DECIDES)},
    public=frozenset({"stream-ask"}),
    told_apart=frozenset({"conference-stream", "conference-watch-line"}),
    kinds={"conference-stream": "conference", "conference-watch-line": "conference"},
    forms={"conference-item": lambda: {"place": "1"}},
)
