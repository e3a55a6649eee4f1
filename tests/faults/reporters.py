"""Officers who enter, hand in and approve reports of figures while the house dies around them.

Each ward has one who writes and one who approves. They work from month to month, and keep what was
answered: a form that nobody answers is sent again under its own key, until somebody does.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting.models import Report
from lotrinh.demo.cast import PASSWORD
from lotrinh.rules.report_states import ReportStep
from tests.cast import LEADER, OFFICER
from tests.factories import appoint, make_person, make_post, make_role, make_unit, make_user
from tests.faults.client import Client
from tests.ledgers import make_measure
from tests.reports import make_group, make_regime, open_month

STEPS = (ReportStep.ENTER, ReportStep.HAND_IN, ReportStep.APPROVE)
WARDS, MONTHS, MEASURES = 9, 84, 6
AT_ONCE = 3
"""How many wards work at the same time."""
_FIRST = date(2017, 8, 1)
_HALF = MEASURES // 2


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a ward owes, with the measures of its form in their order."""

    uid: UUID
    number: int
    measures: tuple[UUID, ...]

    def figure(self, place: int) -> int:
        """Return what is entered for a measure: a number that no other cell has."""
        return 1_000_000 + self.number * MEASURES + place


@dataclass(frozen=True, slots=True)
class Ward:
    """The sign-in names of those who write and approve, and what they owe, the oldest first."""

    writer: str
    approver: str
    owed: tuple[Owed, ...]


@dataclass(slots=True)
class Answered:
    """What was answered: the keys of the forms with the report and the step that each took."""

    steps: dict[UUID, tuple[UUID, ReportStep]] = field(default_factory=dict)
    figures: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    """What was entered, by report and measure."""

    @property
    def approved(self) -> set[UUID]:
        """The reports whose approval was answered."""
        return {uid for uid, step in self.steps.values() if step is ReportStep.APPROVE}


class Blows:
    """Where the officers are, so that somebody can strike at a chosen step."""

    def __init__(self) -> None:
        self._begun: Counter[ReportStep] = Counter()
        self._moved = threading.Condition()

    def begin(self, step: ReportStep) -> None:
        """Say that somebody begins a step now."""
        with self._moved:
            self._begun[step] += 1
            self._moved.notify_all()

    def await_step(self, step: ReportStep, patience: float = 20) -> bool:
        """Return once anybody begins the step the next time; False where nobody does in time."""
        with self._moved:
            before = self._begun[step]
            return self._moved.wait_for(lambda: self._begun[step] > before, patience)


class Reporters(threading.Thread):
    """The two of one ward, who work by turns until they are told to stop."""

    def __init__(
        self, address: str, ward: Ward, blows: Blows, *, skip: int, pause: float = 0
    ) -> None:
        super().__init__(daemon=True)
        self.ward, self.blows, self.skip, self.pause = ward, blows, skip, pause
        self.writer, self.approver = Client(address), Client(address)
        self.answered = Answered()
        self.over = threading.Event()
        self.failed: BaseException | None = None

    @property
    def faults(self) -> int:
        """How often something had to be sent again."""
        return self.writer.faults + self.approver.faults

    def run(self) -> None:
        """Sign in, and make one report after another."""
        try:
            self.writer.sign_in(self.ward.writer)
            self.approver.sign_in(self.ward.approver)
            for owed in self.ward.owed[self.skip :]:
                if self.over.is_set():
                    return
                self._make(owed)
                self.over.wait(self.pause)
            raise LookupError("no report is left to be made")
        except BaseException as failed:
            self.failed = failed
            raise

    def _make(self, owed: Owed) -> None:
        """Enter the figures by two forms, hand the report in, and let the other one approve."""
        for places in (range(_HALF), range(_HALF, MEASURES)):
            self.blows.begin(ReportStep.ENTER)
            said = {f"c-{owed.measures[place]}": f"{owed.figure(place)}" for place in places}
            key = self.writer.fill_in(f"/reports/{owed.uid}/", said)
            self._keep(key, owed, ReportStep.ENTER)
            for place in places:
                self.answered.figures[owed.uid, owed.measures[place]] = owed.figure(place)
        for step, client in (
            (ReportStep.HAND_IN, self.writer),
            (ReportStep.APPROVE, self.approver),
        ):
            self.blows.begin(step)
            key = client.fill_in(f"/reports/{owed.uid}/step/{step}/", {"note": ""})
            self._keep(key, owed, step)

    def _keep(self, key: str, owed: Owed, step: ReportStep) -> None:
        self.answered.steps[UUID(key)] = (owed.uid, step)


def populate() -> None:
    """Let the wards of a district owe a report for each month, as a regime of the city asks."""
    city = make_unit("thanh-pho", kind="city", name_vi="Thành phố Hồ Sen", name_en="Ho Sen City")
    district = make_unit("quan", parent=city, kind="district")
    wards = [make_unit(f"phuong-{n}", parent=district, kind="commune") for n in range(WARDS)]
    keeper = make_user("van-phong", password=PASSWORD)
    keeps = make_post(city, role=make_role(), scope=city)
    appoint(make_person("Trần Mộc Chi", user=keeper), keeps)
    roles = {"ghi": make_role("writer", actions=OFFICER)}
    roles["duyet"] = make_role("approver", actions=LEADER)
    for number, ward in enumerate(wards):
        for rank, (name, role) in enumerate(roles.items()):
            person = make_person(f"Lý {name} {number}", user=_account(f"{name}-{number}"))
            appoint(person, make_post(ward, role=role, rank=rank))
    make_group(*wards)
    measures = [make_measure(owed_to=city, user=keeper) for _ in range(MEASURES)]
    regime = make_regime(owed_to=city, measures=measures, user=keeper, since=_FIRST)
    for number in range(MONTHS):
        open_month(regime, user=keeper, days=(_month(number), _month(number + 1)))


def wards_owing() -> list[Ward]:
    """Return the wards of ``populate``, read back from the database that it filled."""
    measures = tuple(_measures())
    found: Sequence[Report] = Report.objects.select_related("unit").order_by(
        "unit__code", "collection__period__starts"
    )
    owed: dict[str, list[Owed]] = {}
    for number, report in enumerate(found):
        owed.setdefault(report.unit.code, []).append(Owed(report.uid, number, measures))
    return [
        Ward(f"ghi-{number}", f"duyet-{number}", tuple(owed[f"phuong-{number}"]))
        for number in range(WARDS)
    ]


def _measures() -> list[UUID]:
    lines = Report.objects.order_by("pk")[0].collection.lines.order_by("position")
    return list(lines.values_list("measure__uid", flat=True))


def _account(name: str) -> User:
    return make_user(name, password=PASSWORD)


def _month(number: int) -> date:
    years, place = divmod(_FIRST.month - 1 + number, 12)
    return date(_FIRST.year + years, place + 1, 1)
