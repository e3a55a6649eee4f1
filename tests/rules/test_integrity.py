"""Each rule of integrity on figures made by hand: what it asks, on which rows, what it leaves."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.integrity import HALVES, asked_of, beginning, planted
from bench.integrity_city import honest_city
from lotrinh.rules.integrity import (
    Facts,
    HandedIn,
    IntegrityRule,
    Shown,
    Split,
    Told,
    integrity_questions,
)
from lotrinh.rules.integrity.chances import at_least, one_in, squares_at_least
from lotrinh.rules.integrity.grounds import content_of
from lotrinh.rules.integrity.words import question_words, rule_words

LIMITS = beginning()
HONEST = range(10)
CHEAT = 77
NUMBERS = (
    "round",
    "figures",
    "expected",
    "one_in",
    "digit",
    "times",
    "over",
    "below",
    "near",
    "alike",
    "lines",
    "jumps",
    "ratio",
    "spreads",
    "files",
    "units",
    "periods",
    "value",
    "total",
    "shares",
    "reports",
    "minutes",
)


def counted(unit, measure, back=0):
    """Return an honest count: over ten units every last digit of a measure comes once."""
    value = 1003 + 37 * measure + 11 * unit + 131 * (unit + measure) * (back % 3)
    return Told(f"{unit}/{measure}/{back}", unit, measure, back, Decimal(value))


def honest(lines, backs=(0,)):
    return [counted(unit, line, back) for unit in HONEST for line in range(lines) for back in backs]


def of_cheat(line, value, back=0, **more):
    return Told(f"x/{line}/{back}", CHEAT, line, back, Decimal(value), **more)


def asked(told=(), **facts):
    found = integrity_questions(Facts(told=tuple(told), **facts), LIMITS)
    return {(one.unit, one.rule): one for one in found}


def test_twenty_round_figures_are_asked_about_and_nineteen_are_too_few():
    rows = [of_cheat(line, 2050 + 120 * line) for line in range(20)]

    found = asked(honest(20) + rows)

    question = found.pop((CHEAT, IntegrityRule.ROUND_NUMBERS))
    assert found == {}
    assert question.rests_on == tuple(sorted(row.key for row in rows))
    assert (question.data["round"], question.data["figures"]) == (20, 20)
    assert question.data["expected"] == Decimal("4.76")
    assert asked(honest(19) + rows[:19]) == {}


def test_where_everybody_rounds_nobody_is_asked():
    rounded = [one._replace(value=one.value // 5 * 5) for one in honest(20)]
    rows = [of_cheat(line, 2050 + 120 * line) for line in range(20)]

    assert asked(rounded + rows) == {}


def test_millions_are_no_round_figures_where_a_measure_is_told_in_them():
    rows = [one._replace(value=one.value * 10**6) for one in honest(20)]

    assert asked(rows) == {}


def test_a_digit_that_somebody_likes_is_asked_about():
    rows = [of_cheat(line, 3001 + 10 * line + (6 if line % 3 else line % 10)) for line in range(50)]

    question = asked(honest(50) + rows)[CHEAT, IntegrityRule.LAST_DIGITS]

    assert (question.data["digit"], question.data["figures"]) == (7, 50)
    assert len(question.rests_on) == question.data["times"]
    assert {row.key for row in rows if row.value % 10 == 7} == set(question.rests_on)


def plans(unit, leads):
    """Return figures that lie so many thousandths over their plan of 10,000."""
    return [
        Told(
            f"{unit}/{line}",
            unit,
            line,
            0,
            Decimal(10_001 + 10 * lead + 7),
            planned=Decimal(10_000),
        )
        for line, lead in enumerate(leads)
    ]


def test_figures_that_crowd_just_over_the_plan_are_asked_about():
    wide = [(7 * line + 41 * unit) % 200 - 100 for unit in HONEST for line in range(12)]
    others = [row for unit in HONEST for row in plans(unit, wide[12 * unit : 12 * unit + 12])]
    close = plans(CHEAT, [line % 20 for line in range(12)])

    found = asked(others + close)

    question = found.pop((CHEAT, IntegrityRule.OVER_TARGET))
    assert found == {}
    assert (question.data["over"], question.data["below"], question.data["figures"]) == (12, 0, 12)
    assert (CHEAT, IntegrityRule.OVER_TARGET) not in asked(others + close[:11])


def test_less_is_better_where_a_plan_is_a_ceiling():
    under = [
        row._replace(value=Decimal(9_993 - 10 * line), at_most=True)
        for line, row in enumerate(plans(CHEAT, range(12)))
    ]
    others = [row for unit in HONEST for row in plans(unit, [100 + unit] * 12)]

    assert (CHEAT, IntegrityRule.OVER_TARGET) in asked(others + under)
    plain = [row._replace(at_most=False) for row in under]
    assert (CHEAT, IntegrityRule.OVER_TARGET) not in asked(others + plain)


def test_two_units_with_the_same_lines_are_both_asked():
    copied = [of_cheat(line, counted(3, line).value) for line in range(8)]

    found = asked(honest(8) + copied)

    assert set(found) == {(3, IntegrityRule.CLONED_ROWS), (CHEAT, IntegrityRule.CLONED_ROWS)}
    question = found[CHEAT, IntegrityRule.CLONED_ROWS]
    assert question.others == (3,)
    assert (question.data["alike"], question.data["lines"]) == (8, 8)
    assert len(question.rests_on) == 16


@pytest.mark.parametrize("value", [0, 1, 19])
def test_noughts_and_small_counts_that_are_the_same_are_left_alone(value):
    rows = [one._replace(value=Decimal(value)) for one in honest(8)]

    assert asked(rows) == {}


def test_the_figures_of_the_last_period_told_again_are_asked_about():
    again = [of_cheat(line, 2003 + 17 * line, back) for line in range(8) for back in (0, 1)]

    found = asked(honest(8, (0, 1)) + again)

    question = found.pop((CHEAT, IntegrityRule.REPEATED_ROWS))
    assert found == {}
    assert (question.data["alike"], question.data["lines"]) == (8, 8)


def test_a_measure_that_hardly_moves_accuses_nobody():
    still = [one._replace(value=counted(one.unit, one.measure).value) for one in honest(8, (0, 1))]

    assert asked(still) == {}


def moving(unit, back, *, times=1):
    season = 300 if back % 12 == 0 else 0
    value = (2000 + 100 * unit + season + 13 * ((unit + back) % 4)) * times
    return Told(f"{unit}/{back}", unit, 1, back, Decimal(value))


def test_a_jump_is_asked_about_and_a_season_is_none():
    lines = [moving(unit, back) for unit in range(12) for back in range(13)]
    jumped = [moving(5, 0, times=3) if (one.unit, one.back) == (5, 0) else one for one in lines]

    found = asked(jumped)

    assert asked(lines) == {}
    assert set(found) == {(5, IntegrityRule.JUMPS)}
    question = found[5, IntegrityRule.JUMPS]
    assert question.rests_on == ("5/0",)
    assert question.data["jumps"] == 1
    assert Decimal("2.9") < question.data["ratio"] < Decimal("3.1")


def test_of_few_periods_nothing_is_a_jump():
    lines = [moving(unit, back) for unit in range(12) for back in range(6)]
    jumped = [moving(5, 0, times=3) if (one.unit, one.back) == (5, 0) else one for one in lines]

    assert asked(jumped) == {}


def test_one_file_of_two_units_of_two_periods_or_of_many_lines():
    file = [
        Shown("a", "f", 1, 0, 7),
        Shown("b", "f", 2, 0, 7),
        Shown("c", "g", 3, 0, 7),
        Shown("d", "g", 3, 1, 7),
        *(Shown(f"e{line}", "h", 4, 0, line) for line in range(6)),
    ]

    found = asked(shown=tuple(file))

    assert {unit: one.rests_on for (unit, _), one in found.items()} == {
        1: ("a", "b"),
        2: ("a", "b"),
        3: ("c", "d"),
        4: tuple(f"e{line}" for line in range(6)),
    }
    assert found[1, IntegrityRule.REUSED_FILES].others == (2,)


def test_a_common_paper_and_a_file_for_the_whole_report_are_left_alone():
    common = [Shown(f"a{unit}", "f", unit, 0, 7) for unit in range(6)]
    whole = [Shown(f"b{back}", "g", 1, back, None) for back in range(3)]
    five = [Shown(f"c{line}", "h", 4, 0, line) for line in range(5)]

    assert asked(shown=(*common, *whole, *five)) == {}


def test_months_that_do_not_make_their_quarter_are_asked_about():
    parts = tuple(of_cheat(1, value, back) for back, value in enumerate((100, 110, 120)))
    right, wrong = of_cheat(1, 330)._replace(key="q"), of_cheat(1, 400)._replace(key="q")

    question = asked(splits=(Split(wrong, parts),))[CHEAT, IntegrityRule.PARTS_DIFFER]

    assert question.rests_on == ("q", "x/1/0", "x/1/1", "x/1/2")
    assert question.data == {"lines": 1, "value": Decimal(400), "total": Decimal(330)}
    assert asked(splits=(Split(right, parts),)) == {}
    assert asked(splits=(Split(of_cheat(1, 331), parts),)) == {}, "within half a percent"


def shares(unit, done):
    return [
        Told(f"{unit}/{line}", unit, line, 0, Decimal(done), over=Decimal(40)) for line in range(10)
    ]


def test_always_the_whole_is_asked_about_where_others_fall_short():
    others = [row for unit in HONEST for row in shares(unit, 36)]

    found = asked(others + shares(CHEAT, 40))

    assert found[CHEAT, IntegrityRule.ALWAYS_WHOLE].data["shares"] == 10
    assert (CHEAT, IntegrityRule.ALWAYS_WHOLE) not in asked(others + shares(CHEAT, 40)[:9])
    everybody = [row for unit in HONEST for row in shares(unit, 40)]
    assert IntegrityRule.ALWAYS_WHOLE not in {rule for _, rule in asked(everybody)}


def handed(unit, minutes, count=6):
    before = timedelta(minutes=minutes)
    return [HandedIn(f"{unit}/{back}", unit, back, before) for back in range(count)]


def test_always_in_the_last_hour_is_asked_about():
    others = [row for unit in HONEST for row in handed(unit, 2000)]

    found = asked(handed_in=tuple(others + handed(CHEAT, 60)))

    assert set(found) == {(CHEAT, IntegrityRule.LAST_HOUR)}
    assert found[CHEAT, IntegrityRule.LAST_HOUR].data["reports"] == 6
    assert asked(handed_in=tuple(others + handed(CHEAT, 61))) == {}
    assert asked(handed_in=tuple(others + handed(CHEAT, -5))) == {}, "late is something else"
    assert asked(handed_in=tuple(others + handed(CHEAT, 60, 5))) == {}


def test_nothing_is_asked_of_nothing():
    assert integrity_questions(Facts(), LIMITS) == ()


def test_chances_of_small_worlds_are_exact():
    assert at_least(1, [0.5, 0.25]) == 0.625
    assert at_least(0, []) == 1.0
    assert at_least(1, []) == 0.0
    assert squares_at_least([10] * 10, [10.0] * 10) == 1.0
    even = [1000.0] * 10
    assert round(squares_at_least([1092, 908, *[1000] * 8], even), 3) == 0.05  # 16.92 by the table
    assert round(squares_at_least([1104, 896, *[1000] * 8], even), 3) == 0.01  # 21.67 by the table
    assert one_in(1e-4) == 10_000


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(1, 12))
def test_more_is_never_likelier(chances, wanted):
    more, less = at_least(wanted, chances), at_least(wanted - 1, chances)

    assert 0 <= more <= less + 1e-12 <= 1 + 1e-9


def test_the_same_rows_are_the_same_question_whatever_their_order():
    one = content_of(IntegrityRule.JUMPS, "u", "p", ["figure:a", "figure:b"])

    assert content_of(IntegrityRule.JUMPS, "u", "p", ["figure:b", "figure:a"]) == one
    others = [
        content_of(IntegrityRule.CLONED_ROWS, "u", "p", ["figure:a", "figure:b"]),
        content_of(IntegrityRule.JUMPS, "v", "p", ["figure:a", "figure:b"]),
        content_of(IntegrityRule.JUMPS, "u", "q", ["figure:a", "figure:b"]),
        content_of(IntegrityRule.JUMPS, "u", "p", ["figure:a"]),
    ]
    assert one not in others
    assert len(set(others)) == 4


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_rule_has_its_sentences_in_both_languages(language):
    numbers = dict.fromkeys(NUMBERS, 7)

    for rule in IntegrityRule:
        said = question_words(rule, numbers, language=language)
        assert "?" in said
        assert "{" not in said
        assert rule_words(rule, language=language).endswith(".")
    assert "hai chữ số" in question_words(
        IntegrityRule.ROUND_NUMBERS, numbers | {"two": 1}, language="vi"
    )


def test_the_limits_of_the_beginning():
    assert (LIMITS.chance, LIMITS.figures, LIMITS.near) == (0.0001, 20, Fraction(3, 100))
    assert LIMITS.last == timedelta(hours=1)


def test_most_manipulations_are_asked_about_and_few_honest_units():
    city = honest_city(71)
    flagged = {one.unit for one in integrity_questions(city, LIMITS)}
    caught = sent = 0
    for rules in HALVES:
        facts, cheats = planted(city, rules, 71)
        found = integrity_questions(facts, LIMITS)
        caught += sum(len(asked_of(found, rule) & units) for rule, units in cheats.items())
        sent += sum(map(len, cheats.values()))

    assert sent == 50
    assert caught >= 45
    assert len(flagged) <= 5
