"""Files with a report or a claim, by a program: the same gate as on the pages, once for each key.

All files pass the gate or nothing is done. What bears a mark of State secrecy is not stored; that
it was refused is recorded.
"""

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Header, Router, Schema, UploadedFile
from pydantic import ConfigDict, Field

from lotrinh.api import clock
from lotrinh.api.duties import DutyOut
from lotrinh.api.keys import KeyOpens, opened_by
from lotrinh.api.problems import Problem, at_fault, not_found
from lotrinh.api.refusals import problem_of
from lotrinh.api.shapes import PLAIN, WRITING
from lotrinh.api.steps import answered_once, version_read
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.refusal_words import sentence
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.intake.text import MOST_BYTES, NotDeclared, SecretMarked, TooLong
from lotrinh.reading.readers import Unreadable
from lotrinh.rules.scopes import Scope

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.files.models import Blob

router = Router(tags=["duties"], auth=KeyOpens(Scope.WRITE_DUTIES))

MOST_FILES = 8


class HandIn(Schema):
    """What is handed in: a report on how far it is, or the claim that it is done.

    ``declared`` says that whoever sends pictures has looked at them, and that they show no State
    secret. ``version`` is the one that was read.
    """

    model_config = ConfigDict(extra="forbid")

    step: Literal["report", "claim"]
    version: int | None = Field(None, ge=1, le=2**31 - 1)
    note: str = Field("", max_length=4000, pattern=PLAIN)
    percent: int | None = Field(None, ge=0, le=100)
    declared: bool = False


@router.post(
    "/{uuid:uid}/evidence",
    response={200: DutyOut, **WRITING},
    url_name="api-duty-evidence",
    summary="Report or claim with files",
)
def hand_in(
    request: HttpRequest,
    uid: UUID,
    said: Form[HandIn],
    file: File[list[UploadedFile]],
    client_key: Annotated[UUID, Header(alias="Idempotency-Key")],
    if_match: Annotated[str | None, Header(alias="If-Match", max_length=40)] = None,
) -> HttpResponse:
    """Hand in files with a report or a claim, and get the duty as it stands then."""
    key, on = opened_by(request), clock.today()
    user = key.user
    duty = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if duty is None:
        raise not_found()
    version = version_read(said.version, if_match)
    if said.step == "claim" and said.percent is not None:
        raise at_fault("percent", _("This step does not take this."))
    given = _submissions(file, is_declared=said.declared)
    digests = [(one.source_name, sha256(one.content).hexdigest()) for one in given]
    asked = json.dumps([str(uid), version, said.model_dump(mode="json"), digests], sort_keys=True)

    def act() -> "Duty":
        blobs = tuple((_through(one, duty, user=user, on=on), one.source_name) for one in given)
        return _taken(duty, said, version, blobs, user=user, client_key=client_key, on=on)

    told = {"duty": str(uid), "step": said.step}
    try:
        return answered_once(key, client_key, act, asked=asked, told=told, on=on)
    except SecretMarked as refused:  # what was done is undone; that it was refused is kept
        keeper = duty.unit or duty.owed_to
        intake.refuse_secret(sha256=refused.sha256, keeper=keeper, user=user, at=clock.now())
        raise at_fault("file", _secret(refused), code="secret") from refused


def _submissions(files: list[UploadedFile], *, is_declared: bool) -> list[Submission]:
    """Return the files as the gate takes them; raises Problem for too many or too large ones."""
    if len(files) > MOST_FILES:
        raise at_fault("file", _("At most %(most)s files at once.") % {"most": MOST_FILES})
    for one in files:
        if (one.size or 0) > MOST_BYTES:
            raise _too_long(str(one.name))
    return [
        Submission(content=one.read(), source_name=str(one.name or ""), is_declared=is_declared)
        for one in files
    ]


def _through(handed: Submission, duty: "Duty", *, user: "User", on: date) -> "Blob":
    """Take a file through the gate; raises Problem with the reason where it is refused."""
    name = handed.source_name
    try:
        return intake.take_evidence(duty=duty, handed=handed, user=user, on=on, at=clock.now())
    except intake.NotAllowed as refused:
        raise problem_of(services.NotAllowed(str(refused))) from refused
    except NotDeclared as refused:
        words = _(
            "“%(name)s” holds a picture, in which no mark of secrecy can be looked for. Look at "
            "it, then send it again with “declared”."
        )
        raise at_fault("declared", words % {"name": name}, code="not_declared") from refused
    except TooLong as refused:
        raise _too_long(name) from refused
    except Unreadable as refused:
        raise at_fault("file", f"{name}: {sentence(refused)}", code="not_read") from refused


def _taken(
    duty: "Duty",
    said: HandIn,
    version: int,
    blobs: "tuple[tuple[Blob, str], ...]",
    *,
    user: "User",
    client_key: UUID,
    on: date,
) -> "Duty":
    act = services.Act(
        user=user,
        client_key=client_key,
        on=on,
        at=clock.now(),
        version=version,
        note=said.note,
        blobs=blobs,
    )
    try:
        if said.step == "claim":
            return services.claim_duty(duty_id=duty.pk, act=act)
        return services.report_progress(duty_id=duty.pk, act=act, percent=said.percent)
    except Exception as refused:
        raise problem_of(refused) from refused


def _too_long(name: str) -> Problem:
    words = _("At most %(bytes)s bytes are read.") % {"bytes": MOST_BYTES}
    return at_fault("file", f"{name}: {words}", code="too_large")


def _secret(refused: SecretMarked) -> str:
    return _(
        "A file bears the mark %(mark)s. It was not stored; only the fact of the refusal and a "
        "digest were recorded. Handle it by the rules on State secrets, on a machine apart."
    ) % {"mark": refused.mark.value}
