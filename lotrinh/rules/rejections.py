"""Why a proposal of the reading engine is not held as a commitment."""

from enum import StrEnum


class Rejection(StrEnum):
    """The reasons among which an officer chooses; each teaches the reading something else."""

    NOT_COMMITMENT = "not_commitment"
    DUPLICATE = "duplicate"
    WRONG_SPAN = "wrong_span"
    ALREADY_REPORTED = "already_reported"
    NOT_MEASURABLE = "not_measurable"
