"""A view of the short way is asked before all that is done for pages, and refuses as others do."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch

from lotrinh.web import short_way as way
from lotrinh.web.access import PUBLIC, SIGNED_IN, right
from lotrinh.web.short_way import ShortWayMiddleware, short_way


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch, rf):
    """Return by which way a view of an address is asked."""

    def ask(view, path: str = "/doors/key/passes/") -> str:
        match = ResolverMatch(view, (), {})
        monkeypatch.setattr(way, "resolve", lambda _path: match)
        long = ShortWayMiddleware(lambda _request: HttpResponse("long"))
        answer = long(rf.post(path))
        assert isinstance(answer, HttpResponse)
        return answer.content.decode()

    return ask


def said(status: int):
    return lambda _request: HttpResponse("short", status=status)


def test_only_a_public_view_that_says_so_goes_it(taken) -> None:
    assert taken(short_way(right(PUBLIC)(said(200)))) == "short"
    assert taken(right(PUBLIC)(said(200))) == "long"
    assert taken(short_way(right(SIGNED_IN)(said(200)))) == "long"


def test_no_other_address_is_looked_at(taken) -> None:
    assert taken(short_way(right(PUBLIC)(said(200))), "/duties/") == "long"


def test_what_it_refuses_is_answered_by_the_way_of_all_others(taken) -> None:
    def missing(_request: HttpRequest) -> HttpResponse:
        raise Http404

    assert taken(short_way(right(PUBLIC)(said(400)))) == "long"
    assert taken(short_way(right(PUBLIC)(missing))) == "long"
