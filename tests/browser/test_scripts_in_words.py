"""No word that anybody can type or hand in runs as a script on any page that shows it.

Every page is shown in Chromium with the headers of the application. A payload has run where it
called ``r``, opened a dialog or asked another host; it would have, where it became an element, an
attribute that acts, or an address with a program, and where the content policy had to stop it.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

import lxml.html
import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Browser

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.engine import Engine
from tests import cluster
from tests.browser.glass import Glass
from tests.browser.hostile_rows import Column, columns, fill, lift_limits
from tests.browser.payloads import payloads
from tests.factories import NOW, TODAY, key, make_run, make_tree
from tests.stories import own_blobs
from tests.web.matrix.asking import BACKEND, filled_in, named_addresses
from tests.web.test_odd_requests import PARAMETERS
from tests.web.world import HO_SEN, World, build_world

pytestmark = pytest.mark.browser

ALL = 2000
PARTS, TURNS = 50, 5
"""So many texts hold them all; each turn writes others into every row of every column."""
FEW = 2 * 7
"""Two of each family."""
HEAD = "ỦY BAN NHÂN DÂN\nSố: {number}/KH-UBND\nNgày 2 tháng 5 năm 2024\n\nKẾ HOẠCH\n{title}\n\n"
TASK = "{n}. Giao Sở Y tế chủ trì lập danh sách {payload} , báo cáo trước ngày 2/6/2025."
MAIN = ("documents", "document", "desk", "document-record", "duty", "target", "person", "unit")
"""The pages that are looked at every time."""
SIZE = 400
AT_ONCE = 50
"""So many proposals stand on one page of the desk."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database of its own with one object of each kind at every unit, and its folder."""

    world: World
    superuser: psycopg.Connection
    columns: tuple[Column, ...]

    @property
    def client(self) -> Client:
        """A session of the officer who may do everything everywhere."""
        client = Client()
        client.force_login(self.world.cast.chi, backend=BACKEND)
        return client


@pytest.fixture(scope="module")
def place(
    server: Engine, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    with (
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "scripts") as name,
        cluster.pointed_at(server, name),
        own_blobs(tmp_path_factory.mktemp("blobs")),
        psycopg.connect(server.url(name, "postgres"), autocommit=True) as superuser,
    ):
        found = tuple(columns(superuser))
        lift_limits(superuser, found)
        yield Place(_world(), superuser, found)


def _world() -> World:
    """Build one object of each kind, a group and the lines of files that came together."""
    world = build_world()
    cast = world.cast
    save_group(
        code="reader",
        choice=Choice(
            name_vi="Phường",
            name_en="Wards",
            tree=make_tree(),
            kinds=["commune"],
            below=cast.ho_sen,
        ),
        actor=SYSTEM,
        at=NOW,
    )
    _decide(world)
    return world


def _decide(world: World) -> None:
    """Leave what deciding leaves: a note, words that were typed, a file that was refused."""
    user = world.cast.chi
    document = registry.document_by_uid(world.at[HO_SEN].document, seen_by=user.pk, on=TODAY)
    assert document is not None
    run = readings.run_of(document=document)
    assert run is not None
    first, second, *_ = readings.candidates_of(run=run)
    given = {"user": user, "on": TODAY, "at": NOW}
    intake.reject_candidate(
        candidate_id=first.pk, reason="duplicate", note="đã có", client_key=key(), **given
    )
    words = dict.fromkeys(("title", "unit", "person", "due", "deliverable"), payloads(FEW)[0])
    intake.keep_typed(candidate_id=second.pk, values=words, **given)
    for content in (b"%PDF-1.4 x", TASK.encode()):
        file = intake.Submission(content=content, source_name="tep.pdf")
        intake.take_file(
            submission=file, keeper=world.cast.city, client_key=world.at[HO_SEN].document, **given
        )


@pytest.fixture(autouse=True)
def blobs(place: Place) -> None:
    """The store of this module, instead of one for each test."""


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    with override_settings(LOTRINH_TODAY=TODAY):
        yield


