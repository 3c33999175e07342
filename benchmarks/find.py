"""Finding one of 5,000 own contacts among a million: as it is typed, and with typing errors."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from time import perf_counter

from benchmarks import million
from benchmarks.cost import Meter
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import Ground
from benchmarks.million import MANY, crowd
from storage import contacts
from storage.engine import create_engine
from storage.sessions import MemberKey, Sessions

NAME = "find"
BOUND = Bound(most=50)
# Type-ahead asks with what is typed so far and wants twenty; a command wants a page.
TYPED_SO_FAR = ("a", "al", "alm", "brook", "data", "harbor", "grace h", "zo")
WITH_ERRORS = ("Almma Brok", "grcae hil", "habror", "mentros", "Selm Lnag", "dashbords", "yusf")


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Ask for each of the words in turn."""
    people = crowd(ground)
    who, number = people.key(people.member(MANY)), people.special[MANY]
    for database in ground.databases:
        url = await ground.filled(database, million.NAME, people.fill)
        sessions = Sessions(create_engine(url))
        for what, words, limit in (
            ("type-ahead", TYPED_SO_FAR, 20),
            ("/contact find with typing errors", WITH_ERRORS, 10),
        ):
            clock, cost = await _asked(sessions, url, who, words, limit, ground.size(30, 6))
            among = f"{what}, {number:,} of {people.contacts:,} contacts"
            yield _p95(clock).figure(NAME, f"{among}, p95", database, "ms", BOUND)
            yield _p95(cost).figure(NAME, f"{among}, p95", database, "ms CPU")
        await sessions.close()


async def _asked(
    sessions: Sessions, url: str, who: MemberKey, words: Sequence[str], limit: int, times: int
) -> tuple[list[float], list[float]]:
    meter = Meter(url)
    clock: list[float] = []
    cost: list[float] = []
    for turn in range(times + 1):
        for word in words:
            began = perf_counter()
            spent = await meter.of(_finding(sessions, who, word, limit))
            if turn:  # the first one warms up
                clock.append(1000 * (perf_counter() - began))
                cost.append(1000 * spent)
    return clock, cost


def _finding(
    sessions: Sessions, who: MemberKey, word: str, limit: int
) -> Callable[[], Awaitable[None]]:
    async def find() -> None:
        async with sessions.reading(who) as session:
            await contacts.find(session, word, limit=limit)

    return find


def _p95(values: list[float]) -> Measured:
    return Measured([Measured(values).percentile(95)])
