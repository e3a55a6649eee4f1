"""Why something may not be done, and who may: the sentence beside a button that is disabled."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web.formatting import named

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Post, Role


def own_role(role: "Role", *, user_id: int, on: date) -> str:
    """Return why somebody adds nothing to a role that he himself has, and who may; else nothing."""
    if not units.holds_role(role, user_id=user_id, on=on):
        return ""
    posts = units.others_who_define(role, on=on)
    if posts:
        who = _("This may be done by: %(posts)s.") % {"posts": _titles(posts)}
    else:
        who = _(
            "Nobody without this role may define roles today. Appoint somebody who has another "
            "role that carries that: this person may then add to this one."
        )
    return _("You hold this role yourself: you may take from it, and add nothing. %(who)s") % {
        "who": who
    }


def who_may(action: Action, *, unit_id: int, on: date) -> str:
    """Return whose posts may do this at the unit, in one sentence that names no person."""
    posts = units.posts_with(action=action, unit_id=unit_id, on=on)
    if not posts:
        return _("No post that is filled today may do this.")
    return _("This may be done by: %(posts)s.") % {"posts": _titles(posts)}


def _titles(posts: "tuple[Post, ...]") -> str:
    return "; ".join(f"{named(post, 'title')}, {named(post.unit)}" for post in posts)
