"""Totals, the morning of a leader and the finder of silence, against the rules and by hand."""

import random
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units.selectors import rights_asked_once
from lotrinh.rules.duty_states import DutyState, Side, Step, side_of, steps_from
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Aside, Mark, class_of, marks_of, tally
from tests.architecture.walking import SERVICES, more_for, said_with, walked
from tests.cast import ABOLISHED_ON, LEFT_ON
from tests.factories import NOW, TODAY, act, an_assignment, key, make_duty

pytestmark = pytest.mark.django_db
WALKED = (Step.ISSUE, Step.ACCEPT)
FAR = date(2024, 12, 1)
MOVED = {Step.GATHER, Step.TRANSFER, Step.HAND, Step.AMEND, Step.WITHDRAW}


def drafted(cast, due=date(2024, 9, 29), unit=None, holder=None, owed_to=None):
    words = replace(
        an_assignment(unit or cast.ho_sen, cast.person(holder or cast.ha)),
        due=due,
        recurrence="" if due else "monthly",
    )
    return make_duty(owed_to=owed_to or cast.city, user=cast.chi, assignment=words)


def step_on(duty, step, cast, on, **more):
    side = side_of(step, extensions=duty.extensions)
    user = {Side.OWER: cast.ha, Side.CREDITOR: cast.chi, Side.ABOVE: cast.thach}[side]
    if duty.unit_id == cast.sen_tay.pk and side is Side.OWER:
        user = cast.mai
    said = act(user, duty.version, on=on, **said_with(step, duty))
    return SERVICES[step](duty_id=duty.pk, act=said, **{**more_for(step, cast), **more})


def wander(cast, seed):
    """Take any steps that are open, on later and later days, as the services allow them."""
    chance = random.Random(seed)  # noqa: S311
    day = date(2024, 1, 2)
    due = day + timedelta(chance.randrange(200)) if chance.random() < 0.8 else None
    duty = step_on(drafted(cast, due), Step.ISSUE, cast, day)
    for _ in range(chance.randrange(9)):
        found = [step for step in steps_from(DutyState(duty.state)) if step not in MOVED]
        if not found:
            break
        step, more = chance.choice(found), {}
        day += timedelta(chance.choice((0, 3, 20, 50)))
        if step in {Step.ASK, Step.EXTEND, Step.DECLINE}:
            is_asked = duty.asked_due is not None
            if duty.deadline is None or is_asked == (step is Step.ASK) or day > duty.deadline:
                continue
            more = {"until": duty.deadline + timedelta(10)} if step is Step.ASK else {}
        duty = step_on(duty, step, cast, day, **more)
    return duty


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
def test_the_columns_say_what_the_rule_reads_from_the_events(cast, seed):
    for n in range(15):
        wander(cast, 100 * seed + n)
    duties = list(Duty.objects.all())  # with the periods of what recurs
    on = date(2024, 12, 1) + timedelta(400 * seed)
    with CaptureQueriesContext(connection) as asked:
        courses = selectors.courses(duties)
    assert len(asked) == 1

    def ids(condition):
        return set(Duty.objects.filter(condition).values_list("pk", flat=True))

    for one in Standing:
        by_rule = {pk for pk, course in courses.items() if class_of(course, on) is one}
        assert ids(selectors.standing_filter(one, on=on)) == by_rule
    for one in Aside:
        by_rule = {pk for pk, course in courses.items() if class_of(course, on) is one}
        assert ids(selectors.aside_filter(one)) == by_rule
    silent = {pk for pk, course in courses.items() if Mark.SILENT in marks_of(course, on)}
    assert ids(selectors.silent_filter(on=on)) == silent
    root = selectors.board(seen_by=cast.thach.pk, on=on)[0]
    assert root.whole == tally(class_of(course, on) for course in courses.values())


def test_the_board_adds_up_the_tree_and_what_an_ended_unit_owed_goes_where_it_is_answered(cast):
    late = TODAY - timedelta(days=1)
    step_on(drafted(cast, late), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast, TODAY), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast, late, cast.sen_tay, cast.mai), Step.ISSUE, cast, TODAY)
    drafted(cast, late)
    rows = {row.unit.id: row for row in selectors.board(seen_by=cast.thach.pk, on=TODAY)}

    def counts(found):
        return found.total, found.overdue

    assert counts(rows[cast.city.pk].own) == (0, 0)
    assert counts(rows[cast.city.pk].whole) == (3, 2)
    assert counts(rows[cast.ho_sen.pk].own) == (2, 1)
    assert counts(rows[cast.ho_sen.pk].whole) == (3, 2)
    assert counts(rows[cast.sen_tay.pk].whole) == (1, 1)
    assert counts(rows[cast.dong_gao.pk].whole) == (0, 0)
    below = selectors.board(seen_by=cast.thach.pk, on=TODAY, under=cast.ho_sen.pk)
    assert [row.unit.id for row in below] == [cast.ho_sen.pk, cast.sen_tay.pk]


