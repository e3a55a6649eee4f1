"""The store of sessions: Django's own, read in words that are kept, for every request reads one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from lotrinh.apps.journal.statements import run

_GOES_ON = """
SELECT session_key, session_data, expire_date FROM django_session
WHERE session_key = %(key)s AND expire_date > clock_timestamp()
"""


class SessionStore(db.SessionStore):
    """The sessions of the database."""

    def _get_session_from_db(self) -> Session | None:
        """Return the session while it lasts; else forget its key, as Django does."""
        rows = run(_GOES_ON, {"key": self.session_key})
        if not rows:
            self._session_key = None
            return None
        ((key, data, until),) = rows
        return Session(session_key=key, session_data=data, expire_date=until)
