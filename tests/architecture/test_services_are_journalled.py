"""Whatever a service changes, the journal knows: every service is run and watched."""

import ast
import re

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM, Named, record
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.services import create_unit
from tests.architecture.inspecting import PACKAGE, is_services, public_functions, sources
from tests.architecture.scenarios import NO_SERVICE, QUEUE_ONLY, SCENARIOS, record_alone
from tests.factories import NOW, key
from tests.unchanged import changed, state_of_tables

JOURNAL = "journal_entry"
PAST = re.compile(r"[a-z_]+\.[a-z_]*(?:ed|sent|done|chosen|withdrawn|rebuilt|set|upheld)")
JOURNAL_ALONE = {
    "files.clear_strays",
    "files.remove_unclaimed",
    "intake.refuse_secret",
    "reporting.rebuild_totals",
    "units.record_reading",
}
"""Services whose whole effect is their entry."""
DERIVED: frozenset[str] = frozenset(
    {
        "documents_search_entry",
        "duties_tally_change",
        "intake_rule_tally",
        "reporting_own_part",
        "reporting_total",
        "reporting_total_sheet",
    }
)
"""Tables that can be computed again from others."""


def services():
    """Return every public function of the services of every application."""
    return {
        f"{path.relative_to(PACKAGE / 'apps').parts[0]}.{name}"
        for path in (PACKAGE / "apps").rglob("*.py")
        if is_services(path)
        for name in public_functions(path.read_text())
    }


def watched(act):
    """Return the tables that an act changes, and how many entries it leaves in the journal."""
    before = state_of_tables()
    act()
    after = state_of_tables()
    return changed(before, after) - DERIVED, after[JOURNAL][0] - before[JOURNAL][0]


def silent(touched, entries):
    """Say whether something was changed and nothing recorded."""
    return bool(touched - {JOURNAL}) and entries < 1


def misnamed():
    """Return the verbs of the journal that are not a noun and what happened to it."""
    verbs = set(Entry.objects.values_list("verb", flat=True)) - {"text.refused_secret"}
    return [verb for verb in sorted(verbs) if not PAST.fullmatch(verb)]


def test_every_service_has_a_scenario_or_a_reason():
    assert services() == set(SCENARIOS) | set(NO_SERVICE)
    assert not set(SCENARIOS) & set(NO_SERVICE)


@pytest.mark.parametrize("name", sorted(set(SCENARIOS) - QUEUE_ONLY))
def test_what_a_service_changes_is_in_the_journal(cast, name):
    act = SCENARIOS[name](cast)

    touched, entries = watched(act)

    assert entries >= 1
    assert touched - {JOURNAL} or name in JOURNAL_ALONE
    assert not silent(touched, entries)
    assert misnamed() == []


@pytest.mark.parametrize("name", sorted(QUEUE_ONLY))
def test_what_only_queues_changes_no_table_of_ours(cast, name):
    assert watched(SCENARIOS[name](cast)) == (set(), 0)


def test_names_are_given_only_by_services_that_record_why():
    callers = [
        f"{name} {function.name}"
        for name, text in sources("apps", "web", "api", "cli", "demo").items()
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef)
        for called in [
            ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)
        ]
        if called.endswith("name_subject")
        if not any(
            ast.unparse(node.func).endswith("journal.record")
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
        )
    ]

    assert callers == []


def test_a_change_that_nobody_recorded_is_found(cast):
    def silently():
        Unit.objects.filter(pk=cast.city.pk).update(name_vi="Thành phố khác")

    def loudly():
        create_unit(code="moi", kind="x", name_vi="M", name_en="N", actor=SYSTEM, at=NOW)

    assert silent(*watched(silently))
    assert not silent(*watched(loudly))
    assert watched(record_alone(cast)) == ({JOURNAL}, 1)


def test_a_verb_that_is_no_noun_and_what_happened_to_it_is_found(cast):
    record_alone(cast)()
    assert misnamed() == []

    record("unit.create", Named("unit", key()), actor=SYSTEM, at=NOW)
    assert misnamed() == ["unit.create"]
