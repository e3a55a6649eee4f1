"""Signing in and out, choosing the language, and (in the demonstration) whom to be."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as set_language_cookie

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import purpose
from lotrinh.web import clock
from lotrinh.web.access import PUBLIC, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import named

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Appointment

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom a visitor of the demonstration can be."""

    sign_in: str
    person_name: str
    post_text: str
    unit_name: str
    duty_text: str | None
    is_current: bool


@right(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and open the session."""
    answer: HttpResponse = allauth_views.login(request)
    return answer


@right(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask before closing the session; close it when that is sent."""
    answer: HttpResponse = allauth_views.logout(request)
    return answer


@right(PUBLIC)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak the language chosen from now on, and remember it with the account."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        accounts.choose_language(user_id=reader(request).pk, language=language, at=clock.now())
    answer: HttpResponse = set_language_cookie(request)
    return answer


@right(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Let a visitor of the demonstration look through the eyes of one of its people."""
    if not settings.LOTRINH_DEMO:
        raise Http404
    held = units.accounts_with_posts(on=clock.today())
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    onward = asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else ""
    if request.method == "POST":
        wanted = request.POST.get("sign_in", "")
        people = [row.person.user for row in held]
        found = next((user for user in people if user and user.sign_in_name == wanted), None)
        if found is None:
            raise Http404
        login(request, found, backend=BACKEND)
        return SeeOther(onward or reverse("home"))
    known: dict[str, Role] = {}
    for row in held:
        if row.person.user is not None:
            known.setdefault(row.person.user.sign_in_name, _role(row, request))
    context = {"roles": list(known.values()), "next": onward}
    return render(request, "pages/account/roles.html", context)


def _role(held: "Appointment", request: HttpRequest) -> Role:
    user = held.person.user
    name = user.sign_in_name if user else ""
    return Role(
        sign_in=name,
        person_name=held.person.full_name,
        post_text=named(held.post, "title"),
        unit_name=named(held.post.unit),
        duty_text=purpose(name, get_language() or settings.LANGUAGE_CODE) or None,
        is_current=user is not None and user.pk == request.user.pk,
    )
