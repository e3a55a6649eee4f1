"""The interface as one application, and its description as an OpenAPI 3.1 document."""

from typing import Any

from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from lotrinh.api import documents, duties, evidence, problems, steps, units
from lotrinh.api.problems import MEDIA_TYPE, Problem

ROOT = "/api/v1/"
_FIRST_REFUSAL = 400

application = NinjaAPI(
    title="Lotrinh",
    version="1",
    description=(
        "Units, documents and duties for programs. A key opens no more than its account may do on "
        "the day. What may not be seen is answered like what is missing. Every write carries an "
        "Idempotency-Key; errors are problem documents (RFC 9457)."
    ),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
application.add_router("/units", units.router)
application.add_router("/documents", documents.router)
application.add_router("/duties", duties.router)
application.add_router("/duties", steps.router)
application.add_router("/duties", evidence.router)
application.add_exception_handler(Problem, problems.of_problem)
application.add_exception_handler(ValidationError, problems.of_validation)
application.add_exception_handler(AuthenticationError, problems.of_key)
application.add_exception_handler(HttpError, problems.of_http)


def described() -> dict[str, Any]:
    """Return the description: every answer with its form, problems as problem documents."""
    found: dict[str, Any] = application.get_openapi_schema(path_prefix=ROOT)
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) >= _FIRST_REFUSAL and "content" in answer:
                    answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
    return found
