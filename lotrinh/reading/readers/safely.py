"""Reading foreign files in child processes, so that a bad one costs nothing but its own refusal.

A `Crew` keeps some workers that read many files each. A worker that dies, takes too long or has
failed is replaced by a new one. Plain text needs no parser and is read here. A worker knows
nothing of the environment that it does not need, and its answers are bounded like the files.
"""

import contextlib
import json
import os
import queue
import signal
import stat
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.cells import Cells
from lotrinh.reading.readers.grids import Grids
from lotrinh.reading.readers.kinds import is_plain_text
from lotrinh.reading.readers.opening import open_document
from lotrinh.reading.readers.refusals import REFUSALS, Unreadable
from lotrinh.reading.readers.watching import Watch
from lotrinh.reading.readers.worker import CELLS, GRIDS, PAPER, as_paper, check_length

LARGEST = 100_000_000  # bytes of a file
LONGEST = 2 * 1024 * 1024  # characters of a document
LONGEST_SHEETS = 8 * 1024 * 1024  # characters of all cells
_LEAST_SECONDS, _MOST_SECONDS, _OCR_SECONDS = 20, 60, 900
_PATIENCE = 3  # on a busy machine a second of work takes longer
_MOST_FILES = 200  # then a worker is replaced, whatever it has gathered
_AHEAD = 3  # files for each worker that wait to be asked for
_BYTES_PER_CHARACTER = 12  # in JSON, where it is a pair of escaped surrogates
_OTHER_BYTES = 64_000_000  # of an answer: the places of the cells
_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
_START = Path(__file__).with_name("starting.py")
_T = TypeVar("_T")
_G = TypeVar("_G")
_AT_ONCE = threading.BoundedSemaphore(2)


class Crew:
    """Some workers. Use it in a ``with`` statement; threads may share it.

    ``size`` is the number of workers, one for each core if not given. With ``ocr`` they may start
    tesseract for pages that are pictures. A document of more than ``longest`` characters is
    refused (too_large).
    """

    def __init__(
        self, size: int | None = None, *, ocr: bool = False, longest: int = LONGEST
    ) -> None:
        self.size = size or len(os.sched_getaffinity(0))
        self._ocr = ocr
        self._longest = longest
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
            paper = open_document(data, name)
            check_length(paper, self._longest)
            return paper
        worker = self._idle.get() or _Worker(ocr=self._ocr)
        try:
            return worker.ask(data, name, self._longest, shape=PAPER, understood=as_paper)
        finally:
            self._keep(worker)

    def open_grids(self, data: bytes, name: str) -> Grids:
        """Return the sheets of a workbook cell by cell. Raises Unreadable, as ``open``."""
        worker = self._idle.get() or _Worker(ocr=self._ocr)
        try:
            return worker.ask(data, name, self._longest, shape=GRIDS, understood=Grids.from_record)
        finally:
            self._keep(worker)

    def open_cells(self, data: bytes, name: str) -> Cells:
        """Return what the cells of a workbook hold. Raises Unreadable, as ``open``."""
        worker = self._idle.get() or _Worker(ocr=self._ocr)
        try:
            return worker.ask(data, name, self._longest, shape=CELLS, understood=Cells.from_record)
        finally:
            self._keep(worker)

    def _keep(self, worker: "_Worker") -> None:
        """Put a worker back, or let the next file have a new one."""
        if worker.is_spent():
            worker.end()
            self._idle.put(None)
        else:
            self._idle.put(worker)

    def open_all(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Paper | Unreadable]]:
        """Yield every path with its document or its refusal, in the order of the paths."""
        return self.each(paths, self._try)

    def each(self, given: Iterable[_G], work: Callable[[_G], _T]) -> Iterator[tuple[_G, _T]]:
        """Yield all that is given with what ``work`` made of it, in order.

        As many are worked on at once as there are workers, and few more are held.
        """
        waiting: deque[tuple[_G, Future[_T]]] = deque()
        with ThreadPoolExecutor(self.size) as threads:
            for one in given:
                waiting.append((one, threads.submit(work, one)))
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
    """Return the document in one file, read in a child process. Raises Unreadable.

    The process has read nothing before and reads nothing afterwards, so a file that takes it over
    cannot touch a document of somebody else. Two work at once; other callers wait.
    """
    with _AT_ONCE, Crew(1, ocr=ocr) as crew:
        return crew.open(data, name)


