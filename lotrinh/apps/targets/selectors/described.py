"""Everything that is said of a target and its measure, as the journal keeps it."""

import hashlib

from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.selectors.interim import interim_of
from lotrinh.apps.targets.selectors.seen import number, words


def described(target: Target) -> dict[str, str]:
    """Return what is said of a target, of its measure, and of the days on the way."""
    measure = target.measure
    return {
        **words(target),
        "rollup": str(measure.rollup),
        "direction": str(measure.direction),
        "decimals": "" if measure.decimals is None else str(measure.decimals),
        "definition": measure.definition,
        "data_source": measure.data_source,
        "denominator": measure.denominator,
        "accumulates": "" if measure.accumulates is None else str(measure.accumulates),
        "counts_persons": "" if measure.counts_persons is None else str(measure.counts_persons),
        "collected_by": str(measure.collected_by.uid) if measure.collected_by else "",
        "reckoning": str(target.reckoning),
        "tolerance": number(target.tolerance),
        "base": number(target.base),
        "base_words": target.base_words,
        "years": "" if target.years is None else str(target.years),
        "soft": str(target.soft),
        "judged_by": str(target.judged_by.uid) if target.judged_by else "",
        "rubric": target.rubric,
        "superior": str(target.superior.uid) if target.superior else "",
        "interim": ";".join(f"{day}={number(value)}" for day, value in interim_of(target=target)),
    }


def described_mark(target: Target) -> str:
    """Return a mark of what is said of a target, which changes when any of it does."""
    return hashlib.sha256(repr(described(target)).encode()).hexdigest()[:16]
