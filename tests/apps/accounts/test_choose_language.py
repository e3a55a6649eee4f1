"""The language that an account chooses is the language of all its pages."""

import pytest

from lotrinh.apps.accounts import services
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_the_choice_is_kept_and_recorded():
    user = make_user(language="vi")

    services.choose_language(user_id=user.pk, language="en", at=NOW)

    assert User.objects.get(pk=user.pk).language == "en"
    assert Entry.objects.filter(verb="user.language_chosen", object_uid=user.uid).count() == 1


def test_choosing_the_present_language_again_writes_nothing():
    user = make_user(language="vi")

    with nothing_changes():
        services.choose_language(user_id=user.pk, language="vi", at=NOW)


@pytest.mark.parametrize("language", ["fr", "", "VI", "vi-VN"])
def test_a_language_without_a_catalogue_is_refused(language):
    user = make_user()

    with nothing_changes(), pytest.raises(services.LanguageUnknown):
        services.choose_language(user_id=user.pk, language=language, at=NOW)