def test_the_board_counts_what_its_reader_sees_and_asks_three_times(cast):
    step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast, unit=cast.dong_gao, holder=cast.khe), Step.ISSUE, cast, TODAY)

    def total(user):
        return selectors.board(seen_by=user.pk, on=TODAY)[0].whole.total

    assert {one: total(getattr(cast, one)) for one in ("thach", "ha", "khe", "an")} == {
        "thach": 2,
        "ha": 1,
        "khe": 1,
        "an": 0,
    }
    with rights_asked_once():
        selectors.visible(seen_by=cast.thach.pk, on=TODAY).count()
        with CaptureQueriesContext(connection) as asked:
            selectors.board(seen_by=cast.thach.pk, on=TODAY)
    assert len(asked) <= 3


def test_a_document_at_a_glance(cast):
    first = step_on(drafted(cast, TODAY - timedelta(days=3)), Step.ISSUE, cast, date(2024, 1, 2))
    document = first.sources.get().rendition.document
    unclear = replace(an_assignment(cast.ho_sen), due=None)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        assignment=unclear,
        rendition=first.sources.get().rendition,
    )
    step_on(drafted(cast), Step.ISSUE, cast, TODAY)

    found = selectors.glance_at(seen_by=cast.thach.pk, on=TODAY, document=document)

    assert (found.tally.total, found.tally.overdue) == (1, 1)
    assert (found.drafts, found.unclear, found.silent) == (1, 1, 1)
    assert selectors.glance_at(seen_by=cast.thach.pk, on=TODAY).tally.total == 2


def test_a_leader_finds_in_the_morning_what_waits_for_his_decision(cast):
    claimed = walked(cast, (*WALKED, Step.CLAIM))
    walked(cast, (Step.ISSUE, Step.REFUSE))
    walked(cast, (*WALKED, Step.ASK))
    walked(cast, (*WALKED, Step.CLAIM, Step.RETURN, Step.CONTEST))
    found = selectors.morning(seen_by=cast.thach.pk, on=TODAY)

    assert {one.value: n for one, n in found.to_decide.items()} == {
        "claim": 1,
        "refusal": 1,
        "more_time": 1,
        "contest": 1,
    }
    assert found.first[selectors.Decision.CLAIM] == (claimed,)
    nothing = selectors.morning(seen_by=cast.ha.pk, on=TODAY)
    assert sum(nothing.to_decide.values()) == 0


def test_a_second_extension_and_a_contest_wait_one_level_above_the_creditor(cast):
    duty = drafted(cast, unit=cast.sen_tay, holder=cast.mai, owed_to=cast.ho_sen)
    duty = step_on(duty, Step.ISSUE, cast, TODAY)
    duty = step_on(duty, Step.ASK, cast, TODAY)
    assert selectors.awaiting(
        selectors.Decision.MORE_TIME, seen_by=cast.thach.pk, on=TODAY
    ).contains(duty)
    duty = step_on(duty, Step.EXTEND, cast, TODAY)
    duty = step_on(duty, Step.ASK, cast, TODAY, until=date(2025, 6, 1))

    assert duty.extensions == 1
    assert selectors.awaiting(
        selectors.Decision.MORE_TIME, seen_by=cast.thach.pk, on=TODAY
    ).contains(duty)
    assert not selectors.awaiting(
        selectors.Decision.MORE_TIME, seen_by=cast.ha.pk, on=TODAY
    ).exists()


def test_silence_begins_on_a_day_and_is_seen_one_level_up_that_day(cast):
    duty = step_on(drafted(cast), Step.ISSUE, cast, date(2024, 5, 1))

    def found(on):
        return list(selectors.silent(seen_by=cast.thach.pk, on=on))

    assert found(date(2024, 6, 30)) == []
    assert found(date(2024, 7, 1)) == [duty]
    duty = services.report_progress(
        duty_id=duty.pk, act=act(cast.ha, duty.version, on=date(2024, 7, 1)), percent=10
    )
    assert found(date(2024, 7, 1)) == []


def test_a_duty_whose_person_left_and_one_whose_person_sits_elsewhere_are_told_apart(cast):
    gone = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    elsewhere = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    fine = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    Duty.objects.filter(pk=gone.pk).update(person=cast.person(cast.tung))
    Duty.objects.filter(pk=elsewhere.pk).update(person=cast.person(cast.khe))

    none = list(selectors.without_person(seen_by=cast.thach.pk, on=TODAY))
    phantoms = list(selectors.phantom_owners(seen_by=cast.thach.pk, on=TODAY))

    assert (none, phantoms) == ([gone], [elsewhere])
    assert fine.person == cast.person(cast.ha)


