"""The words for figures, in the language of the page."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

BASES: Words = {
    "planned": _("as planned"),
    "estimated": _("estimated"),
    "self_reported": _("reported by the unit"),
    "verified": _("verified by another unit"),
}
"""How firm a figure is."""

NO_TOTALS: Words = {
    "none_counts": _("what was told does not count"),
    "nothing_to_divide_by": _("there is nothing to divide by"),
    "several": _("units told different figures, of which none stands for all"),
    "does_not_add": _("units told their figures, which make no total"),
}
"""Why there is no total though units answered."""
