"""What waits for its time is called then, unless it is put off before."""

import threading

from lotrinh.reading.readers.watching import Watch

LONG = 60
"""Seconds in which a busy machine comes to everything that is due at once."""


def test_what_is_due_is_called_though_something_later_is_waited_for() -> None:
    later, called = Watch(LONG * 60, lambda: None), threading.Event()

    due = Watch(0.01, called.set)

    assert called.wait(LONG)
    assert due.is_off()
    assert not later.is_off()
    later.put_off()


def test_what_is_put_off_is_never_called() -> None:
    called: list[str] = []
    first = Watch(0.05, lambda: called.append("first"))
    first.put_off()
    over = threading.Event()
    Watch(0.1, over.set)

    assert over.wait(LONG)
    assert called == []


def test_a_watch_calls_once() -> None:
    called: list[str] = []
    watch = Watch(LONG * 60, lambda: called.append("called"))

    watch.fall_due()
    watch.fall_due()

    assert called == ["called"]
