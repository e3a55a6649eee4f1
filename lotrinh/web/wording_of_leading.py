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

STEPS_TAKEN: Words = {
    "issue": _("issued"),
    "spread": _("carried to a group"),
    "gather": _("taken back from a group"),
    "accept": _("accepted"),
    "refuse": _("refused by the unit"),
    "release": _("refusal accepted"),
    "uphold": _("refusal not accepted"),
    "report": _("progress reported"),
    "claim": _("said to be done"),
    "verify": _("verified as done"),
    "return": _("returned as not done"),
    "contest": _("return contested"),
    "overrule": _("judged done"),
    "dismiss": _("contest dismissed"),
    "reopen": _("reopened"),
    "ask": _("asked to have more time"),
    "extend": _("given more time"),
    "decline": _("not given more time"),
    "suspend": _("suspended"),
    "resume": _("taken up again"),
    "cancel": _("cancelled"),
    "transfer": _("transferred to another unit"),
    "hand": _("given to another person"),
    "instruct": _("given an instruction"),
}
"""What was done to a duty, as a list of the last events says it."""
