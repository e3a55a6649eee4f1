"""A city of 3,321 communes as ``bench.cascade`` has it, two groups of them, and drafts to carry."""

from datetime import UTC, datetime

from bench import cascade_acts
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import services as organisation
from lotrinh.apps.units.models import Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.apps.units.services import Choice

FEW, DRAFTS = 618, 40
PASSWORD = "mot-mat-khau-dai"  # noqa: S105 - of a site that is thrown away
_AT = datetime(2024, 8, 7, tzinfo=UTC)


def fill() -> dict[str, object]:
    """Write units, people, groups and drafts; return who signs in, and the drafts' addresses."""
    officer = cascade_acts.fill()
    officer.set_password(PASSWORD)
    officer.save()
    few = Unit.objects.filter(kind="commune").order_by("pk")[:FEW]
    Unit.objects.filter(pk__in=few.values_list("pk", flat=True)).update(kind="ward")
    for code, kinds in (("few", ["ward"]), ("all", ["ward", "commune"])):
        organisation.save_group(
            code=code,
            choice=Choice(
                name_vi=code, name_en=code, tree=Tree.objects.get(code=MAIN_TREE), kinds=kinds
            ),
            actor=SYSTEM,
            at=_AT,
        )
    drafts = [cascade_acts.draft(officer, None) for _ in range(DRAFTS)]
    return {
        "login": officer.sign_in_name,
        "password": PASSWORD,
        "units": {"few": FEW, "all": cascade_acts.UNITS},
        "drafts": [str(duty.uid) for duty in drafts],
    }
