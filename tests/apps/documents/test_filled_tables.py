"""A register that was filled before it could be searched is found whole once it is migrated."""

from typing import Any

from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.documents.models import SearchEntry
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
