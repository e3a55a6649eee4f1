"""What the public is told of a promise: kept, on the way, missed, or not yet known.

Only what is established is kept or missed: an estimate is somebody's expectation and leaves a
promise on the way, however good it is. Of what nobody has reported nothing is known. All four are
counted of all promises, so that nothing leaves the denominator.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from lotrinh.rules.comparing import Attainment, NotJudged, Outcome


class Verdict(StrEnum):
    """What became of a promise, as everybody may read it."""

    KEPT = "kept"
    ON_THE_WAY = "on_the_way"
    MISSED = "missed"
    NOT_KNOWN = "not_known"


_ESTABLISHED: Mapping[Attainment, Verdict] = {
    Attainment.EXCEEDED: Verdict.KEPT,
    Attainment.MET: Verdict.KEPT,
    Attainment.MISSED: Verdict.MISSED,
}


def verdict_of(outcome: Outcome) -> Verdict:
    """Return what is told of an outcome.

    >>> verdict_of(Outcome(Attainment.MET, is_estimated=True)).value
    'on_the_way'
    >>> verdict_of(Outcome(Attainment.NOT_JUDGED, because=NotJudged.NO_ACTUAL)).value
    'not_known'
    """
    if outcome.attainment in _ESTABLISHED:
        if outcome.is_estimated:
            return Verdict.ON_THE_WAY
        return _ESTABLISHED[outcome.attainment]
    return Verdict.ON_THE_WAY if outcome.because is NotJudged.TIME_RUNS else Verdict.NOT_KNOWN


def counted(verdicts: Iterable[str]) -> dict[Verdict, int]:
    """Return how many promises came to each verdict, nought among them."""
    held = list(verdicts)
    return {one: held.count(one) for one in Verdict}
