"""Pages for everybody: what was published, to strangers, without the application's database."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from lotrinh.apps.publishing import shelf
from lotrinh.apps.publishing.models import PublicationRecord
from lotrinh.apps.publishing.selectors import newest
from lotrinh.rules.publication.canonical import canonical, digest
from lotrinh.rules.publication.content import Part
from lotrinh.web.presenters.public import vow_of
from tests import publications
from tests.cast import Cast
from tests.stories import LIBRARY
from tests.web.visiting import Visit, text_of

BOTH = pytest.mark.django_db(databases=["default", "public"])
pytestmark = BOTH
AFTER_TODAY = date(2024, 9, 1)


@pytest.fixture
def public_city(db, pytestconfig):
    """The small city after its first publication, committed, as the public role sees it."""
    return pytestconfig.stash[LIBRARY].made("public_city")


@pytest.fixture(autouse=True)
def folder(tmp_path):
    """The folder beside the database, for this test alone."""
    with override_settings(LOTRINH_PUBLISHED=tmp_path / "published"):
        yield tmp_path / "published"


@pytest.fixture
def lost(public_city):
    """Let no database answer: neither the application's way nor the public one leads anywhere."""
    before = {alias: connections[alias] for alias in connections}
    for alias, connection in before.items():
        connections[alias] = connection.copy()
        connections[alias].settings_dict.update(HOST="/nonexistent", PORT="1", OPTIONS={})
    yield public_city
    for alias, connection in before.items():
        connections[alias] = connection


def page(name, language="en", **slots):
    return reverse(name, kwargs={"language": language, **slots})


def test_the_home_says_of_every_promise_what_became_of_it(public_city):
    shown = text_of(Visit().look("/en/"))

    assert "Does the city keep its promises?" in shown
    assert "<b>0/3</b> promises are kept, <b>2</b> are on the way, <b>0</b> are missed" in shown
    assert "of <b>1</b> it is not yet known" in shown
    assert "<b>120 hộ</b>, July 2024;" in shown
    assert "plan <b>≥ 1,000 hộ</b> by 31 Dec 2025" in shown
    assert "not published: it would tell of fewer than 5 persons" in shown
    assert "not reported; plan <b>≥ 1,000" in shown
    assert "by decision 17-QĐ/TU of 5 Aug 2024. Figures as of 7 Aug 2024." in shown


def test_each_page_is_there_in_both_languages_and_names_the_other(public_city):
    shown = text_of(Visit().look("/vi/"))

    assert '<html lang="vi">' in shown
    assert "Thành phố có làm đúng điều đã hứa?" in shown
    assert 'hreflang="en" href="http://localhost:8000/en/"' in shown
    assert '<a href="/en/" lang="en" hreflang="en">English</a>' in shown
    assert "không công bố" in shown


def test_the_language_is_that_of_the_address_whatever_the_browser_asks_for(public_city):
    client = Client(headers={"accept-language": "vi"})
    client.force_login(
        public_city.cast.chi, backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    answer = client.get("/en/")

    assert answer["Content-Language"] == "en"
    assert "Does the city keep its promises?" in answer.content.decode()


def test_a_document_shows_its_promises_and_its_duties_by_class(public_city):
    (paper,) = newest().papers

    shown = text_of(Visit().look(page("public-paper", uid=paper.uid)))

    assert "97-CTr/TU" in shown
    assert "No task of this document has been given to a unit." in shown
    assert shown.count('class="lt-vow"') == 3


def test_a_promise_shows_its_sentence_its_periods_and_what_the_number_is(public_city):
    shown = text_of(Visit().look(page("public-promise", uid=public_city.families.uid)))

    assert "tỷ lệ thất nghiệp" in shown
    assert "July 2024" in shown
    assert "self-reported" in shown
    assert "≥ 1,000 hộ by 31 Dec 2025" in shown
    assert "its time is not over" in shown


def test_a_count_of_three_persons_stands_nowhere(public_city):
    shown = text_of(Visit().look(page("public-promise", uid=public_city.trained.uid)))

    assert "fewer than 5 persons" in shown
    assert ">3 " not in shown
    assert '"actual":"3"' not in Visit().look(page("public-content")).content.decode()


def test_what_is_not_published_is_not_there(public_city):
    for name in ("public-paper", "public-promise"):
        Visit().look(page(name, uid=public_city.cast.city.uid), status=404)
    assert public_city.cast.chi.sign_in_name not in text_of(Visit().look("/en/"))


def test_the_table_is_what_its_description_says(public_city):
    rows = list(
        csv.reader(io.StringIO(Visit().look(page("public-table")).content.decode("utf-8-sig")))
    )
    package = json.loads(Visit().look(page("public-package")).content)

    (resource,) = package["resources"]
    assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
    assert (resource["path"], package["version"]) == ("promises.csv", "1")
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["planned"], found["actual"], found["verdict"]) == ("1000", "120", "on the way")
    assert (found["unit_responsible"], found["comparator"]) == ("Ho Sen City", "at_least")
    held = dict(zip(rows[0], rows[2], strict=True))
    assert (held["actual"], held["held_back"]) == ("", "true")
    untold = dict(zip(rows[0], rows[3], strict=True))
    assert (untold["actual"], untold["data_state"]) == ("", "not reported")
    assert untold["promise"] == "'=Số nhà văn hóa được xây mới"


