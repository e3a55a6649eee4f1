"""What the two roles may do is read back from the database, not from the code that granted it."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from lotrinh.apps.duties import services as duties
from lotrinh.apps.files import services as files
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.grants import append_only_tables, granted_rights, table_rights
from lotrinh.engine import APP_ROLE, OWNER_ROLE
from tests import cluster
from tests.architecture.conference_scenarios import admit
from tests.architecture.document_scenarios import DOCUMENT_SCENARIOS
from tests.architecture.inspecting import sources
from tests.architecture.reading_scenarios import READING_SCENARIOS
from tests.architecture.scenarios import SCENARIOS
from tests.architecture.target_scenarios import TARGET_SCENARIOS, way_of_a_target
from tests.cast import gather
from tests.factories import (
    NOW,
    TODAY,
    act,
    an_assignment,
    key,
    make_candidate,
    make_duty,
    make_run,
    make_target,
)
from tests.integrity_stage import ask, with_cloned_rows
from tests.stories import own_blobs

APPEND_ONLY = {
    "documents_clause",
    "documents_joined_text",
    "documents_rendition",
    "documents_text_choice",
    "documents_verification",
    "duties_event",
    "duties_digest_line",
    "duties_evidence",
    "duties_ladder_setting",
    "duties_notice",
    "duties_notice_reading",
    "duties_source",
    "files_declaration",
    "intake_arrival",
    "intake_candidate",
    "intake_correction",
    "intake_decision",
    "intake_descent",
    "intake_learned_name",
    "intake_learned_name_end",
    "intake_learned_name_use",
    "dissemination_acknowledgement",
    "dissemination_check_in",
    "dissemination_conclusion",
    "dissemination_conclusion_notice",
    "dissemination_headcount",
    "dissemination_programme_answer",
    "dissemination_programme_closing",
    "dissemination_programme_link",
    "dissemination_programme_question",
    "dissemination_programme_review",
    "dissemination_later_session",
    "dissemination_question",
    "dissemination_question_event",
    "dissemination_record",
    "dissemination_reflections",
    "dissemination_signal",
    "dissemination_study_call",
    "intake_lexicon_line",
    "intake_lexicon_measure",
    "intake_lexicon_support",
    "intake_lexicon_turn",
    "intake_fingerprint",
    "intake_likeness",
    "intake_likeness_answer",
    "intake_settled_difference",
    "journal_day_signature",
    "journal_entry",
    "journal_seal",
    "publishing_publication",
    "reporting_approval",
    "reporting_check_setting",
    "reporting_collection_line",
    "reporting_collection_stage",
    "reporting_figure",
    "reporting_integrity_answer",
    "reporting_integrity_closing",
    "reporting_integrity_ground",
    "reporting_integrity_question",
    "reporting_integrity_setting",
    "reporting_regime_measure",
    "reporting_regime_stage",
    "reporting_report_cell",
    "reporting_report_event",
    "reporting_report_evidence",
    "reviews_edition",
    "reviews_section_text",
    "targets_allocation_event",
    "targets_interim_value",
    "targets_source",
}
"""Written by hand: a table that leaves this list leaves it in the open."""

ALL_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def deviations(granted, append_only):
    """Return the tables on which the application may do something else than is promised."""
    wrong = []
    for table, rights in sorted(granted.items()):
        if table in append_only:
            promised = {"SELECT", "INSERT"}
        elif table == "django_migrations":
            promised = {"SELECT"}
        elif table.startswith('"published"'):
            promised = {"SELECT", "INSERT", "DELETE"}
        else:
            promised = {"SELECT", "INSERT", "UPDATE", "DELETE"}
        if set(rights) != promised:
            wrong.append(f"{table}: {sorted(rights)}")
    return wrong


@pytest.mark.django_db
def test_the_application_may_do_exactly_what_is_promised():
    granted = granted_rights(using="default", role=APP_ROLE)

    assert deviations(granted, APPEND_ONLY) == []
    assert set(granted) >= APPEND_ONLY


def test_the_tables_that_call_themselves_append_only_are_these():
    assert append_only_tables() == APPEND_ONLY
    assert set(table_rights("journal_entry", append_only_tables())) == {"SELECT", "INSERT"}


@pytest.mark.django_db
def test_nothing_can_be_emptied_referred_to_or_given_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, r FROM pg_tables, unnest(%s::text[]) AS r"
            " WHERE schemaname = 'public'"
            " AND has_table_privilege(%s, format('public.%%I', tablename), r)",
            [list(ALL_RIGHTS[4:]), APP_ROLE],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_application_owns_nothing_and_may_define_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (APP_ROLE,)
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,"
            " pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = current_user",
            [OWNER_ROLE],
        )
        assert cursor.fetchone() == (False,) * 6
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_class WHERE relowner = r.oid),"
            " (SELECT count(*) FROM pg_proc WHERE proowner = r.oid),"
            " (SELECT count(*) FROM pg_type WHERE typowner = r.oid),"
            " (SELECT count(*) FROM pg_namespace WHERE nspowner = r.oid),"
            " (SELECT count(*) FROM pg_database WHERE datdba = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (0,) * 5
        cursor.execute(
            "SELECT has_schema_privilege(nspname, 'CREATE') FROM pg_namespace"
            " WHERE nspname = 'public'"
        )
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE')")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE planted (id int)",
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "ALTER TABLE journal_entry ADD COLUMN planted int",
        "DROP TABLE journal_entry",
        "UPDATE journal_entry SET verb = 'other'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "TRUNCATE units_unit CASCADE",
        "SET session_replication_role = replica",
        f"SET ROLE {OWNER_ROLE}",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_is_refused(statement):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_application_gives_itself_nothing():
    """PostgreSQL answers such a wish with a warning; what counts is that nothing came of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE ON journal_entry TO {APP_ROLE}")

    assert granted_rights(using="default", role=APP_ROLE)["journal_entry"] == {"SELECT", "INSERT"}


