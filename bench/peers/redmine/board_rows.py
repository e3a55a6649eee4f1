"""The city that both sites hold: 618 units, 100,000 duties, and three people who may read.

A leader at the root, one of a district and an officer of a ward. Each duty of ours comes from a
passage of a document, as duties do; Redmine has no such thing and is given none.
"""

import csv
import json
from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from bench import board_city
from bench.peers.redmine.site import HOME
from lotrinh.apps.accounts.models import User
from lotrinh.apps.accounts.services import create_user
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties.models import Duty, DutyPart, DutySource
from lotrinh.apps.duties.services import fold_tallies
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Role, Unit
from lotrinh.rules.actions import Action

DUTIES = 100_000
PASSWORD = "mot-mat-khau-dai"  # noqa: S105 - of a site that is thrown away
_AT = datetime(2024, 8, 7, tzinfo=UTC)
_TEXT = "1. Các xã, phường xây dựng kế hoạch thực hiện Nghị quyết trong năm 2024."


def fill() -> None:
    """Write all of it, and the files ``units.json`` and ``duties.csv`` for Redmine."""
    city = board_city.fill()
    Role.objects.update(actions=[str(action) for action in Action])
    text = _document()
    board_city.fill_duties(city, DUTIES)
    DutyPart.objects.update(ended_on=board_city.ON)  # Redmine cannot say who takes part
    pairs = Duty.objects.values_list("pk", "due")
    DutySource.objects.bulk_create(
        (DutySource(duty_id=pk, rendition=text, start=0, end=20, due=due) for pk, due in pairs),
        batch_size=2000,
    )
    fold_tallies(on=board_city.ON)
    places = {place.unit_id: place for place in Placement.objects.all()}
    root, ward = city.ids[0], city.ids[-1]
    district = places[ward].parent_id or root
    readers = {
        "root": (city.at_root, root),
        "district": (_reader(district), district),
        "ward": (city.at_leaf, ward),
    }
    for user, _unit in readers.values():
        user.set_password(PASSWORD)
        user.save()
    _write(places, city.ids, readers)


def _reader(unit_id: int) -> User:
    """Give the officer of a unit an account."""
    held = Appointment.objects.filter(post__unit=unit_id).order_by("pk")[0]
    held.person.user = create_user(sign_in_name="quan", password=None, actor=SYSTEM, at=_AT)
    held.person.save()
    return held.person.user


def _document() -> Rendition:
    """Register the document from which every duty comes, as an officer at the root does."""
    user = create_user(sign_in_name="can-bo", password=None, actor=SYSTEM, at=_AT)
    person = Person.objects.create(full_name="Trần Mộc Chi", user=user)
    post = Post.objects.order_by("pk")[0]
    held = DateRange(date(2020, 1, 1), None)
    Appointment.objects.create(person=person, post=post, valid=held)
    identity = Identity(system="party", type_code="CTr", number="1-CTr/TU", issued_on=board_city.ON)
    document = registry.register_document(
        identity=identity,
        title="Chương trình hành động",
        language="vi",
        keeper=post.unit,
        user=user,
        on=board_city.ON,
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
    return Rendition.objects.get()


def _write(
    places: dict[int, Placement], ids: tuple[int, ...], readers: dict[str, tuple[User, int]]
) -> None:
    """Write the units, parents first, and the duties, each named by the place of its unit."""
    place_of = {pk: n for n, pk in enumerate(ids)}
    names = dict(Unit.objects.values_list("pk", "name_vi"))
    told = {
        "password": PASSWORD,
        "units": [
            {"name": names[pk], "parent": place_of.get(places[pk].parent_id or 0)} for pk in ids
        ],
        "readers": {
            name: {"login": user.sign_in_name, "unit": place_of[unit]}
            for name, (user, unit) in readers.items()
        },
    }
    shared = HOME / "shared"
    (shared / "units.json").write_text(json.dumps(told))
    with (shared / "duties.csv.part").open("w", newline="") as out:
        rows = csv.writer(out)
        fields = "unit_id", "state", "due", "issued_on", "updated_on", "title"
        for unit, state, due, *rest in Duty.objects.order_by("pk").values_list(*fields):
            rows.writerow([place_of[unit or 0], state, due or "", *rest])
    (shared / "duties.csv.part").rename(shared / "duties.csv")
