"""What a report without a number of its own says of two other documents."""

import pytest

from lotrinh.apps.documents.models import Document, Relation
from tests.factories import make_document, make_run

pytestmark = pytest.mark.django_db

REPORT = """Hội nghị quán triệt các văn bản về hồ nước

Chương trình hành động số 41-CTr/TU ngày 8/3/2024 thực hiện Nghị quyết số 35-NQ/TW về hồ nước.
Nghị quyết số 35-NQ/TW kế thừa Nghị quyết số 17-NQ/TW.
Quyết định số 12-QĐ/TU bãi bỏ Quyết định số 11-QĐ/TU.
"""


def stated():
    """Return every relation by the numbers of its ends; a report stands as its title."""
    return sorted(
        (row.source.number or "report", row.kind, row.target.number)
        for row in Relation.objects.select_related("source", "target")
    )


def test_a_report_is_about_what_it_relates_and_its_words_make_a_ladder(cast):
    run = make_run(keeper=cast.office, user=cast.chi, text=REPORT)

    assert stated() == [
        ("35-NQ/TW", "continues", "17-NQ/TW"),
        ("41-CTr/TU", "implements", "35-NQ/TW"),
        ("report", "reports_on", "35-NQ/TW"),
        ("report", "reports_on", "41-CTr/TU"),
    ]
    assert set(Relation.objects.values_list("rendition_id", flat=True)) == {run.rendition_id}
    ladder = Relation.objects.get(source__number="41-CTr/TU")
    assert "thực hiện Nghị quyết số 35-NQ/TW" in run.rendition.text[ladder.start : ladder.end]
    assert set(Document.objects.filter(is_stub=True).values_list("number", flat=True)) == {
        "17-NQ/TW",
        "35-NQ/TW",
        "41-CTr/TU",
    }


def test_that_something_was_repealed_is_not_taken_from_a_report(cast):
    make_run(keeper=cast.office, user=cast.chi, text=REPORT)

    assert not Relation.objects.filter(kind="repeals").exists()


def test_a_document_whose_text_is_held_speaks_for_itself(cast):
    make_document(keeper=cast.office, user=cast.chi, number="41-CTr/TU")

    make_run(keeper=cast.office, user=cast.chi, text=REPORT)

    assert ("41-CTr/TU", "implements", "35-NQ/TW") not in stated()
    assert ("report", "reports_on", "41-CTr/TU") in stated()


def test_reading_a_second_report_states_nothing_twice(cast):
    make_run(keeper=cast.office, user=cast.chi, text=REPORT)
    make_run(keeper=cast.office, user=cast.chi, text=REPORT + "\nHội nghị kết thúc.\n")

    found = [row for row in stated() if row[0] != "report"]
    assert found == [("35-NQ/TW", "continues", "17-NQ/TW"), ("41-CTr/TU", "implements", "35-NQ/TW")]
