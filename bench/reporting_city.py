"""The city of ``bench.reporting``: its units, who writes and approves there, and what they owe.

A root, a district for every 25 communes, and the communes, each with one who writes and one who
approves. An office of the city asks the communes for two hundred figures of July; what they told of
June counts already, so that every cell has a figure beside it and the checks have something to do.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils.crypto import get_random_string
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Collection, Period, Report
from lotrinh.apps.reporting.services import RegimeSaid, StageSaid
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import services as units
from lotrinh.apps.units.models import Role, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import ReportStep, Stage
from lotrinh.rules.target_terms import Rollup

ON, AT = date(2024, 8, 7), datetime(2024, 8, 7, 2, tzinfo=UTC)
FIGURES = 200
_JUNE, _JULY, _AUGUST = date(2024, 6, 1), date(2024, 7, 1), date(2024, 8, 1)
_SINCE = date(2020, 1, 1)
_BY: dict[str, Any] = {"actor": SYSTEM, "at": AT}
_A_DISTRICT = 25
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_READS = (Action.READ_DOCUMENT, Action.READ_DUTY, Action.READ_TARGET, Action.READ_FIGURE)
_WRITES = (*_READS, Action.DO_DUTY, Action.ENTER_FIGURE)
_APPROVES = (*_READS, Action.JUDGE_DUTY, Action.APPROVE_FIGURE)

_ACTS = """
INSERT INTO reporting_approval
    (uid, unit_id, period_id, basis, entered_by_id, entered_on, approved_by_id, "on", at,
    client_key)
SELECT gen_random_uuid(), unit, %(period)s, 'self_reported', %(one)s, %(on)s, %(other)s, %(on)s,
    %(at)s, gen_random_uuid() FROM unnest(%(units)s::bigint[]) AS unit
"""
_BEFORE = """
INSERT INTO reporting_figure
    (uid, approval_id, unit_id, measure_id, period_id, basis, value, reason)
SELECT gen_random_uuid(), act.id, act.unit_id, m.id, act.period_id, act.basis,
    1000 + (array_position(%(units)s::bigint[], act.unit_id) * 7919 + m.place * 104729) %% 90000, ''
