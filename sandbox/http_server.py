"""uvicorn inside the running event loop, without signal handlers; its lines can be cut."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import cast

import uvicorn
from starlette.applications import Starlette

HOST = "127.0.0.1"


class HttpServer(uvicorn.Server):
    """One uvicorn server on 127.0.0.1."""

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(
            app,
            host=HOST,
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program around."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when it listens."""
        await super().startup(sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        """Tick as uvicorn does, and end at once when asked."""
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End as uvicorn does, without its fixed tenth of a second for lines that close at once."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:
                    await asyncio.sleep(0.005)
        for task in self.server_state.tasks:
            task.cancel()

    async def listen(self, port: int) -> int:
        """Start listening; returns the port. OSError when it is taken."""
        # Named, since asyncio sends at once only on sockets that say TCP; else an answer in two
        # pieces waits 40 ms for the acknowledgement of its first.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            # At once: until one of them listens, several may have bound the same port.
            listener.listen()
        except OSError:
            listener.close()
            raise
        self._task = asyncio.create_task(self.serve([listener]))
        await self._ready.wait()
        return int(listener.getsockname()[1])

    async def end(self) -> None:
        """Stop listening and close what is open."""
        self.should_exit = True
        self._stop.set()
        if self._task is not None:
            await self._task

    def cut(self, client: tuple[str, int]) -> None:
        """Break the connection of one client hard, without a goodbye."""
        for protocol in list(self.server_state.connections):
            transport = cast(asyncio.Transport | None, getattr(protocol, "transport", None))
            if transport is not None and transport.get_extra_info("peername") == client:
                transport.abort()
