"""Takes a sheet over into the installation, or says what would be taken over, as JSON."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from lotrinh.apps.units import selectors, services
from lotrinh.cli.language import is_english
from lotrinh.rules.days import legal_day
from lotrinh.rules.sheet_heads import NoHead
from lotrinh.rules.sheets import counted, sentence
from lotrinh.rules.sheets_returned import returned

Judged = selectors.UnitsJudged | selectors.PeopleJudged


class Command(BaseCommand):
    """``grid`` holds the cells; ``progress`` is told how many rows are written."""

    stealth_options = ("what", "grid", "dry_run", "open_trees", "new_kinds", "progress")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the verdicts, or the columns that the sheet does not name."""
        if selectors.tree_by_code(selectors.MAIN_TREE) is None and not options["open_trees"]:
            return json.dumps({"not_founded": True})
        try:
            judged = _judged(options) if options["dry_run"] else _imported(options)
        except NoHead as refused:
            return json.dumps({"missing": refused.missing})
        told = _told(judged, options["what"], is_taken=not options["dry_run"])
        return json.dumps(told | {"dry_run": options["dry_run"]}, ensure_ascii=False)


def _judged(options: dict[str, Any]) -> Judged:
    if options["what"] == "units":
        return selectors.judged_units(options["grid"], **_opened(options))
    return selectors.judged_people(options["grid"])


def _imported(options: dict[str, Any]) -> Judged:
    at = timezone.now()
    given: dict[str, Any] = {
        "grid": options["grid"],
        "user": None,
        "on": legal_day(at, ZoneInfo(settings.TIME_ZONE)),
        "at": at,
    }
    if options["what"] == "units":
        return services.import_units(**_opened(options), **given)
    return services.import_people(progress=options["progress"], **given)


def _opened(options: dict[str, Any]) -> dict[str, Any]:
    """Return what the sheet may bring that is not there yet."""
    return {"opens_trees": options["open_trees"], "new_kinds": options.get("new_kinds", False)}


def _told(judged: Judged, what: str, *, is_taken: bool) -> dict[str, Any]:
    language = "en" if is_english() else "vi"
    verdicts = judged.plan.verdicts
    return {
        "what": what,
        "counts": counted(verdicts),
        "rows": [
            {
                "row": row.line,
                "key": row.key,
                "verdict": row.verdict,
                "flaws": [
                    {"column": fault.column, "flaw": fault.flaw, **fault.data}
                    for fault in row.faults
                ],
                "faults": [sentence(fault, what, language) for fault in row.faults],
            }
            for row in verdicts
        ],
        "strange": judged.head.strange,
        "head": judged.head.first,
        "marked": returned(
            judged.grid, judged.head, verdicts, what, language=language, is_taken=is_taken
        ),
    }
