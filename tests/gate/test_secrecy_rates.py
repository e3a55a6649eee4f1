"""How often the gate misses a mark, and how often it refuses a text that bears none: measured.

Both rates are printed (``pytest -s``). Whole documents of the labelled set of reading, which are
public in their kind, are among those that must pass.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import pytest

from lotrinh.apps.intake.text import mark_of
from lotrinh.reading.readers import Unreadable, open_document
from tests.architecture.inspecting import CHECKOUT
from tests.gate.marked import Sample, negatives, positives

_MOST_MISSED, _MOST_ALARMS = 0.01, 0.005
TEXTS = sorted((CHECKOUT / "tests" / "reading").rglob("*.txt"))


def judged(samples: Iterable[Sample]) -> tuple[list[str], Counter[str]]:
    """Return which samples were judged wrongly, the degree included, and counts by format."""
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    for sample in samples:
        counted[sample.name.rpartition(".")[2]] += 1
        try:
            found = mark_of(open_document(sample.data, sample.name))
        except Unreadable as refusal:
            wrong.append(f"{sample.what}: {refusal.code}")
            continue
        if found is not sample.mark:
            wrong.append(f"{sample.what}: {found}")
    return wrong, counted


SHARES = [pytest.param(1, marks=pytest.mark.slow), 16]
"""Of how many samples one is judged: all of them where everything is tested."""


@pytest.mark.parametrize("share", SHARES)
def test_no_more_than_one_mark_in_a_hundred_is_missed(
    capsys: pytest.CaptureFixture[str], share: int
) -> None:
    missed, counted = judged(islice(positives(), 0, None, share))

    total = counted.total()
    with capsys.disabled():
        print(f"\nmarks missed: {len(missed)} of {total} ({dict(counted)})")
    assert total >= 200 // share
    assert len(missed) <= _MOST_MISSED * total, missed


@pytest.mark.parametrize("share", SHARES)
def test_no_more_than_one_text_in_two_hundred_is_refused_wrongly(
    capsys: pytest.CaptureFixture[str], share: int
) -> None:
    alarms, counted = judged(islice(negatives(), 0, None, share))
    whole = [Sample(path.name, path.name, path.read_bytes(), None) for path in TEXTS[::share]]
    more, texts = judged(whole)

    total = counted.total() + texts.total()
    with capsys.disabled():
        print(f"\nfalse alarms: {len(alarms + more)} of {total} ({dict(counted + texts)})")
    assert total >= 500 // share
    assert len(alarms + more) <= _MOST_ALARMS * total, alarms + more
