"""Steps of a duty by a program: the same services as the pages, once for each key.

``Idempotency-Key`` is the client key of the service. The same again is answered in the same words;
something else under the same key is refused, and nothing is done.
"""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Router, Schema
from pydantic import ConfigDict, Field

from lotrinh.api import clock
from lotrinh.api.duties import DutyOut, said
from lotrinh.api.keys import KeyOpens, opened_by
from lotrinh.api.problems import Problem, at_fault, not_found
from lotrinh.api.refusals import problem_of
from lotrinh.api.shapes import PLAIN, WRITING, Day
from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import BY_DOCUMENT, Step
from lotrinh.rules.scopes import Scope

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty

router = Router(tags=["duties"], auth=KeyOpens(Scope.WRITE_DUTIES))

OFFERED = frozenset(Step) - {Step.AMEND, Step.WITHDRAW, Step.SPREAD, Step.GATHER}
"""Every step that a program can take. Drafts are written and carried down on the pages."""


class StepIn(Schema):
    """The step to take, and what it needs. ``version`` is the one that was read."""

    model_config = ConfigDict(extra="forbid")

    step: Step
    version: int | None = Field(None, ge=1, le=2**31 - 1)
    note: str = Field("", max_length=4000, pattern=PLAIN)
    percent: int | None = Field(None, ge=0, le=100)
    obstacle: str = Field("", max_length=2000, pattern=PLAIN)
    proposal: str = Field("", max_length=2000, pattern=PLAIN)
    until: Day | None = Field(None, description="The day asked for or granted: ask, extend.")
    basis: UUID | None = Field(None, description="The document that orders it: suspend, cancel.")
    unit: UUID | None = Field(None, description="The unit that owes it from now on: transfer.")
    person: UUID | None = Field(None, description="Who does it from now on: transfer, hand.")


@router.post(
    "/{uuid:uid}/steps",
    response={200: DutyOut, **WRITING},
    url_name="api-duty-steps",
    summary="Take a step",
)
def take_step(
    request: HttpRequest,
    uid: UUID,
    body: StepIn,
    client_key: Annotated[UUID, Header(alias="Idempotency-Key")],
    if_match: Annotated[str | None, Header(alias="If-Match", max_length=40)] = None,
) -> HttpResponse:
    """Take one step of a duty, and get the duty as it stands then."""
    key, on = opened_by(request), clock.today()
    user = key.user
    version = _version(body, if_match)
    asked = json.dumps([str(uid), version, body.model_dump(mode="json")], sort_keys=True)

    duty = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if duty is None:
        raise not_found()  # also where the same was answered before: the right has gone since

    def act() -> tuple[int, str]:
        taken = _taken(duty, body, version, user=user, client_key=client_key, on=on)
        return 200, DutyOut(**said(taken, on=on)).model_dump_json()

    try:
        answer = accounts.answer_once(
            key=key,
            client_key=client_key,
            asked=asked,
            told={"duty": str(uid), "step": body.step.value},
            at=clock.now(),
            act=act,
        )
    except accounts.OtherRequest as refused:
        said_text = _("Something else was sent under this key before. Take a new key.")
        raise Problem(
            409, "other_request", said_text, (("Idempotency-Key", said_text),)
        ) from refused
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    response["ETag"] = f'"{json.loads(answer.body)["version"]}"'
    if answer.is_repeated:
        response["Idempotency-Replayed"] = "true"
    return response


def _taken(
    duty: "Duty", body: StepIn, version: int, *, user: "User", client_key: UUID, on: date
) -> "Duty":
    if body.step not in OFFERED:
        raise at_fault("step", _("This step is taken on the pages."))
    given = _given(body, user=user, on=on)
    act = services.Act(
        user=user,
        client_key=client_key,
        on=on,
        at=clock.now(),
        version=version,
        note=given.pop("note", ""),
        basis=given.pop("basis", None),
    )
    try:
        return services.TAKEN_BY[body.step](duty_id=duty.pk, act=act, **given)
    except Exception as refused:
        raise problem_of(refused) from refused


def _version(body: StepIn, if_match: str | None) -> int:
    """Return the version that the program has read, from the body or from the header."""
    if body.version is not None:
        return body.version
    told = (if_match or "").strip().removeprefix("W/").strip('"')
    if told.isascii() and told.isdecimal() and 0 < len(told) < 10:
        return int(told)
    raise Problem(
        428,
        "version_missing",
        _("Send the version that you have read: as “version”, or its ETag as If-Match."),
        (("version", _("This is needed.")),),
    )


def _given(body: StepIn, *, user: "User", on: date) -> dict[str, Any]:
    """Return what the step takes; raises Problem for what is needed, unknown, or of no use."""
    takes = _takes(body.step)
    fields = {name: getattr(body, name) for name in StepIn.model_fields if name not in _ALWAYS}
    for name, value in fields.items():
        if value not in (None, "") and name not in takes:
            raise at_fault(name, _("This step does not take this."))
        if value is None and name in takes and name not in services.MAY_LACK[body.step]:
            raise at_fault(name, _("This is needed."))
    return {name: _found(name, fields[name], user=user, on=on) for name in takes}


_ALWAYS = frozenset({"step", "version"})


def _takes(step: Step) -> tuple[str, ...]:
    """Return what a program may say with the step: a draft is issued without a word."""
    note = () if step is Step.ISSUE else ("note",)
    basis = ("basis",) if step in BY_DOCUMENT else ()
    return (*note, *basis, *services.TAKES[step])


def _found(name: str, value: Any, *, user: "User", on: date) -> Any:
    """Return what a uid names, where the account may see it; anything else as it is."""
    if name not in {"basis", "unit", "person"}:
        return value
    seen: dict[str, Any] = {"seen_by": user.pk, "on": on}
    if name == "basis":
        found: Any = registry.document_by_uid(value, **seen)
    elif name == "unit":
        found = units.unit_by_uid(value)
    else:
        found = units.person_seen(value, **seen)
    if found is None:
        raise at_fault(name, not_found().detail)
    return found
