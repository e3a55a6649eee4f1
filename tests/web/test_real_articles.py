"""The real articles through the desk: the family that they tell of, and the way to a sentence."""

import re
from pathlib import Path

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from tests.cast import Cast
from tests.factories import NOW, key
from tests.web.visiting import Visit, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FAMILY = [
    ("29-CTr/TU", "implements", "43-NQ/TW"),
    ("30-CTr/TU", "implements", "45-NQ/TW"),
    ("32-CTr/TU", "implements", "42-NQ/TW"),
    ("45-NQ/TW", "continues", "27-NQ/TW"),
]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return Visit(cast.chi)


@pytest.fixture
def runs(visit: Visit, corpus: Path) -> list[ReadingRun]:
    """All five articles, handed in as files and read."""
    for path in sorted(corpus.glob("*.txt")):
        file = SimpleUploadedFile(path.name, path.read_bytes())
        visit.send("/documents/new/", {"client_key": key(), "file": file, "text": ""})
    waiting = ReadingRun.objects.filter(state="queued").order_by("id")
    return [intake.read_run(uid=run.uid, at=NOW) for run in waiting]


def rungs(visit: Visit, number: str) -> dict[str, list[tuple[str, str]]]:
    """Return what stands above and below a document on its own page: relation and number."""
    document = Document.objects.get(number=number)
    shown = visit.look(f"/documents/{document.uid}/").context
    return {
        way: [(row.relation_text, row.number) for row in shown[way] if row.number]
        for way in ("relations_up", "relations_down")
    }


def english(visit: Visit) -> None:
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)


def test_the_family_that_the_articles_tell_of_is_stated_once(runs: list[ReadingRun]) -> None:
    stated = Relation.objects.select_related("source", "target")
    found = [(row.source.number, row.kind, row.target.number) for row in stated if row.source]

    assert sorted(row for row in found if row[1] in {"implements", "continues"}) == FAMILY
    cited = Document.objects.filter(is_stub=True).values_list("number", flat=True)
    assert {number for row in FAMILY for number in (row[0], row[2])} <= set(cited)
    assert len(set(cited)) == len(cited)


def test_it_stands_as_a_ladder_on_the_pages(runs: list[ReadingRun], visit: Visit) -> None:
    english(visit)

    assert rungs(visit, "45-NQ/TW") == {
        "relations_up": [("continues", "27-NQ/TW")],
        "relations_down": [("implements this document", "30-CTr/TU")],
    }
    for child, parent in (("32-CTr/TU", "42-NQ/TW"), ("29-CTr/TU", "43-NQ/TW")):
        assert ("implements", parent) in rungs(visit, child)["relations_up"]
        assert ("implements this document", child) in rungs(visit, parent)["relations_down"]
    top = Document.objects.get(number="27-NQ/TW")
    family = visit.look(f"/documents/{top.uid}/family/").context["rows"]
    assert [(row.depth, row.number) for row in family] == [
        (0, "27-NQ/TW"),
        (1, "45-NQ/TW"),
        (2, "30-CTr/TU"),
    ]


@pytest.mark.parametrize("place", [0, 1])
def test_an_article_leads_to_what_it_reports_on(
    runs: list[ReadingRun], visit: Visit, place: int
) -> None:
    english(visit)
    article = runs[place].rendition.document

    up = visit.look(f"/documents/{article.uid}/").context["relations_up"]

    assert {(row.relation_text, row.number) for row in up} >= {
        ("reports on", number) for number in ("30-CTr/TU", "32-CTr/TU", "29-CTr/TU")
    }
    assert all(row.url and row.relation_url for row in up)


@pytest.mark.parametrize(("place", "words"), [(0, "unemployment rate"), (1, "tỷ lệ thất nghiệp")])
def test_the_unemployment_target_is_one_click_from_its_sentence(
    runs: list[ReadingRun], visit: Visit, place: int, words: str
) -> None:
    (candidate,) = [
        row
        for row in readings.candidates_of(run=runs[place])
        if row.kind == "target" and words in runs[place].rendition.text[row.start : row.end]
    ]
    form = {"title": words, "comparator": "<", "value": "3", "client_key": key()}
    visit.send(f"/proposals/{candidate.uid}/accept/", form)
    (target,) = visit.look("/targets/").context["targets"]
    page = text_of(visit.look(f"/targets/{target.uid}/"))

    (link,) = set(re.findall(r'href="(/documents/[0-9a-f-]{36}/[^"#]*#p\d+)"', page))

    path, _, anchor = link.partition("#")
    there = lxml.html.fromstring(visit.look(path).content).get_element_by_id(anchor)
    assert words in there.text_content()
