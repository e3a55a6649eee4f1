"""The words for questions of integrity, in the language of the page."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

RULES: Words = {
    "round_numbers": _("Many round figures"),
    "last_digits": _("Uneven last digits"),
    "over_target": _("Just over the plan"),
    "cloned_rows": _("Same figures as another unit"),
    "repeated_rows": _("Same figures as the last period"),
    "jumps": _("Unlike the unit's own history"),
    "reused_files": _("One file for several things"),
    "parts_differ": _("Periods that do not add up"),
    "always_whole": _("Always exactly 100%"),
    "last_hour": _("Always in the last hour"),
}
"""What a question is about."""

STATES: Words = {
    "asked": _("Awaits an answer"),
    "answered": _("Answered by the unit"),
    "closed": _("Question closed"),
}
"""How far a question is."""

OUTCOMES: Words = {
    "explained": _("Explanation accepted"),
    "corrected": _("Figure corrected"),
    "inspection": _("Passed on to inspection"),
}
"""How a question was closed."""
