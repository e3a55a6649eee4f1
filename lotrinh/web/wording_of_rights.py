"""Words of rights: what a role may carry."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

ACTIONS: Words = {
    "document.read": _("read documents"),
    "document.register": _("register documents"),
    "candidate.decide": _("decide on proposals"),
    "duty.read": _("read duties"),
    "duty.assign": _("assign duties"),
    "duty.issue": _("issue duties"),
    "duty.do": _("report and hand in what is owed"),
    "duty.judge": _("verify and judge what is owed"),
    "target.read": _("read targets"),
    "figure.read": _("read figures"),
    "figure.enter": _("enter figures"),
    "figure.approve": _("approve figures that others have entered"),
    "review.read": _("read reviews"),
    "review.write": _("write reviews"),
    "conference.hold": _("hold conferences"),
    "review.freeze": _("freeze reviews into editions"),
    "people.read": _("see who holds which post"),
    "unit.change": _("change the organisation"),
    "people.appoint": _("appoint people"),
    "rights.explain": _("ask why somebody may or may not"),
    "account.manage": _("open and close accounts"),
    "mandate.give": _("give inspection mandates"),
    "publication.decide": _("decide what everybody may read"),
    "role.define": _("define roles"),
}
"""What a role may carry."""