def test_silence_says_unit_by_unit_why_and_since_when(cast):
    quiet = step_on(drafted(cast), Step.ISSUE, cast, date(2024, 5, 1))
    gone = step_on(drafted(cast, None, cast.dong_gao, cast.khe), Step.ISSUE, cast, TODAY)
    elsewhere = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    Duty.objects.filter(pk=gone.pk).update(person=cast.person(cast.tung))
    Duty.objects.filter(pk=elsewhere.pk).update(person=cast.person(cast.khe))

    found = selectors.unheard(seen_by=cast.thach.pk, on=TODAY)

    assert {one.duty_id: (one.unit_id, dict(one.since)) for one in found} == {
        gone.pk: (cast.dong_gao.pk, {selectors.Silence.NO_PERSON: LEFT_ON}),
        quiet.pk: (cast.ho_sen.pk, {selectors.Silence.NO_WORD: date(2024, 7, 1)}),
        elsewhere.pk: (cast.ho_sen.pk, {selectors.Silence.ELSEWHERE: None}),
    }
    assert {one.duty_id for one in selectors.unheard(seen_by=cast.khe.pk, on=TODAY)} == {gone.pk}
    assert selectors.unheard(seen_by=cast.an.pk, on=TODAY) == ()


def test_those_to_whom_it_is_owed_say_how_often_they_want_to_hear_of_it(cast):
    monthly = step_on(drafted(cast), Step.ISSUE, cast, date(2024, 7, 20))
    below = drafted(cast, FAR, cast.sen_tay, cast.mai, owed_to=cast.ho_sen)
    below = step_on(below, Step.ISSUE, cast, date(2024, 7, 20))
    of_dong_gao = drafted(cast, None, cast.dong_gao, cast.khe, owed_to=cast.dong_gao)
    step_on(of_dong_gao, Step.ISSUE, cast, date(2024, 7, 20))

    def silent():
        found = {one.duty_id for one in selectors.unheard(seen_by=cast.thach.pk, on=TODAY)}
        listed = selectors.silent(seen_by=cast.thach.pk, on=TODAY)
        assert found == {duty.pk for duty in listed}
        return found

    assert silent() == set()
    services.set_counting(
        unit=cast.ho_sen,
        own=selectors.OwnCounting(report_days=7),
        since=TODAY,
        read=None,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    assert silent() == {below.pk}
    assert monthly.pk not in silent()
    (found,) = selectors.unheard(seen_by=cast.thach.pk, on=TODAY)
    assert found.since == {selectors.Silence.NO_WORD: date(2024, 8, 4)}
    assert selectors.rhythms_on(on=TODAY)[cast.sen_tay.pk].patience == timedelta(days=14)
    assert cast.city.pk not in selectors.rhythms_on(on=TODAY)


def test_a_duty_of_an_ended_unit_that_nobody_follows_is_told(cast):
    duty = step_on(drafted(cast, None, cast.sen_tay, cast.mai), Step.ISSUE, cast, TODAY)
    Duty.objects.filter(pk=duty.pk).update(unit=cast.sen_cu)

    (found,) = selectors.unheard(seen_by=cast.thach.pk, on=TODAY)

    assert found.since[selectors.Silence.UNIT_ENDED] == ABOLISHED_ON


def far(cast, *steps, due=FAR):
    """Return a duty that was issued in January and took each step on its day."""
    duty = drafted(cast, due)
    for step, on in ((Step.ISSUE, date(2024, 1, 2)), *steps):
        duty = step_on(duty, step, cast, on)
    return duty


def silent_by_all(cast, on):
    """Return the ids of silent duties as rule, condition and finder say alike."""
    courses = selectors.courses(Duty.objects.all())
    found = {pk for pk, course in courses.items() if Mark.SILENT in marks_of(course, on)}
    assert set(
        Duty.objects.filter(selectors.silent_filter(on=on)).values_list("pk", flat=True)
    ) == (found)
    no_word = selectors.Silence.NO_WORD
    told = selectors.unheard(seen_by=cast.thach.pk, on=on)
    assert {one.duty_id for one in told if no_word in one.since} == found
    assert {one.since[no_word] for one in told if no_word in one.since} <= {on}
    return found


def test_who_has_the_work_before_him_anew_has_time_to_be_heard(cast):
    moved, begins = date(2024, 7, 1), date(2024, 8, 31)
    claimed = ((Step.ACCEPT, date(2024, 1, 3)), (Step.CLAIM, date(2024, 1, 4)))
    returned = (Step.RETURN, date(2024, 1, 5)), (Step.CONTEST, date(2024, 1, 6))
    duties = [
        far(cast, (Step.TRANSFER, moved)),
        far(cast, (Step.SUSPEND, date(2024, 1, 3)), (Step.RESUME, moved)),
        far(cast, *claimed, (Step.VERIFY, date(2024, 1, 5)), (Step.REOPEN, moved)),
        far(cast, *claimed, *returned, (Step.DISMISS, moved)),
    ]

    assert silent_by_all(cast, begins - timedelta(1)) == set()
    assert silent_by_all(cast, begins) == {duty.pk for duty in duties}
    migration = import_module("lotrinh.apps.duties.migrations.0011_silence_counted_anew")
    Duty.objects.update(heard_from=None)
    migration.fill_from_events(apps, SimpleNamespace(connection=connection))
    assert set(Duty.objects.values_list("heard_from", flat=True)) == {moved}


def test_what_recurs_is_heard_of_by_its_periods(cast):
    monthly = far(cast, due=None)
    (period,) = Duty.objects.filter(superior=monthly)

    assert silent_by_all(cast, date(2024, 3, 3)) == {period.pk}
