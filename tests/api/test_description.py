"""The description is whole, and what it says is held to when programs try what it allows."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from lotrinh.api.application import described
from lotrinh.apps.accounts.models import ApiKey
from lotrinh.rules.duty_states import Step
from tests.api.asking import Program
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.factories import TEXT, key, make_run

pytestmark = pytest.mark.django_db
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Let no request end the connection of the test, as the test client of Django does."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


def operations() -> list[tuple[str, str]]:
    """Return every method of every address."""
    paths = described()["paths"].items()
    return [(method.upper(), path) for path, methods in paths for method in methods]


def test_the_description_is_served_to_all_and_tells_every_answer() -> None:
    told = Client().get("/api/v1/openapi.json").json()

    assert told["openapi"] == "3.1.0"
    assert operations() == [
        ("GET", "/api/v1/units"),
        ("GET", "/api/v1/units/{uid}"),
        ("GET", "/api/v1/documents"),
        ("GET", "/api/v1/documents/{uid}"),
        ("GET", "/api/v1/documents/{uid}/clauses"),
        ("GET", "/api/v1/duties"),
        ("GET", "/api/v1/duties/{uid}"),
        ("POST", "/api/v1/duties/{uid}/steps"),
        ("POST", "/api/v1/duties/{uid}/evidence"),
    ]
    for methods in told["paths"].values():
        for operation in methods.values():
            assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
            assert list(operation["responses"]["404"]["content"]) == ["application/problem+json"]
            assert operation["security"]


def statuses(cast: Cast, method: str, path: str, *, examples: int) -> set[int]:
    """Try what the description allows and what it forbids; return which answers there were."""
    program, duty = Program(cast.chi), walked(cast, [Step.ISSUE])
    document = make_run(keeper=cast.office, user=cast.chi, text=TEXT).rendition.document
    uids = {"units": cast.ho_sen.uid, "documents": document.uid, "duties": duty.uid}
    uid = str(uids[path.split("/")[3]])
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    checks = [CHECKS.get_one(name) for name in CHECKED]
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    ways = [schema[path][method].as_strategy(generation_mode=mode) for mode in modes]
    found: set[int] = set()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=st.data())
    def attempt(drawn: Any) -> None:
        case = drawn.draw(st.sampled_from(ways).flatmap(lambda way: way))
        ApiKey.objects.update(held=100)
        headers = {"Authorization": f"Bearer {program.key}"}
        if "{uid}" in path and drawn.draw(st.booleans()):
            case.path_parameters["uid"] = uid
        if method == "POST" and drawn.draw(st.booleans()):
            headers["Idempotency-Key"] = str(key())
        answer = case.call(headers=headers)
        found.add(answer.status_code)
        case.validate_response(answer, checks=checks)

    attempt()
    return found


@pytest.mark.parametrize("what", ["steps", pytest.param("evidence", marks=pytest.mark.slow)])
def test_a_step_withstands_what_a_program_may_send(cast: Cast, what: str) -> None:
    found = statuses(cast, "POST", f"/api/v1/duties/{{uid}}/{what}", examples=15)

    assert found <= {200, 400, 401, 403, 404, 405, 409, 413, 422, 428}


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), operations())
def test_every_address_withstands_what_a_program_may_ask(
    cast: Cast, method: str, path: str
) -> None:
    found = statuses(cast, method, path, examples=200)

    assert found & {200, 404, 422}
