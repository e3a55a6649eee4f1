"""What is asynchronous, run to its end from a test that is not."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def finished(work: Coroutine[Any, Any, Given]) -> Given:
    """Run a coroutine to its end in a thread: a browser test may hold a loop in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()
