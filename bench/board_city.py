"""The city of which `bench.board` asks: 618 units with their officers, and as many duties as asked.

A part of the duties is overdue, a part silent, a few have an owner who sits elsewhere; in one of
five another unit takes part.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty, DutyPart
from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Role, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.parts import Part

UNITS = 618
ON = date(2024, 8, 7)
_FIRST = date(2020, 1, 1)
_AT = datetime(2024, 8, 7, tzinfo=UTC)
_DISTRICTS, _SEED = 30, 20240807
_STATES = {
    DutyState.DONE: 50,
    DutyState.ACCEPTED: 30,
    DutyState.ISSUED: 14,
    DutyState.CLAIMED: 1,
    DutyState.CANCELLED: 5,
}
_VERBS = ("Xây dựng kế hoạch", "Rà soát", "Hoàn thiện", "Báo cáo kết quả", "Tổ chức kiểm tra")
_THINGS = (
    "quy hoạch đô thị",
    "an sinh xã hội",
    "chuyển đổi số",
    "cải cách hành chính",
    "quản lý đất đai",
    "thu ngân sách",
    "y tế cơ sở",
    "đầu tư công",
)


@dataclass(frozen=True, slots=True)
class City:
    """The accounts that ask, the units, and by unit the officer in charge of its duties."""

    at_root: User
    at_leaf: User
    ids: tuple[int, ...]
    officers: dict[int, int]


def fill() -> City:
    """Write a city of districts and wards, with a reader at the root and one at a ward."""
    tree = Tree.objects.create(code=MAIN_TREE, name_vi="Cây", name_en="Tree")
    units = Unit.objects.bulk_create(
        Unit(code=f"u{n}", kind="commune", name_vi=f"Xã {n}", name_en=f"{n}", sort_key=f"{n}")
        for n in range(UNITS)
    )
    root, districts = units[0], units[1 : 1 + _DISTRICTS]
    paths = {root.pk: (None, str(root.pk))}
    paths |= {one.pk: (root.pk, f"{root.pk}.{one.pk}") for one in districts}
    for n, one in enumerate(units[1 + _DISTRICTS :]):
        above = districts[n % _DISTRICTS].pk
        paths[one.pk] = (above, f"{root.pk}.{above}.{one.pk}")
    Placement.objects.bulk_create(
        Placement(unit_id=pk, tree=tree, parent_id=above, path=path, valid=DateRange(_FIRST, None))
        for pk, (above, path) in paths.items()
    )
    judge = [str(Action.READ_DUTY), str(Action.JUDGE_DUTY)]
    role = Role.objects.create(code="reader", name_vi="Đọc", name_en="Reader", actions=judge)
    readers = [_reader(place, role) for place in (root, units[-1])]
    ids = tuple(one.pk for one in units)
    return City(readers[0], readers[1], ids, _officers(units, role))


def _reader(place: Unit, role: Role) -> User:
    user = User.objects.create(sign_in_name=f"doc-{place.code}", created_at=_AT)
    person = Person.objects.create(full_name=f"Người {place.code}", user=user)
    post = Post.objects.create(
        unit=place, scope=place, role=role, title_vi="Người đọc", title_en="Reader"
    )
    Appointment.objects.create(person=person, post=post, valid=DateRange(_FIRST, None))
    return user


def _officers(units: list[Unit], role: Role) -> dict[int, int]:
    """Give every unit an officer; of every fiftieth unit he sits in another one meanwhile."""
    people = Person.objects.bulk_create(Person(full_name=f"Cán bộ {one.code}") for one in units)
    posts = Post.objects.bulk_create(
        Post(unit=one, scope=one, role=role, title_vi="Cán bộ", title_en="Officer") for one in units
    )
    Appointment.objects.bulk_create(
        Appointment(
            person=person,
            post=posts[n if n % 50 else n - 1],
            valid=DateRange(_FIRST, None),
        )
        for n, person in enumerate(people)
    )
    return {unit.pk: person.pk for unit, person in zip(units, people, strict=True)}


def fill_duties(city: City, upto: int) -> None:
    """Write duties until there are so many."""
    chance = random.Random(_SEED + upto)
    duties = Duty.objects.bulk_create(
        (_duty(chance, city) for _ in range(upto - Duty.objects.count())), batch_size=2000
    )
    DutyPart.objects.bulk_create(_parts(chance, city, duties), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _parts(chance: random.Random, city: City, duties: list[Duty]) -> Iterator[DutyPart]:
    for duty in duties[::5]:
        unit_id = chance.choice(city.ids)
        if unit_id != duty.unit_id:
            yield DutyPart(duty=duty, unit_id=unit_id, part=Part.COORDINATE, since=duty.issued_on)


def _duty(chance: random.Random, city: City) -> Duty:
    due = ON + timedelta(chance.randrange(-360, 360)) if chance.random() < 0.9 else None
    state = chance.choices(list(_STATES), list(_STATES.values()))[0]
    quiet = chance.random() < 0.05
    unit_id, year = chance.choice(city.ids), chance.randrange(2020, 2026)
    duty = Duty(
        title=f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} năm {year}",
        language="vi",
        owed_to_id=city.ids[0],
        unit_id=unit_id,
        person_id=city.officers[unit_id],
        due=due,
        binding_due=due,
        recurrence="" if due else "monthly",
        issued_on=ON - timedelta(400),
        updated_on=ON - timedelta(chance.randrange(61, 300) if quiet else chance.randrange(60)),
        state=state,
    )
    if state in {DutyState.DONE, DutyState.CLAIMED}:
        duty.handed_in_on = ON - timedelta(chance.randrange(200))
        duty.claimed_by = city.at_leaf
    if state is DutyState.DONE:
        duty.verified_by, duty.verified_on = city.at_root, ON
    return duty
