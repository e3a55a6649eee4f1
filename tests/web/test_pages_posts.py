"""Posts: a unit gets one, its page tells who held it, and it ends when nobody holds it."""

from datetime import date

import pytest

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Post
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import appoint, key, make_officer, make_person, make_post, make_role, make_unit
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

APPOINTS = (Action.READ_PEOPLE, Action.APPOINT_PEOPLE)


def new_in(unit) -> str:
    return f"/units/{unit.uid}/posts/new/"


def page_of(post: Post) -> str:
    return f"/posts/{post.uid}/"


def said(**words: str) -> dict[str, str]:
    return {
        "client_key": str(key()),
        "title_vi": "Phó Chánh Văn phòng",
        "title_en": "Deputy Chief of Office",
        "role": "reader",
        "scope": "",
        "since": "1/9/2024",
        "legal_basis": "Quyết định số 15-QĐ/TU ngày 20/8/2024",
    } | words


def last(day: str) -> dict[str, str]:
    return {"client_key": str(key()), "last": day}


def plain(unit) -> Post:
    return make_post(unit, role=make_role("khach", actions=[]), title_vi="Văn thư")


def test_a_unit_gets_a_post_from_its_page(cast: Cast) -> None:
    visit, unit_page = Visit(cast.chi), f"/units/{cast.sen_tay.uid}/"
    assert new_in(cast.sen_tay) in text_of(visit.look(unit_page))
    form = said(scope="quan ho sen", title_en="")

    answer = visit.send(new_in(cast.sen_tay), form)
    again = visit.send(new_in(cast.sen_tay), form)

    post = Post.objects.get(title_vi="Phó Chánh Văn phòng")
    assert answer["Location"] == again["Location"] == page_of(post)
    assert (post.unit, post.scope, post.role.code) == (cast.sen_tay, cast.ho_sen, "reader")
    assert (post.title_en, post.valid.lower) == ("Phó Chánh Văn phòng", date(2024, 9, 1))
    shown = visit.look(page_of(post))
    facts = shown.context["post"]
    assert (facts.when, facts.since, facts.scope_name) == ("soon", date(2024, 9, 1), "Quận Hồ Sen")
    assert page_of(post) not in text_of(visit.look(unit_page))
    assert page_of(post) in text_of(visit.look(f"{unit_page}?on=2024-09-01"))


def test_where_two_units_bear_the_name_the_one_that_is_meant_is_asked_for(cast: Cast) -> None:
    twins = [
        make_unit(f"doi-{above.code}", parent=above, name_vi="Phường Đôi", name_en="Twin")
        for above in (cast.ho_sen, cast.dong_gao)
    ]
    visit, form = Visit(cast.chi), said(scope="Phường Đôi")

    asked = visit.send(new_in(cast.sen_tay), form, status=422)

    (fault,) = asked.context["form"].errors["scope"]
    assert "Phường Đôi, Quận Hồ Sen" in fault
    assert f'name="scope_meant" id="scope_meant_2" value="{twins[0].uid}"' in text_of(asked)
    visit.send(new_in(cast.sen_tay), {**form, "scope_meant": str(twins[0].uid)})
    assert Post.objects.get(title_vi="Phó Chánh Văn phòng").scope == twins[0]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title_vi": " "}, "title_vi"),
        ({"role": "khong-co"}, "role"),
        ({"role": ""}, "role"),
        ({"scope": "Phường Không Có"}, "scope"),
        ({"since": "40/9/2024"}, "since"),
        ({"since": "1/1/2000"}, "since"),
        ({"legal_basis": ""}, "legal_basis"),
    ],
)
def test_what_is_wrong_with_a_post_stands_beside_its_field(cast: Cast, words, field) -> None:
    answer = Visit(cast.chi).send(new_in(cast.sen_tay), said(**words), status=422)

    assert list(answer.context["form"].errors) == [field]
    assert 'value="Quyết định số 15' in text_of(answer) or field == "legal_basis"
    assert not Post.objects.filter(title_vi="Phó Chánh Văn phòng").exists()


def test_a_post_reaches_no_further_than_whoever_opens_it(cast: Cast) -> None:
    visit = Visit(make_officer(cast.ho_sen, actions=APPOINTS))

    answer = visit.send(new_in(cast.ho_sen), said(scope="Thành phố Hồ Sen"), status=422)

    assert "Trưởng phòng Tổng hợp" in answer.context["form"].errors["scope"][0]
    visit.look(new_in(cast.dong_gao), status=403)


