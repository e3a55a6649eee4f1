"""Who enters into a report, who takes it from hand to hand, and who opens its files."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lotrinh.apps.files.services import store
from lotrinh.apps.reporting.models import Report, ReportEvidence
from lotrinh.apps.reporting.services import attach_evidence
from tests.factories import NOW, key
from tests.reports import by, fill
from tests.web.matrix.asking import ASKERS, signed_in, undone
from tests.web.world import DECIDES, PLACES, SEES, SEN_TAY

pytestmark = pytest.mark.django_db


def report_at(world, place) -> Report:
    return Report.objects.get(uid=world.at[place].report)


def expected(place, member, *, may) -> int:
    if place not in SEES[member]:
        return 404
    return 303 if may else 403


@pytest.mark.parametrize("member", ASKERS)
def test_figures_are_entered_by_exactly_those_who_may(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        report = report_at(world, place)
        measure = report.collection.lines.get().measure
        path = reverse("report", args=[report.uid])
        words = {"client_key": str(key()), "language": "vi", f"c-{measure.uid}": "120"}
        status, _body = undone(client, path, words)
        if status != expected(place, member, may=place in DECIDES[member]):
            wrong.append(f"{member} {place}: {status}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_files_are_handed_in_by_exactly_those_who_enter(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("report-files", args=[world.at[place].report])
        file = SimpleUploadedFile("bien-ban.txt", "Biên bản họp tổ dân phố số 5".encode())
        words = {"client_key": str(key()), "line": "", "file": file}
        may = place in DECIDES[member]
        found = client.get(path).status_code, undone(client, path, words)[0]
        refused = expected(place, member, may=False)
        if found != ((200, 303) if may else (refused, refused)):
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_workbook_is_taken_from_exactly_those_who_enter(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("report-book", args=[world.at[place].report])
        words = {"client_key": str(key()), "file": SimpleUploadedFile("a.xlsx", b"no workbook")}
        may = place in DECIDES[member]
        found = client.get(path).status_code, undone(client, path, words)[0]
        refused = expected(place, member, may=False)
        if found != ((200, 422) if may else (refused, refused)):
            wrong.append(f"{member} {place}: {found}")
        book = client.get(reverse("report-book-file", args=[world.at[place].report]))
        if book.status_code != (200 if place in SEES[member] else 404):
            wrong.append(f"{member} {place}: workbook {book.status_code}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_report_is_handed_in_by_exactly_those_who_enter_and_as_it_was_read(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        report = report_at(world, place)
        measure = report.collection.lines.get().measure
        fill(report, world.cast.chi, {measure: "120"})
        path = reverse("report-step", args=[report.uid, "hand_in"])
        looked = client.get(path)
        may = place in DECIDES[member]
        refused = expected(place, member, may=False)
        found = looked.status_code
        if found != (200 if may else refused):
            wrong.append(f"{member} {place}: {found}")
        words = {"client_key": str(key()), "content": "0" * 64, "note": ""}
        if undone(client, path, words)[0] != (409 if may else refused):
            wrong.append(f"{member} {place} sends")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_file_is_opened_by_exactly_those_who_see_its_report(world, member, blobs):
    client, wrong = signed_in(world, member), []
    chi = world.cast.chi
    missing = client.get(reverse("report-evidence", args=[uuid4()]))
    for place in PLACES:
        report = report_at(world, place)
        blob = store(content=place.encode(), media_type="text/plain", actor=chi.named, at=NOW)
        act = by(chi, blobs=((blob, "bien-ban.txt"),))
        attach_evidence(report_id=report.pk, measure_id=None, act=act)
        file = ReportEvidence.objects.get(report=report)
        answer = client.get(reverse("report-evidence", args=[file.uid]))
        if answer.status_code != (200 if place in SEES[member] else 404):
            wrong.append(f"{member} {place}: {answer.status_code}")
        elif answer.status_code == 404 and answer.content != missing.content:
            wrong.append(f"{member} {place}: hidden does not look like missing")

    assert wrong == []


def test_steps_that_there_are_not_are_missing(world):
    client = signed_in(world, "chi")
    for step in ("enter", "attach", "nothing"):
        path = reverse("report-step", args=[world.at[SEN_TAY].report, step])
        assert client.get(path).status_code == 404
