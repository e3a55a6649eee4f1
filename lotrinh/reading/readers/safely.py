"""Reading foreign files in child processes, so that a bad one costs nothing but its own refusal.

A `Crew` keeps some workers that read many files each. A worker that dies, takes too long or has
failed is replaced by a new one. Plain text needs no parser and is read here.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.kinds import is_plain_text
from lotrinh.reading.readers.opening import open_document
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.worker import as_paper

LARGEST = 100_000_000  # bytes of a file
_LEAST_SECONDS, _MOST_SECONDS, _OCR_SECONDS = 20, 60, 900
_PATIENCE = 3  # on a busy machine a second of work takes longer
_MOST_FILES = 200  # then a worker is replaced, whatever it has gathered
_AHEAD = 3  # files for each worker that wait to be asked for


class Crew:
    """Some workers. Use it in a ``with`` statement; threads may share it.

    ``size`` is the number of workers, one for each core if not given. With ``ocr`` they may start
    tesseract for pages that are pictures.
    """

    def __init__(self, size: int | None = None, *, ocr: bool = False) -> None:
        self.size = size or len(os.sched_getaffinity(0))
        self._ocr = ocr
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(self.size):
            self._idle.put(None)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers that are not at work."""
        with contextlib.suppress(queue.Empty):
            while True:
                worker = self._idle.get_nowait()
                if worker is not None:
                    worker.end()

    def open(self, data: bytes, name: str) -> Paper:
        """Return the document in a file. Raises Unreadable, also for what broke the worker."""
        if len(data) > LARGEST:
            raise Unreadable("too_large", what="bytes", found=len(data), limit=LARGEST)
        if is_plain_text(data, name):
            return open_document(data, name)
        worker = self._idle.get() or _Worker(ocr=self._ocr)
        try:
            return worker.ask(data, name)
        finally:
            if worker.is_spent():
                worker.end()
                self._idle.put(None)
            else:
                self._idle.put(worker)

    def open_all(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Paper | Unreadable]]:
        """Yield every path with its document or its refusal, in the order of the paths."""
        waiting: deque[tuple[Path, Future[Paper | Unreadable]]] = deque()
        with ThreadPoolExecutor(self.size) as threads:
            for path in paths:
                waiting.append((path, threads.submit(self._try, path)))
                if len(waiting) > self.size * _AHEAD:
                    done, result = waiting.popleft()
                    yield done, result.result()
            for done, result in waiting:
                yield done, result.result()

    def _try(self, path: Path) -> Paper | Unreadable:
        try:
            return self.open(load(path), path.name)
        except Unreadable as refusal:
            return refusal


def open_safely(data: bytes, name: str, *, ocr: bool = False) -> Paper:
    """Return the document in one file, read in a child process. Raises Unreadable."""
    with Crew(1, ocr=ocr) as crew:
        return crew.open(data, name)


def load(path: Path) -> bytes:
    """Return the bytes of a file. Raises Unreadable: missing, folder, denied, too_large."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable("too_large", what="bytes", found=size, limit=LARGEST)
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("missing") from None
    except IsADirectoryError:
        raise Unreadable("folder") from None
    except OSError:
        raise Unreadable("denied") from None


class _Worker:
    """One child process and the pipes to it."""

    def __init__(self, *, ocr: bool) -> None:
        self._ocr = ocr
        self._asked = 0
        self._failed = False
        command = [sys.executable, "-P", "-m", "lotrinh.reading.readers.worker"]
        self._process = subprocess.Popen(
            [*command, "--ocr"] if ocr else command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def ask(self, data: bytes, name: str) -> Paper:
        """Return the worker's answer. Raises Unreadable."""
        seconds = _seconds(len(data), self._ocr)
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            self._process.kill()

        timer = threading.Timer(seconds * _PATIENCE, stop)
        timer.start()
        try:
            line = self._exchange(data, name, seconds)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self._failed = True
            ended = self._process.wait()
            if overdue.is_set() or ended == -signal.SIGXCPU:
                raise Unreadable("slow", seconds=seconds)
            raise Unreadable("too_heavy")
        answer = json.loads(line)
        self._failed = bool(answer.get("last"))
        if "refused" in answer:
            raise Unreadable(answer["refused"], **answer["data"])
        return as_paper(answer["paper"])

    def _exchange(self, data: bytes, name: str, seconds: int) -> bytes:
        """Return the line that the worker answers; a cut off or empty one if it died."""
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            return b""
        self._asked += 1
        asked = {"name": name, "size": len(data), "seconds": seconds}
        try:
            requests.write(json.dumps(asked).encode() + b"\n")
            requests.write(data)
            requests.flush()
            return answers.readline()
        except (BrokenPipeError, ConnectionResetError):
            return b""

    def is_spent(self) -> bool:
        """Tell whether a new worker should take the next file."""
        return self._failed or self._asked >= _MOST_FILES or self._process.poll() is not None

    def end(self) -> None:
        """End the process at once and leave nothing of it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()


def _seconds(size: int, ocr: bool) -> int:
    """Return the processor time that a file of this many bytes may take."""
    if ocr:
        return _OCR_SECONDS
    return min(_LEAST_SECONDS + size * 2 // 1_000_000, _MOST_SECONDS)
