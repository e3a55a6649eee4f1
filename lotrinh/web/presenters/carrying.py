"""Carrying down as pages show it: what would be done, what serves a duty, who else takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.duties.selectors import PartsCounted, Spread
from lotrinh.rules.clarities import Clarity
from lotrinh.rules.duty_states import EXPLANATION, OPEN, DutyState
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.shapes import DutyRow
from lotrinh.web.presenters.standing import clarity_code, duty_row
from lotrinh.web.wording import PARTS, word

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty, DutyPart

PREVIEWED = 200
"""So many units a preview prints; those that lack something come first."""
FIRST_PARTS = 8
"""So many duties that serve another are printed on its page."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one unit would owe."""

    name: str
    url: str
    person_name: str | None
    due_on: date | None
    deliverable: str
    missing: tuple[str, ...]
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit that is left out, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a unit does in a duty that another one owes."""

    uid: UUID
    name: str
    url: str
    part_text: str


@dataclass(frozen=True, slots=True)
class PartsLine:
    """How the duties that serve another stand, in numbers, with the doors to their lists.

    ``lacks`` says of how many drafts each clarity is missing, in the order of the six.
    """

    given: int
    issued: int
    done: int
    drafts: int
    clear: int
    lacks: tuple[tuple[str, int], ...]
    is_all_done: bool
    issued_url: str | None = None
    done_url: str | None = None
    drafts_url: str | None = None


def parts_line(found: PartsCounted, **urls: str) -> PartsLine:
    """Return the numbers of the duties that serve another; all is done where no draft waits."""
    return PartsLine(
        given=found.given,
        issued=found.issued,
        done=found.done,
        drafts=found.drafts,
        clear=found.clear,
        lacks=tuple((clarity_code(one), n) for one in Clarity if (n := found.lacking.get(one, 0))),
        is_all_done=bool(found.issued) and found.done == found.issued and not found.drafts,
        **urls,
    )


def parts_with_doors(duty: "Duty", *, user: "User", on: date) -> PartsLine | None:
    """Return how what serves a duty stands, with a door to each list; None where nothing does."""
    found = duties.parts_counted(duty=duty, seen_by=user.pk, on=on)
    if not found.given:
        return None
    here = reverse("duty-parts", kwargs={"uid": duty.uid})
    return parts_line(
        found,
        issued_url=address(here, state="issued"),
        done_url=address(here, state="done"),
        drafts_url=address(here, state="draft"),
    )


def preview_of(spread: Spread) -> dict[str, Any]:
    """Return what the act would do: how many would owe it, who lacks what, who is left out."""
    shares = sorted(spread.shares, key=lambda share: (share.is_allowed, not share.missing))
    return {
        "is_previewed": True,
        "total": len(spread.shares),
        "clear": spread.clear,
        "unclear": len(spread.shares) - spread.clear,
        "forbidden": sum(1 for share in spread.shares if not share.is_allowed),
        "shares": [
            ShareRow(
                name=named(share.unit),
                url=reverse("unit", kwargs={"uid": share.unit.uid}),
                person_name=share.person.full_name if share.person else None,
                due_on=share.due,
                deliverable=share.deliverable,
                missing=tuple(clarity_code(code) for code in share.missing),
                is_allowed=share.is_allowed,
            )
            for share in shares[:PREVIEWED]
        ],
        "more": max(len(shares) - PREVIEWED, 0),
        "left_out": [LeftOut(named(unit), reason) for unit, reason in spread.left_out],
    }


def part_rows(found: "Iterable[DutyPart]") -> tuple[PartRow, ...]:
    """Return the units that take part, each with what it does."""
    return tuple(
        PartRow(
            uid=taken.uid,
            name=named(taken.unit),
            url=reverse("unit", kwargs={"uid": taken.unit.uid}),
            part_text=word(PARTS, taken.part),
        )
        for taken in found
    )


def serving_rows(found: "Iterable[Duty]", *, on: date) -> tuple[DutyRow, ...]:
    """Return the duties that serve another as rows of a list."""
    return tuple(duty_row(duty, on=on) for duty in found)


def later_than(found: "Iterable[Duty]", superior: "Duty") -> frozenset[UUID]:
    """Return the uids of those that are due after what they serve."""
    return frozenset(duty.uid for duty in found if duties.overruns(duty, superior=superior))


def _board_of(duty: "Duty") -> str | None:
    """Return the board of the first document that asks for the duty, of those who have not yet."""
    asking = next((source.rendition.document for source in duty.sources.all()), None)
    here = asking and reverse("document-cascade", kwargs={"uid": asking.uid})
    return address(here, yet=1) if here else None


def carried_facts(duty: "Duty", *, user: "User", on: date) -> dict[str, Any]:
    """Return what the page of a duty says of those above, below and beside it."""
    who: dict[str, Any] = {"duty": duty, "seen_by": user.pk, "on": on}
    state = DutyState(duty.state)
    explanations, serving = duties.under(most=FIRST_PARTS + 1, **who)
    may_spread, superior = duties.may_spread(**who), duties.superior_of(**who)
    cancelled = state is DutyState.CANCELLED
    is_one_of_many = superior is not None and superior.state == DutyState.SPREAD
    return {
        "superior": superior,
        "overruns": duties.overruns(duty, superior=superior),
        "serves_cancelled": superior is not None
        and superior.state == DutyState.CANCELLED
        and state in OPEN
        and duty.kind != EXPLANATION,
        "overrunning": later_than(serving, duty),
        "left_open": duties.left_open(**who).count() if cancelled else 0,
        "may_end_parts": cancelled
        and duties.cancelling(**who) is not None
        and duties.to_end_with(**who).exists(),
        "board_url": _board_of(duty) if state is DutyState.SPREAD else None,
        "explanations": serving_rows(explanations, on=on),
        "serving": serving_rows(serving[:FIRST_PARTS], on=on),
        "serving_more": len(serving) > FIRST_PARTS,
        "parts": parts_with_doors(duty, user=user, on=on) if serving else None,
        "is_carried": state is DutyState.SPREAD,
        "taking_part": part_rows(duties.taking_part(duty=duty)),
        "may_spread": state is DutyState.DRAFT and may_spread,
        "may_gather": state is DutyState.SPREAD and may_spread,
        "may_let_go": state is DutyState.ISSUED and is_one_of_many and may_spread,
        "may_break_down": state in services.BROKEN_DOWN_IN and duties.may_break_down(**who),
        "may_share": state in (DutyState.DRAFT, *OPEN),
    }
