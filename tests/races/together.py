"""Several acts at one instant, each in a thread with a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

from django.db import connection, connections, transaction

Outcome = object | Exception


def at_once(*acts: Callable[[], object], patience: float = 60) -> list[Outcome]:
    """Start all acts together and return for each what it returned or raised, in their order.

    None stands for an act that has not ended after ``patience`` seconds.
    """
    start = Barrier(len(acts))
    outcomes: list[Outcome] = [None] * len(acts)

    def run(position: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            outcomes[position] = act()
        except Exception as raised:  # the test looks at it
            outcomes[position] = raised
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=patience)
    return outcomes


def failures(outcomes: list[Outcome]) -> list[str]:
    """Return the names of the exceptions among the outcomes."""
    return sorted(type(outcome).__name__ for outcome in outcomes if isinstance(outcome, Exception))


def overlapping(first: Callable[[], object], second: Callable[[], object]) -> list[Outcome]:
    """Let ``second`` begin while ``first`` has done its work and not committed it.

    ``first`` commits once the other has ended or waits for a lock. So the order is always the
    same: whoever does not wait reads what was there before, and is found out. Returns for each what
    it returned or raised.
    """
    begun, outcomes = Event(), [None, None]
    other: dict[str, int] = {}

    def follow() -> None:
        try:
            begun.wait(timeout=20)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                other["pid"] = cursor.fetchone()[0]
            outcomes[1] = second()
        except Exception as raised:  # the test looks at it
            outcomes[1] = raised
        finally:
            connections.close_all()

    thread = Thread(target=follow)
    thread.start()
    try:
        with transaction.atomic():
            outcomes[0] = first()
            begun.set()
            _await_standstill(thread, other)
    except Exception as raised:  # the test looks at it
        outcomes[0] = raised
    begun.set()
    thread.join(timeout=60)
    return outcomes


def _await_standstill(thread: Thread, other: dict[str, int]) -> None:
    """Wait until the other thread has ended, or its connection waits for a lock."""
    for _ in range(2000):
        if not thread.is_alive():
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pid = %s", [other.get("pid", 0)]
            )
            if cursor.fetchone():
                return
        thread.join(timeout=0.01)
    raise AssertionError("the other neither ended nor waited")
