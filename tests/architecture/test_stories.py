"""What many tests stand on is told once, elsewhere; else a run takes half as long again."""

from dataclasses import replace

import pytest
from django.db import connection, connections

from lotrinh.apps.accounts.models import User
from tests import cluster
from tests.stories import LIBRARY, StrayedError

pytestmark = pytest.mark.django_db


def test_without_a_story_there_is_only_what_the_migrations_put_there():
    assert not User.objects.exists()


def test_the_cast_is_there_before_the_test_begins_and_was_not_told_again(cast, pytestconfig):
    library = pytestconfig.stash[LIBRARY]

    assert connection.settings_dict["NAME"] == library.told["cast"].database != library.empty
    assert User.objects.filter(pk=cast.chi.pk).exists()
    told = library.story("cast")
    assert library.story("cast") is told


def test_a_story_that_was_not_open_is_refused(pytestconfig):
    with pytest.raises(LookupError, match="cast was not open"):
        pytestconfig.stash[LIBRARY].made("cast")


def test_connections_that_a_fixture_keeps_or_leads_elsewhere_are_noticed(
    server, pytestconfig, monkeypatch
):
    library = pytestconfig.stash[LIBRARY]
    library.require_given_back()
    monkeypatch.setattr(cluster, "_pointed", [library.empty, "test_races"])
    with pytest.raises(StrayedError, match="still keeps the connections in test_races"):
        library.require_given_back()
    monkeypatch.undo()

    monkeypatch.setitem(connections["public"].settings_dict, "NAME", "test_lost")
    with pytest.raises(StrayedError, match=r"but in .*test_lost"):
        library.require_given_back()


def test_what_a_test_leaves_in_a_story_is_noticed(cast, pytestconfig, monkeypatch):
    library = pytestconfig.stash[LIBRARY]
    library.require_untouched()

    told = library.told["cast"]
    monkeypatch.setitem(library.told, "cast", replace(told, entries=told.entries - 1))
    with pytest.raises(StrayedError, match="many stand on: cast"):
        library.require_untouched()
