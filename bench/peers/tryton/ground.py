"""What every case stands on: a company with one employee, its currency, and days of one year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bench.peers.tryton.interface import Interface

NEW_YEAR, JUNE_30, JULY_1 = date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
JULY_15, JULY_31, AUGUST_15 = date(2025, 7, 15), date(2025, 7, 31), date(2025, 8, 15)
LAST_DAY = date(2025, 12, 31)


@dataclass(frozen=True, slots=True)
class Ground:
    """The company that reports, and the two officers who report for it."""

    tryton: Interface
    company: int
    officers: tuple[int, int]


def founded(tryton: Interface) -> Ground:
    """Leave a company whose account has every right, and is both its officers.

    Tryton adds up the time of the officers whom the account that asks stands for, and no other.
    """
    company = tryton.make(
        "company.company",
        party=tryton.make("party.party", name="Thành phố"),
        currency=tryton.make(
            "currency.currency",
            name="Đồng",
            symbol="₫",
            code="VND",
            digits=0,
            rounding=Decimal(1),
        ),
    )
    first, second = (
        tryton.make(
            "company.employee",
            company=company,
            party=tryton.make("party.party", name=f"Cán bộ {number}"),
        )
        for number in (1, 2)
    )
    tryton.change(
        "res.user",
        tryton.user,
        companies=[["add", [company]]],
        company=company,
        employees=[["add", [first, second]]],
        employee=first,
        groups=[["add", tryton.find("res.group")]],
    )
    tryton.settle()
    return Ground(tryton, company, (first, second))


def plain(value: object) -> str:
    """Say a number without needless zeros, and anything else as it is."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
