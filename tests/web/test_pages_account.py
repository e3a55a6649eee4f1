"""Signing in and out, the language, and the roles of the demonstration."""

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from tests.cast import Cast
from tests.factories import key, make_user
from tests.web.visiting import Visit, text_of

SIGN_IN = "/account/sign-in/"
PASSWORD = "mot-mat-khau-rat-dai"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Forget how often somebody has tried to sign in before this test."""
    cache.clear()


def signed_in_as(client: Client) -> int | None:
    found = client.session.get("_auth_user_id")
    return int(found) if found else None


def test_a_stranger_is_led_to_the_sign_in_and_back(db: None) -> None:
    user = make_user("moi-vao", password=PASSWORD)
    client = Client()

    away = client.get("/duties/?state=draft")
    back = client.post(away["Location"], {"login": "moi-vao", "password": PASSWORD})

    assert away["Location"] == f"{SIGN_IN}?next=/duties/%3Fstate%3Ddraft"
    assert back["Location"] == "/duties/?state=draft"
    assert signed_in_as(client) == user.pk


@pytest.mark.parametrize("password", ["sai", ""])
def test_a_wrong_password_opens_nothing(db: None, password: str) -> None:
    make_user("moi-vao", password=PASSWORD)
    client = Client()

    answer = client.post(SIGN_IN, {"login": "moi-vao", "password": password})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert signed_in_as(client) is None


def test_a_closed_account_is_refused_in_words(db: None) -> None:
    user = make_user("da-dong", password=PASSWORD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = Client()

    answer = client.post(SIGN_IN, {"login": "da-dong", "password": PASSWORD})

    assert answer["Location"] == SIGN_IN
    assert "usa-alert--error" in text_of(client.get(SIGN_IN))
    assert signed_in_as(client) is None


def test_another_site_is_no_place_to_go_on_to(db: None) -> None:
    make_user("moi-vao", password=PASSWORD)

    answer = Client().post(
        f"{SIGN_IN}?next=https://example.org/", {"login": "moi-vao", "password": PASSWORD}
    )

    assert answer["Location"] == "/"


def test_signing_out_asks_first(cast: Cast) -> None:
    visit = Visit(cast.chi)

    visit.look("/account/sign-out/")
    still = signed_in_as(visit.client)
    visit.send("/account/sign-out/", {}, status=302)

    assert still == cast.chi.pk
    assert signed_in_as(visit.client) is None


def test_the_language_chosen_stays_with_the_account(cast: Cast) -> None:
    visit = Visit(cast.chi)

    answer = visit.send("/language/", {"language": "en", "next": "/duties/"}, status=302)

    cast.chi.refresh_from_db()
    assert answer["Location"] == "/duties/"
    assert cast.chi.language == "en"
    assert Entry.objects.latest("id").verb == "user.language_chosen"
    assert '<html lang="en">' in text_of(Visit(cast.chi).look("/duties/"))


def test_a_language_without_a_catalogue_changes_nothing(cast: Cast) -> None:
    Visit(cast.chi).send("/language/", {"language": "fr", "next": "/duties/"}, status=302)

    cast.chi.refresh_from_db()
    assert cast.chi.language == "vi"


def test_a_stranger_keeps_his_language_in_a_cookie(db: None) -> None:
    client = Client()

    first = client.get(SIGN_IN, headers={"accept-language": "en-GB,en;q=0.9"})
    client.post("/language/", {"language": "vi", "next": SIGN_IN})
    second = client.get(SIGN_IN, headers={"accept-language": "en-GB,en;q=0.9"})
    unknown = Client().get(SIGN_IN, headers={"accept-language": "fr"})

    assert '<html lang="en">' in text_of(first)
    assert '<html lang="vi">' in text_of(second)
    assert '<html lang="vi">' in text_of(unknown)
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in first["Vary"].split(",")}


def test_roles_exist_only_in_the_demonstration(cast: Cast) -> None:
    stranger = Visit()

    stranger.look("/roles/", status=404)
    stranger.send("/roles/", {"sign_in": "van-phong"}, status=404)

    assert signed_in_as(stranger.client) is None


@override_settings(LOTRINH_DEMO=True)
def test_a_visitor_becomes_one_of_the_people(cast: Cast) -> None:
    visit = Visit()

    listed = visit.look("/roles/?next=/duties/")
    answer = visit.send("/roles/", {"sign_in": "van-phong", "next": "/duties/"})
    again = visit.look("/roles/")

    names = {role.sign_in for role in listed.context["roles"]}
    assert "van-phong" in names
    assert {"khong-chuc-vu", "nguoi-cu"} & names == set()
    assert answer["Location"] == "/duties/"
    assert signed_in_as(visit.client) == cast.chi.pk
    assert [role.sign_in for role in again.context["roles"] if role.is_current] == ["van-phong"]


@override_settings(LOTRINH_DEMO=True)
def test_a_visitor_becomes_nobody_else_and_goes_nowhere_else(cast: Cast) -> None:
    visit = Visit()

    visit.send("/roles/", {"sign_in": "khong-chuc-vu"}, status=404)
    answer = visit.send("/roles/", {"sign_in": "van-phong", "next": "//example.org/"})

    assert answer["Location"] == "/"


def test_pages_that_only_look_refuse_forms_and_forms_refuse_looking(cast: Cast) -> None:
    visit = Visit(cast.chi)

    for path in ("/documents/", "/duties/", "/targets/", "/units/", "/"):
        visit.send(path, {}, status=405)
    for path in (
        "/language/",
        f"/duties/{key()}/issue/",
        f"/proposals/{key()}/accept/",
        f"/proposals/{key()}/reject/",
        f"/documents/{key()}/read-again/",
    ):
        visit.look(path, status=405)


def test_what_one_sees_is_kept_by_no_cache(cast: Cast) -> None:
    answer = Visit(cast.chi).look("/duties/")

    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Language"] == "vi"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_rights_hold_from_one_page_to_the_next_and_no_longer(cast: Cast) -> None:
    visit = Visit(cast.ha)
    visit.look(f"/units/{cast.ho_sen.uid}/")

    User.objects.filter(pk=cast.ha.pk).update(is_active=False)

    assert visit.client.get("/duties/").status_code == 302
