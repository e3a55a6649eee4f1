"""A draft holds a commitment with the passage that asks for it, and binds nobody yet."""

from dataclasses import replace

import pytest

from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.services import Piece
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import Clarity, missing_clarities
from lotrinh.rules.duty_states import DutyState
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    an_assignment,
    make_document,
    make_duty,
    make_officer,
    make_rendition,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_the_draft_says_what_was_said_and_is_not_issued(cast):
    ha = cast.person(cast.ha)

    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=ha)

    stored = Duty.objects.get(pk=duty.pk)
    assert (stored.state, stored.version, stored.issued_on) == (DutyState.DRAFT, 1, None)
    assert (stored.owed_to, stored.unit, stored.person) == (cast.city, cast.ho_sen, ha)
    assert stored.title == "Xây dựng kế hoạch đào tạo cán bộ"
    assert missing_clarities(stored.terms) == ()
    assert DutyEvent.objects.count() == 0


def test_a_draft_without_a_unit_says_what_is_missing(cast):
    duty = make_duty(owed_to=cast.city, user=cast.chi)

    assert missing_clarities(duty.terms) == (Clarity.PERSON, Clarity.RESPONSIBILITY)


def test_the_way_back_leads_to_the_very_words_and_their_clause(cast):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    start = TEXT.index("1. Giao Ủy ban")
    end = TEXT.index("\n", start)
    registry.divide(
        rendition=rendition,
        at=NOW,
        pieces=[Piece(start=start, end=end, label="1.", level=2, kind="item")],
    )

    duty = make_duty(owed_to=cast.city, user=cast.chi, rendition=rendition)

    (source,) = selectors.sources_of(duty=duty)
    assert rendition.text[source.start : source.end] == "Giao Ủy ban nhân dân"
    assert source.rendition.document.keeper == cast.city
    assert (source.clause.label, source.clause.start) == ("1.", start)


def test_the_journal_names_the_unit_that_will_owe_it(cast):
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    entry = Entry.objects.get(verb="duty.drafted")
    assert (entry.object_uid, entry.unit_uid, entry.actor_uid) == (
        duty.uid,
        cast.ho_sen.uid,
        cast.chi.uid,
    )


def test_an_officer_assigns_within_his_district_and_not_beside_it(cast):
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))
    given = {"owed_to": cast.ho_sen, "user": cast.ha, "rendition": rendition}

    assert make_duty(unit=cast.sen_tay, **given).unit == cast.sen_tay
    with nothing_changes(), pytest.raises(services.NotAllowed):
        make_duty(unit=cast.dong_gao, **given)
    with nothing_changes(), pytest.raises(services.NotAllowed):
        make_duty(unit=cast.city, **given)


@pytest.mark.parametrize("name", ["thach", "khe", "mai", "nghiem", "bach", "tung", "an"])
def test_those_without_the_right_assign_nothing(cast, name):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))

    with nothing_changes(), pytest.raises(services.NotAllowed):
        make_duty(
            owed_to=cast.city, user=cast.named_users()[name], unit=cast.ho_sen, rendition=rendition
        )


def test_a_person_of_another_unit_is_refused(cast):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    given = {"owed_to": cast.city, "user": cast.chi, "rendition": rendition}

    for person in (cast.person(cast.khe), cast.person(cast.mai), cast.person(cast.tung)):
        with nothing_changes(), pytest.raises(services.PersonElsewhere):
            make_duty(unit=cast.ho_sen, person=person, **given)
    with nothing_changes(), pytest.raises(services.PersonElsewhere):
        make_duty(person=cast.person(cast.ha), **given)


def test_words_beyond_the_room_are_cut_and_nothing_fails(cast):
    long = replace(an_assignment(), title="việc " * 200, authority="x" * 900)

    duty = make_duty(owed_to=cast.city, user=cast.chi, assignment=long)

    assert (len(duty.title), len(duty.authority)) == (500, 500)


def test_a_span_without_a_character_is_refused_by_the_database(cast):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))

    with pytest.raises(Exception, match="duties_source_not_empty"):
        services.draft_duty(
            assignment=an_assignment(),
            owed_to=cast.city,
            user=cast.chi,
            on=TODAY,
            at=NOW,
            passage=Passage(rendition=rendition, start=5, end=5),
        )


def test_the_right_to_read_duties_is_not_the_right_to_assign_them(cast):
    reader = make_officer(cast.city, actions=[Action.READ_DUTY, Action.ISSUE_DUTY])
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))

    with nothing_changes(), pytest.raises(services.NotAllowed):
        make_duty(owed_to=cast.city, user=reader, rendition=rendition)
