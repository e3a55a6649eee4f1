"""Eight workers hand in the same two thousand duties: each is claimed once, nobody's twice.

Two of them send the very same forms, as a browser or a network that repeats itself does; two come
from the other end, so that the eight meet on rows in every order.
"""

from collections import Counter
from uuid import UUID, uuid5

import pytest

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.models import Group
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import NOW, TODAY, act, key, make_duty, make_officer, make_tree, make_unit
from tests.races.together import at_once

WORKERS = 8
REPEATING = UUID(int=7)


def wards(people: Cast, count: int) -> Group:
    """Return a group of new wards of Hồ Sen, each with an officer."""
    units = [make_unit(parent=people.ho_sen, kind="commune") for _ in range(count)]
    for unit in units:
        make_officer(unit, actions=[Action.READ_DUTY, Action.DO_DUTY])
    choice = Choice(name_vi="Phường", name_en="Wards", tree=make_tree(), added=tuple(units))
    return save_group(code=f"phuong-{key()}", choice=choice, actor=SYSTEM, at=NOW)


def carried(people: Cast, group: Group, drafts: int) -> list[int]:
    """Let every ward of the group owe that many duties; return them."""
    found: list[int] = []
    for _ in range(drafts):
        draft = make_duty(owed_to=people.city, user=people.chi)
        services.spread_duty(
            duty_id=draft.pk,
            act=act(people.chi, 1),
            carrying=services.Carrying(group=group, as_of=TODAY),
        )
        found += Duty.objects.filter(superior=draft).values_list("pk", flat=True)
    return found


def worker(duties: list[int], user: User, repeating: bool) -> "Counter[str]":
    """Claim all of them; return how often it was claimed and how often somebody was faster."""
    told: Counter[str] = Counter()
    for pk in duties:
        sent = uuid5(REPEATING, str(pk)) if repeating else key()
        try:
            claimed = services.claim_duty(
                duty_id=pk, act=act(user, 2, client_key=sent, note="Kế hoạch số 12")
            )
            told["claimed by me" if claimed.claimed_by_id == user.pk else "wrong"] += 1
        except services.StepNotOpen as refused:
            named = refused.event is not None and refused.event.by_id != user.pk
            told["told who" if named else "wrong"] += 1
    return told


@pytest.mark.parametrize(
    ("units", "drafts"), [(3, 2), pytest.param(200, 10, marks=pytest.mark.slow)]
)
def test_eight_workers_claim_each_duty_once(people, units, drafts):
    duties = carried(people, wards(people, units), drafts)
    assert len(duties) == units * drafts
    doers = [make_officer(people.city, actions=[Action.DO_DUTY]) for _ in range(WORKERS - 1)]
    doers.append(doers[-1])  # the last two are one person, whose forms are sent twice
    acts = [
        lambda user=user, turn=turn: worker(
            duties[:: -1 if turn in {0, WORKERS - 1} else 1], user, turn >= WORKERS - 2
        )
        for turn, user in enumerate(doers)
    ]

    outcomes = at_once(*acts, patience=900)

    claims = DutyEvent.objects.filter(duty__in=duties, step="claim")
    assert claims.count() == len(duties)
    assert claims.values("duty").distinct().count() == len(duties)
    assert Duty.objects.filter(pk__in=duties, state="claimed", version=3).count() == len(duties)
    uids = Duty.objects.filter(pk__in=duties).values("uid")
    assert Entry.objects.filter(verb="duty.claimed", object_uid__in=uids).count() == len(duties)
    single = [told["claimed by me"] for told in outcomes[:-2]]
    twice = claims.filter(by=doers[-1]).count()
    assert [told["claimed by me"] for told in outcomes[-2:]] == [twice, twice]
    assert sum(single) + twice == len(duties)
    assert sum(told["told who"] for told in outcomes) == 8 * len(duties) - sum(single) - 2 * twice
