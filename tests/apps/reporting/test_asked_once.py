"""A figure that one report has told is asked by no other: taken over, never told twice.

Sen Tây tells of families in its monthly report of culture; the office of the city asks for the same
number, and for households, in a report of its own.
"""

import io
from decimal import Decimal

import openpyxl
import pytest

from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.books import write_book
from lotrinh.apps.reporting.models import Figure
from tests.factories import TODAY
from tests.ledgers import fold, make_measure, read
from tests.reports import approve, by, fill, fresh, hand_in, make_regime, open_month


@pytest.fixture
def households(cast):
    return make_measure(owed_to=cast.city, user=cast.chi)


@pytest.fixture
def second(report, cast, families, households):
    """The report of Sen Tây that asks for families once more."""
    regime = make_regime(
        owed_to=cast.city, measures=[families, households], user=cast.chi, name="Báo cáo dân cư"
    )
    return open_month(regime, user=cast.chi).reports.get(unit=cast.sen_tay)


@pytest.fixture
def first(handed_in, tam):
    """The first report, approved: 120 families."""
    return approve(fresh(handed_in), tam)


def grid(report, user):
    return selectors.grid_of(report=fresh(report), seen_by=user.pk, on=TODAY)


def spared(report, user):
    return [row.is_spared for row in grid(report, user).rows]


def test_what_counts_already_is_taken_over(cast, tam, first, second, families, households):
    line = grid(second, cast.mai).rows[0]
    assert (line.measure, line.cell, line.told.value) == (families, None, Decimal(120))
    assert selectors.reports_that_told([line.elsewhere]) == {line.elsewhere.pk: first}
    assert spared(second, cast.mai) == [True, False]

    fill(second, cast.mai, {households: "400"})
    approved = approve(fresh(hand_in(second, cast.mai)), tam)

    assert approved.state == "approved"
    of_families = Figure.objects.get(measure=families)
    assert (of_families.value, of_families.approval.source) == (120, first.uid)
    assert Figure.objects.get(measure=households).approval.source == second.uid
    fold()
    assert read(cast.city, families, second.collection.period, seen_by=cast.chi).value(0) == 120


def test_what_tells_it_anew_keeps_its_own(cast, tam, first, second, families):
    services.unlock_report(report_id=first.pk, act=by(tam, note="Cộng sót một tổ"))
    assert spared(first, cast.mai) == [False, False]

    fill(first, cast.mai, {families: "121"})
    approve(fresh(hand_in(fresh(first), cast.mai)), tam)

    assert grid(second, cast.mai).rows[0].told.value == 121


@pytest.mark.parametrize("typed", ["120", ""])
def test_what_says_the_same_or_nothing_is_no_second_figure(
    cast, tam, handed_in, second, families, households, typed
):
    fill(second, cast.mai, {families: "119", households: "400"})
    fill(second, cast.mai, {families: typed})
    approve(fresh(handed_in), tam)

    approve(fresh(hand_in(fresh(second), cast.mai)), tam)

    assert [one.value for one in Figure.objects.filter(measure=families)] == [120]


def test_another_figure_is_not_handed_in(cast, first, second, families, households):
    fill(second, cast.mai, {families: "119", households: "400"})
    assert spared(second, cast.mai) == [False, False]

    with pytest.raises(services.ToldOtherwise) as refused:
        hand_in(fresh(second), cast.mai)

    assert [one.measure for one in refused.value.figures] == [families]
    assert fresh(second).state == "open"


def test_another_figure_that_was_on_its_way_is_not_approved(
    cast, tam, handed_in, second, families, households
):
    fill(second, cast.mai, {families: "119", households: "400"})
    hand_in(fresh(second), cast.mai)
    approve(fresh(handed_in), tam)

    with pytest.raises(services.ToldOtherwise):
        approve(fresh(second), tam)

    assert fresh(second).state == "handed_in"
    assert [one.value for one in Figure.objects.filter(measure=families)] == [120]
    assert not Figure.objects.filter(approval__source=second.uid).exists()


def test_a_figure_that_came_without_a_report_is_taken_over_too(
    cast, tam, second, families, households, one_alone
):
    assert spared(second, cast.mai) == [True, False]
    assert selectors.reports_that_told([grid(second, cast.mai).rows[0].elsewhere]) == {}


@pytest.fixture
def one_alone(cast, tam, families, second):
    """Families of July, approved by themselves."""
    return services.approve_figures(
        figures=[services.Told(families, value=Decimal(120))],
        unit=cast.sen_tay,
        period=second.collection.period,
        basis=second.collection.basis,
        entry=services.Entry(cast.mai, TODAY),
        user=tam,
        **{name: getattr(by(tam), name) for name in ("client_key", "on", "at")},
    )


def test_lists_and_rooms_count_it_among_what_is_filled(cast, first, second, households, collection):
    def filled():
        (mine,) = [one.filled for one in selectors.at_stages([fresh(second)], on=TODAY)]
        room = selectors.room_of(collection=second.collection, seen_by=cast.chi.pk, on=TODAY)
        rows = {row.report.unit.code: row for row in room.rows}
        row = rows[cast.sen_tay.code]
        return mine, row.filled, row.spared, row.is_begun

    assert filled() == (1, 1, 1, False)
    fill(second, cast.mai, {households: "400"})
    assert filled() == (2, 2, 1, True)
    own = selectors.room_of(collection=collection, seen_by=cast.chi.pk, on=TODAY)
    assert {row.spared for row in own.rows} == {0}


def test_its_cell_of_the_workbook_is_filled_and_locked(cast, first, second):
    book = selectors.book_of(grid=grid(second, cast.mai), language="vi")
    sheet = openpyxl.load_workbook(io.BytesIO(write_book(book))).worksheets[0]

    cells = [
        cell for row in sheet.iter_rows(min_row=7) for cell in row if not cell.protection.locked
    ]
    found = [cell for row in sheet.iter_rows(min_row=7) for cell in row if cell.value == "120"]

    assert found and all(cell.protection.locked for cell in found)
    assert len({cell.row for cell in cells}) == 2


def test_nothing_of_a_spared_line_is_asked_for_by_a_check(cast, tam, first, second, households):
    with pytest.raises(services.CellsMissing) as refused:
        hand_in(fresh(second), cast.mai)
    assert list(refused.value.measure_ids) == [households.pk]