def test_roles_that_give_others_their_rights_are_offered_to_those_who_define(cast: Cast) -> None:
    def offered(user) -> set[str]:
        form = Visit(user).look(new_in(cast.ho_sen)).context["form"]
        return {code for code, _ in form.fields["role"].choices if code}

    personnel = make_officer(cast.city, actions=APPOINTS)
    strong = {role.code for role in units.roles() if Action.APPOINT_PEOPLE in role.actions}
    assert strong

    assert offered(cast.chi) >= strong
    assert offered(personnel) & strong == set()
    assert "reader" in offered(personnel)
    Visit(personnel).send(new_in(cast.ho_sen), said(role="planning_officer"), status=422)


def test_a_post_tells_who_held_it_and_when(cast: Cast) -> None:
    post, person = plain(cast.sen_tay), make_person("Lý Mới")
    appoint(person, post, until=date(2023, 1, 1))
    appoint(make_person("Lý Sau"), post, since=date(2023, 1, 1))

    shown = Visit(cast.chi).look(page_of(post))

    lines = [(one.person.name, one.last, one.when) for one in shown.context["holders"]]
    assert lines == [("Lý Sau", None, "now"), ("Lý Mới", date(2022, 12, 31), "past")]
    assert shown.context["may_end"]


def test_a_reader_of_the_post_is_told_who_may(cast: Cast) -> None:
    post = plain(cast.sen_tay)

    shown = Visit(cast.ha).look(page_of(post))

    assert not shown.context["may_end"]
    assert "Trưởng phòng Tổng hợp" in shown.context["who"]
    Visit(cast.ha).look(f"{page_of(post)}end/", status=403)
    Visit(cast.khe).look(page_of(post), status=404)
    Visit(cast.khe).look(f"{page_of(post)}end/", status=404)


def test_a_post_that_is_held_names_who_leaves_first(cast: Cast) -> None:
    post, visit = plain(cast.sen_tay), Visit(cast.chi)
    held = appoint(make_person("Lý Mới"), post)
    path = f"{page_of(post)}end/"
    assert f"/appointments/{held.uid}/end/" in text_of(visit.look(path))

    refused = visit.send(path, last("31/8/2024"), status=422)

    assert "Lý Mới" in refused.context["form"].errors["last"][0]
    visit.send(f"/appointments/{held.uid}/end/", last("31/8/2024"))
    for _ in range(2):
        assert visit.send(path, last("31/8/2024"))["Location"] == page_of(post)
    post.refresh_from_db()
    assert post.valid.upper == date(2024, 9, 1)
    assert visit.look(page_of(post)).context["post"].last == date(2024, 8, 31)
    visit.send(path, last("30/9/2024"), status=422)


def test_a_day_long_past_is_asked_back(cast: Cast) -> None:
    post, visit = plain(cast.sen_tay), Visit(cast.chi)
    path = f"{page_of(post)}end/"

    visit.send(path, last("1/1/2024"), status=422)
    visit.send(path, {**last("1/1/2024"), "sure": "1"})

    assert visit.look(page_of(post)).context["post"].when == "past"
    assert not visit.look(page_of(post)).context["may_end"]


def test_nobody_is_appointed_to_a_post_outside_its_days(cast: Cast) -> None:
    visit, person = Visit(cast.chi), make_person("Lý Mới")
    appoint(person, plain(cast.sen_tay))
    visit.send(new_in(cast.sen_tay), said())
    post = Post.objects.get(title_vi="Phó Chánh Văn phòng")
    visit.send(f"{page_of(post)}end/", last("31/12/2024"))
    path = f"/people/{person.uid}/appoint/?unit={cast.sen_tay.uid}"
    form = {"post": str(post.uid), "legal_basis": "QĐ 16", "last": "31/12/2024"}

    def faults(**words: str) -> list[str]:
        answer = visit.send(path, {**form, "client_key": str(key()), **words}, status=422)
        return list(answer.context["form"].errors)

    assert faults(since="31/8/2024") == ["since"]
    assert faults(since="1/9/2024", last="") == ["last"]
    assert faults(since="1/9/2024", last="1/1/2025") == ["last"]
    visit.send(path, {**form, "client_key": str(key()), "since": "1/9/2024"})


def test_pages_of_posts_cost_few_queries_and_have_one_heading(cast: Cast) -> None:
    post, visit = plain(cast.sen_tay), Visit(cast.chi)
    for number in range(4):
        appoint(make_person(f"Lý {number}"), post)
    paths = [new_in(cast.sen_tay), page_of(post), f"{page_of(post)}end/"]

    for language in ("vi", "en"):
        visit.send("/language/", {"language": language, "next": "/"}, status=302)
        assert [text_of(visit.look(path)).count("<h1") for path in paths] == [1, 1, 1]
    assert max(visit.cost(path) for path in paths) <= 20
    assert Visit(cast.chi).cost(f"/units/{cast.sen_tay.uid}/") <= 20
