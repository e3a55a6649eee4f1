"""Whether reading grows with the text and no faster, on texts made to make it slow.

Every text is one phrase repeated: an endless word, endless digits, endless openings of a unit's
name, a list, a citation. Each is read at one length and at twice that length; a reader without
traps needs twice the time. Run as ``python -m bench.growth``.
"""

import json
import time
from collections.abc import Callable

from lotrinh.reading import read_text
from lotrinh.reading.readers import Unreadable, open_document

_LENGTH = 60_000  # characters; the second text has twice as many
_ROUNDS = 3
_GOAL = 2.6  # times; twice the time, and room for the noise of short runs
_LEAST = 0.05  # seconds: shorter runs say nothing about growth
_PHRASES = (
    *("a", "ễ", "\ufffd", "\ue001", "é", "Ả", "1", ".", "1.", "1,", "1/", "-", " ", "\n", '"', "("),
    *("a|b|c\n", "a\tb\tc\n", "e\u0301", "a\u200b", "a: ", "A.B.", "; ", "1. ", "a) ", "2020-"),
    *("Sở ", "Sở A, ", "Sở A và ", "các sở, ", "Sở A&B ", "giao ", "chủ trì ", "phối hợp với "),
    *("Nguyễn ", "Mr. A B ", "the Ministry of Health and ", "Department of ", "of the ", "and A "),
    *("số 1", "1-NQ/", "12-NQ/TW, ", "Resolution No. 18, ", "Nghị quyết 57, ", "của Bộ Chính trị "),
    *("ngày 1 ", "15/6/", "quý ", "17h", "từ 1 ", "đến 1 ", "năm 2025 ", "trước ngày 15/6 "),
    *("the Department of Health shall ", "Sở Y tế phải ", "đã phải "),
    *("10% ", "tăng ", "tỷ lệ ", "VND1", "12/15 ", "đạt 1 tỷ ", "hội nghị ", "618 điểm cầu "),
    *("từ 10 đến 20 tỷ đồng, từ năm 2020 đến năm 2025 ", "đến năm 2030 đạt trên 80%, phấn đấu "),
)


def _seconds(work: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work(text)
        best = min(best, time.perf_counter() - start)
    return best


def _open(text: str) -> None:
    try:
        open_document(text.encode(), "text.txt")
    except Unreadable:
        return


def _repeated(phrase: str, length: int) -> str:
    return (phrase * (length // len(phrase) + 1))[:length]


def measure(phrase: str) -> tuple[float, float]:
    """Return the seconds for the longer text and how often the shorter one's they are."""
    text, twice = _repeated(phrase, _LENGTH), _repeated(phrase, 2 * _LENGTH)
    worst = (0.0, 0.0)
    for work in (_open, read_text):
        short, long = _seconds(work, text), _seconds(work, twice)
        if long >= _LEAST:
            worst = max(worst, (long, long / short), key=lambda found: found[1])
    return worst


def main() -> None:
    """Measure and print the phrases whose text grows the fastest."""
    figures = {phrase: measure(phrase) for phrase in _PHRASES}
    slowest = sorted(figures, key=lambda phrase: -figures[phrase][1])
    print(f"{'phrase':32}{'s at ' + str(2 * _LENGTH):>12}{'times':>8}")
    for phrase in slowest[:12]:
        seconds, times = figures[phrase]
        print(f"{phrase!r:32}{seconds:12.3f}{times:8.2f}")
    over = [phrase for phrase in slowest if figures[phrase][1] > _GOAL]
    summary = {
        "name": "growth",
        "compared": [f"{_LENGTH} characters", f"{2 * _LENGTH} characters"],
        "figures": {"phrases": len(_PHRASES), "goal": _GOAL, "over": over},
        "ratios": {"largest": round(figures[slowest[0]][1], 2)},
    }
    print(json.dumps(summary, ensure_ascii=False))


if __name__ == "__main__":
    main()
