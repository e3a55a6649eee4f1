"""Webhooks: every step once to each address, signed, to where it may lead and nowhere else."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.hooks import jobs, selectors, services
from lotrinh.apps.hooks.models import HookDelivery
from lotrinh.apps.hooks.posting import post
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.closing import Closing
from lotrinh.rules.duty_states import Step
from lotrinh.rules.outward import PAUSES, AddressFault, networks
from tests.apps.hooks.telling import dripping, make_hook, receiving
from tests.architecture.walking import take, walked
from tests.cast import Cast
from tests.factories import NOW, TODAY, key

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def house() -> Iterator[None]:
    """Let webhooks lead to the loopback of this machine."""
    with override_settings(LOTRINH_HOOK_NETWORKS=networks("127.0.0.0/8")):
        yield


def work(at=SOON) -> int:
    services.queue_deliveries(on=TODAY, at=at)
    tried = 0
    while services.send_next(on=TODAY, at=at):
        tried += 1
    return tried


def test_a_step_is_told_once_and_signed(cast: Cast) -> None:
    before = walked(cast, [Step.ISSUE])
    with receiving() as there:
        hook = make_hook(cast.ha, there.url)
        take(Step.ACCEPT, before, cast)
        assert (work(), work()) == (1, 0)

    [(headers, body)] = there.taken
    told = json.loads(body)
    assert (told["event"], told["duty"]) == ("duty.accepted", str(before.uid))
    assert (told["from_state"], told["to_state"], told["version"]) == ("issued", "accepted", 3)
    seconds, digest = (part.split("=")[1] for part in headers["Lotrinh-Signature"].split(","))
    secret = selectors.secret_of(hook).encode()
    signed = hmac.new(secret, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert (int(seconds), digest) == (int(SOON.timestamp()), signed)
    row = HookDelivery.objects.get()
    assert headers["Lotrinh-Delivery"] == str(row.uid)
    assert (row.status, row.arrived_at, row.next_at) == (204, SOON, None)


def test_nobody_is_told_of_what_the_owner_does_not_see(cast: Cast) -> None:
    with receiving() as there:
        make_hook(cast.khe, there.url)
        own = make_hook(cast.ha, there.url)
        walked(cast, [Step.ISSUE])  # the draft before it is the city's alone
        work()

    steps = HookDelivery.objects.values_list("hook", "event__step")
    assert list(steps) == [(own.pk, "issue")]
    assert len(there.taken) == 1


def test_what_does_not_arrive_is_tried_again_later_and_in_the_end_given_up(cast: Cast) -> None:
    duty, at = walked(cast, [Step.ISSUE]), SOON
    with receiving(500) as there:
        make_hook(cast.ha, there.url)
        take(Step.ACCEPT, duty, cast)
        assert work(at) == 1
        assert work(at) == 0
        for pause in PAUSES:
            at += pause
            assert work(at) == 1
        assert work(at + timedelta(days=30)) == 0

    row = HookDelivery.objects.get()
    assert (row.tries, row.status, row.next_at) == (len(PAUSES) + 1, 500, None)
    assert len({headers["Lotrinh-Delivery"] for headers, _ in there.taken}) == 1


def test_a_redirect_is_not_followed(cast: Cast) -> None:
    with receiving(302, 204) as there:
        outcome = post(there.url, body=b"{}", headers={})

    assert (outcome.status, outcome.has_arrived, len(there.taken)) == (302, False, 1)


def test_a_private_network_is_reached_only_where_the_installation_names_it(cast: Cast) -> None:
    with receiving() as there:
        secure = there.url.replace("http:", "https:")
        named = there.url.replace("127.0.0.1", "localhost")
        with override_settings(LOTRINH_HOOK_NETWORKS=networks("10.0.0.0/8")):
            faults = [post(url, body=b"", headers={}).fault for url in (there.url, named, secure)]
        with override_settings(LOTRINH_HOOK_NETWORKS=()):
            faults.append(post(secure, body=b"", headers={}).fault)

    assert faults == [AddressFault.NOT_PUBLIC] * 4
    assert there.taken == []


def test_a_closed_hook_or_account_is_told_nothing_more(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE])
    with receiving() as there:
        closed, left = make_hook(cast.ha, there.url), make_hook(cast.chi, there.url)
        take(Step.ACCEPT, duty, cast)
        services.queue_deliveries(on=TODAY, at=SOON)
        services.close_hook(hook=closed, user=cast.ha, at=SOON)
        accounts.close_account(user_id=cast.chi.pk, reason=Closing.LEFT, actor=SYSTEM, at=SOON)
        work()

    assert there.taken == []
    rows = HookDelivery.objects.values_list("hook", "fault", "next_at").order_by("hook")
    assert list(rows) == [(closed.pk, "closed", None), (left.pk, "closed", None)]


def test_an_address_is_made_once_a_form_and_refused_with_the_reason(cast: Cast) -> None:
    given = {"name": "x", "user": cast.ha, "on": TODAY, "at": NOW}
    sent = key()
    services.add_hook(url="https://system.example/", client_key=sent, **given)

    with pytest.raises(services.SecretShown):
        services.add_hook(url="https://system.example/", client_key=sent, **given)
    with pytest.raises(services.AddressRefused) as refused:
        services.add_hook(url="https://a:b@system.example/", client_key=key(), **given)
    assert refused.value.fault == AddressFault.NAMES_SOMEBODY
    with pytest.raises(services.HookNotAllowed):
        services.add_hook(
            url="https://system.example/", client_key=key(), **given | {"user": cast.an}
        )


def test_what_is_read_once_is_not_looked_at_again(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE])
    hook = make_hook(cast.ha)
    take(Step.ACCEPT, duty, cast)
    last = duty.events.order_by("-pk").values_list("pk", flat=True).first()

    services.queue_deliveries(on=TODAY, at=NOW + services.COMMITTED + timedelta(seconds=1))

    hook.refresh_from_db()
    assert hook.read_to == last
    assert services.queue_deliveries(on=TODAY, at=NOW + timedelta(hours=1)) == 0


def test_a_receiver_that_answers_sign_by_sign_is_left(cast: Cast) -> None:
    with dripping() as url:
        begun = time.monotonic()
        outcome = post(url, body=b"{}", headers={}, patience=0.4)

    assert (outcome.status, outcome.fault) == (0, "no_answer")
    assert time.monotonic() - begun < 2


def test_who_does_not_answer_costs_one_try_and_the_others_are_told(cast: Cast) -> None:
    with receiving(500) as broken, receiving() as there:
        make_hook(cast.ha, broken.url)
        make_hook(cast.chi, there.url)
        walked(cast, [Step.ISSUE])
        walked(cast, [Step.ISSUE])
        work()

    assert len(broken.taken) == 1
    assert len(there.taken) == HookDelivery.objects.filter(hook__owner=cast.chi).count() > 1
    waits = HookDelivery.objects.filter(hook__owner=cast.ha).values_list("tries", "next_at")
    assert sorted(waits) == [(0, SOON + PAUSES[0]), (1, SOON + PAUSES[0])]


def test_what_was_made_before_the_ways_in_were_shut_is_told_nothing_more(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE])
    with receiving() as there:
        hook = make_hook(cast.ha, there.url)
        take(Step.ACCEPT, duty, cast)
        services.queue_deliveries(on=TODAY, at=NOW)
        by = {"user_id": cast.ha.pk, "at": SOON}
        given = accounts.give_password(read=None, client_key=key(), actor=SYSTEM, **by)
        services.send_next(on=TODAY, at=SOON)
        accounts.change_password(current=given, new="bon chu cua rieng toi", **by)
        work()

    hook.refresh_from_db()
    assert (there.taken, hook.closed_at) == ([], SOON)
    assert Entry.objects.filter(verb="hook.closed", object_uid=hook.uid).count() == 1


def test_the_journal_knows_the_host_and_not_what_the_address_holds_besides(cast: Cast) -> None:
    make_hook(cast.ha, "https://system.example/take?token=bi-mat")

    payload = Entry.objects.get(verb="hook.added").payload
    assert '"data":{"host":"system.example"}' in payload


def test_plain_http_leads_nowhere_but_into_the_networks_of_the_house() -> None:
    with override_settings(LOTRINH_HOOK_NETWORKS=networks("127.0.0.0/8")):
        assert post("http://8.8.8.8/", body=b"", headers={}).fault == AddressFault.NOT_SECURE


def test_an_address_that_cannot_be_asked_for_is_an_outcome_and_no_error() -> None:
    with receiving() as there:
        outcome = post(there.url, body=b"", headers={"Lotrinh-Delivery": "a\r\nb"})

    assert (outcome.status, outcome.fault) == (0, "no_answer")


def test_each_delivery_is_signed_at_its_own_instant(cast: Cast) -> None:
    with receiving() as there:
        make_hook(cast.ha, there.url)
        walked(cast, [Step.ISSUE])
        walked(cast, [Step.ISSUE])
        with override_settings(LOTRINH_TODAY=TODAY):
            jobs.tell.func(0)

    tried = list(HookDelivery.objects.values_list("tried_at", flat=True))
    assert len(there.taken) == len(set(tried)) == len(tried) == 2
