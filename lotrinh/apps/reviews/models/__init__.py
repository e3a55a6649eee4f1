"""Tables of reviews: what is being written, and the editions that were frozen."""

from lotrinh.apps.reviews.models.editions import Edition
from lotrinh.apps.reviews.models.reviews import (
    Comment,
    Quote,
    Review,
    Section,
    SectionText,
)

__all__ = ["Comment", "Edition", "Quote", "Review", "Section", "SectionText"]
