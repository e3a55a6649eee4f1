"""Periods are opened on demand, once, by the kinds that the installation knows."""

from datetime import date

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Period
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from tests.factories import NOW, TODAY, key, make_officer
from tests.ledgers import ON, make_measure, make_period


def test_the_kinds_of_the_field_are_there_and_each_makes_its_periods(cast):
    kinds = selectors.period_kinds(on=TODAY)

    assert [kind.code for kind in kinds] == [
        "month",
        "quarter",
        "half_year",
        "seven_months",
        "five_last_months",
        "nine_months",
        "year",
        "mid_term",
        "term",
        "any",
    ]
    found = {kind.code: kind.rule.on(date(2024, 1, 5)) for kind in kinds if kind.rule}
    assert {code: period.code for code, period in found.items() if period} == {
        "month": "202401",
        "quarter": "2024Q1",
        "half_year": "2024-01-01_2024-06-30",
        "seven_months": "2024-01-01_2024-07-31",
        "nine_months": "2024-01-01_2024-09-30",
        "year": "2024",
        "term": "2021-01-01_2025-12-31",
    }
    early = selectors.period_kinds(on=date(2019, 1, 1))
    assert "month" not in {kind.code for kind in early}


def test_a_period_knows_the_days_of_its_data_and_is_opened_once(cast):
    """Decree 09/2019, art. 12: a half year counts 15 December to 14 June."""
    half = make_period("half_year", date(2024, 1, 1), date(2024, 7, 1))
    again = make_period("half_year", date(2024, 1, 1), date(2024, 7, 1))
    seven = make_period("seven_months", date(2024, 1, 1), date(2024, 8, 1))

    assert half == again
    assert (half.data_from, half.data_to) == (date(2023, 12, 15), date(2024, 6, 15))
    assert (seven.data_from, seven.data_to) == (seven.starts, seven.ends)
    assert Entry.objects.filter(verb="period.opened").count() == 2
    assert selectors.periods_known(since=TODAY, until=date(2025, 1, 1)) == ()
    assert selectors.periods_known(since=date(2024, 7, 31), until=TODAY) == (seven,)


@pytest.mark.parametrize(
    ("kind", "starts", "ends"),
    [
        ("month", date(2024, 7, 1), date(2024, 9, 1)),
        ("five_last_months", date(2024, 7, 1), date(2024, 12, 1)),
        ("any", date(2024, 7, 1), date(2024, 7, 1)),
        ("fortnight", date(2024, 7, 1), date(2024, 7, 15)),
    ],
)
def test_days_that_are_no_period_of_the_kind_are_refused(cast, kind, starts, ends):
    with pytest.raises(services.WrongPeriod):
        make_period(kind, starts, ends)
    assert not Period.objects.exists()


def test_a_collection_is_opened_once_by_those_who_may_assign_at_every_unit(cast):
    sent = key()
    given = {
        "period": make_period(),
        "basis": Basis.ESTIMATED,
        "measures": [make_measure(owed_to=cast.city, user=cast.chi)],
        "unit_ids": [cast.sen_tay.pk, cast.dong_gao.pk],
        **ON,
    }

    made = services.open_collection(user=cast.chi, client_key=sent, **given)

    assert services.open_collection(user=cast.chi, client_key=sent, **given) == made
    assert set(made.units.all()) == {cast.sen_tay, cast.dong_gao}
    with pytest.raises(services.KeyTaken):
        services.open_collection(user=cast.ha, client_key=sent, **given)
    assigns = make_officer(cast.ho_sen, actions=[Action.ASSIGN_DUTY])
    with pytest.raises(services.NotAllowed, match="huyen-dong-gao"):
        services.open_collection(user=assigns, client_key=key(), **given)
    with pytest.raises(services.NobodyAsked):
        services.open_collection(user=cast.chi, client_key=key(), **given | {"measures": []})
    assert made.opened_on == TODAY
    assert Entry.objects.get(verb="collection.opened").at == NOW
