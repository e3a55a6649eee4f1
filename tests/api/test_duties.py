"""Duties by the interface: read as the account may see them, and moved once for each key."""

import json
from uuid import uuid4

import pytest

from lotrinh.api.steps import OFFERED, StepIn
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import DutyState, Step
from lotrinh.rules.scopes import Scope
from lotrinh.web.pages import steps as pages
from tests.api.asking import Program
from tests.architecture.walking import duty_in, take, walked
from tests.cast import Cast
from tests.factories import key

pytestmark = pytest.mark.django_db


def test_the_list_holds_exactly_what_the_account_sees_page_by_page(cast: Cast) -> None:
    made = [walked(cast, [Step.ISSUE]).uid for _ in range(3)]
    ha, khe = Program(cast.ha), Program(cast.khe)

    first = ha.get("/duties?limit=2")
    second = ha.get(first["next"].removeprefix("/api/v1"))

    assert [row["uid"] for row in first["items"] + second["items"]] == [str(uid) for uid in made]
    assert (len(first["items"]), second["next"]) == (2, None)
    assert khe.get("/duties")["items"] == []
    assert first["items"][0]["standing"] == "open_in_term"
    assert first["items"][0]["unit"]["code"] == "quan-ho-sen"


def test_the_filters_are_those_of_the_pages(cast: Cast) -> None:
    duty, done = walked(cast, [Step.ISSUE]), duty_in(DutyState.DONE, cast)
    document = duty.sources.get().rendition.document
    chi = Program(cast.chi)

    def found(asked: str) -> set[str]:
        return {row["uid"] for row in chi.get(f"/duties?{asked}")["items"]}

    assert found("state=done") == {str(done.uid)} == found("standing=done_on_time")
    assert found(f"document={document.uid}") == {str(duty.uid)}
    assert found(f"unit={cast.ho_sen.uid}") == {str(duty.uid), str(done.uid)}
    assert found(f"under={cast.dong_gao.uid}") == set()
    assert chi.get(f"/duties?unit={uuid4()}", status=422)["errors"][0]["field"] == "unit"
    refused = chi.get("/duties?state=lost&limit=0", status=422)
    assert {one["field"] for one in refused["errors"]} == {"state", "limit"}
    assert chi.get("/duties?sate=done", status=422)["errors"][0]["field"] == "sate"


def test_an_address_that_is_none_is_answered_with_a_problem_whatever_stands_in_it(
    cast: Cast,
) -> None:
    for address in ("/nowhere", "/duties/a%0Ab/steps"):
        told = Program(cast.chi).get(address, status=404)

        assert told["type"] == "urn:lotrinh:problem:not_found"


def test_one_duty_tells_its_passages_and_steps_and_hidden_looks_like_missing(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE, Step.ACCEPT])
    source = duty.sources.get()

    told = Program(cast.ha).get(f"/duties/{duty.uid}")
    khe = Program(cast.khe)

    assert told["version"] == duty.version
    assert [step["step"] for step in told["steps"]] == ["accept", "issue"]
    assert told["steps"][0]["by"] == "Phan Thu Hà"
    text = source.rendition.text[source.start : source.end]
    assert (told["sources"][0]["passage"], told["missing"]) == (text, [])
    hidden = khe.get(f"/duties/{duty.uid}", status=404)
    assert hidden == khe.get(f"/duties/{uuid4()}", status=404)
    assert hidden["type"] == "urn:lotrinh:problem:not_found"
    khe.step(duty.uid, {"step": "accept", "version": 1}, status=404)


def test_a_step_is_taken_once_for_a_key_and_told_in_the_same_words(cast: Cast) -> None:
    duty, ha, sent = walked(cast, [Step.ISSUE]), Program(cast.ha), key()
    body = {"step": "report", "version": duty.version, "percent": 40, "note": "Đang làm"}

    first = ha.step(duty.uid, body, client_key=sent)
    again = ha.step(duty.uid, body, client_key=sent)
    other = ha.step(duty.uid, body | {"percent": 50}, client_key=sent, status=409)

    assert first == again
    assert (first["state"], first["percent"], first["version"]) == ("accepted", 40, 3)
    assert other["type"] == "urn:lotrinh:problem:other_request"
    assert DutyEvent.objects.filter(duty=duty, step=Step.REPORT).count() == 1


def test_two_who_read_the_same_version_are_told_who_was_faster(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE])
    ha = Program(cast.ha)
    match = {"If-Match": f'"{duty.version}"'}

    ha.step(duty.uid, {"step": "accept"}, **match)
    late = ha.step(duty.uid, {"step": "report", "percent": 5}, status=409, **match)
    unread = ha.step(duty.uid, {"step": "report", "percent": 5}, status=428)

    assert late["type"] == "urn:lotrinh:problem:changed_meanwhile"
    assert late["meanwhile"] == late["meanwhile"] | {"step": "accept", "by": "Phan Thu Hà"}
    assert unread["errors"][0]["field"] == "version"


