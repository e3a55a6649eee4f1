"""Keys: what opens nothing, how often one may ask, and what an answer says of it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import ApiKey
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.closing import Closing
from lotrinh.rules.scopes import LONGEST_DAYS, Scope
from tests.api.asking import LAST_DAY, ROOT, Program, make_key
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.web.visiting import BACKEND, Visit, text_of

pytestmark = pytest.mark.django_db


def test_only_the_digest_of_a_key_is_kept_and_the_journal_knows_who_made_it(cast: Cast) -> None:
    secret = make_key(cast.ha)

    row = ApiKey.objects.get()
    assert secret.startswith("lotrinh_") and len(secret) > 40
    assert secret not in repr(row.__dict__)
    made = Entry.objects.get(verb="key.created")
    assert (made.actor_uid, made.object_uid) == (cast.ha.uid, row.uid)
    assert secret not in made.payload


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "key_missing"),
        ({"Authorization": "Basic eDp5"}, "key_missing"),
        ({"Authorization": "Bearer "}, "key_unknown"),
        ({"Authorization": "Bearer lotrinh_x\u1ea1"}, "key_unknown"),
    ],
)
def test_without_a_key_nothing_opens(cast: Cast, headers: dict[str, str], code: str) -> None:
    client = Client()
    client.force_login(cast.chi, backend=BACKEND)  # a session opens nothing here

    answer = client.get(f"{ROOT}/duties", headers=headers)

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["type"] == f"urn:lotrinh:problem:{code}"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_key_opens_its_scopes_alone(cast: Cast) -> None:
    duty = walked(cast, [])
    program = Program(cast.chi, [Scope.READ_DUTIES])

    told = program.step(duty.uid, {"step": "issue", "version": duty.version}, status=403)

    assert told["type"] == "urn:lotrinh:problem:scope_missing"
    assert program.get("/duties")["items"][0]["uid"] == str(duty.uid)
    for path in ("/units", "/documents"):
        assert program.get(path, status=403)["type"] == "urn:lotrinh:problem:scope_missing"


def test_a_key_ends_when_it_is_closed_or_over_or_its_account_is(cast: Cast) -> None:
    closed, over, left, given = (Program(who) for who in (cast.ha, cast.chi, cast.khe, cast.mai))
    accounts.close_key(key_id=cast.ha.keys.get().pk, actor=cast.ha.named, at=NOW)
    accounts.close_account(user_id=cast.khe.pk, reason=Closing.LEFT, actor=SYSTEM, at=NOW)
    by = {"actor": SYSTEM, "at": NOW}
    accounts.give_password(user_id=cast.mai.pk, read=None, client_key=key(), **by)
    accounts.reopen_account(user_id=cast.khe.pk, read=None, client_key=key(), **by)

    for program in (closed, left, given):
        assert program.get("/units", status=401)["type"] == "urn:lotrinh:problem:key_closed"
    newer = Program(cast.mai)
    assert newer.get("/units", status=403)["type"] == "urn:lotrinh:problem:password_not_own"
    at = {"at": NOW, "secret": over.key}
    assert accounts.use_key(on=LAST_DAY, **at).used_on == LAST_DAY
    with pytest.raises(accounts.KeyClosed):
        accounts.use_key(on=LAST_DAY + timedelta(days=1), **at)


def test_a_password_given_or_chosen_closes_every_key_and_the_journal_tells_each(
    cast: Cast,
) -> None:
    by = {"user_id": cast.ha.pk, "at": NOW}
    first, second = make_key(cast.ha), make_key(cast.ha)
    given = accounts.give_password(read=None, client_key=key(), actor=SYSTEM, **by)
    third = make_key(cast.ha)
    accounts.change_password(current=given, new="bon chu cua rieng toi", **by)

    for secret in (first, second, third):
        with pytest.raises(accounts.KeyClosed):
            accounts.use_key(secret=secret, on=TODAY, at=NOW)
    kinds = Entry.objects.filter(verb="key.closed").order_by("pk").values_list("actor_kind")
    assert [kind for (kind,) in kinds] == ["system", "system", "user"]


def test_who_asks_too_often_is_told_when_to_come_back(cast: Cast) -> None:
    secret = make_key(cast.ha)
    ApiKey.objects.update(held=0.5)

    with pytest.raises(accounts.TooManyRequests) as refused:
        accounts.use_key(secret=secret, on=TODAY, at=NOW)

    assert refused.value.wait == 1
    later = NOW + timedelta(seconds=1)
    assert accounts.use_key(secret=secret, on=TODAY, at=later).held == 1.5


@pytest.mark.parametrize(
    ("scopes", "last_day", "error"),
    [
        ([], LAST_DAY, accounts.NoScope),
        ([Scope.READ_UNITS], TODAY - timedelta(days=1), accounts.LastDayOutOfRange),
        (
            [Scope.READ_UNITS],
            TODAY + timedelta(days=LONGEST_DAYS + 1),
            accounts.LastDayOutOfRange,
        ),
    ],
)
def test_a_key_that_opens_nothing_or_for_ever_is_not_made(
    cast: Cast, scopes: list[Scope], last_day: date, error: type[Exception]
) -> None:
    with pytest.raises(error):
        make_key(cast.ha, scopes, last_day=last_day)

    assert not ApiKey.objects.exists()


def test_the_page_makes_a_key_once_and_closes_it(cast: Cast) -> None:
    visit = Visit(cast.ha)
    sent = {
        "client_key": str(key()),
        "name": "Phần mềm một cửa",
        "scopes": ["duties:read"],
        "last_day": "31/12/2024",
    }

    shown = visit.send("/keys/", sent, status=200)
    again = visit.send("/keys/", sent, status=422)

    secret = shown.context["secret"]
    assert secret in text_of(shown) and shown["Cache-Control"] == "no-store"
    assert "lotrinh_" not in text_of(again) + text_of(visit.look("/keys/"))
    row = ApiKey.objects.get()
    assert (row.scopes, row.last_day) == (["duties:read"], date(2024, 12, 31))
    assert accounts.use_key(secret=secret, on=TODAY, at=NOW) == row
    visit.send(f"/keys/{row.uid}/close/", {})
    with pytest.raises(accounts.KeyClosed):
        accounts.use_key(secret=secret, on=TODAY, at=NOW)


@pytest.mark.parametrize(("who", "status"), [("khe", 404), ("an", 404), ("chi", 303)])
def test_a_key_is_closed_by_its_owner_and_who_looks_after_him(
    cast: Cast, who: str, status: int
) -> None:
    make_key(cast.ha)
    row, visit = ApiKey.objects.get(), Visit(getattr(cast, who))

    visit.send(f"/keys/{row.uid}/close/", {}, status=status)

    row.refresh_from_db()
    assert (row.closed_at is not None) == (status == 303)
    listed = f"{reverse('keys')}?account={cast.ha.uid}"
    visit.look(listed, status=200 if status == 303 else 404)


def test_problems_speak_the_language_that_is_asked_for(cast: Cast) -> None:
    program = Program(cast.ha)
    path = "/duties/00000000-0000-0000-0000-000000000000"

    english = program.get(path, status=404, language="en-GB,vi;q=0.3")
    vietnamese = program.get(path, status=404, language="fr, vi")

    assert english["title"] == "Not found"
    assert vietnamese["title"] != english["title"]
    assert vietnamese["type"] == english["type"]


def test_what_is_no_address_no_method_too_large_or_no_json_is_a_problem(cast: Cast) -> None:
    duty, program = walked(cast, []), Program(cast.chi)
    headers = {"Authorization": f"Bearer {program.key}", "Idempotency-Key": str(key())}
    path = f"{ROOT}/duties/{duty.uid}/steps"
    post = {"content_type": "application/json", "headers": headers}

    answers = [
        program.client.get(f"{ROOT}/nothing/here"),
        program.client.delete(f"{ROOT}/duties", headers=headers),
        program.client.post(path, b"{" + b" " * 70_000 + b"}", **post),
        program.client.post(path, b"{" + b" " * 5_000_000 + b"}", **post),
        program.client.post(path, b"[1", **post),
        program.client.post(path, {"step": "issue", "note": "a\x00b"}, **post),
    ]

    assert [answer.status_code for answer in answers] == [404, 405, 413, 413, 400, 422]
    assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}


def test_what_an_inspector_reads_by_a_key_is_recorded(cast: Cast) -> None:
    duty = walked(cast, []).uid

    Program(cast.nghiem).get(f"/duties/{duty}")

    used = Entry.objects.get(verb="mandate.used")
    assert (str(duty) in used.payload, '"page":"duty"' in used.payload) == (True, True)
