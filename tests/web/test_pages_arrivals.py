"""Several files at once: each with its own verdict; one bad file does not hurt the others."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake.models import Arrival, ReadingRun
from lotrinh.apps.intake.services import read_run
from tests.cast import Cast
from tests.factories import NOW, TEXT, key, make_run
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
NEW = "/documents/new/"


def a_file(number: str, name: str = "a.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, TEXT.replace("97-CTr/TU", number).encode())


def files() -> list[SimpleUploadedFile]:
    return [
        a_file("101-CTr/TU", "một.txt"),
        SimpleUploadedFile("hỏng.pdf", b"%PDF-1.7 broken"),
        SimpleUploadedFile("mật.txt", f"MẬT\n{TEXT}".encode()),
        SimpleUploadedFile("trống.txt", b"  \n"),
        a_file("102-CTr/TU", "hai.txt"),
    ]


def test_every_file_has_its_own_verdict(cast: Cast) -> None:
    visit, sent = Visit(cast.chi), key()

    answer = visit.send(NEW, {"client_key": sent, "file": files()})

    assert answer["Location"] == f"/documents/arrivals/{sent}/"
    page = visit.look(answer["Location"])
    rows = page.context["rows"]
    assert [row.name for row in rows] == ["một.txt", "hỏng.pdf", None, "trống.txt", "hai.txt"]
    assert [row.url is not None for row in rows] == [True, False, False, False, True]
    assert [line.refusal for line in Arrival.objects.order_by("place")] == [
        "",
        "damaged",
        "secret",
        "empty",
        "",
    ]
    assert "MẬT" in rows[2].refused_text
    assert (page.context["taken_count"], page.context["refused_count"]) == (2, 3)
    assert page.context["is_reading"] is True
    assert "mật.txt" not in text_of(page)
    for run in ReadingRun.objects.all():
        read_run(uid=run.uid, at=NOW)
    assert visit.look(answer["Location"]).context["is_reading"] is False


def test_sending_the_same_files_again_takes_nothing_twice(cast: Cast) -> None:
    visit, sent = Visit(cast.chi), key()
    visit.send(NEW, {"client_key": sent, "file": files()})
    before = (Arrival.objects.count(), Document.objects.count(), ReadingRun.objects.count())

    visit.send(NEW, {"client_key": sent, "file": files()})

    after = (Arrival.objects.count(), Document.objects.count(), ReadingRun.objects.count())
    assert after == before


def test_files_that_are_sent_one_by_one_stand_on_one_page(cast: Cast) -> None:
    visit, sent = Visit(cast.chi), key()

    for file in files():
        visit.send(NEW, {"client_key": sent, "file": file, "several": "on"})

    rows = visit.look(f"/documents/arrivals/{sent}/").context["rows"]
    assert [row.place for row in rows] == [1, 2, 3, 4, 5]


def test_what_was_in_the_register_already_is_said(cast: Cast) -> None:
    make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    visit, sent = Visit(cast.chi), key()

    visit.send(NEW, {"client_key": sent, "file": [a_file("97-CTr/TU"), a_file("103-CTr/TU")]})

    rows = visit.look(f"/documents/arrivals/{sent}/").context["rows"]
    assert [row.was_known for row in rows] == [True, False]
    assert visit.cost(f"/documents/arrivals/{sent}/") <= 20


def test_files_and_a_pasted_text_together_are_refused(cast: Cast) -> None:
    form = {"client_key": key(), "file": [a_file("101-CTr/TU"), a_file("102-CTr/TU")]}

    Visit(cast.chi).send(NEW, {**form, "text": TEXT}, status=422)
    Visit(cast.chi).send(NEW, {**form, "client_key": "x"}, status=422)

    assert not Document.objects.exists()
