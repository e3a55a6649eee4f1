"""Words of the keys of programs: what each opens."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

SCOPES: Words = {
    "units:read": _("read units"),
    "documents:read": _("read documents"),
    "duties:read": _("read duties"),
    "duties:write": _("take steps of duties: report, claim, verify and so on"),
}
"""What a key of a program opens, by the code of the scope."""
