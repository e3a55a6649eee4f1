"""Writes of publications."""

from lotrinh.apps.publishing.services.publishing import Decision, publish
from lotrinh.apps.publishing.services.refusals import (
    ContentChanged,
    DecisionLater,
    KeyTaken,
    MayNotPublish,
    NothingChosen,
    ReasonMissing,
)

__all__ = [
    "ContentChanged",
    "Decision",
    "DecisionLater",
    "KeyTaken",
    "MayNotPublish",
    "NothingChosen",
    "ReasonMissing",
    "publish",
]
