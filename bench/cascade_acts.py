"""What the measurement of carrying a duty down does: 3,321 units and the acts upon them.

``bench.cascade`` loads this module once there is a database: it needs the tables to be imported.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.accounts.services import create_user
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Assignment, Carrying, Passage
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import services as organisation
from lotrinh.apps.units.models import Appointment, Group, Person, Placement, Post, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.apps.units.services import Choice
from lotrinh.rules.actions import Action

UNITS, SAMPLE = 3_321, 60
_SINCE, _ON = date(2008, 8, 1), date(2024, 8, 7)
_AT = datetime(2024, 8, 7, tzinfo=UTC)
_TEXT = "1. Các xã, phường xây dựng kế hoạch thực hiện Nghị quyết, hoàn thành trước 30/9/2024."


def fill() -> User:
    """Write a city of 3,321 communes with a person each, and return its planning officer."""
    tree, _ = Tree.objects.get_or_create(
        code=MAIN_TREE, defaults={"name_vi": "Cây", "name_en": "Tree"}
    )
    rows = [Unit(code="tp", kind="city", name_vi="Thành phố", name_en="City", sort_key="")]
    rows += [
        Unit(code=f"x{n}", kind="commune", name_vi=f"Xã {n}", name_en=f"{n}", sort_key=f"{n:05}")
        for n in range(UNITS)
    ]
    city, *communes = Unit.objects.bulk_create(rows, batch_size=2000)
    always = DateRange(_SINCE, None)
    Placement.objects.create(unit=city, tree=tree, parent=None, path=str(city.pk), valid=always)
    Placement.objects.bulk_create(
        (
            Placement(unit=unit, tree=tree, parent=city, path=f"{city.pk}.{unit.pk}", valid=always)
            for unit in communes
        ),
        batch_size=2000,
    )
    officer = _officer(city)
    role = Post.objects.get().role
    posts = Post.objects.bulk_create(
        (
            Post(unit=unit, scope=unit, role=role, title_vi="Chủ tịch", title_en="Chair")
            for unit in communes
        ),
        batch_size=2000,
    )
    people = Person.objects.bulk_create(
        (Person(full_name=f"Nguyễn {n}", sort_key=f"{n}") for n in range(UNITS)), batch_size=2000
    )
    Appointment.objects.bulk_create(
        (
            Appointment(person=person, post=post, valid=always)
            for person, post in zip(people, posts, strict=True)
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return officer


def carried(officer: User) -> dict[str, float]:
    """Return the seconds of the preview, the act, the board and of taking it all back.

    Beside the seconds that the act took, those that this process worked: where others use the
    machine the two differ.
    """
    group = organisation.save_group(
        code="xa",
        choice=Choice(
            name_vi="Xã",
            name_en="Communes",
            tree=Tree.objects.get(code=MAIN_TREE),
            kinds=["commune"],
        ),
        actor=SYSTEM,
        at=_AT,
    )
    duty = _draft(officer, None)
    took: dict[str, float] = {}

    def preview() -> None:
        shown = selectors.spread_of(
            duty=duty, group=group, as_of=_ON, left_out={}, own={}, seen_by=officer.pk, on=_ON
        )
        assert shown.clear == UNITS

    took["preview"] = _timed(preview)
    worked = time.process_time()
    took["act"] = _timed(lambda: _spread(duty, group, officer))
    took["act, work of the page's process"] = time.process_time() - worked
    assert duty.parts.filter(state="issued").count() == UNITS
    document = Rendition.objects.get().document

    def board() -> None:
        shown = selectors.cascade_of(document=document, as_of=_ON, seen_by=officer.pk, on=_ON)
        assert len(shown.lines) == UNITS

    took["board read"] = _timed(board)
    took["taken back"] = _timed(lambda: _gather(duty, officer))
    assert duty.parts.filter(state="withdrawn").count() == UNITS
    return took


def one_by_one(officer: User) -> dict[str, Any]:
    """Return how long a sample of the units takes, one draft and one issue after the other."""
    sample = list(Unit.objects.filter(kind="commune").order_by("pk")[:SAMPLE])

    def assign() -> None:
        for unit in sample:
            duty = _draft(officer, unit)
            services.issue_duty(
                duty_id=duty.pk,
                act=services.Act(user=officer, client_key=uuid7(), on=_ON, at=_AT, version=1),
            )

    return {"units": SAMPLE, "seconds": _timed(assign)}


def _officer(city: Unit) -> User:
    """Let somebody of the city hold the post that assigns and issues everywhere."""
    user = create_user(sign_in_name="can-bo", password=None, actor=SYSTEM, at=_AT)
    person = organisation.register_person(full_name="Trần Mộc Chi", user=user, actor=SYSTEM, at=_AT)
    role = organisation.define_role(
        code="ke-hoach",
        name_vi="Kế hoạch",
        name_en="Planning",
        actions=list(Action),
        actor=SYSTEM,
        at=_AT,
    )
    post = organisation.create_post(
        unit=city,
        scope=city,
        role=role,
        title_vi="Trưởng phòng",
        title_en="Head",
        rank=0,
        actor=SYSTEM,
        at=_AT,
    )
    organisation.appoint(person=person, post=post, since=_SINCE, until=None, actor=SYSTEM, at=_AT)
    document = registry.register_document(
        identity=Identity(system="party", type_code="CTr", number="1-CTr/TU", issued_on=_ON),
        title="Chương trình hành động",
        language="vi",
        keeper=city,
        user=user,
        on=_ON,
        at=_AT,
    )
    registry.add_rendition(
        document=document,
        kind="original",
        language="vi",
        text=_TEXT,
        blob=None,
        source_name="a.txt",
        actor=SYSTEM,
        at=_AT,
    )
    return user


def _draft(officer: User, unit: Unit | None) -> Duty:
    city = Unit.objects.get(code="tp")
    text = Rendition.objects.get()
    person = Person.objects.filter(appointments__post__unit=unit).first() if unit else None
    return services.draft_duty(
        assignment=Assignment(
            title="Xây dựng kế hoạch",
            language="vi",
            unit=unit,
            person=person,
            due=date(2024, 9, 29),
            responsibility="Chủ trì",
            deliverable="Kế hoạch",
            authority="Chủ tịch",
        ),
        owed_to=city,
        passage=Passage(rendition=text, start=0, end=20),
        user=officer,
        on=_ON,
        at=_AT,
    )


def _spread(duty: Duty, group: Group, officer: User) -> Duty:
    return services.spread_duty(
        duty_id=duty.pk,
        act=services.Act(user=officer, client_key=uuid7(), on=_ON, at=_AT, version=1),
        carrying=Carrying(group=group, as_of=_ON),
    )


def _gather(duty: Duty, officer: User) -> Duty:
    return services.gather_duty(
        duty_id=duty.pk,
        act=services.Act(user=officer, client_key=uuid7(), on=_ON, at=_AT, version=2),
    )


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
