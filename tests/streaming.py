"""What sends a stream and what watches it in tests: ffmpeg with a test card, many plain viewers."""

import asyncio
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

GRACE = 20.0
_TICK = os.sysconf("SC_CLK_TCK")


def send(address: str, *, seconds: int, picture: int = 500) -> "subprocess.Popen[bytes]":
    """Send a test card with a tone, as an encoder does: H.264 and AAC, a key frame every 2 s."""
    card = f"testsrc=size=640x360:rate=25:duration={seconds}"
    tone = f"sine=frequency=440:sample_rate=44100:duration={seconds}"
    words = ["ffmpeg", "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi", "-i", card]
    words += ["-f", "lavfi", "-i", tone, "-c:v", "libx264", "-preset", "ultrafast", "-g", "50"]
    words += ["-b:v", f"{picture}k", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k"]
    return subprocess.Popen([*words, "-f", "flv", address], stderr=subprocess.DEVNULL)


def fetched(address: str) -> tuple[int, bytes]:
    """Return the status and the body of an answer."""
    try:
        with urllib.request.urlopen(address, timeout=GRACE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""


def segments(playlist: bytes) -> list[str]:
    """Return the names of the segments in a playlist, the newest last."""
    return [line for line in playlist.decode().splitlines() if line.endswith(".ts")]


def wait_for_segments(playlist: str, count: int, *, patience: float = 60) -> list[str]:
    """Return the segments once there are so many; raise TimeoutError otherwise."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        status, body = fetched(playlist)
        if status == 200 and len(segments(body)) >= count:
            return segments(body)
        time.sleep(0.5)
    raise TimeoutError(playlist)


@dataclass(frozen=True, slots=True)
class Watched:
    """What viewers got: how long it took the last of them, and how many bytes all had."""

    seconds: float
    bodies: int
    bytes: int
    refused: int


def watch(playlists: Sequence[str], *, rounds: int = 1) -> Watched:
    """Let every viewer fetch his playlist and its newest segment at once, over one connection.

    In a thread of its own: whoever drives a browser has an event loop in this one.
    """
    with ThreadPoolExecutor(1) as one:
        return one.submit(asyncio.run, _watch(playlists, rounds)).result()


async def _watch(playlists: Sequence[str], rounds: int) -> Watched:
    began = time.monotonic()
    found = await asyncio.gather(*(_viewer(one, rounds) for one in playlists))
    taken = time.monotonic() - began
    bodies = [size for status, size in _flat(found) if status == 200]
    refused = sum(status != 200 for status, _ in _flat(found))
    return Watched(taken, len(bodies), sum(bodies), refused)


def _flat(found: Iterable[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    return [one for each in found for one in each]


async def _viewer(playlist: str, rounds: int) -> list[tuple[int, int]]:
    parts = urlsplit(playlist)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    got = []
    try:
        for _ in range(rounds):
            status, body = await _get(reader, writer, parts.netloc, parts.path)
            got.append((status, len(body)))
            if status != 200:
                break
            beside = f"{parts.path.rpartition('/')[0]}/{segments(body)[-1]}"
            status, body = await _get(reader, writer, parts.netloc, beside)
            got.append((status, len(body)))
    finally:
        writer.close()
    return got


async def _get(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, path: str
) -> tuple[int, bytes]:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    lines = head.lower().splitlines()
    size = next(int(line[15:]) for line in lines if line.startswith("content-length:"))
    return int(head.split(" ", 2)[1]), await reader.readexactly(size)


def worker_of(configuration: Path) -> int:
    """Return the process that answers viewers: the child of the one named in the pid file."""
    master = int(configuration.with_name("nginx.pid").read_text())
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return int(children[0])


def cpu_seconds(process: int) -> float:
    """Return how long a process has worked, in seconds of one processor."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
