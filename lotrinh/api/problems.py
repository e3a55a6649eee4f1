"""Errors as problem documents (RFC 9457): what is wrong, in which field, and what cures it.

In the language that the program asks for. ``type`` is a code that stays the same in every one.
"""

import json
from dataclasses import dataclass, field
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import Field

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A key is needed"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("This address does not know this method"),
    409: gettext_lazy("Something else was faster"),
    413: gettext_lazy("The request is too large"),
    422: gettext_lazy("Something does not fit"),
    428: gettext_lazy("Say which version was read"),
    429: gettext_lazy("Too many requests"),
}

_FAULTS = {
    "missing": gettext_lazy("This is needed."),
    "uuid_parsing": gettext_lazy("This is no uid. Write it as 8-4-4-4-12 digits from 0 to f."),
    "uuid_type": gettext_lazy("This is no uid. Write it as 8-4-4-4-12 digits from 0 to f."),
    "date_parsing": gettext_lazy("This is no day. Write it as year-month-day: 2024-08-07."),
    "date_from_datetime_parsing": gettext_lazy(
        "This is no day. Write it as year-month-day: 2024-08-07."
    ),
    "int_parsing": gettext_lazy("This is no whole number."),
    "int_type": gettext_lazy("This is no whole number."),
    "enum": gettext_lazy("This is none of the words that can stand here: %(expected)s."),
    "literal_error": gettext_lazy("This is none of the words that can stand here: %(expected)s."),
    "string_too_long": gettext_lazy("This is too long: at most %(max_length)s signs."),
    "string_pattern_mismatch": gettext_lazy("This holds a sign that cannot be kept."),
    "greater_than_equal": gettext_lazy("This is too small: at least %(ge)s."),
    "less_than_equal": gettext_lazy("This is too large: at most %(le)s."),
    "extra_forbidden": gettext_lazy("Nothing with this name is asked for."),
}
"""By the code of a fault, what is said of the field."""


class FieldFault(Schema):
    """What is wrong with one field."""

    field: str
    message: str


class Meanwhile(Schema):
    """The step that somebody else was faster with."""

    step: str
    by: str
    at: str
    version: int


class ProblemOut(Schema):
    """A problem document as RFC 9457 has it, with the fields that are at fault."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldFault] = Field(default_factory=list)
    meanwhile: Meanwhile | None = None


@dataclass(eq=False)
class Problem(Exception):
    """Why a request is not fulfilled. ``code`` names it, ``detail`` says what cures it."""

    status: int
    code: str
    detail: str
    errors: tuple[tuple[str, str], ...] = ()
    meanwhile: Meanwhile | None = None
    headers: dict[str, str] = field(default_factory=dict)


def response_of(problem: Problem) -> HttpResponse:
    """Return the problem as a document."""
    said: dict[str, Any] = {
        "type": f"urn:lotrinh:problem:{problem.code}",
        "title": str(TITLES[problem.status]),
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        said["errors"] = [{"field": name, "message": text} for name, text in problem.errors]
    if problem.meanwhile:
        said["meanwhile"] = problem.meanwhile.model_dump()
    body = json.dumps(said, ensure_ascii=False)
    answer = HttpResponse(body, status=problem.status, content_type=MEDIA_TYPE)
    for name, value in problem.headers.items():
        answer[name] = value
    return answer


def not_found() -> Problem:
    """Return the one answer for what is missing and for what may not be seen."""
    return Problem(404, "not_found", _("Nothing that you may see stands at this address."))


def at_fault(name: str, message: str, *, code: str = "not_valid") -> Problem:
    """Return that one field does not fit."""
    return Problem(422, code, message, ((name, message),))


def of_problem(request: HttpRequest, problem: Problem | type[Problem]) -> HttpResponse:
    """Answer a problem that was raised."""
    return response_of(cast(Problem, problem))


def of_validation(
    request: HttpRequest, refused: ValidationError | type[ValidationError]
) -> HttpResponse:
    """Answer fields that do not fit, each by its name."""
    errors = tuple(
        (_name(fault["loc"]), _message(fault)) for fault in cast(ValidationError, refused).errors
    )
    detail = _("Put right the fields that are named, and send it again.")
    return response_of(Problem(422, "not_valid", detail, errors))


def of_key(request: HttpRequest, refused: object) -> HttpResponse:
    """Answer a request that brings no key."""
    detail = _("Send a key with it: Authorization: Bearer lotrinh_…")
    return response_of(Problem(401, "key_missing", detail, headers={"WWW-Authenticate": "Bearer"}))


def of_http(request: HttpRequest, refused: object) -> HttpResponse:
    """Answer what could not be read at all."""
    return response_of(Problem(400, "not_readable", _("The body must be one JSON object.")))


def _name(place: tuple[object, ...]) -> str:
    """Return the name of a field as the program wrote it, without the model that holds it."""
    parts = [str(part) for part in place[1:]]
    holders = {"filters", "body"}
    return ".".join(part for part in parts if part not in holders) or str(place[0])


def _message(fault: dict[str, Any]) -> str:
    text = str(_FAULTS.get(fault["type"], gettext_lazy("This does not fit here.")))
    return text % fault["ctx"] if "%(" in text and fault.get("ctx") else text
