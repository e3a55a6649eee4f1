"""Words of reviews: what is said of a quoted number, systems, languages, what differs."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

ASPECT_WORDS: Words = {
    "value": _("what was reached"),
    "plan": _("what was planned"),
    "of_plan": _("against the plan"),
    "growth": _("against the same period last year"),
    "score": _("how many were met"),
    "done": _("how many are done"),
    "on_time": _("how many were done on time"),
    "overdue": _("how many are overdue"),
}
SYSTEMS: Words = {
    "state": _("State administration (Decree 30/2020/NĐ-CP)"),
    "party": _("Party (guidance of the Central Office)"),
}
LANGUAGES: Words = {"vi": _("Vietnamese"), "en": _("English")}
FRAME_WORDS: Words = {
    "about": _("Subject of the text"),
    "issuer": _("Issuing body, as printed"),
    "superior": _("Superior body, as printed"),
    "symbol": _("Symbol of the text"),
    "number": _("Number of the text"),
    "place": _("Place of issue"),
    "day": _("Date of issue"),
    "addressed_to": _("Addressed to"),
    "signature": _("Signature"),
    "capacity": _("Authority of the signer"),
    "post": _("Post of the signer"),
    "signer": _("Name of the signer"),
    "recipients": _("Recipients"),
    "counted_on": _("Duties counted on"),
}
"""What stands around the text, by its field."""
BROKEN: Words = {
    "numbers": _("the numbers are not those that were frozen"),
    "docx": _("the Word file is not the one that was frozen"),
    "journal": _("it differs from what the journal has of its freezing"),
    "pdf": _("the PDF file is not the one that was frozen"),
}
