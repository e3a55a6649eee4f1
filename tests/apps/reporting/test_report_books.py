"""A report goes out as a workbook and comes back: what was changed is entered, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.books import read_book, write_book
from lotrinh.apps.reporting.models import ReportCell
from lotrinh.rules.books import BookRefused
from tests.factories import TODAY
from tests.ledgers import make_measure
from tests.reports import book_with, by, fill, fresh, make_group, make_regime, open_month


@pytest.fixture
def villages(cast):
    return make_measure(owed_to=cast.city, user=cast.chi)


@pytest.fixture
def report(cast, families, villages):
    make_group(cast.sen_tay, cast.ho_sen)
    regime = make_regime(owed_to=cast.city, measures=[families, villages], user=cast.chi)
    return open_month(regime, user=cast.chi).reports.get(unit=cast.sen_tay)


def taken(report, user, read):
    grid = selectors.grid_of(report=fresh(report), seen_by=user.pk, on=TODAY)
    return services.take_book(grid=grid, read=read, act=by(user))


def test_what_was_typed_into_the_workbook_is_entered(report, cast, families, villages):
    fill(report, cast.mai, {villages: "9"})
    grid = selectors.grid_of(report=fresh(report), seen_by=cast.mai.pk, on=TODAY)
    content = write_book(selectors.book_of(grid=grid, language="vi"))
    read = read_book(content, "bieu.xlsx")
    cells = dict(read.cells)
    cells[str(families.uid)] = cells[str(families.uid)]._replace(value="1.270")

    found = taken(report, cast.mai, replace(read, cells=cells))

    assert found.faults == ()
    assert found.entered.cells[families.pk].value == Decimal(1270)
    assert found.entered.cells[villages.pk].text == "9"
    assert ReportCell.objects.filter(measure=villages).count() == 1


def test_a_workbook_that_was_left_as_it_was_enters_nothing(report, cast, families, villages):
    fill(report, cast.mai, {families: "120", villages: "9"})
    grid = selectors.grid_of(report=fresh(report), seen_by=cast.mai.pk, on=TODAY)
    read = read_book(write_book(selectors.book_of(grid=grid, language="vi")), "bieu.xlsx")

    assert taken(report, cast.mai, read).entered is None
    assert ReportCell.objects.count() == 2


def test_what_somebody_else_entered_meanwhile_is_not_written_over(report, cast, families):
    _, read = book_with(report, cast.mai, "120")
    fill(report, cast.ha, {families: "125"})

    found = taken(report, cast.mai, read)

    assert found.entered.meanwhile[families.pk].text == "125"
    assert found.entered.cells[families.pk].value == Decimal(125)
    assert [fault.flaw.value for fault in found.faults] == ["other_version"]


def test_the_workbook_of_another_unit_is_refused_whole(report, cast):
    other = report.collection.reports.get(unit=cast.ho_sen)
    _, read = book_with(other, cast.ha, "120")

    with pytest.raises(BookRefused) as refused:
        taken(report, cast.mai, read)
    assert refused.value.fault.flaw.value == "other_unit"
    assert not ReportCell.objects.exists()
