"""Every address, opened by everyone of the cast, for an object of every relation.

Hidden and missing are the same answer to the last byte. What the table beside this file expects
was written by hand; a new address without an entry fails here before anybody can open it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.test import Client, override_settings
from django.urls import reverse

from lotrinh.apps.units.selectors import rights
from lotrinh.web import addresses
from tests.factories import TEXT, key
from tests.stage import own_blobs, remembered
from tests.web.world import (
    APPOINTS,
    CHANGES,
    DECIDES,
    DEFINES,
    ISSUES,
    PLACES,
    REGISTERS,
    RELATIONS,
    SEES,
    SEES_PEOPLE,
    SEN_CU,
    World,
    build_world,
)

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MEMBERS = sorted(SEES)

SHOWN = {
    "document": "document",
    "document-original": "document",
    "desk": "document",
    "desk-news": "document",
    "duty": "duty",
    "target": "target",
    "person": "person",
}
"""Pages of one object: 200 where it is seen, 404 where it is not."""

DONE = {
    "proposal-accept": ("task", DECIDES),
    "proposal-reject": ("task", DECIDES),
    "proposal-merge": ("task", DECIDES),
    "proposal-reopen": ("task", DECIDES),
    "proposal-keep": ("task", DECIDES),
    "desk-undo": ("document", DECIDES),
    "read-again": ("document", DECIDES),
    "duty-issue": ("duty", ISSUES),
    "duty-withdraw": ("duty", DECIDES),
}
"""Acts on one object: 303 where allowed, 403 where only seen, 404 where not seen; never by GET."""

FILLED_IN = {
    "duty-amend": ("duty", DECIDES),
    "proposal-split": ("task", DECIDES),
    "desk-several": ("document", DECIDES),
    "desk-add": ("document", DECIDES),
}
"""Forms about one object: looked at and sent by those who may, 403 where only seen, 404 else."""

LISTED = {"documents": "document", "duties": "duty", "targets": "target", "people": "person"}
"""Lists: open to everyone who signs in, with exactly what each of them sees."""

OF_PEOPLE = {"person", "people", "person-appoint", "appointment-lend", "appointment-end"}
"""Pages about people, who are not seen by everyone that sees the papers of their unit."""

FOR_EVERYONE_SIGNED_IN = {
    "home",
    "units",
    "unit",
    "changes",
    "change",
    "rights",
    "why",
    "units-export",
}
CHANGED = {"unit-change": "unit", "change-undo": "change"}
"""Changes of the organisation: every unit is known, so 403 where one may only look."""
APPOINTED = {
    "person-appoint": "person",
    "appointment-lend": "appointment",
    "appointment-end": "appointment",
}
"""Forms about people: 404 where they are not seen, 403 where one may only look."""
FOR_REGISTRARS = {"document-new"}
FOR_WHO_HANDED_IN = {"arrivals"}
"""What became of files: shown to whoever handed them in, and to nobody else."""
FOR_APPOINTERS = {"person-new"}
FOR_DEFINERS = {"role"}
FOR_CHANGERS_OF_THE_WHOLE = {"units-import"}
PUBLIC = {"account_login", "account_logout", "set_language", "roles"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the originals lie that the world remembers."""
    return tmp_path_factory.mktemp("blobs")


@pytest.fixture(autouse=True)
def blobs(folder: Path) -> Iterator[Path]:
    """One store of blobs for the whole matrix."""
    with own_blobs(folder):
        yield folder


@pytest.fixture
def world(db: None) -> World:
    """One object of every kind at every unit."""
    return remembered("world", build_world)


def named_addresses() -> set[str]:
    return {str(pattern.name) for pattern in addresses.urlpatterns}


def signed_in(world: World, member: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.cast.named_users()[member], backend=BACKEND)
    return client


def sent(name: str) -> dict[str, str]:
    """Return a form that the address would accept from somebody who may send it."""
    forms = {
        "proposal-accept": {"client_key": str(key()), "title": "Lập kế hoạch"},
        "proposal-reject": {"client_key": str(key()), "reason": "duplicate"},
        "proposal-merge": {"client_key": str(key()), "other": "4"},
        "proposal-reopen": {"client_key": str(key())},
        "proposal-keep": {"title": "Lập kế hoạch"},
        "proposal-split": {"client_key": str(key()), "word": "5"},
        "desk-undo": {"client_key": str(key()), "act": str(key())},
        "desk-several": {
            "client_key": str(key()),
            "act": "reject",
            "reason": "duplicate",
            "offered": "3",
            "row": "3",
        },
        "desk-add": {"client_key": str(key()), "kind": "task", "words": "tham mưu báo cáo"},
        "duty-issue": {"client_key": str(key())},
        "duty-withdraw": {"client_key": str(key())},
        "duty-amend": {"client_key": str(key()), "title": "Lập kế hoạch", "version": "1"},
    }
    return forms.get(name, {})


