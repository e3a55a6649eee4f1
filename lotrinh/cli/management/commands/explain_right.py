"""Explains one right as JSON: whether it holds (null: something is unknown), and what to say."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.cli.language import is_english
from lotrinh.cli.words import say
from lotrinh.rules.actions import Action
from lotrinh.rules.days import legal_day
from lotrinh.rules.why import Places, sentence


class Unknown(Exception):
    """Something that was asked about is not known; the message says what."""


class Command(BaseCommand):
    """Judges by the day that is asked about, and that of the installation where none is."""

    stealth_options = ("who", "action", "target", "on")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the answer as JSON text."""
        try:
            allowed, lines = _answer(options)
        except Unknown as unknown:
            return json.dumps({"allowed": None, "lines": [str(unknown)]})
        return json.dumps({"allowed": allowed, "lines": lines})


def _answer(asked: dict[str, Any]) -> tuple[bool, list[str]]:
    on = _day(asked["on"]) if asked["on"] else _today()
    user_id = _user(asked["who"])
    action = _action(asked["action"])
    places = _places(asked["target"], action, on=on)
    why = units.why_at(user_id=user_id, action=action, places=places, on=on)
    told = sentence(why, language="en" if is_english() else "vi")
    return why.allowed, [told, *_who_may(action, places, on=on)]


def _today() -> date:
    fixed: date | None = settings.LOTRINH_TODAY
    return fixed or legal_day(timezone.now(), ZoneInfo(settings.TIME_ZONE))


def _day(typed: str) -> date:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    raise Unknown(say("why.no_day", day=typed))


def _user(typed: str) -> int:
    meant = units.accounts_meant(typed)
    if not meant:
        raise Unknown(say("why.no_user", name=typed))
    if len(meant) > 1:
        names = ", ".join(one.sign_in_name for one in meant)
        raise Unknown(say("why.several", name=typed, names=names))
    return meant[0].user_id


def _action(typed: str) -> Action:
    try:
        return Action(typed)
    except ValueError as unknown:
        raise Unknown(say("why.no_action", action=typed, actions=", ".join(Action))) from unknown


def _places(typed: str, action: Action, *, on: date) -> Places:
    """Return where the action is judged for what is meant: a unit first, then what has a uid."""
    uid = _uid(typed)
    unit = units.unit_by_code(typed) or (
        units.unit_by_uid(uid) if uid else units.unit_named(typed, on=on)
    )
    if unit is not None:
        return Places((unit.pk,))
    found = (
        uid
        and (
            duties.judged_at(uid=uid, action=action)
            or targets.judged_at(uid=uid)
            or documents.judged_at(uid=uid, action=action)
        )
    ) or None
    if found is None:
        raise Unknown(say("why.no_object", target=typed))
    return found


def _uid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _who_may(action: Action, places: Places, *, on: date) -> list[str]:
    """Return whose posts may do it, in a sentence that names no person."""
    if places.for_everyone:
        return []
    posts = units.posts_with(action=action, unit_id=places.units[0], on=on)
    if not posts:
        return [say("why.nobody_may")]
    named = [
        f"{post.title_en}, {post.unit.name_en}"
        if is_english()
        else f"{post.title_vi}, {post.unit.name_vi}"
        for post in posts
    ]
    return [say("why.who_may", posts="; ".join(named))]
