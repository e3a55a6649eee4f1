"""Rights on both sides of every boundary: posts, delegations, mandates, units that end."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.rules.actions import Action
from lotrinh.rules.closing import Closing
from lotrinh.rules.why import Reason, sentence
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_user,
)

pytestmark = pytest.mark.django_db
BY = {"actor": SYSTEM, "at": NOW}
DAY = date(2024, 9, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def reason(user, unit, on, action=Action.READ_DUTY):
    """Return the reason, having made sure that it says yes exactly where the right holds."""
    asked = {"user_id": user.pk, "action": action, "on": on}
    found = selectors.why(unit_id=unit.pk, **asked)
    assert found.allowed == selectors.may(unit_id=unit.pk, **asked)
    assert found.allowed == (unit.pk in selectors.reach(**asked))
    for language in ("vi", "en"):
        assert "{" not in sentence(found, language=language)
    return found.reason


def test_a_right_ends_with_the_last_day_of_the_post(cast):
    user = make_officer(cast.ho_sen, actions=READS, until=DAY)

    assert reason(user, cast.ho_sen, BEFORE) is Reason.BY_POST
    assert reason(user, cast.ho_sen, DAY) is Reason.POST_ENDED
    found = selectors.why(user_id=user.pk, action=Action.READ_DUTY, unit_id=cast.ho_sen.pk, on=DAY)
    assert sentence(found, language="en") == (
        "Not allowed: held the post Officer (Ho Sen District) up to and including 31/8/2024 only."
    )


def test_a_right_begins_with_the_first_day_of_the_post(cast):
    user = make_officer(cast.ho_sen, actions=READS, since=DAY)

    assert reason(user, cast.ho_sen, BEFORE) is Reason.POST_NOT_BEGUN
    assert reason(user, cast.ho_sen, DAY) is Reason.BY_POST


@pytest.fixture
def lent(cast):
    """Hà lends her post to Ẩn for August, the reading of duties alone."""
    lender = selectors.first_post(user_id=cast.ha.pk, on=TODAY)
    services.delegate(
        lender=lender,
        person=cast.person(cast.an),
        since=date(2024, 8, 1),
        until=DAY,
        actions=[Action.READ_DUTY],
        legal_basis="Giấy ủy quyền số 5",
        **BY,
    )
    return lender


def test_a_delegation_gives_what_was_lent_until_its_last_day(cast, lent):
    assert reason(cast.an, cast.ho_sen, date(2024, 7, 31)) is Reason.POST_NOT_BEGUN
    assert reason(cast.an, cast.sen_tay, BEFORE) is Reason.BY_DELEGATION
    assert reason(cast.an, cast.sen_tay, DAY) is Reason.POST_ENDED
    assert reason(cast.an, cast.sen_tay, BEFORE, Action.READ_TARGET) is Reason.NOT_CARRIED


def test_what_is_lent_ends_with_the_lender(cast, lent):
    services.end_appointment(appointment=lent, until=date(2024, 8, 20), **BY)

    assert reason(cast.an, cast.ho_sen, date(2024, 8, 19)) is Reason.BY_DELEGATION
    assert reason(cast.an, cast.ho_sen, date(2024, 8, 20)) is Reason.LENDER_LEFT


def test_nobody_lends_without_an_end_or_beyond_his_own(cast):
    lender = selectors.first_post(user_id=cast.ha.pk, on=TODAY)
    services.end_appointment(appointment=lender, until=DAY, **BY)
    lender.refresh_from_db()
    given = {"lender": lender, "person": cast.person(cast.an), "since": TODAY, **BY}

    for until in (None, AFTER):
        with pytest.raises(services.DelegationNeedsEnd):
            services.delegate(until=until, **given)
    services.delegate(until=DAY, **given)


@pytest.fixture
def inspector(cast) -> User:
    """Somebody with an inspector's post and a mandate over Hồ Sen for one day."""
    role = make_role("kiem-tra-vien", actions=READS)
    services.define_role(
        code=role.code, name_vi="KT", name_en="I", actions=READS, purpose="inspection", **BY
    )
    role.refresh_from_db()
    user = make_user()
    person = make_person("Tạ Quang", user=user)
    appoint(person, make_post(cast.city, role=role))
    services.give_mandate(
        role=role,
        scope=cast.ho_sen,
        people=[person],
        subject="Thực hiện nhiệm vụ chuyển đổi số",
        legal_basis="Quyết định số 12-QĐ/UBKT",
        since=DAY,
        until=AFTER,
        **BY,
    )
    return user