def undone(client: Client, path: str, data: dict[str, str]) -> tuple[int, bytes]:
    """Send a form, and take back whatever came of it."""
    with transaction.atomic():
        answer = client.post(path, data)
        transaction.set_rollback(True)
    return answer.status_code, answer.content


def seen(name: str, member: str) -> frozenset[str]:
    """Return where the member sees what an address is about."""
    return (SEES_PEOPLE if name in OF_PEOPLE else SEES)[member]


def looked_at(world: World, member: str, name: str) -> list[str]:
    """Return where a page of one object answers otherwise than the table says."""
    client, kind = signed_in(world, member), SHOWN[name]
    nothing = client.get(reverse(name, args=[uuid4()]))
    wrong = (
        [] if nothing.status_code == 404 else [f"{member} {name} missing: {nothing.status_code}"]
    )
    for place in PLACES:
        answer = client.get(reverse(name, args=[getattr(world.at[place], kind)]))
        expected = 200 if place in seen(name, member) else 404
        if answer.status_code != expected:
            wrong.append(f"{member} {name} {place}: {answer.status_code} for {expected}")
        elif expected == 404 and answer.content != nothing.content:
            wrong.append(f"{member} {name} {place}: hidden does not look like missing")
    return wrong


def acted_on(world: World, member: str, name: str) -> list[str]:
    """Return where an act on one object answers otherwise than the table says."""
    client, (kind, allowed) = signed_in(world, member), DONE[name]
    _, nothing = undone(client, reverse(name, args=[uuid4()]), sent(name))
    wrong = []
    for place in PLACES:
        path = reverse(name, args=[getattr(world.at[place], kind)])
        status, body = undone(client, path, sent(name))
        expected = act_expected(
            name, place, seen=place in SEES[member], may=place in allowed[member]
        )
        if status != expected:
            wrong.append(f"{member} {name} {place}: {status} for {expected}")
        elif expected == 404 and body != nothing:
            wrong.append(f"{member} {name} {place}: hidden does not look like missing")
    if client.get(path).status_code != 405:
        wrong.append(f"{member} {name}: may be looked at")
    return wrong


def filled(world: World, member: str, name: str) -> list[str]:
    """Return where a form about one object answers otherwise than the table says."""
    client, (kind, allowed) = signed_in(world, member), FILLED_IN[name]
    wrong = []
    for place in PLACES:
        path = reverse(name, args=[getattr(world.at[place], kind)])
        refused = 403 if place in SEES[member] else 404
        may = place in allowed[member]
        answers = client.get(path).status_code, undone(client, path, sent(name))[0]
        if answers != ((200, 303) if may else (refused, refused)):
            wrong.append(f"{member} {name} {place}: {answers}")
    return wrong


def act_expected(name: str, place: str, *, seen: bool, may: bool) -> int:
    """Work out the answer: nobody acts for the abolished ward, so its duty is never clear."""
    if not seen:
        return 404
    if not may:
        return 403
    if name == "proposal-keep":
        return 204
    return 422 if (name, place) == ("duty-issue", SEN_CU) else 303


def listed(world: World, member: str, name: str) -> list[str]:
    """Return what a list shows too much or too little."""
    answer = signed_in(world, member).get(reverse(name))
    if answer.status_code != 200:
        return [f"{member} {name}: {answer.status_code}"]
    kind = LISTED[name]
    linked = set(re.findall(rf"/{name}/([0-9a-f-]{{36}})/", answer.content.decode()))
    shown = {place for place in PLACES if str(getattr(world.at[place], kind)) in linked}
    return [f"{member} {name}: {place}" for place in shown ^ seen(name, member)]


def test_every_address_has_an_entry():
    entries = [
        set(SHOWN),
        set(DONE),
        set(FILLED_IN),
        set(LISTED),
        FOR_EVERYONE_SIGNED_IN,
        FOR_REGISTRARS,
        FOR_WHO_HANDED_IN,
        FOR_APPOINTERS,
        FOR_DEFINERS,
        set(APPOINTED),
        set(CHANGED),
        FOR_CHANGERS_OF_THE_WHOLE,
        PUBLIC,
    ]

    assert named_addresses() == set().union(*entries)
    assert sum(map(len, entries)) == len(named_addresses())


