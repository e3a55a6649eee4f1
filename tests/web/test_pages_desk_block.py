"""A plan with a table of 140 rows: each row a draft that points to its cell, in one act."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bench.documents import ROWS, make_word
from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Decision, ReadingRun
from tests.cast import Cast
from tests.factories import NOW, key, make_unit
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast: Cast) -> ReadingRun:
    """The plan, handed in by the pages and read; one of its two departments is known here."""
    make_unit("so-tai-chinh", parent=cast.city, name_vi="Sở Tài chính")
    file = SimpleUploadedFile("ke-hoach.docx", make_word())
    Visit(cast.chi).send("/documents/new/", {"client_key": key(), "file": file})
    return intake.read_run(uid=ReadingRun.objects.get().uid, at=NOW)


def test_the_rows_of_a_table_become_drafts_in_one_act(cast: Cast, run: ReadingRun) -> None:
    desk = f"/documents/{run.rendition.document.uid}/desk/"
    visit = Visit(cast.chi)
    blocks = visit.look(desk).context["blocks"]
    assert [(block.table, block.count) for block in blocks] == [(0, ROWS)]

    shown = visit.look(f"{desk}several/?act=accept&table=0")
    lines = shown.context["lines"]
    good = [line.card.n for line in lines if not line.question_text]
    assert (len(lines), shown.context["doubtful_count"]) == (ROWS, ROWS // 3)
    assert [line.card.n for line in lines if line.is_chosen] == good
    form = {
        "client_key": key(),
        "act": "accept",
        "said": shown.context["said"],
        "offered": [line.card.n for line in lines],
        "row": [line.card.n for line in lines],
        "whole": "on",
    }
    answer = visit.send(f"{desk}several/", form)
    again = visit.send(f"{desk}several/", form)

    assert answer["Location"] == again["Location"] == desk
    rows = {(row.start, row.end): row for row in run.candidates.filter(rule="table.task")}
    sources = DutySource.objects.select_related("duty__unit").order_by("start")
    assert [(source.start, source.end) for source in sources] == sorted(rows)
    assert len(sources) == ROWS
    text = run.rendition.text
    for number, source in enumerate(sources, start=1):
        assert f"đề án số {number} về" in text[source.start : source.end]
        assert source.clause is not None and source.clause.kind == "cell"
        assert source.duty.title == text[source.start : source.end]
        assert (source.duty.unit is not None) == (number % 3 != 0)
    assert Duty.objects.get(title__contains="số 4 về").due == date(2025, 6, 30)
    assert Decision.objects.values("client_key").distinct().count() == 1

    undo = {"client_key": key(), "act": form["client_key"]}
    visit.send(f"{desk}undo/", undo)
    assert set(Duty.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert visit.look(desk).context["reading"].to_decide == run.candidates.count()


def test_a_row_keeps_the_cells_that_no_field_took(cast: Cast, run: ReadingRun) -> None:
    row = run.candidates.filter(rule="table.task").order_by("start")[6]
    form = {"client_key": key(), "title": "Đề án", "unit": "Sở Tài chính"}
    Visit(cast.chi).send(f"/proposals/{row.uid}/accept/", form)

    page = Visit(cast.chi).look(f"/duties/{Duty.objects.get().uid}/")

    (source,) = page.context["sources"]
    assert (source.columns, source.row_number) == ((), "7")
    told = text_of(page)
    assert "<dt>TT</dt>" not in told
    assert "dòng 7 của bảng" in told


@pytest.mark.slow
def test_the_desk_of_a_long_table_costs_no_more_queries(cast: Cast, run: ReadingRun) -> None:
    desk = f"/documents/{run.rendition.document.uid}/desk/"

    assert Visit(cast.chi).cost(desk) <= 20
    assert Visit(cast.chi).cost(f"{desk}several/?act=accept&table=0") <= 20
