"""What is overdue in my subtree, 50 rows of 100,000 duties: Redmine's page against ours.

Everybody is signed in by the form and gets the whole page with its frame, in interleaved rounds:
each round asks every page once. Both sites must say the same number of overdue duties. Run as
``python -m bench.peers.redmine.pages`` once ``site up`` is done.
"""

import json
import re
import sys
import time
from base64 import b64encode
from dataclasses import dataclass
from statistics import mean
from urllib.parse import urlencode

from psycopg.sql import SQL, Literal

from bench.peers.redmine import site
from bench.peers.redmine.asked import (
    Answer,
    Browser,
    load,
    percentile,
    signed_in_with_them,
    signed_in_with_us,
    work,
)
from bench.peers.redmine.kept import keep

ROUNDS, WARM = 40, 4
SERVES = {"ours": ("board", "lotrinh_board"), "Redmine": ("redmine", "redmine")}
OURS = "/duties/?class=open_overdue"
_COLUMNS = ("subject", "project", "assigned_to", "due_date", "status")


@dataclass(frozen=True, slots=True)
class Page:
    """One page for one reader at one site."""

    who: str
    whose: str
    name: str
    browser: Browser
    path: str

    def ask(self) -> Answer:
        """Return the page; anything but a page is an error."""
        answer = self.browser.ask(self.path)
        if answer.status != 200:
            raise SystemExit(f"{self.name} for {self.who}: {answer.status}")
        return answer


def theirs(project: int, ending: str) -> str:
    """Return the address of what is open and past its day in a project and all below it."""
    asked = [
        ("set_filter", "1"),
        *(("f[]", one) for one in ("status_id", "due_date")),
        ("op[status_id]", "o"),
        ("op[due_date]", "<="),
        ("v[due_date][]", "2024-08-06"),
        *(("c[]", one) for one in _COLUMNS),
        ("sort", "due_date,id"),
        ("per_page" if not ending else "limit", "50"),
    ]
    return f"/projects/u{project}/issues{ending}?{urlencode(asked)}"


def pages() -> list[Page]:
    """Sign everybody in, and return the pages in the order in which a round asks them."""
    told = json.loads((site.HOME / "shared/units.json").read_text())
    found = []
    for who, reader in told["readers"].items():
        said = reader["login"], told["password"]
        us = signed_in_with_us(site.OUR_PORT, *said)
        them = signed_in_with_them(site.REDMINE_PORT, *said)
        found += [
            Page(who, "Redmine", "Redmine, page", them, theirs(reader["unit"], "")),
            Page(who, "ours", "ours, page", us, OURS),
            Page(who, "Redmine", "Redmine, JSON", keyed(*said), theirs(reader["unit"], ".json")),
        ]
    return found


def keyed(login: str, password: str) -> Browser:
    """Return a program that reads Redmine by the key of an account; sessions open no JSON."""
    said = b64encode(f"{login}:{password}".encode()).decode()
    program = Browser(site.REDMINE_PORT)
    told = program.ask("/users/current.json", headers={"Authorization": f"Basic {said}"})
    key = str(json.loads(told.text)["user"]["api_key"])
    return Browser(site.REDMINE_PORT, headers={"X-Redmine-API-Key": key})


def overdue_of(page: Page, text: str) -> int:
    """Return how many overdue duties a page says there are."""
    if page.name == "Redmine, JSON":
        return int(json.loads(text)["total_count"])
    pattern = (
        r'aria-current="true">.*?<span>([\d.]+)</span>'
        if page.whose == "ours"
        else (r'class="items">\(\d+-\d+/(\d+)\)')
    )
    said = re.findall(pattern, text, re.DOTALL)
    return int(said[-1].replace(".", "")) if said else -1


def agreed(found: list[Page]) -> dict[str, int]:
    """Return by reader how many are overdue; an error where the sites disagree."""
    counts: dict[str, set[int]] = {}
    for page in found:
        counts.setdefault(page.who, set()).add(overdue_of(page, page.ask().text))
    if any(len(numbers) != 1 for numbers in counts.values()):
        raise SystemExit(f"the sites do not say the same: {counts}")
    return {who: numbers.pop() for who, numbers in counts.items()}


def queries(page: Page) -> int:
    """Return how many statements that read or write a page asks of the database."""
    log = site.HOME / "postgres/log"
    _let_log("all")
    page.ask()
    before = log.stat().st_size
    page.ask()
    after = log.stat().st_size
    _let_log("none")
    with log.open("rb") as lines:
        lines.seek(before)
        text = lines.read(after - before).decode()
    sent = r"@%s LOG:  (?:statement|execute [^:]*):\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|\()"
    return len(re.findall(sent % SERVES[page.whose][1], text))


def measured(found: list[Page], rounds: int) -> dict[tuple[str, str], dict[str, float]]:
    """Return by reader and page what the rounds took: milliseconds by the clock, and of work."""
    took: dict[tuple[str, str], list[tuple[float, float]]] = {}
    size: dict[tuple[str, str], int] = {}
    for number in range(WARM + rounds):
        for page in found:
            before = work(*SERVES[page.whose])
            answer = page.ask()
            worked = work(*SERVES[page.whose]) - before
            key = page.who, page.name
            size[key] = answer.size
            if number >= WARM:
                took.setdefault(key, []).append((answer.seconds * 1000, worked * 1000))
    return {
        key: {
            "p50 ms": round(percentile((clock for clock, _ in times), 0.5), 1),
            "p95 ms": round(percentile((clock for clock, _ in times), 0.95), 1),
            "mean ms of work": round(mean(worked for _, worked in times), 1),
            "bytes": size[key],
        }
        for key, times in took.items()
    }


def _let_log(what: str) -> None:
    with site.connect() as connection:
        connection.execute("ALTER SYSTEM SET log_line_prefix = '%p %u@%d '")
        connection.execute(SQL("ALTER SYSTEM SET log_statement = {}").format(Literal(what)))
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(1)  # until every session has heard of it


def main() -> None:
    """Measure, print and keep."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found = pages()
    overdue, begun = agreed(found), load()
    asked = {(page.who, page.name): queries(page) for page in found}
    figures = measured(found, rounds)
    print(
        f"{'reader':10}{'page':16}{'p50 ms':>9}{'p95 ms':>9}{'work ms':>9}{'queries':>9}{'kB':>7}"
    )
    for (who, name), one in figures.items():
        one["queries"] = asked[who, name]
        print(
            f"{who:10}{name:16}{one['p50 ms']:9.1f}{one['p95 ms']:9.1f}"
            f"{one['mean ms of work']:9.1f}{one['queries']:9.0f}{one['bytes'] / 1000:7.1f}"
        )
    ratios = {
        who: {
            f"{theirs} / ours, {what}": round(
                figures[who, theirs][what] / figures[who, "ours, page"][what], 2
            )
            for theirs in ("Redmine, page", "Redmine, JSON")
            for what in ("p50 ms", "mean ms of work")
        }
        for who in overdue
    }
    root, ward = figures["root", "ours, page"], figures["ward", "ours, page"]
    told = {
        "compared": ["Redmine's list of issues", "our list of duties"],
        "rounds": rounds,
        "load before and after": [begun, load()],
        "overdue": overdue,
        "figures": {f"{who}: {name}": one for (who, name), one in figures.items()},
        "ratios": ratios,
        "our root against our ward": round(root["p50 ms"] / ward["p50 ms"], 2),
    }
    keep("pages", told)
    print(json.dumps({"name": "redmine pages", **told}))


if __name__ == "__main__":
    main()
