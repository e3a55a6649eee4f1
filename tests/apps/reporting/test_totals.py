"""Totals follow what was approved: along the tree of the period's last day, by each measure's rule.

Hồ Sen has the ward Sen Tây below it; the city has Hồ Sen and Đồng Gạo.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Delta, Figure, OwnPart, Total, TotalSheet
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units.services.changes import Follows, change_organisation
from lotrinh.rules.figures import Basis
from lotrinh.rules.succession import ChangeKind
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import NoTotal
from tests.factories import NOW, TODAY, key, make_unit
from tests.ledgers import (
    ON,
    approve,
    correct,
    differing,
    fold,
    make_measure,
    make_period,
    read,
    told,
)


class Desk:
    """Chi enters and Thạch approves for the whole city; Chi reads."""

    def __init__(self, cast):
        self.cast, self.july = cast, make_period()
        self.leader = cast.thach

    def measure(self, rollup=Rollup.SUM):
        return make_measure(owed_to=self.cast.city, user=self.cast.chi, rollup=rollup)

    def tell(self, unit, measure, *numbers, period=None, basis=Basis.SELF_REPORTED):
        act = approve(
            unit,
            [told(measure, *numbers)],
            period=period or self.july,
            entered_by=self.cast.chi,
            user=self.cast.thach,
            basis=basis,
        )
        return act.figures.get()

    def put_right(self, figure, *numbers):
        other = told(figure.measure, *numbers) if numbers else None
        return correct(figure, other, entered_by=self.cast.chi, user=self.cast.thach)

    def read(self, unit, measure, period=None, basis=Basis.SELF_REPORTED):
        seen_by = self.cast.chi
        return read(unit, measure, period or self.july, seen_by=seen_by, basis=basis)


@pytest.fixture
def desk(cast):
    return Desk(cast)


def test_a_sum_goes_up_to_every_unit_above(desk, cast):
    families = desk.measure()
    desk.tell(cast.sen_tay, families, 120)
    desk.tell(cast.ho_sen, families, 30)
    desk.tell(cast.dong_gao, families, 50)

    assert fold() == 3

    totals = {unit: desk.read(unit, families) for unit in (cast.sen_tay, cast.ho_sen, cast.city)}
    assert [total.value(0) for total in totals.values()] == [120, 150, 200]
    assert [total.answers for total in totals.values()] == [1, 2, 3]
    assert totals[cast.city].as_of == NOW
    assert differing() == ()


def test_what_is_not_folded_yet_is_said_to_wait(desk, cast):
    families = desk.measure()
    desk.tell(cast.sen_tay, families, 120)

    assert desk.read(cast.city, families).is_waiting
    fold()
    assert not desk.read(cast.city, families).is_waiting


def test_a_share_is_made_from_sums_and_never_averaged(desk, cast):
    share = desk.measure(Rollup.RATIO_OF_SUMS)
    desk.tell(cast.sen_tay, share, 18, 20)
    desk.tell(cast.dong_gao, share, 10, 80)
    fold()

    total = desk.read(cast.city, share)
    assert (total.numerator, total.denominator, total.exact) == (28, 100, Fraction(7, 25))
    assert differing() == ()


def test_a_weighted_rate_is_the_mean_by_its_weights(desk, cast):
    rate = desk.measure(Rollup.WEIGHTED)
    desk.tell(cast.sen_tay, rate, "2.5", 300)
    desk.tell(cast.dong_gao, rate, "4.5", 100)
    fold()

    assert desk.read(cast.city, rate).exact == Fraction(3)
    assert differing() == ()


def test_a_share_of_nothing_says_so(desk, cast):
    share = desk.measure(Rollup.RATIO_OF_SUMS)
    desk.tell(cast.sen_tay, share, 0, 0)
    fold()

    assert desk.read(cast.city, share).unsaid == NoTotal.NOTHING_TO_DIVIDE_BY
    assert differing() == ()


def test_what_is_no_sum_is_picked(desk, cast):
    wanted = {
        Rollup.MAX: (9, None, 3),
        Rollup.MIN: (-4, None, -4),
        Rollup.LAST: (None, NoTotal.SEVERAL, None),
        Rollup.NONE: (None, NoTotal.DOES_NOT_ADD, None),
    }
    measures = {rollup: desk.measure(rollup) for rollup in wanted}
    highest = [desk.tell(cast.sen_tay, one, 9) for one in measures.values()]
    for one in measures.values():
        desk.tell(cast.dong_gao, one, -4)
    fold()

    for rollup, (value, unsaid, _) in wanted.items():
        total = desk.read(cast.city, measures[rollup])
        assert (total.value(0), total.unsaid, total.answers) == (value, unsaid, 2)
        assert desk.read(cast.sen_tay, measures[rollup]).value(0) == 9
    assert differing() == ()
    for figure in highest:
        desk.put_right(figure, 3)
    fold()
    for rollup, (_, _, later) in wanted.items():
        assert desk.read(cast.city, measures[rollup]).value(0) == later
    assert differing() == ()


def test_a_correction_restates_every_unit_above_and_no_other_basis(desk, cast):
    families = desk.measure()
    figure = desk.tell(cast.sen_tay, families, 120)
    desk.tell(cast.sen_tay, families, 500, basis=Basis.ESTIMATED)
    fold()
    desk.put_right(figure, 100)
    fold()

    assert desk.read(cast.city, families).value(0) == 100
    assert desk.read(cast.city, families).answers == 1
    assert desk.read(cast.city, families, basis=Basis.ESTIMATED).value(0) == 500
    assert desk.read(cast.city, families, basis=Basis.VERIFIED).exact is None
    desk.put_right(figure.superseded_by)
    fold()
    assert desk.read(cast.city, families).unsaid == NoTotal.NOBODY_ANSWERED
    assert differing() == ()


def test_amounts_too_large_for_narrow_lanes_get_wide_ones(desk, cast):
    """492,309 billion đồng are 4.9e20 millionths."""
    families, revenue = desk.measure(), desk.measure()
    desk.tell(cast.sen_tay, families, -7)
    fold()
    desk.tell(cast.sen_tay, revenue, 492_309_000_000_000)
    desk.tell(cast.dong_gao, revenue, "-0.000001")
    fold()

    assert TotalSheet.objects.get().width == 16
    assert desk.read(cast.city, revenue).numerator == Decimal("492308999999999.999999")
    assert desk.read(cast.city, families).value(0) == -7
    assert differing() == ()


def test_who_was_asked_and_has_not_answered_is_missing(desk, cast):
    families = desk.measure()
    services.open_collection(
        period=desk.july,
        basis=Basis.SELF_REPORTED,
        measures=[families],
        unit_ids=[cast.sen_tay.pk, cast.dong_gao.pk, cast.sen_cu.pk],
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    desk.tell(cast.sen_tay, families, 120)
    desk.tell(cast.ho_sen, families, 1)
    fold()

    total = desk.read(cast.city, families)
    assert (total.answered_of_owed.part, total.answered_of_owed.whole) == (1, 2)
    assert (total.missing, total.answers) == ({cast.dong_gao.pk}, 2)
    assert desk.read(cast.ho_sen, families).missing == frozenset()


def test_every_total_opens_the_figures_that_it_is_made_of(desk, cast):
    families = desk.measure()
    old = desk.tell(cast.sen_tay, families, 120)
    new = desk.put_right(old, 100)
    other = desk.tell(cast.dong_gao, families, 50)
    asked = {"measure": families, "period": desk.july, "basis": Basis.SELF_REPORTED, "on": TODAY}

    behind = selectors.figures_behind(unit=cast.city, seen_by=cast.chi.pk, **asked)
    assert list(behind) == [other, new]
    of_ho_sen = selectors.figures_behind(unit=cast.ho_sen, seen_by=cast.chi.pk, **asked)
    assert list(of_ho_sen) == [new]
    assert selectors.history_of(figure=new, seen_by=cast.chi.pk, on=TODAY) == (old, new)


def test_a_total_is_seen_by_those_who_may_read_figures_there(desk, cast):
    families = desk.measure()
    figure = desk.tell(cast.sen_tay, families, 120)
    asked = {"measure": families, "period": desk.july, "basis": Basis.SELF_REPORTED, "on": TODAY}

    for user, sees in {cast.mai: True, cast.ha: True, cast.khe: False, cast.tung: False}.items():
        given = {"unit": cast.sen_tay, "seen_by": user.pk, **asked}
        assert (selectors.total_of(**given) is not None) is sees
        assert selectors.figures_behind(**given).exists() is sees
        found = selectors.figure_by_uid(figure.uid, seen_by=user.pk, on=TODAY)
        assert found == (figure if sees else None)


def follow(kind, day, source, *shares):
    """Let a unit end on a day and others follow it, the first of them answering for it."""
    change_organisation(
        kind=kind,
        follows=[
            Follows(source, target, answers=place == 0, whole=share is None, share=share)
            for place, (target, share) in enumerate(shares)
        ],
        ending=[source],
        day=day,
        legal_basis="Nghị quyết số 1",
        actor=SYSTEM,
        at=NOW,
    )


def test_a_merger_within_the_period_leaves_every_total_as_it_was(desk, cast):
    """Sen Tây ends on 1 June and Hồ Nam answers for it; both told of the first half year."""
    families, share = desk.measure(), desk.measure(Rollup.RATIO_OF_SUMS)
    half = make_period("half_year", date(2024, 1, 1), date(2024, 7, 1))
    heir = make_unit("phuong-ho-nam", parent=cast.dong_gao, kind="commune")
    for measure, numbers in ((families, (120,)), (share, (18, 20))):
        desk.tell(cast.sen_tay, measure, *numbers, period=half)
    desk.tell(heir, families, 5, period=half)
    fold()
    before = [desk.read(cast.city, measure, half) for measure in (families, share)]
    assert desk.read(cast.ho_sen, families, half).value(0) == 120

    follow(ChangeKind.MERGE, date(2024, 6, 1), cast.sen_tay, (heir, None))
    assert services.follow_changes(at=NOW) == 1
    assert services.follow_changes(at=NOW) == 0

    after = [desk.read(cast.city, measure, half) for measure in (families, share)]
    assert after == before
    assert desk.read(heir, families, half).value(0) == 125
    assert desk.read(cast.ho_sen, families, half).exact is None
    assert differing() == ()


def test_what_waits_is_not_added_by_a_rule_that_is_another_since(desk, cast):
    measure = desk.measure(Rollup.RATIO_OF_SUMS)
    figure = desk.tell(cast.ho_sen, measure, 18, 23)
    Measure.objects.filter(pk=measure.pk).update(rollup=Rollup.SUM)
    measure.refresh_from_db()

    fold()

    total = desk.read(cast.city, measure)
    assert (total.exact, total.answers) == (None, 0)
    assert differing() == ()
    figure = Figure.objects.get(pk=figure.pk)
    desk.put_right(figure, 20)
    fold()
    assert desk.read(cast.city, measure).value(0) == 20


@pytest.mark.parametrize(
    ("before", "numbers", "after"),
    [(Rollup.WEIGHTED, (5, 2), Rollup.SUM), (Rollup.SUM, (5,), Rollup.WEIGHTED)],
)
def test_what_has_not_the_form_of_the_rule_is_in_no_total_and_in_no_recount(
    desk, cast, before, numbers, after
):
    measure = desk.measure(before)
    desk.tell(cast.ho_sen, measure, *numbers)
    fold()
    Measure.objects.filter(pk=measure.pk).update(rollup=after)
    services.follow_changes(at=NOW)
    measure.refresh_from_db()

    assert desk.read(cast.city, measure).answers == 0
    assert differing() == ()


def test_a_figure_of_an_old_rule_is_corrected_and_takes_nothing_away(desk, cast):
    measure = desk.measure()
    old = desk.tell(cast.ho_sen, measure, 7)
    desk.tell(cast.dong_gao, desk.measure(), 1)
    fold()
    Measure.objects.filter(pk=measure.pk).update(rollup=Rollup.RATIO_OF_SUMS)
    assert services.follow_changes(at=NOW) == 1
    assert differing() == ()
    old = Figure.objects.get(pk=old.pk)

    desk.put_right(old, 18, 24)
    fold()

    total = desk.read(cast.city, old.measure)
    assert (total.numerator, total.denominator, total.answers) == (18, 24, 1)


def test_a_target_is_read_above_those_who_follow_its_parts(desk, cast, monkeypatch):
    """Sen Tây and Hồ Sen hold parts; from 1 July Hồ Nam, elsewhere, answers for Sen Tây."""
    families, other = desk.measure(), desk.measure()
    for measure in (families, other):
        measure.targets.update(unit=cast.office)
    half = make_period("half_year", date(2024, 1, 1), date(2024, 7, 1))
    july = make_period("month", date(2024, 7, 1), date(2024, 8, 1))
    heir = make_unit("phuong-ho-nam", parent=cast.dong_gao, kind="commune")
    for unit, number in ((cast.sen_tay, 120), (cast.ho_sen, 30), (cast.dong_gao, 5)):
        desk.tell(unit, families, number, period=half)
        desk.tell(unit, other, number, period=july)
    follow(ChangeKind.MERGE, date(2024, 7, 1), cast.sen_tay, (heir, None))
    fold()
    who = {"seen_by": cast.chi.pk, "on": TODAY}
    parts = [cast.sen_tay.pk, cast.ho_sen.pk]
    targets = [families.targets.get(), other.targets.get()]
    monkeypatch.setattr(
        "lotrinh.apps.targets.selectors.units_with_parts_of",
        lambda *, targets: {target.pk: parts for target in targets},
    )

    pages = [selectors.series_of(target=target, parts=parts, **who) for target in targets]
    board = selectors.reached_by(targets=targets, **who)

    assert [page.place for page in pages] == [cast.ho_sen.pk, cast.city.pk]
    assert [page.last.level for page in pages] == [150, 155]
    assert [one.actual for one in board] == [150, 155]


def test_what_cannot_be_divided_counts_with_the_unit_above_all_who_follow(desk, cast):
    """A third of Sen Tây goes to Sen Một, a half to Sen Hai; who has the rest is not stated.

    It may lie outside Hồ Sen too, and so counts with the city.
    """
    families, highest = desk.measure(), desk.measure(Rollup.MAX)
    half = make_period("half_year", date(2024, 1, 1), date(2024, 7, 1))
    one = make_unit("phuong-sen-mot", parent=cast.ho_sen, kind="commune")
    two = make_unit("phuong-sen-hai", parent=cast.ho_sen, kind="commune")
    shares = (one, Decimal("0.33333")), (two, Decimal("0.5"))
    follow(ChangeKind.SPLIT, date(2024, 6, 1), cast.sen_tay, *shares)
    first = desk.tell(cast.sen_tay, families, 101, period=half)
    desk.tell(cast.sen_tay, highest, 7, period=half)
    fold()

    places = (one, two, cast.ho_sen, cast.city)
    values = [desk.read(unit, families, half).value(5) for unit in places]
    assert values == [Decimal(given) for given in ("33.66633", "50.5", "84.16633", "101")]
    assert [desk.read(unit, families, half).answers for unit in places] == [1, 1, 1, 1]
    assert desk.read(cast.city, highest, half).value(0) == 7
    assert differing() == ()
    desk.put_right(first, 200)
    fold()
    assert desk.read(cast.city, families, half).value(0) == 200
    assert differing() == ()


def test_a_fold_that_is_broken_off_has_done_nothing(desk, cast):
    families = desk.measure()
    desk.tell(cast.sen_tay, families, 120)
    fold()
    desk.tell(cast.dong_gao, families, 50)

    with pytest.raises(InterruptedError), transaction.atomic():
        fold()
        raise InterruptedError
    assert Delta.objects.count() == 1
    assert desk.read(cast.city, families).value(0) == 120

    assert (fold(), fold()) == (1, 0)
    assert desk.read(cast.city, families).value(0) == 170
    assert differing() == ()


def test_a_batch_has_its_size_and_the_oldest_goes_first(desk, cast):
    families = desk.measure()
    for unit in (cast.sen_tay, cast.ho_sen, cast.dong_gao):
        desk.tell(unit, families, 1)

    assert services.fold_deltas(at=NOW, at_most=2) == 2
    assert desk.read(cast.city, families).value(0) == 2
    assert differing() == ()


def test_a_total_that_was_tampered_with_is_found_and_made_anew(desk, cast):
    families = desk.measure()
    desk.tell(cast.sen_tay, families, 120)
    fold()
    good = Total.objects.get(unit=cast.city).amounts
    Total.objects.filter(unit=cast.city).update(amounts=b"\x01")
    OwnPart.objects.all().delete()

    difference, own = differing()
    assert (own.unit_id, own.is_own, own.kept.answers) == (cast.sen_tay.pk, True, 0)
    assert (difference.unit_id, difference.measure_id) == (cast.city.pk, families.pk)
    assert (difference.kept.numerator, difference.counted.numerator) == (Decimal("0.000001"), 120)
    assert services.rebuild_totals(at=NOW) == 1
    assert differing() == ()
    assert bytes(Total.objects.get(unit=cast.city).amounts) == bytes(good)


def test_a_measure_that_comes_to_add_up_by_another_rule_is_counted_by_it(desk, cast):
    measure = desk.measure()
    desk.tell(cast.sen_tay, measure, 9)
    desk.tell(cast.dong_gao, measure, 4)
    fold()
    measure.rollup = Rollup.MAX
    measure.save()
    assert [one.unit_id for one in differing()]
    desk.tell(cast.ho_sen, measure, 6)
    fold()

    assert desk.read(cast.city, measure).value(0) == 9
    assert differing() == ()
