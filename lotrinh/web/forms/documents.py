"""The form by which a document comes in: a file, or the text itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotrinh.apps.intake.services import Submission
from lotrinh.apps.intake.text import MOST_BYTES, Unread
from lotrinh.reading.readers.kinds import ENDINGS
from lotrinh.web.presenters.unreadable import unread_parts

MEGABYTE = 1024 * 1024
ACCEPTED = ",".join(sorted(ENDINGS))


class ManyFilesInput(forms.ClearableFileInput):
    """A choice of one or several files; the form itself judges one, several go one by one."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the last file that was sent."""
        return files.get(name)


class SubmissionForm(forms.Form):
    """Exactly one of a file and a text. The gate judges the bytes, never the name of a file.

    ``asks_declaration`` is true once the gate met parts that it cannot see; only then is the
    check box of the declaration shown.
    """

    asks_declaration = False

    client_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form is no longer whole. Send it once more."),
            "invalid": _("This form is no longer whole. Send it once more."),
        },
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Word (.docx), PDF, Excel, a web page or plain text, "
            "each at most 16 MB and two million letters."
        ),
        widget=ManyFilesInput(attrs={"accept": ACCEPTED, "multiple": True}),
        error_messages={"invalid": _("The file did not arrive. Choose it once more.")},
    )
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea,
        help_text=_("The whole text with its head, so that number, date and issuer can be read."),
    )

    declared = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a form with both, with neither, or with a file that is too long to be read."""
        given = super().clean() or {}
        file, text = given.get("file"), str(given.get("text") or "")
        if "file" in self.errors or "text" in self.errors:
            return given
        if file is None and not text.strip():
            self.add_error("file", _("Choose a file or paste the text."))
        elif file is not None and text.strip():
            self.add_error(
                "text", _("Send one of the two: empty this field or leave the file out.")
            )
        elif file is not None and file.size > MOST_BYTES:
            self.add_error("file", too_long())
        return given

    def is_for_files_alone(self) -> bool:
        """Say whether nothing but files was sent, under a whole key; each is judged by itself."""
        self.full_clean()
        is_key_whole = "client_key" not in self.errors
        return is_key_whole and not str(self.data.get("text") or "").strip()

    def submission(self) -> Submission:
        """Return what was sent. Line ends that a browser adds to a pasted text are taken out."""
        file = self.cleaned_data["file"]
        if file is not None:
            return Submission(
                content=file.read(),
                source_name=str(file.name),
                is_declared=bool(self.cleaned_data["declared"]),
            )
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        return Submission(content=text.encode(), source_name="")

    def ask_declaration(self, unread: Unread) -> None:
        """Refuse the file until somebody declares its unread parts free of State secrets."""
        self.asks_declaration = True
        self.add_error("file", undeclared(unread))

    @property
    def sent_in(self) -> str:
        """Return the field in which the document came."""
        return "file" if self.cleaned_data.get("file") is not None else "text"


def too_long() -> str:
    """Return the refusal of a document that is too long, with the cure."""
    return _(
        "The document is larger than %(most)s MB, or longer than two million characters. "
        "Divide it and send the parts one by one."
    ) % {"most": MOST_BYTES // MEGABYTE}


def undeclared(unread: Unread) -> str:
    """Return why a file with pictures of text waits for a declaration."""
    return _(
        "Nothing could be read in parts of the file (%(unread)s), so no mark of secrecy could be "
        "looked for there. Nothing was stored. Look at these parts; if they hold no State secret, "
        "declare it below, choose the file once more and send it."
    ) % {"unread": unread_parts(unread.pages, unread.pictures)}
