"""Two reviews of a city whose figures two articles print, built through the services.

2023, first seven months: 15 of 20 tasks; 2 million visitors; 45.37 billion VND of fees, 126 % of
the year's plan and 30 times the year before. 2024: 20 of 24 targets expected, 6 above; 492,309
billion VND of revenue, 120.5 % of the estimate, 19.6 % more than the year before. The plans and the
bases are round numbers within what the printed shares imply.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties import services as duties
from lotrinh.apps.reporting.models import Period
from lotrinh.apps.reviews.models import Review
from lotrinh.apps.reviews.services import ReviewSaid, begin_review
from lotrinh.apps.targets.models import Target
from lotrinh.rules.figures import Basis
from lotrinh.rules.target_terms import Comparator, Rollup
from tests.cast import Cast
from tests.factories import NOW, TODAY, a_promise, act, an_assignment, key, make_duty, make_target
from tests.ledgers import approve, fold, make_period, told
from tests.reviewing import make_paper

SEVEN_2022 = date(2022, 1, 1), date(2022, 8, 1)
SEVEN_2023 = date(2023, 1, 1), date(2023, 8, 1)
YEAR_2023 = date(2023, 1, 1), date(2024, 1, 1)
YEAR_2024 = date(2024, 1, 1), date(2025, 1, 1)


def promised(cast: Cast, paper: Document, name: str, value: object, unit: str, due: date) -> Target:
    """Hold a target of the city that the paper sets."""
    promise = replace(
        a_promise(),
        measure=name,
        value=Decimal(str(value)),
        unit_of_measure=unit,
        comparator=Comparator.AT_LEAST,
        rollup=Rollup.SUM,
        baseline=None,
        due=due,
    )
    rendition = paper.renditions.get()
    return make_target(owed_to=cast.city, user=cast.chi, promise=promise, rendition=rendition)


def tell(cast: Cast, target: Target, parts: tuple[object, object], days, kind, basis) -> Period:
    """Let Sen Tây and Đồng Gạo tell their parts of a period."""
    period = make_period(kind, *days)
    for unit, said in zip((cast.ho_sen, cast.dong_gao), parts, strict=True):
        approve(
            unit,
            [told(target.measure, said)],
            period=period,
            entered_by=cast.chi,
            user=cast.thach,
            basis=basis,
        )
    return period


def tasks(cast: Cast, paper: Document, *, total: int, done: int) -> None:
    """Issue so many duties of the paper; so many of them are handed in and verified."""
    rendition = paper.renditions.get()
    for place in range(total):
        words = an_assignment(cast.ho_sen, cast.person(cast.ha))
        duty = make_duty(
            owed_to=cast.city,
            user=cast.chi,
            rendition=rendition,
            assignment=replace(words, title=f"Nhiệm vụ thứ {place + 1} của chương trình"),
            is_issued=True,
        )
        if place < done:
            claimed = duties.claim_duty(
                duty_id=duty.pk, act=act(cast.ha, duty.version, note="đã hoàn thành")
            )
            duties.verify_duty(duty_id=claimed.pk, act=act(cast.chi, claimed.version))


def seven_months(cast: Cast, *, system: str = "state", language: str = "vi") -> Review:
    """Review the first seven months of 2023."""
    paper = make_paper(keeper=cast.city, user=cast.chi)
    end = date(2023, 12, 31)
    visitors = promised(cast, paper, "Khách du lịch", 3_000_000, "visit", end)
    fees = promised(cast, paper, "Thu phí tham quan", 36_000_000_000, "VND", end)
    tasks(cast, paper, total=20, done=15)
    done = Basis.SELF_REPORTED
    tell(cast, fees, (1_000_000_000, 512_333_333), SEVEN_2022, "seven_months", done)
    tell(cast, visitors, (1_200_000, 800_000), SEVEN_2023, "seven_months", done)
    period = tell(cast, fees, (30_370_000_000, 15_000_000_000), SEVEN_2023, "seven_months", done)
    fold()
    return _begin(cast, paper, period, system, language, _SEVEN[language])


def year_2024(cast: Cast, *, system: str = "state", language: str = "vi") -> Review:
    """Review the year 2024 before it is over: its figures are estimates."""
    paper = make_paper(keeper=cast.city, user=cast.chi)
    end = date(2024, 12, 31)
    revenue = promised(cast, paper, "Thu ngân sách", 408_555 * 10**9, "VND", end)
    others = [promised(cast, paper, f"Chỉ tiêu số {n}", 100, "project", end) for n in range(2, 25)]
    tell(
        cast,
        revenue,
        (300_000 * 10**9, 111_630 * 10**9),
        YEAR_2023,
        "year",
        Basis.SELF_REPORTED,
    )
    period = tell(
        cast, revenue, (400_000 * 10**9, 92_309 * 10**9), YEAR_2024, "year", Basis.ESTIMATED
    )
    above = [(61, 40)] * 5 + [(60, 40)] * 14 + [(59, 40)] * 4
    for target, parts in zip(others, above, strict=True):
        tell(cast, target, parts, YEAR_2024, "year", Basis.ESTIMATED)
    fold()
    return _begin(cast, paper, period, system, language, _YEAR[language])


_SEVEN = {
    "vi": "Kết quả thực hiện nhiệm vụ 7 tháng đầu năm 2023",
    "en": "Results of the first seven months of 2023",
}
_YEAR = {
    "vi": "Kết quả thực hiện nhiệm vụ năm 2024",
    "en": "Results of the year 2024",
}


def _begin(
    cast: Cast, paper: Document, period: Period, system: str, language: str, about: str
) -> Review:
    return begin_review(
        said=ReviewSaid(
            unit=cast.city,
            period=period,
            documents=[paper],
            system=system,
            language=language,
            counted_on=TODAY,
            about=about,
        ),
        user=cast.chi,
        on=TODAY,
        at=NOW,
        client_key=key(),
    )
