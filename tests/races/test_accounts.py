"""Two people act on accounts or on one post at the same instant: one wins and the other is told."""

from datetime import date

import pytest

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Appointment
from lotrinh.rules.closing import Closing
from tests.factories import NOW, TODAY, key, make_officer, make_person, make_post, make_role
from tests.races.together import at_once, failures

ROUNDS = 20
ON = {"on": TODAY, "at": NOW}
UNTIL = date(2024, 10, 1)


@pytest.mark.slow
def test_of_two_who_close_each_other_one_is_left(people):
    lost = []
    for _ in range(ROUNDS):
        one, other = make_officer(people.city), make_officer(people.city)

        def close(account: User, user: User):
            given = {"account": account, "user": user, "reason": Closing.LEFT}
            return lambda: services.bar_account(**given, **ON)

        lost.append(failures(at_once(close(one, other), close(other, one))))
        assert User.objects.filter(pk__in=[one.pk, other.pk], is_active=True).count() == 1

    assert lost == [["AccountNotAllowed"]] * ROUNDS


@pytest.mark.slow
def test_of_two_passwords_given_at_once_one_opens(people):
    lost = []
    for _ in range(ROUNDS):
        user = make_officer(people.ho_sen, actions=[])

        def give(by: User, account: User):
            given = {"account": account, "read": None, "user": by, "client_key": key()}
            return lambda: services.renew_password(**given, **ON)

        outcomes = at_once(give(people.chi, user), give(people.chi, user))
        lost.append(failures(outcomes))
        (password,) = (each for each in outcomes if isinstance(each, str))
        assert User.objects.get(pk=user.pk).check_password(password)

    assert lost == [["AccountChangedMeanwhile"]] * ROUNDS


@pytest.mark.slow
def test_a_post_that_ends_while_somebody_is_appointed_is_held_on_its_days_alone(people):
    role, lost = make_role("khach", actions=[]), set()
    for _ in range(ROUNDS):
        post, person = make_post(people.sen_tay, role=role), make_person("Lý Mới")

        def end(ended=post):
            services.end_post(post=ended, until=UNTIL, user=people.chi, **ON)

        def fill(filled=post, holder=person):
            services.fill_post(
                person=holder,
                post=filled,
                since=TODAY,
                until=None,
                acting=False,
                legal_basis="QĐ 1",
                user=people.chi,
                client_key=key(),
                **ON,
            )

        lost |= {tuple(failures(at_once(end, fill)))}
        post.refresh_from_db()
        held = Appointment.objects.filter(post=post)
        assert all(post.valid.upper is None for _ in held)

    assert lost <= {("PostHeld",), ("PostNotThere",)}
    assert selectors.posts_to_fill(unit_id=people.sen_tay.pk, user_id=people.chi.pk, on=TODAY)
