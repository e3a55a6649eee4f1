"""What many tests stand on is told once, elsewhere; else a run takes half as long again."""

import pytest
from django.db import connection

from lotrinh.apps.accounts.models import User
from tests.stories import LIBRARY

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
