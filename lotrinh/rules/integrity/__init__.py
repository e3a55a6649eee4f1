"""Questions of integrity: one module for each rule, pure and explained. Never a verdict."""

from lotrinh.rules.integrity.asking import integrity_questions
from lotrinh.rules.integrity.facts import (
    Facts,
    HandedIn,
    IntegrityRule,
    Limits,
    Question,
    Shown,
    Split,
    Told,
)

__all__ = [
    "Facts",
    "HandedIn",
    "IntegrityRule",
    "Limits",
    "Question",
    "Shown",
    "Split",
    "Told",
    "integrity_questions",
]
