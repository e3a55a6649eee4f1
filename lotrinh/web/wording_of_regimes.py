"""The words for reporting regimes and for how far reports are, in the language of the page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

BASES: Words = {
    "verified": _("verified figures"),
    "self_reported": _("self-reported figures"),
    "estimated": _("estimates"),
    "planned": _("planned figures"),
}
"""What the figures of a regime are."""

STAGES: Words = {
    "hand_in": _("handing in"),
    "check": _("check"),
    "approve": _("approval"),
}
"""The stages that a report passes."""

PROGRESSES: Words = {
    "silent": _("Not begun"),
    "entering": _("Being entered"),
    "returned": _("Returned to the unit"),
    "check": _("Awaits a check"),
    "approve": _("Awaits approval"),
    "approved": _("Approved"),
}
"""Where the report of a unit lies."""

SHOWN: Words = {
    **{code: said for code, said in PROGRESSES.items() if code != "approved"},
    "open": _("Not handed in"),
    "handed_in": _("Handed in"),
    "approved": _("Approved"),
    "late": _("Late"),
    "unsettled": _("With entries that cannot be read"),
}
"""By what the list of a collection room is narrowed."""

STEPS_TAKEN: Words = {
    "enter": _("entered figures"),
    "attach": _("added a file"),
    "hand_in": _("handed in"),
    "check": _("checked"),
    "approve": _("approved"),
    "return": _("returned"),
    "unlock": _("unlocked"),
}
"""What was done to a report last."""

CHAIN_FAULTS: Words = {
    "begins_with_handing_in": _("The first stage is the unit that hands in."),
    "checks_and_approvals": _("After handing in there are only checks and approvals."),
    "ends_with_approval": _("The last stage is an approval: add one, or figures never count."),
    "upwards": _(
        "Each stage is at the level of the one before it or above: put the heights in order."
    ),
}
"""Why stages make no way to a figure that counts."""


def height_text(height: int) -> str:
    """Return at which level a stage is."""
    if not height:
        return gettext("the unit itself")
    if height == 1:
        return gettext("one level above the unit")
    return gettext("%(n)s levels above the unit") % {"n": height}
