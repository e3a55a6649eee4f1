"""A type of documents is in force for an interval; defining it again corrects its names."""

from datetime import date

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.documents.models import DocumentType
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def define(name_vi="Nghị quyết", *, code="NQ", since=date(2018, 1, 1), until=None):
    return services.define_type(
        system="party",
        code=code,
        name_vi=name_vi,
        name_en="Resolution",
        since=since,
        until=until,
        legal_basis="Hướng dẫn 36-HD/VPTW",
        actor=SYSTEM,
        at=NOW,
    )


def test_defining_it_again_corrects_the_names_of_the_same_row():
    first = define("Nghi quyet")

    again = define("Nghị quyết")

    assert again.pk == first.pk
    assert DocumentType.objects.get().name_vi == "Nghị quyết"
    assert Entry.objects.filter(verb="document_type.defined").count() == 2


def test_types_of_a_day_are_those_in_force_then():
    define(since=date(2018, 1, 1), until=date(2026, 1, 1))
    later = define("Nghị quyết (mới)", since=date(2026, 1, 1))
    define("Chỉ thị", code="CT")

    assert [row.name_vi for row in selectors.types_on(on=date(2025, 12, 31))] == [
        "Chỉ thị",
        "Nghị quyết",
    ]
    assert selectors.type_names(on=date(2026, 1, 1))["party", "NQ"].name_vi == later.name_vi
    assert selectors.types_on(on=date(2017, 12, 31)) == ()
