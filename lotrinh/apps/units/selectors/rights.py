"""The one answer to "may this account do this there on that day?", and the reason for it.

A right comes from a post held on the day (appointed, acting or lent) or from a mandate in force. It
holds at every unit that stands on that day at or below the scope. A unit that has ended is judged
where the unit stands that answers for it, so that its papers go where its duties went; where nobody
answers, it is judged where it last stood.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import Q

from lotrinh.apps.journal.statements import SOME_DAY, SOME_ID, ask, worded
from lotrinh.apps.units.models import Change, Mandate, Placement, Role
from lotrinh.apps.units.selectors.asked import Asked, Inspection, KnownAs, Scopes, asked_here
from lotrinh.apps.units.selectors.ended import ended_units
from lotrinh.apps.units.selectors.held import Right, learn, rights_held, who_is
from lotrinh.apps.units.selectors.trees import MAIN_TREE
from lotrinh.rules.actions import Action


def may(*, user_id: int, action: Action, unit_id: int, on: date) -> bool:
    """Say whether the account may do ``action`` at the unit on that day."""
    asked = asked_here() or Asked(is_page=False)
    if asked.is_page:
        return unit_id in reach(user_id=user_id, action=action, on=on)
    scopes = _scopes_asked(asked, user_id=user_id, on=on).get(action, ())
    if (unit_id, on) not in asked.judged:
        asked.judged[unit_id, on] = judged_at(unit_id, on=on)
    path = asked.judged[unit_id, on]
    return path is not None and any(at_or_below(path, scope) for scope in scopes)


def reach(*, user_id: int, action: Action, on: date) -> frozenset[int]:
    """Return the ids of all units at which ``may`` would say yes for that action and day."""
    asked = asked_here() or Asked()
    paths = _scopes_asked(asked, user_id=user_id, on=on).get(action, ())
    if (paths, on) not in asked.reached:
        asked.reached[paths, on] = _reached(asked, paths, on=on)
    return asked.reached[paths, on]


def scopes_reached(
    *, user_id: int, on: date
) -> tuple[
    frozenset[tuple[str, tuple[str, ...]]], frozenset[tuple[tuple[str, ...], frozenset[int]]]
]:
    """Return by action the paths of an account's scopes, and by these paths what it reaches."""
    asked = asked_here() or Asked()
    scopes = _scopes_asked(asked, user_id=user_id, on=on)
    reached = set()
    for paths in set(scopes.values()):
        if (paths, on) not in asked.reached:
            asked.reached[paths, on] = _reached(asked, paths, on=on)
        reached.add((paths, asked.reached[paths, on]))
    return frozenset(scopes.items()), frozenset(reached)


def may_throughout(*, user_id: int, action: Action, on: date) -> bool:
    """Say whether the account may do ``action`` at the root of the main tree, and so everywhere."""
    root = Placement.objects.filter(tree__code=MAIN_TREE, parent=None, valid__contains=on).first()
    return root is not None and may(user_id=user_id, action=action, unit_id=root.unit_id, on=on)


def judged_at(unit_id: int, *, on: date) -> str | None:
    """Return the path at which rights over the unit are judged that day; None: nowhere."""
    standing = ask(_place_of_unit(), about=unit_id, on=on)
    return standing[0][0] if standing else ended_units(on=on).judged.get(unit_id)


@cache
def _place_of_unit() -> str:
    """Return how it is asked where a unit stands: every act asks, and of each unit it touches."""
    standing = Placement.objects.filter(
        tree__code=MAIN_TREE, unit_id=SOME_ID, valid__contains=SOME_DAY
    )
    return worded(*standing.values_list("path").query.sql_with_params())


def may_change(*, change: Change, user_id: int, on: date) -> bool:
    """Say whether the account may take a change back: at every unit that it touches."""
    touched = change.units.values_list("pk", flat=True)
    return all(
        may(user_id=user_id, action=Action.CHANGE_UNIT, unit_id=unit_id, on=on)
        for unit_id in asked_in_place_of(touched, on=on)
    )


def asked_in_place_of(unit_ids: Iterable[int], *, on: date) -> set[int]:
    """Return at which units a change of these is asked for: one still to begin has a superior."""
    asked: set[int] = set()
    wanted = set(unit_ids)
    while wanted:
        first: dict[int, Placement] = {}
        for place in Placement.objects.filter(unit_id__in=wanted).order_by("valid"):
            first.setdefault(place.unit_id, place)
        later = {pk: place for pk, place in first.items() if place.valid.lower > on}
        asked |= wanted - later.keys() | {pk for pk, place in later.items() if not place.parent_id}
        wanted = {place.parent_id for place in later.values() if place.parent_id}
    return asked


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


