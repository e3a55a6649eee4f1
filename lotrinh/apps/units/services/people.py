"""Writes of people: who is known, which posts there are, and who holds them on which days."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Appointment, HeldAs, Person, Post, Role, Unit, within
from lotrinh.rules.names import search_key
from lotrinh.rules.sorting import person_key


class AlreadyAppointed(Exception):
    """The person holds this post on at least one of these days."""


class EndsBeforeItBegins(Exception):
    """An appointment ends on the day on which it begins, or before."""


class DelegationNeedsEnd(Exception):
    """A post is lent for stated days that lie within those of the lender."""


class LentAlready(Exception):
    """What is lent to somebody is not lent further."""


class PostNotThere(Exception):
    """There is the post on some of these days only: from ``since`` to the day before ``until``."""

    def __init__(self, since: date | None, until: date | None) -> None:
        super().__init__(f"{since} to {until}")
        self.since = since
        self.until = until


@transaction.atomic
def register_person(
    *, full_name: str, user: User | None = None, actor: Named, at: datetime
) -> Person:
    """Register somebody; with an account, the journal shows this name for what the account does."""
    person = Person.objects.create(
        full_name=full_name,
        sort_key=person_key(full_name),
        search_key=search_key(full_name),
        user=user,
    )
    journal.name_subject(uid=person.uid, name=full_name)
    if user is not None:
        journal.name_subject(uid=user.uid, name=full_name)
    journal.record("person.registered", Named("person", person.uid), actor=actor, at=at)
    return person


@transaction.atomic
def create_post(
    *,
    unit: Unit,
    scope: Unit | None = None,
    role: Role,
    title_vi: str,
    title_en: str,
    rank: int = 0,
    since: date | None = None,
    legal_basis: str = "",
    client_key: UUID | None = None,
    actor: Named,
    at: datetime,
) -> Post:
    """Open a position in a unit whose role reaches the subtree of ``scope`` (None: of the unit).

    ``rank`` orders the posts of a unit, lowest first. It is there from ``since`` on (None: as long
    as known).
    """
    reached = scope or unit
    post = Post.objects.create(
        unit=unit,
        scope=reached,
        role=role,
        title_vi=title_vi,
        title_en=title_en,
        rank=rank,
        valid=DateRange(since, None),
        legal_basis=legal_basis,
        client_key=client_key,
    )
    journal.record(
        "post.created",
        post.named,
        actor=actor,
        at=at,
        unit_uid=unit.uid,
        data={"role": role.code, "scope": str(reached.uid)},
    )
    return post


@transaction.atomic
def appoint(
    *,
    person: Person,
    post: Post,
    since: date,
    until: date | None = None,
    acting: bool = False,
    legal_basis: str = "",
    client_key: UUID | None = None,
    actor: Named,
    at: datetime,
) -> Appointment:
    """Let a person hold a post from ``since`` to the day before ``until``.

    ``acting``: until somebody is appointed; the rights are the same, the title says it.
    Raises AlreadyAppointed, EndsBeforeItBegins, PostNotThere.
    """
    appointment = Appointment(
        person=person,
        post=post,
        valid=_interval(since, until),
        held_as=HeldAs.ACTING if acting else HeldAs.APPOINTED,
        legal_basis=legal_basis,
        client_key=client_key,
    )
    _write(appointment)
    _record("person.appointed", appointment, actor=actor, at=at)
    return appointment


@transaction.atomic
def delegate(
    *,
    lender: Appointment,
    person: Person,
    since: date,
    until: date | None,
    actions: Iterable[str] | None = None,
    legal_basis: str = "",
    client_key: UUID | None = None,
    actor: Named,
    at: datetime,
) -> Appointment:
    """Lend a post to somebody for days within those of the lender.

    ``actions`` narrows what is lent to these; None lends what the role carries. It ends early with
    the lender's own appointment. Raises LentAlready, DelegationNeedsEnd, AlreadyAppointed,
    EndsBeforeItBegins, PostNotThere.
    """
    if lender.held_as == HeldAs.DELEGATED:
        raise LentAlready(str(lender.uid))
    held = lender.valid
    inside = (held.lower is None or held.lower <= since) and until is not None
    if not inside or (held.upper is not None and until is not None and until > held.upper):
        raise DelegationNeedsEnd(f"{since} to {until} of {held}")
    appointment = Appointment(
        person=person,
        post=lender.post,
        valid=_interval(since, until),
        held_as=HeldAs.DELEGATED,
        legal_basis=legal_basis,
        lent_by=lender,
        actions=None if actions is None else sorted(set(actions)),
        client_key=client_key,
    )
    _write(appointment)
    _record("person.delegated", appointment, actor=actor, at=at)
    return appointment


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, until: date, actor: Named, at: datetime
) -> Appointment:
    """Let an appointment end: ``until`` is the first day on which it gives nothing.

    What was done in these days stays as it is. Raises EndsBeforeItBegins.
    """
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    held.valid = _interval(held.valid.lower, until)
    held.save(update_fields=["valid"])
    _record("person.released", held, actor=actor, at=at)
    return held


@transaction.atomic
def withdraw_appointment(*, appointment: Appointment, actor: Named, at: datetime) -> Appointment:
    """Take back an appointment that has not begun, with what was lent of it; it was never held.

    The caller sees to it that the day has not come. Returns it as it stood.
    """
    for held in (*appointment.lent.select_related("person", "post__unit"), appointment):
        _record("person.withdrawn", held, actor=actor, at=at)
        Appointment.objects.filter(pk=held.pk).delete()
    return appointment


def _interval(since: date, until: date | None) -> DateRange:
    if until is not None and until <= since:
        raise EndsBeforeItBegins(f"{since} to {until}")
    return DateRange(since, until)


def _write(appointment: Appointment) -> None:
    days = Post.objects.values_list("valid", flat=True).get(pk=appointment.post.pk)
    if not within(appointment.valid, days):
        raise PostNotThere(days.lower, days.upper)
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as refused:
        named = f"{appointment.person.uid} in {appointment.post.uid}"
        raise AlreadyAppointed(f"{named} from {appointment.valid.lower}") from refused


def _record(verb: str, appointment: Appointment, *, actor: Named, at: datetime) -> None:
    until = appointment.valid.upper
    journal.record(
        verb,
        Named("person", appointment.person.uid),
        actor=actor,
        at=at,
        unit_uid=appointment.post.unit.uid,
        data={
            "post": str(appointment.post.uid),
            "held_as": str(appointment.held_as),
            "since": appointment.valid.lower.isoformat(),
            "until": until.isoformat() if until else None,
        },
    )
