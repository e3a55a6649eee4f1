"""The periods of what recurs, as they came and went until the day of the demonstration.

Whatever is owed for a period that has passed is handed in on its day and verified by somebody else,
but for the last period of the invented communes: that one nobody has heard of. Nobody real is late
or silent: real bodies say month by month how far they are.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty

OFFICER, VERIFIER = "van-phong", "lanh-dao"
INVENTED = "(mẫu)"
_MORNING = time(9, 30)
_HANDED_IN = "Đã gửi báo cáo của kỳ này."
_ON_THE_WAY = "Đang thực hiện theo tiến độ của kế hoạch."
_MONTHS = 12


def begin_all(*, since: date, on: date, zone: ZoneInfo) -> None:
    """Let every period begin that began from ``since`` to ``on``, month by month."""
    first = since.year * _MONTHS + since.month - 1
    last = on.year * _MONTHS + on.month - 1
    for months in range(first, last + 1):
        year, month = divmod(months, _MONTHS)
        day = date(year, month + 1, 1)
        services.make_periods(on=day, at=datetime.combine(day, _MORNING, zone))
    passed = _passed(on=on)
    forgotten = {duty.superior_id: duty.pk for duty in passed if _is_forgetful(duty)}.values()
    for duty in passed:
        if duty.pk not in forgotten:
            _hand_in(duty, zone=zone)


def speak_for_real_bodies(*, on: date, zone: ZoneInfo) -> None:
    """Let real bodies of which nobody would have heard say on the first of the month how far."""
    day = on.replace(day=1)
    quiet = duties.silent(seen_by=_account(OFFICER).pk, on=on)
    for duty in quiet.exclude(unit__name_vi__contains=INVENTED):
        services.report_progress(
            duty_id=duty.pk,
            act=services.Act(
                user=_account(OFFICER),
                client_key=uuid5(duty.uid, "report"),
                on=day,
                at=datetime.combine(day, _MORNING, zone),
                version=duty.version,
                note=_ON_THE_WAY,
            ),
        )


def _passed(*, on: date) -> "tuple[Duty, ...]":
    """Return the periods whose day has passed, in the order of their days."""
    seen = duties.visible(seen_by=_account(OFFICER).pk, on=on)
    passed = seen.exclude(period="").filter(binding_due__lt=on)
    return tuple(passed.order_by("binding_due", "pk"))


def _is_forgetful(duty: "Duty") -> bool:
    return duty.unit is not None and duty.unit.kind == "commune" and INVENTED in duty.unit.name_vi


def _hand_in(duty: "Duty", *, zone: ZoneInfo) -> None:
    day = duty.deadline
    if day is None:
        return
    act = services.Act(
        user=_account(OFFICER),
        client_key=uuid5(duty.uid, "claim"),
        on=day,
        at=datetime.combine(day, _MORNING, zone),
        version=duty.version,
        note=_HANDED_IN,
    )
    claimed = services.claim_duty(duty_id=duty.pk, act=act)
    judged = replace(
        act,
        user=_account(VERIFIER),
        client_key=uuid5(duty.uid, "verify"),
        version=claimed.version,
    )
    services.verify_duty(duty_id=duty.pk, act=judged)


def _account(sign_in: str) -> "User":
    user = accounts.user_by_sign_in_name(sign_in)
    if user is None:
        raise LookupError(sign_in)
    return user
