"""Scenarios of carrying duties down: before, and the one call that is watched."""

from collections.abc import Callable

from lotrinh.apps.documents import services as documents
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.parts import Part
from tests.cast import Cast
from tests.factories import (
    NOW,
    TODAY,
    act,
    an_assignment,
    key,
    make_document,
    make_duty,
    make_tree,
)

Act = Callable[[], object]
_ON = {"on": TODAY, "at": NOW}


def send_to_all(cast: Cast) -> Act:
    document = make_document(keeper=cast.city, user=cast.chi)
    to = [cast.ho_sen, cast.dong_gao]
    return lambda: documents.send_to_all(document=document, to=to, actor=SYSTEM, at=NOW)


def _carried(cast: Cast, duty: Duty) -> Duty:
    choice = Choice(
        name_vi="Quận",
        name_en="Districts",
        tree=make_tree(),
        added=(cast.ho_sen, cast.dong_gao),
    )
    group = save_group(code="quan", choice=choice, actor=SYSTEM, at=NOW)
    return services.spread_duty(
        duty_id=duty.pk, act=act(cast.chi, 1), carrying=services.Carrying(group=group, as_of=TODAY)
    )


def spread_duty(cast: Cast) -> Act:
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    return lambda: _carried(cast, duty)


def gather_duty(cast: Cast) -> Act:
    duty = _carried(cast, make_duty(owed_to=cast.city, user=cast.chi))
    return lambda: services.gather_duty(duty_id=duty.pk, act=act(cast.chi, 2))


def _owed(cast: Cast) -> Duty:
    person = cast.person(cast.ha)
    return make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=person, is_issued=True
    )


def break_down(cast: Cast) -> Act:
    duty = _owed(cast)
    return lambda: services.break_down(
        duty_id=duty.pk,
        assignment=an_assignment(cast.sen_tay),
        user=cast.ha,
        client_key=key(),
        **_ON,
    )


def assign_part(cast: Cast) -> Act:
    duty = _owed(cast)
    return lambda: services.assign_part(
        duty_id=duty.pk, unit=cast.office, part=Part.COORDINATE, user=cast.chi, **_ON
    )


def end_part(cast: Cast) -> Act:
    duty = _owed(cast)
    taken = services.assign_part(
        duty_id=duty.pk, unit=cast.office, part=Part.MONITOR, user=cast.chi, **_ON
    )
    return lambda: services.end_part(duty_id=duty.pk, part_id=taken.pk, user=cast.chi, **_ON)


CARRYING_SCENARIOS: dict[str, Callable[[Cast], Act]] = {
    "documents.send_to_all": send_to_all,
    "duties.spread_duty": spread_duty,
    "duties.gather_duty": gather_duty,
    "duties.break_down": break_down,
    "duties.assign_part": assign_part,
    "duties.end_part": end_part,
}
