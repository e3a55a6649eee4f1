"""The cases put to Tryton's stock: places within a place, whose contents it adds up (``stock``).

A figure is a count of households at a ward, taken on a day (an inventory); what is handed over is
moved, and a duty is a shipment to the ward with a planned and an effective date.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from bench.peers.tryton.ground import (
    AUGUST_15,
    JULY_1,
    JULY_15,
    JULY_31,
    JUNE_30,
    LAST_DAY,
    NEW_YEAR,
    Ground,
    plain,
)
from bench.peers.tryton.interface import Refused

COUNTED, FORECAST = "quantity", "forecast_quantity"


class Places:
    """A city of its own for each case, its wards, and what is counted there."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.tryton = ground, ground.tryton
        self.unit = self.tryton.find("product.uom", ["name", "=", "Unit"])[0]
        template = self.tryton.make(
            "product.template",
            name="Hộ gia đình",
            type="goods",
            default_uom=self.unit,
            list_price=Decimal(0),
            products=[["create", [{}]]],
        )
        found = self.tryton.read("product.template", template, "products")
        self.product = int(found["products"][0])
        self.city = self.place("Thành phố", self.found(code="STO"))

    def found(self, **said: str) -> int:
        """Return a place that Tryton brings: what is missing or too much comes from one of them."""
        domain = ([name, "=", value] for name, value in said.items())
        return self.tryton.find("stock.location", *domain)[0]

    def place(self, name: str, parent: int) -> int:
        """Add a place within another."""
        return self.tryton.make("stock.location", name=name, type="storage", parent=parent)

    def ward(self, count: int | None = None, *, on: date = LAST_DAY) -> int:
        """Add a ward, with what was counted there where it is given."""
        ward = self.place("Phường", self.city)
        if count is not None:
            self.count(ward, count, on=on)
        return ward

    def ask(self, ward: int, count: int | None = None, *, on: date = LAST_DAY) -> int:
        """Open an inventory of a ward, which is a draft until it is confirmed."""
        quantity = None if count is None else float(count)
        return self.tryton.make(
            "stock.inventory",
            location=ward,
            company=self.ground.company,
            date=on,
            empty_quantity="keep",
            lines=[["create", [{"product": self.product, "quantity": quantity}]]],
        )

    def count(self, ward: int, count: int, *, on: date = LAST_DAY) -> int:
        """Take an inventory of a ward."""
        inventory = self.ask(ward, count, on=on)
        self.tryton.press("stock.inventory", "confirm", inventory)
        return inventory

    def answered(self) -> str:
        """Return how many inventories of the city's wards are done, as their list tells."""
        return f"{self.listed('stock.inventory', 'location')} inventories done"

    def listed(self, model: str, place: str) -> str:
        """Return how many records of the city's wards are done, of how many."""
        within = [place, "child_of", [self.city], "parent"]
        done = self.tryton.find(model, within, ["state", "=", "done"])
        return f"{len(done)} of {len(self.tryton.find(model, within))}"

    def says(self, *names: str, at: int | None = None, on: date | None = None) -> str:
        """Return what is in the city or another place, on a day."""
        context = {"product": self.product, "stock_date_end": on}
        found = self.tryton.read("stock.location", at or self.city, *names, **context)
        return ", ".join(f"{name} {plain(found[name])}" for name in names)


class Shipment:
    """Something that is to be brought from one place to another by a day."""

    model = "stock.shipment.internal"

    def __init__(self, places: Places, source: int, target: int, count: int, due: date) -> None:
        self.tryton, self.places = places.tryton, places
        way = {
            "from_location": source,
            "to_location": target,
            "company": places.ground.company,
        }
        what = {"product": places.product, "unit": places.unit, "quantity": float(count)}
        self.id = self.tryton.make(
            self.model,
            planned_start_date=NEW_YEAR,
            planned_date=due,
            moves=[["create", [way | what]]],
            **way,
        )
        self.tryton.press(self.model, "wait", self.id)

    def plan_anew(self, due: date) -> None:
        """Take it back, plan it for another day, and issue it again."""
        self.tryton.press(self.model, "draft", self.id)
        self.tryton.change(self.model, self.id, planned_date=due)
        self.tryton.press(self.model, "wait", self.id)

    def arrive(self, day: date) -> None:
        """Let it be done on a day."""
        self.tryton.press(self.model, "assign_try", self.id)
        self.tryton.change(self.model, self.id, effective_start_date=day, effective_date=day)
        self.tryton.press(self.model, "do", self.id)

    def says(self) -> str:
        """Return its dates, and by how much it is late."""
        names = ("planned_date", "effective_date", "delay")
        found = self.tryton.read(self.model, self.id, *names)
        days = found.pop("delay") // timedelta(days=1)
        dates = ", ".join(f"{name} {found[name]}" for name in names[:-1])
        return f"delay {days} days; {dates}"


