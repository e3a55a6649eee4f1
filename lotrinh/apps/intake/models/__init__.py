"""Tables of readings, of what they propose, of what people make of it, and of what is learned."""

from lotrinh.apps.intake.models.differences import (
    Fingerprint,
    Likeness,
    LikenessAnswer,
    SettledDifference,
)
from lotrinh.apps.intake.models.learning import (
    Correction,
    LearnedName,
    LearnedNameEnd,
    LearnedNameUse,
    LexiconLine,
    LexiconMeasure,
    LexiconSupport,
    LexiconTurn,
    RuleTally,
)
from lotrinh.apps.intake.models.runs import (
    Arrival,
    Candidate,
    Decision,
    Descent,
    Presence,
    ReadingRun,
    TypedWords,
)

__all__ = [
    "Arrival",
    "Candidate",
    "Correction",
    "Decision",
    "Descent",
    "Fingerprint",
    "LearnedName",
    "LearnedNameEnd",
    "LearnedNameUse",
    "LexiconLine",
    "LexiconMeasure",
    "LexiconSupport",
    "LexiconTurn",
    "Likeness",
    "LikenessAnswer",
    "Presence",
    "ReadingRun",
    "RuleTally",
    "SettledDifference",
    "TypedWords",
]
