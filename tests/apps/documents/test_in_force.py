"""One law of the filter "in force": it leaves what the page of each document says is in force."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents import services as documents
from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.services import Identity
from lotrinh.rules.validity import Validity
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_document

STANDING = {Validity.IN_FORCE, Validity.PARTLY_AMENDED}
FIRST = date(2020, 1, 1)
days = st.integers(0, 9).map(lambda months: FIRST + timedelta(days=30 * months))
relations = st.fixed_dictionaries(
    {
        "source": st.none() | st.integers(0, 5),
        "target": st.integers(0, 5),
        "kind": st.sampled_from(["replaces", "repeals", "amends", "cites"]),
        "effective_from": st.none() | days,
        "target_pinpoint": st.sampled_from(["", "Điều 2"]),
        "ended_at": st.sampled_from([None, None, None, NOW]),
    }
)


def shelf(cast: Cast) -> list[Document]:
    """Return five documents, one of them without a day, two hidden from some, and a merged stub."""
    made = [
        make_document(keeper=keeper, user=user, issued_on=day)
        for keeper, user, day in (
            (cast.office, cast.chi, FIRST),
            (cast.ho_sen, cast.ha, FIRST + timedelta(days=60)),
            (cast.dong_gao, cast.khe, FIRST + timedelta(days=90)),
            (cast.ho_sen, cast.ha, FIRST + timedelta(days=120)),
            (cast.ho_sen, cast.ha, None),
        )
    ]
    stub = documents.cite_document(
        identity=Identity(system="party", type_code="NQ", number="45-NQ/TW"),
        language="vi",
        keeper=cast.office,
        at=NOW,
    )
    Document.objects.filter(pk=stub.pk).update(merged_into=made[1])
    return [*made, Document.objects.get(pk=stub.pk)]


SLOWLY = [HealthCheck.function_scoped_fixture]


@settings(max_examples=12, deadline=None, suppress_health_check=SLOWLY)
@given(st.lists(relations, max_size=6), days)
def test_what_is_left_is_what_stands(cast: Cast, stated: list[dict[str, Any]], as_of: date) -> None:
    check(cast, stated, as_of)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=SLOWLY)
@given(st.lists(relations, max_size=6), days)
def test_it_is_so_in_two_hundred_families(
    cast: Cast, stated: list[dict[str, Any]], as_of: date
) -> None:
    check(cast, stated, as_of)


def check(cast: Cast, stated: list[dict[str, Any]], as_of: date) -> None:
    with transaction.atomic():
        rows = shelf(cast)
        for one in stated:
            _state(rows, **one)
        for user in (cast.chi, cast.ha):
            asked = {"seen_by": user.pk, "on": TODAY}
            seen = registry.visible(**asked)
            left = set(registry.in_force(seen, as_of=as_of, **asked))
            assert left == {row for row in seen if _stands(row, as_of, asked)}
        transaction.set_rollback(True)


def _state(
    rows: list[Document], *, source: int | None, target: int, kind: str, **other: Any
) -> None:
    """State a relation as the tables allow it: none with itself, none that stands twice."""
    named = rows[source] if source is not None else None
    said = {
        "source": named,
        "target": rows[target],
        "kind": kind,
        "target_pinpoint": other["target_pinpoint"],
    }
    stands = Relation.objects.filter(ended_at=None, **said).exists()
    if (source is None and other["effective_from"] is None) or source == target or stands:
        return
    Relation.objects.create(**said | other, ended_reason="nhầm" if other["ended_at"] else "")


def _stands(document: Document, as_of: date, asked: dict[str, Any]) -> bool:
    if (document.effective_from or document.issued_on) is None:
        return False  # when it began nobody knows
    found = registry.related(document=document, **asked)
    return registry.stand_of(document, found, as_of=as_of).validity in STANDING
