"""The conference of ``bench.checkin``: its sites, its delegates and their passes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.dissemination.models import AttendeeClass, Conference, Delegate, Site
from lotrinh.apps.dissemination.passes import door_of, keys_of
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import services as units
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.rules.conferences import ConferenceState, Counting

ON, AT = date(2024, 8, 7), datetime(2024, 8, 7, 2, tzinfo=UTC)
_SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A site: the key of its door, and the passes of those who are called to it."""

    site: int
    door: str
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """The conference and its sites."""

    conference: int
    uid: UUID
    places: tuple[Place, ...]

    @property
    def people(self) -> int:
        """How many are called."""
        return sum(len(one.passes) for one in self.places)


def fill(sites: int, people: int) -> City:
    """Let one unit hold a conference with so many rooms, to which so many are called by name."""
    by: dict[str, Any] = {"actor": SYSTEM, "at": AT}
    names = {"name_vi": "Cây", "name_en": "Tree"}
    tree = units.create_tree(code=MAIN_TREE, **names, **by)
    root = units.create_unit(code="tp", kind="city", name_vi="Thành phố", name_en="City", **by)
    units.place_unit(unit=root, tree=tree, parent=None, since=_SINCE, **by)
    user = accounts.create_user(sign_in_name="van-phong", password=None, language="vi", **by)
    conference = Conference.objects.create(
        organiser=root,
        title="Hội nghị",
        language="vi",
        day=ON,
        counting=Counting.PERSON,
        state=ConferenceState.UNDER_WAY,
        begun_by=user,
        begun_on=ON,
        client_key=UUID(int=1),
    )
    made = Site.objects.bulk_create(
        [Site(conference=conference, unit=root, name=f"phòng {n}") for n in range(sites)]
    )
    called = AttendeeClass.objects.get(code="delegates")
    delegates = Delegate.objects.bulk_create(
        [
            Delegate(
                conference=conference, site=made[n % sites], attendees=called, name=f"đại biểu {n}"
            )
            for n in range(people)
        ],
        batch_size=5000,
    )
    secret = settings.SECRET_KEY.encode()
    keys = keys_of(secret, conference.uid)
    passes: dict[int, list[str]] = {one.pk: [] for one in made}
    for one in delegates:
        passes[one.site_id].append(keys.pass_of(one.uid, one.version).written())
    places = tuple(Place(one.pk, door_of(secret, one), tuple(passes[one.pk])) for one in made)
    connections.close_all()
    return City(conference.pk, conference.uid, places)
