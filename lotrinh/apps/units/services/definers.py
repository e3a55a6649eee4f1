"""Somebody can always define roles: without him nothing about rights could be put right again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from lotrinh.apps.units.selectors.roles import days_of_definers, somebody_defines


class NobodyDefines(Exception):
    """Nobody could define a role any more, so this could never be put right."""


@contextmanager
def definers_kept(*, since: date, by: str) -> Iterator[None]:
    """Hold what is done inside to this: no day from ``since`` on loses its last definer of roles.

    A day that had none is left as it was; so is one on which none had a password, where people
    sign in by other means. ``by`` names what would take him away. Raises NobodyDefines, after
    which the caller's transaction has to be rolled back.
    """
    before = [
        (day, by_password)
        for day in days_of_definers(since=since)
        for by_password in (False, True)
        if somebody_defines(on=day, by_password=by_password)
    ]
    yield
    if not all(somebody_defines(on=day, by_password=entered) for day, entered in before):
        raise NobodyDefines(by)
