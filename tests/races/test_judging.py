"""Many people judge one duty at one instant: one of them does, the others are told who.

The ward Sen Tây owes it to its district. The many are officers of the district: none of them has a
right above it, where a second extension is granted, and each is told all the same.
"""

from collections.abc import Callable
from datetime import date

import pytest

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import Step
from tests.cast import Cast
from tests.factories import act, key, make_duty, make_officer, make_unit
from tests.races.together import at_once
from tests.web.visiting import Visit, text_of

JUDGES = (Action.READ_DUTY, Action.JUDGE_DUTY, Action.ISSUE_DUTY)
LATER = date(2024, 12, 20)
MANY = [4, pytest.param(50, marks=pytest.mark.slow)]


def owed(people: Cast) -> Duty:
    """Let the ward owe its district something."""
    return make_duty(
        owed_to=people.ho_sen,
        user=people.chi,
        unit=people.sen_tay,
        person=people.person(people.mai),
        is_issued=True,
    )


def claimed(people: Cast) -> Duty:
    said = act(people.mai, 2, note="Kế hoạch số 12")
    return services.claim_duty(duty_id=owed(people).pk, act=said)


def asked(people: Cast) -> Duty:
    said = act(people.mai, 2, note="Chờ số liệu")
    return services.ask_extension(duty_id=owed(people).pk, act=said, until=LATER)


def verify(people: Cast) -> tuple[Duty, Callable[..., Duty], dict[str, object]]:
    return claimed(people), services.verify_duty, {}


def extend(people: Cast) -> tuple[Duty, Callable[..., Duty], dict[str, object]]:
    return asked(people), services.extend_duty, {}


def transfer(people: Cast) -> tuple[Duty, Callable[..., Duty], dict[str, object]]:
    ward = make_unit(parent=people.ho_sen, kind="commune")
    person = units.person_of(user_id=make_officer(ward).pk)
    return owed(people), services.transfer_duty, {"unit": ward, "person": person}


ACTS = {"verify": verify, "extend": extend, "transfer": transfer}
TOLD = {
    "verify": "StepNotOpen",
    "extend": "DutyChangedMeanwhile",
    "transfer": "DutyChangedMeanwhile",
}
LEFT = {"verify": "done", "extend": "issued", "transfer": "issued"}


def steps_of(duty: Duty, step: str) -> int:
    return DutyEvent.objects.filter(duty=duty, step=step).count()


def judges(people: Cast, count: int) -> list[User]:
    return [make_officer(people.ho_sen, actions=JUDGES) for _ in range(count)]


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("step", list(ACTS))
def test_one_of_many_does_it_and_the_others_are_told_who(people, step, count):
    duty, service, more = ACTS[step](people)
    many = judges(people, count)

    def taken(user: User) -> Callable[[], Duty]:
        said = act(user, duty.version, note="Đúng")
        return lambda: service(duty_id=duty.pk, act=said, **more)

    outcomes = at_once(*map(taken, many))

    winners = [user for user, one in zip(many, outcomes, strict=True) if isinstance(one, Duty)]
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(winners) == 1
    assert {type(one).__name__ for one in refused} == {TOLD[step]}
    assert [one.event.by for one in refused] == winners * (count - 1)
    left = Duty.objects.get(pk=duty.pk)
    assert (left.state, left.version, steps_of(duty, step)) == (LEFT[step], duty.version + 1, 1)


@pytest.mark.parametrize("step", list(ACTS))
def test_a_double_click_and_a_form_sent_again_change_nothing(people, step):
    duty, service, more = ACTS[step](people)
    (judge,) = judges(people, 1)
    sent = act(judge, duty.version, note="Đúng")

    outcomes = at_once(*[lambda: service(duty_id=duty.pk, act=sent, **more)] * 8)
    again = service(duty_id=duty.pk, act=sent, **more)

    assert outcomes == [duty] * 8
    assert again.version == duty.version + 1
    assert steps_of(duty, step) == 1


@pytest.mark.parametrize("count", MANY)
def test_the_page_names_who_was_faster(people, count):
    duty = asked(people)
    many = [
        make_officer(people.ho_sen, actions=JUDGES, full_name=f"Lý {n:02}") for n in range(count)
    ]
    visits = [Visit(user) for user in many]
    form = {"version": duty.version, "due": "20/12/2024", "note": "Đồng ý, đã xem"}

    def send(visit: Visit) -> Callable[[], object]:
        path, sent = f"/duties/{duty.uid}/step/{Step.EXTEND}/", {**form, "client_key": str(key())}
        return lambda: visit.client.post(path, sent)

    answers = at_once(*map(send, visits))

    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [303] + [409] * (count - 1)
    winner = f"Lý {codes.index(303):02}"
    pages = [text_of(answer) for answer in answers if answer.status_code == 409]
    assert all(winner in page and "Đồng ý, đã xem" in page for page in pages)
    assert steps_of(duty, "extend") == 1
