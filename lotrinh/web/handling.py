"""How a request goes through the application: all of it in one turn of a thread.

Django's own entry for asynchronous servers starts a thread for every request and hands it to and
fro between that and its loop: for what begins a request, for each middleware that looks at a view,
for the view, for what ends it. Our middleware and views are synchronous, and each handing over
costs a tenth of a millisecond or more; so here they are one call, in one of a few threads that
stay. A request waits for a thread rather than for a connection to the database, and an answer that
stays open, such as the line of a live page, holds no thread at all.
"""

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http.response import FileResponse
from django.urls import set_script_prefix

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from tempfile import SpooledTemporaryFile

    from django.http.response import HttpResponse, StreamingHttpResponse

    from lotrinh.web.body_limit import Receive, Send

THREADS: Final = 12
"""Requests that are answered at once by a process: as many as it may hold connections."""

_MADE: Final = 10_000
"""So many more objects are made than are given back before rubbish is looked for."""


class Handler(ASGIHandler):
    """An ASGI application of which the middleware and the view of a request run in one thread."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answering")
        _settle()

    def load_middleware(self, is_async: bool = False) -> None:
        """Put the chain together as for a synchronous server, whatever is asked for."""
        super().load_middleware(is_async=False)

    async def handle(self, scope: "dict[str, Any]", receive: "Receive", send: "Send") -> None:
        """Answer one request."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            answer = await self._in_a_thread(self._answer, scope, body)
            if not answer.streaming:
                await self.send_response(answer, send)
                return
            try:
                await self._stream(answer, receive, send)
            finally:
                await asyncio.shield(self._in_a_thread(answer.close))

    def _answer(
        self, scope: "dict[str, Any]", body: "SpooledTemporaryFile[bytes]"
    ) -> "HttpResponse | StreamingHttpResponse":
        """Take a request through the chain; what is not streamed is done with afterwards."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        answer: Any = refusal if request is None else self.get_response(request)
        answer._handler_class = self.__class__  # who sends that the request is finished
        if isinstance(answer, FileResponse):
            answer.block_size = self.chunk_size
        if not answer.streaming:
            answer.close()
        elif not answer.is_async:
            answer.streaming_content = self._parts(iter(answer.streaming_content))
        found: HttpResponse | StreamingHttpResponse = answer
        return found

    async def _parts(self, parts: "Iterator[bytes]") -> "AsyncIterator[bytes]":
        """Read a file piece by piece, as it is sent."""
        while (part := await self._in_a_thread(next, parts, None)) is not None:
            yield part

    async def _stream(
        self, answer: "StreamingHttpResponse", receive: "Receive", send: "Send"
    ) -> None:
        """Send an answer as it comes, until it ends or nobody takes it any more."""
        gone = asyncio.create_task(self.listen_for_disconnect(receive))
        sending = asyncio.create_task(self.send_response(answer, send))
        await asyncio.wait((gone, sending), return_when=asyncio.FIRST_COMPLETED)
        for task in (gone, sending):
            task.cancel()
            with suppress(asyncio.CancelledError, RequestAborted):
                await task

    async def _in_a_thread(self, work: "Callable[..., Any]", *given: Any) -> Any:
        """Let one of the threads do it, in a context of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, copy_context().run, work, *given)


def _settle() -> None:
    """Load all pages, and let the collector of rubbish leave alone what stays for good.

    A page of hundreds of lines makes so many objects that it would look through the whole program
    several times for each: a fifth of the time.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, 20, 50)
