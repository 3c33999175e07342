"""Which port the sandbox listens on, when others want it too."""

import asyncio
import socket

from sandbox.server import Sandbox
from tests.sandbox.sample_app import MANIFEST


async def test_of_two_that_start_at_once_on_a_port_one_is_told_and_may_take_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    both = [Sandbox(MANIFEST), Sandbox(MANIFEST)]
    told = await asyncio.gather(*(each.start(port) for each in both), return_exceptions=True)
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "OSError"]
    await both[[type(each) for each in told].index(OSError)].start()
    assert both[0].url != both[1].url
    for each in both:
        await each.stop()
