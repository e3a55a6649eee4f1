"""Reads of reviews: those that one may see, their numbers, their text, their editions."""

from lotrinh.apps.reviews.selectors.changes import frozen_numbers, listed_changes, moved_since
from lotrinh.apps.reviews.selectors.composing import Doors, paragraphs_of, text_of
from lotrinh.apps.reviews.selectors.freezing import NumbersHidden, NumbersWait
from lotrinh.apps.reviews.selectors.live import Held, Live, held_by, live_numbers
from lotrinh.apps.reviews.selectors.offering import documents_offered
from lotrinh.apps.reviews.selectors.opening import opens_rows
from lotrinh.apps.reviews.selectors.recounting import Recounted, recount_edition
from lotrinh.apps.reviews.selectors.seen import (
    comment_by_uid,
    comments_of,
    edition_by_uid,
    edition_known,
    edition_printed,
    editions_of,
    empty_parts,
    last_editions,
    later_edition,
    may_freeze,
    may_write,
    quoted_numbers,
    review_by_uid,
    section_by_uid,
    sections_commented,
    sections_of,
    texts_of,
    visible,
)

__all__ = [
    "Doors",
    "Held",
    "Live",
    "NumbersHidden",
    "NumbersWait",
    "Recounted",
    "comment_by_uid",
    "comments_of",
    "documents_offered",
    "edition_by_uid",
    "edition_known",
    "edition_printed",
    "editions_of",
    "empty_parts",
    "frozen_numbers",
    "held_by",
    "last_editions",
    "later_edition",
    "listed_changes",
    "live_numbers",
    "may_freeze",
    "may_write",
    "moved_since",
    "opens_rows",
    "paragraphs_of",
    "quoted_numbers",
    "recount_edition",
    "review_by_uid",
    "section_by_uid",
    "sections_commented",
    "sections_of",
    "text_of",
    "texts_of",
    "visible",
]
