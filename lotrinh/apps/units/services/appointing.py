"""Acts of those who appoint: a post is filled, left, lent; somebody new comes in with a first post.

Each asks for the right to appoint at the unit of the post and at everything that the post reaches:
whoever fills a post gives what it carries. A post from which others get their rights is filled,
left and lent only by those who define roles. Nobody gives a post to himself. What is sent twice
with one key is done once.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Appointment, Person, Post
from lotrinh.apps.units.selectors.posts import may_fill
from lotrinh.apps.units.selectors.trees import last_place_of, place_of
from lotrinh.apps.units.services.definers import definers_kept
from lotrinh.apps.units.services.people import (
    EndsBeforeItBegins,
    appoint,
    delegate,
    end_appointment,
    register_person,
    withdraw_appointment,
)
from lotrinh.apps.units.services.turns import await_organisation


class AppointingNotAllowed(Exception):
    """The account may not appoint at the unit of this post, or not at all that it reaches."""


class AppointsHimself(Exception):
    """Nobody gives a post to himself."""


class PostStandsNowhere(Exception):
    """The unit of the post does not stand on all of these days."""

    def __init__(self, since: date, until: date | None) -> None:
        super().__init__(f"{since} to {until}")
        self.since = since
        self.until = until


class BasisMissing(Exception):
    """Somebody is appointed by a decision, which is named."""


class EndedBefore(Exception):
    """The appointment or the post has ended before, or ends before that day."""


class Decided(TypedDict):
    """What every appointment says: its days ``[since, until)``, the decision, who records it.

    ``until`` None: until it is ended.
    """

    since: date
    until: date | None
    legal_basis: str
    user: User
    client_key: UUID
    on: date
    at: datetime


class _Written(TypedDict):
    """The same, as the tables take it."""

    since: date
    until: date | None
    legal_basis: str
    client_key: UUID
    actor: Named
    at: datetime


@transaction.atomic
def fill_post(
    *, person: Person, post: Post, acting: bool, **decided: Unpack[Decided]
) -> Appointment:
    """Let a person hold a post from ``since`` to the day before ``until`` (None: until ended).

    Raises AppointingNotAllowed, AppointsHimself, BasisMissing, PostStandsNowhere,
    AlreadyAppointed, EndsBeforeItBegins.
    """
    if known := _in_turn(post, person, decided):
        return known
    return appoint(person=person, post=post, acting=acting, **_written(post, decided))


@transaction.atomic
def take_on(*, full_name: str, post: Post, acting: bool, **decided: Unpack[Decided]) -> Appointment:
    """Register somebody who is not known yet, together with the first post that he holds.

    Raises what ``fill_post`` raises.
    """
    if known := _in_turn(post, None, decided):
        return known
    person = register_person(full_name=full_name, actor=decided["user"].named, at=decided["at"])
    return fill_post(person=person, post=post, acting=acting, **decided)


@transaction.atomic
def lend_post(
    *,
    lender: Appointment,
    person: Person,
    actions: Iterable[str] | None,
    **decided: Unpack[Decided],
) -> Appointment:
    """Let a person act in the place of the lender for the days ``[since, until)``.

    ``actions`` narrows what is lent. Raises AppointingNotAllowed, AppointsHimself, BasisMissing,
    PostStandsNowhere, LentAlready, DelegationNeedsEnd, AlreadyAppointed, EndsBeforeItBegins.
    """
    if known := _in_turn(lender.post, person, decided):
        return known
    held = Appointment.objects.select_related("post").get(pk=lender.pk)
    return delegate(lender=held, person=person, actions=actions, **_written(held.post, decided))


@transaction.atomic
def release_holder(
    *, appointment: Appointment, until: date, user: User, on: date, at: datetime
) -> Appointment:
    """Let an appointment end before its time; ``until`` is the first day that it gives nothing.

    What ended before ``on`` is history and stays. Ending twice on one day is ending once. What has
    not begun by ``on`` and would end before it begins is taken back whole, with what was lent of
    it. Raises AppointingNotAllowed, EndedBefore, EndsBeforeItBegins, NobodyDefines.
    """
    await_organisation()
    require_appointing(post=appointment.post, user=user, on=on)
    held = Appointment.objects.select_related("person", "post").filter(pk=appointment.pk).first()
    if held is None:
        return appointment
    first, last = held.valid.lower, held.valid.upper
    if last == until:
        return held
    if last is not None and (last <= on or last < until):
        raise EndedBefore(last.isoformat())
    with definers_kept(since=max(on, until), by=str(held.post.uid)):
        if until <= first and on < first:
            return withdraw_appointment(appointment=held, actor=user.named, at=at)
        if until <= first:
            raise EndsBeforeItBegins(f"{first} to {until}")
        return end_appointment(appointment=held, until=until, actor=user.named, at=at)


def _in_turn(post: Post, person: Person | None, decided: Decided) -> Appointment | None:
    """Wait for the turn, then ask for the right; return what this form has made already.

    The right is asked for behind the turn: whoever lost it while he waited has it no more. Raises
    AppointingNotAllowed, AppointsHimself.
    """
    await_organisation()
    require_appointing(post=post, user=decided["user"], on=decided["on"])
    if person is not None and person.user_id == decided["user"].pk:
        raise AppointsHimself(str(person.uid))
    return Appointment.objects.filter(client_key=decided["client_key"]).first()


def require_appointing(*, post: Post, user: User, on: date) -> None:
    """Raise AppointingNotAllowed unless the account may fill a post; it need not be written yet."""
    if not may_fill(post=post, user_id=user.pk, on=on):
        raise AppointingNotAllowed(str(post.uid))


def _written(post: Post, decided: Decided) -> _Written:
    """Return what is to be written, once the unit stands on all of these days.

    Raises BasisMissing, PostStandsNowhere.
    """
    since, until = decided["since"], decided["until"]
    if not decided["legal_basis"].strip():
        raise BasisMissing(str(post.uid))
    last = last_place_of(unit_id=post.unit_id)
    ends = last.until if last is not None else None
    stands = place_of(unit_id=post.unit_id, on=since) is not None
    if not stands or (ends is not None and (until is None or until > ends)):
        raise PostStandsNowhere(since, ends)
    return {
        "since": since,
        "until": until,
        "legal_basis": decided["legal_basis"].strip(),
        "client_key": decided["client_key"],
        "actor": decided["user"].named,
        "at": decided["at"],
    }
