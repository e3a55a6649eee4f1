"""A form about a duty that has gone to another unit meanwhile: said plainly, what was typed stays.

Whoever did the duty for a unit knew it; to him alone it is said that it is no longer with that
unit, and since when. Where it went is not his to know.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lotrinh.apps.duties import selectors as duties
from lotrinh.web import clock
from lotrinh.web.access import reader
from lotrinh.web.answers import posted

_WORDS = ("note", "obstacle", "proposal")


def moved_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Return the page for who owed the duty before; Http404 for everybody else."""
    since = duties.moved_on(uid, seen_by=reader(request).pk, on=clock.today())
    if since is None:
        raise Http404
    sent = posted(request)
    typed = [sent[name] for name in _WORDS if sent.get(name, "").strip()]
    context = {"since": since, "typed": typed}
    return render(request, "pages/duties/moved.html", context, status=410)
