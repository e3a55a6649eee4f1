"""A decision puts exactly what was shown in the place of what was public; the record keeps all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.publishing import services
from lotrinh.apps.publishing.models import PublicationRecord, PublicHeading, PublicPaper
from lotrinh.apps.publishing.selectors import headings, newest
from lotrinh.apps.publishing.services import Decision
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.publication.canonical import canonical, digest, publication_of
from tests.factories import key
from tests.ledgers import approve, fold, make_period, told
from tests.publications import DECIDED, make_city, publish, shown

AGAIN = Decision("21-QĐ/TU", date(2024, 8, 7), "Số liệu chưa được kiểm tra")


@pytest.fixture
def city(cast):
    return make_city(cast)


def public():
    found = newest(using="default")
    assert found is not None
    return found


def test_what_was_chosen_is_public_with_plan_figure_source_and_verdict(city):
    made = publish(*city.all, user=city.cast.chi)

    (paper,) = public().papers
    assert (paper.number, paper.issuer_vi) == ("97-CTr/TU", "Thành phố Hồ Sen")
    families, trained, untold = paper.promises
    assert families.uid == city.families.uid
    assert (families.planned, families.actual) == (Decimal(1000), Decimal(120))
    assert (families.verdict, families.because) == ("on_the_way", "time_runs")
    assert (families.basis, families.period_last) == ("self_reported", date(2024, 7, 31))
    assert (families.period_vi, families.period_en) == ("tháng 7/2024", "July 2024")
    assert families.passage.startswith("tỷ lệ thất nghiệp")
    assert [(one.last, one.level) for one in families.steps] == [(date(2024, 7, 31), Decimal(120))]
    assert (trained.actual, trained.is_held_back) == (None, True)
    assert [(one.level, one.is_held_back) for one in trained.steps] == [(None, True)]
    assert (untold.actual, untold.basis, untold.verdict) == (None, "", "not_known")
    assert untold.is_held_back is False
    assert (made.number, made.decision) == (1, "17-QĐ/TU")


def test_the_rows_the_record_and_its_hash_say_the_same(city):
    made = publish(*city.all, user=city.cast.chi)

    assert canonical(public()) == made.content
    assert digest(made.content) == made.sha256
    assert PublicHeading.objects.get().sha256 == made.sha256
    assert publication_of(made.content) == public()


def test_the_journal_says_what_was_published_by_what_decision(city):
    made = publish(city.families, user=city.cast.chi)

    entry = Entry.objects.get(verb="publication.published")
    assert (entry.object_uid, entry.actor_uid) == (made.uid, city.cast.chi.uid)
    assert f'"targets":["{city.families.uid}"]' in entry.payload
    assert '"decision":"17-QĐ/TU"' in entry.payload


def test_a_later_publication_takes_the_place_and_the_old_one_stays_in_the_record(city):
    first = publish(*city.all, user=city.cast.chi)

    second = publish(city.families, user=city.cast.chi, decision=AGAIN)

    assert [one.uid for _paper, one in public().promises] == [city.families.uid]
    assert [one.number for one in headings(using="default")] == [2, 1]
    first.refresh_from_db()
    assert len(list(publication_of(first.content).promises)) == 3
    assert second.reason == "Số liệu chưa được kiểm tra"


def test_withdrawing_everything_leaves_headings_alone(city):
    publish(*city.all, user=city.cast.chi)

    publish(user=city.cast.chi, decision=AGAIN)

    assert public().papers == ()
    assert PublicPaper.objects.count() == 0
    assert PublicationRecord.objects.count() == 2


def test_what_is_not_public_any_more_asks_for_a_reason(city):
    publish(*city.all, user=city.cast.chi)

    with pytest.raises(services.ReasonMissing):
        publish(city.families, user=city.cast.chi, decision=replace(AGAIN, reason=" "))
    assert len(list(public().promises)) == 3


def test_a_figure_approved_after_the_look_is_not_published_unseen(city):
    looked = shown(city.untold, user=city.cast.chi)
    by = {"period": make_period(), "entered_by": city.cast.chi, "user": city.cast.thach}
    approve(city.cast.sen_tay, [told(city.untold.measure, 4)], **by)
    fold()

    with pytest.raises(services.ContentChanged):
        publish(city.untold, user=city.cast.chi, content=looked)
    assert PublicationRecord.objects.count() == 0


def test_the_same_key_publishes_once_and_belongs_to_who_used_it(city):
    sent = key()
    first = publish(city.families, user=city.cast.chi, client_key=sent)

    assert publish(city.families, user=city.cast.chi, client_key=sent) == first
    assert PublicationRecord.objects.count() == 1


@pytest.mark.parametrize("name", ["thach", "ha", "nghiem", "tung", "an"])
def test_nobody_else_decides_what_is_public(city, name):
    with pytest.raises(services.MayNotPublish):
        publish(city.families, user=getattr(city.cast, name), content="0" * 64)
    assert PublicationRecord.objects.count() == 0


def test_a_decision_of_tomorrow_publishes_nothing_and_nothing_is_no_publication(city):
    with pytest.raises(services.DecisionLater):
        publish(
            city.families,
            user=city.cast.chi,
            decision=replace(DECIDED, decided_on=date(2024, 8, 8)),
        )
    with pytest.raises(services.NothingChosen):
        publish(user=city.cast.chi)
    assert PublicHeading.objects.count() == 0


def test_what_is_said_of_a_measure_decides_what_is_held_back(city):
    """Three of "người" that count nobody are shown, four "nhà" that count persons are not."""
    for target, counts in ((city.trained, False), (city.untold, True)):
        Measure.objects.filter(pk=target.measure_id).update(counts_persons=counts)
    by = {"period": make_period(), "entered_by": city.cast.chi, "user": city.cast.thach}
    approve(city.cast.sen_tay, [told(city.untold.measure, 4)], **by)
    fold()

    publish(*city.all, user=city.cast.chi)

    _families, trained, untold = public().papers[0].promises
    assert (trained.actual, trained.is_held_back) == (Decimal(3), False)
    assert (untold.actual, untold.is_held_back) == (None, True)
    assert [(one.level, one.is_held_back) for one in untold.steps] == [(None, True)]
