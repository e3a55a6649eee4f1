"""Forms in which a unit is named: marks may be lacking, and a name that two bear is asked about."""

import pytest

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.models import NameKind, Unit
from lotrinh.web.presenters.names import UnitNames
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_unit
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(cast: Cast) -> tuple[Unit, Unit]:
    """Two wards of one name, one in each district."""
    first, second = (
        make_unit(parent=above, kind="commune", name_vi="Phường Hoà Bình", name_en="Hoa Binh Ward")
        for above in (cast.dong_gao, cast.ho_sen)
    )
    return first, second


def moved(parent: str, **more: str) -> dict[str, str]:
    words = {"client_key": str(key()), "parent": parent, "day": "1/9/2024"}
    return {**words, "legal_basis": "Nghị quyết số 1", **more}


def names() -> UnitNames:
    return UnitNames(units.tree_on(on=TODAY))


@pytest.mark.parametrize("typed", ["huyen dong gao", "HUYEN  DONG GAO", "Dong Gao District"])
def test_a_unit_is_moved_under_a_name_without_marks(cast: Cast, typed: str) -> None:
    shown = Visit(cast.chi).send(
        f"/units/{cast.sen_tay.uid}/change/move/", moved(typed), status=200
    )

    assert shown.context["form"].cleaned_data["parent"] == cast.dong_gao
    assert "Huyện Đồng Gạo" in text_of(shown)  # under its own name, as it will be confirmed


def test_marks_that_were_typed_are_not_left_out_of_account(cast: Cast) -> None:
    assert names().meant("huyện đông gạo") == ()
    assert names().meant("huyen dong gao") == (cast.dong_gao.pk,)
    assert names().meant("") == ()


@pytest.mark.parametrize("typed", ["Phường Hòa Bình", "phuong hoa binh", "Hoa Binh Ward"])
def test_a_name_that_two_bear_is_asked_about_and_one_is_chosen(
    cast: Cast, twins: tuple[Unit, Unit], typed: str
) -> None:
    visit, path = Visit(cast.chi), f"/units/{cast.sen_tay.uid}/change/abolish/"
    form = {**moved(""), "receiver": typed}

    asked = visit.send(path, form, status=422)

    offered = [(one.value, one.text) for one in asked.context["form"].offered["receiver"]]
    assert offered == [
        (str(twins[0].uid), "Phường Hoà Bình, Huyện Đồng Gạo"),
        (str(twins[1].uid), "Phường Hoà Bình, Quận Hồ Sen"),
    ]
    assert f'name="receiver_meant" id="receiver_meant_2" value="{twins[1].uid}"' in text_of(asked)

    shown = visit.send(path, {**form, "receiver_meant": str(twins[1].uid)}, status=200)

    assert shown.context["form"].cleaned_data["receiver"] == twins[1]
    told = shown.context["form"]["receiver"].value()
    assert told == "Phường Hoà Bình, Quận Hồ Sen"
    confirmed = {**form, "receiver": told, "confirm": shown.context["form"].said}
    visit.send(path, confirmed, status=303)
    _, after = units.successions_of(unit_id=cast.sen_tay.pk)
    assert [row.target for row in after] == [twins[1]]


def test_another_of_one_name_is_not_confirmed_by_what_was_shown_of_the_first(
    cast: Cast, twins: tuple[Unit, Unit]
) -> None:
    visit, path = Visit(cast.chi), f"/units/{cast.sen_tay.uid}/change/move/"
    form = moved("Phường Hoà Bình, Huyện Đồng Gạo")
    shown = visit.send(path, form, status=200)

    other = {**form, "parent": "Phường Hoà Bình, Quận Hồ Sen"}
    visit.send(path, {**other, "confirm": shown.context["form"].said}, status=200)

    assert units.changes_of(unit_id=cast.sen_tay.pk) == ()


def test_a_choice_counts_only_for_the_name_that_was_typed(
    cast: Cast, twins: tuple[Unit, Unit]
) -> None:
    form = moved("Huyện Đồng Gạo", parent_meant=str(twins[0].uid))

    shown = Visit(cast.chi).send(f"/units/{cast.sen_tay.uid}/change/move/", form, status=200)

    assert shown.context["form"].cleaned_data["parent"] == cast.dong_gao


def test_a_name_of_the_day_comes_before_an_alias_of_another(cast: Cast) -> None:
    given = {"kind": NameKind.ALIAS, "text": "Huyện Đồng Gạo", "actor": SYSTEM, "at": NOW}
    services.add_name(unit=cast.sen_tay, **given)

    assert names().meant("Huyện Đồng Gạo") == (cast.dong_gao.pk,)


def test_namesakes_below_one_unit_are_offered_with_more_of_what_stands_above(cast: Cast) -> None:
    below = [make_unit(parent=unit, name_vi="Khối 1") for unit in (cast.ho_sen, cast.dong_gao)]
    lowest = [make_unit(parent=unit, name_vi="Tổ dân phố") for unit in below]

    found = [names().label(unit.pk) for unit in lowest]

    assert found == ["Tổ dân phố, Khối 1, Quận Hồ Sen", "Tổ dân phố, Khối 1, Huyện Đồng Gạo"]


def test_whoever_appoints_chooses_among_units_of_one_name(
    cast: Cast, twins: tuple[Unit, Unit]
) -> None:
    shown = Visit(cast.chi).look("/people/new/?unit=phuong+hoa+binh")

    assert [one.value for one in shown.context["alike"]] == [str(unit.uid) for unit in twins]
    assert f'href="?unit={twins[0].uid}"' in text_of(shown)


def test_why_asks_which_unit_is_meant(cast: Cast, twins: tuple[Unit, Unit]) -> None:
    visit = Visit(cast.chi)
    path = "/rights/why/?who=van-phong&action=duty.read&unit=Ph%C6%B0%E1%BB%9Dng+Ho%C3%A0+B%C3%ACnh"

    asked = visit.look(path)
    assert "answer" not in asked.context
    assert [one.text for one in asked.context["form"].offered] == [
        "Phường Hoà Bình, Huyện Đồng Gạo",
        "Phường Hoà Bình, Quận Hồ Sen",
    ]

    told = visit.look(f"{path}&unit_meant={twins[1].uid}")
    assert told.context["asked_unit"] == "Phường Hoà Bình, Quận Hồ Sen"
