"""Every address states the right by which its page is opened."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path

from lotrinh.web.access import PUBLIC, RightMiddleware, right, right_of


def views(patterns, before=""):
    """Return every view below these patterns with its address."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def without_right(patterns):
    return [address for address, view in views(patterns) if right_of(view) is None]


def test_every_address_states_its_right():
    patterns = get_resolver().url_patterns

    assert without_right(patterns) == []
    assert len(list(views(patterns))) > 0


def test_every_address_has_a_name():
    unnamed = [
        str(pattern.pattern)
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLPattern) and not pattern.name
    ]

    assert unnamed == []


def test_an_address_without_a_right_is_found_and_answers_nobody():
    def bare(request):
        return HttpResponse("open")

    stated = right(PUBLIC)(lambda request: HttpResponse("open"))
    assert without_right([path("bare/", bare), path("stated/", stated)]) == ["bare/"]
    with pytest.raises(ImproperlyConfigured):
        RightMiddleware(bare).process_view(RequestFactory().get("/bare/"), bare, (), {})
