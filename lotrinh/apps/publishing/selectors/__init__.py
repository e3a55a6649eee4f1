"""Reads of publications: what may be chosen, what it would say, what is public now, the record."""

from lotrinh.apps.publishing.selectors.choosing import (
    Choice,
    Shelfmark,
    choices,
    may_publish,
    newest_record,
    next_mark,
    record_by_uid,
    records,
)
from lotrinh.apps.publishing.selectors.composing import Chosen, papers_of
from lotrinh.apps.publishing.selectors.public import headings, newest, newest_sha256

__all__ = [
    "Choice",
    "Chosen",
    "Shelfmark",
    "choices",
    "headings",
    "may_publish",
    "newest",
    "newest_record",
    "newest_sha256",
    "next_mark",
    "papers_of",
    "record_by_uid",
    "records",
]
