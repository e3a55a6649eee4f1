"""Names of units for a field that is being filled in, where a page cannot list all of them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, right
from lotrinh.web.presenters.names import names_like

_LONGEST = 200


@right(SIGNED_IN)
@require_safe
def unit_names(request: HttpRequest) -> JsonResponse:
    """Give the names of units that stand today and are alike what is typed."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    return JsonResponse({"names": names_like(typed, on=clock.today())})