def test_the_catalogue_names_files_that_are_there(public_city):
    told = json.loads(Visit().look(page("public-catalogue")).content)

    urls = [one["dcat:downloadURL"]["@id"] for one in told["dcat:distribution"]]
    for url in urls:
        Visit().look(url.removeprefix("http://localhost:8000"))
    assert told["@type"] == "dcat:Dataset"
    assert len(urls) == 2


def test_the_hash_on_the_page_is_that_of_the_content_that_is_handed_out(public_city):
    content = Visit().look(page("public-content")).content.decode()

    assert digest(content) == PublicationRecord.objects.get().sha256
    assert digest(content) in text_of(Visit().look(page("public-about")))


def test_the_feed_tells_of_every_publication(public_city):
    feed = ElementTree.fromstring(Visit().look(page("public-feed")).content)  # noqa: S314 - ours

    atom = "{http://www.w3.org/2005/Atom}"
    (entry,) = feed.findall(f"{atom}entry")
    assert entry.findtext(f"{atom}title") == "Publication 1, figures as of 7\xa0Aug\xa02024"
    assert entry.findtext(f"{atom}id") == "http://localhost:8000/en/#1"
    assert feed.findtext(f"{atom}updated") == "2024-08-07T02:30:00+00:00"


def test_a_page_that_has_not_changed_is_not_sent_again(public_city):
    first = Visit().look("/en/")

    again = Client().get("/en/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies


def said(shown):
    """Return the words of a page or a piece of one, in their order."""
    words = (one.strip() for one in re.split(r"<[^>]*>", shown))
    return "\n".join(one for one in words if one)


def test_what_is_shown_before_publishing_is_all_that_everybody_reads(public_city):
    """The lists, under each promise its own page, and the files byte for byte."""
    visit, new = Visit(public_city.cast.chi), "/publications/new/"
    ticked = {"target": [str(one.uid) for one in public_city.all]}
    (paper,) = newest().papers

    look = said(text_of(visit.send(new, ticked, status=200)))

    for one in public_city.all:
        shown = text_of(Visit().look(page("public-promise", "vi", uid=one.uid)))
        assert said(shown[shown.index('<p class="lt-pub__open">') : shown.index("</main>")]) in look
    document = text_of(Visit().look(page("public-paper", "vi", uid=paper.uid)))
    vow, key, empty = '<section class="lt-vow">', '<ul class="lt-key">', '<p class="lt-empty">'
    wanted = rf"{vow}.*?</section>|{key}.*?</ul>|{empty}.*?</p>"
    pieces = re.findall(wanted, document, re.DOTALL)
    assert len(pieces) == 1 + len(public_city.all) + 1
    for shown in pieces:
        assert said(shown) in look
    for language in ("vi", "en"):
        file = visit.send(new, {**ticked, "act": f"table-{language}"}, status=200)
        assert file.content == Visit().look(page("public-table", language)).content
    file = visit.send(new, {**ticked, "act": "content"}, status=200)
    public = json.loads(Visit().look(page("public-content")).content)
    assert json.loads(file.content) == public["papers"]


def test_an_english_page_says_once_that_decisions_are_in_vietnamese_and_marks_their_words(
    public_city,
):
    (paper,) = newest().papers
    note = "The texts of decisions, and the names of what they promise, are in Vietnamese"

    for path in (
        "/en/",
        page("public-paper", uid=paper.uid),
        page("public-promise", uid=public_city.families.uid),
    ):
        shown = text_of(Visit().look(path))
        assert shown.count(note) == 1
        for words in (paper.promises[0].title, paper.promises[0].passage, paper.title):
            for before in shown.split(f">{words}<")[:-1]:
                assert 'lang="vi"' in before[before.rindex("<") :] or before.endswith("<title")
    assert "giữ nguyên tiếng Việt" not in text_of(Visit().look("/vi/"))


def test_a_figure_is_of_its_own_period_and_never_of_a_span(public_city):
    """A share told month by month is that of its month; only what is added up is of the year."""
    (paper,) = newest().papers
    told, summed = paper.promises[0], replace(paper.promises[0], is_added_up=True)

    with translation.override("vi"):
        periods = [vow_of(one).period_text.replace("\xa0", " ") for one in (summed, told)]

    assert periods == ["lũy kế đến 31/7/2024", "tháng 7/2024"]
    rows = list(
        csv.DictReader(io.StringIO(Visit().look(page("public-table")).content.decode("utf-8-sig")))
    )
    assert (rows[0]["period"], rows[0]["added_up"]) == ("July 2024", "false")


def test_a_sum_says_of_how_many_units_it_is(public_city):
    (paper,) = newest().papers
    parts = [
        Part(paper.uid, "", "", level, held)
        for level, held in ((Decimal(7), False), (None, True), (None, False))
    ]

    with translation.override("en"):
        told = [vow_of(replace(paper.promises[0], parts=found)).told_text for found in (parts, ())]

    assert told == ["told by 2 of 3 units", ""]


def test_each_sign_in_the_row_of_promises_stands_in_the_key_below(public_city):
    shown = text_of(Visit().look("/en/"))

    row, key = shown.partition('<p class="lt-pub__ticks"')[2].split("</ul>")[0].split("</p>")
    drawn = re.findall(r'<span class="(lt-vow__\w+)">\s*(<svg.*?</svg>)\s*</span>', row, re.DOTALL)
    named = dict(
        re.findall(r'<li class="(lt-vow__\w+)">\s*(<svg.*?</svg>)\s*\d+ [a-z]', key, re.DOTALL)
    )
    assert [code for code, _sign in drawn] == ["lt-vow__on_the_way"] * 2 + ["lt-vow__not_known"]
    assert [sign for _code, sign in drawn] == [named[code] for code, _sign in drawn]
    assert len(set(named.values())) == 4


def test_before_anything_is_published_every_address_says_so(db):
    assert "Nothing is published yet." in text_of(Visit().look("/en/"))
    assert "Nothing is published yet." in text_of(Visit().look(page("public-about")))
    Visit().look(page("public-feed"))
    for name in ("public-table", "public-content", "public-package", "public-catalogue"):
        Visit().look(page(name), status=404)


def test_a_public_request_asks_the_application_s_database_nothing(public_city):
    """Neither a stranger nor somebody who is signed in: the page forgets who asks."""
    visit = Visit(public_city.cast.chi)

    def refuse(*_asked):
        raise AssertionError("asked as the application")

    for name in ("public-home", "public-about", "public-table", "public-feed"):
        with connections["default"].execute_wrapper(refuse):
            visit.look(page(name))
    with connections["default"].execute_wrapper(refuse):
        visit.look(page("public-promise", uid=public_city.families.uid))


def test_a_page_of_everything_asks_at_most_eight_times(public_city):
    asked = []

    def count(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connections["public"].execute_wrapper(count):
        Visit().look("/en/")
    assert 0 < len(asked) <= 8


def test_without_a_database_the_last_publication_is_served_from_the_folder(lost, folder):
    shelf_of(folder, lost)

    shown = text_of(Visit().look("/en/"))

    assert "The database does not answer at present." in shown
    assert "This is the last publication, with figures as of 7 Aug 2024." in shown
    assert "<b>120 hộ</b>" in shown
    for name in ("public-about", "public-table", "public-package", "public-feed"):
        assert Visit().look(page(name))["Cache-Control"] == "no-store"
    shown = text_of(Visit().look(page("public-promise", uid=lost.families.uid)))
    assert "tỷ lệ thất nghiệp" in shown


def test_without_a_database_and_without_a_copy_the_page_says_so(lost, folder):
    shown = text_of(Visit().look("/en/"))

    assert "no publication is kept beside it" in shown
    assert not folder.exists()


def test_whoever_finds_the_folder_out_of_date_renews_it(public_city, folder):
    Visit().look("/en/")

    kept = shelf.kept(folder)
    assert kept == newest()
    copies = {one.name for one in folder.iterdir() if not one.name.startswith(".")}
    assert copies == {"current", (folder / "current").readlink().name}


CONTENT: dict[str, str] = {}


def shelf_of(folder, city):
    """Leave in the folder what the city has published, as its publishing left it."""
    found = CONTENT["text"]
    shelf.keep(folder, 1, digest(found), found)


@pytest.fixture(autouse=True)
def content(request, folder):
    """Keep what is public before the database is lost."""
    if "public_city" in request.fixturenames:
        request.getfixturevalue("public_city")
        CONTENT["text"] = canonical(newest())


def test_the_story_is_that_of_the_cast(public_city):
    assert isinstance(public_city.cast, Cast)
    assert publications.DECIDED.number == PublicationRecord.objects.get().decision
