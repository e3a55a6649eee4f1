"""Keys of programs as pages show them: what each opens, until when, and whether it still does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lotrinh.web.formatting import day
from lotrinh.web.wording import word
from lotrinh.web.wording_of_keys import SCOPES

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import ApiKey


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key. ``close_url`` is None where it is closed, or not the reader's to close."""

    name: str
    scopes: tuple[str, ...]
    last_day: date
    used_on: date | None
    state_text: str
    is_open: bool
    close_url: str | None


def key_lines(found: "Iterable[ApiKey]", *, may_close: bool, on: date) -> tuple[KeyLine, ...]:
    """Return the rows of a list of keys."""
    return tuple(_line(key, may_close=may_close, on=on) for key in found)


def _line(key: "ApiKey", *, may_close: bool, on: date) -> KeyLine:
    where = reverse("key-close", kwargs={"uid": key.uid})
    return KeyLine(
        name=key.name,
        scopes=tuple(word(SCOPES, one) for one in key.scopes),
        last_day=key.last_day,
        used_on=key.used_on,
        state_text=_state(key, on=on),
        is_open=key.opens_on(on),
        close_url=where if may_close and key.closed_at is None else None,
    )


def _state(key: "ApiKey", *, on: date) -> str:
    if key.closed_at is not None:
        return pgettext("key", "closed")
    if not key.opens_on(on):
        return _("over since %(day)s") % {"day": day(key.last_day)}
    return pgettext("key", "open")