def counted(*counts: int | None) -> Callable[[Ground], str]:
    def put(ground: Ground) -> str:
        places = Places(ground)
        for count in counts:
            ward = places.ward(count)
            if count is None:
                places.ask(ward)
        return f"{places.says(COUNTED, on=LAST_DAY)}, {places.answered()}"

    return put


def void(ground: Ground) -> str:
    places = Places(ground)
    places.ward(12)
    ward = places.ward()
    places.tryton.press("stock.inventory", "cancel", places.ask(ward, 8))
    told = f"{places.says(COUNTED, on=LAST_DAY)}, {places.answered()} if it was a draft"
    confirmed = places.count(ward, 8)
    try:
        places.tryton.press("stock.inventory", "cancel", confirmed)
        then = places.says(COUNTED, on=LAST_DAY)
    except Refused as refused:
        then = f"refused: {refused}"
    return f"{told}; once it is confirmed {then}"


def replaced(ground: Ground) -> str:
    places = Places(ground)
    ward = places.ward(100, on=JUNE_30)
    places.count(ward, 120, on=LAST_DAY)
    return f"{places.says(COUNTED, on=LAST_DAY)}; on 30 June {places.says(COUNTED, on=JUNE_30)}"


def _duty(ground: Ground, due: date) -> Shipment:
    places = Places(ground)
    return Shipment(places, places.found(type="lost_found"), places.ward(), 1, due)


def extension(ground: Ground) -> str:
    shipment = _duty(ground, JUNE_30)
    shipment.plan_anew(JULY_31)
    shipment.arrive(JULY_15)
    return shipment.says()


def late(ground: Ground) -> str:
    shipment = _duty(ground, JUNE_30)
    shipment.arrive(AUGUST_15)
    return f"{shipment.places.listed(shipment.model, 'to_location')} done, {shipment.says()}"


def merged(ground: Ground) -> str:
    places = Places(ground)
    old, heir = [places.ward(100, on=JUNE_30), places.ward(150, on=JUNE_30)], places.ward()
    for ward, count in zip(old, (100, 150), strict=True):
        Shipment(places, ward, heir, count, JULY_1).arrive(JULY_1)
    before, after = (places.says(COUNTED, on=day) for day in (JUNE_30, LAST_DAY))
    new = places.says(COUNTED, at=heir, on=LAST_DAY)
    past = places.says(COUNTED, at=old[0], on=JUNE_30)
    return f"before {before}, after {after}, the new ward {new}; an old one's past {past}"


def estimate(ground: Ground) -> str:
    places = Places(ground)
    places.ward(50)
    expects = places.ward()
    places.ask(expects)
    Shipment(places, places.found(type="lost_found"), expects, 30, date(2099, 12, 31))
    return f"{places.says(FORECAST, COUNTED)}, {places.answered()}"


def checked(ground: Ground) -> str:
    places = Places(ground)
    ward = places.ward(60)
    places.count(ward, 55, on=LAST_DAY)
    found = ground.tryton.find("stock.inventory.line", ["product", "=", places.product])
    lines = [ground.tryton.read("stock.inventory.line", one, "quantity") for one in sorted(found)]
    kept = " and ".join(plain(line["quantity"]) for line in lines)
    return f"{places.says(COUNTED, on=LAST_DAY)}; the inventories of {kept} are kept"
