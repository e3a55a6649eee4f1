"""One turn for whatever moves the organisation or the people in it.

Changes of the tree, their undoing, and appointments all read what the others write: who stands
where, until when. They are rare and short, so they wait for each other instead of each knowing the
rest.
"""

from lotrinh.apps.journal.turns import take_turn


def await_organisation() -> None:
    """Wait until nobody else changes the organisation or its people; hold it to the end."""
    take_turn("organisation", "")
