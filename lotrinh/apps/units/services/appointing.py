"""Acts of those who appoint: a post is filled, left, lent; somebody new comes in with a first post.

Each asks for the right to appoint at the unit of the post and at everything that the post reaches:
whoever fills a post gives what it carries. A post from which others get their rights is filled,
left and lent only by those who define roles. Nobody gives a post to himself. What is sent twice
with one key is done once.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units.models import Appointment, Person, Post
from lotrinh.apps.units.selectors.people import may_appoint
from lotrinh.apps.units.selectors.roles import may_define, somebody_defines
from lotrinh.apps.units.selectors.trees import last_place_of, place_of
from lotrinh.apps.units.services.people import (
    EndsBeforeItBegins,
    appoint,
    delegate,
    end_appointment,
    register_person,
)
from lotrinh.apps.units.services.rights import NobodyDefines
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import STRONG, Action


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


@transaction.atomic
def fill_post(
    *,
    person: Person,
    post: Post,
    since: date,
    until: date | None,
    acting: bool,
    legal_basis: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Appointment:
    """Let a person hold a post from ``since`` to the day before ``until`` (None: until ended).

    Raises AppointingNotAllowed, AppointsHimself, BasisMissing, PostStandsNowhere,
    AlreadyAppointed, EndsBeforeItBegins.
    """
    await_organisation()
    require_appointing(post=post, user=user, on=on)
    _not_himself(person, user)
    known = _sent_before(client_key)
    if known is not None:
        return known
    _ready(post, since, until, legal_basis)
    return appoint(
        person=person,
        post=post,
        since=since,
        until=until,
        acting=acting,
        legal_basis=legal_basis.strip(),
        client_key=client_key,
        actor=user.named,
        at=at,
    )


@transaction.atomic
def take_on(
    *,
    full_name: str,
    post: Post,
    since: date,
    until: date | None,
    acting: bool,
    legal_basis: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Appointment:
    """Register somebody who is not known yet, together with the first post that he holds.

    Raises what ``fill_post`` raises.
    """
    require_appointing(post=post, user=user, on=on)
    known = _sent_before(client_key)
    if known is not None:
        return known
    person = register_person(full_name=full_name, actor=user.named, at=at)
    return fill_post(
        person=person,
        post=post,
        since=since,
        until=until,
        acting=acting,
        legal_basis=legal_basis,
        user=user,
        client_key=client_key,
        on=on,
        at=at,
    )


@transaction.atomic
def lend_post(
    *,
    lender: Appointment,
    person: Person,
    since: date,
    until: date,
    actions: Iterable[str] | None,
    legal_basis: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Appointment:
    """Let a person act in the place of the lender for the days ``[since, until)``.

    ``actions`` narrows what is lent. Raises AppointingNotAllowed, AppointsHimself, BasisMissing,
    PostStandsNowhere, LentAlready, DelegationNeedsEnd, AlreadyAppointed, EndsBeforeItBegins.
    """
    await_organisation()
    post = lender.post
    require_appointing(post=post, user=user, on=on)
    _not_himself(person, user)
    known = _sent_before(client_key)
    if known is not None:
        return known
    _ready(post, since, until, legal_basis)
    return delegate(
        lender=lender,
        person=person,
        since=since,
        until=until,
        actions=actions,
        legal_basis=legal_basis.strip(),
        client_key=client_key,
        actor=user.named,
        at=at,
    )


@transaction.atomic
def release_holder(
    *, appointment: Appointment, until: date, user: User, on: date, at: datetime
) -> Appointment:
    """Let an appointment end before its time; ``until`` is the first day that it gives nothing.

    What ended before ``on`` is history and stays. Ending twice on one day is ending once.
    Raises AppointingNotAllowed, EndedBefore, EndsBeforeItBegins, NobodyDefines.
    """
    await_organisation()
    require_appointing(post=appointment.post, user=user, on=on)
    held = Appointment.objects.select_related("person", "post").get(pk=appointment.pk)
    last = held.valid.upper
    if last == until:
        return held
    if last is not None and (last <= on or last < until):
        raise EndedBefore(last.isoformat())
    if until <= held.valid.lower:
        raise EndsBeforeItBegins(f"{held.valid.lower} to {until}")
    ended = end_appointment(appointment=held, until=until, actor=user.named, at=at)
    if Action.DEFINE_ROLE in held.post.role.actions and not somebody_defines(on=max(on, until)):
        raise NobodyDefines(str(held.post.uid))
    return ended


def require_appointing(*, post: Post, user: User, on: date) -> None:
    """Raise AppointingNotAllowed unless the account may fill a post; it need not be written yet."""
    strong = STRONG & set(post.role.actions)
    allowed = may_appoint(post=post, user_id=user.pk, on=on)
    if not allowed or (strong and not may_define(user_id=user.pk, on=on)):
        raise AppointingNotAllowed(str(post.uid))


def _not_himself(person: Person, user: User) -> None:
    if person.user_id == user.pk:
        raise AppointsHimself(str(person.uid))


def _ready(post: Post, since: date, until: date | None, legal_basis: str) -> None:
    """Raise unless the unit stands on all of these days and a decision is named."""
    if not legal_basis.strip():
        raise BasisMissing(str(post.uid))
    last = last_place_of(unit_id=post.unit_id)
    ends = last.until if last is not None else None
    stands = place_of(unit_id=post.unit_id, on=since) is not None
    if not stands or (ends is not None and (until is None or until > ends)):
        raise PostStandsNowhere(since, ends)


def _sent_before(client_key: UUID) -> Appointment | None:
    """Return the appointment that this form has made already; two sendings take turns."""
    take_turn("appointing", client_key)
    return Appointment.objects.filter(client_key=client_key).first()
