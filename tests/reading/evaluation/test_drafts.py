"""What labellers write is found in the text, or refused with words that help."""

import json

import pytest

from tools.evaluation import drafts
from tools.evaluation.drafts import Mark, Placement

TEXT = """Số: 15/KH-UBND
Sở Y tế chủ trì, phối hợp với Sở Y tế Phố Cây
báo cáo trước ngày 15/6/2025. Sở Y tế gửi báo cáo năm 2025.
"""


def placed(*lines: dict[str, object]) -> Placement:
    draft = drafts.parse("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    assert draft.problems == []
    return drafts.place(draft, TEXT)


def spans(marks: list[Mark]) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in marks]


def reasons(content: str) -> list[tuple[int, str]]:
    draft = drafts.parse(content)
    return draft.problems + drafts.place(draft, TEXT).problems


def test_a_quote_may_differ_in_white_space_only():
    found = placed({"kind": "task", "quote": "phối hợp với Sở Y tế Phố Cây báo  cáo"})

    assert spans(found.marks) == [(32, 68)]
    assert found.marks[0].text == "phối hợp với Sở Y tế Phố Cây\nbáo cáo"
    assert reasons('{"kind": "task", "quote": "phối hợp với Sở Y tế Lam Khê"}') == [
        (1, "not in the text: 'Sở Y tế >>> Lam ...'")
    ]


def test_a_quote_that_stands_more_than_once_needs_its_number():
    assert reasons('{"kind": "unit", "quote": "Sở Y tế"}') == [
        (1, "the quote 'Sở Y tế' stands 3 times in the text: say which with nth")
    ]
    assert spans(placed({"kind": "unit", "quote": "Sở Y tế", "nth": 3}).marks) == [(91, 98)]
    assert spans(placed({"kind": "unit", "quote": "Sở Y tế", "nth": [1, 3]}).marks) == [
        (15, 22),
        (91, 98),
    ]
    assert reasons('{"kind": "unit", "quote": "Sở Y tế", "nth": 4}') == [
        (1, "the quote 'Sở Y tế' stands only 3 times, not 4")
    ]


def test_all_leaves_out_what_is_labelled_apart_or_lies_in_a_longer_label():
    found = placed(
        {"kind": "unit", "quote": "Sở Y tế", "nth": "all"},
        {"kind": "unit", "quote": "Sở Y tế Phố Cây"},
        {"kind": "unit", "quote": "Sở Y tế", "nth": 1, "canonical": "Sở Y tế Lam Khê"},
    )

    assert spans(found.marks) == [(15, 22), (45, 60), (91, 98)]
    assert found.marks[0].fields == {"canonical": "Sở Y tế Lam Khê", "name": "Sở Y tế"}
    assert found.problems == []


def test_only_whole_words_count():
    found = placed({"kind": "date", "quote": "2025", "nth": 2, "iso": "2025", "role": "period"})

    assert spans(found.marks) == [(115, 119)]
    assert placed({"kind": "unit", "quote": "ở Y t", "nth": 1}).marks[0].start == 16


def test_a_long_span_is_written_by_its_two_ends():
    found = placed({"kind": "task", "quote": "Sở Y tế chủ trì", "to": "15/6/2025"})

    assert found.marks[0].text == TEXT[15:89]
    assert reasons('{"kind": "task", "quote": "Sở Y tế chủ trì", "to": "16/6"}') == [
        (1, "not in the text: '16/6'")
    ]


