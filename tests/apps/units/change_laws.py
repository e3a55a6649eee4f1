"""One law of changes for random deeds: the tables say on every day what the plainest model says.

The model is made anew from the deeds that stand: for every day who stands under whom and under
which name, and who answers for whom. Deeds come in any order of days, while days pass; what a
service refuses leaves no trace; what is taken back was never done. Duties are issued on the way:
from its day on each is answered for, on every day, by exactly one unit, which stands.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotrinh.apps.duties import selectors as owed
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Change, Placement, Succession, Unit
from lotrinh.apps.units.services.changes import Follows
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import Refused
from lotrinh.rules.succession import ChangeKind
from tests.factories import (
    NOW,
    TODAY,
    act,
    an_assignment,
    key,
    make_document,
    make_officer,
    make_person,
    make_post,
    make_rendition,
    make_role,
    make_tree,
    make_unit,
)

pytestmark = pytest.mark.django_db

DAYS = [TODAY + timedelta(days=number) for number in range(-1, 5)]
REFUSALS = (
    Refused,
    services.WrongSuccession,
    services.ParentNotInForce,
    services.ChangeNotAllowed,
    services.ChangeReached,
    services.NobodyDefines,
    services.PostStandsNowhere,
    services.AppointingNotAllowed,
    duties.DutyNotClear,
    duties.NotAllowed,
)
VERBS = ["establish", "rename", "move", "abolish", "merge", "split", "undo", "undo", "owe", "owe"]
VERBS += ["wait"]

deeds = st.lists(
    st.tuples(
        st.sampled_from(VERBS), st.integers(0, 7), st.integers(0, 7), st.sampled_from(DAYS[2:])
    ),
    min_size=4,
    max_size=14,
)


@dataclass(slots=True)
class Deed:
    """Something that was done, as the model remembers it."""

    verb: str
    units: tuple[int, ...]
    targets: tuple[int, ...]
    day: date
    name: str
    change: Change


class Model:
    """What stands on each day, worked out from the first tree and the deeds alone."""

    def __init__(self, first: dict[int, tuple[int | None, str]], done: list[Deed]) -> None:
        self.parents = {day: {unit: held[0] for unit, held in first.items()} for day in DAYS}
        self.names = {day: {unit: held[1] for unit, held in first.items()} for day in DAYS}
        self.heirs: dict[int, tuple[date, int]] = {}
        for deed in done:
            for day in DAYS:
                if day >= deed.day:
                    self._follow(deed, day)
            if deed.verb in {"abolish", "merge", "split"}:
                self.heirs |= dict.fromkeys(deed.units, (deed.day, deed.targets[0]))

    def _follow(self, deed: Deed, day: date) -> None:
        for unit in deed.units:
            if deed.verb == "establish":
                self.parents[day][unit] = deed.targets[0]
                self.names[day][unit] = deed.name
            elif deed.verb == "move" and unit in self.parents[day]:
                self.parents[day][unit] = deed.targets[0]
            elif deed.verb == "rename":
                self.names[day][unit] = deed.name
            elif deed.verb in {"abolish", "merge", "split"}:
                self.parents[day].pop(unit, None)

    def chain(self, unit: int, day: date) -> tuple[int, ...]:
        """Return the way from the root to the unit."""
        parent = self.parents[day][unit]
        return (*(self.chain(parent, day) if parent is not None else ()), unit)

    def answers(self, unit: int, day: date) -> int:
        """Return who answers that day for a unit."""
        for _ in range(20):
            if unit not in self.heirs or self.heirs[unit][0] > day:
                return unit
            unit = self.heirs[unit][1]
        raise AssertionError("units answer for each other")


class World:
    """A small city, an officer of the whole, one of a part, and everything that is done."""

    def __init__(self) -> None:
        city = make_unit("city")
        parts = [make_unit(f"part{number}", parent=city) for number in range(2)]
        leaves = [make_unit(f"leaf{number}", parent=parts[number]) for number in range(2)]
        self.units = [city, *parts, *leaves]
        self.first = {
            unit.pk: (parent.pk if parent else None, unit.name_vi)
            for unit, parent in zip(self.units, [None, city, city, *parts], strict=True)
        }
        self.officer = make_officer(city)
        self.of_part = make_officer(parts[0])
        self.clerk = make_role("clerk", actions=[Action.READ_DUTY])
        self.tree = make_tree()
        self.done: list[Deed] = []
        self.duties: list[Duty] = []
        self.rendition = make_rendition(make_document(keeper=city, user=self.officer))
        self.today = TODAY
        self.tried = 0

    def do(self, verb: str, one: int, other: int, day: date) -> bool:
        """Try a deed; say whether it was allowed."""
        self.tried += 1
        try:
            with transaction.atomic():
                if verb == "wait":
                    self.today = min(self.today + timedelta(days=1), DAYS[-1])
                    return True
                if verb == "undo":
                    return self._undo(one)
                if verb == "owe":
                    self.duties.append(self._owe(self.units[one % len(self.units)]))
                    return True
                deed = self._deed(verb, one, other, day)
        except REFUSALS:
            return False
        self.done.append(deed)
        return True

    def _undo(self, which: int) -> bool:
        if not self.done:
            return False
        deed = self.done[which % len(self.done)]
        services.undo_change(change=deed.change, user=self.officer, on=self.today, at=NOW)
        self.done.remove(deed)
        return True

    def _owe(self, unit: Unit) -> Duty:
        """Let somebody serve in the unit from today, and give both a duty."""
        place = selectors.place_of(unit_id=unit.pk, on=self.today)
        held = services.fill_post(
            person=make_person(),
            post=make_post(unit, role=self.clerk),
            acting=False,
            since=self.today,
            until=place.until if place else None,
            legal_basis="Quyết định số 1",
            client_key=key(),
            user=self.officer,
            on=self.today,
            at=NOW,
        )
        by = {"user": self.officer, "on": self.today, "at": NOW}
        passage = duties.Passage(rendition=self.rendition, start=0, end=5)
        draft = duties.draft_duty(
            assignment=an_assignment(unit, held.person),
            owed_to=self.units[0],
            passage=passage,
            **by,
        )
        return duties.issue_duty(
            duty_id=draft.pk, act=act(self.officer, draft.version, on=self.today)
        )

    def _deed(self, verb: str, one: int, other: int, day: date) -> Deed:
        unit, target = (self.units[place % len(self.units)] for place in (one, other))
        third = self.units[(one + other + 1) % len(self.units)]
        name = f"Tên {self.tried}"
        told = {"day": day, "legal_basis": "Nghị quyết số 1", "at": NOW}
        by = {"user": self.officer, "on": self.today, **told}
        if verb == "establish":
            names = {"code": f"new{self.tried}", "kind": "commune", "name_vi": name, "name_en": "N"}
            change = services.establish_unit(**names, tree=self.tree, parent=target, **by)
            unit = Unit.objects.get(code=names["code"])
            self.units.append(unit)
            return Deed(verb, (unit.pk,), (target.pk,), day, name, change)
        if verb == "rename":
            change = services.rename_unit(unit=unit, name_vi=name, name_en="N", **by)
            return Deed(verb, (unit.pk,), (), day, name, change)
        if verb == "move":
            change = services.move_unit(unit=unit, tree=self.tree, parent=target, **by)
            return Deed(verb, (unit.pk,), (target.pk,), day, name, change)
        if verb == "abolish":
            change = services.abolish_unit(unit=unit, receiver=target, **by)
            return Deed(verb, (unit.pk,), (target.pk,), day, name, change)
        gone, targets = ([unit, third], [target]) if verb == "merge" else ([unit], [target, third])
        change = services.change_organisation(
            kind=ChangeKind(verb),
            follows=[
                Follows(left, heir, answers=heir is targets[0]) for left in gone for heir in targets
            ],
            ending=gone,
            actor=self.officer.named,
            **told,
        )
        ids = tuple(left.pk for left in gone), tuple(heir.pk for heir in targets)
        return Deed(verb, *ids, day, name, change)


def wrong_with(world: World, days: list[date] = DAYS) -> list[str]:
    """Return where the tables and the model differ on any of the days."""
    model, found = Model(world.first, world.done), []
    for day in days:
        placed = {unit.id: unit for unit in selectors.tree_on(on=day)}
        if set(placed) != set(model.parents[day]):
            found.append(f"{day}: others stand: {set(placed) ^ set(model.parents[day])}")
            continue
        for unit in placed.values():
            if unit.path != model.chain(unit.id, day):
                found.append(f"{day}: path of {unit.code}")
            if unit.name_vi != model.names[day][unit.id]:
                found.append(f"{day}: name of {unit.code}")
        begun = {unit for each in DAYS if each <= day for unit in model.parents[each]}
        heirs = selectors.answerable_for(begun, on=day)
        for unit_id, heir in heirs.items():
            if heir != model.answers(unit_id, day) or heir not in placed:
                found.append(f"{day}: {heir} answers for {unit_id}")
        found += _wrong_rights(world, day)
        found += _wrong_duties(world, model, day)
    return found


def _wrong_duties(world: World, model: Model, day: date) -> list[str]:
    """Return the duties of that day that not exactly one unit answers for, one that stands."""
    found = []
    bound = [duty for duty in world.duties if duty.issued_on <= day]
    with selectors.rights_asked_once():
        standing = {unit.id for unit in selectors.tree_on(on=day)}
        taken = {unit: selectors.answered_for_by(unit, on=day) for unit in standing}
        counted = owed.open_by_unit(as_of=day, seen_by=world.officer.pk, on=world.today)
    for duty in bound:
        answering = [unit for unit, sources in taken.items() if duty.unit_id in sources]
        if answering != [model.answers(duty.unit_id, day)]:
            found.append(f"{day}: {answering} answer for duty {duty.pk} of {duty.unit_id}")
    if not set(counted) <= standing:
        found.append(f"{day}: duties are counted with {set(counted) - standing}")
    if sum(still_open for still_open, _ in counted.values()) != len(bound):
        found.append(f"{day}: {counted} are not {len(bound)} duties")
    return found


def _wrong_rights(world: World, day: date) -> list[str]:
    """Return where what may be done is not what is in reach."""
    found = []
    for user in (world.officer, world.of_part):
        reach = selectors.reach(user_id=user.pk, action=Action.READ_DUTY, on=day)
        for unit in world.units:
            asked = {"user_id": user.pk, "action": Action.READ_DUTY, "unit_id": unit.pk, "on": day}
            if selectors.may(**asked) != (unit.pk in reach):
                found.append(f"{day}: {user} may at {unit.code} and it is not in reach, or not")
    return found


def keep_the_law(told: list[tuple[str, int, int, date]]) -> None:
    """Do the deeds, hold the tables to the model, take back what can be, and look again."""
    with transaction.atomic():
        world = World()
        for deed in told:
            world.do(*deed)
        assert wrong_with(world) == []
        for place in reversed(range(len(world.done))):
            world.do("undo", place, 0, DAYS[-1])
        assert wrong_with(world, DAYS[::2]) == []
        transaction.set_rollback(True)


_ANY = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=3, **_ANY)
@given(deeds)
def test_the_tables_say_on_every_day_what_the_model_says(told):
    keep_the_law(told)


@pytest.mark.slow
@settings(max_examples=100, **_ANY)
@given(deeds)
def test_the_tables_say_so_for_many_histories(told):
    keep_the_law(told)


def test_a_duty_that_nobody_answers_for_is_found(db):
    world = World()
    assert world.do("owe", 3, 0, DAYS[2])
    assert world.do("abolish", 3, 2, DAYS[3])
    assert wrong_with(world) == []

    Succession.objects.all().delete()

    told = [line for line in wrong_with(world) if "duty" in line or "duties" in line]
    assert [line.split(":")[0] for line in told] == [str(day) for day in DAYS[3:] for _ in range(2)]


def test_a_place_that_is_not_as_the_model_says_is_found(db):
    world = World()
    assert world.do("move", 3, 2, DAYS[3])
    assert wrong_with(world) == []

    Placement.objects.filter(unit=world.units[4]).update(parent=world.units[0], path="1.99")

    assert wrong_with(world) != []
