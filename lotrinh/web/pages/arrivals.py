"""Several files handed in together: each has its own verdict and its own line."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.documents import too_long
from lotrinh.web.presenters import arrivals

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Unit


@right(Action.REGISTER_DOCUMENT)
@require_safe
def arrivals_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what became of the files that the reader handed in together under one key."""
    user = reader(request)
    lines = readings.arrivals(client_key=uid, user_id=user.pk)
    if not lines:
        raise Http404
    found = {line.run.rendition.document for line in lines if line.run}
    shown = arrivals.rows_of(lines, readings.progress_of(found), too_long=too_long())
    context: dict[str, Any] = {
        "rows": shown,
        "taken_count": sum(row.url is not None for row in shown),
        "refused_count": sum(bool(row.refused_text) for row in shown),
        "is_reading": any(row.is_waiting for row in shown),
    }
    return render(request, "pages/documents/arrivals.html", context)


def take_all(
    files: "Sequence[UploadedFile[Any]]", *, key: UUID, keeper: "Unit", user: "User", on: date
) -> HttpResponse:
    """Take files in one by one and lead to their lines; one bad file does not hurt the others."""
    for file in files:
        try:
            intake.take_file(
                submission=intake.Submission(content=file.read(), source_name=str(file.name or "")),
                keeper=keeper,
                user=user,
                client_key=key,
                on=on,
                at=clock.now(),
            )
        except intake.NotAllowed as refused:
            raise PermissionDenied from refused
    return SeeOther(reverse("arrivals", kwargs={"uid": key}))
