"""The demonstration city: whole, believable, and never unfair to anybody real."""

from collections import Counter
from datetime import date

import pytest

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.files.sheets import as_csv, as_workbook, read_grid
from lotrinh.apps.intake import selectors as intake
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import leaf_hash
from lotrinh.apps.units import selectors as units
from lotrinh.demo import city, decisions
from lotrinh.demo.cast import data, day_of_demo, members
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.sheets import Verdict
from lotrinh.rules.standing import Standing
from tests.stories import own_blobs
from tests.unchanged import state_of_tables

pytestmark = pytest.mark.django_db
TODAY = day_of_demo()
OWN_PROGRAMMES = 14
CONCLUDED = [
    line["text"]
    for row in data("conferences")["conference"]
    for line in row.get("conclusion", ())
    if "unit" in line
]


@pytest.fixture
def seen(demo):
    """The eyes of the planning officer of the whole city."""
    officer = accounts.user_by_sign_in_name(members()[0].sign_in)
    assert officer is not None
    return {"seen_by": officer.pk, "on": TODAY}


def test_the_city_is_whole_and_its_summary_counts_what_is_there(demo, seen):
    summary, told = demo
    held = duties.counts(**seen)
    read = intake.totals(**seen)
    confirmed = [row for row in data("decisions")["decision"] if row["verdict"] == "confirm"]

    assert summary.units == len(units.tree_on(on=TODAY)) >= 60
    rows = data("documents")["document"]
    assert summary.documents == len([row for row in rows if "rendition_of" not in row]) == 24
    assert summary.texts == len(rows) == 26
    assert summary.candidates == read.proposals
    assert summary.undecided == read.undecided > 0
    assert (summary.drafts, summary.issued, summary.late) == (
        held.drafts,
        held.issued,
        held.overdue,
    )
    explained = [row for row in data("life")["life"] if "explain" in row]
    held_in_all = summary.drafts + summary.issued + held.recurring + summary.targets
    periods = duties.visible(**seen).exclude(period="")
    story = data("reports")
    reports = len(story["units"]) * len(story["period"])
    told_of = len(confirmed) + len(explained) + periods.count() + reports
    assert held_in_all == told_of + len(CONCLUDED) + OWN_PROGRAMMES
    assert told[-1][0] == "decisions"


def test_every_decision_of_the_story_finds_its_proposal(demo, seen):
    """A quotation that reading no longer proposes would silently empty the demonstration."""
    rows = data("decisions")["decision"]
    read = intake.totals(**seen)

    assert read.confirmed + read.rejected == len(rows)
    assert decisions.missed_quotes() == ()


def test_every_step_of_the_lives_was_taken_and_nobody_closed_his_own_work(demo, seen):
    of_documents = duties.visible(**seen).filter(period="").exclude(title__in=CONCLUDED)
    told = of_documents.exclude(kind__in=("period_report", "own_programme"))
    states = Counter(told.values_list("state", flat=True))
    done = told.get(state=DutyState.DONE)
    longer = told.get(extensions=1)

    assert {state: states[state] for state in ("done", "contested", "claimed", "suspended")} == {
        "done": 1,
        "contested": 1,
        "claimed": 1,
        "suspended": 1,
    }
    assert told.get(kind="explanation").superior is not None
    assert (done.claimed_by.sign_in_name, done.verified_by.sign_in_name) == (
        "can-bo-dinh-ho",
        "van-phong",
    )
    assert (longer.due, longer.approved_due) == (date(2024, 10, 31), date(2024, 11, 30))


def test_nobody_real_is_ever_late(demo, seen):
    late = duties.visible(**seen).filter(
        duties.standing_filter(Standing.OPEN_OVERDUE, on=TODAY), state=DutyState.ISSUED
    )

    assert late.count() >= 4
    assert {duty.unit.name_vi for duty in late if "(mẫu)" not in duty.unit.name_vi} == set()


