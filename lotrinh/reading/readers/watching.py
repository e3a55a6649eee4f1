"""Calls what is due when its time is over, from one thread for all who wait.

A thread for each file that is read would cost as much as a tenth of reading it.
"""

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count


class Watch:
    """Something to be called when some seconds are over, unless it is put off before."""

    def __init__(self, seconds: float, call: Callable[[], None]) -> None:
        self._call: Callable[[], None] | None = call
        _WATCHMAN.take(time.monotonic() + seconds, self)

    def put_off(self) -> None:
        """Let it be."""
        self._call = None

    def is_off(self) -> bool:
        """Tell whether nothing is to be called any more."""
        return self._call is None

    def fall_due(self) -> None:
        """Call what is to be called."""
        call, self._call = self._call, None
        if call is not None:
            call()


class _Watchman:
    """Sleeps until the next moment at which something is due."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Watch]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def take(self, due: float, watch: Watch) -> None:
        """Call a watch at a moment of the steady clock."""
        with self._changed:
            heapq.heappush(self._waiting, (due, next(self._numbers), watch))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._stand, name="watchman", daemon=True)
                self._thread.start()
            elif self._waiting[0][2] is watch:
                self._changed.notify()  # it sleeps for a later one

    def _stand(self) -> None:
        while True:
            self._next().fall_due()

    def _next(self) -> Watch:
        """Wait for the first one that is due and still to be called; return it."""
        with self._changed:
            while True:
                while self._waiting and self._waiting[0][2].is_off():
                    heapq.heappop(self._waiting)
                left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(left)


_WATCHMAN = _Watchman()
