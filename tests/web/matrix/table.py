"""The whole table of addresses: one module for each capability, put together here."""

from tests.web.matrix.accounts import ACCOUNTS
from tests.web.matrix.carrying import CARRYING
from tests.web.matrix.concluding import CONCLUDING
from tests.web.matrix.conferences import CONFERENCES
from tests.web.matrix.entries import Entries
from tests.web.matrix.learning import LEARNING
from tests.web.matrix.organisation import CALENDAR, GROUPS, ORGANISATION
from tests.web.matrix.papers import PAPERS
from tests.web.matrix.people import MANDATES, PEOPLE
from tests.web.matrix.programmes import PROGRAMMES
from tests.web.matrix.publishing import PUBLISHING
from tests.web.matrix.registry import REGISTRY
from tests.web.matrix.reporting import REPORTING
from tests.web.matrix.reports import REPORTS
from tests.web.matrix.reviews import REVIEWS
from tests.web.matrix.streams import STREAMS
from tests.web.matrix.targets import TARGETS

FRAME = Entries(
    open_to_all=frozenset({"home"}),
    public=frozenset(
        {"account_login", "account_logout", "set_language", "roles", "here", "service-worker"}
    ),
)
"""Signing in and out, the language, the first page."""

TABLE = (
    FRAME,
    PAPERS,
    CARRYING,
    TARGETS,
    REPORTS,
    REPORTING,
    REVIEWS,
    CONFERENCES,
    PROGRAMMES,
    CONCLUDING,
    STREAMS,
    PUBLISHING,
    LEARNING,
    REGISTRY,
    ORGANISATION,
    GROUPS,
    CALENDAR,
    PEOPLE,
    ACCOUNTS,
    MANDATES,
)

SHOWN = {name: kind for part in TABLE for name, kind in part.shown.items()}
DONE = {name: act for part in TABLE for name, act in part.done.items()}
FILLED_IN = {name: act for part in TABLE for name, act in part.filled_in.items()}
LISTED = {name: kind for part in TABLE for name, kind in part.listed.items()}
OF_PEOPLE = frozenset[str]().union(*(part.of_people for part in TABLE))
PUBLIC = frozenset[str]().union(*(part.public for part in TABLE))
KINDS = {
    **SHOWN,
    **{name: kind for name, (kind, _) in (DONE | FILLED_IN).items()},
    **{name: kind for part in TABLE for name, kind in part.kinds.items()},
}
"""By address, the object whose uid stands in it."""
WORDS = {slot: word for part in TABLE for slot, word in part.words.items()}
FORMS = {name: form for part in TABLE for name, form in part.forms.items()}
