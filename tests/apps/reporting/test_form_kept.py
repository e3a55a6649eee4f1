"""The form of a collection is read once for all units, and anew when a row of it was changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.reporting import selectors
from lotrinh.apps.reporting.models import Collection
from lotrinh.apps.targets.models import Measure

pytestmark = pytest.mark.django_db


def names(collection: Collection) -> list[str]:
    anew = Collection.objects.get(pk=collection.pk)
    return [line.measure.name for line in selectors.lines_of(collection=anew)]


def test_it_is_read_once_and_told_apart_by_its_rows(collection, families, schooled) -> None:
    assert names(collection) == [families.name, schooled.name]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert names(collection) == [families.name, schooled.name]
    assert len(asked) == 2  # the collection, and the mark of its form
    Measure.objects.filter(pk=families.pk).update(name="Gia đình văn hóa, sửa")
    assert names(collection) == ["Gia đình văn hóa, sửa", schooled.name]
