"""A unit that works already gets another code of a public numbering; the former one stays for its
days.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units.models import Unit, UnitCode
from lotrinh.apps.units.selectors.rights import may
from lotrinh.apps.units.services.changes import ChangeNotAllowed
from lotrinh.apps.units.services.setting_up import CodeTaken, number_unit
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import Action


@transaction.atomic
def renumber_unit(
    *, unit: Unit, system: str, code: str, since: date, user: User, on: date, at: datetime
) -> UnitCode:
    """Let a unit bear this code of a numbering from ``since``; what it bore ends the day before.

    Saying the same twice is saying it once. Raises ChangeNotAllowed, CodeMalformed, CodeTaken.
    """
    if not may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit.pk, on=on):
        raise ChangeNotAllowed(unit.code)
    await_organisation()
    last = UnitCode.objects.filter(unit=unit, system=system).order_by("-valid").first()
    begun, ends = (last.valid.lower, last.valid.upper) if last else (None, None)
    if last is not None and last.code == code and ends is None and begun == since:
        return last
    if last is not None and (ends is None or ends > since):
        if last.code == code or (begun is not None and begun >= since):
            raise CodeTaken(f"{system} {last.code}")
        last.valid = DateRange(begun, since)
        last.save(update_fields=["valid"])
    return number_unit(unit=unit, system=system, code=code, since=since, actor=user.named, at=at)
