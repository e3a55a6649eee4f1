"""Own words of plans: all against all, and how well what was taken over is told.

700 plans of 4,000 syllables, a half genuine, the others taken over from one of these in three ways
with a fifth of their own. Compared is the time of all against all with the way that takes each plan
against all others (one is timed, the rest is reckoned), in processor seconds of the same run. How
well each way is told is measured on plans that are read as documents: a sentence is found where it
is not the plan's own, a plan where less than half of it is. Planted answers to the commitments of
the directive, their words changed, say how well coverage is told.

    make bench NAME=originality
"""

import json
import random
import sys
import time
from collections import Counter

from bench.originality_plans import (
    Class,
    directive,
    passages_of,
    plans,
    reworded,
    sentence,
    text_of,
)
from lotrinh.reading import read_text
from lotrinh.reading.plans import plan_of
from lotrinh.rules.originality import Originality, judge
from lotrinh.rules.originality_of_many import judge_all
from lotrinh.rules.programmes import Commitment, Said, answers_of

MANY, TIMED = 700, 1
READ, LENGTH = 120, 40
"""So many plans are read as documents, each of so many sentences."""


def timed(seed: int) -> dict[str, float]:
    """Return the processor seconds of both ways over the large set."""
    texts = [passages_of(one.sentences) for one in plans(seed, MANY)]
    syllables = sum(len(one.syllables) for text in texts for one in text) / len(texts)
    began = time.process_time()
    found = judge_all(texts)
    together = time.process_time() - began
    began = time.process_time()
    alone = [judge(texts[place], [*texts[:place], *texts[place + 1 :]]) for place in range(TIMED)]
    each = (time.process_time() - began) / TIMED
    agree = [(one.own, one.counted) for one in found[:TIMED]]
    if agree != [(one.own, one.counted) for one in alone]:
        raise SystemExit(f"the two ways differ: {agree}")
    return {"syllables": syllables, "together": together, "one_by_one": each * MANY}


def told_apart(seed: int) -> dict[str, dict[str, float]]:
    """Return by class how well sentences and plans that were taken over are found."""
    planted = plans(seed, READ, size=LENGTH)
    said = [plan_of(read_text(text_of(one))) for one in planted]
    found = judge_all([one.passages for one in said])
    sentences: dict[Class, Counter[str]] = {kind: Counter() for kind in Class}
    whole: dict[Class, Counter[str]] = {kind: Counter() for kind in Class}
    for plan, one, passages in zip(planted, found, said, strict=True):
        whole[plan.kind][_formal(one)] += 1
        if len(passages.said) != LENGTH:
            raise SystemExit(f"{len(passages.said)} sentences were read of {LENGTH}")
        for place, passage in enumerate(passages.said):
            alike = any(each.start <= passage.start < each.end for each in one.copied)
            sentences[plan.kind][f"{plan.taken[place]} {alike}"] += 1
    return {str(kind): _rates(kind, sentences[kind], whole[kind]) for kind in Class}


def _formal(found: Originality) -> str:
    return "alike" if found.own * 2 < found.counted else "own"


def _rates(kind: Class, sentences: Counter[str], whole: Counter[str]) -> dict[str, float]:
    hits, misses = sentences["True True"], sentences["True False"]
    false = sentences["False True"]
    return {
        "plans": whole.total(),
        "plans_found": whole["alike"] / whole.total(),
        "recall": hits / (hits + misses) if hits + misses else 1.0,
        "precision": hits / (hits + false) if hits + false else 1.0,
        "false": false / (false + sentences["False False"]),
    }


def covered(seed: int) -> dict[str, float]:
    """Return how well answers to commitments are found, a third of whose words was changed."""
    draw, given = random.Random(seed), directive(seed)
    commitments = [Commitment(one.syllables) for one in passages_of(given)]
    hits = misses = false = 0
    for _turn in range(60):
        answered = set(draw.sample(range(len(given)), 12))
        said = [reworded(draw, given[place], share=0.33) for place in sorted(answered)]
        said += [sentence(draw) for _ in range(28)]
        clauses = [Said(one.start, one.end, one.syllables) for one in passages_of(said)]
        right = {place: n for n, place in enumerate(sorted(answered))}
        for one in answers_of(commitments, clauses):
            is_right = right.get(one.commitment) == one.clause
            hits, false = hits + is_right, false + (not is_right)
        misses += len(answered)
    return {"recall": hits / misses, "precision": hits / (hits + false)}


def main() -> int:
    """Print the table; return 0."""
    speed = timed(1)
    ratio = speed["one_by_one"] / speed["together"]
    print(f"{MANY} plans of {speed['syllables']:.0f} syllables", file=sys.stderr)
    print(f"all against all: {speed['together']:.2f} s, {ratio:.0f} times the way one by one")
    rates, answers = told_apart(2), covered(3)
    print(f"{'class':<28}{'plans':>6}{'found':>7}{'recall':>8}{'precision':>11}{'false':>7}")
    for kind, one in rates.items():
        print(
            f"{kind:<28}{one['plans']:>6}{one['plans_found']:>7.2f}{one['recall']:>8.3f}"
            f"{one['precision']:>11.3f}{one['false']:>7.3f}"
        )
    print(f"answers found: recall {answers['recall']:.3f}, precision {answers['precision']:.3f}")
    told = {
        "name": "originality",
        "compared": "all against all at once, and each plan against all others (reckoned)",
        "figures": {**{name: round(one, 2) for name, one in speed.items()}, "plans": MANY},
        "classes": rates,
        "answers": answers,
        "ratios": {"one_by_one": round(ratio, 1)},
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
