"""The three cultural titles of 2024, divided among the districts through the services.

Every figure is made up, and the words that stand beside the figures say so: households, villages
and residential groups follow from the order of the districts, never from a statistic.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets import services
from lotrinh.apps.targets.services import Among, Description, Division, Given, MeasureFacts
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import data
from lotrinh.rules.allocation_states import AllocationMethod, AllocationState, ShareAnswer
from lotrinh.rules.target_terms import Comparator, Direction, Rollup

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.targets.models import Allocation, Target

NOON = time(11, 0)
NUMBER = "1015/KH-UBND"


def divide_all(*, zone: ZoneInfo) -> int:
    """Describe and divide every title of ``titles.toml``; return how many units hold a part."""
    story = data("titles")
    officer = user_of_story(story["by"])
    document = _document(officer, on=story["described_on"])
    held = confirmed_titles()
    given = 0
    for row in story["title"]:
        target = held.get(row["quote"])
        if target is None:
            continue  # reading proposed nothing there, so nothing was confirmed
        told = _Told(story, row, officer, zone)
        _describe(target, told)
        allocation = _divide(target, told)
        if row["state"] == AllocationState.DECIDED:
            _decide(allocation, document, told)
        given += allocation.shares.count()
    return given


def confirmed_titles() -> "dict[str, Target]":
    """Return the targets of the titles by the quotations of the decisions that confirmed them."""
    story = data("titles")
    officer = user_of_story(story["by"])
    seen: dict[str, Any] = {"seen_by": officer.pk, "on": story["described_on"]}
    document = _document(officer, on=story["described_on"])
    held = {one.measure.name: one for one in targets.from_document(document=document, **seen)}
    names = {row["quote"]: row["title"] for row in data("decisions")["decision"] if "title" in row}
    return {quote: held[name] for quote, name in names.items() if name in held}


class _Told:
    """One title of the story, with who acts and when."""

    def __init__(
        self, story: Mapping[str, Any], row: Mapping[str, Any], officer: "User", zone: ZoneInfo
    ) -> None:
        self.story, self.row, self.officer, self.zone = story, row, officer, zone
        self.base: Mapping[str, str] = story["bases"][row["base"]]

    def day(self, name: str) -> date:
        """Return a day of this title, which may differ from that of the others."""
        found: date = self.row.get(name, self.story[name])
        return found

    def by(self, user: "User", on: date, step: str) -> dict[str, Any]:
        """Return who sends what and when, under a key of its own."""
        key = f"urn:lotrinh:demo:titles:{self.row['quote']}:{step}"
        return {**self.at(user, on), "client_key": uuid5(NAMESPACE_URL, key)}

    def at(self, user: "User", on: date) -> dict[str, Any]:
        """Return who acts and when."""
        return {"user": user, "on": on, "at": datetime.combine(on, NOON, self.zone)}


def _describe(target: "Target", told: _Told) -> None:
    row = told.row
    services.describe_target(
        target_id=target.pk,
        shown=targets.described_mark(target),
        description=Description(
            facts=MeasureFacts(
                rollup=Rollup(row["rollup"]),
                direction=Direction.HIGHER,
                decimals=row["decimals"],
                definition=row["definition"],
                data_source=told.story["data_source"],
                denominator=told.base["denominator"],
                accumulates=row["rollup"] == Rollup.SUM,
                counts_persons=False,  # families, villages and groups of homes
                collected_by=units.unit_by_code(told.story["collected_by"]),
            ),
            comparator=Comparator.AT_LEAST,
            value=target.value,
        ),
        **told.at(told.officer, told.story["described_on"]),
    )


def _divide(target: "Target", told: _Told) -> "Allocation":
    """Draft it, lay it before the units, and let the invented districts answer."""
    story, row = told.story, told.row
    group = units.group_on(code=story["group"], on=story["as_of"])
    if group is None:
        raise LookupError(story["group"])
    members = units.members_of(group=group, on=story["as_of"])
    bases = dict(_bases(members, row["base"]))
    without = {unit.id: told.base["without"] for unit in members if not bases[unit.id]}
    values = {
        unit.id: Decimal(row["urban" if _is_urban(unit) else "rural"])
        for unit in members
        if row["method"] == AllocationMethod.BY_HAND
    }
    allocation = services.draft_allocation(
        target_id=target.pk,
        among=Among(group, story["as_of"], without),
        division=Division(
            AllocationMethod(row["method"]),
            base_words=told.base["words"],
            given={
                unit.id: Given(values.get(unit.id), Decimal(bases[unit.id]))
                for unit in members
                if bases[unit.id]
            },
            difference_reason=row.get("difference_reason", ""),
        ),
        **told.by(told.officer, told.day("drafted_on"), "draft"),
    )
    services.consult_units(
        allocation_id=allocation.pk,
        version=1,
        answers_due=told.day("answers_due"),
        **told.by(told.officer, told.day("sent_on"), "consult"),
    )
    for said in row.get("answer", ()):
        _answer(allocation, said, told)
    return allocation


def _answer(allocation: "Allocation", said: Mapping[str, Any], told: _Told) -> None:
    unit = units.unit_by_code(said["unit"])
    share = allocation.shares.get(unit=unit)
    services.answer_consultation(
        share_id=share.pk,
        version=share.version,
        answer=ShareAnswer(said["answer"]),
        asked=Decimal(said["asked"]) if "asked" in said else None,
        reason=said.get("reason", ""),
        **told.by(user_of_story(said["by"]), said["on"], f"answer:{said['unit']}"),
    )


def _decide(allocation: "Allocation", document: "Document", told: _Told) -> None:
    services.decide_allocation(
        allocation_id=allocation.pk,
        version=2,
        basis=document,
        difference_reason="",
        **told.by(told.officer, told.story["decided_on"], "decide"),
    )


def _bases(members: Iterable[units.PlacedUnit], base: str) -> Iterable[tuple[int, int]]:
    """Give each district a round number that follows from its place in the list alone."""
    for place, unit in enumerate(members):
        turn = place * 7 % 31
        urban = _is_urban(unit)
        yield (
            unit.id,
            {
                "households": (48 + 2 * turn) * 1000,
                "villages": 0 if urban else 60 + 3 * turn,
                "residential_groups": 150 + 6 * turn if urban else 12 + turn,
            }[base],
        )


def _is_urban(unit: units.PlacedUnit) -> bool:
    return unit.name_vi.startswith("Quận")


def _document(officer: "User", *, on: date) -> "Document":
    found = registry.visible(seen_by=officer.pk, on=on).filter(number=NUMBER).first()
    if found is None:
        raise LookupError(NUMBER)
    return found


def user_of_story(sign_in_name: str) -> "User":
    """Return the account of somebody in the demonstration. Raises LookupError."""
    user = accounts.user_by_sign_in_name(sign_in_name)
    if user is None:
        raise LookupError(sign_in_name)
    return user
