"""Pages of saved groups: as of a day, shown before they are saved, changed from a day, ended."""

from datetime import date

import pytest

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.models import Group
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_tree, make_unit
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes(cast: Cast) -> Group:
    choice = services.Choice(
        name_vi="Các phường", name_en="All wards", tree=make_tree(), kinds=["commune"]
    )
    return services.save_group(code="cac-phuong", choice=choice, actor=SYSTEM, at=NOW)


def words(**more: str) -> dict:
    said = {"client_key": str(key()), "name_vi": "Quận, huyện", "name_en": "Districts"}
    said |= {"tree": "political-system", "kinds": ["district"], "since": "1/9/2024"}
    return {**said, **more}


def test_a_group_is_shown_as_of_the_day_of_its_address(cast: Cast, communes: Group) -> None:
    visit = Visit(cast.an)

    today = visit.look("/groups/cac-phuong/")
    before = visit.look("/groups/cac-phuong/?on=31/12/2023")

    assert [one.name for one in today.context["members"]] == ["Phường Sen Tây"]
    assert [(one.name, one.above) for one in before.context["members"]] == [
        ("Phường Sen Cũ", "Quận Hồ Sen"),
        ("Phường Sen Tây", "Quận Hồ Sen"),
    ]
    assert before.context["members"][0].url.endswith("?on=2023-12-31")
    assert "/groups/cac-phuong/units.xlsx?on=2023-12-31" in text_of(before)
    assert not today.context["may_change"]
    assert '<a href="/groups/?on=2024-08-07">' in text_of(visit.look("/units/"))


def test_the_list_counts_the_units_of_the_day(cast: Cast, communes: Group) -> None:
    visit = Visit(cast.an)

    def rows(query: str) -> list[tuple]:
        found = visit.look(f"/groups/{query}").context["groups"]
        return [(one.name, one.rule_text, one.size, one.url) for one in found]

    url = "/groups/cac-phuong/?on="
    assert rows("") == [("Các phường", "Xã, phường, thị trấn", 1, f"{url}2024-08-07")]
    assert rows("?on=31/12/2023") == [("Các phường", "Xã, phường, thị trấn", 2, f"{url}2023-12-31")]
    assert "Văn phòng Thành ủy" in visit.look("/groups/").context["refused_text"]


def test_a_group_below_a_unit_says_that_the_unit_itself_is_meant_too(cast: Cast) -> None:
    choice = services.Choice(
        name_vi="Hồ Sen", name_en="Ho Sen", tree=make_tree(), below=cast.ho_sen
    )
    services.save_group(code="ho-sen", choice=choice, actor=SYSTEM, at=NOW)

    (shown,) = Visit(cast.an).look("/groups/").context["groups"]

    assert shown.rule_text == ("mọi đơn vị thuộc phạm vi Quận Hồ Sen và các đơn vị trực thuộc")
    assert shown.size == 2


def test_a_group_is_shown_before_it_is_saved(cast: Cast) -> None:
    visit = Visit(cast.chi)
    form = words(code="quan-huyen", added="phuong-sen-tay\nvan phong thanh uy", below="")

    shown = visit.send("/groups/new/", form, status=200)
    assert shown.context["named"] == [
        "Huyện Đồng Gạo",
        "Quận Hồ Sen",
        "Phường Sen Tây",
        "Văn phòng Thành ủy",
    ]
    assert units.groups_known(on=TODAY) == ()

    form["confirm"] = shown.context["form"].said
    done = visit.send("/groups/new/", form)
    assert done["Location"] == "/groups/quan-huyen/?on=2024-09-01"
    again = visit.send("/groups/new/", form)
    assert again["Location"] == done["Location"]
    assert len(units.meanings_of(code="quan-huyen")) == 1
    group = units.group_on(code="quan-huyen", on=date(2024, 9, 1))
    assert len(units.members_of(group=group, on=date(2024, 9, 1))) == 4


