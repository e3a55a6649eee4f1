"""The form by which several duties are urged in one act."""

from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.forms.steps import note_field


class UrgeForm(KeyedForm):
    """The words that go to everyone who is urged."""

    note = note_field(rows=3)
