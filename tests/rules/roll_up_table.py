"""The truth table of adding up: twenty cases that planning offices meet, each with its one answer.

Every case is asked in a sentence and answered in one; ``worked`` works the answer out.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lotrinh.rules.comparing import Yardstick, judge
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step
from lotrinh.rules.exact import rounded
from lotrinh.rules.figures import DONE, Basis, Figure
from lotrinh.rules.lineage import Handover, Lineage
from lotrinh.rules.rolling import rolled
from lotrinh.rules.succession import Edge
from lotrinh.rules.tally import Course, Taken, class_of, tally
from lotrinh.rules.target_terms import Comparator, Rollup
from lotrinh.rules.totals import Measured

CITY, DISTRICT, ONE, TWO, THREE = range(5)
TREE = {CITY: None, DISTRICT: CITY, ONE: DISTRICT, TWO: DISTRICT}
NEW_YEAR, JULY, NEXT = date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
LAST_DAY = date(2025, 12, 31)


class Case(NamedTuple):
    """A case with its number, the question, the right answer and the way to it."""

    number: int
    name: str
    asked: str
    answer: str
    worked: Callable[[], str]


def figure(unit, value=None, *, basis=Basis.VERIFIED, since=NEW_YEAR, until=NEXT, **more):
    number = None if value is None else Decimal(value)
    given = {name: Decimal(one) if isinstance(one, str) else one for name, one in more.items()}
    return Figure(unit, since, until, basis, number, **given)


def city(figures, rollup=Rollup.SUM, *, places=2, per=1, at=CITY, tree=TREE, **more):
    more = {"lineage": Lineage(), "on": LAST_DAY, "bases": DONE, "owed": {ONE, TWO}} | more
    measured = Measured(rollup, places=places, per=per)
    return rolled(figures, measured=measured, parents=tree, **more)[at]


def said(total, places=0):
    """Say a total as a page would: the value, what is divided by what, and who answered."""
    share = "" if total.denominator is None else f" ({total.numerator}/{total.denominator})"
    answered = total.answered_of_owed
    return f"{total.value(places)}{share}, {answered.part} of {answered.whole}"


def told(total):
    """Say a total, who is missing, and what was left out."""
    missing = f", missing {sorted(total.missing)}" if total.missing else ""
    left_out = "".join(f", unit {unit} left out: {why}" for unit, why in sorted(total.left_out))
    return said(total) + missing + left_out


def course(due, *steps):
    """Return the course of a duty from steps on days of 2025."""
    state, taken = DutyState.DRAFT, []
    for step, month, day, *until in steps:
        state = TRANSITIONS[state, step]
        taken.append(Taken(step, state, date(2025, month, day), *until))
    return Course(due, tuple(taken))


JUNE_30, JULY_31 = date(2025, 6, 30), date(2025, 7, 31)
ISSUED = (Step.ISSUE, 1, 2)
IN_TIME = course(JUNE_30, ISSUED, (Step.CLAIM, 6, 1), (Step.VERIFY, 6, 2))
TOO_LATE = course(JUNE_30, ISSUED, (Step.CLAIM, 8, 15), (Step.VERIFY, 8, 16))
EXTENDED = course(
    JUNE_30,
    ISSUED,
    (Step.EXTEND, 6, 20, JULY_31),
    (Step.CLAIM, 7, 15),
    (Step.VERIFY, 7, 16),
)
REFUSED = course(JUNE_30, ISSUED, (Step.REFUSE, 1, 5), (Step.RELEASE, 1, 9))
CANCELLED = course(JUNE_30, ISSUED, (Step.CANCEL, 3, 1))


def duties(*courses):
    counted = tally(class_of(one, LAST_DAY) for one in courses)
    aside = f"{counted.cancelled} cancelled, {counted.refused} refused"
    return f"{counted.done} of {counted.total} done, {aside}"


def merged():
    """Wards ONE and TWO, with 100 and 150 families, become THREE on 1 July."""
    lineage = Lineage([Handover(JULY, Edge(ONE, THREE)), Handover(JULY, Edge(TWO, THREE))])
    return {
        "lineage": lineage,
        "tree": {CITY: None, DISTRICT: CITY, THREE: DISTRICT},
    }


def split(*shares):
    """Ward ONE becomes TWO and THREE on 1 July, by shares where they are stated."""
    pairs = zip((TWO, THREE), shares, strict=True)
    edges = [Edge(ONE, heir, heir == TWO, whole=False, share=share) for heir, share in pairs]
    return {
        "lineage": Lineage(Handover(JULY, edge) for edge in edges),
        "tree": {CITY: None, DISTRICT: CITY, TWO: DISTRICT, THREE: DISTRICT},
        "owed": {ONE},
    }


def after_split(families, *shares):
    places = [
        city([figure(ONE, families, until=JULY)], places=0, at=at, **split(*shares))
        for at in (TWO, THREE, DISTRICT, CITY)
    ]
    values = [str(total.value(0)) for total in places]
    return f"{' and '.join(values[:2])}; {places[2].undivided[0]} undivided; city {values[3]}"


def after_merger():
    figures = [figure(ONE, "100", until=JULY), figure(TWO, "150", until=JULY)]
    before = city(figures, on=date(2025, 6, 30))
    after = city(figures, **merged())
    heir = city(figures, at=THREE, **merged())
    return f"before {before.value(0)}, after {after.value(0)}, the new ward {heir.value(0)}"


def mixed():
    figures = [figure(ONE, "50"), figure(TWO, "30", basis=Basis.ESTIMATED)]
    every = city(figures, bases=(*DONE, Basis.ESTIMATED))
    return f"{said(every)}, weakest {every.weakest}; established {said(city(figures))}"


def unemployment(actual):
    yardstick = Yardstick(Comparator.BELOW, Decimal(3))
    return judge(yardstick, Decimal(actual), has_ended=True).attainment


def revenue():
    total = city([figure(ONE, "45.37", until=date(2025, 8, 1))], owed={ONE})
    yardstick = Yardstick(Comparator.AT_LEAST, Decimal(36))
    found = judge(yardstick, total.exact, has_ended=False, is_cumulative=True)
    return f"{rounded(total.exact / 36 * 100, 1)} %, {found.attainment}"


CASES = (
    Case(
        1,
        "nil",
        "one ward says 12, one says that there was none",
        "12, 2 of 2",
        lambda: told(city([figure(ONE, "12"), figure(TWO, "0")])),
    ),
    Case(
        2,
        "missing",
        "one ward says 12, one says nothing",
        "12, 1 of 2, missing [3]",
        lambda: told(city([figure(ONE, "12"), figure(TWO)])),
    ),
    Case(
        3,
        "zero",
        "both wards say 0: the city has a value, and it is 0",
        "0, 2 of 2",
        lambda: told(city([figure(ONE, "0"), figure(TWO, "0")])),
    ),
    Case(
        4,
        "cancelled figure",
        "one ward says 12, one said 8 and withdrew it",
        "12, 1 of 2, missing [3]",
        lambda: told(city([figure(ONE, "12"), figure(TWO, "8", void=True)])),
    ),
    Case(
        5,
        "rejected-closed",
        "of four duties two are done, one is cancelled, one was refused with consent: not done",
        "2 of 2 done, 1 cancelled, 1 refused",
        lambda: duties(IN_TIME, TOO_LATE, CANCELLED, REFUSED),
    ),
    Case(
        6,
        "weights 2 and 3",
        "two wards stand at 60 % with weights 2 and 3",
        "60 (300/5), 2 of 2",
        lambda: told(
            city(
                [figure(ONE, "60", weight="2"), figure(TWO, "60", weight="3")],
                Rollup.WEIGHTED,
            )
        ),
    ),
    Case(
        7,
        "one weight is 1",
        "40 % with weight 1 and 80 % with weight 3",
        "70 (280/4), 2 of 2",
        lambda: told(
            city(
                [figure(ONE, "40", weight="1"), figure(TWO, "80", weight="3")],
                Rollup.WEIGHTED,
            )
        ),
    ),
    Case(
        8,
        "a weight is missing",
        "60 % with weight 2 and 90 % without a weight: it is left out, not taken for 1 or 0",
        "60 (120/2), 1 of 2, unit 3 left out: no_weight",
        lambda: told(city([figure(ONE, "60", weight="2"), figure(TWO, "90")], Rollup.WEIGHTED)),
    ),
    Case(
        9,
        "45,37",
        "45.37 billion and 630 million VND, in VND",
        "46000000000, 2 of 2",
        lambda: told(city([figure(ONE, "45370000000"), figure(TWO, "630000000")])),
    ),
    Case(
        10,
        "below 3 %",
        "unemployment of 5 % and of 2.9 % against a target of below 3 %",
        "missed, met",
        lambda: f"{unemployment('5')}, {unemployment('2.9')}",
    ),
    Case(
        11,
        "reporter replaced in mid-year",
        "one officer reported 100 from January to June, the next 120 from January to December",
        "120, 1 of 1",
        lambda: told(
            city([figure(ONE, "100", until=JULY), figure(ONE, "120")], owed={ONE}),
        ),
    ),
    Case(
        12,
        "126 %",
        "45.37 billion in seven months of a year whose plan is 36: it can only grow",
        "126.0 %, exceeded",
        revenue,
    ),
    Case(
        13,
        "different denominators",
        "1 of 2 and 9 of 90: shares are not averaged to 30 %",
        "11 (10/92), 2 of 2",
        lambda: told(
            city(
                [
                    figure(ONE, numerator="1", denominator="2"),
                    figure(TWO, numerator="9", denominator="90"),
                ],
                Rollup.RATIO_OF_SUMS,
                per=100,
            )
        ),
    ),
    Case(
        14,
        "extension",
        "due 30 June, given time to 31 July, handed in on 15 July",
        "done_on_time, by the first deadline done_late",
        lambda: (
            f"{class_of(EXTENDED, LAST_DAY)}, by the first deadline "
            f"{class_of(EXTENDED, LAST_DAY, by_original=True)}"
        ),
    ),
    Case(
        15,
        "late",
        "due 30 June, handed in on 15 August: done, and late",
        "done_late; 1 of 1 done, 0 cancelled, 0 refused",
        lambda: f"{class_of(TOO_LATE, LAST_DAY)}; {duties(TOO_LATE)}",
    ),
    Case(
        16,
        "child merged",
        "wards with 100 and 150 families are merged in mid-year",
        "before 250, after 250, the new ward 250",
        after_merger,
    ),
    Case(
        17,
        "child split by shares",
        "a ward with 101 families is split by 0.6 and 0.4",
        "60 and 40; 1 undivided; city 101",
        lambda: after_split("101", Decimal("0.6"), Decimal("0.4")),
    ),
    Case(
        18,
        "child split without shares",
        "a ward with 90 families is split, and no share is stated: nothing is guessed",
        "None and None; 90 undivided; city 90",
        lambda: after_split("90", None, None),
    ),
    Case(
        19,
        "an estimate among actuals",
        "one ward has 50, verified; one expects 30",
        "80, 2 of 2, weakest estimated; established 50, 1 of 2",
        mixed,
    ),
    Case(
        20,
        "checked and found less",
        "a ward said 60, and 55 was verified for the same year",
        "55, 1 of 1",
        lambda: told(
            city(
                [figure(ONE, "60", basis=Basis.SELF_REPORTED), figure(ONE, "55")],
                owed={ONE},
            )
        ),
    ),
)
