"""What a leader asks of 618 units and many duties: the board, and what is overdue below a unit.

``bench.board`` loads this module once there is a database: it needs the tables to be imported. The
duties are written straight into the tables: here reading is measured, not the steps.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import selectors
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Role, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE, rights_asked_once
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.standing import Standing

UNITS = 618
_ON, _FIRST = date(2024, 8, 7), date(2020, 1, 1)
_AT = datetime(2024, 8, 7, tzinfo=UTC)
_DISTRICTS, _ROUNDS, _SEED, _PAGE = 30, 5, 20240807, 50
_STATES = (DutyState.DONE, DutyState.ACCEPTED, DutyState.ISSUED, DutyState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Figure:
    """One question: the best time of several rounds in milliseconds, its queries, its rows."""

    question: str
    ms: float
    queries: int
    rows: int


@dataclass(frozen=True, slots=True)
class City:
    """The accounts that ask, and the units."""

    at_root: User
    at_leaf: User
    ids: tuple[int, ...]


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
    role = Role.objects.create(
        code="reader", name_vi="Đọc", name_en="Reader", actions=[str(Action.READ_DUTY)]
    )
    readers = [_reader(place, role) for place in (root, units[-1])]
    return City(readers[0], readers[1], tuple(one.pk for one in units))


def _reader(place: Unit, role: Role) -> User:
    user = User.objects.create(sign_in_name=f"doc-{place.code}", created_at=_AT)
    person = Person.objects.create(full_name=f"Người {place.code}", user=user)
    post = Post.objects.create(
        unit=place, scope=place, role=role, title_vi="Người đọc", title_en="Reader"
    )
    Appointment.objects.create(person=person, post=post, valid=DateRange(_FIRST, None))
    return user


def fill_duties(city: City, upto: int) -> None:
    """Write duties until there are so many: half done, a part overdue, a few cancelled."""
    chance = random.Random(_SEED + upto)
    person = Person.objects.order_by("pk")[0]
    claimant, judge = city.at_leaf, city.at_root
    Duty.objects.bulk_create(
        (
            _duty(chance, city.ids, person, claimant, judge)
            for _ in range(upto - Duty.objects.count())
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE duties_duty")


def _duty(
    chance: random.Random, ids: tuple[int, ...], person: Person, claimant: User, judge: User
) -> Duty:
    due = _ON + timedelta(chance.randrange(-360, 360)) if chance.random() < 0.9 else None
    state = chance.choices(_STATES, (50, 30, 15, 5))[0]
    duty = Duty(
        title="Xây dựng kế hoạch",
        language="vi",
        owed_to_id=ids[0],
        unit_id=chance.choice(ids),
        person=person,
        due=due,
        binding_due=due,
        recurrence="" if due else "monthly",
        issued_on=_ON - timedelta(400),
        updated_on=_ON - timedelta(chance.randrange(120)),
        state=state,
    )
    if state is DutyState.DONE:
        duty.handed_in_on = _ON - timedelta(chance.randrange(200))
        duty.claimed_by, duty.verified_by, duty.verified_on = claimant, judge, _ON
    return duty


def measure(city: City) -> list[Figure]:
    """Ask the board in one go and unit by unit, and what is overdue below the root and a ward."""
    ours, naive = board(city), board_unit_by_unit(city)
    if ours != naive:
        raise AssertionError("both ways must count the same")
    return [
        _figure("board", lambda: len(board(city))),
        _figure("board, unit by unit", lambda: len(board_unit_by_unit(city)), rounds=1),
        _figure("overdue, root", lambda: len(_overdue(city.at_root))),
        _figure("overdue, ward", lambda: len(_overdue(city.at_leaf))),
    ]


def board(city: City) -> dict[int, tuple[int, ...]]:
    """Return by unit the six counts, as the page of the board gets them."""
    rows = selectors.board(seen_by=city.at_root.pk, on=_ON)
    return {row.unit.id: tuple(row.own[one] for one in Standing) for row in rows}


def board_unit_by_unit(city: City) -> dict[int, tuple[int, ...]]:
    """Return the same by one query for each unit, as most registers do it."""
    found: dict[int, tuple[int, ...]] = {}
    for pk in city.ids:
        counts = selectors.counts(seen_by=city.at_root.pk, on=_ON, unit_id=pk)
        found[pk] = tuple(counts.by_standing[one] for one in Standing)
    return found


def _overdue(user: User) -> list[Duty]:
    return list(selectors.overdue(seen_by=user.pk, on=_ON)[:_PAGE])


def _figure(question: str, ask: Callable[[], int], *, rounds: int = _ROUNDS) -> Figure:
    """Ask several times, each as one page does that has learnt nothing before."""
    best, rows, queries = float("inf"), 0, 0
    for _ in range(rounds):
        with rights_asked_once():
            start = time.perf_counter()
            rows = ask()
            best = min(best, time.perf_counter() - start)
    with rights_asked_once(), CaptureQueriesContext(connection) as asked:
        ask()
        queries = len(asked)
    return Figure(question, best * 1000, queries, rows)