@pytest.fixture(scope="module")
def filled(server, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """A database of its own in which every append-only table holds rows, all committed."""
    with (
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "filled") as name,
        cluster.pointed_at(server, name),
        own_blobs(tmp_path_factory.mktemp("blobs")),
    ):
        people = gather()
        given = {"keeper": people.city, "user": people.chi}
        run = make_run(**given)
        files.declare_no_secret(
            blob=run.rendition.blob, pages="2", pictures=0, user=people.chi, at=NOW
        )
        candidate = make_candidate(run=run, **given)
        intake.confirm_task(
            candidate_id=candidate.pk,
            assignment=an_assignment(),
            user=people.chi,
            client_key=key(),
            on=TODAY,
            at=NOW,
        )
        other = make_candidate(run=run, **given)
        by = {"user": people.chi, "client_key": key(), "on": TODAY, "at": NOW}
        intake.split_candidate(candidate_id=other.pk, turn=0, place=other.start + 20, **by)
        file = Submission(content=b"Giao So A bao cao.", source_name="a.txt")
        intake.take_file(submission=file, keeper=people.city, **by)
        make_target(owed_to=people.city, user=people.chi)
        duty = make_duty(
            owed_to=people.city,
            user=people.chi,
            unit=people.ho_sen,
            person=people.person(people.ha),
            is_issued=True,
        )
        duties.climb_ladder(on=duty.binding_due + timedelta(days=1), at=NOW)
        duties.claim_duty(
            duty_id=duty.pk,
            act=act(people.chi, duty.version, blobs=((run.rendition.blob, "kế hoạch.txt"),)),
        )
        for scenario in ("intake.answer_likeness", "intake.settle_difference"):
            READING_SCENARIOS[scenario](people)()
        READING_SCENARIOS["documents.join_document"](people)()
        for scenario in ("documents.take_text", "documents.verify_text"):
            DOCUMENT_SCENARIOS[scenario](people)()
        TARGET_SCENARIOS["targets.consult_units"](people)()
        way_of_a_target(people)
        for scenario in (
            "duties.send_digest",
            "duties.mark_read",
            "duties.set_ladder",
            "reporting.approve_figures",
            "reporting.attach_evidence",
            "reviews.freeze_edition",
            "dissemination.signal_link",
            "dissemination.tell_headcount",
            "dissemination.answer_question",
            "dissemination.close_question",
            "dissemination.review_programme",
            "dissemination.announce_conclusions",
            "dissemination.freeze_record",
            "dissemination.settle_question",
            "dissemination.tell_reflections",
            "dissemination.plan_later_session",
            "dissemination.acknowledge",
            "reporting.answer_question",
            "reporting.close_question",
            "publishing.publish",
        ):
            SCENARIOS[scenario](people)()
        admit(people)
        ask(with_cloned_rows(people))
        for scenario in ("end_learned_name", "measure_line", "decide_line"):
            SCENARIOS[f"intake.{scenario}"](people)()
        journal.seal_entries(on=TODAY, at=NOW)
        journal.sign_days(before=TODAY + timedelta(days=1), key=b"k" * 32, at=NOW)
        for alias in connections:
            connections[alias].close()
        yield server.url(name, OWNER_ROLE)


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_even_the_owner_is_refused_by_the_triggers(filled, table, act):
    with psycopg.connect(filled) as owner:
        (rows,) = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert rows > 0

        with pytest.raises(psycopg.errors.RaiseException, match=r"pgtrigger|append-only"):
            owner.execute(act.format(table))

    with psycopg.connect(filled) as again:
        assert again.execute(f"SELECT count(*) FROM {table}").fetchone() == (rows,)


def test_no_code_asks_for_the_triggers_to_be_ignored():
    using = [name for name, text in sources(".").items() if "pgtrigger.ignore" in text]

    assert using == []


def test_a_right_too_many_and_one_too_few_are_found():
    granted = {
        "journal_entry": frozenset({"SELECT", "INSERT", "UPDATE"}),
        "units_unit": frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"}),
        "units_post": frozenset({"SELECT"}),
        "units_role": frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"}),
    }

    assert deviations(granted, APPEND_ONLY) == [
        "journal_entry: ['INSERT', 'SELECT', 'UPDATE']",
        "units_post: ['SELECT']",
        "units_unit: ['DELETE', 'INSERT', 'SELECT', 'TRUNCATE', 'UPDATE']",
    ]
