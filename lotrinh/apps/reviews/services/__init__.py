"""Writes of reviews: beginning one, writing it, freezing it into an edition."""

from lotrinh.apps.reviews.services.beginning import ReviewSaid, begin_review
from lotrinh.apps.reviews.services.freezing import Addresses, freeze_edition
from lotrinh.apps.reviews.services.refusals import (
    CountedLater,
    DocumentNotSeen,
    FrameChangedMeanwhile,
    KeyTaken,
    NoDocuments,
    NoReason,
    NotAllowed,
    NothingChanged,
    NoWords,
    NumberNotQuoted,
    SectionChangedMeanwhile,
    TooManyQuotes,
    WrongQuote,
)
from lotrinh.apps.reviews.services.writing import (
    Frame,
    comment_section,
    frame_review,
    quote_number,
    settle_comment,
    write_section,
)

__all__ = [
    "Addresses",
    "CountedLater",
    "DocumentNotSeen",
    "Frame",
    "FrameChangedMeanwhile",
    "KeyTaken",
    "NoDocuments",
    "NoReason",
    "NoWords",
    "NotAllowed",
    "NothingChanged",
    "NumberNotQuoted",
    "ReviewSaid",
    "SectionChangedMeanwhile",
    "TooManyQuotes",
    "WrongQuote",
    "begin_review",
    "comment_section",
    "frame_review",
    "freeze_edition",
    "quote_number",
    "settle_comment",
    "write_section",
]
