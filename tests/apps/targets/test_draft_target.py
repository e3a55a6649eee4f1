"""A target is held with its measure, its value and the passage that sets it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.targets import selectors, services
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Description, MeasureFacts
from lotrinh.rules.target_terms import Comparator, Rollup, TargetGap, gaps
from tests.factories import (
    NOW,
    TODAY,
    a_promise,
    make_document,
    make_rendition,
    make_target,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_the_target_says_what_was_promised(cast):
    target = make_target(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    stored = Target.objects.select_related("measure").get(pk=target.pk)
    assert (stored.comparator, stored.value, stored.high) == ("<", Decimal(3), None)
    assert (stored.baseline, stored.due) == (Decimal("3.4"), date(2030, 12, 31))
    assert (stored.measure.name, stored.measure.unit_of_measure, stored.measure.rollup) == (
        "Tỷ lệ thất nghiệp khu vực thành thị",
        "%",
        "ratio_of_sums",
    )
    assert gaps(stored.terms) == ()


def test_money_is_kept_to_the_last_dong(cast):
    promise = replace(
        a_promise(),
        comparator=Comparator.AT_LEAST,
        value=Decimal(492_309_000_000_000),
        unit_of_measure="VND",
    )

    target = make_target(owed_to=cast.city, user=cast.chi, promise=promise)

    assert Target.objects.get(pk=target.pk).value == Decimal("492309000000000")


def test_what_was_not_said_is_missing_and_not_nought(cast):
    bare = replace(a_promise(), value=None, due=None, baseline=None, rollup=None)

    target = make_target(owed_to=cast.city, user=cast.chi, promise=bare)

    stored = Target.objects.get(pk=target.pk)
    assert (stored.value, stored.baseline, stored.due) == (None, None, None)
    assert gaps(stored.terms) == tuple(TargetGap)


def test_a_range_has_two_ends_the_right_way_round(cast):
    promise = replace(a_promise(), comparator=Comparator.RANGE, value=Decimal(20), high=Decimal(25))

    target = make_target(owed_to=cast.city, user=cast.chi, promise=promise)

    assert (target.value, target.high) == (Decimal(20), Decimal(25))


@pytest.mark.parametrize(
    ("comparator", "value", "high"),
    [
        (Comparator.RANGE, Decimal(25), Decimal(20)),
        (Comparator.RANGE, Decimal(20), Decimal(20)),
        (Comparator.RANGE, Decimal(20), None),
        (Comparator.RANGE, None, Decimal(20)),
        (Comparator.AT_LEAST, Decimal(20), Decimal(25)),
    ],
)
def test_a_range_upside_down_or_with_one_end_is_refused(cast, comparator, value, high):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    promise = replace(a_promise(), comparator=comparator, value=value, high=high)

    with nothing_changes(), pytest.raises(services.RangeUpsideDown):
        make_target(owed_to=cast.city, user=cast.chi, promise=promise, rendition=rendition)


@pytest.mark.parametrize("name", ["thach", "khe", "mai", "nghiem", "bach", "tung", "an"])
def test_those_without_the_right_set_no_target(cast, name):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))

    with nothing_changes(), pytest.raises(services.NotAllowed):
        make_target(
            owed_to=cast.city, user=cast.named_users()[name], unit=cast.ho_sen, rendition=rendition
        )


def test_the_way_back_leads_to_the_very_words(cast):
    target = make_target(owed_to=cast.city, user=cast.chi)

    (source,) = selectors.sources_of(target=target)
    assert source.rendition.text[source.start : source.end].startswith("tỷ lệ thất nghiệp")


def test_the_journal_names_target_measure_and_place(cast):
    target = make_target(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    entry = Entry.objects.get(verb="target.drafted")
    assert (entry.object_uid, entry.unit_uid) == (target.uid, cast.ho_sen.uid)
    assert str(target.measure.uid) in entry.payload


def test_a_target_is_seen_where_it_was_set_and_not_yet_where_it_is_led(cast):
    target = make_target(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    readers = {
        name
        for name, user in cast.named_users().items()
        if selectors.target_by_uid(target.uid, seen_by=user.pk, on=TODAY)
    }
    assert readers == {"chi", "thach", "nghiem"}
    document = selectors.sources_of(target=target)[0].rendition.document
    for user, found in ((cast.chi, (target,)), (cast.ha, ()), (cast.khe, ())):
        asked = {"seen_by": user.pk, "on": TODAY}
        assert selectors.led_by(unit_id=cast.ho_sen.pk, **asked) == found
        assert selectors.from_document(document=document, **asked) == found
        assert tuple(selectors.by_ids([target.pk], **asked).values()) == found


def test_a_target_serves_another_and_never_itself(cast):
    whole, part = (make_target(owed_to=cast.city, user=cast.chi) for _each in range(2))

    def serves(target, superior):
        return services.describe_target(
            target_id=target.pk,
            shown=selectors.described_mark(target),
            description=Description(
                facts=MeasureFacts(rollup=Rollup.RATIO_OF_SUMS),
                comparator=Comparator.BELOW,
                value=Decimal(3),
                baseline=Decimal("3.4"),
                superior=superior,
            ),
            user=cast.chi,
            on=TODAY,
            at=NOW,
        )

    assert serves(part, whole).superior == whole
    whole.refresh_from_db()
    with nothing_changes(), pytest.raises(services.ServesItself):
        serves(whole, Target.objects.get(pk=part.pk))
    asked = {"seen_by": cast.chi.pk, "on": TODAY}
    assert selectors.serving(whole, (), **asked) == ((), (part,))
    assert list(selectors.heads(**asked)) == [whole]


def test_a_target_that_nobody_leads_yet_is_seen_where_it_was_set(cast):
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))

    target = make_target(owed_to=cast.ho_sen, user=cast.ha, rendition=rendition)

    readers = {
        name
        for name, user in cast.named_users().items()
        if selectors.target_by_uid(target.uid, seen_by=user.pk, on=TODAY)
    }
    assert readers == {"chi", "thach", "nghiem", "ha"}


def test_that_a_measure_counts_persons_is_never_taken_back_unsaid(cast):
    """A name that was corrected keeps it; another unit of measure keeps only what holds back."""
    said = {}
    for counts in (True, False):
        promise = replace(a_promise(), counts_persons=counts)
        target = make_target(owed_to=cast.city, user=cast.chi, promise=promise)
        for name, unit in (("Tỷ lệ thất nghiệp", "%"), ("Số người thất nghiệp", "suất")):
            wanted = replace(a_promise(), measure=name, unit_of_measure=unit)
            target = services.amend_target(
                target_id=target.pk,
                shown=selectors.said(target),
                promise=wanted,
                user=cast.chi,
                on=TODAY,
                at=NOW,
            )
            said[counts, unit] = target.measure.counts_persons

    assert said == {
        (True, "%"): True,
        (True, "suất"): True,
        (False, "%"): False,
        (False, "suất"): None,
    }
