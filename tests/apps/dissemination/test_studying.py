"""Reflections: each unit's last word counts, all are kept, and who told nothing is not zero."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Reflections, StudyCall
from lotrinh.rules.conferences.studying import HandedIn, Reflected
from tests.conferences import by, call, plan, site_at
from tests.factories import NOW, TODAY, key, make_document

pytestmark = pytest.mark.django_db

UNTIL = date(2024, 9, 9)


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.ho_sen, cast.sen_tay], user=cast.chi)
    return held


def ask_for(conference, *, user, until=UNTIL, client_key=None):
    return services.call_for_reflections(
        conference_id=conference.pk,
        until=until,
        user=user,
        on=TODAY,
        at=NOW,
        client_key=client_key or key(),
    )


def tell(conference, unit, due, handed_in, *, user, **more):
    told = Reflected(due, handed_in, is_confirmed=True)
    site = site_at(conference, unit)
    return services.tell_reflections(site_id=site.pk, told=told, act=by(user, **more))


def test_the_last_word_counts_and_the_tree_adds_up(conference, cast):
    ask_for(conference, user=cast.chi)
    tell(conference, cast.sen_tay, 30, 12, user=cast.mai)
    tell(conference, cast.sen_tay, 30, 28, user=cast.mai)

    found = selectors.study_of(conference=conference, seen_by=cast.chi.pk, on=TODAY)

    assert (found.until, Reflections.objects.count()) == (UNTIL, 2)
    assert found.whole == HandedIn(units=3, told=1, confirmed=1, due=30, handed_in=28)
    assert [(unit.id, told.handed_in, told.silent) for unit, told in found.branches] == [
        (cast.ho_sen.pk, 28, 1)
    ]
    own = selectors.study_of(conference=conference, seen_by=cast.mai.pk, on=TODAY)
    assert [one.site.unit for one in own.units] == [cast.sen_tay]


def test_what_cannot_be_told_is_refused_and_changes_nothing(conference, cast):
    with pytest.raises(services.NotNow):
        tell(conference, cast.sen_tay, 30, 28, user=cast.mai)
    with pytest.raises(services.NotNow):
        ask_for(conference, user=cast.chi, until=TODAY - timedelta(days=1))
    with pytest.raises(services.NotAllowed):
        ask_for(conference, user=cast.mai)
    assert not StudyCall.objects.exists()
    ask_for(conference, user=cast.chi)

    with pytest.raises(services.MoreThanDue):
        tell(conference, cast.sen_tay, 30, 31, user=cast.mai)
    with pytest.raises(services.TooMany):
        tell(conference, cast.sen_tay, 20_001, 0, user=cast.mai)
    with pytest.raises(services.NotAllowed):
        tell(conference, cast.ho_sen, 30, 28, user=cast.mai)
    assert not Reflections.objects.exists()
