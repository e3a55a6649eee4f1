"""What was published of two years comes out of reports, word for word and number for number.

2023, first seven months: 15 of 20 tasks done; more than two million visitors to the heritage sites;
45.37 billion dong, 126 % of the year's plan and thirty times the same months of the year before.
2024: 20 of 24 targets expected to be met, 6 of them exceeded; 492,309 billion dong of budget
revenue, 120.5 % of the estimate and 19.6 % more than the year before. How the 45.37 billion are
spread over sites, the plans and the years before are made up to fit what was published.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lotrinh.apps.reporting import selectors
from lotrinh.apps.reporting.models import Collection
from lotrinh.apps.reporting.services import StageSaid
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units.models import Unit
from lotrinh.rules.figure_words import Base, compared, told
from lotrinh.rules.figures import Basis
from lotrinh.rules.formats import money
from lotrinh.rules.outcome_words import score_words
from lotrinh.rules.progress import growth, percent_of, times
from lotrinh.rules.report_states import ReportStep, Stage
from lotrinh.rules.target_terms import Comparator, Direction, Rollup
from tests.factories import TODAY, make_officer, make_target, make_unit
from tests.ledgers import fold
from tests.reports import approve, fill, fresh, hand_in, make_group, make_regime, open_month

SEVEN = date(2023, 1, 1), date(2023, 8, 1)
SEVEN_BEFORE = date(2022, 1, 1), date(2022, 8, 1)
YEAR = date(2024, 1, 1), date(2025, 1, 1)
YEAR_BEFORE = date(2023, 1, 1), date(2024, 1, 1)
BILLION = 10**9
SITES = ("18,62", "12,15", "6,71", "4,52", "1,32", "2,05")
"""Billions of dong by site; together 45.37."""
STAGES = [
    StageSaid(Stage(ReportStep.HAND_IN), 5, 1),
    StageSaid(Stage(ReportStep.APPROVE), 8, 1),
]


@pytest.fixture
def sites(cast):
    return [
        make_unit(
            f"di-tich-{place}", parent=cast.ho_sen, kind="department", name_vi=f"Di tích {place}"
        )
        for place in range(len(SITES))
    ]


def promised(cast, name: str, value: object, **more: object) -> Target:
    """Hold a target of the city for the end of a year."""
    said = {
        "measure": name,
        "language": "vi",
        "comparator": Comparator.AT_LEAST,
        "value": None if value is None else Decimal(str(value)),
        "unit_of_measure": "VND",
        "due": date(2023, 12, 31),
        "rollup": Rollup.SUM,
    }
    target = make_target(owed_to=cast.city, user=cast.chi, promise=Promise(**(said | more)))
    Measure.objects.filter(pk=target.measure_id).update(
        accumulates=True,
        direction=Direction.HIGHER,
        unit_of_measure=(said | more)["unit_of_measure"],
    )
    target.refresh_from_db()
    return target


def collect(cast, measures, units, *, kind: str, days, basis=Basis.SELF_REPORTED) -> Collection:
    """Open a period for these units by a regime of its own."""
    code = f"nhom-{kind}-{days[0].year}-{len(measures)}-{basis}"
    make_group(*units, code=code)
    regime = make_regime(
        owed_to=cast.city,
        measures=measures,
        user=cast.chi,
        kind=kind,
        basis=basis,
        stages=STAGES,
        group=code,
        since=date(2021, 1, 1),
    )
    return open_month(regime, user=cast.chi, days=days)


def report(collection: Collection, unit: Unit, texts: dict[Measure, str]) -> None:
    """Let a unit report these texts, entered and approved by two officers of its own."""
    paper = collection.reports.get(unit=unit)
    writer, leader = make_officer(unit), make_officer(unit, full_name="Quách Thị Lan")
    fill(paper, writer, texts, comment="Đã đối chiếu sổ thu")
    hand_in(fresh(paper), writer)
    below = [one.uid for one in selectors.missing_below(report=fresh(paper))]
    approve(fresh(paper), leader, without=below)


def total(cast, measure: Measure, collection: Collection, basis=Basis.SELF_REPORTED):
    """Return the city's total."""
    found = selectors.total_of(
        unit=cast.city,
        measure=measure,
        period=collection.period,
        basis=basis,
        seen_by=cast.chi.pk,
        on=TODAY,
    )
    assert found is not None and found.exact is not None
    return found.exact


