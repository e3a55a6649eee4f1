"""Putting a draft right on its own page, until it can be issued."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from lotrinh.apps.duties.models import Duty
from tests.cast import gather
from tests.factories import an_assignment, make_duty

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def story(client):
    cast = gather()
    unclear = replace(an_assignment(), deliverable="")
    duty = make_duty(user=cast.chi, assignment=unclear, owed_to=cast.city)
    client.force_login(cast.chi, backend=BACKEND)
    return cast, duty


def said(duty: Duty, **words: str) -> dict[str, str]:
    """Return the form as the page fills it in, with some words put right."""
    return {
        "client_key": str(uuid4()),
        "version": str(duty.version),
        "title": duty.title,
        "unit": "",
        "person": "",
        "due": "30/9/2024",
        "responsibility": duty.responsibility,
        "deliverable": "Báo cáo",
        "authority": duty.authority,
    } | words


def test_what_is_missing_can_be_said_and_leads_back_to_the_duty(client, story):
    cast, duty = story
    form = said(duty, unit=cast.ho_sen.name_vi, person=cast.person(cast.ha).full_name)

    answer = client.post(reverse("duty-amend", args=[duty.uid]), form)

    assert answer.status_code == 303
    duty.refresh_from_db()
    assert (duty.version, duty.unit, duty.person) == (2, cast.ho_sen, cast.person(cast.ha))
    assert duty.deliverable == "Báo cáo"


def test_sending_it_twice_is_sending_it_once(client, story):
    _, duty = story
    form = said(duty)
    path = reverse("duty-amend", args=[duty.uid])

    assert [client.post(path, form).status_code for _ in range(2)] == [303, 303]
    duty.refresh_from_db()
    assert duty.version == 2


def test_a_draft_that_somebody_else_changed_keeps_what_was_typed(client, story):
    _, duty = story
    path = reverse("duty-amend", args=[duty.uid])
    client.post(path, said(duty))

    answer = client.post(path, said(duty, deliverable="Một danh mục"))

    assert answer.status_code == 422
    assert "Một danh mục" in answer.content.decode()
    duty.refresh_from_db()
    assert (duty.version, duty.deliverable) == (2, "Báo cáo")


@pytest.mark.parametrize(
    ("field", "typed"), [("unit", "Sở Không Có"), ("due", "31/2/2024"), ("title", " ")]
)
def test_a_wrong_word_is_named_beside_its_field_and_nothing_changes(client, story, field, typed):
    _, duty = story

    answer = client.post(reverse("duty-amend", args=[duty.uid]), said(duty, **{field: typed}))

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    duty.refresh_from_db()
    assert duty.version == 1


def test_a_draft_can_be_given_up_and_then_counts_nowhere(client, story):
    _, duty = story
    form = {"client_key": str(uuid4()), "version": "1"}

    answer = client.post(reverse("duty-withdraw", args=[duty.uid]), form)

    assert answer.status_code == 303
    duty.refresh_from_db()
    assert duty.state == "withdrawn"
    assert "/duties/" + str(duty.uid) not in client.get(reverse("duties")).content.decode()


def test_the_accountable_leader_is_named_in_the_draft_and_shown_on_its_page(client, story):
    cast, duty = story
    path = reverse("duty-amend", args=[duty.uid])
    form = said(duty, unit=cast.ho_sen.name_vi, leader="Đoàn Hải Thạch")

    offered = client.get(path).content.decode().split('id="leaders"')[1]
    answer = client.post(path, form)
    stranger = client.post(path, said(duty, version="2", leader="Lê Minh Khê"))

    assert "Đoàn Hải Thạch" in offered
    assert "Lê Minh Khê" not in offered
    assert answer.status_code == 303
    duty.refresh_from_db()
    assert duty.leader == cast.person(cast.thach)
    assert "Đoàn Hải Thạch" in client.get(reverse("duty", args=[duty.uid])).content.decode()
    assert stranger.status_code == 422
    assert 'id="id_leader_error"' in stranger.content.decode()
