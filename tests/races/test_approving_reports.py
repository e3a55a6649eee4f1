"""Many approve the same reports at one instant: each counts once, the others are told who did it.

The wards of Hồ Sen hand in a report for each month. Eight officers of the district, each of whom
may approve every one of them, go through all of them in the same order at the same time, while a
worker folds what was approved into the totals.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Approval, Delta, Figure, Report, ReportEvent
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import ReportState, ReportStep
from lotrinh.rules.target_terms import Rollup
from tests.cast import Cast
from tests.factories import NOW, key, make_officer, make_unit
from tests.ledgers import differing, fold, make_measure, read
from tests.races.together import Outcome, at_once
from tests.reports import by, fill, fresh, hand_in, make_group, make_regime, open_month
from tests.web.visiting import Visit, text_of

APPROVERS = 8
FIRST_MONTH = date(2020, 6, 1)
SIZES = [(2, 4), pytest.param((40, 50), marks=pytest.mark.slow)]
"""How many wards hand in for how many months."""


def test_of_eight_one_approves_and_the_others_are_told_who_it_was(people: Cast) -> None:
    ((report, content, _),) = handed_in(people, wards=1, months=1)
    many = approvers(people)

    outcomes = at_once(*[approver(user, [(report, content)]) for user in many])

    told = told_by(outcomes)
    (winner,) = [
        user for user, one in zip(many, told, strict=True) if isinstance(one[report.pk], Report)
    ]
    refused = [one[report.pk] for one in told if isinstance(one[report.pk], Exception)]
    assert len(refused) == APPROVERS - 1
    assert {type(one).__name__ for one in refused} == {"ReportStepNotOpen"}
    assert [one.event.by for one in refused] == [winner] * (APPROVERS - 1)


@pytest.mark.parametrize("size", SIZES)
def test_eight_approve_all_reports_and_every_figure_counts_once(
    people: Cast, size: tuple[int, int]
) -> None:
    ready = handed_in(people, wards=size[0], months=size[1])
    many, queue = approvers(people), [(report, content) for report, content, _ in ready]

    def worker() -> None:
        for _ in range(20 * size[1]):
            services.fold_deltas(at=NOW, at_most=7)

    outcomes = at_once(*[approver(user, queue) for user in many], worker, patience=1800)
    while fold():
        continue

    assert outcomes[-1] is None
    told = told_by(outcomes[:-1])
    for report, _ in queue:
        assert_one_approved(
            report, {user: one[report.pk] for user, one in zip(many, told, strict=True)}
        )
    assert_counted_once([report for report, _ in queue])
    assert_totals(people, ready)
    said = Counter(type(one).__name__ for each in told for one in each.values())
    assert said == {"Report": len(ready), "ReportStepNotOpen": (APPROVERS - 1) * len(ready)}


@pytest.mark.parametrize("count", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_the_page_names_who_was_faster(people: Cast, count: int) -> None:
    ((report, content, _),) = handed_in(people, wards=1, months=1)
    visits = [
        Visit(make_officer(people.ho_sen, full_name=f"Lý {number:02}")) for number in range(count)
    ]

    def send(visit: Visit) -> Callable[[], object]:
        form = {"client_key": str(key()), "content": content, "note": "Đã xem từng dòng"}
        path = f"/reports/{report.uid}/step/{ReportStep.APPROVE}/"
        return lambda: visit.client.post(path, form)

    answers = at_once(*map(send, visits))

    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [303] + [409] * (count - 1)
    winner = f"Lý {codes.index(303):02}"
    pages = [text_of(answer) for answer in answers if answer.status_code == 409]
    assert all(winner in page and "Đã xem từng dòng" in page for page in pages)
    assert_counted_once([report])


Ready = tuple[Report, str, tuple[int, int]]
"""A report that waits for its approval, the mark of what it says, and its two numbers."""


def handed_in(people: Cast, *, wards: int, months: int) -> list[Ready]:
    """Let new wards hand in a report for each month, of two measures with numbers of their own."""
    own = [make_unit(parent=people.ho_sen, kind="commune") for _ in range(wards)]
    code = f"phuong-{key()}"
    make_group(*own, code=code)
    measures = [
        make_measure(owed_to=people.city, user=people.chi, rollup=rule)
        for rule in (Rollup.SUM, Rollup.RATIO_OF_SUMS)
    ]
    regime = make_regime(
        owed_to=people.city, measures=measures, user=people.chi, group=code, since=FIRST_MONTH
    )
    found: list[Ready] = []
    for number in range(months):
        opened = open_month(regime, user=people.chi, days=(month(number), month(number + 1)))
        for report in opened.reports.select_related("unit").order_by("unit"):
            numbers = (1 + 3 * len(found), 1 + len(found) % 90)
            texts = {measures[0]: f"{numbers[0]}", measures[1]: f"{numbers[1]}/100"}
            fill(report, people.ha, texts)
            hand_in(fresh(report), people.ha)
            found.append((report, selectors.content_of(report=report), numbers))
    return found


def month(number: int) -> date:
    """Return the first day of the month that comes so many after the first one."""
    years, place = divmod(FIRST_MONTH.month - 1 + number, 12)
    return date(FIRST_MONTH.year + years, place + 1, 1)


def approvers(people: Cast) -> list[User]:
    """Return officers of the district who may all approve in every ward of it."""
    rights = (Action.READ_FIGURE, Action.APPROVE_FIGURE)
    return [make_officer(people.ho_sen, actions=rights) for _ in range(APPROVERS)]


def approver(
    user: User, queue: Sequence[tuple[Report, str]]
) -> Callable[[], dict[int, Report | Exception]]:
    """Return an act that approves all of them, and gives for each what came of it."""

    def approve_all() -> dict[int, Report | Exception]:
        found: dict[int, Report | Exception] = {}
        for report, content in queue:
            act = by(user, content=content)
            try:
                found[report.pk] = services.pass_report(
                    report_id=report.pk, step=ReportStep.APPROVE, act=act
                )
            except services.ReportStepNotOpen as refused:
                found[report.pk] = refused
        return found

    return approve_all


def told_by(outcomes: Sequence[Outcome]) -> list[dict[int, Report | Exception]]:
    """Return what each approver was told; anything but an answer of his own fails the test."""
    assert [one for one in outcomes if not isinstance(one, dict)] == []
    return [one for one in outcomes if isinstance(one, dict)]


def assert_one_approved(report: Report, told: Mapping[User, Report | Exception]) -> None:
    """One of them approved the report, and everybody else was told that it was this one."""
    winners = [user for user, one in told.items() if isinstance(one, Report)]
    assert len(winners) == 1
    named = {one.event.by_id for one in told.values() if isinstance(one, Exception)}
    assert named == {winners[0].pk}
    event = ReportEvent.objects.get(report=report, step=ReportStep.APPROVE)
    assert event.by_id == winners[0].pk
    assert fresh(report).state == ReportState.APPROVED


def assert_counted_once(reports: Sequence[Report]) -> None:
    """Each report is one act of the ledger, with one figure for each of its two measures."""
    acts = Approval.objects.filter(source__in=[report.uid for report in reports])
    assert Counter(acts.values_list("source", flat=True)) == Counter(
        report.uid for report in reports
    )
    figures = Figure.objects.filter(approval__in=acts)
    series = list(figures.values_list("unit", "period", "measure", "supersedes"))
    assert len(series) == len(set(series)) == 2 * len(reports)


def assert_totals(people: Cast, ready: Sequence[Ready]) -> None:
    """Nothing waits; the city's totals are the sums of what was typed, and the recount agrees."""
    assert not Delta.objects.exists()
    typed: dict[int, list[tuple[int, int]]] = {}
    for report, _, numbers in ready:
        typed.setdefault(report.collection_id, []).append(numbers)
    for collection_id, numbers in typed.items():
        report = next(one for one, _, _ in ready if one.collection_id == collection_id)
        families, schooled = measures_of(report)
        period = fresh(report).collection.period
        total = read(people.city, families, period, seen_by=people.chi)
        assert (total.value(0), total.answers) == (sum(one for one, _ in numbers), len(numbers))
        share = read(people.city, schooled, period, seen_by=people.chi)
        parts = (sum(one for _, one in numbers), 100 * len(numbers))
        assert (share.numerator, share.denominator) == parts
    assert differing() == ()


def measures_of(report: Report) -> tuple[Measure, Measure]:
    """Return the two measures of the form, the plain sum first."""
    first, second = (
        line.measure for line in selectors.lines_of(collection=fresh(report).collection)
    )
    return first, second