def test_what_follows_from_the_fields_is_filled_in():
    before = {"iso": "2025-06-15", "role": "deadline", "last_day": "2025-06-14"}
    found = placed(
        {"kind": "date", "quote": "năm 2025", "iso": "2025", "role": "period"},
        {"kind": "date", "quote": "ngày 15/6/2025", **before},
        {"kind": "unit", "quote": "Sở Y tế Phố Cây"},
    )

    assert [mark.fields for mark in found.marks] == [
        {"name": "Sở Y tế Phố Cây"},
        before,
        {"iso": "2025", "role": "period", "last_day": "2025-12-31"},
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"kind": "unit" "quote": "x"}', "no JSON object: Expecting ',' delimiter at column 17"),
        ('["unit"]', "must be one JSON object"),
        ('{"kind": "unit"}', '"quote" is missing'),
        (
            '{"kind": "units", "quote": "x"}',
            '"kind" must be one of citation, date, target, result, task, unit, person, event, '
            "relation, not 'units'",
        ),
        (
            '{"kind": "unit", "quote": "Sở Y tế", "nth": 0}',
            '"nth" must be 1, 2, ..., a list like [1, 3], or "all"',
        ),
        (
            '{"kind": "unit", "quote": "Phố Cây", "role": "x"}',
            'a unit has no field "role" (it has name, canonical)',
        ),
        (
            '{"kind": "person", "quote": "Phố Cây", "role": null}',
            'leave "role" out rather than write null',
        ),
        ('{"kind": "citation", "quote": "15/KH-UBND"}', '"number" is missing'),
        (
            '{"kind": "citation", "quote": "15/KH-UBND", "number": "15 /KH"}',
            '"number" must be canonical, like 45-NQ/TW or 59/2019/NĐ-CP, without spaces, '
            "not '15 /KH'",
        ),
        (
            '{"kind": "task", "quote": "báo cáo", "nth": 1, "lead": "Sở Y tế"}',
            '"lead" must be a list of names, ["..."]; leave it out if nobody is named',
        ),
        (
            '{"kind": "task", "quote": "báo cáo", "nth": 1, "due": "31/6/2025"}',
            '"due" must be like 2025-06-15, 2025-06, 2025-Q2, 2025, 2021/2025 or XXXX-06-15'
            ", not '31/6/2025'",
        ),
        (
            '{"kind": "target", "quote": "Phố Cây", "comparator": ">=", "value": [5, 6]}',
            '"range" goes with [low, high] and only with it',
        ),
        (
            '{"kind": "result", "quote": "Phố Cây", "done": 5}',
            '"done" and "total" go together',
        ),
        (
            '{"kind": "result", "quote": "Phố Cây", "unit": "%"}',
            "a result needs one of value, done, percent_of_plan, growth_percent, multiplier",
        ),
        (
            '{"kind": "result", "quote": "Phố Cây", "value": "5"}',
            '"value" must be a number (45.5, not a string)',
        ),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(line, reason):
    content = f"# a comment\n\n{line}\n"

    assert (3, reason) in drafts.parse(content).problems


def test_a_line_with_wrong_fields_gives_no_mark():
    draft = drafts.parse('{"kind": "task", "quote": "Sở Y tế chủ trì", "due": "soon"}')

    assert drafts.place(draft, TEXT).marks == []


def test_what_has_no_place_is_counted_by_kind():
    lines = (
        '{"kind": "unit", "quote": "Sở Nội vụ", "nth": [1, 2]}\n'
        '{"kind": "unit", "quote": "Sở Nội vụ", "nth": "all"}\n'
        '{"kind": "task", "quote": "gửi tiền", "optional": true}\n'
    )

    assert drafts.place(drafts.parse(lines), TEXT).lost == {"unit": 3}


def test_the_same_label_twice_is_found_and_two_values_of_one_span_are_not():
    twice = placed(
        {"kind": "unit", "quote": "Phố Cây"},
        {"kind": "unit", "quote": "Phố Cây"},
        {"kind": "target", "quote": "Phố Cây", "comparator": "<=", "value": 3},
        {"kind": "target", "quote": "Phố Cây", "comparator": "<=", "value": 50},
    )

    assert twice.problems == [(0, "labelled twice: unit 'Phố Cây'")]


def test_a_mark_is_written_back_as_it_was():
    lines: list[dict[str, object]] = [
        {"kind": "citation", "quote": "Số: 15/KH-UBND", "number": "15/KH-UBND"},
        {"kind": "unit", "quote": "Sở Y tế", "nth": 3, "optional": True},
        {"kind": "date", "quote": "năm 2025", "iso": "2025", "role": "period"},
    ]

    assert [drafts.entry_of(mark, TEXT) for mark in placed(*lines).marks] == lines


def test_a_stand_off_record_has_offsets_words_and_fields():
    found = placed({"kind": "unit", "quote": "Phố Cây", "also": {"name": ["Phố"]}})

    assert drafts.record(found.marks[0]) == {
        "kind": "unit",
        "start": 53,
        "end": 60,
        "text": "Phố Cây",
        "name": "Phố Cây",
        "also": {"name": ["Phố"]},
    }
