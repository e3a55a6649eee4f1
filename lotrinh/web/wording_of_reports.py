"""The words for reports of figures: their bases, their stages, what was done to them."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

FIGURE_BASES: Words = {
    "planned": _("planned figures"),
    "estimated": _("estimates"),
    "self_reported": _("figures as the unit reports them"),
    "verified": _("verified figures"),
}
"""On what the figures of a report rest."""

REPORT_STEPS: Words = {
    "hand_in": _("Hand in the report"),
    "check": _("Check the report"),
    "approve": _("Approve the report"),
    "return": _("Return the report"),
    "unlock": _("Unlock the report"),
}
"""What can be done to a report, as buttons say it."""

REPORT_STAGES: Words = {
    "hand_in": _("Handing in"),
    "check": _("Check"),
    "approve": _("Approval"),
}
"""A stage of a report, as a list names it."""

REPORT_STEP_MEANINGS: Words = {
    "hand_in": _("Others check and approve it; nothing more can be entered until they return it."),
    "check": _("You have compared the figures; whoever approves reads them after you."),
    "approve": _("You stand for these very figures. After the last approval they count."),
    "return": _("The unit reads what is asked, enters it anew and hands in once more."),
    "unlock": _("The unit enters anew. What was approved counts until something else is."),
}
"""What a step brings about, in one sentence."""

REPORT_EVENTS: Words = {
    "enter": _("Figures entered"),
    "attach": _("Files added"),
    "hand_in": _("Report handed in"),
    "check": _("Report checked"),
    "approve": _("Report approved"),
    "return": _("Report returned"),
    "unlock": _("Report unlocked"),
}
"""What was done to a report."""
