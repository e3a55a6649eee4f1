"""Notices and the rungs of the ladder in the words of the pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotrinh.apps.journal import selectors as journal
from lotrinh.rules.reminders import Informed
from lotrinh.web.formatting import named
from lotrinh.web.presenters.shapes import Status
from lotrinh.web.presenters.standing import status_of

if TYPE_CHECKING:
    from uuid import UUID

    from lotrinh.apps.duties.models import LadderRung, Notice


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing that the reader was told; ``status`` is how the duty stands today.

    Where he was urged, ``by_name`` says by whom (empty where the name is not kept any more) and
    ``note`` with which words.
    """

    on: date
    is_new: bool
    rung_name: str
    duty_uid: "UUID"
    duty_title: str
    unit_name: str
    due: date | None
    status: Status
    is_urging: bool
    by_name: str
    note: str


@dataclass(frozen=True, slots=True)
class RungLine:
    """One rung: its name, the day counted from the deadline, and who is told."""

    name: str
    day_text: str
    told_text: str


def notice_lines(
    notices: "Iterable[Notice]", ladder: "Iterable[LadderRung]", *, on: date
) -> list[NoticeLine]:
    """Return the lines of notices, with the names of those who urged."""
    rows = tuple(notices)
    rungs = {rung.code: named(rung) for rung in ladder}
    urging = {row.urging.by.uid for row in rows if row.urging}
    names = journal.names_of(urging) if urging else {}
    return [_line(row, rungs, names, on=on) for row in rows]


def _line(
    notice: "Notice", rungs: Mapping[str, str], names: "Mapping[UUID, str]", *, on: date
) -> NoticeLine:
    """Return the line of a notice; it is new until its reader has marked it as read."""
    duty, urging = notice.duty, notice.urging
    return NoticeLine(
        on=notice.on,
        is_new=not hasattr(notice, "reading"),
        rung_name=_("Urged") if urging else rungs.get(notice.rung, notice.rung),
        duty_uid=duty.uid,
        duty_title=duty.title,
        unit_name=named(duty.unit) if duty.unit else "",
        due=notice.due,
        status=status_of(duty, on=on),
        is_urging=urging is not None,
        by_name=names.get(urging.by.uid, "") if urging else "",
        note=urging.note if urging else "",
    )


def rung_line(rung: "LadderRung") -> RungLine:
    """Return the line of a rung."""
    told = [told_word(Informed(code)) for code in rung.informed]
    return RungLine(named(rung), _day_text(rung.days), ", ".join(told))


def _day_text(days: int) -> str:
    count = abs(days)
    if not days:
        return _("on the day of the deadline")
    if days < 0:
        before = ngettext(
            "%(count)s day before the deadline", "%(count)s days before the deadline", count
        )
        return before % {"count": count}
    after = ngettext("%(count)s day after the deadline", "%(count)s days after the deadline", count)
    return after % {"count": count}


def told_word(one: Informed) -> str:
    """Return who is meant, in the words of the pages."""
    return {
        Informed.PERSON: _("the person in charge"),
        Informed.LEADER: _("the accountable leader"),
        Informed.CREDITOR: _("the head of the unit it is owed to"),
        Informed.ABOVE: _("the head one level up"),
    }[one]
