"""How many sites one machine serves: the real nginx and ffmpeg, a test card, viewers on loopback.

``python -m bench.stream [VIEWERS]`` (618) starts the server of a stream on ports of its own, sends
a test card of 500 kbit/s through it, and lets all viewers fetch playlist and newest segment at
once, ten times. It prints how long it took until the last one had both, how long nginx worked for
it, and what a second of watching weighs. The pages are not asked: a few lines here let every
sender in, and viewers' addresses are judged by nginx alone, as always.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID, uuid4

from lotrinh.apps.dissemination.streams import StreamKeys, stream_keys
from lotrinh.cli import streaming
from lotrinh.engine.account import account_of
from lotrinh.engine.layout import ACCOUNT
from lotrinh.rules.conferences.streams import SEGMENT, Rendition, stream_of
from tests.streaming import cpu_seconds, fetched, send, wait_for_segments, watch, worker_of

VIEWERS, ROUNDS, SENT = 618, 10, 240


class _LetsIn(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(keys: StreamKeys) -> Iterator[tuple[streaming.Place, Path]]:
    """Run the server of a stream until the block ends."""
    gate = ThreadingHTTPServer(("127.0.0.1", free_port()), _LetsIn)
    threading.Thread(target=gate.serve_forever, daemon=True).start()
    account = ACCOUNT if os.geteuid() == 0 else None
    owner = account_of(account)
    with tempfile.TemporaryDirectory(prefix="lotrinh-stream-") as name:
        os.chown(name, *owner)
        place = streaming.Place(
            host="127.0.0.1",
            port=free_port(),
            rtmp_port=free_port(),
            folder=Path(name),
            pages=f"http://127.0.0.1:{gate.server_port}",
            address="http://localhost:8000",
            account=account,
        )
        told = streaming.Told(stream_of(keys.conference), keys.watching, keys.asking)
        found = streaming.tools()
        path = streaming.prepare(place, told, found, owner=owner)
        server = subprocess.Popen(streaming.program(found, path))
        try:
            yield place, path
        finally:
            server.terminate()
            server.wait()
            gate.shutdown()


def weight(playlist: str, seconds: float) -> float:
    """Return the bytes of a second: those of the last whole segments with their playlists."""
    taken = wait_for_segments(playlist, 6)[-3:]
    beside = playlist.rpartition("/")[0]
    body = sum(len(fetched(f"{beside}/{name}")[1]) for name in taken) / len(taken)
    return (body + len(fetched(playlist)[1])) / seconds


def main() -> None:
    """Measure and print."""
    viewers = int(sys.argv[1]) if len(sys.argv) > 1 else VIEWERS
    keys = stream_keys(os.urandom(32), UUID(int=618))
    with served(keys) as (place, path):
        time.sleep(1)
        sender = send(
            f"rtmp://127.0.0.1:{place.rtmp_port}/live/{stream_of(keys.conference)}?key=x",
            seconds=SENT,
        )
        now, here = int(time.time()), f"http://127.0.0.1:{place.port}"
        paths = [
            {one: here + keys.address_for(viewer, one, now=now) for one in Rendition}
            for viewer in (uuid4() for _ in range(viewers))
        ]
        pictures = [one[Rendition.PICTURE] for one in paths]
        wait_for_segments(pictures[0], 8)
        worker = worker_of(path)
        before = cpu_seconds(worker)
        for _ in range(ROUNDS):
            found = watch(pictures)
            print(f"{found.bodies}/{2 * viewers} answers in {found.seconds:.2f} s, {found.bytes} B")
        worked = (cpu_seconds(worker) - before) / ROUNDS
        print(f"nginx worked {worked:.3f} s for {viewers} viewers and {SEGMENT} s of picture")
        print(f"picture: {weight(pictures[0], SEGMENT):.0f} bytes a viewer and second")
        sound = paths[0][Rendition.SOUND]
        print(f"sound: {weight(sound, 2 * SEGMENT):.0f} bytes a viewer and second")
        sender.terminate()
        sender.wait()


if __name__ == "__main__":
    main()
