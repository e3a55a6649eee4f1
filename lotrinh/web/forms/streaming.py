"""The form of the run sheet while it is being presented."""

from django import forms


class ItemForm(forms.Form):
    """Which item is presented now, by its place; empty: none."""

    place = forms.IntegerField(required=False, min_value=1, max_value=32_767)
