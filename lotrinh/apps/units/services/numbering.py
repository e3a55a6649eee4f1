"""A unit that works already gets another code of a public numbering; the former one stays for its
days.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units.models import Unit, UnitCode
from lotrinh.apps.units.selectors.rights import may
from lotrinh.apps.units.selectors.trees import last_place_of, place_of
from lotrinh.apps.units.services.change_rows import end_with_unit
from lotrinh.apps.units.services.changes import ChangeNotAllowed
from lotrinh.apps.units.services.setting_up import CodeTaken, number_unit
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import StandsNowhere


@transaction.atomic
def renumber_unit(
    *, unit: Unit, system: str, code: str, since: date, user: User, on: date, at: datetime
) -> UnitCode:
    """Let a unit bear this code of a numbering from ``since``; what it bore ends the day before.

    Where the unit's end is known the code ends with it. Saying the same twice is saying it once.
    Raises ChangeNotAllowed, StandsNowhere, CodeMalformed, CodeTaken.
    """
    await_organisation()
    if not may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit.pk, on=on):
        raise ChangeNotAllowed(unit.code)
    place = last_place_of(unit_id=unit.pk)
    if place is None or place_of(unit_id=unit.pk, on=since) is None:
        raise StandsNowhere(unit.pk, since)
    unit_ends = place.until
    last = UnitCode.objects.filter(unit=unit, system=system).order_by("-valid").first()
    begun, ends = (last.valid.lower, last.valid.upper) if last else (None, None)
    if last is not None and last.code == code and ends == unit_ends and begun == since:
        return last
    if last is not None and (ends is None or ends > since):
        if last.code == code or (begun is not None and begun >= since):
            raise CodeTaken(f"{system} {last.code}")
        last.valid = DateRange(begun, since)
        last.save(update_fields=["valid"])
    days = {"since": since, "until": unit_ends}
    row = number_unit(unit=unit, system=system, code=code, **days, actor=user.named, at=at)
    if unit_ends is not None:
        end_with_unit(table="code", row=row, day=unit_ends)
    return row
