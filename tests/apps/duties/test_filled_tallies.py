"""An installation that has duties already gets its kept tally with the tables."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Sum
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.duties import selectors
from lotrinh.apps.duties.models import Duty, DutyTally, TallyChange, TallyDay
from lotrinh.apps.duties.models.tally import CLASSES
from lotrinh.engine import Engine
from tests.factories import NOW, TODAY
from tests.migrating import empty_database, migrate

BEFORE = [("duties", "0012_refusals_counted"), ("journal", "0001_initial")]


def fill(apps: Any) -> None:
    """Write one duty of each kind of standing, and some that count nowhere."""

    def rows(app: str, name: str) -> Any:
        return apps.get_model(app, name).objects.using("owner")

    users = [
        rows("accounts", "User").create(sign_in_name=name, password="!", created_at=NOW)
        for name in "ab"
    ]
    unit = rows("units", "Unit").create(
        code="tp", kind="city", name_vi="Thành phố", name_en="City", sort_key="tp"
    )
    person = rows("units", "Person").create(full_name="A", search_key="a")

    def duty(state: str, due: date | None = None, **more: Any) -> None:
        rows("duties", "Duty").create(
            title="Việc",
            language="vi",
            owed_to=unit,
            unit=unit,
            person=person,
            state=state,
            due=due,
            binding_due=due,
            issued_on=TODAY,
            **more,
        )

    done = {"claimed_by": users[0], "verified_by": users[1], "verified_on": TODAY}
    late = TODAY - timedelta(1)
    duty("done", TODAY, handed_in_on=TODAY, **done)
    duty("done", late, handed_in_on=TODAY, **done)
    duty("done", None, handed_in_on=TODAY, **done)
    for state in ("issued", "refusing", "suspended"):
        duty(state, TODAY)
    duty("returned", late)
    duty("contested")
    for state in ("refused", "cancelled", "draft", "spread", "withdrawn"):
        duty(state, TODAY)


def recur(apps: Any) -> None:
    """Write a duty of every month with two of its periods, and one whose first is to come."""

    def rows(app: str, name: str) -> Any:
        return apps.get_model(app, name).objects.using("owner")

    unit = rows("units", "Unit").create(
        code="tp", kind="city", name_vi="Thành phố", name_en="City", sort_key="tp"
    )
    person = rows("units", "Person").create(full_name="A", search_key="a")
    common = {"title": "Việc", "language": "vi", "owed_to": unit, "unit": unit, "person": person}
    common |= {"state": "issued", "issued_on": TODAY}
    monthly, _ = (rows("duties", "Duty").create(recurrence="monthly", **common) for _n in range(2))
    for period, due in (("2024-07", TODAY - timedelta(7)), ("2024-08", TODAY + timedelta(24))):
        rows("duties", "Duty").create(
            superior=monthly, period=period, due=due, binding_due=due, **common
        )


@pytest.mark.slow
def test_what_recurs_is_counted_by_the_periods_that_are_there(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    with empty_database(server, django_db_blocker, "of_periods"):
        recur(migrate([("duties", "0015_ladder_settings"), ("journal", "0001_initial")]))

        migrate()

        flags = Duty.objects.order_by("pk").values_list("counted_by_periods", flat=True)
        assert list(flags) == [True, False, False, False]
        assert selectors.tally_differences() == ()
        changes = TallyChange.objects.values_list("stand", "due").annotate(Sum("n"))
        assert {(stand, due): n for stand, due, n in changes} == {
            ("open", None): 1,
            ("open", TODAY - timedelta(7)): 1,
            ("open", TODAY + timedelta(24)): 1,
        }


@pytest.mark.slow
def test_what_is_there_is_counted_with_the_tables(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    with empty_database(server, django_db_blocker, "of_tallies"):
        fill(migrate(BEFORE))

        migrate()

        (row,) = DutyTally.objects.all()
        held = [getattr(row, name) for name in CLASSES]
        assert held == [1, 1, 3, 1, 1, 1, 1, 1]
        assert TallyDay.objects.get().day == TODAY
        assert TallyChange.objects.count() == 0
        assert selectors.tally_differences() == ()
