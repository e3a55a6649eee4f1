"""An installation with decisions of the first days is brought to numbered turns; none is lost."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.intake import selectors
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, Decision, RuleTally, SettledDifference
from lotrinh.engine import Engine
from tests.factories import NOW, TODAY, key
from tests.migrating import empty_database, migrate

BEFORE = [
    ("intake", "0002_identity_and_keys"),
    ("targets", "0001_initial"),
    ("journal", "0001_initial"),
]


def fill(apps: Any) -> list[Any]:
    """Write a reading with three proposals: one confirmed, one rejected, one open."""

    def rows(app: str, name: str) -> Any:
        return apps.get_model(app, name).objects.using("owner")

    user = rows("accounts", "User").create(sign_in_name="a", password="!", created_at=NOW)
    unit = rows("units", "Unit").create(
        code="tp", kind="city", name_vi="Thành phố", name_en="City", sort_key="tp"
    )
    document = rows("documents", "Document").create(
        system="party", number="1-KH/TU", language="vi", keeper=unit, registered_at=NOW
    )
    rendition = rows("documents", "Rendition").create(
        document=document, kind="original", language="vi", text="A b c", sha256="0", added_at=NOW
    )
    run = rows("intake", "ReadingRun").create(
        rendition=rendition, state="done", queued_by=user, queued_at=NOW, client_key=key()
    )
    duty = rows("duties", "Duty").create(title="Việc", language="vi", owed_to=unit)
    proposals = [
        rows("intake", "Candidate").create(
            run=run,
            ordinal=n,
            kind="task",
            start=n,
            end=n + 1,
            rule="r",
            confidence=0.9,
            fields={},
        )
        for n in (1, 2, 3)
    ]
    given = {"by": user, "at": NOW, "client_key": key()}
    rows("intake", "Decision").create(
        candidate=proposals[0], verdict="confirmed", duty=duty, **given
    )
    rows("intake", "Decision").create(
        candidate=proposals[1], verdict="rejected", reason="duplicate", note="trùng", **given
    )
    return [row.uid for row in proposals]


@pytest.mark.slow
def test_old_decisions_are_the_first_turns(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    with empty_database(server, django_db_blocker, "of_decisions"):
        uids = fill(migrate(BEFORE))

        migrate()

        rows = list(Candidate.objects.order_by("ordinal"))
        assert [row.uid for row in rows] == uids
        assert {(row.origin, row.made_by_id) for row in rows} == {("read", None)}
        assert [selectors.turn_of(row) for row in rows] == [1, 1, 0]
        held = Decision.objects.order_by("candidate__ordinal")
        assert [(row.verdict, row.reason, row.note) for row in held] == [
            ("confirmed", "", ""),
            ("rejected", "duplicate", "trùng"),
        ]
        assert held[0].duty is not None and held[0].duty.title == "Việc"
        (tally,) = RuleTally.objects.all()
        assert (tally.rule, tally.accepted, tally.dropped) == ("r", 1, 1)
        assert tally.day == TODAY
        assert intake.recount_rules() == 0


def fill_settled(apps: Any) -> None:
    """Write two differences that were taken, one of which was undone since, and one left."""

    def rows(app: str, name: str) -> Any:
        return apps.get_model(app, name).objects.using("owner")

    fill(apps)
    user, run = rows("accounts", "User").get(), rows("intake", "ReadingRun").get()
    again = rows("intake", "ReadingRun").create(
        rendition=run.rendition,
        state="done",
        queued_by=user,
        queued_at=NOW,
        client_key=key(),
        rereads=run,
    )
    given = {"by": user, "client_key": key()}
    for older, taken in zip(
        rows("intake", "Candidate").order_by("ordinal"), (["due"], ["due"], []), strict=True
    ):
        newer = rows("intake", "Candidate").create(
            run=again,
            ordinal=older.ordinal,
            kind="task",
            start=1,
            end=2,
            rule="r",
            confidence=0.9,
            fields={},
        )
        rows("intake", "SettledDifference").create(
            older=older, newer=newer, fields={"due": [1, 2]}, taken=taken, at=NOW, **given
        )
        rows("intake", "Decision").create(
            candidate=older,
            turn=2,
            verdict="reopened" if older.ordinal != 2 else "withdrawn",
            at=NOW + timedelta(hours=1),
            **given,
        )


@pytest.mark.slow
def test_what_was_taken_and_undone_in_the_past_is_asked_again(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    before = [("intake", "0005_differences"), ("journal", "0001_initial")]
    with empty_database(server, django_db_blocker, "of_settlements"):
        fill_settled(migrate(before))

        migrate()

        rows = SettledDifference.objects.order_by("older__ordinal", "turn")
        assert [(row.older.ordinal, row.turn, row.taken, row.is_reopened) for row in rows] == [
            (1, 1, ["due"], False),
            (1, 2, [], True),
            (2, 1, ["due"], False),
            (3, 1, [], False),
        ]
