"""The page that leads anywhere: to a page, a unit, a document by its number, a duty by a word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.presenters.finding import found_by

LONGEST = 100


@right(SIGNED_IN)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show what the typed words may mean; ``as=list`` gives the bare list for the palette."""
    user, on = reader(request), clock.today()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    kinds = found_by(words, seen_by=user.pk, on=on)
    context = {"words": words, "kinds": kinds, "total": sum(len(one.finds) for one in kinds)}
    if request.GET.get("as") == "list":
        return HttpResponse(render_to_string("pages/finding/list.html", context))
    return render(request, "pages/finding/find.html", context)
