"""Accounts as pages show them: in which state each is, and what the reader may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.days import legal_day
from lotrinh.web import clock
from lotrinh.web.answers import address
from lotrinh.web.formatting import day
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import CLOSINGS, word

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Person


@dataclass(frozen=True, slots=True)
class Account:
    """An account: ``state`` is "open" or "closed"; of the addresses those stand that may be used.

    ``refused_text`` says why nothing may be done, where nothing may.
    """

    uid: UUID
    sign_in_name: str
    state: str
    state_text: str
    person_name: str
    person_url: str | None
    close_url: str | None
    reopen_url: str | None
    password_url: str | None
    keys_url: str | None
    refused_text: str


@dataclass(frozen=True, slots=True)
class AccountBox:
    """The account on somebody's page; without one there may be the way to open it."""

    account: Account | None
    open_url: str | None
    own_password_url: str | None
    refused_text: str


def account_rows(found: Sequence["User"], *, reader: "User", on: date) -> tuple[Account, ...]:
    """Return the rows of a list of accounts that the reader looks after."""
    people = [row.person.pk for row in found if hasattr(row, "person")]
    seen = set(
        units.people_seen(seen_by=reader.pk, on=on)
        .filter(pk__in=people)
        .values_list("pk", flat=True)
    )
    strong = units.people_strong(people, on=on)
    defines = bool(strong) and units.may_define(user_id=reader.pk, on=on)
    rows = []
    for row in found:
        person = row.person if hasattr(row, "person") else None
        kept = person is not None and person.pk in strong and not defines
        shown = person if person is not None and person.pk in seen else None
        refused = _own() if row.pk == reader.pk else _kept() if kept else ""
        rows.append(_account(row, person, shown=shown, refused=refused))
    return tuple(rows)


def account_box(person: "Person", *, reader: "User", on: date) -> AccountBox | None:
    """Return what somebody's page says of his account; None where that is not the reader's."""
    if person.user_id == reader.pk:
        account = _account(reader, person, shown=None, refused=_own())
        return AccountBox(account, None, reverse("account_change_password"), "")
    if not units.reach(user_id=reader.pk, action=Action.MANAGE_ACCOUNT, on=on):
        return None
    may = units.may_manage(person=person, user_id=reader.pk, on=on)
    refused = "" if may else _elsewhere(on)
    if person.user is None:
        where = reverse("account-open", kwargs={"uid": person.uid}) if may else None
        return AccountBox(None, where, None, refused)
    return AccountBox(_account(person.user, person, shown=None, refused=refused), None, None, "")


def _account(
    user: "User", person: "Person | None", *, shown: "Person | None", refused: str
) -> Account:
    def where(name: str) -> str | None:
        return None if refused else reverse(name, kwargs={"uid": user.uid})

    return Account(
        uid=user.uid,
        sign_in_name=user.sign_in_name,
        state="open" if user.is_active else "closed",
        state_text=state_text(user),
        person_name=person.full_name if person else "",
        person_url=reverse("person", kwargs={"uid": shown.uid}) if shown else None,
        close_url=where("account-close") if user.is_active else None,
        reopen_url=None if user.is_active else where("account-reopen"),
        password_url=where("account-password") if user.is_active else None,
        keys_url=address(reverse("keys"), account=user.uid)
        if user.is_active and not refused
        else None,
        refused_text=refused,
    )


def state_text(user: "User") -> str:
    """Return in a few words how it stands with an account."""
    if not user.is_active:
        since = day(legal_day(user.closed_at, clock.zone())) if user.closed_at else ""
        why = word(CLOSINGS, user.closed_for) if user.closed_for else ""
        if since and why:
            return _("closed since %(day)s: %(why)s") % {"day": since, "why": why}
        return pgettext("account", "closed")
    if user.given_at is not None:
        given = {"day": day(legal_day(user.given_at, clock.zone()))}
        return _("open; password given on %(day)s, not changed yet") % given
    if not user.has_usable_password():
        return _("open; has no password yet")
    return pgettext("account", "open")


def _own() -> str:
    return _("Your own account: somebody else closes it.")


def _kept() -> str:
    return _("Others get their rights from this person: only those who define roles act on it.")


def _elsewhere(on: date) -> str:
    root = units.root_unit(on=on)
    told = _("This account gives more than you may give or take.")
    who = who_may(Action.MANAGE_ACCOUNT, unit_id=root.pk, on=on) if root else ""
    return f"{told} {who}".strip()


def account_states() -> dict[str, str]:
    """Return the states by which a list of accounts is narrowed, with their words."""
    return {
        "": _("all"),
        "open": pgettext("account", "open"),
        "closed": pgettext("account", "closed"),
        "unused": _("never signed in"),
        "nobody": _("belonging to nobody"),
    }
