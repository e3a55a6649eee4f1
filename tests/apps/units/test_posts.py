"""A post begins and ends on days, and is held on no other."""

from datetime import date

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Post, Unit
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import (
    NOW,
    TODAY,
    appoint,
    key,
    make_officer,
    make_person,
    make_post,
    make_role,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

ON = {"on": TODAY, "at": NOW}
APPOINTS = (Action.READ_PEOPLE, Action.APPOINT_PEOPLE)
SEPTEMBER, OCTOBER = date(2024, 9, 1), date(2024, 10, 1)


def opened(unit: Unit, by, **words) -> Post:
    said = {
        "scope": unit,
        "role": selectors.role_by_code("reader"),
        "title_vi": "Văn thư",
        "title_en": "Clerk",
        "since": SEPTEMBER,
        "legal_basis": "Quyết định số 15-QĐ/TU",
        "client_key": key(),
    } | words
    return services.open_post(unit=unit, user=by, **said, **ON)


def end(post: Post, until: date, by) -> Post:
    return services.end_post(post=post, until=until, user=by, **ON)


def plain(unit: Unit) -> Post:
    return make_post(unit, role=selectors.role_by_code("reader"))


def test_a_post_is_opened_from_a_day_by_a_decision_behind_the_others(cast: Cast) -> None:
    post = opened(cast.sen_tay, cast.chi)

    assert (post.valid.lower, post.valid.upper) == (SEPTEMBER, None)
    assert (post.unit, post.scope, post.rank) == (cast.sen_tay, cast.sen_tay, 1)
    assert post.legal_basis == "Quyết định số 15-QĐ/TU"
    entry = Entry.objects.filter(verb="post.created").latest("pk")
    assert (entry.actor_uid, entry.object_uid) == (cast.chi.uid, post.uid)


def test_one_form_opens_one_post(cast: Cast) -> None:
    client_key = key()
    first = opened(cast.sen_tay, cast.chi, client_key=client_key)

    with nothing_changes():
        assert opened(cast.sen_tay, cast.chi, client_key=client_key) == first


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"legal_basis": "  "}, services.BasisMissing),
        ({"since": date(2000, 1, 1)}, services.PostStandsNowhere),
    ],
)
def test_a_post_needs_a_decision_and_a_unit_that_stands(cast: Cast, words, refused) -> None:
    with nothing_changes(), pytest.raises(refused):
        opened(cast.sen_tay, cast.chi, **words)