def test_nobody_real_is_ever_silent(demo, seen):
    silent = duties.silent(**seen)

    assert silent.count() >= 4
    assert {duty.unit.name_vi for duty in silent if "(mẫu)" not in duty.unit.name_vi} == set()


def test_what_recurs_came_round_and_only_invented_communes_forgot_the_last(demo, seen):
    periods = duties.visible(**seen).exclude(period="")
    done = periods.filter(state=DutyState.DONE)
    missing = periods.filter(binding_due__lt=TODAY).exclude(state=DutyState.DONE)

    assert 0 < missing.count() < done.count()
    assert {duty.unit.kind for duty in missing} == {"commune"}
    assert len({duty.superior_id for duty in missing}) == missing.count()
    assert {duty.claimed_by.sign_in_name for duty in done} == {"van-phong"}
    assert {duty.verified_by.sign_in_name for duty in done} == {"lanh-dao"}


def test_every_act_of_the_story_is_in_the_journal_and_its_proof_holds(demo):
    entries = list(Entry.objects.all())
    people = {member.name for member in members()}

    assert all(bytes(entry.leaf) == leaf_hash(entry.payload) for entry in entries)
    assert [entry.payload for entry in entries for name in people if name in entry.payload] == []


@pytest.mark.slow
def test_more_units_are_invented_when_more_are_asked_for(tmp_path):
    with own_blobs(tmp_path):
        summary = city.build(unit_count=720, progress=lambda *step: None)

    assert summary.units == 720 - gone()


def gone() -> int:
    """Return how many units of the story no longer stand on its day."""
    return sum(1 for row in data("units")["unit"] if row.get("until") and row["until"] <= TODAY)


def test_the_communes_of_the_city_are_those_of_each_day(demo):
    group = units.group_on(code="tat-ca-xa-phuong", on=TODAY)
    real = [
        len([unit for unit in units.members_of(group=group, on=day) if "(mẫu)" not in unit.name_vi])
        for day in (TODAY, date(2024, 12, 31), date(2025, 1, 1), date(2025, 7, 1))
    ]

    assert real == [579, 579, 526, 126]


def test_districts_end_and_every_unit_that_ended_is_answered_for(demo):
    first, last = date(2025, 6, 30), date(2025, 7, 1)
    ended = units.tree_changes(first=TODAY, last=last).gone
    standing = {unit.id for unit in units.tree_on(on=last)}

    assert sum(unit.kind == "district" for unit in units.tree_on(on=first)) == 32
    assert {unit.name_vi for unit in units.tree_on(on=last) if unit.kind == "district"} == {
        "Quận Hồ Sen (mẫu)",
        "Huyện Đồng Gạo (mẫu)",
    }
    assert len(ended) == 30 + 579
    assert set(units.answerable_for(ended, on=last).values()) <= standing


def test_a_ward_typed_without_marks_leads_to_what_followed_it(demo):
    found = units.units_found("phuc xa")[0][0]

    followers = units.successions_of(unit_id=found.pk)[1]
    assert found.name_vi == "Phường Phúc Xá"
    assert [row.answers for row in followers].count(True) == 1
    assert {row.day for row in followers} == {date(2025, 7, 1)}


def test_the_city_goes_out_as_sheets_and_changes_nothing_when_it_comes_back(demo):
    rows = list(units.unit_sheet_rows(language="vi"))
    before = state_of_tables()

    judged = units.judged_units(read_grid(as_workbook(rows, name="A"), "a.xlsx"))
    people = units.judged_people(read_grid(as_csv(units.people_sheet_rows(language="en")), "a.csv"))

    for verdicts in (judged.plan.verdicts, people.plan.verdicts):
        assert {row.verdict for row in verdicts} == {Verdict.UNCHANGED}
    assert len(judged.plan.verdicts) == len(rows) - 1 > 700
    assert state_of_tables() == before