def goes_on(*, on: date) -> Q:
    """Return the condition on appointments and mandates that they hold on that day or later.

    A mandate that was withdrawn before it began has no days at all and does not go on.
    """
    open_ended = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on)
    return open_ended & Q(valid__isempty=False)


def inspections(*, user_id: int, on: date) -> tuple[Inspection, ...]:
    """Return by which mandates an account inspects that day."""
    asked = asked_here()
    if asked is not None and (user_id, on) in asked.inspecting:
        return asked.inspecting[user_id, on]
    held = mandates_held(user_id=user_id, on=on)
    return tuple(Inspection(mandate.uid, mandate.scope.uid) for mandate in held)


def acts_for(*, user_id: int, on: date) -> frozenset[int]:
    """Return the units for which the account acts that day by its office, not from above.

    Those in which it holds a post, and those with which the reach of a post begins: an office that
    works for the whole city acts for the city, and only oversees the units below.
    """
    asked = asked_here() or Asked(is_page=False)
    _scopes_asked(asked, user_id=user_id, on=on)
    return asked.acting[user_id, on]


def known_as(*, user_id: int, on: date) -> KnownAs | None:
    """Return as whom the account is known that day, by the post that ``first_post`` gives."""
    asked = asked_here() or Asked(is_page=False)
    if asked.is_page:
        _scopes_asked(asked, user_id=user_id, on=on)
    if (user_id, on) not in asked.known_as:
        asked.known_as[user_id, on] = who_is(user_id=user_id, on=on)
    return asked.known_as[user_id, on]


def _scopes_asked(asked: Asked, *, user_id: int, on: date) -> Scopes:
    """Return what the account may do on that day, asked for once."""
    if (user_id, on) not in asked.scopes:
        asked.scopes[user_id, on] = _scopes(asked, user_id=user_id, on=on)
    return asked.scopes[user_id, on]


def _scopes(asked: Asked, *, user_id: int, on: date) -> Scopes:
    """Return what the account may do on that day, and below which paths."""
    held = _learnt(asked, user_id, on) if asked.is_page else rights_held(user_id=user_id, on=on)
    paths: dict[str, set[str]] = {}
    inspecting: list[Inspection] = []
    acting: set[int] = set()
    for carried, lent, path, mandate, scope, *own in held:
        acting.update(unit_id for unit_id in own if unit_id is not None)
        if path is None:
            continue
        if mandate is not None and scope is not None:
            inspecting.append(Inspection(mandate, scope))
        for action in carried if lent is None else set(carried) & set(lent):
            paths.setdefault(action, set()).add(path)
    asked.inspecting[user_id, on] = tuple(inspecting)
    asked.acting[user_id, on] = frozenset(acting)
    return {action: tuple(sorted(found)) for action, found in paths.items()}


def _learnt(asked: Asked, user_id: int, on: date) -> list[Right]:
    """Return ``rights_held``, and note what a page learns beside it."""
    found = learn(user_id=user_id, on=on)
    if found is None:
        return []
    asked.below |= {(path, on): unit_ids for path, unit_ids in found.below.items()}
    asked.ended[on] = found.ended
    asked.known_as[user_id, on] = found.known_as
    return found.rights


def _reached(asked: Asked, paths: tuple[str, ...], *, on: date) -> frozenset[int]:
    """Return the units below the paths, and the ended ones that are judged there."""
    if not paths:
        return frozenset()
    reached: set[int] = set()
    for path in paths:
        if (path, on) not in asked.below:
            asked.below[path, on] = _standing_below(path, on=on)
        reached |= asked.below[path, on]
    if on not in asked.ended:
        asked.ended[on] = ended_units(on=on)
    for unit_id, path in asked.ended[on].judged.items():
        if any(at_or_below(path, scope) for scope in paths):
            reached.add(unit_id)
    return frozenset(reached)


def _standing_below(path: str, *, on: date) -> frozenset[int]:
    """Return the units that stand that day at or below a path."""
    standing = Placement.objects.filter(path__within=path, tree__code=MAIN_TREE, valid__contains=on)
    return frozenset(standing.values_list("unit_id", flat=True))


def at_or_below(path: str, scope: str) -> bool:
    """Say whether a path leads to the scope or below it."""
    return path == scope or path.startswith(f"{scope}.")
