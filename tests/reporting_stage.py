"""A monthly report of two measures, owed to the city by a district and a ward below it."""

import pytest

from lotrinh.rules.target_terms import Rollup
from tests.factories import make_officer
from tests.ledgers import make_measure
from tests.reports import fill, hand_in, make_group, make_regime, open_month


@pytest.fixture
def tam(cast):
    return make_officer(cast.sen_tay, full_name="Bùi Thị Tâm")


@pytest.fixture
def families(cast):
    return make_measure(owed_to=cast.city, user=cast.chi)


@pytest.fixture
def schooled(cast):
    return make_measure(owed_to=cast.city, user=cast.chi, rollup=Rollup.RATIO_OF_SUMS)


@pytest.fixture
def regime(cast, families, schooled):
    make_group(cast.ho_sen, cast.sen_tay, cast.sen_cu)
    return make_regime(owed_to=cast.city, measures=[families, schooled], user=cast.chi)


@pytest.fixture
def collection(regime, cast):
    return open_month(regime, user=cast.chi)


@pytest.fixture
def report(collection, cast):
    return collection.reports.get(unit=cast.sen_tay)


@pytest.fixture
def handed_in(report, cast, families, schooled):
    fill(report, cast.mai, {families: "120", schooled: "18/23"})
    return hand_in(report, cast.mai)
