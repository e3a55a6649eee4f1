"""The kept tally says what counting says: after each step, on any day, folded or not."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyTally, TallyChange, TallyDay
from lotrinh.apps.duties.selectors.tallies import kept_by_unit
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import BINDING, SENT, DutyState, Step
from lotrinh.rules.parts import Part
from lotrinh.rules.standing import Standing, standing, standing_when_done
from lotrinh.rules.tally import Aside, Numbers, Tally
from tests.apps.duties.test_totals import step_on, wander
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, make_duty
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
_CLASSES = (*Standing, *Aside)


def by_hand(user: User, on: date) -> dict[int, Numbers]:
    """Judge every duty that the account sees by its deadlines, one by one."""
    found: dict[int, list[int]] = {}
    for duty in (
        selectors.visible(seen_by=user.pk, on=on).prefetch_related(None).filter(state__in=SENT)
    ):
        is_owed_by_periods = duty.parts.exclude(period="").exists()
        if duty.state not in BINDING:
            where: Standing | Aside = Aside(duty.state)
        elif is_owed_by_periods:
            continue
        elif duty.state == DutyState.DONE:
            where = standing_when_done(duty.deadline, duty.handed_in_on)
        else:
            where = standing(duty.deadline, on)
        found.setdefault(duty.unit_id, [0] * len(_CLASSES))[_CLASSES.index(where)] += 1
    return {unit_id: tuple(numbers) for unit_id, numbers in found.items()}


def kept(user: User, on: date) -> dict[int, Numbers]:
    """Return what the kept tally tells the account."""
    reach = units.reach(user_id=user.pk, action=Action.READ_DUTY, on=on)
    return dict(kept_by_unit(reach=reach, on=on))


def issued(
    cast: Cast,
    due: date | None,
    *,
    unit=None,
    holder=None,
    owed_to=None,
    often="continuous",
) -> Duty:
    words = replace(
        an_assignment(unit or cast.ho_sen, cast.person(holder or cast.ha)),
        due=due,
        recurrence="" if due else often,
    )
    draft = make_duty(owed_to=owed_to or cast.city, user=cast.chi, assignment=words)
    return step_on(draft, Step.ISSUE, cast, TODAY)


def acts(cast: Cast, seeds: range) -> Iterator[None]:
    """Change duties in every way, one act at a time: by steps, many at once, straight away."""
    chance = random.Random(7)  # noqa: S311
    for seed in seeds:
        duty = wander(cast, seed)
        yield
        if seed % 3 == 1:
            services.fold_tallies(on=TODAY + timedelta(chance.randrange(-200, 200)))
            yield
    issued(cast, None, often="monthly:20")
    yield
    services.make_periods(on=TODAY + timedelta(40), at=NOW)
    yield
    one = issued(cast, TODAY, unit=cast.dong_gao, holder=cast.khe)
    one.taken_parts.create(unit=cast.sen_tay, part=Part.COORDINATE, since=TODAY)
    yield
    Duty.objects.bulk_create(
        Duty(
            title="Việc",
            language="vi",
            owed_to=cast.city,
            unit=chance.choice((cast.ho_sen, cast.dong_gao)),
            person=one.person,
            due=TODAY + timedelta(n - 10),
            binding_due=TODAY + timedelta(n - 10),
            issued_on=TODAY,
            state=DutyState.ACCEPTED,
        )
        for n in range(20)
    )
    yield
    Duty.objects.filter(title="Việc", unit=cast.ho_sen).update(unit=cast.sen_tay)
    yield
    Duty.objects.filter(title="Việc").update(
        approved_due=F("due") + timedelta(8), binding_due=F("due") + timedelta(8)
    )
    yield
    Duty.objects.filter(title="Việc", due__lt=TODAY).delete()
    yield
    Duty.objects.filter(pk=duty.pk).update(title="Việc khác")
    yield


@pytest.mark.parametrize("wanders", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_after_every_act_it_says_on_every_day_what_counting_says(cast: Cast, wanders: int) -> None:
    for done, _ in enumerate(acts(cast, range(wanders)), start=1):
        chance = random.Random(done)  # noqa: S311
        day = TallyDay.objects.get().day
        for on in (day, TODAY, day + timedelta(chance.randrange(-90, 90))):
            assert kept(cast.thach, on) == by_hand(cast.thach, on)
        assert selectors.tally_differences() == ()
        for user in (cast.ha, cast.khe, cast.mai, cast.an):
            assert kept(user, TODAY) == by_hand(user, TODAY)
    assert sum(map(sum, kept(cast.thach, TODAY).values())) > 15
    assert kept(cast.mai, TODAY)[cast.dong_gao.pk][2] == 1
    assert kept(cast.an, TODAY) == {}


def test_folding_changes_nothing_that_is_read_and_a_second_time_nothing_at_all(cast: Cast) -> None:
    for n in range(6):
        issued(cast, TODAY + timedelta(n - 3))
    issued(cast, None)
    before = kept(cast.thach, TODAY)

    assert services.fold_tallies(on=TODAY) == TallyChange.objects.count() + 7
    with nothing_changes():
        assert services.fold_tallies(on=TODAY) == 0

    assert before == kept(cast.thach, TODAY)
    (row,) = DutyTally.objects.filter(unit=cast.ho_sen, owed_to=cast.city)
    assert (row.open_overdue, row.open_in_term, row.open_without_deadline) == (3, 3, 1)
    for on in (TODAY + timedelta(2), TODAY - timedelta(9), TODAY):
        services.fold_tallies(on=on)
        row.refresh_from_db()
        assert row.open_overdue == min(max((on - TODAY).days + 3, 0), 6)
        assert selectors.tally_differences() == ()


def test_a_step_that_moves_no_count_writes_nothing_down(cast: Cast) -> None:
    duty = issued(cast, TODAY)
    services.fold_tallies(on=TODAY)

    step_on(step_on(duty, Step.ACCEPT, cast, TODAY), Step.REPORT, cast, TODAY)
    assert TallyChange.objects.count() == 0
    duty.refresh_from_db()
    step_on(duty, Step.CANCEL, cast, TODAY)

    rows = TallyChange.objects.values_list("owed_to", "unit", "stand", "due", "n")
    pair = cast.city.pk, cast.ho_sen.pk
    assert set(rows) == {(*pair, "open", TODAY, -1), (*pair, "cancelled", None, 1)}


def test_a_wrong_number_is_found_and_put_right(cast: Cast) -> None:
    issued(cast, TODAY - timedelta(1))
    services.fold_tallies(on=TODAY)
    issued(cast, TODAY)
    with nothing_changes():
        assert services.recount_duties() == ()
    right = kept(cast.thach, TODAY)

    DutyTally.objects.update(open_overdue=F("open_overdue") + 2, done_late=5)
    DutyTally.objects.create(owed_to=cast.dong_gao, unit=cast.dong_gao, refused=1)
    found = {(one.owed_to_id, one.unit_id): one.missing for one in selectors.tally_differences()}

    assert found == {
        (cast.city.pk, cast.ho_sen.pk): Tally.of((0, -5, 0, -2, 0, 0, 0, 0)),
        (cast.dong_gao.pk, cast.dong_gao.pk): Tally.of((0, 0, 0, 0, 0, 0, -1, 0)),
    }
    assert len(services.recount_duties()) == 2
    assert services.recount_duties() == selectors.tally_differences() == ()
    assert kept(cast.thach, TODAY) == right


def test_it_is_read_in_one_question(cast: Cast) -> None:
    issued(cast, TODAY)
    reach = units.reach(user_id=cast.thach.pk, action=Action.READ_DUTY, on=TODAY)

    with CaptureQueriesContext(connection) as asked:
        assert kept_by_unit(reach=reach, on=TODAY) == {cast.ho_sen.pk: (0, 0, 1, 0, 0, 0, 0, 0)}
    assert len(asked) == 1
