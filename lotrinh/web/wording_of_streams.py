"""Words of the stream of a conference: how far it is, and what one takes of it."""

from django.utils.translation import gettext_lazy as _

from lotrinh.rules.conferences.streams import Rendition, Sending
from lotrinh.web.wording import Words

SENDINGS: Words = {
    Sending.NOT_BEGUN: _("Not begun: nothing is being sent yet."),
    Sending.ON: _("The main site is being sent."),
    Sending.INTERRUPTED: _("Nothing is being sent at the moment."),
    Sending.OVER: _("The conference is over; nothing is sent any more."),
}
RENDITIONS: Words = {
    Rendition.PICTURE: _("Picture"),
    Rendition.SOUND: _("Sound and documents"),
}
