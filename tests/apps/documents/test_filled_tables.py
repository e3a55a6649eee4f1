"""A register that was filled in the first days loses nothing when its tables are migrated."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.documents import selectors
from lotrinh.apps.documents.models import Document, JoinedText, Rendition, SearchEntry
from lotrinh.apps.documents.services import rebuild_search
from lotrinh.engine import Engine
from tests.factories import NOW, key
from tests.migrating import empty_database, migrate

BEFORE = [
    ("documents", "0009_series_are_found"),
    ("journal", "0001_initial"),
]


def fill(apps: Any) -> None:
    """Write a plan with an original and a translation that counts, a cited one, a merged one."""

    def rows(app: str, name: str) -> Any:
        return apps.get_model(app, name).objects.using("owner")

    user = rows("accounts", "User").create(sign_in_name="a", password="!", created_at=NOW)
    unit = rows("units", "Unit").create(
        code="tp", kind="city", name_vi="Thành phố Hồ Sen", name_en="City", sort_key="tp"
    )

    def document(number: str, **other: Any) -> Any:
        given = {"system": "state", "language": "vi", "keeper": unit, "registered_at": NOW}
        return rows("documents", "Document").create(number=number, **given, **other)

    plan = document("12/KH-UBND", title="Chuyển đổi số", issuer=unit)
    document("45-NQ/TW", is_stub=True)
    document("12/KH-UB", is_stub=True, merged_into=plan)
    texts = [
        rows("documents", "Rendition").create(
            document=plan, kind=kind, language=kind[:2], text=text, sha256=kind, added_at=NOW
        )
        for kind, text in (("original", "Tăng cường hồ sơ."), ("translation", "More files."))
    ]
    rows("documents", "TextChoice").create(
        document=plan, rendition=texts[1], turn=1, by=user, at=NOW, client_key=key()
    )


@pytest.mark.slow
def test_what_was_registered_before_is_found_by_number_and_words(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    with empty_database(server, django_db_blocker, "of_documents"):
        fill(migrate(BEFORE))
        with connections["owner"].cursor() as cursor:  # however few rows: as it is with many
            cursor.execute("SET min_parallel_table_scan_size = 0")

        migrate()

        found = SearchEntry.objects.order_by("document")
        assert [(row.document.number, row.count, row.series) for row in found] == [
            ("12/KH-UBND", "12", "khubnd"),
            ("45-NQ/TW", "45", "nqtw"),
        ]
        assert found[0].rendition is not None and found[0].rendition.kind == "translation"
        assert SearchEntry.objects.extra(where=["words @@ '''files'''::tsquery"]).count() == 1
        assert rebuild_search() == 0


def fill_joined(apps: Any) -> None:
    """Write a plan with two texts, one of which a joined document brought, and how that was."""

    def rows(app: str, name: str) -> Any:
        return apps.get_model(app, name).objects.using("owner")

    unit = rows("units", "Unit").create(
        code="tp", kind="city", name_vi="Thành phố Hồ Sen", name_en="City", sort_key="tp"
    )
    given = {"system": "state", "language": "vi", "keeper": unit, "registered_at": NOW}
    plan = rows("documents", "Document").create(number="12/KH-UBND", **given)
    copy = rows("documents", "Document").create(is_stub=True, merged_into=plan, **given)
    later = NOW + timedelta(hours=1)
    for document, text, at in (
        (plan, "Gốc.", NOW),
        (plan, "Trùng.", NOW),
        (copy, "Ký.", NOW),
        (copy, "Trùng.", NOW),
        (plan, "Ký.", later),
    ):
        rows("documents", "Rendition").create(
            document=document, kind="original", text=text, sha256=text, added_at=at
        )
    payload = {
        "at": later.isoformat(),
        "object": {"kind": "document", "uid": str(copy.uid)},
        "data": {"into": str(plan.uid), "kind": "original", "texts": 2},
    }
    rows("journal", "Entry").create(
        at=later,
        verb="document.joined",
        actor_kind="user",
        object_kind="document",
        object_uid=copy.uid,
        payload=json.dumps(payload),
        leaf=b"",
    )


@pytest.mark.slow
def test_what_a_join_of_the_past_brought_goes_when_it_is_taken_apart(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    before = [("documents", "0010_documents_are_found"), ("journal", "0001_initial")]
    with empty_database(server, django_db_blocker, "of_joins"):
        fill_joined(migrate(before))

        migrate()

        plan, copy = Document.objects.order_by("id")
        brought = JoinedText.objects.values_list("rendition__document", "origin__document")
        assert list(brought) == [(plan.pk, copy.pk)]
        held = Rendition.objects.filter(selectors.belongs(), document=plan).order_by("id")
        assert [row.text for row in held] == ["Gốc.", "Trùng.", "Ký."]
        Document.objects.filter(pk=copy.pk).update(merged_into=None)
        assert [row.text for row in held.all()] == ["Gốc.", "Trùng."]
