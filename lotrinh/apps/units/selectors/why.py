"""The reason for the answer of ``may``, found by the same tables and the same day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units.models import Appointment, HeldAs, Mandate, Placement, Purpose, Unit
from lotrinh.apps.units.selectors.rights import at_or_below, judged_at
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.actions import Action
from lotrinh.rules.why import Places, Reason, Why, Word

_ONE_DAY = timedelta(days=1)
_ORDER = list(Reason)


def why(*, user_id: int, action: Action, unit_id: int, on: date) -> Why:
    """Return why the account may or may not do ``action`` at the unit on that day.

    Says yes exactly where ``may`` does. Of several reasons the first of ``Reason`` is given.
    """
    user = User.objects.get(pk=user_id)
    target = _word(Unit.objects.get(pk=unit_id))
    path = judged_at(unit_id, on=on)
    found = [
        *_by_posts(user, action, path, on=on),
        *_by_mandates(user, action, path, on=on),
    ]
    if not user.is_active:
        return Why(Reason.ACCOUNT_CLOSED)
    if path is None:
        return Why(Reason.UNIT_NOWHERE, {"target": target})
    best = min(found, key=lambda one: _ORDER.index(one.reason), default=Why(Reason.NO_POST))
    return Why(best.reason, {**best.words, "target": target}, best.days)


def why_at(*, user_id: int, action: Action, places: Places, on: date) -> Why:
    """Return why the account may or may not do ``action`` to what is judged at these places.

    Where one place is enough the reason nearest to a yes, where all are asked the first refusal.
    """
    if places.for_everyone:
        is_active = User.objects.get(pk=user_id).is_active
        return Why(Reason.FOR_EVERYONE if is_active else Reason.ACCOUNT_CLOSED)
    answers = [
        why(user_id=user_id, action=action, unit_id=unit_id, on=on) for unit_id in places.units
    ]
    told = [answer for answer in answers if answer.allowed != places.all_of_them]
    return min(told or answers, key=lambda one: _ORDER.index(one.reason))


def _by_posts(user: User, action: Action, path: str | None, *, on: date) -> Iterator[Why]:
    held = (
        Appointment.objects.filter(person__user=user)
        .annotate(scope_path=_path_of("post__scope_id", on=on))
        .select_related("post__role", "post__unit", "post__scope", "lent_by")
    )
    for appointment in held.order_by("-valid"):
        yield _by_post(appointment, action, path, on=on)


def _by_post(held: Appointment, action: Action, path: str | None, *, on: date) -> Why:
    role, post = held.post.role, held.post
    words = {
        "post": (post.title_vi, post.title_en),
        "unit": _word(post.unit),
        "scope": _word(post.scope),
        "role": (role.name_vi, role.name_en),
    }
    scope = getattr(held, "scope_path", None)
    carried = action in role.actions and (held.actions is None or action in held.actions)
    covers = path is not None and scope is not None and at_or_below(path, scope)
    if on not in held.valid:
        if not (carried and covers) or role.purpose == Purpose.INSPECTION:
            return Why(Reason.NO_POST)
        if on < held.valid.lower:
            return Why(Reason.POST_NOT_BEGUN, words, {"since": held.valid.lower})
        return Why(Reason.POST_ENDED, words, {"last": held.valid.upper - _ONE_DAY})
    if role.purpose == Purpose.INSPECTION:
        return Why(Reason.NEEDS_MANDATE if action in role.actions else Reason.NOT_CARRIED, words)
    if scope is None:
        return Why(Reason.SCOPE_ENDED, words)
    if not carried:
        return Why(Reason.NOT_CARRIED if covers else Reason.NO_POST, words)
    if not covers:
        return Why(Reason.ELSEWHERE, words)
    if held.lent_by is not None and on not in held.lent_by.valid:
        return Why(Reason.LENDER_LEFT, words)
    if held.held_as == HeldAs.DELEGATED:
        return Why(Reason.BY_DELEGATION, words, {"last": held.valid.upper - _ONE_DAY})
    return Why(Reason.BY_POST, words, {"since": held.valid.lower})


def _by_mandates(user: User, action: Action, path: str | None, *, on: date) -> Iterator[Why]:
    held = (
        Mandate.objects.filter(people__user=user, valid__isempty=False)
        .annotate(scope_path=_path_of("scope_id", on=on))
        .select_related("role", "scope")
    )
    for mandate in held.order_by("-valid"):
        scope = getattr(mandate, "scope_path", None)
        covers = path is not None and scope is not None and at_or_below(path, scope)
        if action not in mandate.role.actions or not covers:
            continue
        basis = (mandate.legal_basis, mandate.legal_basis)
        words = {"basis": basis, "scope": _word(mandate.scope)}
        if on in mandate.valid:
            yield Why(Reason.BY_MANDATE, words, {"since": mandate.valid.lower})
        elif on < mandate.valid.lower:
            yield Why(Reason.MANDATE_NOT_BEGUN, words, {"since": mandate.valid.lower})
        else:
            yield Why(Reason.MANDATE_ENDED, words, {"last": mandate.valid.upper - _ONE_DAY})


def _path_of(unit_id: str, *, on: date) -> Subquery:
    """Return the path of the unit in the column ``unit_id`` on that day, None where it stands not.

    Rows bring it along, so that asking why costs the same for many posts as for one.
    """
    places = Placement.objects.filter(
        unit_id=OuterRef(unit_id), tree__code=MAIN_TREE, valid__contains=on
    )
    return Subquery(places.values("path")[:1])


def _word(unit: Unit) -> Word:
    return unit.name_vi, unit.name_en
