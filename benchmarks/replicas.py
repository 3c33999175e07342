"""The same delivery by one and by two processes on PostgreSQL: nothing twice, and no slower."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from functools import partial

from benchmarks.cost import by_the_clock
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import POSTGRESQL, Ground
from benchmarks.posting import begin_anew, fill
from benchmarks.slack import ROOT, Slack, light_slack

NAME = "replicas"
NO_SLOWER, NONE = Bound(least=1), Bound(most=0)


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Deliver with one process and with two, in turns."""
    if POSTGRESQL not in ground.databases:
        return
    nudges = ground.size(10_000, 300)
    url = await ground.filled(POSTGRESQL, f"nudges-{nudges}", partial(fill, nudges))
    rates: dict[int, list[float]] = {1: [], 2: []}
    wrong = []
    async with light_slack() as slack:
        for turn in range(ground.size(3, 2)):
            for processes in rates if turn % 2 == 0 else reversed(rates):
                rates[processes].append(nudges / await _deliver(url, slack, processes))
                seen = await slack.seen()
                wrong.append(seen["twice"] + abs(nudges - seen["messages"]))
    one, two = Measured(rates[1]), Measured(rates[2])
    for number, rate in ((1, one), (2, two)):
        yield rate.figure(NAME, f"{nudges:,} messages, {number} at work", POSTGRESQL, "/s")
    yield two.over(one).figure(NAME, "two against one", POSTGRESQL, "×", NO_SLOWER)
    what = "messages lost or sent twice"
    yield Figure(NAME, what, POSTGRESQL, float(sum(wrong)), "", bound=NONE)


async def _deliver(url: str, slack: Slack, number: int) -> float:
    await begin_anew(url)
    processes = [await _start(url, slack, each) for each in range(number)]
    for process in processes:
        await _line(process)

    async def all_of_them() -> None:
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
        await asyncio.gather(*(_line(process) for process in processes))

    took = await by_the_clock(all_of_them)
    for process in processes:
        await process.wait()
    return took


async def _start(url: str, slack: Slack, number: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.posting", url, slack.api_url, f"bench-{number}"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )


async def _line(process: asyncio.subprocess.Process) -> None:
    """Wait for a process to say the next thing; what it logs is passed over."""
    assert process.stdout is not None
    while (said := await process.stdout.readline()) not in (b"ready\n", b"done\n"):
        assert said, "a delivering process fell"
