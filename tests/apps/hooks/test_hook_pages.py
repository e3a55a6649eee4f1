"""The pages of webhooks: one's own alone, the secret once, and what came of each delivery."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from lotrinh.apps.hooks import selectors, services
from lotrinh.apps.hooks.models import Hook
from lotrinh.rules.duty_states import Step
from lotrinh.rules.outward import networks
from tests.apps.hooks.telling import make_hook, receiving
from tests.architecture.walking import take, walked
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    with override_settings(LOTRINH_TODAY=TODAY, LOTRINH_HOOK_NETWORKS=networks("127.0.0.0/8")):
        yield


def test_a_webhook_is_made_on_the_page_and_its_secret_shown_once(cast: Cast) -> None:
    visit = Visit(cast.ha)
    sent = {"client_key": str(key()), "name": "Một cửa", "url": "ftp://system.example/"}

    refused = visit.send("/hooks/", sent, status=422)
    shown = visit.send("/hooks/", sent | {"url": "https://system.example/"}, status=200)
    again = visit.send("/hooks/", sent | {"url": "https://system.example/"}, status=422)

    secret = selectors.secret_of(Hook.objects.get())
    assert "ftp://system.example/" in text_of(refused)  # what was typed is not lost
    assert secret in text_of(shown) and shown["Cache-Control"] == "no-store"
    assert secret not in text_of(again) + text_of(visit.look("/hooks/"))


def test_only_the_owner_sees_and_closes_a_webhook(cast: Cast) -> None:
    hook = make_hook(cast.ha)

    for other in (cast.chi, cast.khe, cast.an):
        visit = Visit(other)
        visit.look(f"/hooks/{hook.uid}/", status=404)
        visit.send(f"/hooks/{hook.uid}/close/", {}, status=404)
    Visit(cast.an).look("/hooks/", status=403)
    Visit(cast.ha).send(f"/hooks/{hook.uid}/close/", {})

    hook.refresh_from_db()
    assert hook.closed_at is not None


def test_the_page_says_what_was_sent_and_what_came_of_it(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE])
    with receiving(503) as there:
        hook = make_hook(cast.ha, there.url)
        take(Step.ACCEPT, duty, cast)
        services.queue_deliveries(on=TODAY, at=NOW)
        services.send_next(on=TODAY, at=NOW)
    visit = Visit(cast.ha)

    shown = visit.look(f"/hooks/{hook.uid}/")

    [line] = shown.context["deliveries"]
    assert (line.result, line.tries, line.duty_title) == ("waiting", 1, duty.title)
    assert "503" in line.result_text
    assert f"/duties/{duty.uid}/" in text_of(shown)
    assert visit.cost(f"/hooks/{hook.uid}/") <= 20
    assert visit.cost("/hooks/") <= 20 >= visit.cost("/keys/")