def test_every_relation_is_in_the_matrix():
    assert {"own", "parent", "child", "sibling", "abolished", "nobody"} == set(RELATIONS.values())
    assert {member for member, _ in RELATIONS} <= set(SEES)


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_page_of_an_object_is_seen_by_exactly_those_who_may(world, name, member):
    assert looked_at(world, member, name) == []


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("name", sorted(DONE))
def test_an_act_on_an_object_is_done_by_exactly_those_who_may(world, name, member):
    assert acted_on(world, member, name) == []


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("name", sorted(FILLED_IN))
def test_a_form_about_an_object_is_for_exactly_those_who_may(world, name, member):
    assert filled(world, member, name) == []


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_list_shows_exactly_what_one_sees(world, name, member):
    assert listed(world, member, name) == []


@pytest.mark.parametrize("member", MEMBERS)
def test_no_page_lets_slip_what_is_hidden(world, member):
    """Numbers, titles and names of what is hidden appear on no page that the member can open."""
    client = signed_in(world, member)
    paths = [reverse(name) for name in (*LISTED, "units", "rights", "why")]
    paths += [reverse("unit", args=[world.at[place].unit]) for place in PLACES]
    paths += [
        reverse(name, args=[getattr(world.at[place], kind)])
        for name, kind in SHOWN.items()
        for place in seen(name, member)
    ]

    read = "".join(
        (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for answer in map(client.get, paths)
    )

    hidden = [world.at[place] for place in PLACES if place not in SEES[member]]
    marks = [mark for each in hidden for mark in (each.number, each.duty_title, each.target_title)]
    marks += [world.at[each].person_name for each in PLACES if each not in SEES_PEOPLE[member]]
    assert [mark for mark in marks if mark in read] == []


@pytest.mark.parametrize("member", MEMBERS)
def test_every_unit_is_known_to_all_but_its_people_only_to_those_who_may(world, member):
    client = signed_in(world, member)
    holders = {"quan-ho-sen": "Phan Thu Hà", "phuong-sen-tay": "Vũ Thị Mai"}
    board = client.get(reverse("unit", args=[world.cast.election_board.uid]))

    assert board.status_code == 200
    assert client.get(reverse("unit", args=[uuid4()])).status_code == 404
    for place in PLACES:
        answer = client.get(reverse("unit", args=[world.at[place].unit]))
        assert answer.status_code == 200
        if (
            place in holders
            and world.cast.person(world.cast.named_users()[member]).full_name != holders[place]
        ):
            named = holders[place] in answer.content.decode()
            assert named == (place in SEES_PEOPLE[member] or place in SEES[member])


@pytest.mark.parametrize("member", MEMBERS)
def test_everyone_has_a_first_page_and_the_tree(world, member):
    client = signed_in(world, member)

    assert client.get(reverse("units")).status_code == 200
    first = client.get(reverse("home"))
    assert first.status_code == 302
    assert client.get(first["Location"]).status_code == 200
    has_post = member not in {"tung", "an"}
    assert first["Location"].startswith(reverse("units" if has_post else "documents"))


@pytest.mark.parametrize("member", MEMBERS)
def test_documents_are_handed_in_by_exactly_those_who_register(world, member):
    client, path = signed_in(world, member), reverse("document-new")
    form = {"client_key": str(key()), "text": TEXT.replace("97-CTr/TU", "777-CTr/TU")}

    may = member in REGISTERS
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)


@pytest.mark.parametrize("member", MEMBERS)
def test_what_became_of_files_is_shown_to_whoever_handed_them_in(world, member):
    client, sent_under = signed_in(world, member), key()
    path = reverse("arrivals", args=[sent_under])
    texts = [TEXT.replace("97-CTr/TU", number).encode() for number in ("771-CTr/TU", "772-CTr/TU")]
    files = [SimpleUploadedFile(f"{number}.txt", text) for number, text in enumerate(texts)]

    with transaction.atomic():
        sent = client.post(reverse("document-new"), {"client_key": sent_under, "file": files})
        own = client.get(path).status_code
        others = [
            signed_in(world, other).get(path).status_code for other in MEMBERS if other != member
        ]
        transaction.set_rollback(True)

    may = member in REGISTERS
    assert (sent.status_code, own) == ((303, 200) if may else (403, 404))
    assert set(others) == {404}


