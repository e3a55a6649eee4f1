"""The city in which ``bench.simulation`` lets two years pass, and what happens to it meanwhile.

Built through the services: a city, districts, communes and what stands below these, each with an
officer; a planner at the city and in every district, who assigns and judges; a leader of the city,
who judges what is judged a level higher. In the second year officers leave and move, communes are
abolished into their neighbours, and two districts want to hear more often.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any
from uuid import uuid5

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.selectors import OwnCounting
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import services as units
from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Role, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.demo.simulation import Authority, Party, Years, at_nine
from lotrinh.rules.actions import Action

YEARS = Years(date(2022, 8, 1), date(2024, 7, 31))
_FOUNDED = date(2008, 8, 1)
_BY: dict[str, Any] = {"actor": SYSTEM, "at": at_nine(date(2022, 7, 1))}
_READS = (Action.READ_DOCUMENT, Action.READ_DUTY)
_OFFICER = (*_READS, Action.DO_DUTY)
_LEADER = (*_READS, Action.JUDGE_DUTY)
_UNITS_A_DISTRICT = 20
_BASIS = "Nghị quyết 12/NQ-HĐND"
_TEXT = "Giao các đơn vị trực thuộc xây dựng kế hoạch thực hiện, hoàn thành trong năm."


@dataclass(frozen=True, slots=True)
class City:
    """Who owes, to whom, and three accounts that ask what there is."""

    parties: tuple[Party, ...]
    authority: Authority
    districts: tuple[Authority, ...]
    communes: tuple[Party, ...]
    asking: dict[str, User]


class _Founding:
    """A city in the making."""

    def __init__(self) -> None:
        names: dict[str, Any] = {"name_vi": "Hệ thống chính trị", "name_en": "Political system"}
        self.tree = units.create_tree(code=MAIN_TREE, **names, **_BY)
        self.officer = _role("officer", _OFFICER)
        self.planner = _role("planner", tuple(Action))
        root = _unit("tp", self.tree, None)
        self.leader = _serve(_person("lanh-dao"), root, _role("leader", _LEADER))
        self.city = self.authority(root)

    def authority(self, unit: Unit) -> Authority:
        """Give a unit a planner and the document by which it assigns."""
        planner = _account(_serve(_person(f"chuyen-vien-{unit.code}"), unit, self.planner))
        return Authority(unit, planner, _account(self.leader), _document(unit, planner))

    def party(self, code: str, above: Unit, *owes: Authority) -> Party:
        """Found a unit with its officer."""
        unit = _unit(code, self.tree, above)
        person = _serve(_person(f"can-bo-{code}"), unit, self.officer)
        return Party(unit, person, _account(person), owes)


def build(*, many: int) -> City:
    """Found a city of so many units in four levels."""
    made = _Founding()
    heads = [
        made.party(f"quan-{n}", made.city.unit, made.city)
        for n in range(max(2, many // _UNITS_A_DISTRICT))
    ]
    districts = [made.authority(head.unit) for head in heads]
    left = many - 1 - len(heads)
    communes = [_below(made, f"xa-{n}", districts, n) for n in range(left // 2)]
    hamlets = [
        made.party(f"thon-{n}", above.unit, *above.owes)
        for n, above in zip(range(left - len(communes)), cycle(communes), strict=False)
    ]
    asking = {
        "leader of the city": _account(made.leader),
        "planner of a district": districts[0].planner,
        "officer of a commune": communes[0].user,
    }
    parties = (*heads, *communes, *hamlets)
    return City(parties, made.city, tuple(districts), tuple(communes), asking)


def _below(made: _Founding, code: str, districts: Sequence[Authority], number: int) -> Party:
    district = districts[number % len(districts)]
    return made.party(code, district.unit, made.city, district)


def change(city: City, *, on: date, seed: int) -> dict[str, int]:
    """Let officers leave and move, and communes end, from that day; return how many did.

    The commune that asks, and what its officer does, stays.
    """
    chance = random.Random(f"{seed}/{on}")
    going = chance.sample([*city.communes[1:], *city.parties[-len(city.communes) :]], _share(city))
    leaving, moving = going[::2], going[1::2]
    by: dict[str, Any] = {"actor": city.authority.planner.named, "at": at_nine(on)}
    moved = left = ended = 0
    for party in going:
        held = Appointment.objects.filter(person=party.person, valid__contains=on)
        for appointment in held.select_related("post__role"):
            units.end_appointment(appointment=appointment, until=on, **by)
            left += party in leaving
            if party in moving:
                moved += 1
                post = _post(chance.choice(city.districts).unit, appointment.post.role)
                units.appoint(person=party.person, post=post, since=on, **by)
    for party in chance.sample(city.communes[1:], max(1, len(city.communes) // 100)):
        ended += _abolish(city, party, on)
    return {"left": left, "moved": moved, "abolished": ended}


def say_rhythm(city: City, *, on: date) -> None:
    """Let two districts want to hear each fortnight, one of them after a single silent one."""
    for number, periods in enumerate((None, 1)):
        unit = city.districts[number].unit
        duties.set_counting(
            unit=unit,
            own=OwnCounting(report_days=14, silent_periods=periods),
            since=on,
            read=None,
            user=city.authority.planner,
            client_key=uuid5(unit.uid, str(on)),
            on=on,
            at=at_nine(on),
        )


def _share(city: City) -> int:
    return max(2, len(city.parties) // 20)


def _abolish(city: City, party: Party, on: date) -> int:
    """End a commune in favour of its district, unless it has ended; what is below it moves."""
    here = Placement.objects.filter(valid__contains=on)
    for place in here.filter(parent=party.unit).select_related("unit", "tree"):
        heir = city.communes[0].unit
        units.move_unit(unit=place.unit, tree=place.tree, parent=heir, **_order(city, on))
    if not here.filter(unit=party.unit).exists():
        return 0
    units.abolish_unit(unit=party.unit, receiver=party.owes[-1].unit, **_order(city, on))
    return 1


def _order(city: City, on: date) -> dict[str, Any]:
    told = {"day": on, "on": on, "at": at_nine(on), "legal_basis": _BASIS}
    return {**told, "user": city.authority.planner}


def _role(code: str, actions: Iterable[Action]) -> Role:
    return units.define_role(code=code, name_vi=code, name_en=code, actions=actions, **_BY)


def _unit(code: str, tree: Tree, parent: Unit | None) -> Unit:
    unit = units.create_unit(code=code, kind="commune", name_vi=code, name_en=code, **_BY)
    units.place_unit(unit=unit, tree=tree, parent=parent, since=_FOUNDED, **_BY)
    return unit


def _person(name: str) -> Person:
    user = accounts.create_user(sign_in_name=name, password=None, language="vi", **_BY)
    return units.register_person(full_name=f"Người {name}", user=user, **_BY)


def _account(person: Person) -> User:
    if person.user is None:
        raise LookupError(str(person.uid))
    return person.user


def _serve(person: Person, unit: Unit, role: Role) -> Person:
    units.appoint(person=person, post=_post(unit, role), since=date(2020, 1, 1), **_BY)
    return person


def _post(unit: Unit, role: Role) -> Post:
    return units.create_post(unit=unit, role=role, title_vi="Cán bộ", title_en="Officer", **_BY)


def _document(unit: Unit, planner: User) -> Rendition:
    document = registry.register_document(
        identity=Identity("state", "KH", f"{unit.pk}/KH-UBND", issued_on=date(2022, 7, 1)),
        title="Kế hoạch thực hiện nghị quyết",
        language="vi",
        keeper=unit,
        user=planner,
        on=date(2022, 7, 1),
        at=_BY["at"],
    )
    return registry.add_rendition(
        document=document,
        kind="original",
        language="vi",
        text=_TEXT,
        blob=None,
        source_name="ke-hoach.txt",
        **_BY,
    )
