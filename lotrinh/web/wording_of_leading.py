"""Words of the leader's screens: what was done since a day, how punctual a unit was."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

STEPS_SINCE: Words = {
    "issue": _("issued"),
    "claim": _("said to be done"),
    "verify": _("verified as done"),
    "return": _("returned as not done"),
    "refuse": _("refused by the unit"),
    "ask": _("asked to have more time"),
    "extend": _("given more time"),
    "cancel": _("cancelled"),
}
"""What happens to duties that a leader is told of in the morning, in this order."""

SHADES: Words = {
    "all": _("all on time"),
    "most": _("half or more on time"),
    "few": _("less than half on time"),
    "none": _("none on time"),
    "awaited": _("nothing to judge yet"),
    "nothing": _("nothing due"),
}
"""How punctual a unit was, from best to worst, and last what cannot be judged."""
