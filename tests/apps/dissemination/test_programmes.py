"""Every unit in scope owes its own programme; how far it is follows from what it linked."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Programme, ProgrammeCall, ProgrammeReview
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties.models import Duty, Notice
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.programmes import ProgrammeState, counted
from tests.factories import TODAY, key
from tests.programmes import DUE, by, held, link, of, owe, parent_of, review, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast):
    return parent_of(cast)


@pytest.fixture
def conference(cast, paper):
    return held(cast, paper)


@pytest.fixture
def call(cast, conference, paper):
    return owe(conference, paper, user=cast.chi)


def rows(call, cast, user="chi", on=TODAY):
    found = selectors.programmes_seen(call=call, seen_by=getattr(cast, user).pk, on=on)
    return {one.programme.unit: (one.state, one.is_late) for one in found}


def test_units_with_sites_owe_one_duty_each_once(call, conference, paper, cast):
    owe(conference, paper, user=cast.chi)

    assert rows(call, cast) == {
        cast.ho_sen: (ProgrammeState.NONE, False),
        cast.dong_gao: (ProgrammeState.NONE, False),
    }
    duties = Duty.objects.filter(programme__call=call)
    assert {(one.kind, one.state, one.due, one.owed_to) for one in duties} == {
        ("own_programme", DutyState.ISSUED, DUE, cast.city)
    }
    source = duties[0].sources.get()
    said = source.rendition.text[source.start : source.end]
    assert "Các cấp ủy, cơ quan, đơn vị xây dựng kế hoạch" in said
    assert documents.may_read(document=paper, seen_by=cast.khe.pk, on=TODAY)
    assert duties.count() == 2


def test_who_may_not_and_what_cannot_be_is_refused(conference, paper, cast):
    for user, more, refused in (
        (cast.ha, {}, services.NotAllowed),
        (cast.chi, {"due": TODAY - timedelta(days=1)}, services.DayPassed),
        (cast.chi, {"document": parent_of(cast, text="Số 98-CTr/TU\nKhác.")}, services.NotSeen),
        (cast.chi, {"without": frozenset({cast.ho_sen.pk, cast.dong_gao.pk})}, services.NobodyOwes),
    ):
        with pytest.raises(refused):
            owe(conference, paper, user=user, **more)

    assert not ProgrammeCall.objects.exists()
    assert not Duty.objects.exists()


def test_a_state_follows_from_what_is_linked(call, cast):
    mine = of(call, cast.ho_sen)
    link(mine, written(cast.ho_sen, user=cast.ha), user=cast.ha)
    assert rows(call, cast)[cast.ho_sen] == (ProgrammeState.DRAFT, False)
    assert rows(call, cast, on=DUE + timedelta(days=1))[cast.ho_sen] == (ProgrammeState.DRAFT, True)

    paper = written(cast.ho_sen, user=cast.ha, number="112/KH-UBND")
    link(mine, paper, user=cast.ha)

    assert (paper.number, paper.issued_on) == ("112/KH-UBND", date(2024, 8, 6))
    assert rows(call, cast)[cast.ho_sen] == (ProgrammeState.ISSUED, False)
    assert Duty.objects.get(programme=mine).state == DutyState.CLAIMED
    assert documents.may_read(document=paper, seen_by=cast.thach.pk, on=TODAY)
    review(mine, user=cast.chi)
    assert rows(call, cast)[cast.ho_sen] == (ProgrammeState.REVIEWED, False)
    assert Duty.objects.get(programme=mine).state == DutyState.DONE
    found = counted(rows(call, cast).values())
    assert (found.none, found.draft, found.issued, found.reviewed, found.owed) == (1, 0, 0, 1, 2)


def test_only_the_unit_links_and_only_its_own_document(call, paper, cast):
    mine = of(call, cast.ho_sen)
    own = written(cast.ho_sen, user=cast.ha)
    hidden = written(cast.dong_gao, user=cast.khe)
    for user, document, refused in (
        (cast.khe, own, services.NotAllowed),
        (cast.ha, hidden, services.NotSeen),
        (cast.ha, paper, services.SameDocument),
    ):
        with pytest.raises(refused):
            link(mine, document, user=user)
    same = key()
    link(mine, own, user=cast.ha, client_key=same)
    link(mine, own, user=cast.ha, client_key=same)

    assert mine.links.count() == 1
    assert rows(call, cast, "ha") == {cast.ho_sen: (ProgrammeState.DRAFT, False)}
    assert rows(call, cast, "khe") == {cast.dong_gao: (ProgrammeState.NONE, False)}
    assert selectors.call_by_uid(call.uid, seen_by=cast.an.pk, on=TODAY) is None
    assert selectors.programme_by_uid(mine.uid, seen_by=cast.khe.pk, on=TODAY) is None


def test_what_is_no_more_than_a_draft_is_not_reviewed(call, cast):
    mine = of(call, cast.ho_sen)
    with pytest.raises(services.NotIssued):
        review(mine, user=cast.chi)
    link(mine, written(cast.ho_sen, user=cast.ha, number="113/KH-UBND"), user=cast.chi)

    with pytest.raises(services.SamePerson):
        review(mine, user=cast.chi)
    with pytest.raises(services.NotAllowed):
        review(mine, user=cast.ha)
    assert not ProgrammeReview.objects.exists()


def test_units_are_reminded_once(call, cast):
    versions = dict(Duty.objects.filter(programme__call=call).values_list("pk", "version"))
    act = by(cast.chi)
    given = {"call_id": call.pk, "versions": versions, "note": "Đề nghị ban hành sớm."}

    assert services.remind_of_programmes(**given, act=act) == {}
    assert services.remind_of_programmes(**given, act=act) == {}

    assert sorted(Notice.objects.values_list("person__user", flat=True)) == sorted(
        [cast.ha.pk, cast.khe.pk]
    )
    with pytest.raises(services.NotAllowed):
        services.remind_of_programmes(**given, act=by(cast.ha))
    assert Programme.objects.filter(duty__notices__isnull=False).count() == 2