def test_what_was_changed_after_it_was_shown_is_shown_again(cast: Cast) -> None:
    visit, form = Visit(cast.chi), words(code="quan-huyen")
    said = visit.send("/groups/new/", form, status=200).context["form"].said

    other = {**form, "kinds": ["commune"], "confirm": said}
    assert visit.send("/groups/new/", other, status=200).context["named"] == ["Phường Sen Tây"]
    assert units.groups_known(on=date(2024, 9, 1)) == ()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kinds": []}, "kinds"),
        ({"code": "Quận"}, "code"),
        ({"code": "new"}, "code"),
        ({"code": "cac-phuong"}, "code"),
        ({"since": "hôm qua"}, "since"),
        ({"below": "Không Có"}, "below"),
        ({"added": "Quận Hồ Sen\nKhông Có"}, "added"),
        ({"left_out": "Phường Một Tên"}, "left_out"),
        ({"tree": "khong-co"}, "tree"),
    ],
)
def test_a_wrong_form_says_where_and_keeps_what_was_typed(
    cast: Cast, communes: Group, more: dict, field: str
) -> None:
    for above in (cast.ho_sen, cast.dong_gao):
        make_unit(parent=above, name_vi="Phường Một Tên")
    visit, form = Visit(cast.chi), words(**{"code": "quan-huyen", **more})
    if more == {"code": "cac-phuong"}:
        form["confirm"] = visit.send("/groups/new/", form, status=200).context["form"].said

    shown = visit.send("/groups/new/", form, status=422)

    assert list(shown.context["form"].errors) == [field]
    assert "Quận, huyện" in text_of(shown)
    if field == "left_out":
        assert "Phường Một Tên, Quận Hồ Sen; " not in text_of(shown)  # in tree order
        assert "Phường Một Tên, Huyện Đồng Gạo; Phường Một Tên, Quận Hồ Sen" in text_of(shown)


def test_another_meaning_from_a_day_and_the_end(cast: Cast, communes: Group) -> None:
    visit, path = Visit(cast.chi), "/groups/cac-phuong/change/"
    begun = visit.look(path).context["form"].initial
    assert (begun["kinds"], begun["read"]) == (["commune"], str(communes.uid))

    form = words(read=str(communes.uid))
    form["confirm"] = visit.send(path, form, status=200).context["form"].said
    assert visit.send(path, form)["Location"] == "/groups/cac-phuong/?on=2024-09-01"
    stale = words(read=str(communes.uid))
    stale["confirm"] = visit.send(path, stale, status=200).context["form"].said
    told = visit.send(path, stale, status=422)
    assert "__all__" in told.context["form"].errors

    latest = units.meanings_of(code="cac-phuong")[0]
    end = {"client_key": str(key()), "last": "30/9/2024", "read": str(latest.uid)}
    visit.send("/groups/cac-phuong/end/", {**end, "last": "1/8/2024"}, status=422)
    visit.send("/groups/cac-phuong/end/", end)
    assert visit.look("/groups/cac-phuong/?on=30/9/2024").context["total"] == 2
    assert not visit.look("/groups/cac-phuong/?on=1/10/2024").context["is_in_force"]
    visit.look("/groups/cac-phuong/units.csv?on=1/10/2024", status=404)


def test_a_form_drawn_before_somebody_ended_the_group_does_not_undo_the_end(
    cast: Cast, communes: Group
) -> None:
    visit, path = Visit(cast.chi), "/groups/cac-phuong/change/"
    form = words(read=visit.look(path).context["form"].initial["read"], since="20/8/2024")
    form["confirm"] = visit.send(path, form, status=200).context["form"].said
    drawn = visit.look("/groups/cac-phuong/end/").context["form"].initial["read"]
    end = {"client_key": str(key()), "last": "31/8/2024", "read": drawn}
    visit.send("/groups/cac-phuong/end/", end)

    told = visit.send(path, form, status=422)

    assert "__all__" in told.context["form"].errors
    assert [one.valid.upper for one in units.meanings_of(code="cac-phuong")] == [date(2024, 9, 1)]


def test_more_units_than_can_be_named_are_refused_and_none_is_left_out(cast: Cast) -> None:
    codes = [f"xa-{number:03}" for number in range(501)]
    for code in codes:
        make_unit(code, parent=cast.dong_gao, kind="commune")
    visit, form = Visit(cast.chi), words(code="nhieu", kinds=[])

    refused = visit.send("/groups/new/", {**form, "added": "\n".join(codes)}, status=422)
    shown = visit.send("/groups/new/", {**form, "added": "\n".join(codes[:500])}, status=200)

    (fault,) = refused.context["form"].errors["added"]
    assert "501" in fault
    assert "500" in fault
    assert shown.context["total"] == 500


def test_pages_of_groups_cost_no_more_for_more_units(cast: Cast, communes: Group) -> None:
    visit = Visit(cast.chi)
    paths = ("/groups/", "/groups/cac-phuong/", "/groups/cac-phuong/change/", "/groups/new/")
    before = [visit.cost(path) for path in paths]
    for _ in range(10):
        make_unit(parent=cast.ho_sen, kind="commune")

    assert [visit.cost(path) for path in paths] == before
    assert max(before) <= 20


def test_many_members_come_page_by_page(cast: Cast, communes: Group) -> None:
    for number in range(210):
        make_unit(f"xa-{number:03}", parent=cast.dong_gao, kind="commune")
    visit = Visit(cast.an)

    first = visit.look("/groups/cac-phuong/")
    second = visit.look(first.context["next_url"])

    assert (len(first.context["members"]), len(second.context["members"])) == (200, 11)
    assert second.context["next_url"] is None
    uids = {one.uid for page in (first, second) for one in page.context["members"]}
    assert len(uids) == 211