@pytest.mark.parametrize(
    ("who", "state", "body", "status", "field"),
    [
        ("ha", DutyState.ISSUED, {"step": "refuse"}, 422, "note"),
        ("ha", DutyState.ISSUED, {"step": "accept", "percent": 3}, 422, "percent"),
        ("ha", DutyState.ISSUED, {"step": "ask", "note": "x"}, 422, "until"),
        ("ha", DutyState.ISSUED, {"step": "claim"}, 422, "note"),
        ("ha", DutyState.ISSUED, {"step": "spread"}, 422, "step"),
        ("chi", DutyState.ISSUED, {"step": "cancel", "note": "x"}, 422, "basis"),
        ("ha", DutyState.ISSUED, {"step": "remind"}, 403, None),
        ("ha", DutyState.DONE, {"step": "report"}, 409, None),
    ],
)
def test_a_refusal_names_the_field_and_changes_nothing(
    cast: Cast, who: str, state: DutyState, body: dict[str, object], status: int, field: str | None
) -> None:
    duty = duty_in(state, cast)

    told = Program(getattr(cast, who)).step(
        duty.uid, {**body, "version": duty.version}, status=status
    )

    assert [one["field"] for one in told.get("errors", [])] == ([field] if field else [])
    assert Duty.objects.get(pk=duty.pk).version == duty.version


def test_a_life_by_the_interface_alone(cast: Cast) -> None:
    duty, ha, chi = walked(cast, []), Program(cast.ha), Program(cast.chi)

    told = chi.step(duty.uid, {"step": "issue", "version": duty.version})
    told = ha.step(duty.uid, {"step": "claim", "version": told["version"], "note": "Ở đây"})
    own = chi.step(duty.uid, {"step": "verify", "version": told["version"]})

    assert (own["state"], own["standing"]) == ("done", "done_on_time")


def test_every_step_of_the_pages_can_be_taken(cast: Cast) -> None:
    assert pages.OFFERED | {Step.ISSUE, Step.REPORT, Step.CLAIM} == OFFERED


def test_a_program_can_say_all_that_its_steps_take() -> None:
    taken = {name for step in OFFERED for name in services.TAKES[step]}

    assert taken == set(StepIn.model_fields) - {"step", "version", "note", "basis"}


def test_what_is_read_costs_few_queries(cast: Cast) -> None:
    duty = walked(cast, [Step.ISSUE, Step.ACCEPT])
    for _ in range(3):
        walked(cast, [Step.ISSUE])
    document = duty.sources.get().rendition.document
    nghiem = Program(cast.nghiem, set(Scope) - {Scope.WRITE_DUTIES})
    paths = [
        "/units",
        f"/units/{cast.ho_sen.uid}",
        "/documents?held=text&language=vi",
        f"/documents/{document.uid}",
        f"/documents/{document.uid}/clauses",
        f"/duties?under={cast.city.uid}&document={document.uid}",
        f"/duties/{duty.uid}",
    ]

    costs = {path: nghiem.cost(path) for path in paths}

    assert {path: cost for path, cost in costs.items() if cost > 20} == {}


def test_a_list_goes_on_behind_a_row_that_has_left_it_and_from_no_unknown_one(cast: Cast) -> None:
    made = [walked(cast, [Step.ISSUE]) for _ in range(3)]
    ha = Program(cast.ha)
    first = ha.get("/duties?state=issued&limit=1")
    assert first["items"][0]["uid"] == str(made[0].uid)
    take(Step.ACCEPT, made[0], cast)

    rest = ha.get(first["next"].removeprefix("/api/v1").replace("limit=1", "limit=9"))

    assert [row["uid"] for row in rest["items"]] == [str(one.uid) for one in made[1:]]
    for path in ("/duties", "/documents", "/units"):
        refused = ha.get(f"{path}?after={uuid4()}", status=422)
        assert refused["errors"][0]["field"] == "after"
    hidden = Program(cast.khe).get(f"/duties?after={made[0].uid}", status=422)
    assert hidden["errors"][0]["field"] == "after"


def test_a_step_by_a_key_is_told_apart_and_answered_again_only_to_who_may_see_it(
    cast: Cast,
) -> None:
    duty, ha, sent = walked(cast, [Step.ISSUE]), Program(cast.ha), key()
    body = {"step": "report", "version": duty.version, "percent": 40}
    for _ in range(2):
        ha.step(duty.uid, body, client_key=sent)

    told = Entry.objects.get(verb="key.wrote")
    assert (told.object_uid, told.actor_uid) == (cast.ha.keys.get().uid, cast.ha.uid)
    data = {"client_key": str(sent), "duty": str(duty.uid), "step": "report"}
    assert json.loads(told.payload)["data"] == data
    Duty.objects.filter(pk=duty.pk).update(unit=cast.dong_gao)
    ha.step(duty.uid, body, client_key=sent, status=404)


def test_of_the_details_of_a_step_only_those_of_the_interface_are_told(cast: Cast) -> None:
    duty, ha = walked(cast, [Step.ISSUE]), Program(cast.ha)
    ha.step(duty.uid, {"step": "report", "version": duty.version, "percent": 40})
    event = DutyEvent.objects.get(duty=duty, step=Step.REPORT)
    kept = {"percent": 40, "obstacle": "", "proposal": ""}
    assert event.details == kept
    DutyEvent.objects.bulk_create(
        [
            DutyEvent(
                duty=duty,
                step=Step.REPORT,
                from_state=event.from_state,
                to_state=event.to_state,
                version=event.version + 1,
                by=event.by,
                at=event.at,
                on=event.on,
                client_key=key(),
                words_before={},
                words_after={},
                details=kept | {"units": [1, 2]},
            )
        ]
    )

    told = ha.get(f"/duties/{duty.uid}")["steps"]

    assert [step["details"] for step in told[:2]] == [kept, kept]
