"""The twenty cases of adding up as Tryton can be given them.

Each is put to its works first, which are its parents and children; where another of its modules
comes nearer, also to that. A count by states that one of its lists shows is taken for an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bench.peers.truth_cases import PARTLY, QUESTIONS, RIGHT, Question
from bench.peers.tryton import accounts, stocks, works
from bench.peers.tryton.ground import Ground
from bench.peers.tryton.stocks import COUNTED, FORECAST
from bench.peers.tryton.works import EFFORT, FINISH, PROGRESS, SPENT

STOCK, BOOKS, BUDGETS, QUALITY = "stock", "analytic_account", "analytic_budget", "quality"


@dataclass(frozen=True, slots=True)
class Way:
    """What is put to a module of Tryton.

    ``value`` is how the right answer begins, in Tryton's words; ``verdict`` is how far an answer
    that begins so is right: it may still not tell what it leaves out.
    """

    value: str
    verdict: str
    put: Callable[[Ground], str]


@dataclass(frozen=True, slots=True)
class Case:
    """How the case of a number is put to works and to another module; None: no word for it."""

    number: int
    works: Way | None
    elsewhere: tuple[str, Way] | None = None
    remark: str = ""

    @property
    def question(self) -> Question:
        """Return the case with its right answer."""
        return QUESTIONS[self.number]


CASES = (
    Case(
        1,
        Way(f"{SPENT} 12 h", PARTLY, works.nil),
        (STOCK, Way(f"{COUNTED} 12, 2 of 2", RIGHT, stocks.counted(12, 0))),
        "works: the sum does not tell who answered; a ward's own row does",
    ),
    Case(
        2,
        Way(f"{SPENT} 12 h", PARTLY, works.missing),
        (STOCK, Way(f"{COUNTED} 12, 1 of 2", RIGHT, stocks.counted(12, None))),
        "works: the same sum as in case 1; the silent ward's own row is blank",
    ),
    Case(
        3,
        Way(f"{SPENT} 0 h", PARTLY, works.zero),
        (STOCK, Way(f"{COUNTED} 0, 2 of 2", RIGHT, stocks.counted(0, 0))),
        "works: a city of which nobody spoke says the same",
    ),
    Case(
        4,
        Way(f"{SPENT} 12 h", PARTLY, works.void),
        (STOCK, Way(f"{COUNTED} 12, 1 of 2", PARTLY, stocks.void)),
        "works: right once it is deleted, of which the log keeps the day, not the 8; "
        "stock: what is confirmed cannot be withdrawn, only counted anew, as 0",
    ),
    Case(
        5,
        Way("Done 2, Cancelled 1, Open 0", RIGHT, works.rejected),
        remark="the tabs count each state; the progress is right if the effort is taken away",
    ),
    Case(6, Way(f"{PROGRESS} 60 %", RIGHT, works.weighted((0.6, 2), (0.6, 3)))),
    Case(7, Way(f"{PROGRESS} 70 %", RIGHT, works.weighted((0.4, 1), (0.8, 3)))),
    Case(
        8,
        Way(f"{PROGRESS} 60 %", PARTLY, works.weighted((0.6, 2), (0.9, None))),
        remark="left out, as it should be, and nothing says so",
    ),
    Case(
        9,
        Way(f"{EFFORT} 46000000000 s", RIGHT, works.amounts),
        (BOOKS, Way("balance 46000000000", RIGHT, accounts.amounts)),
        "works: as seconds, for hours it is too long",
    ),
    Case(
        10,
        None,
        (QUALITY, Way("failed, passed", RIGHT, accounts.below)),
        "a control, which takes 3 itself for below 3; no place adds its results up",
    ),
    Case(
        11,
        Way(f"{SPENT} 120 h", RIGHT, works.replaced),
        (STOCK, Way(f"{COUNTED} 120", RIGHT, stocks.replaced)),
        "works: a figure since January that follows one since January is added to it",
    ),
    Case(
        12,
        Way(f"{PROGRESS} 126 %", PARTLY, works.above),
        (BUDGETS, Way("126.0300 %", PARTLY, accounts.above)),
        "a budget tells how much, not that it is early",
    ),
    Case(
        13,
        Way(f"{PROGRESS} 10.87 %, {EFFORT} 92 h", RIGHT, works.weighted((0.5, 2), (0.1, 90))),
        remark="with denominators as efforts",
    ),
    Case(
        14,
        Way(
            f"the ward's constraint_finish_date 2025-07-31, {FINISH} 2025-07-15",
            PARTLY,
            works.extension,
        ),
        (STOCK, Way("delay -16 days", PARTLY, stocks.extension)),
        "on time by the approved deadline; the first is gone, the log keeps that there was one",
    ),
    Case(
        15,
        Way("Done 1", PARTLY, works.late),
        (STOCK, Way("1 of 1 done, delay 46 days", RIGHT, stocks.late)),
        "works: two dates stand side by side, late is told nowhere; stock: as a shipment",
    ),
    Case(
        16,
        Way(
            f"before {SPENT} 250 h, after {SPENT} 250 h, the new ward {SPENT} 250 h",
            PARTLY,
            works.merged,
        ),
        (
            STOCK,
            Way(
                f"before {COUNTED} 250, after {COUNTED} 250, the new ward {COUNTED} 250",
                RIGHT,
                stocks.merged,
            ),
        ),
        "works: lines are moved one by one, and the past of the old ward with them",
    ),
    Case(
        17,
        None,
        (BOOKS, Way("60 and 40", RIGHT, accounts.split)),
        "shares are divided to the last unit, nothing stays undivided",
    ),
    Case(
        18,
        Way(f"the old ward {SPENT} 90 h; its wards blank and blank; city", PARTLY, works.split),
        remark="the old ward stays as the parent of its heirs; undivided is told nowhere",
    ),
    Case(
        19,
        Way(f"{SPENT} 50 h, {EFFORT} 30 h", PARTLY, works.estimate),
        (STOCK, Way(f"{FORECAST} 80, {COUNTED} 50, 1 of 2", RIGHT, stocks.estimate)),
        "works: both stand apart, no sum of both, nor who answered; stock: 30 are to come",
    ),
    Case(
        20,
        Way(f"{SPENT} 55 h", PARTLY, works.checked),
        (STOCK, Way(f"{COUNTED} 55", RIGHT, stocks.checked)),
        "works: the log keeps that the 60 was changed, not that it was 60",
    ),
)
"""In the order of the table."""
