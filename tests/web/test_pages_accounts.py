"""Accounts: the list, the section on somebody's page, and the forms that let in and shut out."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import services
from lotrinh.apps.units.models import Appointment, Person
from lotrinh.rules.actions import Action
from lotrinh.rules.closing import Closing
from tests.cast import Cast
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    key,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_user,
)
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

LIST = "/accounts/"
SIGN_IN = "/account/sign-in/"
OWN = "/account/password/"
PASSWORD = re.compile(r"<code translate=\"no\">([a-z0-9-]{14})</code>")


def act_of(user: User, act: str) -> str:
    return f"/accounts/{user.uid}/{act}/"


def keyed(**words: str) -> dict[str, str]:
    return {"client_key": str(key()), **words}


def printed(answer) -> str:
    """Return the password that a page prints."""
    found = PASSWORD.findall(text_of(answer))
    assert len(found) == 1
    return found[0]


def newcomer(cast: Cast) -> Person:
    person = make_person("Lý Thị Sương")
    appoint(person, make_post(cast.sen_tay, role=make_role("khach", actions=[])))
    return person


def sign_in(visit: Visit, name: str, password: str):
    return visit.client.post(SIGN_IN, {"login": name, "password": password})


def test_closing_ends_an_open_session_at_its_next_step(cast: Cast) -> None:
    working = Visit(cast.ha)
    working.look("/duties/")

    answer = Visit(cast.chi).send(act_of(cast.ha, "close"), keyed(reason="suspended"))

    assert answer["Location"] == f"/people/{cast.person(cast.ha).uid}/"
    asked = working.look("/duties/", status=302)
    assert asked["Location"] == f"{SIGN_IN}?next=/duties/"
    sent = working.send("/documents/new/", {"text": "x"}, status=302)
    assert sent["Location"].startswith(SIGN_IN)


def test_no_session_of_the_time_before_comes_alive_again(cast: Cast) -> None:
    working, chi = Visit(cast.ha), Visit(cast.chi)
    working.look("/duties/")
    cookie = working.client.cookies["lotrinh_session"].value
    chi.send(act_of(cast.ha, "close"), keyed(reason="absent"))

    chi.send(act_of(cast.ha, "reopen"), keyed(), status=200)

    working.client.cookies["lotrinh_session"] = cookie
    working.look("/duties/", status=302)


def test_the_page_of_the_person_says_that_it_is_closed_and_why(cast: Cast) -> None:
    visit, page = Visit(cast.chi), f"/people/{cast.person(cast.ha).uid}/"
    visit.send(act_of(cast.ha, "close"), keyed(reason="left"))

    shown = visit.look(page)

    account = shown.context["box"].account
    assert account.state_text == "đã đóng từ 7/8/2024: đã nghỉ hoặc chuyển công tác"
    assert (account.close_url, account.password_url) == (None, None)
    assert account.reopen_url == act_of(cast.ha, "reopen")
    assert [line.when for line in shown.context["lines"]] == ["now"]


def test_closing_twice_records_it_once(cast: Cast) -> None:
    visit, words = Visit(cast.chi), keyed(reason="left")

    for _ in range(2):
        visit.send(act_of(cast.ha, "close"), words)

    assert Entry.objects.filter(verb="user.closed").count() == 1


def test_who_closes_what_another_has_closed_for_another_reason_is_told(cast: Cast) -> None:
    Visit(cast.chi).send(act_of(cast.ha, "close"), keyed(reason="left"))
    other = Visit(make_officer(cast.city, language="en"))

    refused = other.send(act_of(cast.ha, "close"), keyed(reason="exposed"), status=422)

    assert "Somebody else has acted on this account meanwhile." in text_of(refused)
    assert User.objects.get(pk=cast.ha.pk).closed_for == "left"


def test_an_account_is_not_closed_without_a_reason(cast: Cast) -> None:
    answer = Visit(cast.chi).send(act_of(cast.ha, "close"), keyed(), status=422)

    assert list(answer.context["form"].errors) == ["reason"]
    assert User.objects.get(pk=cast.ha.pk).is_active


def test_somebody_new_is_let_in_and_changes_the_password_first(cast: Cast) -> None:
    person, chi = newcomer(cast), Visit(cast.chi)
    path = f"/people/{person.uid}/account/"
    assert chi.look(f"/people/{person.uid}/").context["box"].open_url == path
    form = chi.look(path).context["form"]
    assert form.initial["sign_in_name"] == "ly-thi-suong"

    shown = chi.send(path, keyed(sign_in_name="ly-thi-suong", language="vi"), status=200)

    assert shown["Cache-Control"] == "no-store"
    password, visit = printed(shown), Visit()
    assert sign_in(visit, "ly-thi-suong", password).status_code == 302
    assert visit.look("/people/", status=302)["Location"] == OWN
    assert visit.send("/documents/new/", {}, status=302)["Location"] == OWN
    words = {"current": password, "new": "bon chu cua rieng", "again": "bon chu cua rieng"}
    visit.send(OWN, words)
    visit.look("/people/")
    assert sign_in(Visit(), "ly-thi-suong", "bon chu cua rieng").status_code == 302
    assert sign_in(Visit(), "ly-thi-suong", password).status_code == 200


def test_a_form_sent_twice_opens_one_account_and_shows_no_password_again(cast: Cast) -> None:
    person, chi = newcomer(cast), Visit(cast.chi)
    path, words = f"/people/{person.uid}/account/", keyed(sign_in_name="suong", language="en")
    password = printed(chi.send(path, words, status=200))

    again = chi.send(path, words, status=422)

    assert password not in text_of(again)
    assert "một lần" in text_of(again)
    assert User.objects.filter(sign_in_name="suong").count() == 1
    assert chi.look(path, status=303)["Location"] == f"/people/{person.uid}/"


def test_whoever_appointed_somebody_is_told_who_lets_him_in(cast: Cast) -> None:
    held = services.take_on(
        full_name="Lý Mới",
        post=make_post(cast.sen_tay, role=make_role("doc", actions=READS)),
        acting=False,
        since=TODAY,
        until=None,
        legal_basis="Quyết định số 3",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    other = make_officer(cast.city, actions=[Action.READ_PEOPLE, Action.MANAGE_ACCOUNT])
    words = {"user_id": other.pk, "read": None, "client_key": key(), "at": NOW}
    accounts.give_password(actor=cast.chi.named, **words)
    form = keyed(sign_in_name="ly-moi", language="vi")

    refused = Visit(cast.chi).send(f"/people/{held.person.uid}/account/", form, status=422)

    assert "Chuyên viên" in str(refused.context["form"].errors["__all__"])
    assert not User.objects.filter(sign_in_name="ly-moi").exists()


@pytest.mark.parametrize(
    "name", ["", "A", "ab", "Lý Sương", "-ly", "ly suong", "can-bo-ho-sen", "x" * 200]
)
def test_a_sign_in_name_that_cannot_be_is_said_beside_its_field(cast: Cast, name: str) -> None:
    path = f"/people/{newcomer(cast).uid}/account/"

    answer = Visit(cast.chi).send(path, keyed(sign_in_name=name, language="vi"), status=422)

    assert list(answer.context["form"].errors) == ["sign_in_name"]


def test_a_forgotten_password_is_replaced_by_a_temporary_one(cast: Cast) -> None:
    chi, working = Visit(cast.chi), Visit(cast.ha)
    path = act_of(cast.ha, "password")
    read = chi.look(path).context["form"].initial["read"]
    assert read is None

    password = printed(chi.send(path, keyed(), status=200))

    working.look("/duties/", status=302)
    visit = Visit()
    sign_in(visit, "can-bo-ho-sen", password)
    assert visit.look("/duties/", status=302)["Location"] == OWN
    stale = chi.send(path, keyed(), status=422)
    assert stale.context["form"].non_field_errors()
    assert User.objects.get(pk=cast.ha.pk).check_password(password)


def test_a_temporary_password_is_void_after_a_week(cast: Cast, settings) -> None:
    password = accounts.give_password(
        user_id=cast.ha.pk, read=None, client_key=key(), actor=cast.chi.named, at=NOW
    )

    late, soon = Visit(), Visit()

    settings.LOTRINH_TODAY = TODAY + timedelta(days=8)
    assert sign_in(late, "can-bo-ho-sen", password)["Location"] == SIGN_IN
    assert late.look("/duties/", status=302)["Location"].startswith(SIGN_IN)
    settings.LOTRINH_TODAY = TODAY + timedelta(days=6)
    assert sign_in(soon, "can-bo-ho-sen", password)["Location"] == "/"
    settings.LOTRINH_TODAY = TODAY + timedelta(days=8)
    words = {"current": password, "new": "mot cum tu rat dai", "again": "mot cum tu rat dai"}
    assert list(soon.send(OWN, words, status=422).context["form"].errors) == ["current"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"current": "khong phai"}, "current"),
        ({"again": "khac"}, "again"),
        ({"new": "ngan", "again": "ngan"}, "new"),
        ({"new": "mot cum tu rat dai", "again": "mot cum tu rat dai"}, "new"),
        ({"current": ""}, "current"),
    ],
)
def test_what_is_wrong_with_a_new_password_stands_beside_its_field(words, field) -> None:
    user = make_user(password="mot cum tu rat dai")
    form = {"current": "mot cum tu rat dai", "new": "bon chu khac han", "again": "bon chu khac han"}

    answer = Visit(user).send(OWN, {**form, **words}, status=422)

    assert list(answer.context["form"].errors) == [field]
    assert "mot cum tu" not in text_of(answer)


def test_changing_ones_password_ends_other_sessions_and_keeps_this_one() -> None:
    user = make_user(password="mot cum tu rat dai")
    here, elsewhere = Visit(user), Visit(user)
    words = {"current": "mot cum tu rat dai", "new": "bon chu khac", "again": "bon chu khac"}

    here.send(OWN, words)

    here.look("/documents/")
    elsewhere.look("/documents/", status=302)


def test_one_does_not_act_on_ones_own_account(cast: Cast) -> None:
    visit = Visit(cast.chi)

    box = visit.look(f"/people/{cast.person(cast.chi).uid}/").context["box"]
    assert box.own_password_url == OWN
    assert (box.account.close_url, box.account.password_url) == (None, None)
    for act in ("close", "password", "reopen"):
        visit.look(act_of(cast.chi, act), status=403)
        visit.send(act_of(cast.chi, act), keyed(reason="left"), status=403)


@pytest.mark.parametrize("act", ["close", "password", "reopen", "open"])
def test_a_right_that_is_lost_between_page_and_turn_is_refused_as_such(
    cast: Cast, act: str
) -> None:
    keeper = make_officer(cast.city, actions=[Action.READ_PEOPLE, Action.MANAGE_ACCOUNT])
    person = newcomer(cast)
    if act == "reopen":
        given = {"user": cast.chi, "on": TODAY, "at": NOW}
        services.bar_account(account=cast.ha, reason=Closing.LEFT, **given)
    path = f"/people/{person.uid}/account/" if act == "open" else act_of(cast.ha, act)
    before = Entry.objects.count()
    lost: list[int] = []

    def lose(execute, sql, params, many, context):
        if "pg_advisory_xact_lock" in sql and not lost:
            lost.append(cast.person(keeper).pk)
            Appointment.objects.filter(person_id=lost[0]).delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(lose):
        words = keyed(reason="left", sign_in_name="ly-thi-suong", language="vi")
        Visit(keeper).send(path, words, status=403)

    assert len(lost) == 1
    assert Entry.objects.count() == before


def test_accounts_that_give_more_are_shown_with_the_reason_and_no_way(cast: Cast) -> None:
    keeper = make_officer(cast.city, actions=[Action.READ_PEOPLE, Action.MANAGE_ACCOUNT])
    visit = Visit(keeper)

    rows = {row.sign_in_name: row for row in visit.look(LIST).context["accounts"]}

    assert rows["van-phong"].refused_text
    assert rows["van-phong"].close_url is None
    assert rows["can-bo-ho-sen"].close_url == act_of(cast.ha, "close")
    visit.send(act_of(cast.chi, "close"), keyed(reason="left"), status=403)


def test_whoever_keeps_accounts_elsewhere_is_told_who_may(cast: Cast) -> None:
    actions = [Action.READ_PEOPLE, Action.MANAGE_ACCOUNT]
    keeper = make_officer(cast.dong_gao, actions=actions)
    services_post = make_post(cast.dong_gao, role=make_role("khach", actions=[]))
    appoint(cast.person(cast.ha), services_post)

    box = Visit(keeper).look(f"/people/{cast.person(cast.ha).uid}/").context["box"]

    assert box.account.close_url is None
    assert "Trưởng phòng Tổng hợp" in box.account.refused_text


def test_whoever_may_not_finds_no_way_to_accounts(cast: Cast) -> None:
    visit = Visit(cast.thach)

    assert LIST not in text_of(visit.look("/people/"))
    shown = visit.look(f"/people/{cast.person(cast.ha).uid}/")
    assert shown.context["box"] is None
    assert "can-bo-ho-sen" not in text_of(shown)
    visit.look(LIST, status=403)


def test_the_list_says_how_it_stands_with_each_account(cast: Cast) -> None:
    make_user("may-in")
    services.bar_account(account=cast.bach, reason=Closing.EXPOSED, user=cast.chi, on=TODAY, at=NOW)
    accounts.give_password(
        user_id=cast.mai.pk, read=None, client_key=key(), actor=cast.chi.named, at=NOW
    )

    rows = {row.sign_in_name: row for row in Visit(cast.chi).look(LIST).context["accounts"]}

    assert {
        name: rows[name].state_text for name in ("may-in", "doc-dong-gao", "can-bo-sen-tay")
    } == {
        "may-in": "đang mở; chưa có mật khẩu",
        "doc-dong-gao": "đã đóng từ 7/8/2024: mật khẩu có thể đã bị lộ",
        "can-bo-sen-tay": "đang mở; mật khẩu cấp ngày 7/8/2024, chưa đổi",
    }
    assert (rows["may-in"].person_name, rows["khong-chuc-vu"].person_url) == ("", None)
    assert rows["can-bo-sen-tay"].person_url == f"/people/{cast.person(cast.mai).uid}/"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=thu+ha", ["can-bo-ho-sen"]),
        ("state=nobody", ["may-in"]),
        ("state=closed", []),
        ("q=zzz", []),
    ],
)
def test_the_list_is_searched_and_narrowed(cast: Cast, asked: str, found: list[str]) -> None:
    make_user("may-in")

    shown = Visit(cast.chi).look(f"{LIST}?{asked}")

    assert [row.sign_in_name for row in shown.context["accounts"]] == found


def test_a_long_list_goes_on_where_it_stopped(cast: Cast) -> None:
    for number in range(60):
        make_user(f"z-{number:02}")
    visit = Visit(cast.chi)

    first = visit.look(LIST)
    second = visit.look(first.context["next_url"])

    names = [row.sign_in_name for page in (first, second) for row in page.context["accounts"]]
    assert (len(first.context["accounts"]), len(names), len(set(names))) == (50, 69, 69)
    assert names == sorted(names)
    assert second.context["next_url"] is None


def test_the_list_costs_the_same_for_many(cast: Cast) -> None:
    visit = Visit(cast.chi)
    before = visit.cost(LIST)
    for number in range(8):
        make_officer(cast.sen_tay, actions=READS, sign_in_name=f"z-{number}")

    assert visit.cost(LIST) == before <= 20


def test_the_forms_cost_few_queries_and_have_one_heading(cast: Cast) -> None:
    person, visit = newcomer(cast), Visit(cast.chi)
    services.bar_account(account=cast.mai, reason=Closing.LEFT, user=cast.chi, on=TODAY, at=NOW)
    paths = [
        LIST,
        OWN,
        act_of(cast.ha, "close"),
        act_of(cast.ha, "password"),
        act_of(cast.mai, "reopen"),
        f"/people/{person.uid}/account/",
    ]

    for language in ("vi", "en"):
        visit.send("/language/", {"language": language, "next": "/"}, status=302)
        assert [text_of(visit.look(path)).count("<h1") for path in paths] == [1] * len(paths)
    assert max(visit.cost(path) for path in paths) <= 20


def test_an_account_that_was_closed_leaves_posts_and_history_as_they_were(cast: Cast) -> None:
    before = list(Appointment.objects.order_by("pk").values_list("pk", "valid"))

    Visit(cast.chi).send(act_of(cast.ha, "close"), keyed(reason="left"))

    assert list(Appointment.objects.order_by("pk").values_list("pk", "valid")) == before
