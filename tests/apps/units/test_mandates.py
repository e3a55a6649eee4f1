"""Mandates: who gives them, over what, to whom; ended early; and for an older installation."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Mandate, Role
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import NOW, READS, TODAY, key, make_officer, make_role, make_unit

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2024, 8, 8), date(2024, 9, 1)


def issued(cast: Cast, **told) -> Mandate:
    words = {
        "role": make_role("inspector", actions=READS, purpose="inspection"),
        "scope": cast.ho_sen,
        "people": [cast.person(cast.an)],
        "subject": "Giao việc",
        "legal_basis": "Quyết định số 1",
        "since": SINCE,
        "until": UNTIL,
        "user": cast.chi,
        "client_key": key(),
    }
    return services.issue_mandate(**{**words, **told}, on=TODAY, at=NOW)


def ended(cast: Cast, mandate: Mandate, until: date, on: date = TODAY, **told) -> Mandate:
    words = {"legal_basis": "Quyết định số 2", "user": cast.chi, "at": NOW, **told}
    return services.end_mandate(mandate=mandate, until=until, on=on, **words)


def reads(cast: Cast, on: date, unit=None) -> bool:
    unit = unit or cast.sen_tay
    return selectors.may(user_id=cast.an.pk, action=Action.READ_DUTY, unit_id=unit.pk, on=on)


def test_a_mandate_gives_its_role_below_its_unit_on_its_days_alone(cast: Cast):
    issued(cast)

    days = [date(2024, 8, 7), SINCE, date(2024, 8, 31), UNTIL]
    assert [reads(cast, on) for on in days] == [False, True, True, False]
    assert not reads(cast, SINCE, cast.dong_gao)
    entry = Entry.objects.filter(verb="mandate.issued").latest("id")
    assert (entry.actor_uid, entry.unit_uid) == (cast.chi.uid, cast.ho_sen.uid)


def test_nobody_gives_a_mandate_to_himself_or_where_he_may_not(cast: Cast):
    giver = make_officer(cast.ho_sen, actions=[Action.GIVE_MANDATE], full_name="Lý Giao")

    with pytest.raises(services.MandateForHimself):
        issued(cast, people=[cast.person(cast.an), cast.person(cast.chi)])
    for scope, user in ((cast.city, giver), (cast.dong_gao, giver), (cast.ho_sen, cast.ha)):
        with pytest.raises(services.MandateNotAllowed):
            issued(cast, scope=scope, user=user)
    assert issued(cast, user=giver, scope=cast.sen_tay).scope == cast.sen_tay


def test_a_role_that_gives_rights_is_given_by_those_who_define_roles_alone(cast: Cast):
    giver = make_officer(cast.city, actions=[Action.GIVE_MANDATE], full_name="Lý Giao")
    strong = make_role("manh", actions=[Action.APPOINT_PEOPLE], purpose="inspection")

    with pytest.raises(services.MandateNotAllowed):
        issued(cast, user=giver, role=strong)
    assert issued(cast, role=strong).role == strong


def test_what_no_mandate_can_be_is_refused(cast: Cast):
    gone = make_unit(parent=cast.city, until=SINCE)

    with pytest.raises(services.EndsBeforeItBegins):
        issued(cast, until=SINCE)
    with pytest.raises(services.ScopeStandsNowhere):
        issued(cast, scope=gone)
    with pytest.raises(services.MandateNeedsPeople):
        issued(cast, people=[])
    with pytest.raises(services.MandateNeedsPeople):
        issued(cast, role=make_role("reader", actions=READS))
    assert Mandate.objects.filter(legal_basis="Quyết định số 1").count() == 0


def test_sent_twice_is_given_once(cast: Cast):
    same = key()

    assert issued(cast, client_key=same) == issued(cast, client_key=same)


def test_a_mandate_ends_early_and_what_is_past_stays(cast: Cast):
    mandate = issued(cast)
    half = date(2024, 8, 15)

    ended(cast, mandate, half)
    entries = Entry.objects.count()
    held = ended(cast, mandate, half)  # twice is once

    assert Entry.objects.count() == entries
    assert (held.valid.lower, held.valid.upper) == (SINCE, half)
    assert held.end_basis == "Quyết định số 2"
    assert [reads(cast, on) for on in (date(2024, 8, 14), half)] == [True, False]
    for until, on in ((date(2024, 8, 20), TODAY), (half, date(2024, 8, 16))):
        with pytest.raises(services.MandateEnded):
            ended(cast, mandate, until, on, legal_basis="Quyết định số 3")
    with pytest.raises(services.EndBasisMissing):
        ended(cast, mandate, half, legal_basis=" ")
    with pytest.raises(services.MandateNotAllowed):
        ended(cast, mandate, half, user=cast.ha)


def test_one_that_has_not_begun_is_withdrawn_and_never_gives_anything(cast: Cast):
    mandate = ended(cast, issued(cast), SINCE)

    assert mandate.valid.isempty
    assert mandate.begins == SINCE
    assert not reads(cast, SINCE)
    told = {"user_id": cast.an.pk, "action": Action.READ_DUTY, "unit_id": cast.ho_sen.pk}
    assert not selectors.why(**told, on=SINCE).allowed
    assert mandate not in [
        one.mandate for one in selectors.mandates_seen(seen_by=cast.chi.pk, on=TODAY)
    ]
    assert mandate in selectors.mandates_known(seen_by=cast.chi.pk, on=TODAY)
    with pytest.raises(services.MandateEnded):
        ended(cast, mandate, UNTIL)
    with pytest.raises(services.MandateEnded):
        ended(cast, mandate, SINCE, legal_basis="Quyết định số 3")
    entries = Entry.objects.count()
    assert ended(cast, mandate, SINCE).begins == SINCE  # twice is once
    assert Entry.objects.count() == entries


def test_the_administrator_of_an_older_installation_may_give_mandates_too(cast: Cast):
    module = "lotrinh.apps.units.migrations.0011_administrators_give_mandates"
    older = make_role("administrator", actions=[Action.READ_PEOPLE, Action.DEFINE_ROLE])
    others = {role.code: role.actions for role in Role.objects.exclude(pk=older.pk)}
    carry_action = import_module(module).carry_action

    for _ in range(2):
        carry_action(apps, connection.schema_editor())
        older.refresh_from_db()
        assert older.actions == ["mandate.give", "people.read", "role.define"]
    assert {role.code: role.actions for role in Role.objects.exclude(pk=older.pk)} == others
