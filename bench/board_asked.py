"""What a leader asks of 618 units and many duties: the board, what is overdue, his pages.

``bench.board`` loads this module once there is a database: it needs the tables to be imported. The
duties are written straight into the tables: here reading is measured, not the steps.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.board_city import ON, City
from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty, TallyChange
from lotrinh.apps.units.selectors import reach, rights_asked_once
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import BINDING
from lotrinh.rules.standing import Standing

_ROUNDS, _PAGE = 5, 50
_PAGES = {
    "page of the board": "/duties/board/",
    "page of the morning": "/duties/morning/",
    "page of silence": "/duties/silent/",
    "page of what is overdue": "/duties/counted/?class=open_overdue",
    "page of duties": "/duties/",
    "page of the organisation": "/units/",
    "palette, a word": "/find/?as=list&q=quy",
    "palette, three words": "/find/?as=list&q=Quy+hoạch+đô",
    "palette, two letters": "/find/?as=list&q=an",
}
_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_STORAGES = {**settings.STORAGES, "staticfiles": _STATIC}


@dataclass(frozen=True, slots=True)
class Figure:
    """One question: the best time of several rounds in milliseconds, its queries, its rows.

    ``work`` is the processor's time, ours and the server's: it bears other work on the machine.
    """

    question: str
    ms: float
    work: float
    queries: int
    rows: int


def measure(city: City) -> list[Figure]:
    """Ask the board in several ways, what is overdue below the root and a ward, and the pages.

    The board is asked while all that was noted down is still to be folded, and after that.
    """
    ours = board(city)
    if not ours == board_by_counting(city) == board_unit_by_unit(city):
        raise AssertionError("all ways must count the same")
    noted = TallyChange.objects.count()
    unfolded = _figure("board, nothing folded", lambda: len(board(city)))
    folded = _figure("folding all of it", lambda: services.fold_tallies(on=ON), rounds=1)
    folded = replace(folded, rows=noted)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE duties_tally, duties_tally_change")
    if board(city) != ours:
        raise AssertionError("folding must change nothing")
    return [
        _figure("board", lambda: len(board(city))),
        _known(city),
        unfolded,
        folded,
        _figure("board, one GROUP BY", lambda: len(board_by_counting(city))),
        _figure("board, unit by unit", lambda: len(board_unit_by_unit(city)), rounds=1),
        _figure("board, ward", lambda: len(selectors.board(seen_by=city.at_leaf.pk, on=ON))),
        _figure("recount", lambda: len(selectors.tally_differences())),
        _figure("overdue, root", lambda: len(_overdue(city.at_root))),
        _figure("overdue, ward", lambda: len(_overdue(city.at_leaf))),
        *_pages(city.at_root),
    ]


def _known(city: City) -> Figure:
    """Ask the board as its page does, which has learnt the rights of its reader before."""
    with rights_asked_once():
        reach(user_id=city.at_root.pk, action=Action.READ_DUTY, on=ON)
        return _figure("board, rights known", lambda: len(board(city)))


def board(city: City) -> dict[int, tuple[int, ...]]:
    """Return by unit the six counts, as the page of the board gets them."""
    rows = selectors.board(seen_by=city.at_root.pk, on=ON)
    return {row.unit.id: tuple(row.own[one] for one in Standing) for row in rows}


def board_by_counting(city: City) -> dict[int, tuple[int, ...]]:
    """Return the same by counting the duties of all units in one query, under the same rights."""
    classes = {
        str(one): Count("pk", filter=selectors.standing_filter(one, on=ON)) for one in Standing
    }
    seen = selectors.visible(seen_by=city.at_root.pk, on=ON).order_by()
    rows = seen.filter(state__in=BINDING).values_list("unit_id").annotate(**classes)
    counted = {row[0]: row[1:] for row in rows}
    return {pk: counted.get(pk, (0,) * len(Standing)) for pk in city.ids}


def board_unit_by_unit(city: City) -> dict[int, tuple[int, ...]]:
    """Return the same by one query for each unit, as most registers do it."""
    found: dict[int, tuple[int, ...]] = {}
    for pk in city.ids:
        counts = selectors.counts(seen_by=city.at_root.pk, on=ON, unit_id=pk)
        found[pk] = tuple(counts.by_standing[one] for one in Standing)
    return found


def _overdue(user: User) -> list[Duty]:
    return list(selectors.overdue(seen_by=user.pk, on=ON)[:_PAGE])


def _pages(user: User) -> list[Figure]:
    """Open the pages as a browser does: session, rights, layout and all."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def opened(address: str) -> int:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")
        return len(answer.content)

    with override_settings(LOTRINH_TODAY=ON, ALLOWED_HOSTS=["*"], STORAGES=_STORAGES):
        return [
            _figure(name, lambda address=address: opened(address))
            for name, address in _PAGES.items()
        ]


def _figure(question: str, ask: Callable[[], int], *, rounds: int = _ROUNDS) -> Figure:
    """Ask several times, each as one page does that has learnt nothing before."""
    best, work, rows, queries = float("inf"), float("inf"), 0, 0
    server = _server()
    for _ in range(rounds):
        with rights_asked_once():
            start, spent = time.perf_counter(), _spent(server)
            rows = ask()
            best = min(best, time.perf_counter() - start)
            work = min(work, _spent(server) - spent)
    with rights_asked_once(), CaptureQueriesContext(connection) as asked:
        ask()
        queries = len(asked)
    return Figure(question, best * 1000, work * 1000, queries, rows)


def _server() -> int:
    """Return the id of the server's process that answers us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _spent(server: int) -> float:
    """Return the seconds that the processor has worked for us so far, here and in the server."""
    nanoseconds = Path(f"/proc/{server}/schedstat").read_text().split()[0]
    return time.process_time() + int(nanoseconds) / 1e9
