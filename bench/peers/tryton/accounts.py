"""The cases put to Tryton's analytic accounts, its budgets and its quality controls.

A figure is an amount booked on the analytic account of a ward, which is added up to that of the
city (``analytic_account``); a plan is a budget over the same accounts (``analytic_budget``); a
target is a control with tolerances (``quality``).
"""

from datetime import date
from decimal import Decimal

from bench.peers.tryton.ground import JULY_1, JULY_31, LAST_DAY, NEW_YEAR, Ground

ACCOUNT, BUDGET = "analytic_account.account", "analytic_account.budget"


class Books:
    """A tree of analytic accounts of its own for each case, and the books they are fed from."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.tryton = ground, ground.tryton
        self.revenue = self._account("Thu", statement="income", revenue=True)
        self.cash = self._account("Quỹ", statement="balance", assets=True)
        if not self.tryton.find("account.fiscalyear", ["company", "=", ground.company]):
            self._open_year()
        self.journal = self.tryton.find("account.journal", ["code", "=", "MISC"])[0]
        self.root = self.account("Thành phố", type="root")
        self.city = self.account("Thành phố", parent=self.root)

    def _account(self, name: str, **kind: object) -> int:
        company = self.ground.company
        kind_of = self.tryton.make("account.account.type", name=name, company=company, **kind)
        return self.tryton.make("account.account", name=name, company=company, type=kind_of)

    def _open_year(self) -> None:
        kind = self.tryton.find("ir.sequence.type", ["name", "=", "Account Move"])[0]
        company = self.ground.company
        sequence = {"name": "2025", "sequence_type": kind, "company": company}
        year = self.tryton.make(
            "account.fiscalyear",
            name="2025",
            start_date=NEW_YEAR,
            end_date=LAST_DAY,
            company=company,
            move_sequence=self.tryton.make("ir.sequence.strict", **sequence),
        )
        self.tryton.press("account.fiscalyear", "create_period", year)

    def account(self, name: str, **said: object) -> int:
        """Add an analytic account."""
        if said.get("type") != "root":
            said = {"root": self.root} | said
        company = self.ground.company
        return self.tryton.make(ACCOUNT, name=name, company=company, state="opened", **said)

    def ward(self) -> int:
        """Add the account of a ward."""
        return self.account("Phường", parent=self.city)

    def book(self, ward: int, amount: int, on: date) -> None:
        """Book what came in at a ward on a day."""
        came = self._line(self.revenue, amount, on, ward)
        self._post(on, came, self._line(self.cash, -amount, on))

    def divide(self, ward: int, amount: int, shares: dict[int, str], on: date) -> None:
        """Book an amount away from a ward and, by a rule of shares, on others."""
        heirs = [{"account": account, "ratio": Decimal(share)} for account, share in shares.items()]
        distribution = self.account(
            "Chia",
            parent=self.city,
            type="distribution",
            distributions=[["create", heirs]],
        )
        divided = self._account("Chia", statement="income", revenue=True)
        self.tryton.make(
            "analytic_account.rule",
            company=self.ground.company,
            account=divided,
            analytic_accounts=[["create", [{"root": self.root, "account": distribution}]]],
        )
        went = self._line(self.revenue, -amount, on, ward)
        self._post(on, went, self._line(divided, amount, on))

    def _line(
        self, account: int, amount: int, on: date, ward: int | None = None
    ) -> dict[str, object]:
        sides = {"credit": Decimal(max(amount, 0)), "debit": Decimal(max(-amount, 0))}
        if ward is None:
            return {"account": account, **sides}
        analytic = [["create", [{"account": ward, "date": on, **sides}]]]
        return {"account": account, "analytic_lines": analytic, **sides}

    def _post(self, on: date, *lines: dict[str, object]) -> None:
        at = ["start_date", "<=", on], ["end_date", ">=", on]
        move = self.tryton.make(
            "account.move",
            period=self.tryton.find("account.period", *at)[0],
            journal=self.journal,
            company=self.ground.company,
            date=on,
            lines=[["create", list(lines)]],
        )
        self.tryton.press("account.move", "post", move)

    def plan(self, amounts: dict[int, int]) -> int:
        """Plan amounts for the year; return the line of the city in that budget."""
        budget = self.tryton.make(
            BUDGET,
            name="2025",
            company=self.ground.company,
            root=self.root,
            start_date=NEW_YEAR,
            end_date=LAST_DAY,
        )
        self.tryton.press(BUDGET, "update_lines", budget)
        self.tryton.press(BUDGET, "update_lines", budget)  # the second time finds the parents
        for account, amount in amounts.items():
            line = self._planned(budget, account)
            self.tryton.change(f"{BUDGET}.line", line, amount=Decimal(amount))
        return self._planned(budget, self.city)

    def _planned(self, budget: int, account: int) -> int:
        domain = ["budget", "=", budget], ["account", "=", account]
        return self.tryton.find(f"{BUDGET}.line", *domain)[0]

    def says(self, at: int) -> str:
        """Return the balance of an account."""
        return f"{self.tryton.read(ACCOUNT, at, 'balance')['balance']:f}"


def amounts(ground: Ground) -> str:
    books = Books(ground)
    for amount in (45_370_000_000, 630_000_000):
        books.book(books.ward(), amount, LAST_DAY)
    return f"balance {books.says(books.city)}"


def above(ground: Ground) -> str:
    books = Books(ground)
    ward = books.ward()
    books.book(ward, 45_370_000_000, JULY_31)
    city = books.plan({ward: 36_000_000_000})
    names = ("percentage", "actual_amount", "total_amount")
    found = books.tryton.read(f"{BUDGET}.line", city, *names)
    share = found["percentage"] * 100
    return f"{share:f} %, {found['actual_amount']:f} of {found['total_amount']:f}"


def split(ground: Ground) -> str:
    books = Books(ground)
    old, first, second = (books.ward() for _ in range(3))
    books.book(old, 101, NEW_YEAR)
    books.divide(old, 101, {first: "0.6", second: "0.4"}, JULY_1)
    left, *heirs, city = (books.says(one) for one in (old, first, second, books.city))
    return f"{' and '.join(heirs)}; {left} at the old ward; city {city}"


def below(ground: Ground) -> str:
    tryton = ground.tryton
    point = {"string": "Thất nghiệp, %", "name": "that_nghiep", "type_": "float"}
    control = tryton.make(
        "quality.control",
        name="Dưới 3 %",
        points=[["create", [point | {"tolerance_upper": 3.0}]]],
    )
    told = []
    for actual in (5.0, 2.9, 3.0):
        inspection = tryton.make(
            "quality.inspection",
            company=ground.company,
            control=control,
            points={"that_nghiep": actual},
        )
        tryton.press("quality.inspection", "process", inspection)
        told.append(str(tryton.read("quality.inspection", inspection, "state")["state"]))
    return f"{', '.join(told[:2])}; exactly 3 %: {told[2]}"
