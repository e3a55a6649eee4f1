"""Reference data of documents as of a day: types, suffixes of issuers, terms."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.registry import TermForm
from lotrinh.web.pages.document import day_asked
from lotrinh.web.wording import SYSTEMS, word


@right(SIGNED_IN)
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show which types, suffixes and terms hold on a day, and by which rule."""
    user, today = reader(request), clock.today()
    as_of = day_asked(request, today)
    types = registry.types_on(on=as_of)
    context = {
        "as_of": as_of,
        "types": [(word(SYSTEMS, row.system), row) for row in types],
        "suffixes": [(word(SYSTEMS, row.system), row) for row in registry.suffixes_on(on=as_of)],
        "terms": registry.terms_known(),
        "may_enter": units.may_define(user_id=user.pk, on=today),
    }
    return render(request, "pages/documents/reference.html", context)


@right(Action.DEFINE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, code: str) -> HttpResponse:
    """Enter on which days a term of the Party begins and ends."""
    user, today = reader(request), clock.today()
    if not units.may_define(user_id=user.pk, on=today):
        raise PermissionDenied
    known = (row for row in registry.terms_known() if row.unit_id is None)
    found = next((row for row in known if row.code == code), None)
    if found is None:
        raise Http404
    days = {
        "begins": day_and_month(found.begins_on) if found.begins_on else "",
        "ends": day_and_month(found.ends_on) if found.ends_on else "",
    }
    if request.method != "POST":
        form = TermForm(
            initial={
                "was_begins": days["begins"],
                "was_ends": days["ends"],
                "begins_on": days["begins"],
                "ends_on": days["ends"],
                "legal_basis": found.legal_basis,
            }
        )
        return render(request, "pages/documents/term.html", {"form": form, "term": found})
    form = TermForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.enter_term(
                term=found,
                was=(said["was_begins"], said["was_ends"]),
                begins_on=said["begins_on"],
                ends_on=said["ends_on"],
                legal_basis=said["legal_basis"],
                user=user,
                on=today,
                at=clock.now(),
            )
        except services.TermChangedMeanwhile:
            form.add_error(None, _("Somebody else entered these days meanwhile: look at them."))
        except services.TermBackwards:
            form.add_error("ends_on", _("A term does not end before it begins."))
        else:
            messages.success(request, _("The days of the term are entered."))
            return SeeOther(reverse("document-reference"))
    context = {"form": form, "term": found}
    return render(request, "pages/documents/term.html", context, status=422)
