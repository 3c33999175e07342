"""Logging a touch costs the same with 10 and 5,000 contacts, with 100 and 100,000 members."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from itertools import count

from benchmarks import million
from benchmarks.cost import Meter
from benchmarks.crowd import NOW, Crowd
from benchmarks.figures import Bound, Figure
from benchmarks.ground import Ground, in_turns
from benchmarks.million import MANY, TEN, crowd
from domain.vocabulary import TouchKind
from storage import touches
from storage.engine import create_engine
from storage.sessions import Sessions

NAME = "change"
BOUND = Bound(most=1.2)
SMALL = Crowd(members=100, contacts=6_060, special=million.SPECIAL)


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Log touches in a small and in a large database, with few and with many contacts, in turns."""
    large = crowd(ground)
    for database in ground.databases:
        small_url = await ground.filled(database, "small", SMALL.fill)
        large_url = await ground.filled(database, million.NAME, large.fill)
        small, big = Sessions(create_engine(small_url)), Sessions(create_engine(large_url))
        works = [
            _logging(small, SMALL, TEN, Meter(small_url)),
            _logging(big, large, TEN, Meter(large_url)),
            _logging(big, large, MANY, Meter(large_url)),
        ]
        few, among_many, with_many = await in_turns(ground.size(150, 40), *works)
        told = (
            (few, f"10 contacts, {SMALL.members} members"),
            (among_many, f"10 contacts, {large.members:,} members"),
            (with_many, f"{large.special[MANY]:,} contacts, {large.members:,} members"),
        )
        for cost, what in told:
            yield cost.each(1000).figure(NAME, f"a touch, {what}", database, "ms CPU")
        what = f"{large.special[MANY]:,} contacts against 10"
        yield with_many.over(among_many).figure(NAME, what, database, "×", BOUND)
        what = f"{large.members:,} members against {SMALL.members}"
        yield among_many.over(few).figure(NAME, what, database, "×", BOUND)
        await small.close()
        await big.close()


def _logging(
    sessions: Sessions, people: Crowd, place: int, meter: Meter
) -> Callable[[], Awaitable[float]]:
    who = people.key(people.member(place))
    # As many of them for everybody, so that what is logged is the same.
    first, number = people.first_contact(place), min(people.special[place], 10)
    turns = count()

    async def log() -> None:
        turn = next(turns)
        # An answer and a request in turn, with one contact after another.
        kind = TouchKind.REPLIED if turn // number % 2 == 0 else TouchKind.ASKED
        at = NOW + timedelta(minutes=turn)
        async with sessions.member(who) as session:
            await touches.log(session, first + turn % number, kind, at, now=at)

    async def cost() -> float:
        return await meter.of(log)

    return cost