def test_what_the_post_reaches_stands_too(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(services.ScopeStandsNowhere):
        opened(cast.ho_sen, cast.chi, scope=cast.sen_cu)


def test_a_post_reaches_no_further_than_whoever_opens_it(cast: Cast) -> None:
    personnel = make_officer(cast.ho_sen, actions=APPOINTS)

    assert opened(cast.sen_tay, personnel).unit == cast.sen_tay
    for unit, scope in ((cast.ho_sen, cast.city), (cast.dong_gao, cast.ho_sen)):
        with nothing_changes(), pytest.raises(services.AppointingNotAllowed):
            opened(unit, personnel, scope=scope)


@pytest.mark.parametrize(
    "action", [Action.DEFINE_ROLE, Action.APPOINT_PEOPLE, Action.MANAGE_ACCOUNT]
)
def test_strong_posts_are_opened_and_ended_by_those_who_define_roles(cast: Cast, action) -> None:
    personnel = make_officer(cast.city, actions=APPOINTS)
    strong = make_role("manh", actions=[action])
    post = make_post(cast.ho_sen, role=strong)

    with nothing_changes(), pytest.raises(services.AppointingNotAllowed):
        opened(cast.ho_sen, personnel, role=strong)
    with nothing_changes(), pytest.raises(services.AppointingNotAllowed):
        end(post, OCTOBER, personnel)
    assert opened(cast.ho_sen, cast.chi, role=strong).role == strong
    assert end(post, OCTOBER, cast.chi).valid.upper == OCTOBER


def test_a_post_is_held_on_its_days_alone(cast: Cast) -> None:
    post = opened(cast.sen_tay, cast.chi)
    end(post, OCTOBER, cast.chi)
    given = {"person": make_person("Lý Mới"), "post": post}

    for since, until in ((TODAY, OCTOBER), (SEPTEMBER, None), (SEPTEMBER, date(2024, 10, 2))):
        with nothing_changes(), pytest.raises(services.PostNotThere) as refused:
            appoint(**given, since=since, until=until)
        assert (refused.value.since, refused.value.until) == (SEPTEMBER, OCTOBER)
    assert appoint(**given, since=SEPTEMBER, until=OCTOBER).post == post


def test_a_post_that_is_held_after_that_day_does_not_end(cast: Cast) -> None:
    post = plain(cast.sen_tay)
    held = appoint(make_person("Lý Mới"), post, until=OCTOBER)

    for until in (SEPTEMBER, date(2024, 9, 30)):
        with nothing_changes(), pytest.raises(services.PostHeld):
            end(post, until, cast.chi)
    assert end(post, OCTOBER, cast.chi).valid.upper == OCTOBER
    held.refresh_from_db()
    assert held.valid.upper == OCTOBER


def test_ending_twice_is_ending_once_and_the_past_stays(cast: Cast) -> None:
    post = plain(cast.sen_tay)
    end(post, OCTOBER, cast.chi)
    with nothing_changes():
        end(post, OCTOBER, cast.chi)
    assert end(post, SEPTEMBER, cast.chi).valid.upper == SEPTEMBER
    with nothing_changes(), pytest.raises(services.EndedBefore):
        end(post, OCTOBER, cast.chi)
    assert Entry.objects.filter(verb="post.ended").count() == 2


def test_a_post_does_not_end_before_it_begins(cast: Cast) -> None:
    post = opened(cast.sen_tay, cast.chi)

    with nothing_changes(), pytest.raises(services.EndsBeforeItBegins):
        end(post, SEPTEMBER, cast.chi)


def test_a_post_waits_for_a_change_that_could_still_be_undone(cast: Cast) -> None:
    post = plain(cast.sen_tay)
    appoint(make_person("Lý Mới"), post)
    change = services.abolish_unit(
        unit=cast.sen_tay,
        receiver=cast.ho_sen,
        day=OCTOBER,
        legal_basis="Nghị quyết số 1",
        user=cast.chi,
        **ON,
    )

    with nothing_changes(), pytest.raises(services.PostInChange):
        end(post, OCTOBER, cast.chi)
    services.undo_change(change=change, user=cast.chi, **ON)
    with nothing_changes(), pytest.raises(services.PostHeld):
        end(post, OCTOBER, cast.chi)


def test_a_post_opened_in_a_unit_that_will_end_ends_with_it_and_comes_back(cast: Cast) -> None:
    change = services.abolish_unit(
        unit=cast.sen_tay,
        receiver=cast.ho_sen,
        day=OCTOBER,
        legal_basis="Nghị quyết số 1",
        user=cast.chi,
        **ON,
    )
    post = opened(cast.sen_tay, cast.chi)
    assert (post.valid.lower, post.valid.upper) == (SEPTEMBER, OCTOBER)

    services.undo_change(change=change, user=cast.chi, **ON)

    post.refresh_from_db()
    assert (post.valid.lower, post.valid.upper) == (SEPTEMBER, None)


def test_a_unit_shows_a_post_on_its_days_and_offers_it_until_its_end(cast: Cast) -> None:
    post = opened(cast.sen_tay, cast.chi)
    end(post, OCTOBER, cast.chi)

    def shown(day: date) -> bool:
        found = selectors.posts_of(
            unit_id=cast.sen_tay.pk, as_of=day, seen_by=cast.chi.pk, on=TODAY
        )
        assert found is not None
        return post.uid in {row.post_uid for row in found.held}

    def offered(day: date) -> bool:
        given = {"unit_id": cast.sen_tay.pk, "user_id": cast.chi.pk}
        return post in selectors.posts_to_fill(**given, on=day)

    days = (TODAY, SEPTEMBER, date(2024, 9, 30), OCTOBER)
    assert [shown(day) for day in days] == [False, True, True, False]
    assert [offered(day) for day in days] == [True, True, True, False]


def test_a_role_counts_the_posts_of_the_day(cast: Cast) -> None:
    def count(day: date) -> int:
        return next(row.posts for row in selectors.roles_held(on=day) if row.role.code == "reader")

    before = count(TODAY)
    post = opened(cast.sen_tay, cast.chi)
    end(post, OCTOBER, cast.chi)

    assert [count(day) - before for day in (TODAY, SEPTEMBER, OCTOBER)] == [0, 1, 0]


def test_a_sheet_opens_anew_what_has_ended(cast: Cast) -> None:
    post = plain(cast.sen_tay)
    end(post, SEPTEMBER, cast.chi)
    head = ("Mã đơn vị", "Chức vụ", "Chức vụ tiếng Anh", "Vai trò", "Họ và tên", "Từ ngày")
    row = (cast.sen_tay.code, "Chuyên viên", "Officer", "reader", "Lý Mới", "1/10/2024")

    judged = services.import_people(grid=[head, row], user=cast.chi, **ON)

    assert len(judged.plan.new) == 1
    posts = Post.objects.filter(unit=cast.sen_tay, role__code="reader").order_by("pk")
    assert [one.valid.upper for one in posts] == [SEPTEMBER, None]
    assert [one.appointments.count() for one in posts] == [0, 1]
