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
