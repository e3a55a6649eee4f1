"""Reads for those who look after accounts: which there are, and whether one may act on each.

Whoever gives an account a password could sign in in its place. So an account is looked after by
those alone whose right to do so reaches all that it gives: the unit and the scope of every post
that its person holds or will hold, and the scope of every mandate. An account that gives nothing
is looked after at the root. One that gives others their rights belongs to those who define roles.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.accounts.models import ApiKey, User
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.units.models import Appointment, Mandate, Person
from lotrinh.apps.units.selectors.held import appointments_in_force
from lotrinh.apps.units.selectors.people import person_of
from lotrinh.apps.units.selectors.rights import goes_on, may_throughout, reach
from lotrinh.apps.units.selectors.roles import may_define
from lotrinh.rules.actions import STRONG, Action
from lotrinh.rules.names import search_key
from lotrinh.rules.sign_in_names import sign_in_name

_APPOINTING = ("person.appointed", "person.delegated")

ACCOUNT_STATES = {
    "open": Q(is_active=True),
    "closed": Q(is_active=False),
    "unused": Q(is_active=True, last_login=None),
    "nobody": Q(person=None),
}
"""What a list of accounts can be narrowed to."""


def accounts_managed(
    *, seen_by: int, on: date, words: str = "", state: str = ""
) -> QuerySet[User, User]:
    """Return the accounts that somebody looks after, by sign-in name, each with its person.

    ``words`` narrows them to names of either sort that hold every word, ``state`` to one of
    ``ACCOUNT_STATES``; an unknown state narrows nothing.
    """
    found = User.objects.select_related("person").filter(ACCOUNT_STATES.get(state, Q()))
    if not _manages_all(seen_by, on=on):
        found = found.filter(person__in=people_managed(user_id=seen_by, on=on))
    for word in search_key(words).split():
        found = found.filter(Q(person__search_key__contains=word) | Q(sign_in_name__icontains=word))
    return found.order_by("sign_in_name", "id")


def accounts_after(found: QuerySet[User, User], uid: UUID) -> QuerySet[User, User]:
    """Return what follows the account ``uid`` in the order of ``accounts_managed``."""
    last = found.filter(uid=uid).values_list("sign_in_name", "pk").first()
    if last is None:
        return found.none()
    name, pk = last
    return found.filter(Q(sign_in_name__gt=name) | Q(sign_in_name=name, pk__gt=pk))


def account_managed(uid: UUID, *, seen_by: int, on: date) -> User | None:
    """Return the account, or None where it is missing or somebody else looks after it."""
    return accounts_managed(seen_by=seen_by, on=on).filter(uid=uid).first()


def people_managed(*, user_id: int, on: date) -> QuerySet[Person]:
    """Return the people whose accounts somebody looks after, those without one among them."""
    if _manages_all(user_id, on=on):
        return Person.objects.all()
    reached = reach(user_id=user_id, action=Action.MANAGE_ACCOUNT, on=on)
    held = Appointment.objects.filter(goes_on(on=on))
    inside = held.filter(post__unit__in=reached, post__scope__in=reached)
    outside = held.exclude(post__unit__in=reached, post__scope__in=reached)
    inspecting = Mandate.objects.filter(goes_on(on=on)).exclude(scope__in=reached)
    return (
        Person.objects.filter(pk__in=inside.values("person"))
        .exclude(pk__in=outside.values("person"))
        .exclude(mandates__in=inspecting)
    )


def people_strong(people: "QuerySet[Person] | list[int]", *, on: date) -> frozenset[int]:
    """Return the ids of those who have or will have, by post or mandate, what gives rights."""
    strong = sorted(STRONG)
    posts = Appointment.objects.filter(
        goes_on(on=on), person__in=people, post__role__actions__overlap=strong
    )
    mandates = Mandate.objects.filter(
        goes_on(on=on), people__in=people, role__actions__overlap=strong
    )
    found = posts.values_list("person_id").union(mandates.values_list("people"))
    return frozenset(pk for (pk,) in found)


def may_manage(*, person: Person | None, user_id: int, on: date) -> bool:
    """Say whether somebody may open and close the account of a person; None: of nobody."""
    if person is None:
        return _manages_all(user_id, on=on)
    if not people_managed(user_id=user_id, on=on).filter(pk=person.pk).exists():
        return False
    return may_define(user_id=user_id, on=on) or not people_strong([person.pk], on=on)


def may_manage_account(*, account: User, user_id: int, on: date) -> bool:
    """Say whether somebody may close an account, reopen it, and give it a password."""
    return may_manage(person=person_of(user_id=account.pk), user_id=user_id, on=on)


def key_seen(uid: UUID, *, seen_by: int, on: date) -> ApiKey | None:
    """Return a key of one's own, or of an account that one looks after; else None."""
    key = accounts.key_by_uid(uid)
    if key is None or key.user_id == seen_by:
        return key
    return key if account_managed(key.user.uid, seen_by=seen_by, on=on) else None


def may_close_key(*, key: ApiKey, user_id: int, on: date) -> bool:
    """Say whether somebody may close a key: it is his own, or he may close its account."""
    own = key.user_id == user_id
    return own or may_manage_account(account=key.user, user_id=user_id, on=on)


def appointed_by(*, person: Person, user: User, on: date) -> bool:
    """Say whether the account itself recorded a post that the person holds or will hold."""
    told = journal.said_by(actor_uid=user.uid, object_uid=person.uid, verbs=_APPOINTING)
    recorded = {(data["post"], data["since"]) for data in told}
    held = Appointment.objects.filter(goes_on(on=on), person=person)
    return bool(recorded) and any(
        (str(post), days.lower.isoformat()) in recorded
        for post, days in held.values_list("post__uid", "valid")
    )


def others_manage(*, person: Person, user: User, on: date) -> bool:
    """Say whether a third account, which somebody can enter, may look after the person's."""
    carried = [Action.MANAGE_ACCOUNT]
    posts = Appointment.objects.filter(
        appointments_in_force(on=on), post__role__actions__contains=carried
    )
    mandates = Mandate.objects.filter(valid__contains=on, role__actions__contains=carried)
    held = Q(person__appointments__in=posts) | Q(person__mandates__in=mandates)
    others = User.objects.filter(held, is_active=True).exclude(
        pk__in=[user.pk, person.user_id or 0]
    )
    return any(
        other.has_usable_password() and may_manage(person=person, user_id=other.pk, on=on)
        for other in others.distinct()
    )


def sign_in_name_for(full_name: str) -> str:
    """Return a sign-in name for somebody that no account has yet."""
    begun = sign_in_name(full_name)
    known = User.objects.filter(sign_in_name__startswith=begun)
    return sign_in_name(full_name, taken=frozenset(known.values_list("sign_in_name", flat=True)))


def _manages_all(user_id: int, *, on: date) -> bool:
    return may_throughout(user_id=user_id, action=Action.MANAGE_ACCOUNT, on=on)
