"""The conference of ``bench.live``: its sites, who may look at it, and a way to let a site tell."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from bench.reporting_city import sessions
from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Conference, Site
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors
from lotrinh.apps.units import services as units
from lotrinh.apps.units.reference import load_roles
from lotrinh.rules.conferences import ConferenceState, Counting

ON, AT = date(2024, 8, 7), datetime(2024, 8, 7, 2, tzinfo=UTC)
_SINCE = date(2020, 1, 1)
_BY: dict[str, Any] = {"actor": SYSTEM, "at": AT}


@dataclass(frozen=True, slots=True)
class Watched:
    """The conference, its sites, the account of the office and the key of its session."""

    uid: UUID
    sites: tuple[int, ...]
    user: User
    session: str

    def tell(self, site: int, people: int) -> None:
        """Let a site tell how many are there, as the office does for it."""
        services.tell_headcount(
            site_id=site,
            present={"delegates": people},
            act=services.SiteAct(self.user, uuid4(), ON, AT),
        )


def fill(sites: int) -> Watched:
    """Let one unit hold a conference with so many rooms, of which nobody has told yet."""
    load_roles(**_BY)
    names = {"name_vi": "Cây", "name_en": "Tree"}
    tree = units.create_tree(code=selectors.MAIN_TREE, **names, **_BY)
    root = units.create_unit(code="tp", kind="city", name_vi="Thành phố", name_en="City", **_BY)
    units.place_unit(unit=root, tree=tree, parent=None, since=_SINCE, **_BY)
    user = _officer(root)
    conference = Conference.objects.create(
        organiser=root,
        title="Hội nghị",
        language="vi",
        day=ON,
        counting=Counting.HEADCOUNT,
        state=ConferenceState.UNDER_WAY,
        begun_by=user,
        begun_on=ON,
        client_key=UUID(int=1),
    )
    made = Site.objects.bulk_create(
        [Site(conference=conference, unit=root, name=f"phòng {n}") for n in range(sites)]
    )
    session = sessions([user])[user.pk]
    connections.close_all()
    return Watched(conference.uid, tuple(one.pk for one in made), user, session)


def _officer(root: Any) -> User:
    user = accounts.create_user(sign_in_name="van-phong", password=None, language="vi", **_BY)
    person = units.register_person(full_name="Văn Phòng", user=user, **_BY)
    role = selectors.role_by_code("planning_officer")
    if role is None:
        raise LookupError("planning_officer")
    post = units.create_post(
        unit=root, scope=root, role=role, title_vi="Chuyên viên", title_en="Officer", **_BY
    )
    units.appoint(person=person, post=post, since=_SINCE, **_BY)
    return user
