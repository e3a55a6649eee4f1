"""What a programme is, how many are how far, and which commitments it answers."""

from datetime import date

import pytest

from lotrinh.rules.programmes import (
    Answered,
    Commitment,
    Covering,
    ProgrammeState,
    Said,
    answers_of,
    asks_for_programme,
    counted,
    is_late,
)


def syllables(said: str) -> tuple[str, ...]:
    return tuple(said.split())


DUE = date(2024, 8, 30)
FIRST = syllables("đào tạo lại cán bộ cấp xã về kỹ năng số")
SECOND = syllables("nạo vét toàn bộ tuyến mương nội đồng trước mùa lũ")


@pytest.mark.parametrize(
    ("state", "issued_on", "on", "late"),
    [
        (ProgrammeState.NONE, None, DUE, False),
        (ProgrammeState.NONE, None, date(2024, 8, 31), True),
        (ProgrammeState.DRAFT, date(2024, 8, 1), date(2024, 8, 31), True),
        (ProgrammeState.ISSUED, DUE, date(2024, 12, 1), False),
        (ProgrammeState.REVIEWED, date(2024, 8, 31), DUE, True),
    ],
)
def test_late_is_what_came_after_the_day_or_did_not_come(state, issued_on, on, late):
    assert is_late(state, issued_on=issued_on, due=DUE, on=on) is late
    assert is_late(state, issued_on=issued_on, due=None, on=on) is False


def test_states_add_up_to_what_is_owed():
    found = counted([(state, late) for state in ProgrammeState for late in (True, False)])

    assert (found.owed, found.out, found.issued_late, found.overdue) == (8, 4, 2, 2)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Các cấp ủy, cơ quan, đơn vị xây dựng kế hoạch thực hiện Chương trình này.", True),
        ("Each unit draws up a plan of its own by 30 August.", True),
        ("Giao Sở Nội vụ xây dựng kế hoạch đào tạo cán bộ.", False),
        ("Các cơ quan, đơn vị nâng cao trách nhiệm.", False),
    ],
)
def test_a_clause_asks_several_units_for_plans(text, asks):
    assert asks_for_programme(text) is asks


def test_a_commitment_is_answered_by_its_clause_its_level_or_its_words():
    commitments = [
        Commitment(FIRST),
        Commitment(SECOND, address="muc-ii.khoan-2"),
        Commitment(syllables("tỷ lệ lao động qua đào tạo nghề đạt #"), frozenset({("80", "%")})),
        Commitment(syllables("trồng mới cây xanh ở trường học")),
    ]
    clauses = [
        Said(0, 9, ("mở", "lớp", *FIRST[:6])),
        Said(10, 19, ("việc", "khác"), cited=frozenset({"muc-ii.khoan-2"})),
        Said(20, 29, ("lao", "động", "qua", "đào", "tạo"), frozenset({("80", "%")})),
    ]

    found = answers_of(commitments, clauses)

    assert [(one.commitment, one.clause, one.how) for one in found] == [
        (0, 0, Answered.WORDS),
        (1, 1, Answered.CITED),
        (2, 2, Answered.LEVEL),
    ]
    assert answers_of([], clauses) == answers_of(commitments, []) == ()
    assert found[1] == Covering(1, 1, Answered.CITED, 0.0)
