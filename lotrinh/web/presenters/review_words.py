"""What is said of a review beside its rows: the name of its file, quotes that stand for nothing."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from lotrinh.rules.period_words import period_name
from lotrinh.rules.reviewing.quoting import Misquote, mark_of
from lotrinh.rules.reviewing.table_words import Say, said

if TYPE_CHECKING:
    from lotrinh.apps.reviews.models import Review

_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def file_name(review: "Review", ending: str, ordinal: int | None = None) -> str:
    """Return under which name a review is kept: kind, number, period and edition, in its language.

    Signs that no file may have in its name become a hyphen.
    """
    with translation.override(review.language):
        edition = _("draft") if ordinal is None else _("edition %(n)s") % {"n": ordinal}
    words = (
        said(Say.REPORT, language=review.language).capitalize(),
        f"{review.number}/{review.symbol}" if review.number and review.symbol else "",
        period_name(review.period.rule, language=review.language),
        edition,
    )
    return _NO_NAME.sub("-", f"{' '.join(filter(None, words))}.{ending}")


def misquoted(found: Iterable[Misquote]) -> list[str]:
    """Return a sentence for each quote that stands for nothing: where it is, and the cure."""
    return [
        (
            _("Paragraph %(place)s: %(mark)s quotes no number. Write %(right)s for number 3.")
            if one.number is None
            else _("Paragraph %(place)s: %(mark)s is not in the list of numbers. Add it first.")
        )
        % {"place": one.paragraph, "mark": one.mark, "right": mark_of(3)}
        for one in found
    ]
