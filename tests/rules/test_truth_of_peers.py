"""The peers are asked the twenty cases of our own table, and judged by the same answers."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import bench.peers.redmine.truth_cases as of_redmine
import bench.peers.tryton.truth_cases as of_tryton
from bench.peers.redmine.kept import RESULT as REDMINE_RESULT
from bench.peers.truth_cases import (
    NO_WORD,
    PARTLY,
    QUESTIONS,
    RIGHT,
    VERDICTS,
    WRONG,
    Question,
    judged,
)
from bench.peers.tryton import interface
from bench.peers.tryton.truth_table import RESULT as TRYTON_RESULT
from tests.rules.roll_up_table import CASES

NUMBERS = list(range(1, 21))


def _kept(result: Path) -> list[dict]:
    return json.loads(result.read_text())["truth table"]["cases"]


def test_the_cases_bear_the_numbers_and_names_of_our_table():
    asked = [(one.number, one.name) for one in QUESTIONS.values()]

    assert asked == [(case.number, case.name) for case in CASES]
    assert QUESTIONS[20] == Question(20, "checked and found less", "55")


@pytest.mark.parametrize("peer", [of_redmine, of_tryton])
def test_every_case_is_put_to_a_peer(peer):
    assert [case.number for case in peer.CASES] == NUMBERS


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("12 h", PARTLY),
        ("12", PARTLY),
        ("120 h", WRONG),
        ("12.5 h", WRONG),
        ("1 h", WRONG),
        ("about 12 h", WRONG),
    ],
)
def test_an_answer_is_as_right_as_the_value_that_it_begins_with(answer, verdict):
    assert judged(answer, "12", PARTLY) == verdict


def test_what_redmine_answered_is_judged_as_its_cases_say():
    verdicts = {
        case.number: NO_WORD
        if case.put is None
        else judged(row["Redmine"], case.value, case.verdict)
        for case, row in zip(of_redmine.CASES, _kept(REDMINE_RESULT), strict=True)
    }

    assert verdicts == {row["case"]: row["verdict"] for row in _kept(REDMINE_RESULT)}
    assert sorted(verdicts.values()) == [NO_WORD] * 3 + [RIGHT] * 3 + [PARTLY] * 8 + [WRONG] * 6


@pytest.mark.parametrize("case", of_tryton.CASES, ids=[str(number) for number in NUMBERS])
def test_what_tryton_answered_is_judged_as_its_cases_say(case):
    row = _kept(TRYTON_RESULT)[case.number - 1]
    ways = {"works": case.works} | dict([case.elsewhere] if case.elsewhere else [])
    verdicts = {
        module: judged(row[module]["answer"], way.value, way.verdict) if way else NO_WORD
        for module, way in ways.items()
    }

    assert (row["case"], row["name"], row["right"]) == (
        case.question.number,
        case.question.name,
        case.question.right,
    )
    assert {module: row[module]["verdict"] for module in ways} == verdicts
    assert row["verdict"] == min(verdicts.values(), key=VERDICTS.index)


@pytest.mark.parametrize(
    "value",
    [date(2025, 6, 30), timedelta(hours=45, minutes=22), Decimal("45370000000.50")],
)
def test_what_is_sent_to_tryton_reads_back_the_same(value):
    sent = json.dumps({"value": value}, default=interface._written)

    assert json.loads(sent, object_hook=interface._read) == {"value": value}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (["UserError", ["Not\nvalid.", "", []]], "Not valid."),
        (["'res.user'", "Traceback (most recent call last)"], "'res.user'"),
    ],
)
def test_a_refusal_is_told_in_the_words_of_tryton(error, words):
    assert interface._words(*error) == words
