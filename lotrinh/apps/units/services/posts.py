"""Acts on posts themselves: a unit gets one from a day on, and it ends with one.

Whoever opens a post decides what its holders will be able to do, so the right is that of filling
it. A post ends only when nobody holds it any more: who leaves, and when, is decided first.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units.models import Change, Post, Role, Unit
from lotrinh.apps.units.selectors.posts import held_after
from lotrinh.apps.units.selectors.trees import last_place_of, place_of
from lotrinh.apps.units.services.appointing import (
    BasisMissing,
    EndedBefore,
    PostStandsNowhere,
    require_appointing,
)
from lotrinh.apps.units.services.change_rows import end_with_unit
from lotrinh.apps.units.services.people import EndsBeforeItBegins, create_post
from lotrinh.apps.units.services.turns import await_organisation


class ScopeStandsNowhere(Exception):
    """The unit that a post or a mandate shall reach does not stand on its first day."""


class PostHeld(Exception):
    """Somebody holds the post on that day or later."""


class PostInChange(Exception):
    """A planned change has cut short the post or who holds it, and could still be undone."""


@transaction.atomic
def open_post(
    *,
    unit: Unit,
    scope: Unit,
    role: Role,
    title_vi: str,
    title_en: str,
    since: date,
    legal_basis: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Post:
    """Give a unit a post from ``since`` on, behind those that it has. The same key makes one post.

    Where the unit's end is known the post ends with it. Raises AppointingNotAllowed, BasisMissing,
    PostStandsNowhere, ScopeStandsNowhere.
    """
    await_organisation()
    require_appointing(post=Post(unit=unit, scope=scope, role=role), user=user, on=on)
    known = Post.objects.filter(client_key=client_key).first()
    if known is not None:
        return known
    if not legal_basis.strip():
        raise BasisMissing(unit.code)
    last = last_place_of(unit_id=unit.pk)
    ends = last.until if last is not None else None
    if place_of(unit_id=unit.pk, on=since) is None:
        raise PostStandsNowhere(since, ends)
    if place_of(unit_id=scope.pk, on=since) is None:
        raise ScopeStandsNowhere(scope.code)
    highest = Post.objects.filter(unit=unit).aggregate(rank=Max("rank"))["rank"]
    post = create_post(
        unit=unit,
        scope=scope,
        role=role,
        title_vi=title_vi,
        title_en=title_en,
        rank=0 if highest is None else highest + 1,
        since=since,
        legal_basis=legal_basis.strip(),
        client_key=client_key,
        actor=user.named,
        at=at,
    )
    if ends is not None:
        end_with_unit(table="post", row=post, day=ends)
        post.refresh_from_db(fields=["valid"])
    return post


@transaction.atomic
def end_post(*, post: Post, until: date, user: User, on: date, at: datetime) -> Post:
    """Let a post end; ``until`` is the first day on which it is there no more.

    What ended before ``on`` is history and stays. Ending twice on one day is ending once. Raises
    AppointingNotAllowed, EndedBefore, EndsBeforeItBegins, PostHeld, PostInChange.
    """
    await_organisation()
    held = (
        Post.objects.select_for_update(of=("self",)).select_related("role", "unit").get(pk=post.pk)
    )
    require_appointing(post=held, user=user, on=on)
    first, last = held.valid.lower, held.valid.upper
    if last == until:
        _check_changes(held, on=on)
        return held
    if last is not None and (last <= on or last < until):
        raise EndedBefore(last.isoformat())
    if first is not None and until <= first:
        raise EndsBeforeItBegins(f"{first} to {until}")
    if held_after(post=held, day=until):
        raise PostHeld(str(held.uid))
    _check_changes(held, on=on)
    held.valid = DateRange(first, until)
    held.save(update_fields=["valid"])
    journal.record(
        "post.ended",
        held.named,
        actor=user.named,
        at=at,
        unit_uid=held.unit.uid,
        data={"until": until.isoformat()},
    )
    return held


def _check_changes(post: Post, *, on: date) -> None:
    """Refuse where undoing a planned change would let somebody hold the post for longer."""
    appointments = set(post.appointments.values_list("pk", flat=True))
    planned = Change.objects.filter(undone_at=None, day__gt=on, units=post.unit)
    for change in planned:
        cut = {(row["table"], row["id"]) for row in change.ended}
        if ("post", post.pk) in cut or {("appointment", pk) for pk in appointments} & cut:
            raise PostInChange(change.day.isoformat())
