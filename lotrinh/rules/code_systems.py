"""Public numberings of units: which form a code has, by the kind of unit and the day it begins.

The forms are data, ``code_systems.toml``. What was numbered while another form was in force keeps
its code, so a code is judged by its own days and never by today.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A form that codes have for the days ``[since, until)``; no ``kinds``: of every kind."""

    pattern: str
    example: str
    kinds: Sequence[str] = ()
    since: date | None = None
    until: date | None = None

    def takes(self, since: date | None, until: date | None) -> bool:
        """Say whether a code of these days may have this form: by the day on which it begins.

        Where no beginning is known, the form must be in force on one of the days.
        """
        begins = since or date.min
        if self.until is not None and begins >= self.until:
            return False
        last = until or date.max
        return self.since is None or (since or last) >= self.since


@cache
def code_systems() -> Mapping[str, Sequence[CodeForm]]:
    """Return the forms of every numbering that is known, by its code."""
    text = resources.files(__package__).joinpath("code_systems.toml").read_text("utf-8")
    return {
        row["code"]: tuple(CodeForm(**form) for form in row["form"])
        for row in tomllib.loads(text)["system"]
    }


def forms_missed(
    code: str,
    *,
    system: str,
    kind: str,
    since: date | None = None,
    until: date | None = None,
) -> tuple[str, ...]:
    """Return examples of the forms of which the code should have one, and has none.

    Empty where it has one, and for a numbering that is not known. A kind of unit of which no form
    speaks may have any of them.

    >>> forms_missed("H26.12", system="decision-20-2020", kind="department")
    ()
    >>> forms_missed("26.H12", system="decision-20-2020", kind="department", since=date(2025, 7, 1))
    ('H26.12.3', '0100109106')
    >>> forms_missed("004", system="gso", kind="commune"), forms_missed("x", system="own", kind="")
    (('00004',), ())
    """
    forms = code_systems().get(system, ())
    own = _of_kind(forms, kind) or tuple(forms)
    wanted = [form for form in own if form.takes(since, until)]
    if any(re.fullmatch(form.pattern, code) for form in wanted):
        return ()
    return tuple(form.example for form in wanted)


def _of_kind(forms: Iterable[CodeForm], kind: str) -> tuple[CodeForm, ...]:
    return tuple(form for form in forms if not form.kinds or kind in form.kinds)
