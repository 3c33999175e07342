"""Ctrl+C and a polite kill are normal ways to stop."""

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def told_to_stop() -> Iterator[asyncio.Event]:
    """Give an event that SIGINT and SIGTERM set; one that is ignored stays ignored.

    A shell has what it starts in the background ignore SIGINT.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    numbers = [
        number
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) is not signal.SIG_IGN
    ]
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


async def unless_told(work: Coroutine[Any, Any, object], stop: asyncio.Event) -> bool:
    """Work; give it up once `stop` is set. Tell whether it came to its end; raises what it does."""
    working = asyncio.ensure_future(work)
    told = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            return True
        return False
    finally:
        for task in (working, told):
            task.cancel()
        await asyncio.gather(working, told, return_exceptions=True)