def open_grids_safely(data: bytes, name: str) -> Grids:
    """Return the sheets of one workbook, read in a child process. Raises Unreadable."""
    with _AT_ONCE, Crew(1, longest=LONGEST_SHEETS) as crew:
        return crew.open_grids(data, name)


def open_cells_safely(data: bytes, name: str) -> Cells:
    """Return what the cells of one workbook hold, read in a child process. Raises Unreadable."""
    with _AT_ONCE, Crew(1, longest=LONGEST_SHEETS) as crew:
        return crew.open_cells(data, name)


def load(path: Path) -> bytes:
    """Return the bytes of a file. Raises Unreadable: missing, folder, special, denied, too_large.

    Pipes, devices and sockets are special: they may never come to an end.
    """
    try:
        # A pipe would let nobody open it before somebody writes.
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(_regular(opened), "rb") as file:
            data = file.read(LARGEST + 1)
            if len(data) > LARGEST:
                size = os.fstat(file.fileno()).st_size
                raise Unreadable("too_large", what="bytes", found=size, limit=LARGEST)
            return data
    except FileNotFoundError:
        raise Unreadable("missing") from None
    except IsADirectoryError:
        raise Unreadable("folder") from None
    except OSError:
        raise Unreadable("denied") from None


def _regular(opened: int) -> int:
    """Return the descriptor of a regular file; close any other and raise Unreadable."""
    mode = os.fstat(opened).st_mode
    if stat.S_ISREG(mode):
        return opened
    os.close(opened)
    raise Unreadable("folder" if stat.S_ISDIR(mode) else "special")


def _environment() -> dict[str, str]:
    """Return the few variables that a worker and tesseract need; the others may hold secrets."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


class _Worker:
    """One child process and the pipes to it."""

    def __init__(self, *, ocr: bool) -> None:
        self._ocr = ocr
        self._asked = 0
        self._failed = False
        command = [sys.executable, "-P", str(_START)]
        self._process = subprocess.Popen(
            [*command, "--ocr"] if ocr else command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def ask(
        self, data: bytes, name: str, longest: int, *, shape: str, understood: Callable[[Any], _T]
    ) -> _T:
        """Return the worker's answer in a shape that is asked for. Raises Unreadable."""
        seconds = _seconds(len(data), self._ocr)
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            self._process.kill()

        watch = Watch(seconds * _PATIENCE, stop)
        try:
            asked = {
                "name": name,
                "seconds": seconds,
                "patience": seconds * _PATIENCE + _LEAST_SECONDS,
                "characters": longest,
                "shape": shape,
            }
            line = self._exchange(data, asked, longest)
        finally:
            watch.put_off()
        if not line.endswith(b"\n"):
            self._failed = True
            ended = self._process.wait()
            if overdue.is_set() or ended == -signal.SIGXCPU:
                raise Unreadable("slow", seconds=seconds)
            raise Unreadable("too_heavy")
        try:
            return understood(self._answered(line)[shape])
        except Unreadable:
            raise
        except Exception:  # a file that has taken over the worker may answer anything
            self._failed = True
            raise Unreadable("too_heavy") from None

    def _answered(self, line: bytes) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(line)
        self._failed = bool(answer.get("last"))
        if "refused" in answer:
            code, told = answer["refused"], answer["data"]
            raise Unreadable(code, **{name: told[name] for name in REFUSALS[code]})
        return answer

    def _exchange(self, data: bytes, asked: dict[str, Any], longest: int) -> bytes:
        """Return the line that the worker answers; a cut off or empty one if it died.

        A worker that answers more than such a document can hold is ended.
        """
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            return b""
        self._asked += 1
        asked = {**asked, "size": len(data)}
        most = longest * _BYTES_PER_CHARACTER + _OTHER_BYTES
        try:
            requests.write(json.dumps(asked).encode() + b"\n")
            requests.write(data)
            requests.flush()
            line = answers.readline(most)
            if len(line) == most:
                self._process.kill()
                return b""
            return line
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
