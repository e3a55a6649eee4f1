"""Whose account is meant by a typed name, and of whom somebody may ask what he may do."""

from dataclasses import dataclass
from datetime import date

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units.models import Appointment, Person
from lotrinh.apps.units.selectors.rights import reach
from lotrinh.rules.actions import Action
from lotrinh.rules.names import name_key, search_key


@dataclass(frozen=True, slots=True)
class Meant:
    """An account that a typed name may mean; without a person its name is the sign-in name."""

    user_id: int
    sign_in_name: str
    full_name: str


def accounts_meant(words: str) -> tuple[Meant, ...]:
    """Return the account that signs in with this name, else those whose people bear it.

    Closed accounts are among them. A full name may be typed without marks.
    """
    typed = words.strip()
    known = Person.objects.select_related("user")
    person = known.filter(user__sign_in_name=typed).first()
    if person is not None and person.user is not None:
        return (Meant(person.user.pk, typed, person.full_name),)
    nobody = User.objects.filter(sign_in_name=typed).first()
    if nobody is not None:
        return (Meant(nobody.pk, typed, typed),)
    plain, key = search_key(typed), name_key(typed)
    return tuple(
        Meant(row.user.pk, row.user.sign_in_name, row.full_name)
        for row in known.filter(search_key=plain or None).order_by("sort_key", "id")
        if row.user is not None and (key == plain or name_key(row.full_name) == key)
    )


def accounts_askable(words: str, *, seen_by: int, on: date) -> tuple[Meant, ...]:
    """Return those of ``accounts_meant`` of whom the account may ask what they may do.

    Everybody may ask about himself; about others who may explain rights at the unit of one of
    their posts, of any day.
    """
    meant = accounts_meant(words)
    reached = reach(user_id=seen_by, action=Action.EXPLAIN_RIGHTS, on=on)
    asked = [found.user_id for found in meant]
    held = Appointment.objects.filter(person__user__in=asked, post__unit__in=reached)
    askable = set(held.values_list("person__user_id", flat=True)) | {seen_by}
    return tuple(found for found in meant if found.user_id in askable)
