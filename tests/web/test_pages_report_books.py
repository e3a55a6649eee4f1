"""A report goes out as a workbook at its page, and comes back there, cell by cell."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from lotrinh.apps.reporting import selectors
from lotrinh.apps.reporting.models import Report, ReportCell
from lotrinh.apps.targets.models import Measure
from tests.cast import Cast
from tests.factories import key
from tests.reports import fill, fresh, make_group, make_regime, open_month
from tests.web.visiting import Visit, text_of

NAME = "bieu.xlsx"


@pytest.fixture
def report(cast: Cast, families: Measure) -> Report:
    make_group(cast.ho_sen, cast.sen_tay)
    regime = make_regime(owed_to=cast.city, measures=[families], user=cast.chi)
    return open_month(regime, user=cast.chi).reports.get(unit=cast.sen_tay)


def downloaded(visit: Visit, report: Report) -> bytes:
    answer = visit.client.get(f"/reports/{report.uid}/book.xlsx")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def filled_in(content: bytes, text: str) -> bytes:
    """Write a text into every unlocked cell of the figures' column."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    written = 0
    for row in sheet.iter_rows():
        entry = next((cell for cell in row if not cell.protection.locked), None)
        if entry is not None and not written:
            entry.value, written = text, 1
    assert written
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(visit: Visit, report: Report, content: bytes):
    file = SimpleUploadedFile(NAME, content)
    words = {"client_key": str(key()), "file": file}
    return visit.client.post(f"/reports/{report.uid}/book/", words)


def test_what_was_filled_in_is_entered(cast, report, families):
    mai = Visit(cast.mai)
    answer = sent(mai, report, filled_in(downloaded(mai, report), "1.270"))

    assert (answer.status_code, answer["Location"]) == (303, f"/reports/{report.uid}/")
    assert selectors.cells_of(report=fresh(report))[families.pk].value == 1270


def test_what_somebody_entered_meanwhile_stays_and_is_told(cast, report, families):
    mai = Visit(cast.mai)
    content = filled_in(downloaded(mai, report), "1.270")
    fill(report, cast.ha, {families: "125"})

    answer = sent(mai, report, content)

    assert answer.status_code == 200
    assert "trong lúc đó có người đã nhập “125”" in text_of(answer)
    assert selectors.cells_of(report=fresh(report))[families.pk].text == "125"


def test_another_file_is_refused_with_the_cure_and_nothing_is_entered(cast, report):
    answer = sent(Visit(cast.mai), report, b"PK\x03\x04 no workbook")

    assert answer.status_code == 422
    assert NAME in text_of(answer) or ".xlsx" in text_of(answer)
    assert not ReportCell.objects.exists()


def test_the_workbook_of_another_unit_is_refused(cast, report):
    chi = Visit(cast.chi)
    other = report.collection.reports.get(unit=cast.ho_sen)
    answer = sent(chi, report, filled_in(downloaded(chi, other), "5"))

    assert answer.status_code == 422
    assert cast.ho_sen.code in text_of(answer)
    assert not ReportCell.objects.exists()


def test_a_secret_mark_keeps_a_workbook_out(cast, report):
    mai = Visit(cast.mai)
    answer = sent(mai, report, filled_in(downloaded(mai, report), "TUYỆT MẬT"))

    assert answer.status_code == 422
    assert "bí mật nhà nước" in text_of(answer)
    assert not ReportCell.objects.exists()
