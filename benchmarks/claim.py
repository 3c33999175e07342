"""Claiming what is due costs as much with a million pending nudges as with ten thousand."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial

from sqlalchemy import text

from benchmarks.cost import Meter
from benchmarks.crowd import NOW, members_statements, nudges_statement, settled
from benchmarks.figures import Bound, Figure
from benchmarks.ground import Ground, in_turns
from benchmarks.raw import Raw
from bot.claims import BATCH, LEASE
from storage import nudges
from storage.engine import create_engine
from storage.sessions import Sessions

NAME = "claim"
MEMBERS = 10_000
# So many of all are due; the others are for the days to come.
DUE = 8_000
BOUND = Bound(most=1.2)


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Look for what is due and claim it, batch by batch, beside one another."""
    sizes = (10_000, 100_000) if ground.quick else (10_000, 100_000, 1_000_000)
    for database in ground.databases:
        async for figure in _on(ground, database, sizes):
            yield figure


async def _on(ground: Ground, database: str, sizes: Sequence[int]) -> AsyncIterator[Figure]:
    async with AsyncExitStack() as stack:
        works = []
        for size in sizes:
            url = await ground.filled(database, f"claim-{size}", partial(fill, size))
            sessions = Sessions(create_engine(url))
            stack.push_async_callback(sessions.close)
            works.append(_claiming(sessions, Meter(url)))
        costs = await in_turns(ground.size(150, 30), *works)
    for size, cost in zip(sizes, costs, strict=True):
        what = f"claiming for {BATCH} members of {size:,} pending"
        yield cost.each(1000).figure(NAME, what, database, "ms CPU")
    for size, cost in zip(sizes[1:], costs[1:], strict=True):
        what = f"{size:,} pending against {sizes[0]:,}"
        yield cost.over(costs[0]).figure(NAME, what, database, "×", BOUND)


async def fill(size: int, url: str) -> None:
    """Load so many pending nudges: the first ones are due since nine, one a member."""
    raw = Raw(url)
    due = f"CASE WHEN id <= {DUE} THEN {raw.after(NOW, '-(id % 60)')}"
    due += f" ELSE {raw.after(NOW, '86400 + id % 2000000')} END"
    numbers = raw.numbers(1, size)
    rows = f"FROM (SELECT i AS id, (i % {MEMBERS}) + 1 AS member_id FROM {numbers}) AS them"
    # Whom they are about is no matter here, so there is no such row.
    nudges_ = nudges_statement(raw, due, rows)
    await raw.run([*members_statements(raw, MEMBERS), nudges_, *settled(raw)])


def _claiming(sessions: Sessions, meter: Meter) -> Callable[[], Awaitable[float]]:
    async def beat() -> list[int]:
        async with sessions.reading_all() as session:
            ahead = await nudges.ahead(session)
        assert ahead.due is not None and ahead.due <= NOW, "too little is due for so many rounds"
        async with sessions.unscoped() as session:
            claimed = await nudges.claim(session, NOW, owner="bench", lease=LEASE, limit=BATCH)
        assert len(claimed) >= BATCH
        return [nudge.id for nudge in claimed]

    async def claim() -> float:
        claimed: list[int] = []

        async def measured() -> None:
            claimed.extend(await beat())

        cost = await meter.of(measured)
        # Sent by now: what is under way is never more than a batch.
        ids = ", ".join(map(str, claimed))
        async with sessions.unscoped() as session:
            sent = f"UPDATE nudges SET status = 'sent', lease_until = NULL WHERE id IN ({ids})"
            await session.execute(text(sent))
        return cost

    return claim
