"""Takes a sheet of duties over in somebody's name, or says what would be taken over, as JSON."""

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.files.sheets import Grid
from lotrinh.apps.units import selectors as units
from lotrinh.cli.language import is_english
from lotrinh.cli.words import say
from lotrinh.reading.citations import canonical_number
from lotrinh.rules.actions import Action
from lotrinh.rules.days import legal_day
from lotrinh.rules.duty_sheet import NEW, SHAPE, Fate, fate_told, fate_word
from lotrinh.rules.secrecy import secrecy_mark
from lotrinh.rules.sheet_heads import NoHead
from lotrinh.rules.sheets import sentence
from lotrinh.rules.sheets_returned import marked

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Rendition


class Unusable(Exception):
    """What was asked for cannot be begun with; the message says why."""


class Command(BaseCommand):
    """``grid`` holds the cells; ``who`` signs in by that name; ``number`` names the document."""

    stealth_options = ("grid", "who", "number", "yes")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the verdicts; ``missing`` columns; or why it is ``unusable`` or ``refused``."""
        try:
            told = _taken(**{name: options[name] for name in self.stealth_options})
        except Unusable as unusable:
            told = {"unusable": str(unusable)}
        except NoHead as refused:
            told = {"missing": list(refused.missing)}
        except (services.NotAllowed, services.NoDocument):
            told = {"refused": say("duties.not_allowed", who=options["who"])}
        except (services.DutyChangedMeanwhile, services.StepNotOpen, services.PersonElsewhere):
            told = {"refused": say("duties.meanwhile")}
        return json.dumps(told, ensure_ascii=False)


def _taken(*, grid: Grid, who: str, number: str, yes: bool) -> dict[str, Any]:
    """Judge the sheet as the account sees it; write the good rows where ``yes`` says so."""
    at, language = timezone.now(), "en" if is_english() else "vi"
    fixed: date | None = settings.LOTRINH_TODAY
    on = fixed or legal_day(at, ZoneInfo(settings.TIME_ZONE))
    user = _account(who, on=on)
    if secrecy_mark("\n".join("\t".join(row) for row in grid)) is not None:
        return {"refused": say("duties.secret")}
    rendition = _text(number, user, on=on) if number else None
    given: dict[str, Any] = {"rendition": rendition, "on": on, "language": language}
    if not yes:
        judged = selectors.judged_duties(grid, seen_by=user.pk, **given)
        return _told(judged, language, is_taken=False)
    said = json.dumps([grid, number], ensure_ascii=False).encode()
    key = uuid5(user.uid, sha256(said).hexdigest())
    judged = services.import_duties(grid=grid, user=user, client_key=key, at=at, **given)
    return _told(judged, language, is_taken=True)


def _account(who: str, *, on: date) -> "User":
    """Return the account in whose name the sheet comes in; it assigns duties somewhere."""
    user = accounts.user_by_sign_in_name(who) if who else None
    if user is None:
        raise Unusable(say("duties.no_user", who=who) if who else say("duties.as_whom"))
    if not units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on):
        raise services.NotAllowed(Action.ASSIGN_DUTY)
    return user


def _text(number: str, user: "User", *, on: date) -> "Rendition":
    """Return the text of the one document of this number that the account may read."""
    seen = documents.visible(seen_by=user.pk, on=on)
    found = tuple(
        seen.filter(number=canonical_number(number) or number).order_by("is_stub", "-issued_on")[:2]
    )
    if not found:
        raise Unusable(say("duties.no_document", number=number))
    if len(found) > 1 and found[0].is_stub == found[1].is_stub:
        raise Unusable(say("duties.several", number=number))
    text = documents.text_that_counts(found[0])
    if text is None:
        raise Unusable(say("duties.no_text", number=number))
    return text


def _told(judged: selectors.DutiesJudged, language: str, *, is_taken: bool) -> dict[str, Any]:
    lots = judged.lots
    counts = {
        "new": sum(lot.fate in NEW for lot in lots),
        "amended": sum(lot.fate is Fate.AMENDS for lot in lots),
        "unchanged": sum(lot.fate in (Fate.UNCHANGED, Fate.REPEATED) for lot in lots),
        "refused": sum(lot.fate is Fate.REFUSED for lot in lots),
    }
    fates = {lot.line: fate_told(lot, language, is_taken=is_taken) for lot in lots}
    return {
        "what": SHAPE,
        "dry_run": not is_taken,
        "counts": counts,
        "rows": [
            {
                "row": lot.line,
                "key": lot.key,
                "verdict": lot.fate.value,
                "word": fate_word(lot, language, is_taken=is_taken),
                "faults": [sentence(fault, SHAPE, language) for fault in lot.faults],
                "notes": [sentence(note, SHAPE, language) for note in lot.notes],
            }
            for lot in lots
        ],
        "strange": list(judged.head.strange),
        "head": judged.head.first,
        "marked": marked(judged.grid, judged.head, fates, language=language),
    }
