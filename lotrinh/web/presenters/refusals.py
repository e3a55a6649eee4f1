"""Why something may not be done, and who may: the sentence beside a button that is disabled."""

from datetime import date

from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web.formatting import named


def who_may(action: Action, *, unit_id: int, on: date) -> str:
    """Return whose posts may do this at the unit, in one sentence that names no person."""
    posts = units.posts_with(action=action, unit_id=unit_id, on=on)
    if not posts:
        return _("No post that is filled today may do this.")
    titles = "; ".join(f"{named(post, 'title')}, {named(post.unit)}" for post in posts)
    return _("This may be done by: %(posts)s.") % {"posts": titles}
