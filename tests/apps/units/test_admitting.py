"""Who lets whom in and shuts whom out: what an account gives decides who looks after it."""

from datetime import date

import pytest

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.rules.actions import Action
from lotrinh.rules.closing import Closing
from lotrinh.web.presenters.accounts import account_rows
from tests.cast import Cast
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    give_mandate,
    key,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_user,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

KEEPS = (Action.READ_PEOPLE, Action.MANAGE_ACCOUNT)
LATER = date(2024, 9, 1)
ON = {"on": TODAY, "at": NOW}


def bar(account: User, by: User, reason: Closing = Closing.LEFT) -> User:
    return services.bar_account(account=account, reason=reason, user=by, **ON)


def admit(person, by: User, *, name: str = "ly-moi", client_key=None) -> str:
    return services.admit_person(
        person=person,
        sign_in_name=name,
        language="vi",
        user=by,
        client_key=client_key or key(),
        **ON,
    )


def managed(user: User, **asked) -> set[str]:
    found = selectors.accounts_managed(seen_by=user.pk, on=TODAY, **asked)
    return {row.sign_in_name for row in found}


def test_who_manages_at_the_root_looks_after_everybody(cast: Cast) -> None:
    assert managed(cast.chi) == {user.sign_in_name for user in cast.named_users().values()}
    assert managed(cast.ha) == set()


def test_in_a_district_one_looks_after_those_whose_posts_lie_within(cast: Cast) -> None:
    keeper = make_officer(cast.ho_sen, actions=KEEPS, sign_in_name="giu-cua")
    make_officer(cast.ho_sen, actions=READS, scope=cast.city, sign_in_name="rong-hon")
    appoint(cast.person(cast.an), make_post(cast.sen_cu, role=make_role("x", actions=[])))

    assert managed(keeper) == {"giu-cua", "can-bo-ho-sen", "can-bo-sen-tay", "khong-chuc-vu"}


def test_a_post_or_a_mandate_elsewhere_takes_an_account_out_of_a_district(cast: Cast) -> None:
    keeper = make_officer(cast.ho_sen, actions=KEEPS)
    guest = make_role("khach", actions=[])
    appoint(cast.person(cast.ha), make_post(cast.dong_gao, role=guest))
    inspectors = services.define_role(
        code="kt",
        name_vi="KT",
        name_en="I",
        actions=READS,
        purpose="inspection",
        actor=cast.chi.named,
        at=NOW,
    )
    give_mandate(cast.person(cast.mai), cast.city, role=inspectors)

    assert managed(keeper) & {"can-bo-ho-sen", "can-bo-sen-tay"} == set()
    for account in (cast.ha, cast.mai):
        with nothing_changes(), pytest.raises(services.AccountNotAllowed):
            bar(account, keeper)


def test_closing_takes_rights_and_leaves_posts_and_what_was_done(cast: Cast) -> None:
    entries = Entry.objects.filter(actor_uid=cast.ha.uid).count()
    held = list(cast.person(cast.ha).appointments.values_list("pk", "valid"))

    bar(cast.ha, cast.chi, Closing.SUSPENDED)

    asked = {"user_id": cast.ha.pk, "action": Action.READ_DUTY, "unit_id": cast.ho_sen.pk}
    assert not selectors.may(on=TODAY, **asked)
    assert list(cast.person(cast.ha).appointments.values_list("pk", "valid")) == held
    assert Entry.objects.filter(actor_uid=cast.ha.uid).count() == entries
    entry = Entry.objects.get(verb="user.closed")
    assert entry.actor_uid == cast.chi.uid


def test_reopening_gives_back_what_the_posts_of_the_day_give(cast: Cast) -> None:
    bar(cast.ha, cast.chi)

    password = services.readmit_account(
        account=cast.ha, read=None, user=cast.chi, client_key=key(), **ON
    )

    asked = {"user_id": cast.ha.pk, "action": Action.READ_DUTY, "unit_id": cast.ho_sen.pk}
    assert selectors.may(on=TODAY, **asked)
    assert User.objects.get(pk=cast.ha.pk).check_password(password)


