"""People: the list, one person through time, and the forms of those who appoint."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.models import Appointment, Person
from lotrinh.rules.actions import Action
from lotrinh.web.wording import HELD_AS, word
from lotrinh.web.wording_of_rights import ACTIONS
from tests.cast import LEFT_ON, Cast
from tests.factories import (
    NOW,
    TODAY,
    appoint,
    key,
    make_officer,
    make_person,
    make_post,
    make_role,
)
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

NEW = "/people/new/"


def page_of(person: Person) -> str:
    return f"/people/{person.uid}/"


def names(answer) -> list[str]:
    return [row.name for row in answer.context["people"]]


def held_by(cast: Cast, user) -> Appointment:
    """Return the appointment by which somebody of the cast is known."""
    found = units.first_post(user_id=user.pk, on=TODAY)
    assert found is not None
    return found


def said(words, code: str) -> str:
    """Return the word of a page in Vietnamese."""
    with translation.override("vi"):
        return word(words, code)


def decided(to, **words: str) -> dict[str, str]:
    """Return a form of appointment as an officer fills it in."""
    return {
        "client_key": str(key()),
        "post": str(to.uid),
        "since": "1/9/2024",
        "last": "",
        "legal_basis": "Quyết định số 15-QĐ/TU ngày 20/8/2024",
    } | words


def test_people_stand_in_the_order_of_given_names_with_their_posts(cast: Cast) -> None:
    shown = Visit(cast.chi).look("/people/")

    assert names(shown) == [
        "Hoàng Bách",
        "Trần Mộc Chi",
        "Phan Thu Hà",
        "Lê Minh Khê",
        "Vũ Thị Mai",
        "Tạ Quang Nghiêm",
        "Đoàn Hải Thạch",
        "Ngô Tùng",
    ]
    posts = {row.name: [one.unit_name for one in row.posts] for row in shown.context["people"]}
    assert posts["Phan Thu Hà"] == ["Quận Hồ Sen"]
    assert posts["Ngô Tùng"] == []


def test_one_sees_those_of_ones_own_subtree_and_nobody_else(cast: Cast) -> None:
    assert names(Visit(cast.ha).look("/people/")) == ["Phan Thu Hà", "Vũ Thị Mai"]
    assert names(Visit(cast.mai).look("/people/")) == ["Vũ Thị Mai"]
    assert names(Visit(cast.bach).look("/people/")) == []
    assert names(Visit(cast.an).look("/people/")) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thu ha", ["Phan Thu Hà"]),
        ("HÀ", ["Phan Thu Hà"]),
        ("hả", []),
        ("doan", ["Đoàn Hải Thạch"]),
        ("mai thi", ["Vũ Thị Mai"]),
        ("zzz", []),
    ],
)
def test_names_are_found_with_and_without_marks(cast: Cast, typed, found) -> None:
    shown = Visit(cast.chi).client.get("/people/", {"q": typed})

    assert names(shown) == found


def test_a_long_list_goes_on_where_it_stopped(cast: Cast) -> None:
    post = make_post(cast.sen_tay, role=make_role("reader2", actions=[]))
    for number in range(60):
        appoint(make_person(f"Lý Văn Đ{number:02}"), post)
    visit = Visit(cast.chi)

    first = visit.look("/people/")
    second = visit.look(first.context["next_url"])

    assert (len(names(first)), len(names(second))) == (50, 18)
    assert first.context["total"] == 68
    assert second.context["next_url"] is None
    assert not set(names(first)) & set(names(second))


def test_a_person_is_shown_with_the_posts_that_the_reader_may_see(cast: Cast) -> None:
    person = cast.person(cast.ha)
    guest = make_role("khach", actions=[])
    appoint(person, make_post(cast.dong_gao, role=guest, title_vi="Cán bộ biệt phái", rank=5))

    def lines(user) -> list[str]:
        shown = Visit(user).look(page_of(person))
        return [line.post.unit_name for line in shown.context["lines"]]

    assert sorted(lines(cast.chi)) == ["Huyện Đồng Gạo", "Quận Hồ Sen"]
    assert lines(cast.ha) == ["Quận Hồ Sen"]
    assert lines(cast.khe) == ["Huyện Đồng Gạo"]
    Visit(cast.mai).look(page_of(person), status=404)


def test_whoever_left_is_shown_with_his_last_day(cast: Cast) -> None:
    shown = Visit(cast.chi).look(page_of(cast.person(cast.tung)))

    (line,) = shown.context["lines"]
    assert (line.last, line.when, line.may_end) == (date(2024, 6, 30), "past", False)
    assert shown.context["now"] == []


def test_who_lent_a_post_to_whom_and_what_of_it(cast: Cast) -> None:
    services.delegate(
        lender=held_by(cast, cast.ha),
        person=cast.person(cast.mai),
        since=date(2024, 8, 1),
        until=date(2024, 9, 1),
        actions=[Action.READ_DUTY],
        legal_basis="Giấy ủy quyền số 5",
        actor=SYSTEM,
        at=NOW,
    )
    visit = Visit(cast.chi)

    taken = visit.look(page_of(cast.person(cast.mai))).context["lines"]
    given = visit.look(page_of(cast.person(cast.ha))).context["lines"]

    lent = next(line for line in taken if line.lender)
    assert (lent.lender.name, lent.post.held_text, lent.last) == (
        "Phan Thu Hà",
        said(HELD_AS, "delegated"),
        date(2024, 8, 31),
    )
    assert lent.actions_text == said(ACTIONS, Action.READ_DUTY)
    assert (lent.may_lend, lent.may_end) == (False, True)
    (one,) = given[0].lent_to
    assert (one.name, one.note) == ("Vũ Thị Mai", "1/8/2024–31/8/2024")


def test_two_of_one_name_are_told_apart_by_their_units(cast: Cast) -> None:
    other = make_person("Phan Thu Hà")
    appoint(other, make_post(cast.dong_gao, title_vi="Phó Chủ tịch"))
    stranger = make_person("Phan Thu Hạ")
    appoint(stranger, make_post(cast.dong_gao))

    shown = Visit(cast.chi).look(page_of(cast.person(cast.ha)))

    (link,) = shown.context["others"]
    assert (link.name, link.note) == ("Phan Thu Hà", "Phó Chủ tịch, Huyện Đồng Gạo")
    assert Visit(cast.ha).look(page_of(cast.person(cast.ha))).context["others"] == ()


def test_somebody_new_comes_in_with_a_first_post(cast: Cast) -> None:
    post, visit = make_post(cast.sen_tay, title_vi="Văn thư"), Visit(cast.chi)
    chooser = visit.look(NEW)
    assert "Phường Sen Tây" in chooser.context["unit_names"]
    form_page = visit.client.get(NEW, {"unit": "phuong sen tay"})
    assert form_page.context["unit"] == cast.sen_tay
    form = decided(post, full_name="  Lý   Thị Sương ", last="31/12/2024")

    answer = visit.send(f"{NEW}?unit={cast.sen_tay.uid}", form)
    again = visit.send(f"{NEW}?unit={cast.sen_tay.uid}", form)

    person = Person.objects.get(full_name="Lý Thị Sương")
    assert answer["Location"] == again["Location"] == page_of(person)
    held = Appointment.objects.get(person=person)
    assert (held.valid.lower, held.valid.upper) == (date(2024, 9, 1), date(2025, 1, 1))
    assert (held.post, held.held_as) == (post, "appointed")
    assert held.legal_basis == "Quyết định số 15-QĐ/TU ngày 20/8/2024"
    entry = Entry.objects.get(verb="person.appointed", object_uid=person.uid)
    assert entry.actor_uid == cast.chi.uid


def test_a_known_name_is_asked_back_once(cast: Cast) -> None:
    post, visit = make_post(cast.sen_tay), Visit(cast.chi)
    path, form = f"{NEW}?unit={cast.sen_tay.uid}", decided(post, full_name="Vũ Thị Mai")

    refused = visit.send(path, form, status=422)
    assert [person.full_name for person in refused.context["known"]] == ["Vũ Thị Mai"]
    visit.send(path, {**form, "another": "on"})

    assert Person.objects.filter(full_name="Vũ Thị Mai").count() == 2


def test_a_post_is_filled_by_whoever_is_known(cast: Cast) -> None:
    post, person = make_post(cast.dong_gao, title_vi="Chánh Văn phòng"), cast.person(cast.mai)
    path = f"{page_of(person)}appoint/?unit={cast.dong_gao.uid}"
    visit = Visit(cast.chi)
    assert "Chánh Văn phòng (" in text_of(visit.look(path))

    visit.send(path, decided(post, acting="on"))

    held = Appointment.objects.get(person=person, post=post)
    assert (held.held_as, held.valid.upper) == ("acting", None)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"since": "40/9/2024"}, "since"),
        ({"since": ""}, "since"),
        ({"last": "31/8/2024"}, "last"),
        ({"legal_basis": "  "}, "legal_basis"),
        ({"post": "0"}, "post"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(cast: Cast, words, field) -> None:
    post, person = make_post(cast.dong_gao), cast.person(cast.mai)
    path = f"{page_of(person)}appoint/?unit={cast.dong_gao.uid}"

    answer = Visit(cast.chi).send(path, decided(post, **words), status=422)

    assert list(answer.context["form"].errors) == [field]
    assert not Appointment.objects.filter(post=post).exists()


def test_a_post_of_a_unit_that_has_ended_is_filled_by_nobody(cast: Cast) -> None:
    post, person = make_post(cast.sen_cu), cast.person(cast.mai)
    path = f"{page_of(person)}appoint/?unit={cast.sen_cu.uid}"

    answer = Visit(cast.chi).send(path, decided(post), status=422)

    assert list(answer.context["form"].errors) == ["since"]


def test_nobody_gives_a_post_to_himself_or_twice(cast: Cast) -> None:
    post, visit = make_post(cast.dong_gao), Visit(cast.chi)
    for person in (cast.person(cast.chi), cast.person(cast.mai)):
        path = f"{page_of(person)}appoint/?unit={cast.dong_gao.uid}"
        visit.send(path, decided(post), status=422 if person.user == cast.chi else 303)
    path = f"{page_of(cast.person(cast.mai))}appoint/?unit={cast.dong_gao.uid}"

    visit.send(path, decided(post), status=422)

    assert [row.person.full_name for row in Appointment.objects.filter(post=post)] == ["Vũ Thị Mai"]


def test_a_post_is_lent_until_a_day_for_chosen_actions(cast: Cast) -> None:
    lender, visit = held_by(cast, cast.ha), Visit(cast.chi)
    path = f"/appointments/{lender.uid}/lend/"
    visit.look(path)
    form = {
        "client_key": str(key()),
        "person": "vu thi mai",
        "since": "8/8/2024",
        "last": "31/8/2024",
        "actions": [Action.READ_DUTY.value],
        "legal_basis": "Giấy ủy quyền số 5",
    }

    for _ in range(2):
        assert visit.send(path, form)["Location"] == page_of(cast.person(cast.ha))

    lent = Appointment.objects.get(lent_by=lender)
    assert (lent.person, lent.actions) == (cast.person(cast.mai), ["duty.read"])
    assert lent.valid.upper == date(2024, 9, 1)
    asked = {"user_id": cast.mai.pk, "action": Action.READ_DUTY, "unit_id": cast.ho_sen.pk}
    days = (date(2024, 8, 7), date(2024, 8, 31), date(2024, 9, 1))
    assert [units.may(on=day, **asked) for day in days] == [False, True, False]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"last": ""}, "last"),
        ({"person": "Không Ai Cả"}, "person"),
        ({"actions": []}, "actions"),
        ({"since": "1/1/2019"}, "last"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused_in_place(cast: Cast, words, field) -> None:
    lender = held_by(cast, cast.ha)
    form = {
        "client_key": str(key()),
        "person": "Vũ Thị Mai",
        "since": "8/8/2024",
        "last": "31/8/2024",
        "actions": [Action.READ_DUTY.value],
        "legal_basis": "Giấy ủy quyền số 5",
    } | words

    answer = Visit(cast.chi).send(f"/appointments/{lender.uid}/lend/", form, status=422)

    assert list(answer.context["form"].errors) == [field]


def test_what_is_lent_is_not_lent_further(cast: Cast) -> None:
    lent = services.delegate(
        lender=held_by(cast, cast.ha),
        person=cast.person(cast.mai),
        since=TODAY,
        until=date(2024, 9, 1),
        actor=SYSTEM,
        at=NOW,
    )

    with pytest.raises(services.LentAlready):
        services.delegate(
            lender=lent,
            person=cast.person(cast.an),
            since=TODAY,
            until=date(2024, 8, 20),
            actor=SYSTEM,
            at=NOW,
        )


def test_an_appointment_ends_with_the_day_that_is_said(cast: Cast) -> None:
    held, visit = held_by(cast, cast.mai), Visit(cast.chi)
    path = f"/appointments/{held.uid}/end/"
    visit.look(path)

    for _ in range(2):
        visit.send(path, {"client_key": str(key()), "last": "10/8/2024"})

    held.refresh_from_db()
    assert held.valid.upper == date(2024, 8, 11)
    assert Entry.objects.filter(verb="person.released").count() == 1
    visit.send(path, {"client_key": str(key()), "last": "20/8/2024"}, status=422)
    visit.send(path, {"client_key": str(key()), "last": "1/1/2019"}, status=422)


def test_what_has_ended_stays_as_it_was(cast: Cast) -> None:
    held = Appointment.objects.get(person=cast.person(cast.tung))
    path = f"/appointments/{held.uid}/end/"

    Visit(cast.chi).send(path, {"client_key": str(key()), "last": "1/6/2024"}, status=422)

    held.refresh_from_db()
    assert held.valid.upper == LEFT_ON


def test_appointing_in_a_unit_reaches_no_post_that_works_for_a_larger_one(cast: Cast) -> None:
    actions = [Action.READ_PEOPLE, Action.APPOINT_PEOPLE]
    personnel = make_officer(cast.ho_sen, actions=actions, full_name="Quách An")
    plain = make_role("khach", actions=[])
    wide = make_post(cast.ho_sen, role=plain, scope=cast.city, title_vi="Tổ trưởng toàn thành phố")
    own = make_post(cast.sen_tay, role=plain, title_vi="Chủ tịch")
    person, visit = cast.person(cast.mai), Visit(personnel)
    path = f"{page_of(person)}appoint/?unit="

    assert str(own.uid) in text_of(visit.look(f"{path}{cast.sen_tay.uid}"))
    assert str(wide.uid) not in text_of(visit.look(f"{path}{cast.ho_sen.uid}"))
    visit.send(f"{path}{cast.ho_sen.uid}", decided(wide), status=422)
    visit.send(f"{path}{cast.dong_gao.uid}", decided(own), status=403)
    with pytest.raises(services.AppointingNotAllowed):
        services.fill_post(
            person=person,
            post=wide,
            since=TODAY,
            until=None,
            acting=False,
            legal_basis="QĐ 1",
            user=personnel,
            client_key=key(),
            on=TODAY,
            at=NOW,
        )


def test_a_post_that_gives_others_their_rights_is_offered_to_those_alone_who_may_fill_it(
    cast: Cast,
) -> None:
    personnel = make_officer(cast.city, actions=[Action.READ_PEOPLE, Action.APPOINT_PEOPLE])
    keeping = make_role("giu-tai-khoan", actions=[Action.MANAGE_ACCOUNT])
    strong = make_post(cast.ho_sen, role=keeping, title_vi="Quản trị tài khoản")
    make_post(cast.sen_cu, role=keeping, title_vi="Quản trị tài khoản")
    held = appoint(cast.person(cast.ha), strong)
    visit, path = Visit(personnel), f"{page_of(cast.person(cast.mai))}appoint/?unit="

    shown = visit.look(f"{path}{cast.ho_sen.uid}")
    assert str(strong.uid) not in text_of(shown)
    assert shown.context["narrowed_text"] != ""
    assert shown.context["narrowed_text"] in visit.look(f"{path}{cast.sen_cu.uid}").context["fault"]
    ends = {line.uid for line in visit.look(page_of(held.person)).context["lines"] if line.may_end}
    assert len(ends) == 1
    assert held.uid not in ends
    for act in ("lend", "end"):
        visit.look(f"/appointments/{held.uid}/{act}/", status=403)
    post_page = visit.look(f"/posts/{strong.uid}/")
    assert post_page.context["may_end"] is False
    assert post_page.context["who"].endswith(": Trưởng phòng Tổng hợp, Văn phòng Thành ủy.")
    defines = Visit(cast.chi)
    offered = defines.look(f"{path}{cast.ho_sen.uid}")
    assert str(strong.uid) in text_of(offered)
    assert offered.context["narrowed_text"] == ""
    defines.look(f"/appointments/{held.uid}/end/")


def test_whoever_may_not_appoint_finds_no_way_to_it(cast: Cast) -> None:
    shown = text_of(Visit(cast.ha).look(page_of(cast.person(cast.ha))))

    assert not re.search(r"/(appoint|lend|end)/", shown)
    assert "/people/new/" not in text_of(Visit(cast.ha).look("/people/"))


def test_a_unit_in_which_one_may_not_appoint_is_named_with_who_may(cast: Cast) -> None:
    actions = [Action.READ_PEOPLE, Action.APPOINT_PEOPLE]
    visit = Visit(make_officer(cast.sen_tay, actions=actions, full_name="Quách An"))

    answer = visit.client.get(NEW, {"unit": "Huyện Đồng Gạo"})

    assert answer.status_code == 200
    assert "Trưởng phòng Tổng hợp" in answer.context["fault"]
    assert answer.context["unit_names"] == ["Phường Sen Tây"]


@pytest.mark.parametrize("path", ["/people/", "/people/new/"])
def test_pages_of_people_cost_few_queries(cast: Cast, path) -> None:
    assert Visit(cast.chi).cost(path) <= 20


def test_cost_does_not_grow_with_the_posts_of_a_life(cast: Cast) -> None:
    person, visit = cast.person(cast.ha), Visit(cast.chi)
    appoint(person, make_post(cast.sen_tay))
    before = visit.cost(page_of(person))
    for _ in range(8):
        appoint(person, make_post(cast.sen_tay))

    assert visit.cost(page_of(person)) == before <= 20


def test_every_page_has_one_heading(cast: Cast) -> None:
    held, person = held_by(cast, cast.ha), cast.person(cast.ha)
    paths = [
        "/people/",
        NEW,
        f"{NEW}?unit={cast.ho_sen.uid}",
        page_of(person),
        reverse("person-appoint", args=[person.uid]),
        f"/appointments/{held.uid}/lend/",
        f"/appointments/{held.uid}/end/",
    ]

    pages = [text_of(Visit(cast.chi).look(path)) for path in paths]

    assert [page.count("<h1") for page in pages] == [1] * len(paths)


def test_an_appointment_that_has_not_begun_is_taken_back_on_its_page(cast: Cast) -> None:
    held = appoint(make_person("Lý Mới"), make_post(cast.sen_tay), since=date(2024, 9, 1))
    path, visit = f"/appointments/{held.uid}/end/", Visit(cast.chi)
    assert visit.look(path).context["not_begun"] is True

    answer = visit.send(path, {"client_key": str(key()), "last": "7/8/2024"})

    assert answer["Location"] == "/people/"
    assert "chưa bắt đầu" in text_of(visit.look("/people/"))
    visit.look(path, status=404)
    visit.look(f"/people/{held.person.uid}/", status=404)