def test_seven_months_of_2023(cast, sites):
    revenue = promised(cast, "Doanh thu tại các di tích", 36 * BILLION)
    visitors = promised(cast, "Khách tham quan di tích", 3_200_000, unit_of_measure="visit")
    tasks = promised(
        cast,
        "Nhiệm vụ của Chương trình đã hoàn thành",
        100,
        unit_of_measure="%",
        rollup=Rollup.RATIO_OF_SUMS,
    )
    before = collect(cast, [revenue.measure], sites[:1], kind="seven_months", days=SEVEN_BEFORE)
    report(before, sites[0], {revenue.measure: "1,51 tỷ"})
    measures = [revenue.measure, visitors.measure]
    now = collect(cast, measures, sites, kind="seven_months", days=SEVEN)
    for site, billions in zip(sites, SITES, strict=True):
        texts = {revenue.measure: f"{billions} tỷ đồng", visitors.measure: "334.000"}
        report(now, site, texts)
    programme = collect(cast, [tasks.measure], [cast.office], kind="seven_months", days=SEVEN)
    report(programme, cast.office, {tasks.measure: "15/20"})
    fold()

    got = total(cast, revenue.measure, now)
    earlier = total(cast, revenue.measure, before)
    assert got == Fraction(4537 * 10**7)
    assert (
        compared(
            percent_of(Decimal(45_370_000_000), revenue.value),
            Base.YEAR_PLAN,
            language="vi",
            places=0,
        )
        == "bằng 126% kế hoạch năm"
    )
    assert (
        compared(
            times(Decimal(int(got)), Decimal(int(earlier))),
            Base.SAME_PERIOD,
            language="vi",
            places=0,
        )
        == "gấp 30 lần cùng kỳ năm trước"
    )
    assert total(cast, visitors.measure, now) == 2_004_000
    done = selectors.totals_of(
        unit=cast.city,
        measures=[tasks.measure],
        period=programme.period,
        basis=Basis.SELF_REPORTED,
        seen_by=cast.chi.pk,
        on=TODAY,
    )[tasks.measure.pk]
    assert (done.numerator, done.denominator, done.exact) == (15, 20, Fraction(15, 20))

    (reached,) = selectors.reached_by(
        targets=[revenue], period=now.period, seen_by=cast.chi.pk, on=TODAY
    )
    assert (reached.outcome.attainment, reached.basis) == ("exceeded", Basis.SELF_REPORTED)
    assert round(reached.actual / Fraction(revenue.value) * 100, 2) == Fraction(12603, 100)


def test_the_year_2024_as_it_was_expected(cast):
    revenue = promised(
        cast, "Thu ngân sách", 408_547 * BILLION, due=date(2024, 12, 31), rollup=Rollup.SUM
    )
    before = collect(cast, [revenue.measure], [cast.office], kind="year", days=YEAR_BEFORE)
    report(before, cast.office, {revenue.measure: "411.629 tỷ đồng"})
    plans = [
        promised(cast, f"Chỉ tiêu {place}", 100, unit_of_measure="point", due=date(2024, 12, 31))
        for place in range(23)
    ]
    measures = [revenue.measure, *(plan.measure for plan in plans)]
    now = collect(cast, measures, [cast.office], kind="year", days=YEAR, basis=Basis.ESTIMATED)
    # Of the 23 others five are exceeded, fourteen met, four missed by what is expected.
    texts = ["112"] * 5 + ["100"] * 14 + ["96"] * 4
    told_now = {plan.measure: text for plan, text in zip(plans, texts, strict=True)}
    report(now, cast.office, {revenue.measure: "492.309 tỷ đồng", **told_now})
    fold()

    found = selectors.reached_by(
        targets=[revenue, *plans], period=now.period, seen_by=cast.chi.pk, on=TODAY
    )
    score = selectors.score_of(found)
    assert score_words(score, language="vi") == (
        "20/24 chỉ tiêu dự kiến đạt, trong đó 6 vượt; 4 ước không đạt"
    )
    assert score_words(score, language="en") == (
        "20 of 24 targets expected to be met, 6 of them exceeded; 4 expected to be missed"
    )
    got = total(cast, revenue.measure, now, Basis.ESTIMATED)
    earlier = total(cast, revenue.measure, before)
    actual, past = Decimal(int(got)), Decimal(int(earlier))
    sentence = told(
        "Thu ngân sách",
        money(actual, language="vi"),
        [
            (percent_of(actual, revenue.value), Base.BUDGET),
            (growth(actual, past), Base.PREVIOUS_YEAR),
        ],
        language="vi",
        is_estimated=found[0].outcome.is_estimated,
    )
    assert sentence == (
        "Thu ngân sách ước đạt 492.309 tỷ đồng, bằng 120,5% dự toán, tăng 19,6% so với năm trước."
    )