@pytest.mark.parametrize("member", MEMBERS)
def test_the_organisation_is_changed_by_exactly_those_who_may(world, member):
    client, wrong = signed_in(world, member), []
    rename = {
        "client_key": str(key()),
        "name_vi": "Khác",
        "name_en": "Other",
        "day": "1/1/2031",
        "legal_basis": "Nghị quyết số 2",
    }
    for place in PLACES:
        may = place in CHANGES[member]
        form = reverse("unit-change", args=[world.at[place].unit, "rename"])
        undo = reverse("change-undo", args=[world.at[place].change])
        found = (
            client.get(form).status_code,
            undone(client, form, rename)[0],
            undone(client, form, {**rename, "confirm": previewed(client, form, rename)})[0],
            client.get(undo).status_code,
            undone(client, undo, {})[0],
            client.get(reverse("change", args=[world.at[place].change])).status_code,
        )
        expected = (200, 200, 303, 405, 303, 200) if may else (403, 403, 403, 405, 403, 200)
        if found != expected:
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []
    assert client.get(reverse("change", args=[uuid4()])).status_code == 404
    assert client.get(reverse("unit-change", args=[uuid4(), "rename"])).status_code == 404


def previewed(client: Client, path: str, words: dict[str, str]) -> str:
    """Return the mark that a preview gives to what it shows; empty where nothing is shown."""
    answer = client.post(path, words)
    return answer.context["form"].said if answer.status_code == 200 else ""


def appointing(world: World, member: str) -> list[str]:
    """Return where a form about people answers otherwise than the table says."""
    client, wrong = signed_in(world, member), []
    decision = {"client_key": str(key()), "since": "8/8/2024", "legal_basis": "QĐ 1"}
    unit, post = world.at["quan-ho-sen"].unit, str(world.at["quan-ho-sen"].post)
    lent = {"person": world.at["phuong-sen-tay"].person_name, "actions": "duty.read"}
    forms = {
        "person-appoint": (f"?unit={unit}", {**decision, "post": post, "acting": "on"}),
        "appointment-lend": ("", {**decision, **lent, "last": "31/8/2024"}),
        "appointment-end": ("", {"client_key": str(key()), "last": "31/8/2024"}),
    }
    for name, kind in APPOINTED.items():
        asked, form = forms[name]
        for place in PLACES:
            path = reverse(name, args=[getattr(world.at[place], kind)]) + asked
            found = client.get(path).status_code, undone(client, path, form)[0]
            may = place in APPOINTS[member]
            refused = 403 if place in SEES_PEOPLE[member] else 404
            if found != (appointed(name, place) if may else (refused, refused)):
                wrong.append(f"{member} {name} {place}: {found}")
    return wrong


def appointed(name: str, place: str) -> tuple[int, int]:
    """Work out the answer to whoever may: what has ended, or is held already, stays as it is."""
    done = 303
    if (name, place) in {("person-appoint", "quan-ho-sen"), ("appointment-end", SEN_CU)}:
        done = 422
    return 200, 422 if name == "appointment-lend" else done


@pytest.mark.parametrize("member", MEMBERS)
def test_people_are_appointed_by_exactly_those_who_may(world, member):
    assert appointing(world, member) == []
    client = signed_in(world, member)
    for name in APPOINTED:
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("member", MEMBERS)
def test_somebody_new_is_registered_by_exactly_those_who_may(world, member):
    client, at = signed_in(world, member), world.at["quan-ho-sen"]
    path = f"{reverse('person-new')}?unit={at.unit}"
    form = {"client_key": str(key()), "full_name": "Lý Mới", "post": str(at.post)}
    form |= {"since": "8/8/2024", "legal_basis": "QĐ 1"}

    may = bool(APPOINTS[member])
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)


@pytest.mark.parametrize("member", MEMBERS)
def test_roles_are_defined_by_exactly_those_who_may(world, member):
    client, path = signed_in(world, member), reverse("role", args=["reader"])
    read = "document.read,duty.read,target.read"
    form = {"actions": ["duty.read"], "read": read, "confirm": "1"}

    may = member in DEFINES
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)
    for name in ("rights", "why"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("member", MEMBERS)
def test_why_is_answered_about_oneself_and_by_those_who_may_explain(world, member):
    client, explains = signed_in(world, member), member == "chi"
    asked = {"action": "duty.read", "unit": "Quận Hồ Sen"}

    for name, user in world.cast.named_users().items():
        answer = client.get(reverse("why"), {**asked, "who": user.sign_in_name})
        told = "answer" in answer.context
        assert told == (name == member or (explains and name != "an")), name


@pytest.mark.parametrize("member", MEMBERS)
def test_units_come_from_a_sheet_by_those_who_change_the_whole_and_go_to_all(world, member):
    client, path = signed_in(world, member), reverse("units-import")

    may = member == "chi"
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, {"step": "import"})[0] == (422 if may else 403)
    for ending in ("csv", "xlsx"):
        given = client.get(reverse("units-export", kwargs={"ending": ending}))
        assert given.status_code == 200
        assert given["Content-Disposition"].startswith("attachment")


