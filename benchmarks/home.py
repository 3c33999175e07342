"""App Home costs the same whether a member knows 50 people or 5,000, among a million contacts."""

from collections.abc import AsyncIterator, Awaitable, Callable

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import million
from benchmarks.cost import Meter
from benchmarks.crowd import NOW
from benchmarks.figures import Bound, Figure, Measured
from benchmarks.ground import Ground, in_turns
from benchmarks.million import FEW, MANY, crowd
from handlers.home_desk import home_desk
from handlers.views.home import home
from storage import members
from storage.engine import create_engine
from storage.sessions import MemberKey, Sessions

NAME = "home"
BOUND, QUESTIONS = Bound(most=1.5), Bound(most=7)


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Draw the Home of two members, in turns."""
    people = crowd(ground)
    few, many = people.special[FEW], people.special[MANY]
    for database in ground.databases:
        url = await ground.filled(database, million.NAME, people.fill)
        engine = create_engine(url)
        sessions = Sessions(engine)
        works = [_drawing(sessions, _who(ground, place), Meter(url)) for place in (FEW, MANY)]
        costs = await in_turns(ground.size(150, 40), *works)
        for number, cost in zip((few, many), costs, strict=True):
            what = f"Home with {number:,} of {people.contacts:,} contacts"
            yield cost.each(1000).figure(NAME, what, database, "ms CPU")
        what = f"{many:,} contacts against {few:,}"
        yield costs[1].over(costs[0]).figure(NAME, what, database, "×", BOUND)
        for place in (FEW, MANY):
            asked = await _asked(engine, sessions, _who(ground, place))
            what = f"questions to the database, {people.special[place]:,} contacts"
            yield Measured([asked]).figure(NAME, what, database, "", QUESTIONS)
        await sessions.close()


def _who(ground: Ground, place: int) -> MemberKey:
    people = crowd(ground)
    return people.key(people.member(place))


def _drawing(sessions: Sessions, who: MemberKey, meter: Meter) -> Callable[[], Awaitable[float]]:
    async def draw() -> float:
        return await meter.of(lambda: _draw(sessions, who))

    return draw


async def _draw(sessions: Sessions, who: MemberKey) -> None:
    """Read and draw, as when Home is opened."""
    async with sessions.reading(who) as session:
        assert (await members.current(session)).zone is not None
        home(await home_desk(session, who.user_id, NOW)).to_dict()


async def _asked(engine: AsyncEngine, sessions: Sessions, who: MemberKey) -> int:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await _draw(sessions, who)
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    return len(asked)
