"""The one answer to "may this account do this there on that day?", and the reason for it.

A right comes from a post held on the day (appointed, acting or lent) or from a mandate in force. It
holds at every unit that stands on that day at or below the scope. A unit that has ended is judged
where the unit stands that answers for it, so that its papers go where its duties went; where nobody
answers, it is judged where it last stood.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from lotrinh.apps.units.models import Appointment, Mandate, Placement, Purpose, Role
from lotrinh.apps.units.selectors.asked import Asked, Scopes, asked_here
from lotrinh.apps.units.selectors.changes import answerable_for, heirs_by
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.actions import Action
from lotrinh.rules.succession import answering


def may(*, user_id: int, action: Action, unit_id: int, on: date) -> bool:
    """Say whether the account may do ``action`` at the unit on that day."""
    if asked_here() is not None:
        return unit_id in reach(user_id=user_id, action=action, on=on)
    scopes = _scopes(user_id=user_id, on=on).get(action, ())
    path = judged_at(unit_id, on=on)
    return path is not None and any(at_or_below(path, scope) for scope in scopes)


def reach(*, user_id: int, action: Action, on: date) -> frozenset[int]:
    """Return the ids of all units at which ``may`` would say yes for that action and day."""
    asked = asked_here() or Asked()
    if (user_id, on) not in asked.scopes:
        asked.scopes[user_id, on] = _scopes(user_id=user_id, on=on)
    paths = asked.scopes[user_id, on].get(action, ())
    if (paths, on) not in asked.reached:
        asked.reached[paths, on] = frozenset(_reached(paths, on=on)) if paths else frozenset()
    return asked.reached[paths, on]


def may_throughout(*, user_id: int, action: Action, on: date) -> bool:
    """Say whether the account may do ``action`` at the root of the main tree, and so everywhere."""
    root = Placement.objects.filter(tree__code=MAIN_TREE, parent=None, valid__contains=on).first()
    return root is not None and may(user_id=user_id, action=action, unit_id=root.unit_id, on=on)


def judged_at(unit_id: int, *, on: date) -> str | None:
    """Return the path at which rights over the unit are judged that day; None: nowhere."""
    places = Placement.objects.filter(tree__code=MAIN_TREE, valid__startswith__lte=on)
    latest = places.filter(unit_id=unit_id).order_by("-valid__startswith").first()
    if latest is not None and on in latest.valid:
        return str(latest.path)
    heir = answerable_for([unit_id], on=on)[unit_id]
    if heir != unit_id:
        standing = places.filter(unit_id=heir, valid__contains=on).first()
        if standing is not None:
            return str(standing.path)
    return str(latest.path) if latest is not None else None


def role_by_code(code: str) -> Role | None:
    """Return the role with this code, or None."""
    return Role.objects.filter(code=code).first()


def roles() -> tuple[Role, ...]:
    """Return every role, in the order in which they were defined."""
    return tuple(Role.objects.order_by("pk"))


def mandates_held(*, user_id: int, on: date) -> tuple[Mandate, ...]:
    """Return the mandates by which an account inspects that day."""
    found = Mandate.objects.filter(people__user_id=user_id, valid__contains=on)
    return tuple(found.select_related("scope", "role").order_by("pk"))


def appointments_in_force(*, on: date) -> Q:
    """Return the condition on appointments that they give rights that day.

    An account that is closed gives none, what is lent ends with the lender, and a post for
    inspection needs a mandate.
    """
    lender_holds = Q(lent_by__isnull=True) | Q(lent_by__valid__contains=on)
    return (
        lender_holds
        & Q(valid__contains=on, person__user__is_active=True)
        & ~Q(post__role__purpose=Purpose.INSPECTION)
    )


def _scopes(*, user_id: int, on: date) -> Scopes:
    """Return what the account may do on that day, and below which paths."""
    paths: dict[str, set[str]] = {}
    for actions, path in _rights(user_id=user_id, on=on):
        for action in actions:
            paths.setdefault(action, set()).add(path)
    return {action: tuple(sorted(found)) for action, found in paths.items()}


def _rights(*, user_id: int, on: date) -> Iterator[tuple[Iterable[str], str]]:
    """Give what every post and mandate of the account carries, with the path of its scope."""
    held = Appointment.objects.filter(
        appointments_in_force(on=on),
        person__user_id=user_id,
        post__scope__placements__tree__code=MAIN_TREE,
        post__scope__placements__valid__contains=on,
    ).values_list("post__role__actions", "actions", "post__scope__placements__path")
    for carried, lent, path in held:
        yield (carried if lent is None else set(carried) & set(lent)), path
    mandates = Mandate.objects.filter(
        people__user_id=user_id,
        people__user__is_active=True,
        valid__contains=on,
        scope__placements__tree__code=MAIN_TREE,
        scope__placements__valid__contains=on,
    )
    yield from mandates.values_list("role__actions", "scope__placements__path")


def _reached(paths: Iterable[str], *, on: date) -> Iterator[int]:
    """Give the units below the paths, and the ended ones that are judged there."""
    scopes = tuple(paths)
    places = Placement.objects.filter(tree__code=MAIN_TREE, valid__startswith__lte=on)
    here = set(places.filter(_below(scopes), valid__contains=on).values_list("unit_id", flat=True))
    yield from here
    ended = _ended(places, on=on)
    heirs = heirs_by(on=on)
    answerers = {unit_id: answering(unit_id, on, heirs) for unit_id in ended}
    stand = set(
        places.filter(unit_id__in=set(answerers.values()), valid__contains=on).values_list(
            "unit_id", flat=True
        )
    )
    for unit_id, last_path in ended.items():
        heir = answerers[unit_id]
        if heir in here or (
            heir not in stand and any(at_or_below(last_path, scope) for scope in scopes)
        ):
            yield unit_id


def _below(paths: Iterable[str]) -> Q:
    """Return the condition "at or below one of these paths"; no path means nowhere."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__within=path)
    return condition


def _ended(places: QuerySet[Placement], *, on: date) -> dict[int, str]:
    """Return the last path of every unit that stood once and does not stand that day."""
    past = places.filter(valid__endswith__lte=on).order_by("valid__startswith")
    last = dict(past.values_list("unit_id", "path"))
    still = places.filter(unit_id__in=last.keys(), valid__contains=on)
    for unit_id in still.values_list("unit_id", flat=True):
        del last[unit_id]
    return last


def at_or_below(path: str, scope: str) -> bool:
    """Say whether a path leads to the scope or below it."""
    return path == scope or path.startswith(f"{scope}.")
