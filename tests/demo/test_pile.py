"""The pile of the demonstration: a family of levels, most of it decided, some waiting."""

from collections import Counter

import pytest

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.intake import selectors as intake
from lotrinh.demo.cast import data, day_of_demo
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.standing import Standing

pytestmark = pytest.mark.usefixtures("demo")
TODAY = day_of_demo()
KINDS = ("implements", "amends", "replaces", "repeals")


def eyes(sign_in):
    """Return how the account of this name looks at the city on its day."""
    user = accounts.user_by_sign_in_name(sign_in)
    assert user is not None
    return {"seen_by": user.pk, "on": TODAY}


def document(number, **seen):
    (found,) = documents.visible(**seen).filter(number=number)
    return found


def named(number, kind, **seen):
    """Return the numbers of what a document names in this kind."""
    rows = documents.related(document=document(number, **seen), **seen)
    return {row.document.number for row in rows if row.outgoing and row.kind == kind}


def test_documents_stand_to_each_other_as_their_texts_say():
    seen = eyes("van-phong")
    rows = data("documents")["document"]

    for row in (row for row in rows if "number" in row and "rendition_of" not in row):
        found = {kind: named(row["number"], kind, **seen) for kind in KINDS}
        assert found == {kind: set(row.get(kind, ())) for kind in KINDS}, row["code"]


def test_a_plan_of_a_ward_leads_up_to_the_resolution():
    seen = eyes("van-phong")
    ladder = ["24/KH-UBND"]

    while above := named(ladder[-1], "implements", **seen) - {"61-KH/QU"}:
        ladder.append(*above)

    assert ladder == ["24/KH-UBND", "118/KH-UBND", "986/KH-UBND", "97-CTr/TU", "20-NQ/TW"]
    assert [document(number, **seen).is_stub for number in ladder] == [False] * 4 + [True]


def test_every_issuer_is_a_unit_of_the_city():
    seen = eyes("van-phong")
    told = {(row.get("number", ""), row["issuer"]) for row in data("documents")["document"]}

    found = {
        (held.number, held.issuer and held.issuer.code)
        for held in documents.visible(**seen).filter(is_stub=False)
    }

    assert found == told | {("1908-TB/TU", "thanh-uy")}


def test_what_was_known_by_number_alone_is_filled_when_its_text_comes():
    """The plan of the State cites that of the Party, which was handed in four months later."""
    seen = eyes("van-phong")

    (plan,) = documents.visible(**seen).filter(number="61-KH/QU")

    assert (plan.is_stub, plan.keeper.code) == (False, "quan-uy-ho-sen")
    assert {held.number for held in documents.visible(**seen).filter(is_stub=True)} == {
        *("20-NQ/TW", "21-NQ/TW", "15/2023/QH15"),
        *("69-CT/TU", "8870/UBND-KGVX"),
    }


def test_two_documents_have_a_text_in_each_language():
    seen = eyes("van-phong")
    texts = {
        held: [(text.kind, text.language) for text in documents.renditions_of(document=held)]
        for held in documents.visible(**seen).filter(is_stub=False)
    }

    both = [("original", "vi"), ("translation", "en")]
    assert {held.number for held, found in texts.items() if found == both} == {
        "97-CTr/TU",
        "215-TB/QU",
    }
    assert Counter(len(found) for found in texts.values()) == {1: 23, 2: 2}


def test_most_is_confirmed_and_some_waits():
    read = intake.totals(**eyes("van-phong"))

    assert (read.proposals, read.confirmed, read.rejected, read.undecided) == (218, 91, 27, 100)


def test_the_register_counts_as_the_district_reports():
    """Of the twenty rows of the appendix four are done, ten in term, six late (203/BC-UBND)."""
    seen = eyes("van-phong")
    (run, _), *_ = intake.readings_of(document=document("118/KH-UBND", **seen))
    rows = [found for found in intake.candidates_of(run=run) if found.fields.get("columns")]
    tasks = [found for found in rows if found.kind == "task"]
    decided = [intake.decision_of(found) for found in tasks]
    held = [decision.duty for decision in decided if decision and decision.duty]

    assert len(tasks) == 20
    assert len([found for found in decided if found and found.reason == "already_reported"]) == 4
    assert sum(1 for duty in held if duty.due and duty.due < TODAY) == 6
    assert sum(int(found.fields["value"]) for found in rows if found.kind == "target") == 12_640


def test_who_received_a_plan_reads_it_and_others_do_not():
    seen, elsewhere = eyes("can-bo-ben-sen"), eyes("can-bo-lua-vang")
    district = documents.visible(**eyes("van-phong")).get(number="118/KH-UBND")

    assert documents.may_read(document=district, **seen)
    assert not documents.may_read(document=district, **elsewhere)


def test_only_what_invented_units_owe_is_late_and_each_of_them_is_told():
    late = duties.visible(**eyes("van-phong")).filter(
        duties.standing_filter(Standing.OPEN_OVERDUE, on=TODAY), state=DutyState.ISSUED
    )

    assert Counter(duty.unit.code for duty in late) == {
        **{"quan-ho-sen": 3, "phuong-ben-sen": 3, "phuong-dinh-ho": 3, "phuong-cau-sen": 2},
        **{"phuong-sen-moi": 1, "huyen-dong-gao": 4, "xa-lua-vang": 1, "xa-lang-non": 1},
    }
