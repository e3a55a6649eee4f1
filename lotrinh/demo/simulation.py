"""Two years in the life of many duties, day by day: seeded, and every step taken by a service.

Not part of the demonstration that everyone gets: it fills a city of any size, so that totals,
mornings and silence can be held against a recount on any day on which the simulation rests. The
same seed takes the same steps.
"""

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

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

_MORNING = time(9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_NOT_TAKEN = frozenset(
    {
        Step.AMEND,
        Step.ISSUE,
        Step.WITHDRAW,
        Step.SPREAD,
        Step.GATHER,
        Step.HAND,
        Step.INSTRUCT,
    }
)
"""Drafts are issued first, a duty stays with its person while its unit has it, nobody instructs."""
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
class Authority:
    """To whom something is owed, who judges there, who judges what is judged a level higher."""

    unit: "Unit"
    planner: "User"
    leader: "User"
    rendition: "Rendition"


@dataclass(frozen=True, slots=True)
class Party:
    """A unit that owes, the person in charge, the account that acts, to whom it may owe."""

    unit: "Unit"
    person: "Person"
    user: "User"
    owes: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """From which day to which, the last one included."""

    first: date
    last: date


class Simulation:
    """So many duties that are drafted, issued and run, as far as the days have come.

    ``taken`` counts the steps that were taken, ``refused`` those that a service would not take
    because somebody had left his post meanwhile: of such a duty nothing is heard any more.
    """

    def __init__(
        self, parties: Sequence[Party], years: Years, *, duties: int, seed: int | str
    ) -> None:
        self.taken = self.refused = 0
        self._peers: Mapping[int, tuple[Party, ...]] = _peers(parties)
        self._years = years
        self._lives: list[_Life] = []
        self._next: list[tuple[date, int]] = []
        whole = (years.last - years.first).days
        for number in range(duties):
            chance = random.Random(f"{seed}/{number}")  # noqa: S311 - the same city each time
            party = chance.choice(parties)
            life = _Life(chance, party, chance.choice(party.owes))
            self._lives.append(life)
            begins = years.first + timedelta(chance.randrange(whole))
            self._next.append((begins, number))
        heapq.heapify(self._next)
        self._month = _month_after(years.first)

    def run(self, *, until: date) -> int:
        """Let all that happens by the end of that day happen; return how many steps were taken.

        What recurs is owed anew on the first of each month, as the nightly job would have it.
        """
        before = self.taken
        while self._next and self._next[0][0] <= until:
            day, number = heapq.heappop(self._next)
            self._open_periods(until=day)
            life = self._lives[number]
            try:
                goes_on = self._live(life, day)
            except (services.NotAllowed, services.PersonElsewhere):
                self.refused += 1
                continue
            later = day + timedelta(life.chance.choice((1, 5, 20, 45)))
            if goes_on and later <= self._years.last:
                heapq.heappush(self._next, (later, number))
        self._open_periods(until=until)
        return self.taken - before

    def _open_periods(self, *, until: date) -> None:
        while self._month <= until:
            self.taken += services.make_periods(on=self._month, at=at_nine(self._month))
            self._month = _month_after(self._month)

    def _live(self, life: "_Life", day: date) -> bool:
        """Let the next thing happen to one duty; say whether anything may follow."""
        if life.duty is None:
            life.duty = _issued(life, day)
            self.taken += 2
            return True
        state = DutyState(life.duty.state)
        found = [step for step in steps_from(state) if _is_open(life.duty, step, day)]
        if not found or life.chance.random() < 0.08:
            return False  # finished, or nothing is heard any more
        step = life.chance.choices(found, [_LIKELY.get(step, 2) for step in found])[0]
        if step is Step.TRANSFER:
            life.party = life.chance.choice(self._peers[life.authority.unit.pk])
        life.duty = _take(life, life.duty, step, day)
        self.taken += 1
        return True


@dataclass(slots=True)
class _Life:
    chance: random.Random
    party: Party
    authority: Authority
    duty: "Duty | None" = None

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


def at_nine(day: date) -> datetime:
    """Return the instant at which everything of a day happens."""
    return datetime.combine(day, _MORNING)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _peers(parties: Sequence[Party]) -> Mapping[int, tuple[Party, ...]]:
    """Return by the unit that something is owed to who may owe it."""
    found: dict[int, list[Party]] = {}
    for party in parties:
        for authority in party.owes:
            found.setdefault(authority.unit.pk, []).append(party)
    return {pk: tuple(held) for pk, held in found.items()}


def _issued(life: _Life, day: date) -> "Duty":
    chance, authority = life.chance, life.authority
    often = chance.choices(("", "continuous", "monthly", "quarterly"), (88, 6, 3, 3))[0]
    words = Assignment(
        title=chance.choice(_TITLES),
        language="vi",
        unit=life.party.unit,
        person=life.party.person,
        due=None if often else day + timedelta(chance.randrange(10, 300)),
        recurrence=often,
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
        at=at_nine(day),
    )
    return services.issue_duty(
        duty_id=draft.pk,
        act=services.Act(
            user=authority.planner,
            client_key=life.key(),
            on=day,
            at=at_nine(day),
            version=draft.version,
        ),
    )


def _is_open(duty: "Duty", step: Step, day: date) -> bool:
    """Say whether the services would take the step that day."""
    if step is Step.ASK:
        return duty.asked_due is None and duty.deadline is not None and day <= duty.deadline
    if step is Step.EXTEND:
        return duty.asked_due is not None and duty.asked_due > (duty.deadline or day)
    if step is Step.DECLINE:
        return duty.asked_due is not None
    return step not in _NOT_TAKEN


def _take(life: _Life, duty: "Duty", step: Step, day: date) -> "Duty":
    more: dict[str, Any] = {}
    if step is Step.ASK and duty.deadline is not None:
        more["until"] = duty.deadline + timedelta(life.chance.randrange(5, 90))
    if step is Step.TRANSFER:
        more["unit"], more["person"] = life.party.unit, life.party.person
    says = step in WITH_REASON or step is Step.CLAIM
    act = services.Act(
        user=life.user(side_of(step, extensions=duty.extensions)),
        client_key=life.key(),
        on=day,
        at=at_nine(day),
        version=duty.version,
        note="Theo hồ sơ kèm theo." if says else "",
        basis=life.authority.rendition.document if step in BY_DOCUMENT else None,
    )
    return services.TAKEN_BY[step](duty_id=duty.pk, act=act, **more)
