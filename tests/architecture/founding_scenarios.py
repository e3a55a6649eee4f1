"""Scenarios of founding: roles, trees, the first units, people and posts."""

from collections.abc import Callable
from datetime import date

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import services as units
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import NOW, make_person, make_post, make_role, make_tree, make_unit

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_BY = {"actor": SYSTEM, "at": NOW}


def define_role(cast: Cast) -> Act:
    return lambda: units.define_role(
        code="leader", name_vi="Lãnh đạo", name_en="Leader", actions=[Action.READ_DUTY], **_BY
    )


def create_tree(cast: Cast) -> Act:
    return lambda: units.create_tree(code="cay", name_vi="Cây", name_en="Tree", **_BY)


def create_unit(cast: Cast) -> Act:
    return lambda: units.create_unit(
        code="moi", kind="department", name_vi="Sở Mới", name_en="New", **_BY
    )


def place_unit(cast: Cast) -> Act:
    unit, tree = make_unit("moi", since=None), make_tree()
    return lambda: units.place_unit(
        unit=unit, tree=tree, parent=cast.city, since=date(2024, 1, 1), **_BY
    )


def register_person(cast: Cast) -> Act:
    return lambda: units.register_person(full_name="Lý Mới", **_BY)


def create_post(cast: Cast) -> Act:
    role = make_role("leader", actions=[Action.READ_DUTY])
    return lambda: units.create_post(
        unit=cast.ho_sen, role=role, title_vi="Chủ tịch", title_en="Chair", **_BY
    )


def appoint(cast: Cast) -> Act:
    person, post = make_person(), make_post(cast.ho_sen)
    return lambda: units.appoint(person=person, post=post, since=date(2024, 1, 1), **_BY)


FOUNDING_SCENARIOS: dict[str, Scenario] = {
    "units.define_role": define_role,
    "units.create_tree": create_tree,
    "units.create_unit": create_unit,
    "units.place_unit": place_unit,
    "units.register_person": register_person,
    "units.create_post": create_post,
    "units.appoint": appoint,
}