def filled_in(world: World, name: str) -> str:
    pattern = next(found for found in addresses.urlpatterns if found.name == name)
    place = world.at["quan-ho-sen"]
    kinds = SHOWN | {each: kind for each, (kind, _) in (DONE | FILLED_IN).items()}
    kinds |= {"unit": "unit", "change": "change", "arrivals": "document", **CHANGED, **APPOINTED}
    uid: list[UUID] = [getattr(place, kinds[name])] if "<uuid" in str(pattern.pattern) else []
    words = {"<slug:kind>": "rename", "<slug:code>": "reader"}
    word = [each for slot, each in words.items() if slot in str(pattern.pattern)]
    return reverse(name, args=[*uid, *word])


@pytest.mark.parametrize("name", sorted(named_addresses() - PUBLIC))
def test_a_stranger_is_sent_to_the_sign_in(world, name):
    path = filled_in(world, name)

    for method in ("get", "post"):
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("name", ["account_login", "account_logout"])
def test_signing_in_and_out_needs_no_account(world, name):
    assert Client().get(reverse(name), follow=True).status_code == 200


def test_changing_the_language_is_sent_and_never_looked_at():
    assert Client().get(reverse("set_language")).status_code == 405
    assert Client().post(reverse("set_language"), {"language": "en"}).status_code == 302


def test_choosing_whom_to_be_exists_in_a_demonstration_alone(world):
    path = reverse("roles")
    with override_settings(LOTRINH_DEMO=False):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"sign_in": "van-phong"}).status_code == 404
    with override_settings(LOTRINH_DEMO=True):
        assert Client().get(path).status_code == 200
        assert Client().post(path, {"sign_in": "van-phong"}).status_code == 303
        assert Client().post(path, {"sign_in": "nguoi-cu"}).status_code == 404


def break_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let "at or below one of these paths" mean "anywhere", in lists and for single units."""
    monkeypatch.setattr(rights, "_below", lambda paths: Q())
    monkeypatch.setattr(rights, "at_or_below", lambda path, scope: True)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_matrix_fails_where_the_filter_lets_everything_through(world, monkeypatch, name):
    """A mutation: "below one of these paths" becomes "anywhere". The matrix must notice."""
    break_the_filter(monkeypatch)

    wrong = looked_at(world, "khe", name)

    assert sorted(wrong) == sorted(
        f"khe {name} {place}: 200 for 404" for place in PLACES if place not in seen(name, "khe")
    )


@pytest.mark.parametrize("name", sorted(DONE))
def test_the_matrix_fails_where_acts_ask_no_right(world, monkeypatch, name):
    break_the_filter(monkeypatch)

    assert acted_on(world, "mai", name) != []


@pytest.mark.parametrize("name", sorted(FILLED_IN))
def test_the_matrix_fails_where_forms_ask_no_right(world, monkeypatch, name):
    break_the_filter(monkeypatch)

    assert filled(world, "mai", name) != []


def test_the_matrix_fails_where_appointing_asks_no_right(world, monkeypatch):
    break_the_filter(monkeypatch)

    assert appointing(world, "mai") != []


@pytest.mark.parametrize("name", sorted(LISTED))
def test_the_matrix_fails_where_a_list_shows_too_much(world, monkeypatch, name):
    break_the_filter(monkeypatch)

    assert len(listed(world, "mai", name)) == 4


def test_the_matrix_fails_where_hidden_and_missing_differ(world, monkeypatch):
    """A mutation: the error page tells which address was asked for."""
    client_get = Client.get

    def telling(self, path, *args, **kwargs):
        answer = client_get(self, path, *args, **kwargs)
        if answer.status_code == 404:
            answer.content += path.encode()
        return answer

    monkeypatch.setattr(Client, "get", telling)

    assert "mai duty quan-ho-sen: hidden does not look like missing" in looked_at(
        world, "mai", "duty"
    )