def test_an_inspector_reads_within_the_mandate_and_its_days_alone(cast, inspector):
    assert reason(inspector, cast.sen_tay, BEFORE) is Reason.MANDATE_NOT_BEGUN
    assert reason(inspector, cast.sen_tay, DAY) is Reason.BY_MANDATE
    assert reason(inspector, cast.sen_tay, AFTER) is Reason.MANDATE_ENDED
    assert reason(inspector, cast.dong_gao, DAY) is Reason.NEEDS_MANDATE
    assert reason(inspector, cast.sen_tay, DAY, Action.ISSUE_DUTY) is Reason.NOT_CARRIED


def test_what_an_inspector_opens_is_kept(cast, inspector):
    mandate = selectors.mandates_held(user_id=inspector.pk, on=DAY)[0]
    held = selectors.inspections(user_id=inspector.pk, on=DAY)

    services.record_reading(
        inspections=held, page="duty", object_uid=cast.ho_sen.uid, actor=inspector.named, at=NOW
    )

    entry = Entry.objects.get(verb="mandate.used")
    assert (entry.object_uid, entry.actor_uid) == (mandate.uid, inspector.uid)
    assert str(cast.ho_sen.uid) in entry.payload
    assert selectors.mandates_held(user_id=inspector.pk, on=AFTER) == ()


@pytest.mark.parametrize("given", [{"people": []}, {"legal_basis": " "}, {"role_purpose": "work"}])
def test_a_mandate_needs_people_a_decision_and_a_role_for_inspection(cast, given):
    role = services.define_role(
        code="kt",
        name_vi="KT",
        name_en="I",
        actions=READS,
        purpose=given.pop("role_purpose", "inspection"),
        **BY,
    )
    words = {"people": [cast.person(cast.an)], "legal_basis": "QĐ 1", **given}

    with pytest.raises(services.MandateNeedsPeople):
        services.give_mandate(
            role=role, scope=cast.city, subject="X", since=DAY, until=None, **words, **BY
        )


def test_whoever_has_nothing_and_whoever_is_closed(cast):
    assert reason(cast.an, cast.ho_sen, TODAY) is Reason.NO_POST
    assert reason(cast.khe, cast.ho_sen, TODAY) is Reason.ELSEWHERE
    assert reason(cast.bach, cast.dong_gao, TODAY, Action.ISSUE_DUTY) is Reason.NOT_CARRIED
    assert reason(cast.chi, cast.election_board, TODAY) is Reason.UNIT_NOWHERE
    User.objects.filter(pk=cast.chi.pk).update(is_active=False)
    assert reason(cast.chi, cast.ho_sen, TODAY) is Reason.ACCOUNT_CLOSED


def test_those_posts_alone_are_named_whose_holders_may(cast):
    def named() -> set[str]:
        found = selectors.posts_with(
            action=Action.GIVE_MANDATE, unit_id=cast.dong_gao.pk, on=TODAY, most=9
        )
        return {post.title_vi for post in found}

    role = make_role("giao-kiem-tra", actions=[Action.GIVE_MANDATE])
    before = named()
    titles = ("Đã đóng", "Chưa có tài khoản", "Cho mượn ít", "Còn làm")
    closed, nobody, lender, works = (
        make_post(cast.dong_gao, role=role, title_vi=title) for title in titles
    )
    user = make_user()
    appoint(make_person(user=user), closed)
    accounts.close_account(user_id=user.pk, reason=Closing.LEFT, actor=SYSTEM, at=NOW)
    appoint(make_person(), nobody)
    without = appoint(make_person(), lender)
    services.delegate(
        lender=without,
        person=make_person(user=make_user()),
        since=TODAY,
        until=date(2024, 9, 1),
        actions=[],
        actor=SYSTEM,
        at=NOW,
    )
    appoint(make_person(user=make_user()), works)
    inspection = make_role("kt", actions=[Action.GIVE_MANDATE], purpose="inspection")
    post = make_post(cast.dong_gao, role=inspection, title_vi="Kiểm tra viên")
    appoint(make_person(user=make_user()), post)

    assert named() - before == {"Còn làm"}


def test_a_post_over_a_unit_that_has_ended_gives_nothing(cast):
    user = make_officer(cast.sen_cu, actions=READS)

    assert reason(user, cast.sen_cu, date(2023, 12, 31)) is Reason.BY_POST
    assert reason(user, cast.sen_cu, date(2024, 1, 1)) is Reason.SCOPE_ENDED
