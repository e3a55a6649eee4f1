"""Two people carry one draft at the same instant, or one takes back while another acts."""

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.models import Group
from lotrinh.apps.units.services import Choice, save_group
from tests.factories import NOW, TODAY, act, key, make_duty, make_tree
from tests.races.together import at_once, failures

ROUNDS = 6


def group_of(people):
    known = Group.objects.filter(code="quan").first()
    choice = Choice(
        name_vi="Quận",
        name_en="Districts",
        tree=make_tree(),
        added=(people.ho_sen, people.dong_gao),
    )
    return known or save_group(code="quan", choice=choice, actor=SYSTEM, at=NOW)


def spread(duty, group, user, client_key):
    return lambda: services.spread_duty(
        duty_id=duty.pk,
        act=act(user, 1, client_key=client_key),
        carrying=services.Carrying(group=group, as_of=TODAY),
    )


def test_of_two_who_carry_one_draft_exactly_one_does(people):
    group = group_of(people)
    for _ in range(ROUNDS):
        duty = make_duty(owed_to=people.city, user=people.chi)

        lost = failures(
            at_once(
                spread(duty, group, people.chi, key()), spread(duty, group, people.thach, key())
            )
        )

        assert lost == ["StepNotOpen"]
        assert Duty.objects.filter(superior=duty).count() == 2


def test_the_same_form_twice_at_once_carries_once_and_both_are_told(people):
    group = group_of(people)
    for _ in range(ROUNDS):
        duty, sent = make_duty(owed_to=people.city, user=people.chi), key()

        outcomes = at_once(*[spread(duty, group, people.chi, sent)] * 2)

        assert outcomes == [duty, duty]
        assert Duty.objects.filter(superior=duty).count() == 2


def test_a_unit_that_acts_while_it_is_taken_back_wins_or_is_told(people):
    group = group_of(people)
    for _ in range(ROUNDS):
        duty = make_duty(owed_to=people.city, user=people.chi)
        spread(duty, group, people.chi, key())()
        one = Duty.objects.get(superior=duty, unit=people.ho_sen)

        lost = failures(
            at_once(
                lambda duty=duty: services.gather_duty(duty_id=duty.pk, act=act(people.chi, 2)),
                lambda one=one: services.accept_duty(duty_id=one.pk, act=act(people.ha, 2)),
            )
        )

        states = sorted(Duty.objects.filter(superior=duty).values_list("state", flat=True))
        assert (lost, states) in (
            (["DutyHasMoved"], ["accepted", "issued"]),
            (["StepNotOpen"], ["withdrawn", "withdrawn"]),
        )
