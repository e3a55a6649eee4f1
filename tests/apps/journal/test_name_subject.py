"""A name is kept beside the entries, can change, and does not come back after erasure."""

import pytest

from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.models import Subject
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW, key
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_a_later_name_replaces_the_first_and_the_salt_stays():
    uid = key()
    services.name_subject(uid=uid, name="Phan Thu Hà")
    salt = bytes(Subject.objects.get(uid=uid).salt)

    services.name_subject(uid=uid, name="Phan Thị Thu Hà")

    assert selectors.names_of([uid]) == {uid: "Phan Thị Thu Hà"}
    assert bytes(Subject.objects.get(uid=uid).salt) == salt


def test_two_subjects_do_not_share_a_salt():
    services.name_subject(uid=key(), name="A")
    services.name_subject(uid=key(), name="A")

    salts = {bytes(salt) for salt in Subject.objects.values_list("salt", flat=True)}
    assert len(salts) == 2
    assert {len(salt) for salt in salts} == {16}


def test_an_erased_name_does_not_come_back():
    uid = key()
    services.name_subject(uid=uid, name="Phan Thu Hà")
    services.erase_subject(uid=uid, actor=SYSTEM, at=NOW)

    with nothing_changes(), pytest.raises(services.SubjectErased):
        services.name_subject(uid=uid, name="Phan Thu Hà")
