"""The ladder is set anew from a day to come; history stays, and climbing goes by the day."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import LadderRung
from lotrinh.apps.duties.services import RungSaid
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.reminders import Informed, LadderFault, Rung, ladder_fault
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
SINCE = TODAY + timedelta(days=30)
LATE = RungSaid(Rung("overdue", 2, (Informed.PERSON,)), "Quá hạn", "Overdue")
UP = RungSaid(Rung("up", 9, (Informed.ABOVE,)), "Báo cáo", "Up")


def set_by(user, rungs=(LATE, UP), since=SINCE, read=None, client_key=None):
    return services.set_ladder(
        rungs=rungs,
        since=since,
        read=read,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def days_on(day: date) -> list[int]:
    return [rung.days for rung in selectors.ladder_on(on=day)]


def test_the_new_rungs_hold_from_their_day_and_the_old_ones_until_then(cast: Cast) -> None:
    sent = key()
    first = set_by(cast.chi, client_key=sent)
    assert set_by(cast.chi, client_key=sent, rungs=(LATE,)) == first

    assert days_on(SINCE - timedelta(days=1)) == [-3, 1, 4, 8, 12, 15]
    assert days_on(SINCE) == [2, 9]
    assert [(one.since, one.until) for one in selectors.ladders_held()] == [
        (SINCE, None),
        (None, SINCE),
    ]
    assert Entry.objects.filter(verb="ladder.set", object_uid=first.uid).count() == 1


def test_a_ladder_of_the_same_day_is_replaced_and_an_earlier_one_refused(cast: Cast) -> None:
    first = set_by(cast.chi)
    with nothing_changes(), pytest.raises(services.LaterLadderKnown):
        set_by(cast.chi, since=SINCE - timedelta(days=1), read=first.uid)

    set_by(cast.chi, rungs=(UP,), read=first.uid)

    assert days_on(SINCE) == [9]
    assert LadderRung.objects.count() == 7


def test_what_is_no_ladder_or_not_for_the_account_changes_nothing(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(services.NotAllowed):
        set_by(cast.thach)
    with nothing_changes(), pytest.raises(services.LadderInThePast):
        set_by(cast.chi, since=TODAY)
    with nothing_changes(), pytest.raises(services.LadderChangedMeanwhile):
        set_by(cast.chi, read=key())
    with nothing_changes(), pytest.raises(services.NoLadder) as refused:
        set_by(cast.chi, rungs=())
    assert refused.value.fault is LadderFault.EMPTY


def test_why_rungs_make_no_ladder() -> None:
    nobody, far = Rung("a", 1, ()), Rung("b", 367, (Informed.PERSON,))
    twice = (LATE.rung, Rung("c", 2, (Informed.LEADER,)))

    found = [ladder_fault(rungs) for rungs in ((nobody,), (far,), twice, (LATE.rung, UP.rung))]

    assert found == [LadderFault.NOBODY, LadderFault.TOO_FAR, LadderFault.SAME_DAY, None]
