"""Words of what stands around and after a conference: questions, what a recount has otherwise."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lotrinh.rules.conferences.questions import QuestionState
from lotrinh.web.wording import Words

QUESTIONS: Words = {
    QuestionState.WAITING: _("not looked at yet"),
    QuestionState.SHOWN: _("shown to all sites"),
    QuestionState.SET_ASIDE: _("set aside"),
    QuestionState.ANSWERED: pgettext_lazy("question", "answered"),
}
NUMBERS: Words = {
    "sites": _("sites"),
    "joined": _("sites connected"),
    "silent": _("sites that told nothing"),
    "present": pgettext_lazy("delegates", "present"),
    "summoned": pgettext_lazy("delegates", "called"),
    "class": pgettext_lazy("delegates", "present"),
    "site": pgettext_lazy("delegates", "present"),
}
"""What a recount may have otherwise than a record."""
