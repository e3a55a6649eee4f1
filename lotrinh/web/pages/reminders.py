"""How the reader is reminded: by letters to his address, and by a calendar of his deadlines.

The calendar has a secret address, shown once, since programs that read it cannot sign in.
"""

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts import selectors as known
from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.duties import selectors as duties
from lotrinh.web import clock
from lotrinh.web.access import PUBLIC, SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.reminders import AddressForm, FeedForm
from lotrinh.web.presenters.feed import calendar_of

MOST_DEADLINES = 500
"""How many deadlines a calendar holds at most, the nearest first."""
MOST_ASKED, WITHIN = 60, 3600
"""How often a secret address answers within so many seconds."""


@right(SIGNED_IN)
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Show how the reader is reminded; ``act`` says what a form changes."""
    user, act = reader(request), request.POST.get("act", "")
    form = AddressForm(request.POST if act == "address" else None, initial={"email": user.email})
    if act == "address" and form.is_valid():
        email = form.cleaned_data["email"]
        accounts.choose_address(user_id=user.pk, email=email, at=clock.now())
        told = _("Letters go to %(email)s.") if email else _("You get no letters any more.")
        messages.success(request, told % {"email": email} if email else told)
        return SeeOther(reverse("account-reminders"))
    if act == "close":
        accounts.close_feed(user_id=user.pk, at=clock.now())
        messages.success(request, _("The address of your calendar opens nothing any more."))
        return SeeOther(reverse("account-reminders"))
    feed = FeedForm(request.POST if act == "open" else None, initial={"client_key": uuid7()})
    if act == "open" and feed.is_valid():
        try:
            secret = accounts.open_feed(user_id=user.pk, at=clock.now(), **feed.cleaned_data)
        except accounts.GivenAlready:
            messages.warning(
                request, _("The address was shown once and is kept nowhere. Make another.")
            )
            return SeeOther(reverse("account-reminders"))
        return _given(request, secret)
    context = {
        "form": form,
        "feed_form": feed,
        "feed": known.open_feed_of(user_id=user.pk),
        "sends_mail": settings.LOTRINH_SENDS_MAIL,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/account/reminders.html", context, status=status)


def _given(request: HttpRequest, secret: str) -> HttpResponse:
    """Print the secret address, this once."""
    path = reverse("calendar-feed", kwargs={"secret": secret})
    context = {"feed_url": request.build_absolute_uri(path)}
    answer = render(request, "pages/account/feed.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@right(PUBLIC)
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the open deadlines of the account whose secret this is, as it may see them today."""
    user = known.user_by_feed(secret)
    if user is None:
        raise Http404
    if _times_asked(f"feed:{known.hash_of(secret)}") > MOST_ASKED:
        return HttpResponse(status=429, headers={"Retry-After": str(WITHIN)})
    with translation.override(user.language):
        held = duties.deadlines_of(seen_by=user.pk, on=clock.today(), most=MOST_DEADLINES)
        body = calendar_of(held, at=clock.now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="lotrinh.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _times_asked(counted: str) -> int:
    """Return how often this was asked lately; the first time where the count ends between."""
    cache.add(counted, 0, WITHIN)
    try:
        return cache.incr(counted)
    except ValueError:
        return 1
