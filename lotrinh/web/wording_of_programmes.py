"""Words of own programmes: how far one is, how a commitment is answered, how a question ended."""

from django.utils.translation import gettext_lazy as _

from lotrinh.rules.programmes import Answered, ProgrammeOutcome, ProgrammeState
from lotrinh.web.wording import Words

STATES: Words = {
    ProgrammeState.NONE: _("nothing yet"),
    ProgrammeState.DRAFT: _("draft programme"),
    ProgrammeState.ISSUED: _("programme issued"),
    ProgrammeState.REVIEWED: _("read by the office"),
}
ANSWERED: Words = {
    Answered.CITED: _("names its clause"),
    Answered.LEVEL: _("sets the same level"),
    Answered.WORDS: _("near in words"),
}
OUTCOMES: Words = {
    ProgrammeOutcome.EXPLAINED: _("explained by the unit"),
    ProgrammeOutcome.REVISED: _("the unit has linked another text"),
    ProgrammeOutcome.DISCUSSED: _("to be talked over with the unit"),
}
QUESTION_STATES: Words = {
    "asked": _("waits for the unit"),
    "answered": _("answered, waits for the office"),
    "closed": _("question closed"),
}