FROM reporting_approval AS act
CROSS JOIN unnest(%(measures)s::bigint[]) WITH ORDINALITY AS m (id, place)
WHERE act.period_id = %(period)s
"""


@dataclass(frozen=True, slots=True)
class Owed:
    """The report of a unit: its place in the city, its address, and the sessions of its two."""

    place: int
    unit_id: int
    uid: str
    writer: str
    approver: str


@dataclass(frozen=True, slots=True)
class City:
    """What the clients are told, and what is looked for afterwards."""

    owed: tuple[Owed, ...]
    measures: tuple[tuple[int, str], ...]
    """The id and the uid of each measure, in the order of the form."""
    collection: str
    office: str
    """The session of the office that gathers the reports."""
    office_id: int
    root: Unit
    period: Period

    def figure(self, owed: Owed, place: int) -> int:
        """Return what a unit tells of a measure: a little more than it told of June."""
        before = 1000 + ((owed.place + 1) * 7919 + (place + 1) * 104729) % 90000
        return before + 1 + (owed.place + place) % 7


def fill(many: int) -> City:
    """Found the city with so many communes that report."""
    root, communes = _units(many)
    office, writers, approvers = _people(root, communes)
    measures = Measure.objects.bulk_create(
        Measure(
            name=f"Chỉ số kinh tế - xã hội số {number} của địa bàn theo kế hoạch năm",
            language="vi",
            unit_of_measure="household",
            rollup=Rollup.SUM,
        )
        for number in range(1, FIGURES + 1)
    )
    _tell_june(communes, measures, office, approvers[0])
    opened = _open(root, communes, measures, office)
    keys = sessions([office, *writers, *approvers])
    reports = {one.unit_id: str(one.uid) for one in Report.objects.filter(collection=opened)}
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()
    return City(
        owed=tuple(
            Owed(place, unit.pk, reports[unit.pk], keys[writer.pk], keys[approver.pk])
            for place, (unit, writer, approver) in enumerate(
                zip(communes, writers, approvers, strict=True)
            )
        ),
        measures=tuple((one.pk, str(one.uid)) for one in measures),
        collection=str(opened.uid),
        office=keys[office.pk],
        office_id=office.pk,
        root=root,
        period=opened.period,
    )


def _units(many: int) -> tuple[Unit, list[Unit]]:
    """Return the root and the communes, each below one of the districts."""
    names: dict[str, Any] = {"name_vi": "Hệ thống chính trị", "name_en": "Political system"}
    tree = units.create_tree(code=MAIN_TREE, **names, **_BY)
    root = _unit("tp", "city", "Thành phố Hồ Sen", tree, None)
    districts = [
        _unit(f"quan-{n}", "district", f"Quận {n}", tree, root)
        for n in range(1, 2 + many // _A_DISTRICT)
    ]
    communes = [
        _unit(f"phuong-{n:04}", "commune", f"Phường Sen {n}", tree, districts[n % len(districts)])
        for n in range(many)
    ]
    choice = units.Choice(name_vi="Phường", name_en="Wards", tree=tree, added=communes)
    units.save_group(code="phuong", choice=choice, **_BY)
    return root, communes


def _unit(code: str, kind: str, name: str, tree: Tree, parent: Unit | None) -> Unit:
    unit = units.create_unit(code=code, kind=kind, name_vi=name, name_en=name, **_BY)
    units.place_unit(unit=unit, tree=tree, parent=parent, since=_SINCE, **_BY)
    return unit


def _people(root: Unit, communes: list[Unit]) -> tuple[User, list[User], list[User]]:
    """Return who asks, and for each commune who writes and who approves."""
    office = _serving(root, _role("office", tuple(Action)), "van-phong", 0)
    writes, approves = _role("writes", _WRITES), _role("approves", _APPROVES)
    return (
        office,
        [_serving(unit, writes, f"ghi-{unit.code}", 0) for unit in communes],
        [_serving(unit, approves, f"duyet-{unit.code}", 1) for unit in communes],
    )


def _role(code: str, actions: tuple[Action, ...]) -> Role:
    return units.define_role(code=code, name_vi=code, name_en=code, actions=actions, **_BY)


def _serving(unit: Unit, role: Role, name: str, rank: int) -> User:
    user = accounts.create_user(sign_in_name=name, password=None, language="vi", **_BY)
    person = units.register_person(full_name=f"Lý {name}", user=user, **_BY)
    post = units.create_post(
        unit=unit, role=role, title_vi="Cán bộ", title_en="Officer", rank=rank, **_BY
    )
    units.appoint(person=person, post=post, since=_SINCE, **_BY)
    return user


def _tell_june(communes: list[Unit], measures: list[Measure], one: User, other: User) -> None:
    """Write what every unit told of June."""
    june = services.open_period(kind="month", starts=_JUNE, ends=_JULY, on=ON, **_BY)
    given: dict[str, Any] = {"period": june.pk, "one": one.pk, "other": other.pk}
    given |= {"on": ON, "at": AT, "units": [unit.pk for unit in communes]}
    with connection.cursor() as cursor:
        cursor.execute(_ACTS, given)
        cursor.execute(_BEFORE, given | {"measures": [measure.pk for measure in measures]})


def _open(root: Unit, communes: list[Unit], measures: list[Measure], office: User) -> Collection:
    """Let every commune owe the report of July."""
    said = RegimeSaid(
        name="Báo cáo tình hình kinh tế - xã hội",
        language="vi",
        kind="month",
        basis=Basis.SELF_REPORTED,
        owed_to=root,
        group="phuong",
        measures=measures,
        stages=[StageSaid(Stage(ReportStep.HAND_IN), 16), StageSaid(Stage(ReportStep.APPROVE), 18)],
        since=date(2023, 1, 1),
        legal_basis="Kế hoạch số 15/KH-UBND",
        content="Biểu số liệu kinh tế - xã hội",
    )
    told: dict[str, Any] = {"user": office, "on": ON, "at": AT}
    regime = services.set_regime(said=said, client_key=uuid7(), **told)
    return services.open_reports(
        regime_id=regime.pk, starts=_JULY, ends=_AUGUST, client_key=uuid7(), **told
    )


def sessions(users: list[User]) -> dict[int, str]:
    """Sign everybody in, as the sign-in does once it has checked the password."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = {
        user.pk: get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789") for user in users
    }
    rows = (
        Session(
            session_key=keys[user.pk],
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: _BACKEND,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=datetime(2100, 1, 1, tzinfo=UTC),
        )
        for user in users
    )
    while some := list(islice(rows, 500)):
        Session.objects.bulk_create(some)
    return keys