def test_nobody_acts_on_his_own_account(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(services.OwnAccount):
        bar(cast.chi, cast.chi)
    with nothing_changes(), pytest.raises(services.OwnAccount):
        services.renew_password(account=cast.chi, read=None, user=cast.chi, client_key=key(), **ON)


@pytest.mark.parametrize("strong", [Action.APPOINT_PEOPLE, Action.MANAGE_ACCOUNT])
def test_accounts_from_which_others_get_rights_are_kept_to_those_who_define(
    cast: Cast, strong: Action
) -> None:
    keeper = make_officer(cast.city, actions=KEEPS)
    other = make_officer(cast.ho_sen, actions=[strong])

    assert selectors.account_managed(other.uid, seen_by=keeper.pk, on=TODAY) == other
    with nothing_changes(), pytest.raises(services.AccountNotAllowed):
        bar(other, keeper)
    bar(cast.ha, keeper)
    assert not bar(other, cast.chi).is_active


@pytest.mark.parametrize("strong", [Action.APPOINT_PEOPLE, Action.MANAGE_ACCOUNT])
def test_a_mandate_from_which_others_get_rights_keeps_an_account_as_a_post_does(
    cast: Cast, strong: Action
) -> None:
    keeper = make_officer(cast.city, actions=KEEPS)
    role = make_role("manh", actions=[strong], purpose="inspection")
    weak = make_role("yeu", actions=READS, purpose="inspection")
    given = give_mandate(cast.person(cast.ha), cast.ho_sen, role=role, since=LATER)
    give_mandate(cast.person(cast.mai), cast.ho_sen, role=weak)

    rows = account_rows([cast.ha, cast.mai], reader=keeper, on=TODAY)
    assert [bool(row.refused_text) for row in rows] == [True, False]
    words = {"read": None, "user": keeper, "client_key": key(), **ON}
    with nothing_changes(), pytest.raises(services.AccountNotAllowed):
        services.renew_password(account=cast.ha, **words)
    with nothing_changes(), pytest.raises(services.AccountNotAllowed):
        bar(cast.ha, keeper)
    assert services.renew_password(account=cast.mai, **words)

    words = {"legal_basis": "Quyết định số 2", "user": cast.chi, **ON}
    services.end_mandate(mandate=given, until=LATER, **words)
    assert services.renew_password(account=cast.ha, read=None, user=keeper, client_key=key(), **ON)


def test_a_mandate_that_was_withdrawn_takes_nobody_out_of_a_district(cast: Cast) -> None:
    keeper = make_officer(cast.ho_sen, actions=KEEPS)
    role = make_role("kiem-tra", actions=READS, purpose="inspection")
    given = give_mandate(cast.person(cast.ha), cast.city, role=role, since=LATER)
    assert "can-bo-ho-sen" not in managed(keeper)

    words = {"legal_basis": "Quyết định số 2", "user": cast.chi, **ON}
    services.end_mandate(mandate=given, until=LATER, **words)

    assert "can-bo-ho-sen" in managed(keeper)


def test_somebody_is_left_who_can_define_roles(cast: Cast) -> None:
    role = services.define_role(
        code="kt",
        name_vi="KT",
        name_en="I",
        actions=list(Action),
        purpose="inspection",
        actor=cast.chi.named,
        at=NOW,
    )
    inspector = make_user()
    give_mandate(make_person("Tạ Bình", user=inspector), cast.city, role=role)

    with nothing_changes(), pytest.raises(services.NobodyDefines):
        bar(cast.chi, inspector)
    make_officer(cast.city, actions=[Action.DEFINE_ROLE])
    assert not bar(cast.chi, inspector).is_active


def test_the_last_who_can_enter_his_account_is_not_shut_out(cast: Cast) -> None:
    enters = make_user(password="đường-làng-ven-hồ-24")
    post = make_post(cast.city, role=make_role("xep-vai", actions=[Action.DEFINE_ROLE]))
    appoint(make_person("Lê Vào", user=enters), post)

    with nothing_changes(), pytest.raises(services.NobodyDefines):
        bar(enters, cast.chi)  # others may define roles, and none of them has a password
    second = make_user(password="đường-làng-ven-hồ-24")
    appoint(make_person("Lê Hai", user=second), post)
    assert not bar(enters, cast.chi).is_active


def test_whoever_was_shut_out_shuts_nobody_out(cast: Cast) -> None:
    other = make_officer(cast.city)
    bar(cast.chi, other)

    with nothing_changes(), pytest.raises(services.AccountNotAllowed):
        bar(other, cast.chi)


def test_somebody_without_an_account_is_let_in_once(cast: Cast) -> None:
    person, client_key = make_person("Lý Mới"), key()
    appoint(person, make_post(cast.sen_tay, role=make_role("reader")))

    password = admit(person, cast.chi, client_key=client_key)

    person.refresh_from_db()
    assert person.user is not None
    assert (person.user.sign_in_name, person.user.language) == ("ly-moi", "vi")
    assert person.user.check_password(password)
    assert person.user.given_at == NOW
    with nothing_changes(), pytest.raises(accounts.GivenAlready):
        admit(person, cast.chi, client_key=client_key)
    with nothing_changes(), pytest.raises(services.AccountThere):
        admit(person, cast.chi)
    entry = Entry.objects.get(verb="person.admitted")
    assert (entry.actor_uid, entry.object_uid) == (cast.chi.uid, person.uid)


def test_a_name_that_is_taken_lets_nobody_in(cast: Cast) -> None:
    person = make_person("Lý Mới")

    with nothing_changes(), pytest.raises(accounts.SignInNameTaken):
        admit(person, cast.chi, name="can-bo-ho-sen")


def test_somebody_of_another_district_is_not_let_in(cast: Cast) -> None:
    keeper, person = make_officer(cast.ho_sen, actions=KEEPS), make_person("Lý Mới")
    appoint(person, make_post(cast.dong_gao, role=make_role("reader", actions=READS)))

    with nothing_changes(), pytest.raises(services.AccountNotAllowed):
        admit(person, keeper)


def test_nobody_makes_himself_a_second_account_by_appointing_somebody(cast: Cast) -> None:
    post = make_post(cast.sen_tay, role=make_role("doc", actions=READS))
    words = {"legal_basis": "Quyết định số 3", "client_key": key(), **ON}
    held = services.take_on(
        full_name="Lý Mới", post=post, acting=False, since=LATER, until=None, user=cast.chi, **words
    )
    other = make_officer(cast.city, actions=KEEPS)
    words = {"user_id": other.pk, "read": None, "client_key": key(), "at": NOW}
    accounts.give_password(actor=SYSTEM, **words)

    with nothing_changes(), pytest.raises(services.AppointedByOneself):
        admit(held.person, cast.chi)
    assert admit(held.person, other)
    puppet = User.objects.get(sign_in_name="ly-moi")
    by = {"account": puppet, "read": puppet.given_key, "user": cast.chi, **ON}
    with nothing_changes(), pytest.raises(services.AppointedByOneself):
        services.renew_password(client_key=key(), **by)
    bar(puppet, cast.chi)
    with nothing_changes(), pytest.raises(services.AppointedByOneself):
        services.readmit_account(client_key=key(), **by)
    assert services.readmit_account(client_key=key(), **{**by, "user": other})


def test_the_only_one_who_keeps_accounts_lets_in_whom_he_appointed_and_that_is_recorded(
    cast: Cast,
) -> None:
    post = make_post(cast.sen_tay, role=make_role("doc", actions=READS))
    words = {"legal_basis": "Quyết định số 3", "client_key": key(), **ON}
    held = services.take_on(
        full_name="Lý Mới", post=post, acting=False, since=LATER, until=None, user=cast.chi, **words
    )
    make_officer(cast.city, actions=KEEPS)  # nobody can enter this account yet

    assert admit(held.person, cast.chi)

    entry = Entry.objects.get(verb="person.appointee_admitted")
    assert (entry.actor_uid, entry.object_uid) == (cast.chi.uid, held.person.uid)


def test_names_are_proposed_that_nobody_has(cast: Cast) -> None:
    assert selectors.sign_in_name_for("Đỗ Thị Ánh") == "do-thi-anh"
    make_user("do-thi-anh")
    make_user("do-thi-anh-2")
    assert selectors.sign_in_name_for("Đỗ Thị Ánh") == "do-thi-anh-3"


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("closed", {"can-bo-ho-sen"}),
        ("nobody", {"may-in"}),
        ("open", {"lanh-dao", "may-in"}),
        ("gi-do", {"can-bo-ho-sen", "lanh-dao", "may-in"}),
    ],
)
def test_a_list_is_narrowed_by_state(cast: Cast, state: str, found: set[str]) -> None:
    bar(cast.ha, cast.chi)
    make_user("may-in")

    wanted = {"can-bo-ho-sen", "lanh-dao", "may-in"}
    assert managed(cast.chi, state=state) & wanted == found


@pytest.mark.parametrize(
    ("words", "found"),
    [("thu ha", {"can-bo-ho-sen"}), ("CAN-BO sen", {"can-bo-ho-sen", "can-bo-sen-tay"})],
)
def test_accounts_are_found_by_either_name(cast: Cast, words: str, found: set[str]) -> None:
    assert managed(cast.chi, words=words) == found
