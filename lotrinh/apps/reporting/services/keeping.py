"""Keeping totals right: along a tree that has changed, and anew where a recount differs."""

from datetime import datetime

from django.db import transaction

from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import selectors
from lotrinh.apps.reporting.models import TotalSheet
from lotrinh.apps.reporting.selectors import Recount
from lotrinh.apps.reporting.selectors.measuring import (
    ground_of,
    measured,
    measures_by_id,
    rules_digest,
)
from lotrinh.apps.reporting.services.folding import take_fold_turn
from lotrinh.apps.reporting.services.refolding import Lanes, rebuild, refold


@transaction.atomic
def recount_totals(*, period_code: str | None = None) -> Recount:
    """Return what a count of all figures says of the totals; nothing is changed by it.

    Nobody folds meanwhile, and whoever approves does not wait.
    """
    take_fold_turn()
    return selectors.recount(period_code=period_code)


def follow_changes(*, at: datetime) -> int:
    """Fold anew each sheet whose tree or rules have changed; return how many those were.

    Each is a transaction of its own.
    """
    found = TotalSheet.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_follow(pk, at) for pk in list(found))


@transaction.atomic
def rebuild_totals(*, period_code: str | None = None, at: datetime) -> int:
    """Make the totals of all periods anew from the ledger; return how many sheets those are.

    The journal keeps that it was done, since totals that were read before may change.
    """
    take_fold_turn()
    sheets = TotalSheet.objects.select_related("period__kind").order_by("pk")
    if period_code is not None:
        sheets = sheets.filter(period__code=period_code)
    for sheet in sheets:
        grounded = ground_of(sheet.period)
        rebuild(sheet=sheet, grounded=grounded, measure_ids=sheet.measures, at=at)
        journal.record(
            "totals.rebuilt",
            sheet.period.named,
            actor=SYSTEM,
            at=at,
            data={"basis": sheet.basis, "period": sheet.period.code},
        )
    return len(sheets)


@transaction.atomic
def _follow(pk: int, at: datetime) -> int:
    take_fold_turn()
    sheet = TotalSheet.objects.select_related("period__kind").get(pk=pk)
    grounded, known = ground_of(sheet.period), measures_by_id(sheet.measures)
    if sheet.rules != rules_digest(sheet.measures, known):
        rebuild(sheet=sheet, grounded=grounded, measure_ids=sheet.measures, at=at)
        return 1
    if sheet.structure == grounded.digest:
        return 0
    lanes = Lanes(sheet, {pk: measured(one) for pk, one in known.items()})
    refold(sheet=sheet, lanes=lanes, grounded=grounded)
    sheet.save()
    return 1
