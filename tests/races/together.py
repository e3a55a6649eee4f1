"""Several acts at one instant, each in a thread with a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections

Outcome = object | Exception


def at_once(*acts: Callable[[], object]) -> list[Outcome]:
    """Start all acts together and return for each what it returned or raised, in their order."""
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
        thread.join(timeout=60)
    return outcomes


def failures(outcomes: list[Outcome]) -> list[str]:
    """Return the names of the exceptions among the outcomes."""
    return sorted(type(outcome).__name__ for outcome in outcomes if isinstance(outcome, Exception))
