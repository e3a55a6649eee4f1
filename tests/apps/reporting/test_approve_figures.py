"""Figures are approved once, by two people, for a unit that was there; then nothing changes them.

Mai and Tâm work in ward Sen Tây: whoever of them enters, the other approves.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lotrinh.apps.journal.models import Entry as JournalEntry
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Approval, Delta, Figure
from lotrinh.apps.reporting.services import Entry, Told
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import Basis
from lotrinh.rules.target_terms import Rollup
from tests.factories import NOW, TODAY, key, make_officer
from tests.ledgers import approve, correct, fold, make_measure, make_period, read, told


@pytest.fixture
def mai(cast):
    return make_officer(cast.sen_tay, full_name="Vũ Thị Mai")


@pytest.fixture
def july(cast):
    return make_period()


@pytest.fixture
def one(cast, mai, tam, july, families):
    act = approve(cast.sen_tay, [told(families, 120)], period=july, entered_by=mai, user=tam)
    return act.figures.get()


def test_an_approved_figure_says_who_entered_and_who_approved_it(one, cast, mai, tam):
    act = one.approval

    assert (one.value, one.unit, one.basis) == (Decimal(120), cast.sen_tay, "self_reported")
    assert (act.entered_by, act.approved_by, act.entered_on) == (mai, tam, TODAY)
    assert Delta.objects.get().payload == [[one.measure_id, 1, 120_000_000, 0, "sum"]]


def test_the_journal_has_one_entry_with_every_number_and_no_name(one, mai):
    entry = JournalEntry.objects.get(verb="figures.approved")

    assert f'"{one.measure.uid}=120///"' in entry.payload
    assert entry.object_uid == one.approval.uid
    assert str(mai.uid) not in entry.payload


def test_the_same_form_sent_twice_is_sent_once(cast, mai, tam, july, families):
    sent = key()
    both = [
        approve(
            cast.sen_tay,
            [told(families, 120)],
            period=july,
            entered_by=mai,
            user=tam,
            client_key=sent,
        )
        for _ in range(2)
    ]

    assert both[0] == both[1]
    assert (Figure.objects.count(), Delta.objects.count()) == (1, 1)
    with pytest.raises(services.KeyTaken):
        approve(
            cast.ho_sen,
            [told(families, 9)],
            period=july,
            entered_by=mai,
            user=cast.chi,
            client_key=sent,
        )


def test_nobody_approves_what_he_entered(cast, mai, tam, july, families):
    with pytest.raises(services.SamePerson):
        approve(cast.sen_tay, [told(families, 1)], period=july, entered_by=mai, user=mai)
    by_hand = {
        "unit": cast.sen_tay,
        "period": july,
        "basis": "verified",
        "entered_by": mai,
        "entered_on": TODAY,
        "approved_by": mai,
        "on": TODAY,
        "at": NOW,
        "client_key": key(),
    }
    with pytest.raises(IntegrityError, match="reporting_two_people"), transaction.atomic():
        Approval.objects.create(**by_hand)
    assert not Figure.objects.exists()


def test_the_right_is_that_of_the_unit_and_of_the_day(cast, mai, tam, july, families):
    figures = [told(families, 1)]
    enters = make_officer(cast.sen_tay, actions=[Action.ENTER_FIGURE])
    with pytest.raises(services.NotAllowed, match=r"figure.approve"):
        approve(cast.sen_tay, figures, period=july, entered_by=mai, user=enters)
    with pytest.raises(services.NotAllowed, match=r"figure.approve"):
        approve(cast.dong_gao, figures, period=july, entered_by=cast.chi, user=tam)
    reads = make_officer(cast.sen_tay, actions=[Action.READ_FIGURE])
    with pytest.raises(services.NotAllowed, match=r"figure.enter"):
        approve(cast.sen_tay, figures, period=july, entered_by=reads, user=tam)
    left = make_officer(cast.sen_tay, until=date(2024, 8, 1))
    entry = {"unit": cast.sen_tay, "period": july, "basis": Basis.VERIFIED, "client_key": key()}
    made = services.approve_figures(
        figures=figures, entry=Entry(left, date(2024, 7, 31)), user=tam, on=TODAY, at=NOW, **entry
    )
    assert made.entered_by == left
    with pytest.raises(services.NotAllowed, match=r"figure.approve"):
        approve(cast.sen_tay, figures, period=july, entered_by=mai, user=left)


def test_what_is_approved_is_corrected_and_not_approved_again(one, cast, mai, tam, july):
    with pytest.raises(services.AlreadyApproved) as refused:
        approve(cast.sen_tay, [told(one.measure, 130)], period=july, entered_by=mai, user=tam)

    assert refused.value.held == (one,)


def test_a_unit_that_did_not_stand_in_the_period_has_nothing_to_tell(cast, july, families):
    """The ward Sen Cũ was abolished at the end of 2023."""
    with pytest.raises(services.UnitNotThere):
        approve(cast.sen_cu, [told(families, 1)], period=july, entered_by=cast.chi, user=cast.thach)


def test_a_figure_has_the_form_that_its_measure_needs(cast, mai, tam, july, families):
    wrong = [
        (Rollup.RATIO_OF_SUMS, {"value": Decimal(75)}),
        (Rollup.WEIGHTED, {"value": Decimal(75)}),
        (Rollup.SUM, {"numerator": Decimal(3), "denominator": Decimal(4)}),
        (Rollup.SUM, {"value": Decimal(3), "weight": Decimal(4)}),
        (Rollup.SUM, {}),
    ]
    for rollup, given in wrong:
        families.rollup = rollup
        with pytest.raises(services.WrongFigureForm):
            approve(cast.sen_tay, [Told(families, **given)], period=july, entered_by=mai, user=tam)
    assert not Approval.objects.exists()


def test_one_act_has_figures_and_each_measure_once(cast, mai, tam, july, families):
    people = {"period": july, "entered_by": mai, "user": tam}
    with pytest.raises(services.NothingEntered):
        approve(cast.sen_tay, [], **people)
    with pytest.raises(services.EnteredTwice):
        approve(cast.sen_tay, [told(families, 1), told(families, 2)], **people)


def test_zero_is_a_value_and_no_figure_is_none(cast, mai, tam, july, families):
    approve(cast.sen_tay, [told(families, 0)], period=july, entered_by=mai, user=tam)
    fold()

    here = read(cast.sen_tay, families, july, seen_by=cast.chi)
    there = read(cast.dong_gao, families, july, seen_by=cast.chi)
    assert (here.value(0), here.answers, here.unsaid) == (Decimal(0), 1, None)
    assert (there.exact, there.answers, there.unsaid) == (None, 0, "nobody_answered")


def test_a_correction_stands_in_the_place_of_a_figure_and_says_why(one, mai, tam):
    made = correct(one, told(one.measure, 100), entered_by=tam, user=mai)

    assert (made.value, made.supersedes, made.reason) == (100, one, "Cộng nhầm một tổ dân phố")
    assert Figure.objects.get(pk=one.pk).value == 120
    assert [row.payload for row in Delta.objects.order_by("pk")][1] == [
        [one.measure_id, -1, 120_000_000, 0, "sum"],
        [one.measure_id, 1, 100_000_000, 0, "sum"],
    ]


def test_of_two_corrections_the_second_is_told(one, mai, tam):
    first = correct(one, told(one.measure, 100), entered_by=tam, user=mai)

    with pytest.raises(services.FigureSuperseded) as refused:
        correct(one, told(one.measure, 90), entered_by=tam, user=mai)
    assert refused.value.by == first


def test_a_correction_is_made_by_two_says_why_and_changes_something(one, mai, tam):
    with pytest.raises(services.SamePerson):
        correct(one, told(one.measure, 100), entered_by=tam, user=tam)
    with pytest.raises(services.NoReason):
        correct(one, told(one.measure, 100), entered_by=tam, user=mai, reason="  ")
    with pytest.raises(services.NothingCorrected):
        correct(one, told(one.measure, "120.000000"), entered_by=tam, user=mai)


def test_a_correction_sent_twice_is_sent_once(one, mai, tam):
    sent = key()
    both = [
        correct(one, told(one.measure, 100), entered_by=tam, user=mai, client_key=sent)
        for _ in range(2)
    ]

    assert both[0] == both[1]
    assert Figure.objects.count() == 2


def test_a_figure_that_is_withdrawn_is_missing_and_may_be_told_again(one, cast, mai, tam, july):
    nothing = correct(one, None, entered_by=tam, user=mai, reason="Nhầm đơn vị")
    fold()
    assert read(cast.sen_tay, one.measure, july, seen_by=cast.chi).unsaid == "nobody_answered"

    correct(nothing, told(one.measure, 7), entered_by=tam, user=mai, reason="Đã kiểm tra lại")
    fold()
    assert read(cast.sen_tay, one.measure, july, seen_by=cast.chi).value(0) == 7


def test_no_figure_is_changed_in_place(one):
    changes = ("UPDATE reporting_figure SET value = 1", "DELETE FROM reporting_figure")
    for change in changes:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


def test_a_figure_supersedes_one_of_its_own_series_alone(one, cast, mai, tam, july):
    other = make_measure(owed_to=cast.city, user=cast.chi)
    act = approve(cast.sen_tay, [told(other, 5)], period=july, entered_by=mai, user=tam)
    columns = {"approval": act, "unit": cast.sen_tay, "period": july, "basis": "self_reported"}

    with pytest.raises(DatabaseError, match="another series"), transaction.atomic():
        Figure.objects.create(
            measure=other, value=Decimal(1), supersedes=one, reason="Nhầm", **columns
        )
    with pytest.raises(DatabaseError, match="differs from its approval"), transaction.atomic():
        Figure.objects.create(
            measure=make_measure(owed_to=cast.city, user=cast.chi),
            value=Decimal(1),
            **columns | {"unit": cast.city},
        )


def test_the_database_knows_the_forms_too(one, cast):
    measure = make_measure(owed_to=cast.city, user=cast.chi)
    columns = {"unit": one.unit, "period": one.period, "basis": one.basis}
    wrong = [
        ("one_form", {"numerator": 1}),
        ("one_form", {"value": 1, "numerator": 1, "denominator": 2}),
        ("one_form", {}),
        ("weight", {"value": 1, "weight": -1}),
        ("denominator", {"numerator": 1, "denominator": -2}),
        ("says_why", {"value": 1, "reason": "Không thay số nào"}),
    ]
    for name, given in wrong:
        refused = pytest.raises(IntegrityError, match=f"reporting_figure_{name}")
        with refused, transaction.atomic():
            Figure.objects.create(approval=one.approval, measure=measure, **columns, **given)


def test_the_database_itself_refuses_a_figure_of_no_measure_and_keeps_measures(one):
    by_hand = {
        "approval": one.approval,
        "unit": one.unit,
        "period": one.period,
        "basis": one.basis,
        "value": Decimal(1),
    }
    with pytest.raises(IntegrityError, match="of no measure"), transaction.atomic():
        Figure.objects.create(measure_id=one.measure_id + 1000, **by_hand)
    delete = f"DELETE FROM targets_measure WHERE id = {one.measure_id}"
    with (
        pytest.raises(IntegrityError, match="figures of this measure"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(delete)


def test_a_figure_is_told_with_the_unit_of_its_approval(one, cast):
    with pytest.raises(DatabaseError, match="differs from its approval"), transaction.atomic():
        Figure.objects.create(
            approval=one.approval,
            unit=cast.dong_gao,
            measure=one.measure,
            period=one.period,
            basis=one.basis,
            value=Decimal(1),
        )
