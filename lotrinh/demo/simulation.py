"""Two years in the life of many duties: seeded, and every step taken by a service.

Not part of the demonstration that everyone gets: it fills a city of any size, so that totals,
mornings and silence can be held against a recount. The same seed takes the same steps.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lotrinh.apps.duties import services
from lotrinh.apps.duties.services import Assignment, Passage
from lotrinh.rules.duty_states import (
    BY_DOCUMENT,
    WITH_REASON,
    DutyState,
    Side,
    Step,
    side_of,
    steps_from,
)

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Rendition
    from lotrinh.apps.duties.models import Duty
    from lotrinh.apps.units.models import Person, Unit

_NOT_TAKEN = frozenset(
    {
        Step.AMEND,
        Step.ISSUE,
        Step.WITHDRAW,
        Step.SPREAD,
        Step.GATHER,
        Step.TRANSFER,
        Step.HAND,
        Step.INSTRUCT,
    }
)
"""Drafts are issued before they live, and a duty stays with its unit and its person."""
_LIKELY = {
    Step.REPORT: 40,
    Step.CLAIM: 20,
    Step.ACCEPT: 20,
    Step.VERIFY: 30,
    Step.RESUME: 10,
    Step.RETURN: 6,
    Step.ASK: 6,
    Step.EXTEND: 12,
    Step.DECLINE: 4,
    Step.CONTEST: 4,
    Step.REFUSE: 2,
    Step.REOPEN: 1,
}
"""How likely a step is against the others that are open; 2 for what is not named."""
_TITLES = (
    "Xây dựng kế hoạch thực hiện",
    "Báo cáo kết quả rà soát",
    "Hoàn thành số hóa hồ sơ",
    "Tổ chức kiểm tra cơ sở",
)


@dataclass(frozen=True, slots=True)
class Party:
    """A unit that owes, the person in charge and the account that acts."""

    unit: "Unit"
    person: "Person"
    user: "User"


@dataclass(frozen=True, slots=True)
class Authority:
    """To whom all is owed, who judges there, who judges what is judged a level higher."""

    unit: "Unit"
    planner: "User"
    leader: "User"
    rendition: "Rendition"


@dataclass(frozen=True, slots=True)
class Years:
    """From which day to which, the last one included; ``at`` is the instant that is recorded."""

    first: date
    last: date
    at: datetime


def simulate(
    parties: Sequence[Party], authority: Authority, years: Years, *, duties: int, seed: int
) -> int:
    """Draft and issue so many duties and let each of them run; return how many steps were taken."""
    chance = random.Random(seed)  # noqa: S311 - the same city each time, no secret
    return sum(
        _live(_Life(chance, chance.choice(parties), authority, years)) for _ in range(duties)
    )


@dataclass(frozen=True, slots=True)
class _Life:
    chance: random.Random
    party: Party
    authority: Authority
    years: Years

    def key(self) -> UUID:
        """Return the client key of the next form: the same in every run of the same seed."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def user(self, side: Side) -> "User":
        """Return who acts for a side."""
        return {
            Side.OWER: self.party.user,
            Side.CREDITOR: self.authority.planner,
            Side.ABOVE: self.authority.leader,
        }[side]


def _live(life: _Life) -> int:
    """Let one duty run from its draft to the end of the years, or until nothing can be done."""
    chance, years = life.chance, life.years
    day = years.first + timedelta(chance.randrange((years.last - years.first).days))
    duty = _issued(life, day)
    taken = 1
    for later in _days(life, day):
        found = [step for step in steps_from(DutyState(duty.state)) if _is_open(duty, step, later)]
        if not found or chance.random() < 0.08:
            break  # finished, or nothing is heard any more
        step = chance.choices(found, [_LIKELY.get(step, 2) for step in found])[0]
        duty = _take(life, duty, step, later)
        taken += 1
    return taken


def _days(life: _Life, day: date) -> Iterator[date]:
    while (day := day + timedelta(life.chance.choice((1, 5, 20, 45)))) <= life.years.last:
        yield day


def _issued(life: _Life, day: date) -> "Duty":
    chance, authority, years = life.chance, life.authority, life.years
    due = day + timedelta(chance.randrange(10, 300)) if chance.random() < 0.9 else None
    words = Assignment(
        title=chance.choice(_TITLES),
        language="vi",
        unit=life.party.unit,
        person=life.party.person,
        due=due,
        recurrence="" if due else "monthly",
        responsibility="Chủ trì",
        deliverable="Văn bản được ban hành",
        authority="Chủ tịch",
    )
    draft = services.draft_duty(
        assignment=words,
        owed_to=authority.unit,
        passage=Passage(rendition=authority.rendition, start=0, end=20),
        user=authority.planner,
        on=day,
        at=years.at,
    )
    return services.issue_duty(
        duty_id=draft.pk,
        act=services.Act(
            user=authority.planner,
            client_key=life.key(),
            on=day,
            at=years.at,
            version=draft.version,
        ),
    )


def _is_open(duty: "Duty", step: Step, day: date) -> bool:
    """Say whether the services would take the step that day."""
    if step is Step.ASK:
        return duty.asked_due is None and duty.deadline is not None and day <= duty.deadline
    if step in {Step.EXTEND, Step.DECLINE}:
        return duty.asked_due is not None
    return step not in _NOT_TAKEN


def _take(life: _Life, duty: "Duty", step: Step, day: date) -> "Duty":
    more: dict[str, Any] = {}
    if step is Step.ASK and duty.deadline is not None:
        more["until"] = duty.deadline + timedelta(life.chance.randrange(5, 90))
    says = step in WITH_REASON or step is Step.CLAIM
    act = services.Act(
        user=life.user(side_of(step, extensions=duty.extensions)),
        client_key=life.key(),
        on=day,
        at=life.years.at,
        version=duty.version,
        note="Theo hồ sơ kèm theo." if says else "",
        basis=life.authority.rendition.document if step in BY_DOCUMENT else None,
    )
    return services.TAKEN_BY[step](duty_id=duty.pk, act=act, **more)
