"""The contact form, from Slack's request to the acknowledgement, beside one bare insert."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import count
from time import perf_counter

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.bare import IDENTITY, inserting, inserting_app
from benchmarks.cost import Meter
from benchmarks.crowd import NOW, Crowd, user_id
from benchmarks.figures import Bound, Figure
from benchmarks.ground import Ground, in_turns
from benchmarks.payloads import contact_submitted
from benchmarks.stopped_clock import StoppedClock
from bot.app import build_app
from handlers.desk import Desk
from handlers.views.contact_form import ContactTyped
from storage.engine import create_engine
from storage.sessions import Sessions

NAME = "submit"
BOUND = Bound(most=2.0)
AT_ONCE = 20
COHORT = Crowd(members=100, contacts=5_000)

_numbers = count(1)


async def run(ground: Ground) -> AsyncIterator[Figure]:
    """Send forms to both apps in turns, twenty at once."""
    for database in ground.databases:
        async with AsyncExitStack() as stack:
            url = await ground.filled(database, "cohort", COHORT.fill)
            sessions, engine = Sessions(create_engine(url)), create_engine(url)
            stack.push_async_callback(sessions.close)
            stack.push_async_callback(engine.dispose)
            client = AsyncWebClient()
            bot = build_app(client, IDENTITY, sessions, StoppedClock())
            bare = inserting_app(client, inserting(engine, NOW))
            with acknowledged_only():
                async for figure in _figures(ground, database, url, bot, bare):
                    yield figure


async def _figures(
    ground: Ground, database: str, url: str, bot: AsyncApp, bare: AsyncApp
) -> AsyncIterator[Figure]:
    meter, number = Meter(url), ground.size(200, 60)
    by_clock: dict[AsyncApp, list[float]] = {bot: [], bare: []}

    def sending(app: AsyncApp) -> Callable[[], Awaitable[float]]:
        async def send_all() -> float:
            filled = forms(number)

            async def all_of_them() -> None:
                began = perf_counter()
                await send(app, filled)
                by_clock[app].append(perf_counter() - began)

            return await meter.of(all_of_them) / number

        return send_all

    for app in (bot, bare):
        await send(app, forms(AT_ONCE), at_once=1)  # each statement is compiled once
    costs = await in_turns(ground.size(15, 5), sending(bot), sending(bare))
    names = ("the bot", "bare app and one insert")
    for who, app, cost in zip(names, (bot, bare), costs, strict=True):
        yield cost.each(1000).figure(NAME, f"a form, {who}", database, "ms CPU")
        a_second = sorted(number / seconds for seconds in by_clock[app][1:])
        what = f"forms, {AT_ONCE} at once, {who}"
        middle = a_second[len(a_second) // 2]
        yield Figure(NAME, what, database, middle, "/s", (a_second[0], a_second[-1]))
    ratio = costs[0].over(costs[1])
    yield ratio.figure(NAME, "the bot against bare and one insert", database, "×", BOUND)


def forms(number: int) -> list[SocketModeRequest]:
    """Fill so many forms, each about another person, of one member after another."""
    return [_form(next(_numbers)) for _ in range(number)]


def _form(number: int) -> SocketModeRequest:
    typed = ContactTyped(name=f"Person {number}", company=f"Company {number}", note="Met.")
    payload = contact_submitted(user_id(number % COHORT.members + 1), f"V{number}", typed)
    return SocketModeRequest(type="interactive", envelope_id=str(number), payload=payload)


async def send(app: AsyncApp, forms: Iterable[SocketModeRequest], at_once: int = AT_ONCE) -> None:
    """Send forms, so many at once."""
    left = iter(forms)

    async def one_after_another() -> None:
        for form in left:
            await run_async_bolt_app(app, form)

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    # Where the machine is so busy that Bolt gave a listener up, it is waited for all the same.
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def acknowledged_only() -> Iterator[None]:
    """Leave out what follows an acknowledgement: Home is drawn anew when the member has closed.

    `home` measures that.
    """
    redraw = Desk.changed

    async def leave_it(_desk: Desk, _pressed: object = None) -> None:
        return

    Desk.changed = leave_it  # type: ignore[method-assign, assignment]  # put back below
    try:
        yield
    finally:
        Desk.changed = redraw  # type: ignore[method-assign]  # as it was
