"""What is answered when a page cannot be: the same words for what is missing and what is hidden."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from lotrinh.web.access import PUBLIC, right


@right(PUBLIC)
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer that there is nothing here, whether or not there is something to hide."""
    return render(request, "404.html", status=404)


@right(PUBLIC)
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer that the account may not do this here."""
    return render(request, "403.html", status=403)


@right(PUBLIC)
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is too large or not whole; nothing of it was taken."""
    return render(request, "400.html", status=400)


@right(PUBLIC)
def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours, without asking the database for anything."""
    return HttpResponse(get_template("500.html").render({}), status=500)


@right(PUBLIC)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old."""
    return render(request, "403_csrf.html", status=403)
