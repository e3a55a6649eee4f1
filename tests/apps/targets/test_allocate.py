"""A target is divided among units: worked out, answered, decided by a document, and then stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.targets import selectors, services
from lotrinh.apps.targets.models import Allocation, AllocationShare, Target
from lotrinh.apps.targets.services import Among, Division, Given
from lotrinh.apps.units.services import change_organisation
from lotrinh.apps.units.services.changes import Follows
from lotrinh.rules.allocation_states import AllocationMethod, ShareAnswer
from lotrinh.rules.succession import ChangeKind
from lotrinh.rules.target_terms import Rollup
from tests.apps.targets.dividing import (
    ON,
    by_bases,
    by_hand,
    consulted,
    decided,
    districts,
    drafted,
    families,
)
from tests.factories import NOW, TODAY, key, make_document, make_unit
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def figures(allocation):
    return {share.unit.code: share.value for share in allocation.shares.select_related("unit")}


def answer(cast, share, said, **more):
    given = {"asked": None, "reason": "", "user": cast.ha, "version": share.version, **more}
    return services.answer_consultation(
        share_id=share.pk, answer=said, **{"client_key": key(), **given}, **ON
    )


def share_of(allocation, unit):
    return AllocationShare.objects.get(allocation=allocation, unit=unit)


def test_parts_and_remainder_are_the_whole(cast):
    allocation = drafted(cast, families(cast))

    assert figures(allocation) == {"quan-ho-sen": 76, "huyen-dong-gao": 25}
    standing = selectors.standing_of(allocation, allocation.shares.all())
    assert (standing.total, standing.difference, standing.bases) == (101, 0, 400)


@pytest.mark.slow
def test_a_unit_without_a_base_gets_no_figure_and_is_missing(cast):
    allocation = drafted(cast, families(cast), by_bases(cast, dong_gao=None))

    assert figures(allocation) == {"quan-ho-sen": 101, "huyen-dong-gao": None}
    with nothing_changes(), pytest.raises(services.ShareMissing) as missing:
        consulted(cast, allocation)
    assert [unit.code for unit in missing.value.units] == ["huyen-dong-gao"]


@pytest.mark.slow
def test_equal_parts_go_to_the_first_units_where_it_does_not_come_out(cast):
    allocation = drafted(cast, families(cast), Division(AllocationMethod.EQUAL))

    assert sorted(figures(allocation).values()) == [50, 51]


def test_rates_are_weighted_by_the_denominators_that_are_stored(cast):
    """80 % of 300 and 60 % of 100 are 75 % together, and neither 140 nor 70 %."""
    target = families(cast, value=75, rollup=Rollup.RATIO_OF_SUMS)
    given = {
        cast.ho_sen.pk: Given(Decimal(80), Decimal(300)),
        cast.dong_gao.pk: Given(Decimal(60), Decimal(100)),
    }
    allocation = drafted(cast, target, Division(AllocationMethod.BY_HAND, given=given))

    standing = selectors.standing_of(allocation, allocation.shares.all())
    assert (standing.total, standing.difference, standing.weightless) == (75, 0, 0)

    bare = {unit: Given(value.value) for unit, value in given.items()}
    other = drafted(
        cast,
        families(cast, value=75, rollup=Rollup.RATIO_OF_SUMS),
        Division(AllocationMethod.BY_HAND, given=bare),
        districts(cast),
    )
    standing = selectors.standing_of(other, other.shares.all())
    assert (standing.total, standing.difference, standing.weightless) == (None, None, 2)


def test_a_decision_gives_every_unit_its_own_target(cast):
    target = families(cast)
    allocation = decided(cast, consulted(cast, drafted(cast, target)))

    parts = {part.unit.code: part for part in Target.objects.filter(superior=target)}
    assert {code: part.value for code, part in parts.items()} == {
        "quan-ho-sen": 76,
        "huyen-dong-gao": 25,
    }
    part = parts["quan-ho-sen"]
    assert (part.allocation, part.measure, part.due) == (allocation, target.measure, target.due)
    assert [source.start for source in part.sources.all()] == [
        source.start for source in target.sources.all()
    ]
    assert Entry.objects.filter(verb="target.allocated").count() == 2
    seen = {"seen_by": cast.ha.pk, "on": TODAY}
    assert selectors.target_by_uid(part.uid, **seen) == part
    assert selectors.target_by_uid(target.uid, **seen) is None
    assert selectors.target_by_uid(parts["huyen-dong-gao"].uid, **seen) is None
    assert list(selectors.heads(**seen)) == [part]
    assert list(selectors.heads(seen_by=cast.chi.pk, on=TODAY)) == [target]
    document = target.sources.get().rendition.document
    for user, found in ((cast.chi, target), (cast.ha, part)):
        asked = {"seen_by": user.pk, "on": TODAY}
        assert selectors.from_document(document=document, **asked) == (found,)


def test_what_was_decided_is_locked_by_services_and_by_the_database(cast):
    target = families(cast)
    allocation = decided(cast, consulted(cast, drafted(cast, target)))
    part = Target.objects.get(superior=target, unit=cast.ho_sen)

    with pytest.raises(services.StepNotOpen):
        services.amend_allocation(
            allocation_id=allocation.pk,
            version=allocation.version,
            division=by_hand(cast, 1, 100),
            user=cast.chi,
            client_key=key(),
            **ON,
        )
    for unlawful in (
        lambda: AllocationShare.objects.filter(allocation=allocation).update(value=1),
        lambda: AllocationShare.objects.filter(allocation=allocation).delete(),
        lambda: Allocation.objects.filter(pk=allocation.pk).update(whole=1),
        lambda: Allocation.objects.filter(pk=allocation.pk).update(state="draft"),
        lambda: Target.objects.filter(pk=part.pk).update(value=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            unlawful()
    for locked in (target, part):
        with nothing_changes(), pytest.raises(services.TargetAllocated):
            services.withdraw_target(target_id=locked.pk, user=cast.chi, **ON)


def test_a_difference_is_allowed_only_with_a_reason(cast):
    allocation = consulted(cast, drafted(cast, families(cast), by_hand(cast, 80, 30)))

    basis = make_document(keeper=cast.city, user=cast.chi)

    with nothing_changes(), pytest.raises(services.DifferenceUnexplained) as refused:
        decided(cast, allocation, basis=basis)
    assert refused.value.difference == -9

    assert decided(cast, allocation, "Giao vượt để bù").difference_reason == "Giao vượt để bù"


def test_a_unit_agrees_or_asks_and_is_asked_anew_when_its_figure_changes(cast):
    allocation = consulted(cast, drafted(cast, families(cast)))
    share = share_of(allocation, cast.ho_sen)

    with nothing_changes(), pytest.raises(services.NoReason):
        answer(cast, share, ShareAnswer.ASKS, asked=Decimal(70))
    asked = answer(cast, share, ShareAnswer.ASKS, asked=Decimal(70), reason="Hộ mới nhập cư")
    assert (asked.answer, asked.asked, asked.answered_by) == ("asks", 70, cast.ha)

    services.amend_allocation(
        allocation_id=allocation.pk,
        version=allocation.version,
        division=replace(by_hand(cast, 70, 31), works_out=False),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    again = share_of(allocation, cast.ho_sen)
    assert (again.value, again.answer, again.asked, again.reason) == (70, "", None, "")
    with pytest.raises(services.AllocationChangedMeanwhile):
        answer(cast, asked, ShareAnswer.AGREES)
    assert answer(cast, again, ShareAnswer.AGREES).answer == "agrees"
    kept = allocation.events.filter(step="answer").order_by("id").first()
    assert kept.figures[str(cast.ho_sen.uid)]["asked"] == "70"


def test_another_unit_and_a_reader_answer_for_nobody(cast):
    allocation = consulted(cast, drafted(cast, families(cast)))
    share = share_of(allocation, cast.ho_sen)

    for user in (cast.khe, cast.nghiem, cast.mai, cast.an):
        with nothing_changes(), pytest.raises(services.NotAllowed):
            answer(cast, share, ShareAnswer.AGREES, user=user)


def test_each_sees_its_own_share_and_nothing_before_it_is_asked(cast):
    allocation = drafted(cast, families(cast))
    for user in (cast.ha, cast.khe, cast.an):
        asked = {"seen_by": user.pk, "on": TODAY}
        assert selectors.allocation_by_uid(allocation.uid, **asked) is None

    allocation = consulted(cast, allocation)
    seen = {
        name: [share.unit.code for share in selectors.shares_of(found, **asked)]
        for name, user in cast.named_users().items()
        for asked in [{"seen_by": user.pk, "on": TODAY}]
        if (found := selectors.allocation_by_uid(allocation.uid, **asked))
    }
    both = ["huyen-dong-gao", "quan-ho-sen"]
    assert {name: sorted(codes) for name, codes in seen.items()} == {
        "chi": both,
        "thach": both,
        "nghiem": both,
        "ha": ["quan-ho-sen"],
        "khe": ["huyen-dong-gao"],
        "bach": ["huyen-dong-gao"],
    }


@pytest.mark.parametrize(
    "name", ["ha", *(pytest.param(who, marks=pytest.mark.slow) for who in ("thach", "khe", "an"))]
)
def test_only_those_who_assign_at_the_city_divide_what_the_city_set(cast, name):
    target, group = families(cast), districts(cast)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.draft_allocation(
            target_id=target.pk,
            among=Among(group, TODAY),
            division=by_bases(cast),
            user=cast.named_users()[name],
            client_key=key(),
            **ON,
        )


def test_a_decision_needs_the_right_to_bind_and_a_document_that_may_be_read(cast):
    allocation = consulted(cast, drafted(cast, families(cast)))
    given = {"allocation_id": allocation.pk, "version": 2, "difference_reason": ""}
    basis = make_document(keeper=cast.city, user=cast.chi)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.decide_allocation(basis=basis, user=cast.ha, client_key=key(), **given, **ON)
    assert decided(cast, allocation).state == "decided"


def test_sent_twice_is_once(cast):
    target, group, same = families(cast), districts(cast), key()
    given = {"target_id": target.pk, "among": Among(group, TODAY), "user": cast.chi}
    first = services.draft_allocation(division=by_bases(cast), client_key=same, **given, **ON)
    with nothing_changes():
        again = services.draft_allocation(division=by_bases(cast), client_key=same, **given, **ON)
    assert again == first
    with nothing_changes(), pytest.raises(services.AllocationOpen):
        services.draft_allocation(division=by_bases(cast), client_key=key(), **given, **ON)

    consulted(cast, first)
    basis, same = make_document(keeper=cast.city, user=cast.chi), key()
    act = {"basis": basis, "difference_reason": "", "user": cast.chi, "client_key": same}
    services.decide_allocation(allocation_id=first.pk, version=2, **act, **ON)
    with nothing_changes():
        services.decide_allocation(allocation_id=first.pk, version=2, **act, **ON)
    assert Target.objects.filter(superior=target).count() == 2


def test_a_new_allocation_supersedes_and_the_old_one_stays_readable(cast):
    target, group = families(cast), districts(cast)
    old = decided(cast, consulted(cast, drafted(cast, target, group=group)))
    new = drafted(cast, target, Division(AllocationMethod.AS_BEFORE), group)
    assert (new.replaces, new.not_carried) == (old, 0)
    assert figures(new) == {"quan-ho-sen": 76, "huyen-dong-gao": 25}

    services.amend_allocation(
        allocation_id=new.pk,
        version=new.version,
        division=by_hand(cast, 71, 30),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    new.refresh_from_db()
    decided(cast, consulted(cast, new))

    old.refresh_from_db()
    assert (old.state, figures(old)["quan-ho-sen"]) == ("superseded", 76)
    held = Target.objects.filter(superior=target).order_by("id")
    assert [(part.value, part.withdrawn_on) for part in held if part.unit == cast.ho_sen] == [
        (76, TODAY),
        (71, None),
    ]


def test_after_a_split_without_shares_the_figure_is_left_over_and_named(cast):
    """Đồng Gạo ends; two follow it and nobody has said in what parts."""
    target = families(cast)
    decided(cast, consulted(cast, drafted(cast, target)))
    day = date(2024, 9, 1)
    made = [make_unit(f"xa-{n}", parent=cast.city, since=day, kind="district") for n in (1, 2)]
    change_organisation(
        kind=ChangeKind.SPLIT,
        follows=[
            Follows(cast.dong_gao, made[0], answers=True, whole=False),
            Follows(cast.dong_gao, made[1], answers=False, whole=False),
        ],
        ending=[cast.dong_gao],
        day=day,
        legal_basis="Nghị quyết số 2",
        actor=SYSTEM,
        at=NOW,
    )
    later = date(2024, 9, 2)
    new = services.draft_allocation(
        target_id=target.pk,
        among=Among(districts(cast, *made, code="quan-sau-chia"), later),
        division=Division(AllocationMethod.AS_BEFORE),
        user=cast.chi,
        client_key=key(),
        on=later,
        at=NOW,
    )

    assert figures(new) == {"quan-ho-sen": 76, "xa-1": None, "xa-2": None}
    assert new.not_carried == 25


def test_a_district_divides_further_what_it_was_given(cast):
    target = families(cast)
    decided(cast, consulted(cast, drafted(cast, target)))
    part = Target.objects.get(superior=target, unit=cast.ho_sen)
    below = services.draft_allocation(
        target_id=part.pk,
        among=Among(
            districts(cast, cast.sen_tay, code="phuong"),
            TODAY,
            {cast.ho_sen.pk: "chính là quận", cast.dong_gao.pk: "ngoài quận"},
        ),
        division=Division(AllocationMethod.EQUAL),
        user=cast.ha,
        client_key=key(),
        **ON,
    )

    assert figures(below) == {"phuong-sen-tay": 76}
    assert below.left_out[str(cast.dong_gao.uid)] == "ngoài quận"
