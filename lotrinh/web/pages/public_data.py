"""What everybody may take away: the table of all promises, what describes it, and the feed."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.rules.publication import feed as feeds
from lotrinh.rules.publication import open_data
from lotrinh.rules.publication.canonical import canonical
from lotrinh.rules.publication.content import Publication
from lotrinh.web.access import PUBLIC, right
from lotrinh.web.formatting import day
from lotrinh.web.pages.public import shown, unchanged
from lotrinh.web.presenters.public import heading_row
from lotrinh.web.public_source import Served, served, told

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed was renewed of which nothing is published yet."""


@right(PUBLIC)
@require_safe
def about(request: HttpRequest, language: str) -> HttpResponse:
    """Say where the numbers come from, how they are judged, and what may be taken away."""
    found = served()
    context = {
        "headings": [heading_row(one) for one in told(found)],
        "heading": heading_row(found.publication.heading) if found.publication else None,
        "columns": [(one[0], one[3 if language == "en" else 2]) for one in open_data.COLUMNS],
    }
    return shown(request, "public/about.html", "public-about", context, found)


@right(PUBLIC)
@require_safe
def table(request: HttpRequest, language: str) -> HttpResponse:
    """Hand out the table of all promises as CSV."""
    found, publication = _held()
    text = open_data.csv_of(publication, language=language)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="promises-{language}.csv"'
    return unchanged(request, response, found)


@right(PUBLIC)
@require_safe
def content(request: HttpRequest, language: str) -> HttpResponse:
    """Hand out the whole publication as the canonical JSON that its hash is made of."""
    found, publication = _held()
    return unchanged(request, _json(canonical(publication)), found)


@right(PUBLIC)
@require_safe
def package(request: HttpRequest, language: str) -> HttpResponse:
    """Describe the table as a Frictionless data package."""
    found, publication = _held()
    text = open_data.data_package(publication, **_described(language))
    return unchanged(request, _json(text), found)


@right(PUBLIC)
@require_safe
def catalogue(request: HttpRequest, language: str) -> HttpResponse:
    """Describe the data as a dataset of DCAT, in JSON-LD."""
    found, publication = _held()
    text = open_data.dcat_of(publication, **_described(language))
    return unchanged(request, _json(text, "application/ld+json"), found)


@right(PUBLIC)
@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """Tell of every publication as an Atom feed, also before there is one."""
    found = served()
    headings = told(found)
    words = [
        _("Publication %(n)s, figures as of %(day)s") % {"n": one.number, "day": day(one.as_of)}
        for one in headings
    ]
    text = feeds.atom_of(
        headings,
        words,
        title=_("Does the city keep its promises?"),
        address=settings.LOTRINH_ADDRESS + reverse("public-home", kwargs={"language": language}),
        since=_NEVER,
    )
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    return unchanged(request, response, found)


def _held() -> tuple[Served, Publication]:
    """Return what is public; of nothing there is no file. Raises Http404."""
    found = served()
    if found.publication is None:
        raise Http404
    return found, found.publication


def _described(language: str) -> dict[str, str]:
    about = reverse("public-about", kwargs={"language": language})
    return {
        "language": language,
        "title": _("Promises of the city, with plan and result"),
        "address": settings.LOTRINH_ADDRESS + about,
    }


def _json(text: str, kind: str = "application/json") -> HttpResponse:
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8")