@pytest.fixture
def glass(place: Place, browser: Browser) -> Iterator[Glass]:
    opened = Glass(browser, place.client)
    yield opened
    opened.close()


def is_page(answer: HttpResponse) -> bool:
    """Say whether an answer is shown by a browser."""
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return is_html and answer.status_code in {200, 422}


def shown_pages(
    place: Place, glass: Glass, wanted: Iterable[str]
) -> Iterator[tuple[str, dict[str, int]]]:
    """Show the page of every wanted address that has one; give its name and what ran there."""
    for name in sorted(wanted):
        path = filled_in(place.world, name)
        answer = glass.client.get(path)
        if is_page(answer):
            yield name, glass.show(path, answer)


def parts_of(wanted: Sequence[str], count: int) -> list[str]:
    """Return the payloads in so many texts."""
    size = -(-len(wanted) // count)
    return [" ".join(wanted[start : start + size]) for start in range(0, len(wanted), size)]


@pytest.mark.parametrize(
    ("number", "parts", "turns", "names"),
    [(FEW, 1, 1, MAIN), pytest.param(ALL, PARTS, TURNS, named_addresses(), marks=pytest.mark.slow)],
    ids=["few", "all"],
)
def test_nothing_that_stands_in_a_table_runs(
    place: Place, glass: Glass, number: int, parts: int, turns: int, names: Iterable[str]
) -> None:
    words = parts_of(payloads(number), parts)
    ran = {}
    for turn in range(turns):
        assert fill(place.superuser, place.columns, words, turn=turn, turns=turns) == []
        language = {"language": "en" if turn % 2 else "vi", "next": "/"}
        glass.client.post("/language/", language)
        ran |= {(name, turn): found for name, found in shown_pages(place, glass, names)}

    print(f"{len(place.columns)} columns on {len(ran)} pages, {glass.shown} payloads shown")
    assert {page: found for page, found in ran.items() if found} == {}
    assert glass.shown > number * len(MAIN)


@pytest.mark.parametrize("number", [FEW, pytest.param(ALL, marks=pytest.mark.slow)])
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_nothing_that_is_handed_in_runs(
    place: Place, glass: Glass, number: int, ending: str
) -> None:
    """As a clause of a text, or as the cell of a table, and as the name of the file."""
    ran, wanted, before = {}, payloads(number), glass.shown
    for start in range(0, number, SIZE):
        part = wanted[start : start + SIZE]
        content = a_text(part, f"{7000 + start}") if ending == "txt" else a_page(part, f"{start}")
        run = make_run(
            keeper=place.world.cast.city,
            user=place.world.cast.chi,
            text=content,
            source_name=f"{part[0]}.{ending}".replace("/", "∕"),
        )
        kept = spaced(run.rendition.text)
        assert [words for words in part if spaced(words) not in kept] == []
        path = reverse("document", args=[run.rendition.document.uid])
        ran[path] = glass.open(path)
        step = AT_ONCE if ending == "html" else SIZE  # the cards are alike
        for at in range(1, len(part), step):
            ran[path, at] = glass.open(f"{path}desk/?at={at}")

    assert {page: found for page, found in ran.items() if found} == {}
    assert glass.shown - before > sum(words.count("r(") for words in wanted)


def spaced(words: str) -> str:
    """Return words with one blank between any two, as a cell of a table has them."""
    return " ".join(words.split())


def a_text(part: Sequence[str], number: str) -> str:
    """Return a plan with a task for each payload."""
    lines = (TASK.format(n=n, payload=words) for n, words in enumerate(part, 1))
    return HEAD.format(number=number, title=part[0].strip()) + "\n".join(lines)


def a_page(part: Sequence[str], number: str) -> str:
    """Return a page whose table has a task for each payload in one of its cells."""
    head = html.escape(HEAD.format(number=number, title="Phụ lục")).replace("\n", "</p><p>")
    cells = (
        f"<tr><td>{n}</td><td>Lập danh sách {html.escape(words)}</td><td>Sở Y tế</td>"
        "<td>2/6/2025</td></tr>"
        for n, words in enumerate(part, 1)
    )
    names = "".join(f"<th>{name}</th>" for name in ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"))
    table = f"<table><tr>{names}</tr>{''.join(cells)}</table>"
    return f"<html><body><article><p>{head}</p>{table}</article></body></html>"


@pytest.mark.slow
def test_nothing_that_stands_in_an_address_runs(place: Place, glass: Glass) -> None:
    ran, words = {}, parts_of(payloads(ALL), 4)
    for name, parameters in PARAMETERS.items():
        path = filled_in(place.world, name)
        for parameter, part in zip(parameters, cycle(words), strict=False):
            asked = f"{path}?{urlencode({parameter: part})}"
            answer = glass.client.get(asked)
            if is_page(answer):
                ran[name, parameter] = glass.show(path, answer)
    assert {page: found for page, found in ran.items() if found} == {}


@pytest.mark.slow
def test_nothing_that_is_typed_into_a_form_runs(place: Place, glass: Glass) -> None:
    """Every form of every page is sent with hostile words in each field, and looked at again."""
    ran, parts = {}, cycle(parts_of(payloads(ALL), 4))
    for name in sorted(named_addresses()):
        page = glass.client.get(filled_in(place.world, name))
        for number, (action, words) in enumerate(forms_of(page, parts) if is_page(page) else ()):
            with transaction.atomic():
                answer = glass.client.post(action, words)
                transaction.set_rollback(True)
            if is_page(answer):
                ran[name, number] = glass.show(action, answer)

    print(f"{len(ran)} forms came back, {glass.shown} payloads shown")
    assert {page: found for page, found in ran.items() if found} == {}
    assert len(ran) > 20


def forms_of(answer: HttpResponse, words: Iterator[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Return where every form of a page is sent, and its fields with the words filled in."""
    page = answer.content.strip() or b"<p></p>"  # news without anything new
    for form in lxml.html.fromstring(page).forms:
        if form.method != "POST" or not form.action or "language" in form.action:
            continue
        fields: dict[str, object] = {}
        for field in form.inputs:
            if not field.name:
                continue
            kind = field.get("type", "text") if field.tag == "input" else field.tag
            if kind in {"hidden", "radio", "checkbox", "select"}:
                fields[field.name] = field.value or ""
            elif kind == "file":
                fields[field.name] = SimpleUploadedFile(next(words)[:200] + ".txt", b"\xff\xfe\x00")
            else:
                fields[field.name] = next(words)
        if set(fields) - {"csrfmiddlewaretoken"}:
            yield form.action, fields


BROKEN = """<!doctype html><title>{words}</title><p>{words}</p><input value="{words}">
<input value='{words}'><textarea>{words}</textarea><select><option>{words}</select>
<a href="{words}">x</a><script>const words = "{words}";</script>"""
"""A page that forgets to escape, in every place in which words stand."""


@pytest.mark.slow
def test_a_page_that_forgets_to_escape_is_found_out(glass: Glass) -> None:
    """What proves the tests above: there the very same payloads run, or the policy stops them."""
    few = payloads(FEW)
    policy = glass.client.get("/documents/").headers["Content-Security-Policy"]
    bare, held = {}, {}
    for payload in few:
        answer = HttpResponse(BROKEN.format(words=payload))
        glass.renew()
        bare[payload] = glass.show("/broken/", answer)
        answer["Content-Security-Policy"] = policy
        glass.renew()
        held[payload] = glass.show("/broken/", answer)

    ran = [payload for payload in few if bare[payload].keys() & {"ran", "outside"}]
    print(f"{len(ran)} of {len(few)} ran, {sum(map(bool, bare.values()))} were seen")
    assert len(ran) >= len(few) // 3
    assert sum(map(bool, bare.values())) >= len(few) // 2
    assert not any("ran" in found for found in held.values())
