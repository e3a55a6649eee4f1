"""Who leads a unit on a day: the holders of its leading posts.

A post leads where it is the first of the filled posts of its unit, or where its role judges what
is owed. So a unit of one officer is led by that officer, and a deputy who decides leads as well.
"""

from collections.abc import Iterable
from datetime import date

from lotrinh.apps.units.models import Appointment
from lotrinh.apps.units.selectors.people import Holder
from lotrinh.apps.units.selectors.rights import reach
from lotrinh.rules.actions import Action


def leading_people(*, unit_ids: Iterable[int], on: date) -> frozenset[int]:
    """Return the ids of the people who hold a leading post of any of these units that day."""
    return frozenset(person_id for person_id, _ in _leading(unit_ids, on=on))


def leading_holders(*, unit_ids: Iterable[int], seen_by: int, on: date) -> tuple[Holder, ...]:
    """Return those of ``leading_people`` whom the account may see: by unit, the first post first.

    The units come in the order in which they are given.
    """
    order = {unit_id: rank for rank, unit_id in enumerate(dict.fromkeys(unit_ids))}
    reached = reach(user_id=seen_by, action=Action.READ_PEOPLE, on=on)
    found = _leading(order.keys() & reached, on=on)
    holders = dict.fromkeys(holder for _, holder in found)
    return tuple(sorted(holders, key=lambda holder: order[holder.unit_id]))


def _leading(unit_ids: Iterable[int], *, on: date) -> list[tuple[int, Holder]]:
    rows = (
        Appointment.objects.filter(post__unit_id__in=set(unit_ids), valid__contains=on)
        .select_related("person", "post__role")
        .order_by("post__unit_id", "post__rank", "id")
    )
    first: dict[int, int] = {}
    found = []
    for row in rows:
        post = row.post
        highest = first.setdefault(post.unit_id, post.rank)
        if post.rank == highest or Action.JUDGE_DUTY in post.role.actions:
            person = row.person
            titles = (post.title_vi, post.title_en)
            found.append((person.pk, Holder(post.unit_id, person.uid, person.full_name, *titles)))
    return found
