"""A total that is read while a fold widens its sheet says what held before, or what holds after."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections

from lotrinh.apps.reporting.models import TotalSheet
from lotrinh.apps.reporting.selectors.series import sheets_of, told_of
from lotrinh.rules.figures import Basis
from lotrinh.rules.lanes import NARROW, WIDE
from tests.cast import Cast
from tests.factories import make_officer
from tests.ledgers import approve, correct, fold, make_measure, make_period, read, told

LARGE = 10**15


class FoldsBetween:
    """Lets a fold happen in another session just before the second statement that reads totals."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, execute: Callable[..., Any], sql: Any, *given: Any) -> Any:
        """Count what reads totals or their sheet."""
        if '"reporting_total' in str(sql) or "reporting_total " in str(sql):
            self.seen += 1
            if self.seen == 2:
                fold_elsewhere()
        return execute(sql, *given)


def fold_elsewhere() -> None:
    """Fold what waits in a session of its own."""

    def work() -> None:
        fold()
        connections.close_all()

    elsewhere = Thread(target=work)
    elsewhere.start()
    elsewhere.join()


@pytest.mark.parametrize(("way", "month"), [("a total", 5), ("a series", 6)])
def test_the_form_of_a_row_is_read_with_it(people: Cast, way: str, month: int) -> None:
    tam = make_officer(people.sen_tay, full_name="Bùi Thị Tâm")
    measure = make_measure(owed_to=people.city, user=people.chi)
    period = make_period(starts=date(2024, month, 1), ends=date(2024, month + 1, 1))
    who = {"entered_by": people.mai, "user": tam}
    act = approve(people.sen_tay, [told(measure, 7)], period=period, **who)
    fold()
    correct(act.figures.get(), told(measure, LARGE), **who)
    sheet = TotalSheet.objects.get(period=period)
    assert sheet.width == NARROW

    with connection.execute_wrapper(FoldsBetween()):
        if way == "a total":
            total = read(people.city, measure, period, seen_by=people.chi)
            found = total.value(0)
        else:
            (kept,) = sheets_of([measure])
            said = told_of([measure], [kept], [people.city.pk])
            found = said[measure.pk][people.city.pk][period.pk][Basis.SELF_REPORTED].exact

    assert found in (7, LARGE)
    fold()
    sheet.refresh_from_db()
    assert sheet.width == WIDE
    assert read(people.city, measure, period, seen_by=people.chi).value(0) == Decimal(LARGE)
